/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-text"

#include "octavo-diff-page.h"

#include <string.h>

/* What is shown is bounded, whatever the texts are; what is counted is all of it. */

#define N_AROUND  2     /* lines */
#define MOST_LINE 2000  /* bytes of a line that are shown */
#define MOST_FINE 20000 /* bytes of a place in which words are compared */

typedef struct
{
  OctavoDiffPage *page;
  const char *old_text;
  const char *new_text;
  gsize old_length;
  gsize new_length;
  gsize shown; /* up to here the new text is shown, or passed over */
  gsize counted;
  guint number; /* of the line that is there */
  guint max_lines;
} Maker;

static void
line_free (gpointer data)
{
  OctavoDiffLine *self = data;

  g_free (self->text);
  g_clear_pointer (&self->marks, g_array_unref);
  g_free (self);
}

/* Words as a person counts them: what has a letter or a digit in it, between spaces. */
static guint
count_words (const char *text, gsize length)
{
  gboolean is_counted = FALSE;
  guint n = 0;

  for (const char *at = text; at < text + length;)
    {
      gunichar character = g_utf8_get_char_validated (at, text + length - at);
      gboolean is_bad = (gint32) character < 0;

      if (!is_bad && g_unichar_isspace (character))
        is_counted = FALSE;
      else if (!is_counted && (is_bad || g_unichar_isalnum (character)))
        {
          is_counted = TRUE;
          n++;
        }
      at += is_bad ? 1 : g_utf8_next_char (at) - at;
    }
  return n;
}

static gsize
find_line_start (const char *text, gsize position)
{
  while (position > 0 && text[position - 1] != '\n')
    position--;
  return position;
}

static gsize
find_line_end (const char *text, gsize length, gsize position)
{
  const char *end = memchr (text + position, '\n', length - position);

  return end != NULL ? (gsize) (end - text) + 1 : length;
}

/* Where the character begins that is there. */
static gsize
find_character (const char *text, gsize position)
{
  while (position > 0 && (text[position] & 0xc0) == 0x80)
    position--;
  return position;
}

static gboolean
is_full (const Maker *self)
{
  return self->page->lines->len >= self->max_lines;
}

static OctavoDiffLine *
add_line (Maker *self, OctavoDiffLineKind kind)
{
  OctavoDiffLine *line = g_new0 (OctavoDiffLine, 1);

  line->kind = kind;
  g_ptr_array_add (self->page->lines, line);
  return line;
}

/* Those parts of the marks that are in the line, in characters. */
static GArray *
take_marks (const char *text, gsize start, gsize end, const GArray *words, gboolean of_new)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (OctavoDiffMark));

  for (guint i = 0; i < words->len; i++)
    {
      const OctavoDiffHunk *word = &g_array_index (words, OctavoDiffHunk, i);
      gsize first = MAX (of_new ? word->new_start : word->old_start, start);
      gsize last = MIN (of_new ? word->new_end : word->old_end, end);
      OctavoDiffMark mark;

      if (first >= last)
        continue;
      mark.start = (guint) g_utf8_strlen (text + start, (gssize) (first - start));
      mark.end = (guint) g_utf8_strlen (text + start, (gssize) (last - start));
      g_array_append_val (marks, mark);
    }
  return marks;
}

/* The lines of a stretch. words: (nullable): what differs within them, in bytes of the text */
static void
add_stretch (Maker *self, OctavoDiffLineKind kind, const char *text, gsize start, gsize end, const GArray *words)
{
  while (start < end)
    {
      gsize next = find_line_end (text, end, start);
      gsize last = text[next - 1] == '\n' ? next - 1 : next;
      OctavoDiffLine *line;

      if (is_full (self))
        {
          self->page->is_cut = TRUE;
          return;
        }
      line = add_line (self, kind);
      if (last - start > MOST_LINE)
        last = find_character (text, start + MOST_LINE);
      line->text = g_utf8_make_valid (text + start, (gssize) (last - start));
      if (words != NULL)
        line->marks = take_marks (text, start, last, words, kind == OCTAVO_DIFF_LINE_ADDED);
      start = next;
    }
}

/* Words that differ, where there are not too many and both texts have some; in bytes of the texts. */
static GArray *
compare_words (const Maker *self, const OctavoDiffHunk *hunk)
{
  gsize removed = hunk->old_end - hunk->old_start, added = hunk->new_end - hunk->new_start;
  GArray *words;

  if (removed == 0 || added == 0 || removed + added > MOST_FINE)
    return NULL;
  words = octavo_diff (self->old_text + hunk->old_start, removed, self->new_text + hunk->new_start, added,
                       OCTAVO_DIFF_WORDS);
  for (guint i = 0; i < words->len; i++)
    {
      OctavoDiffHunk *word = &g_array_index (words, OctavoDiffHunk, i);

      word->old_start += hunk->old_start;
      word->old_end += hunk->old_start;
      word->new_start += hunk->new_start;
      word->new_end += hunk->new_start;
    }
  return words;
}

/* A part of a word that differs is a word that does. */
static void
count (const Maker *self, const OctavoDiffHunk *hunk, const GArray *words, guint *n_removed, guint *n_added)
{
  *n_removed = *n_added = 0;
  if (words == NULL)
    {
      *n_removed = count_words (self->old_text + hunk->old_start, hunk->old_end - hunk->old_start);
      *n_added = count_words (self->new_text + hunk->new_start, hunk->new_end - hunk->new_start);
      return;
    }
  for (guint i = 0; i < words->len; i++)
    {
      const OctavoDiffHunk *word = &g_array_index (words, OctavoDiffHunk, i);

      *n_removed += count_words (self->old_text + word->old_start, word->old_end - word->old_start);
      *n_added += count_words (self->new_text + word->new_start, word->new_end - word->new_start);
    }
}

static guint
find_number (Maker *self, gsize position)
{
  while (self->counted < position)
    {
      gsize next = find_line_end (self->new_text, self->new_length, self->counted);

      if (next > position)
        break;
      self->counted = next;
      self->number++;
    }
  return self->number;
}

/* Lines that are the same, after what was shown last, up to where something differs. */
static gsize
find_around (const Maker *self, gsize position)
{
  for (guint i = 0; i < N_AROUND && position > self->shown; i++)
    position = find_line_start (self->new_text, position - 1);
  return MAX (position, self->shown);
}

static void
add_after (Maker *self, gsize limit)
{
  gsize end = self->shown;

  for (guint i = 0; i < N_AROUND && end < limit; i++)
    end = find_line_end (self->new_text, limit, end);
  add_stretch (self, OCTAVO_DIFF_LINE_SAME, self->new_text, self->shown, end, NULL);
  self->shown = end;
}

static void
add_place (Maker *self, const OctavoDiffHunk *hunk, gsize limit)
{
  g_autoptr (GArray) words = compare_words (self, hunk);
  gsize around = find_around (self, hunk->new_start);
  OctavoDiffLine *place;
  guint n_removed, n_added;

  count (self, hunk, words, &n_removed, &n_added);
  self->page->n_places++;
  self->page->n_removed += n_removed;
  self->page->n_added += n_added;
  self->page->is_cut = self->page->is_cut || is_full (self);
  if (self->page->is_cut)
    return;
  place = add_line (self, OCTAVO_DIFF_LINE_PLACE);
  place->number = find_number (self, hunk->new_start);
  place->n_removed = n_removed;
  place->n_added = n_added;
  add_stretch (self, OCTAVO_DIFF_LINE_SAME, self->new_text, around, hunk->new_start, NULL);
  add_stretch (self, OCTAVO_DIFF_LINE_REMOVED, self->old_text, hunk->old_start, hunk->old_end, words);
  add_stretch (self, OCTAVO_DIFF_LINE_ADDED, self->new_text, hunk->new_start, hunk->new_end, words);
  self->shown = hunk->new_end;
  add_after (self, limit);
}

/**
 * octavo_diff_page_new:
 * @old_text: a text
 * @new_text: what came of it
 * @max_lines: how many lines are wanted at most; with 0 words are counted alone
 *
 * Compares two texts, lines first, then words within those that differ. Any thread.
 *
 * Returns: (transfer full): the differences
 */
OctavoDiffPage *
octavo_diff_page_new (const char *old_text, const char *new_text, guint max_lines)
{
  OctavoDiffPage *page = g_new0 (OctavoDiffPage, 1);
  Maker self = {
    .page = page,
    .old_text = old_text,
    .new_text = new_text,
    .old_length = strlen (old_text),
    .new_length = strlen (new_text),
    .number = 1,
    .max_lines = max_lines,
  };
  g_autoptr (GArray) hunks = octavo_diff (old_text, self.old_length, new_text, self.new_length, OCTAVO_DIFF_LINES);

  page->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < hunks->len; i++)
    add_place (&self, &g_array_index (hunks, OctavoDiffHunk, i),
               i + 1 < hunks->len ? g_array_index (hunks, OctavoDiffHunk, i + 1).new_start : self.new_length);
  return page;
}

/**
 * octavo_diff_page_free:
 * @self: (transfer full) (nullable): differences
 *
 * Frees them.
 */
void
octavo_diff_page_free (OctavoDiffPage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}
