/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-delimiters.h"

#include "octavo-markdown-inline.h"

#include <string.h>

/* Runs of *, _, ~ and = that may open and close emphasis (CommonMark 6.2 and its rules 1 to 17, GFM 6.5), paired the
 * way the appendix tells: each closer with the nearest opener that fits. */

typedef struct
{
  guint32 start; /* of what is left of it */
  guint32 end;
  guint32 length; /* as written */
  int previous;   /* -1: none */
  int next;
  char sign;
  guint8 can_open;
  guint8 can_close;
} Delimiter;

struct _OctavoMarkdownDelimiters
{
  const char *text;
  const char *start;
  GArray *runs;
};

#define N_BOTTOMS (4 * 2 * 3)

/* Where openers for such a closer have been looked for in vain. */
static guint
get_bottom_index (const Delimiter *closer)
{
  guint sign = (guint) (strchr ("*_~=", closer->sign) - "*_~=");

  return (sign * 2 + closer->can_open) * 3 + closer->length % 3;
}

static Delimiter *
get_run (OctavoMarkdownDelimiters *self, int i)
{
  return &g_array_index (self->runs, Delimiter, i);
}

/**
 * octavo_markdown_delimiters_new:
 * @text: what places are counted in
 * @start: where in it the text of the block begins
 *
 * Returns: (transfer full): an empty stack of delimiter runs. Any thread.
 */
OctavoMarkdownDelimiters *
octavo_markdown_delimiters_new (const char *text, const char *start)
{
  OctavoMarkdownDelimiters *self = g_new0 (OctavoMarkdownDelimiters, 1);

  self->text = text;
  self->start = start;
  self->runs = g_array_new (FALSE, FALSE, sizeof (Delimiter));
  return self;
}

/**
 * octavo_markdown_delimiters_free:
 * @self: a stack
 */
void
octavo_markdown_delimiters_free (OctavoMarkdownDelimiters *self)
{
  g_array_unref (self->runs);
  g_free (self);
}

/**
 * octavo_markdown_delimiters_get_n:
 * @self: a stack
 *
 * Returns: how many runs are on it
 */
guint
octavo_markdown_delimiters_get_n (OctavoMarkdownDelimiters *self)
{
  return self->runs->len;
}

/* Left- and right-flanking. */
static void
find_sides (OctavoMarkdownDelimiters *self, Delimiter *run, const char *p, const char *after, const char *end)
{
  gunichar before_char = p > self->start ? g_utf8_get_char (g_utf8_prev_char (p)) : '\n';
  gunichar after_char = after < end ? g_utf8_get_char (after) : '\n';
  gboolean is_space_before = g_unichar_isspace (before_char);
  gboolean is_space_after = g_unichar_isspace (after_char);
  gboolean is_sign_before = g_unichar_ispunct (before_char);
  gboolean is_sign_after = g_unichar_ispunct (after_char);
  gboolean is_left = !is_space_after && (!is_sign_after || is_space_before || is_sign_before);
  gboolean is_right = !is_space_before && (!is_sign_before || is_space_after || is_sign_after);

  run->can_open = is_left && (run->sign != '_' || !is_right || is_sign_before);
  run->can_close = is_right && (run->sign != '_' || !is_left || is_sign_after);
}

/**
 * octavo_markdown_delimiters_add:
 * @self: a stack
 * @run: where a run begins
 * @end: of the block's text
 *
 * Puts a run onto the stack, if it can be a delimiter.
 *
 * Returns: after the run
 */
const char *
octavo_markdown_delimiters_add (OctavoMarkdownDelimiters *self, const char *run, const char *end)
{
  const char *after = run;
  Delimiter delimiter = { .start = (guint32) (run - self->text), .sign = *run };

  while (after < end && *after == *run)
    after++;
  delimiter.end = (guint32) (after - self->text);
  delimiter.length = delimiter.end - delimiter.start;
  if ((*run == '~' && delimiter.length > 2) || (*run == '=' && delimiter.length != 2))
    return after;
  find_sides (self, &delimiter, run, after, end);
  if (delimiter.can_open || delimiter.can_close)
    g_array_append_val (self->runs, delimiter);
  return after;
}

static void
add_span (GArray *spans, OctavoMarkdownSpanKind kind, guint32 start, guint32 end)
{
  OctavoMarkdownSpan span = { .kind = (guint8) kind, .start = start, .end = end };

  g_array_append_val (spans, span);
}

static gboolean
fit (const Delimiter *opener, const Delimiter *closer)
{
  if (!opener->can_open || opener->sign != closer->sign)
    return FALSE;
  if (closer->sign == '~' || closer->sign == '=')
    return opener->length == closer->length;
  if (!opener->can_close && !closer->can_open)
    return TRUE;
  return closer->length % 3 == 0 || (opener->length + closer->length) % 3 != 0; /* the rule of three */
}

static void
unlink_run (OctavoMarkdownDelimiters *self, int i)
{
  Delimiter *run = get_run (self, i);

  if (run->previous >= 0)
    get_run (self, run->previous)->next = run->next;
  if (run->next >= 0)
    get_run (self, run->next)->previous = run->previous;
}

/* Turns the inner signs of both into marks. */
static void
pair (Delimiter *opener, Delimiter *closer, GArray *spans)
{
  gboolean is_whole = closer->sign == '~' || closer->sign == '=';
  guint32 used = is_whole                                                               ? closer->length
                 : opener->end - opener->start >= 2 && closer->end - closer->start >= 2 ? 2
                                                                                        : 1;
  OctavoMarkdownSpanKind kind = closer->sign == '~'   ? OCTAVO_MARKDOWN_STRIKETHROUGH
                                : closer->sign == '=' ? OCTAVO_MARKDOWN_HIGHLIGHT
                                : used == 2           ? OCTAVO_MARKDOWN_STRONG
                                                      : OCTAVO_MARKDOWN_EMPHASIS;

  add_span (spans, kind, opener->end - used, closer->start + used);
  add_span (spans, OCTAVO_MARKDOWN_MARK, opener->end - used, opener->end);
  add_span (spans, OCTAVO_MARKDOWN_MARK, closer->start, closer->start + used);
  opener->end -= used;
  closer->start += used;
}

/* Returns: the run to go on with. */
static int
close_run (OctavoMarkdownDelimiters *self, int i, int *bottom, GArray *spans)
{
  Delimiter *closer = get_run (self, i);
  int next = closer->next;
  int opener = closer->previous;

  while (opener > *bottom && !fit (get_run (self, opener), closer))
    opener = get_run (self, opener)->previous;
  if (opener <= *bottom)
    {
      *bottom = closer->previous;
      if (!closer->can_open)
        unlink_run (self, i);
      return next;
    }

  pair (get_run (self, opener), closer, spans);
  get_run (self, opener)->next = i; /* what stands between opens and closes nothing now */
  closer->previous = opener;
  if (get_run (self, opener)->start == get_run (self, opener)->end)
    unlink_run (self, opener);
  if (closer->start < closer->end)
    return i;
  unlink_run (self, i);
  return next;
}

/**
 * octavo_markdown_delimiters_close:
 * @self: a stack
 * @from: the first run to be paired
 * @spans: (element-type OctavoMarkdownSpan): what emphasis they make is added to it
 *
 * Pairs the last runs on the stack with each other, and takes them off.
 */
void
octavo_markdown_delimiters_close (OctavoMarkdownDelimiters *self, guint from, GArray *spans)
{
  int first = (int) from;
  int n = (int) self->runs->len;
  int bottoms[N_BOTTOMS];

  for (int i = first; i < n; i++)
    {
      get_run (self, i)->previous = i > first ? i - 1 : -1;
      get_run (self, i)->next = i < n - 1 ? i + 1 : -1;
    }
  for (guint i = 0; i < N_BOTTOMS; i++)
    bottoms[i] = -1;
  for (int i = first < n ? first : -1; i >= 0;)
    {
      const Delimiter *run = get_run (self, i);

      i = run->can_close ? close_run (self, i, &bottoms[get_bottom_index (run)], spans) : run->next;
    }
  if (n > first)
    g_array_set_size (self->runs, from);
}
