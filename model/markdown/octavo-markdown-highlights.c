/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-highlights.h"

#include "octavo-markdown-delimiters.h"
#include "octavo-markdown-inline.h"
#include "octavo-markdown-link.h"

#include <string.h>

/* ==Highlights== in what md4c told, which has never heard of them. They are paired as the editor pairs them; the signs
 * are taken out of the text. */

#define SIGNS 2 /* bytes */

typedef struct
{
  guint place; /* of its signs */
  int step;    /* 1: a highlight begins, -1: one ends */
} Mark;

typedef struct
{
  OctavoMarkdownDocument *document;
  GArray *marks;  /* (element-type Mark), by place */
  guint next;     /* of them */
  guint depth;    /* how many are open */
  guint read;     /* a place in the text as it was */
  guint written;  /* as it becomes */
  GArray *places; /* (element-type OctavoMarkdownPlace) */
} Rewrite;

static gboolean
is_plain (const OctavoMarkdownRun *run)
{
  return (run->styles & (OCTAVO_MARKDOWN_IS_CODE | OCTAVO_MARKDOWN_IS_IMAGE | OCTAVO_MARKDOWN_IS_LITERAL)) == 0;
}

/* Where an address ends that stands in the text as it is; its signs are its own. */
static const char *
skip_address (const char *p, const char *start, const char *end)
{
  const char *after = NULL;

  if ((*p == 'h' || *p == 'w') && (p == start || g_ascii_isspace (p[-1]) || strchr ("*_~(", p[-1]) != NULL))
    after = octavo_markdown_link_skip_bare (p, end);
  return after != NULL ? after : p + 1;
}

static void
add_delimiters (OctavoMarkdownDelimiters *delimiters,
                OctavoMarkdownDocument *document,
                guint start,
                const OctavoMarkdownRun *run)
{
  const char *text = document->text->str;
  const char *end = text + run->end;

  for (const char *p = text + MAX (run->start, start); p < end;)
    if (*p == '=')
      p = octavo_markdown_delimiters_add (delimiters, p, text + document->text->len);
    else
      p = skip_address (p, text + start, end);
}

static const OctavoMarkdownRun *
find_run (OctavoMarkdownDocument *document, guint first, guint place)
{
  guint low = first, high = document->runs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (document->runs, OctavoMarkdownRun, middle).end <= place)
        low = middle + 1;
      else
        high = middle;
    }
  return &g_array_index (document->runs, OctavoMarkdownRun, low);
}

/* What begins in one link or emphasis does not end in another. */
static gboolean
is_whole (OctavoMarkdownDocument *document, guint first_run, const OctavoMarkdownSpan *span)
{
  const OctavoMarkdownRun *first = find_run (document, first_run, span->start);
  const OctavoMarkdownRun *last = find_run (document, first_run, span->end - SIGNS);

  return first->target == last->target && first->styles == last->styles && first->end >= span->start + SIGNS &&
         last->end >= span->end;
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *one = a, *other = b;

  return (one->place > other->place) - (one->place < other->place);
}

static GArray *
find_marks (OctavoMarkdownDocument *document, guint start, guint first_run)
{
  const char *text = document->text->str;
  OctavoMarkdownDelimiters *delimiters = octavo_markdown_delimiters_new (text, text + start);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (OctavoMarkdownSpan));
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));

  for (guint i = first_run; i < document->runs->len; i++)
    {
      const OctavoMarkdownRun *run = &g_array_index (document->runs, OctavoMarkdownRun, i);

      if (is_plain (run))
        add_delimiters (delimiters, document, start, run);
    }
  octavo_markdown_delimiters_close (delimiters, 0, spans);
  octavo_markdown_delimiters_free (delimiters);
  for (guint i = 0; i < spans->len; i++)
    {
      const OctavoMarkdownSpan *span = &g_array_index (spans, OctavoMarkdownSpan, i);
      const Mark opening = { .place = span->start, .step = 1 };
      const Mark closing = { .place = span->end - SIGNS, .step = -1 };

      if (span->kind != OCTAVO_MARKDOWN_HIGHLIGHT || !is_whole (document, first_run, span))
        continue;
      g_array_append_val (marks, opening);
      g_array_append_val (marks, closing);
    }
  g_array_sort (marks, compare_marks);
  return marks;
}

/* ---- Writing it anew ---- */

static void
move_text (Rewrite *self, const OctavoMarkdownRun *run, guint end)
{
  OctavoMarkdownRun moved = *run;
  guint size = end - self->read;

  if (size == 0)
    return;
  memmove (self->document->text->str + self->written, self->document->text->str + self->read, size);
  moved.start = self->written;
  moved.end = self->written += size;
  if (self->depth > 0)
    moved.styles |= OCTAVO_MARKDOWN_IS_HIGHLIGHTED;
  g_array_append_val (self->document->runs, moved);
  self->read = end;
}

static void
move_run (Rewrite *self, const OctavoMarkdownRun *run)
{
  while (self->next < self->marks->len && g_array_index (self->marks, Mark, self->next).place < run->end)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, self->next++);

      move_text (self, run, mark->place);
      self->depth = (guint) ((int) self->depth + mark->step);
      self->read += SIGNS;
    }
  move_text (self, run, run->end);
}

/* What comes after signs that were taken out has a place of its own, as they were in the source. */
static void
move_places (Rewrite *self)
{
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (OctavoMarkdownPlace));
  OctavoMarkdownPlace last = { 0 };
  guint first = self->places->len, next = 0;

  while (first > 0 &&
         g_array_index (self->places, OctavoMarkdownPlace, first - 1).text > g_array_index (self->marks, Mark, 0).place)
    first--;
  if (first < self->places->len)
    g_array_append_vals (old, &g_array_index (self->places, OctavoMarkdownPlace, first), self->places->len - first);
  g_array_set_size (self->places, first);
  if (first > 0)
    last = g_array_index (self->places, OctavoMarkdownPlace, first - 1);
  for (guint i = 0; i <= self->marks->len; i++)
    {
      guint mark = i < self->marks->len ? g_array_index (self->marks, Mark, i).place : G_MAXUINT;
      OctavoMarkdownPlace after;

      for (; next < old->len && g_array_index (old, OctavoMarkdownPlace, next).text <= mark; next++)
        {
          OctavoMarkdownPlace moved = last = g_array_index (old, OctavoMarkdownPlace, next);

          moved.text -= SIGNS * i;
          g_array_append_val (self->places, moved);
        }
      if (i == self->marks->len || self->places->len == 0)
        continue;
      after.text = mark - SIGNS * i;
      after.source = last.source + mark + SIGNS - last.text;
      g_array_append_val (self->places, after);
    }
}

/**
 * octavo_markdown_highlights_read:
 * @document: a document that is being read
 * @start: where what was read last begins, which goes until the end of the text
 * @first_run: a run of it at or before @start
 * @places: (element-type OctavoMarkdownPlace): where its parts come from
 *
 * Marks what is highlighted, and takes the signs that say so away. Takes a time in proportion to the text. Any thread.
 */
void
octavo_markdown_highlights_read (OctavoMarkdownDocument *document, guint start, guint first_run, GArray *places)
{
  g_autoptr (GArray) marks = NULL;
  g_autofree OctavoMarkdownRun *runs = NULL;
  Rewrite rewrite = { .document = document, .places = places };
  guint first = document->runs->len, n_runs;

  if (document->text->len - start <= 2 * (gsize) SIGNS || strstr (document->text->str + start, "==") == NULL)
    return;
  while (first > first_run && g_array_index (document->runs, OctavoMarkdownRun, first - 1).end > start)
    first--;
  rewrite.marks = marks = find_marks (document, start, first);
  if (marks->len == 0)
    return;
  n_runs = document->runs->len - first;
  runs = g_memdup2 (&g_array_index (document->runs, OctavoMarkdownRun, first), n_runs * sizeof *runs);
  g_array_set_size (document->runs, first);
  rewrite.read = rewrite.written = runs[0].start;
  for (guint i = 0; i < n_runs; i++)
    move_run (&rewrite, &runs[i]);
  g_string_truncate (document->text, rewrite.written);
  move_places (&rewrite);
}
