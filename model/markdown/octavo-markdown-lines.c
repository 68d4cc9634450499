/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-lines.h"

#include "octavo-markdown-cursor.h"
#include "octavo-markdown-entries.h"

#include <string.h>

/* Each line's state at its end is kept, as a number: few states are ever different. After an edit the lines from there
 * on are read anew until a state is what it was; that goes on bit by bit where it is far. Until then what is known of
 * the lines behind stays, as most of it will turn out to be right. */

/* Front matter is longer than this in no note that a person wrote. */
#define MAX_FRONT_MATTER_LINES 200

#define LINES_BETWEEN_LOOKS    16 /* at the clock */

struct _OctavoMarkdownLines
{
  OctavoMarkdownRead read;
  gpointer user_data;

  OctavoMarkdownEntries entries;
  GPtrArray *states;   /* (element-type OctavoMarkdownState) */
  GHashTable *numbers; /* OctavoMarkdownState → its place in states */

  guint n_known;     /* lines whose entries are right; the others may be of an earlier text */
  guint edited_end;  /* behind this one each entry follows from that before it */
  guint stale_first; /* no line before it is stale, nor any from stale_end on */
  guint stale_end;
  guint n_carried; /* lines since the last one that changed: they are of the same leaf as it */
  gboolean has_front_matter;
  gboolean is_front_edited;
};

static guint
hash_state (gconstpointer key)
{
  const guint8 *bytes = key;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (OctavoMarkdownState); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
equal_states (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (OctavoMarkdownState)) == 0;
}

static guint32
get_number (OctavoMarkdownLines *self, const OctavoMarkdownState *state)
{
  gpointer number;

  if (g_hash_table_lookup_extended (self->numbers, state, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_ptr_array_add (self->states, g_memdup2 (state, sizeof *state));
  g_hash_table_insert (self->numbers, self->states->pdata[self->states->len - 1],
                       GUINT_TO_POINTER (self->states->len - 1));
  return self->states->len - 1;
}

static OctavoMarkdownEntry *
get_entry (OctavoMarkdownLines *self, guint line)
{
  return octavo_markdown_entries_get (&self->entries, line);
}

static void
get_state_before (OctavoMarkdownLines *self, guint line, OctavoMarkdownState *state)
{
  if (line == 0)
    octavo_markdown_state_init (state, self->has_front_matter);
  else
    *state = *(const OctavoMarkdownState *) self->states->pdata[get_entry (self, line - 1)->state];
}

static void
set_stale (OctavoMarkdownLines *self, guint line)
{
  OctavoMarkdownEntry *entry = get_entry (self, line);

  if (entry->shown == OCTAVO_MARKDOWN_FRESH)
    entry->shown = OCTAVO_MARKDOWN_STALE;
  entry->spelled = FALSE;
  self->stale_first = MIN (self->stale_first, line);
  self->stale_end = MAX (self->stale_end, line + 1);
}

/* The lines of the leaf that ends in a line, or goes on through it. */
static void
set_stale_backwards (OctavoMarkdownLines *self, guint line)
{
  for (guint n = 0; n <= OCTAVO_MARKDOWN_MAX_LEAF_LINES; n++)
    {
      set_stale (self, line);
      if (line == 0 || !get_entry (self, line)->continues)
        return;
      line--;
    }
}

/* Those of the leaf of the line that changed last. */
static void
set_stale_forwards (OctavoMarkdownLines *self, guint line)
{
  for (; line < self->entries.n && self->n_carried <= OCTAVO_MARKDOWN_MAX_LEAF_LINES; line++)
    {
      if (!get_entry (self, line)->continues)
        break;
      set_stale (self, line);
      self->n_carried++;
    }
  self->n_carried = G_MAXUINT;
}

/* What a change means for the lines around it: they may be of the same leaf, or have been. */
static void
spread_change (OctavoMarkdownLines *self, guint line, gboolean is_changed)
{
  if (is_changed)
    {
      if (line > 0 && self->n_carried != 0)
        set_stale_backwards (self, line - 1);
      set_stale (self, line);
      self->n_carried = 0;
    }
  else if (self->n_carried <= OCTAVO_MARKDOWN_MAX_LEAF_LINES && get_entry (self, line)->continues)
    {
      set_stale (self, line);
      self->n_carried++;
    }
  else
    self->n_carried = G_MAXUINT;
}

static void
read_next (OctavoMarkdownLines *self)
{
  guint line = self->n_known;
  OctavoMarkdownEntry *entry = get_entry (self, line);
  OctavoMarkdownEntry before = *entry;
  OctavoMarkdownLine info;
  OctavoMarkdownState state;
  g_autofree char *text = NULL;
  gsize size;

  text = self->read (line, &size, self->user_data);
  get_state_before (self, line, &state);
  octavo_markdown_line_scan (&info, &state, text, size);
  entry->state = get_number (self, &state);
  entry->block = info.block;
  entry->n_quotes = info.n_quotes;
  entry->continues = info.continues != 0;

  spread_change (self, line,
                 before.state != entry->state || before.block != entry->block || before.n_quotes != entry->n_quotes ||
                     before.continues != entry->continues);
  self->n_known++;
  if (before.block != OCTAVO_MARKDOWN_UNKNOWN && before.state == entry->state && line >= self->edited_end)
    {
      set_stale_forwards (self, self->n_known);
      self->n_known = self->entries.n;
    }
}

static gboolean
is_line_front_mark (OctavoMarkdownLines *self, guint line, gboolean is_first)
{
  gsize size;
  g_autofree char *text = self->read (line, &size, self->user_data);
  OctavoMarkdownCursor cursor;

  octavo_markdown_cursor_init (&cursor, text, size);
  return octavo_markdown_cursor_ends_front_matter (&cursor) && (!is_first || *text == '-');
}

/* A key, or a comment. */
static gboolean
is_line_yaml (OctavoMarkdownLines *self, guint line)
{
  gsize size;
  g_autofree char *text = self->read (line, &size, self->user_data);

  return size > 0 && (*text == '#' || (!g_ascii_isspace (*text) && memchr (text, ':', size) != NULL));
}

/* Front matter that is not closed is none, or all of a note would be while its first line is typed. */
static gboolean
find_front_matter (OctavoMarkdownLines *self)
{
  guint n = MIN (self->entries.n, MAX_FRONT_MATTER_LINES);

  if (n < 2 || !is_line_front_mark (self, 0, TRUE))
    return FALSE;
  if (!is_line_yaml (self, 1) && !is_line_front_mark (self, 1, FALSE))
    return FALSE;
  for (guint i = 1; i < n; i++)
    if (is_line_front_mark (self, i, FALSE))
      return TRUE;
  return FALSE;
}

static void
update_front_matter (OctavoMarkdownLines *self)
{
  gboolean has_front_matter;

  if (!self->is_front_edited)
    return;
  self->is_front_edited = FALSE;
  has_front_matter = find_front_matter (self);
  if (has_front_matter == self->has_front_matter)
    return;
  self->has_front_matter = has_front_matter;
  self->edited_end = self->n_known == self->entries.n ? 0 : MAX (self->edited_end, self->n_known);
  set_stale_forwards (self, self->n_known);
  self->n_known = 0;
}

static void
replace_lines (OctavoMarkdownLines *self, guint first, guint n_removed, guint n_added, OctavoMarkdownShown shown)
{
  OctavoMarkdownEntry entry = { .block = OCTAVO_MARKDOWN_UNKNOWN, .shown = (guint8) shown };
  gboolean was_known = self->n_known == self->entries.n;

  if (!was_known)
    {
      set_stale_forwards (self, self->n_known); /* it may turn out that nothing else changed there */
      self->edited_end = MAX (self->edited_end, self->n_known);
    }
  octavo_markdown_entries_replace (&self->entries, first, n_removed, n_added, entry);
  if (was_known || self->edited_end <= first + n_removed)
    self->edited_end = first + n_added;
  else
    self->edited_end += n_added - n_removed;
  if (was_known || first < self->n_known)
    self->n_known = first;

  if (self->stale_end > first + n_removed)
    self->stale_end += n_added - n_removed;
  else
    self->stale_end = first + n_added;
  self->stale_first = MIN (self->stale_first, first);
  self->is_front_edited = self->is_front_edited || first <= MAX_FRONT_MATTER_LINES;
}

/**
 * octavo_markdown_lines_new:
 * @read: gives a line of the text
 * @user_data: for @read
 *
 * Returns: (transfer full): what is known of a text of one line, of which nothing is known yet
 */
OctavoMarkdownLines *
octavo_markdown_lines_new (OctavoMarkdownRead read, gpointer user_data)
{
  OctavoMarkdownLines *self = g_new0 (OctavoMarkdownLines, 1);

  self->read = read;
  self->user_data = user_data;
  self->states = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_hash_table_new (hash_state, equal_states);
  self->n_carried = G_MAXUINT;
  octavo_markdown_lines_load (self, 1);
  return self;
}

/**
 * octavo_markdown_lines_free:
 * @self: lines
 */
void
octavo_markdown_lines_free (OctavoMarkdownLines *self)
{
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->states);
  octavo_markdown_entries_clear (&self->entries);
  g_free (self);
}

/**
 * octavo_markdown_lines_get_n_lines:
 * @self: lines
 *
 * Returns: how many there are
 */
guint
octavo_markdown_lines_get_n_lines (OctavoMarkdownLines *self)
{
  return self->entries.n;
}

/**
 * octavo_markdown_lines_load:
 * @self: lines
 * @n_lines: how many lines the text has
 *
 * Tells that there is another text, of which nothing is shown yet.
 */
void
octavo_markdown_lines_load (OctavoMarkdownLines *self, guint n_lines)
{
  replace_lines (self, 0, self->entries.n, n_lines, OCTAVO_MARKDOWN_BARE);
}

/**
 * octavo_markdown_lines_edit:
 * @self: lines
 * @first: the first that was edited
 * @n_removed: how many there were of those that were edited
 * @n_added: how many these are now
 *
 * Tells that the text was edited. Nothing is read yet.
 */
void
octavo_markdown_lines_edit (OctavoMarkdownLines *self, guint first, guint n_removed, guint n_added)
{
  g_return_if_fail (first <= self->entries.n && n_removed <= self->entries.n - first);

  replace_lines (self, first, n_removed, n_added, OCTAVO_MARKDOWN_STALE);
}

/**
 * octavo_markdown_lines_advance:
 * @self: lines
 * @until: a line
 * @deadline: when to stop, as g_get_monotonic_time() tells the time
 *
 * Reads what is not known of the lines before @until.
 *
 * Returns: whether they are all known now
 */
gboolean
octavo_markdown_lines_advance (OctavoMarkdownLines *self, guint until, gint64 deadline)
{
  guint n = 0;

  update_front_matter (self);
  if (self->n_carried == 0) /* what is before was shown meanwhile */
    self->n_carried = 1;
  until = MIN (until, self->entries.n);
  while (self->n_known < until)
    {
      read_next (self);
      if (++n % LINES_BETWEEN_LOOKS == 0 && g_get_monotonic_time () >= deadline)
        break;
    }
  return self->n_known >= until;
}

/**
 * octavo_markdown_lines_get_n_known:
 * @self: lines
 *
 * Returns: how many lines from the first on are known
 */
guint
octavo_markdown_lines_get_n_known (OctavoMarkdownLines *self)
{
  return self->n_known;
}

/**
 * octavo_markdown_lines_find_stale:
 * @self: lines
 * @first: a line
 * @end: a line
 * @line: (out): the first from @first on, before @end, that is known and is not what octavo_markdown_lines_set_fresh()
 * was told of
 *
 * Returns: whether there is one
 */
gboolean
octavo_markdown_lines_find_stale (OctavoMarkdownLines *self, guint first, guint end, guint *line)
{
  gboolean is_from_start = first <= self->stale_first;

  first = MAX (first, self->stale_first);
  end = MIN (end, MIN (self->stale_end, self->n_known));
  while (first < end && get_entry (self, first)->shown == OCTAVO_MARKDOWN_FRESH)
    first++;
  if (is_from_start)
    self->stale_first = MAX (self->stale_first, first);
  *line = first;
  return first < end;
}

/**
 * octavo_markdown_lines_is_bare:
 * @self: lines
 * @line: a line
 *
 * Returns: whether octavo_markdown_lines_set_fresh() was never told of it since the text was loaded, nor was it edited
 */
gboolean
octavo_markdown_lines_is_bare (OctavoMarkdownLines *self, guint line)
{
  return get_entry (self, line)->shown == OCTAVO_MARKDOWN_BARE;
}

/**
 * octavo_markdown_lines_is_stale:
 * @self: lines
 * @line: a line
 *
 * Returns: whether octavo_markdown_lines_find_stale() would find it
 */
gboolean
octavo_markdown_lines_is_stale (OctavoMarkdownLines *self, guint line)
{
  return get_entry (self, line)->shown != OCTAVO_MARKDOWN_FRESH;
}

/**
 * octavo_markdown_lines_set_fresh:
 * @self: lines
 * @line: a line that is known
 *
 * Says that what octavo_markdown_leaf_new() tells of a line is shown.
 */
void
octavo_markdown_lines_set_fresh (OctavoMarkdownLines *self, guint line)
{
  get_entry (self, line)->shown = OCTAVO_MARKDOWN_FRESH;
}

/**
 * octavo_markdown_lines_is_spelled:
 * @self: lines
 * @line: a line
 *
 * Returns: whether octavo_markdown_lines_set_spelled() was told of it since it was edited, or came to mean something
 * else
 */
gboolean
octavo_markdown_lines_is_spelled (OctavoMarkdownLines *self, guint line)
{
  return get_entry (self, line)->spelled;
}

/**
 * octavo_markdown_lines_set_spelled:
 * @self: lines
 * @line: a line
 * @is_spelled: whether it is known which of its words are spelt rightly
 *
 * Keeps that in mind until the line is edited.
 */
void
octavo_markdown_lines_set_spelled (OctavoMarkdownLines *self, guint line, gboolean is_spelled)
{
  get_entry (self, line)->spelled = is_spelled != FALSE;
}

/**
 * octavo_markdown_lines_forget_spelled:
 * @self: lines
 *
 * Says that octavo_markdown_lines_set_spelled() holds of no line any more.
 */
void
octavo_markdown_lines_forget_spelled (OctavoMarkdownLines *self)
{
  for (guint line = 0; line < self->entries.n; line++)
    get_entry (self, line)->spelled = FALSE;
}

/**
 * octavo_markdown_lines_get_block:
 * @self: lines
 * @line: a line
 *
 * Returns: what it is by itself: in a paragraph that is a heading, a line is one of a paragraph
 */
OctavoMarkdownBlock
octavo_markdown_lines_get_block (OctavoMarkdownLines *self, guint line)
{
  return (OctavoMarkdownBlock) get_entry (self, line)->block;
}

/**
 * octavo_markdown_lines_get_continues:
 * @self: lines
 * @line: a line
 *
 * Returns: whether it is of the same leaf block as the one before
 */
gboolean
octavo_markdown_lines_get_continues (OctavoMarkdownLines *self, guint line)
{
  return get_entry (self, line)->continues;
}

/**
 * octavo_markdown_lines_get_n_quotes:
 * @self: lines
 * @line: a line
 *
 * Returns: in how many block quotes it is
 */
guint
octavo_markdown_lines_get_n_quotes (OctavoMarkdownLines *self, guint line)
{
  return get_entry (self, line)->n_quotes;
}

/**
 * octavo_markdown_lines_scan:
 * @self: lines
 * @line: a line; those before it are known
 * @info: (out): what it is
 *
 * Returns: (transfer full): its text
 */
char *
octavo_markdown_lines_scan (OctavoMarkdownLines *self, guint line, OctavoMarkdownLine *info)
{
  OctavoMarkdownState state;
  gsize size;
  char *text = self->read (line, &size, self->user_data);

  get_state_before (self, line, &state);
  octavo_markdown_line_scan (info, &state, text, size);
  return text; // cppcheck-suppress returnDanglingLifetime ; the text knows nothing of its size
}
