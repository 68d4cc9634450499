/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-direction.h"
#include "octavo-markdown-document-private.h"
#include "octavo-markdown-link.h"
#include "octavo-markdown-tag.h"

#include <string.h>

/* What is shown is laid out piece by piece, so none may be so long that this is felt: a longer paragraph is parted
 * between words, code between lines. To lay out one word takes Pango a time that grows with the square of its length.
 */
#define MAX_TEXT 4000 /* bytes */
#define MAX_CODE 2000
#define MAX_WORD 500

/* Appends to the text, written in one way. */
void
octavo_markdown_document_append (OctavoMarkdownDocument *self, const char *text, gsize size, guint styles, guint target)
{
  OctavoMarkdownRun run = { .start = (guint) self->text->len, .styles = styles, .target = target };
  OctavoMarkdownRun *last =
      self->runs->len > self->leaf_run ? &g_array_index (self->runs, OctavoMarkdownRun, self->runs->len - 1) : NULL;

  if (size == 0)
    return;
  g_string_append_len (self->text, text, (gssize) size);
  run.end = (guint) self->text->len;
  if (last != NULL && last->end == run.start && last->styles == styles && last->target == target &&
      (styles & OCTAVO_MARKDOWN_IS_LITERAL) == 0)
    last->end = run.end;
  else
    g_array_append_val (self->runs, run);
}

/* Takes the last character, which is of one byte, off the text. */
void
octavo_markdown_document_drop_last (OctavoMarkdownDocument *self)
{
  OctavoMarkdownRun *last = &g_array_index (self->runs, OctavoMarkdownRun, self->runs->len - 1);

  g_string_truncate (self->text, self->text->len - 1);
  if (--last->end == last->start)
    g_array_set_size (self->runs, self->runs->len - 1);
}

/* Returns its number. */
guint
octavo_markdown_document_add_target (OctavoMarkdownDocument *self,
                                     OctavoMarkdownTargetKind kind,
                                     const char *text,
                                     gsize size)
{
  OctavoMarkdownTarget target = { .kind = kind,
                                  .text = g_string_chunk_insert_len (self->strings, text, (gssize) size) };

  g_array_append_val (self->targets, target);
  return self->targets->len;
}

static guint
add_address (OctavoMarkdownDocument *self, const char *text, gsize size)
{
  g_autofree char *address = g_strndup (text, size);
  g_autofree char *full = NULL;

  if (g_ascii_strncasecmp (address, "www.", 4) == 0)
    full = g_strconcat ("http://", address, NULL);
  else
    full = g_steal_pointer (&address);
  return octavo_markdown_document_add_target (self, OCTAVO_MARKDOWN_TARGET_ADDRESS, full, strlen (full));
}

/* Reads a #tag, or an address that stands in the text as it is. Returns its end; 0 where there is none. */
static guint
read_link (OctavoMarkdownDocument *self, guint place, guint leaf, guint end, guint *target)
{
  const char *text = self->text->str + place;
  char before = place > leaf ? text[-1] : ' ';
  const char *link_end;
  gboolean is_tag;
  gsize length;

  if (*text == '#')
    {
      if (place > leaf && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (text))))
        return 0;
      length = octavo_markdown_tag_get_length (text + 1, self->text->str + end, &is_tag);
      if (!is_tag)
        return 0;
      *target = octavo_markdown_document_add_target (self, OCTAVO_MARKDOWN_TARGET_TAG, text + 1, length);
      return place + 1 + (guint) length;
    }
  if (!g_ascii_isspace (before) && strchr ("*_~(", before) == NULL)
    return 0;
  link_end = octavo_markdown_link_skip_bare (text, self->text->str + end);
  if (link_end == NULL)
    return 0;
  *target = add_address (self, text, (gsize) (link_end - text));
  return (guint) (link_end - self->text->str);
}

static void
add_run (OctavoMarkdownDocument *self, OctavoMarkdownRun run, guint start, guint end, guint target)
{
  run.start = start;
  run.end = end;
  run.target = target;
  if (start < end)
    g_array_append_val (self->runs, run);
}

/* Adds a run again, in parts where there are links in it. */
static void
add_run_with_links (OctavoMarkdownDocument *self, const OctavoMarkdownRun *run, guint leaf)
{
  guint start = run->start;
  guint target = 0;

  for (guint place = run->start; place < run->end;)
    {
      char c = self->text->str[place];
      guint end = c == '#' || c == 'h' || c == 'w' ? read_link (self, place, leaf, run->end, &target) : 0;

      if (end == 0)
        {
          place++;
          continue;
        }
      add_run (self, *run, start, place, 0);
      add_run (self, *run, place, end, target);
      place = start = end;
    }
  add_run (self, *run, start, run->end, 0);
}

static void
find_links (OctavoMarkdownDocument *self, const OctavoMarkdownPiece *leaf)
{
  const guint no_links = OCTAVO_MARKDOWN_IS_CODE | OCTAVO_MARKDOWN_IS_IMAGE | OCTAVO_MARKDOWN_IS_LITERAL;
  const char *text = self->text->str + leaf->start;
  guint n_runs = self->runs->len - leaf->first_run;
  g_autofree OctavoMarkdownRun *runs = NULL;

  if (leaf->kind == OCTAVO_MARKDOWN_PIECE_CODE || n_runs == 0 ||
      (strchr (text, '#') == NULL && strstr (text, "http") == NULL && strstr (text, "www.") == NULL))
    return;
  runs = g_memdup2 (&g_array_index (self->runs, OctavoMarkdownRun, leaf->first_run), n_runs * sizeof *runs);
  g_array_set_size (self->runs, leaf->first_run);
  for (guint i = 0; i < n_runs; i++)
    if (runs[i].target != 0 || (runs[i].styles & no_links) != 0)
      g_array_append_val (self->runs, runs[i]);
    else
      add_run_with_links (self, &runs[i], leaf->start);
}

/* Code is written from left to right, and says nothing of the texts around it. */
static OctavoMarkdownDirection
find_direction (OctavoMarkdownDocument *self, const OctavoMarkdownPiece *piece)
{
  OctavoMarkdownDirection direction;

  if (piece->kind == OCTAVO_MARKDOWN_PIECE_CODE)
    return OCTAVO_MARKDOWN_DIRECTION_LTR;
  direction = piece->continues
                  ? OCTAVO_MARKDOWN_DIRECTION_NONE
                  : octavo_markdown_direction_find (self->text->str + piece->start, piece->end - piece->start);
  if (direction != OCTAVO_MARKDOWN_DIRECTION_NONE)
    self->direction = direction;
  return self->direction;
}

/* Adds a piece; what holds it begins with it, unless it began already. */
void
octavo_markdown_document_add_piece (OctavoMarkdownDocument *self, OctavoMarkdownPiece *piece)
{
  for (guint holder = piece->holder; holder != 0;)
    {
      OctavoMarkdownHolder *each = &g_array_index (self->holders, OctavoMarkdownHolder, holder - 1);

      if (each->first == G_MAXUINT)
        each->first = self->pieces->len;
      holder = each->parent;
    }
  piece->direction = find_direction (self, piece);
  g_array_append_vals (self->pieces, piece, 1);
}

/* Where a word that is too long is to be parted; 0 where there is none. Scripts without spaces begin at three bytes. */
static guint
find_long_word (const char *text, guint start, guint end)
{
  guint word = start;

  for (guint place = start; place < end; place++)
    {
      if (g_ascii_isspace (text[place]) || (guchar) text[place] >= 0xe0)
        word = place + 1;
      else if (place - word == MAX_WORD)
        return (guint) (g_utf8_find_prev_char (text, text + place + 1) - text);
    }
  return 0;
}

/* Whether what stands at the end of the text has a word that is parted. */
gboolean
octavo_markdown_document_has_long_word (OctavoMarkdownDocument *self, guint start)
{
  return find_long_word (self->text->str, start, (guint) self->text->len) != 0;
}

/* Where a piece that begins at start is to end. */
static guint
find_break (OctavoMarkdownDocument *self, OctavoMarkdownPieceKind kind, guint start, guint end)
{
  gboolean is_code = kind == OCTAVO_MARKDOWN_PIECE_CODE;
  guint most = is_code ? MAX_CODE : MAX_TEXT;
  const char *text = self->text->str;
  guint word;

  if (kind == OCTAVO_MARKDOWN_PIECE_ROW)
    return end;
  word = find_long_word (text, start, MIN (end, start + most));
  if (word != 0)
    return word;
  if (end - start <= most)
    return end;
  for (guint place = start + most; place > start + most / 2; place--)
    if (text[place - 1] == '\n')
      return place;
  for (guint place = start + most; !is_code && place > start + most / 2; place--)
    if (text[place - 1] == ' ')
      return place;
  return (guint) (g_utf8_find_prev_char (text, text + start + most + 1) - text);
}

static guint
find_source (GArray *places, guint text, guint otherwise)
{
  guint low = 0, high = places->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (places, OctavoMarkdownPlace, middle).text <= text)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return otherwise;
  return g_array_index (places, OctavoMarkdownPlace, low - 1).source + text -
         g_array_index (places, OctavoMarkdownPlace, low - 1).text;
}

static guint
find_first_run (OctavoMarkdownDocument *self, guint run, guint start)
{
  while (run < self->runs->len && g_array_index (self->runs, OctavoMarkdownRun, run).end <= start)
    run++;
  return run;
}

static guint
find_run_after (OctavoMarkdownDocument *self, guint run, guint end)
{
  while (run < self->runs->len && g_array_index (self->runs, OctavoMarkdownRun, run).start < end)
    run++;
  return run;
}

/* Adds what stands at the end of the text, from leaf->start and leaf->first_run on, in as many pieces as it needs.
 * places: (element-type OctavoMarkdownPlace): where its parts come from. */
void
octavo_markdown_document_add_leaf (OctavoMarkdownDocument *self, OctavoMarkdownPiece *leaf, GArray *places)
{
  guint end = (guint) self->text->len;
  guint run = leaf->first_run;

  find_links (self, leaf);
  do
    {
      guint next = find_break (self, leaf->kind, leaf->start, end);

      leaf->end = next;
      if (next < end && self->text->str[next - 1] == '\n')
        leaf->end--; /* it ends where the piece does */
      leaf->first_run = find_first_run (self, run, leaf->start);
      run = leaf->first_run;
      leaf->n_runs = find_run_after (self, run, leaf->end) - run;
      octavo_markdown_document_add_piece (self, leaf);
      leaf->start = next;
      leaf->continues = TRUE;
      leaf->source = MAX (leaf->source, find_source (places, next, leaf->source));
    }
  while (leaf->start < end);
}
