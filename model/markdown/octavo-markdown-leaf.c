/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-leaf.h"

#include "octavo-markdown-inline.h"

#include <string.h>

/* Emphasis and links go over the lines of a paragraph, so it is read as a whole; what is found is then told by lines.
 */

/* Where a line's text begins in that of the leaf. */
typedef struct
{
  guint32 start;
  guint32 offset; /* in the line */
} Segment;

typedef struct
{
  OctavoMarkdownLeaf *leaf;
  GArray *segments; /* one for each line */
  GArray *spans;
  guint n_parts; /* in the line that is being told */
  guint part_line;
} Reader;

static OctavoMarkdownLine *
get_info (OctavoMarkdownLeaf *self, guint i)
{
  return &g_array_index (self->lines, OctavoMarkdownLine, i);
}

static gboolean
goes_on (OctavoMarkdownLines *lines, guint line, OctavoMarkdownBlock block)
{
  return line < octavo_markdown_lines_get_n_lines (lines) && octavo_markdown_lines_get_continues (lines, line) &&
         octavo_markdown_lines_get_block (lines, line) == block;
}

/* A table's first line, which looks like one of a paragraph. */
static gboolean
is_table_head (OctavoMarkdownLines *lines, guint line)
{
  return octavo_markdown_lines_get_block (lines, line) == OCTAVO_MARKDOWN_PARAGRAPH &&
         goes_on (lines, line + 1, OCTAVO_MARKDOWN_TABLE_DELIMITER);
}

static void
find_lines (OctavoMarkdownLeaf *self, OctavoMarkdownLines *lines, guint line)
{
  guint first = line, end = line + 1;
  OctavoMarkdownBlock block = octavo_markdown_lines_get_block (lines, line);

  self->first = line;
  self->n_lines = 1;
  if ((block != OCTAVO_MARKDOWN_PARAGRAPH && block != OCTAVO_MARKDOWN_UNDERLINE) || is_table_head (lines, line))
    return;
  while (first > 0 && line - first <= OCTAVO_MARKDOWN_MAX_LEAF_LINES &&
         octavo_markdown_lines_get_continues (lines, first))
    first--;
  if (block == OCTAVO_MARKDOWN_PARAGRAPH)
    {
      while (end - line <= OCTAVO_MARKDOWN_MAX_LEAF_LINES && goes_on (lines, end, OCTAVO_MARKDOWN_PARAGRAPH) &&
             !is_table_head (lines, end))
        end++;
      if (goes_on (lines, end, OCTAVO_MARKDOWN_UNDERLINE))
        end++;
    }
  if (end - first > OCTAVO_MARKDOWN_MAX_LEAF_LINES)
    return;
  self->first = first;
  self->n_lines = end - first;
}

static gboolean
has_text (const OctavoMarkdownLine *info)
{
  return info->block == OCTAVO_MARKDOWN_PARAGRAPH || info->block == OCTAVO_MARKDOWN_HEADING ||
         info->block == OCTAVO_MARKDOWN_TABLE_ROW || info->block == OCTAVO_MARKDOWN_DEFINITION;
}

/* Returns: whether it is short enough to be looked into. */
static gboolean
read_lines (Reader *reader, OctavoMarkdownLines *lines)
{
  OctavoMarkdownLeaf *leaf = reader->leaf;

  g_string_truncate (leaf->text, 0);
  g_array_set_size (leaf->lines, leaf->n_lines);
  g_array_set_size (reader->segments, 0);
  for (guint i = 0; i < leaf->n_lines; i++)
    {
      OctavoMarkdownLine *info = get_info (leaf, i);
      g_autofree char *text = octavo_markdown_lines_scan (lines, leaf->first + i, info);
      Segment segment;

      if (i > 0)
        g_string_append_c (leaf->text, '\n');
      segment = (Segment){ .start = (guint32) leaf->text->len, .offset = info->content };
      g_array_append_val (reader->segments, segment);
      if (has_text (info))
        g_string_append_len (leaf->text, text + info->content, (gssize) (info->content_end - info->content));
      if (leaf->text->len > OCTAVO_MARKDOWN_MAX_LEAF_SIZE)
        return FALSE;
    }
  return TRUE;
}

static void
add_part (Reader *reader, guint line, const OctavoMarkdownSpan *span, guint32 start, guint32 end)
{
  OctavoMarkdownPart part = { .kind = span->kind,
                              .line = line,
                              .start = start,
                              .end = end,
                              .target_start = span->target_start,
                              .target_end = span->target_end };

  if (reader->part_line != line)
    {
      reader->part_line = line;
      reader->n_parts = 0;
    }
  if (reader->n_parts++ < OCTAVO_MARKDOWN_MAX_LEAF_SPANS)
    g_array_append_val (reader->leaf->parts, part);
}

static void
add_marks (Reader *reader, guint i)
{
  const OctavoMarkdownLine *info = get_info (reader->leaf, i);

  for (guint j = 0; j < info->n_marks; j++)
    {
      OctavoMarkdownSpan span = { .kind = info->marks[j].kind };

      add_part (reader, reader->leaf->first + i, &span, info->marks[j].start, info->marks[j].end);
    }
}

/* The last line that begins at or before a place of the text. */
static guint
find_segment (const Reader *reader, guint32 place)
{
  guint low = 0, high = reader->segments->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (reader->segments, Segment, middle).start <= place)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
add_span (Reader *reader, const OctavoMarkdownSpan *span)
{
  OctavoMarkdownLeaf *leaf = reader->leaf;

  for (guint i = find_segment (reader, span->start); i < leaf->n_lines; i++)
    {
      const Segment *segment = &g_array_index (reader->segments, Segment, i);
      guint32 line_end = (guint32) (i + 1 < leaf->n_lines ? segment[1].start - 1 : leaf->text->len);
      guint32 start = MAX (span->start, segment->start);
      guint32 end = MIN (span->end, line_end);

      if (segment->start >= span->end)
        break;
      if (start < end)
        add_part (reader, leaf->first + i, span, start - segment->start + segment->offset,
                  end - segment->start + segment->offset);
    }
}

/* The cells of a row are texts of their own (GFM 4.10). */
static void
read_cells (Reader *reader)
{
  const char *text = reader->leaf->text->str;
  gsize size = reader->leaf->text->len;
  gsize start = 0;

  for (gsize i = 0; i <= size; i++)
    {
      OctavoMarkdownSpan pipe = { .kind = OCTAVO_MARKDOWN_MARK, .start = (guint32) i, .end = (guint32) i + 1 };

      if (i < size && text[i] == '\\' && i + 1 < size)
        i++;
      else if (i == size || text[i] == '|')
        {
          octavo_markdown_inline_scan (text, start, i, reader->spans);
          start = i + 1;
          if (i < size)
            g_array_append_val (reader->spans, pipe);
        }
    }
}

/* [label]: destination (CommonMark 4.7) */
static void
read_definition (Reader *reader)
{
  const char *text = reader->leaf->text->str;
  const char *colon = strstr (text, "]:");
  const char *target = colon != NULL ? colon + 2 + strspn (colon + 2, " \t") : text;
  gsize length = strcspn (target, " \t");
  OctavoMarkdownSpan mark = { .kind = OCTAVO_MARKDOWN_MARK, .end = (guint32) (target - text) };
  OctavoMarkdownSpan link = { .kind = OCTAVO_MARKDOWN_LINK,
                              .start = mark.end,
                              .end = mark.end + (guint32) length,
                              .target_start = mark.end,
                              .target_end = mark.end + (guint32) length };

  g_array_append_val (reader->spans, mark);
  g_array_append_val (reader->spans, link);
}

static void
read_text (Reader *reader)
{
  OctavoMarkdownLeaf *leaf = reader->leaf;

  if (leaf->block == OCTAVO_MARKDOWN_TABLE_ROW || leaf->block == OCTAVO_MARKDOWN_TABLE_HEAD)
    read_cells (reader);
  else if (leaf->block == OCTAVO_MARKDOWN_DEFINITION)
    read_definition (reader);
  else
    octavo_markdown_inline_scan (leaf->text->str, 0, leaf->text->len, reader->spans);
}

/* A paragraph that is a heading or a table's head shows so by what follows it. */
static void
find_block (OctavoMarkdownLeaf *self, OctavoMarkdownLines *lines)
{
  const OctavoMarkdownLine *last = get_info (self, self->n_lines - 1);

  self->block = (OctavoMarkdownBlock) get_info (self, 0)->block;
  self->level = get_info (self, 0)->level;
  if (self->n_lines > 1 && last->block == OCTAVO_MARKDOWN_UNDERLINE)
    {
      self->block = OCTAVO_MARKDOWN_HEADING;
      self->level = last->level;
    }
  else if (is_table_head (lines, self->first + self->n_lines - 1))
    self->block = OCTAVO_MARKDOWN_TABLE_HEAD;
}

/* What is around comes before what is in it. */
static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const OctavoMarkdownPart *one = a, *other = b;

  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  if (one->end != other->end)
    return one->end > other->end ? -1 : 1;
  return (int) other->kind - (int) one->kind;
}

/**
 * octavo_markdown_leaf_new:
 * @lines: what is known of the lines of a text
 * @line: one that is known
 *
 * Reads the leaf block that a line belongs to: what it is, and its parts, marks and links and what is emphasised. A
 * paragraph that is too long is given line by line.
 *
 * Returns: (transfer full): the block
 */
OctavoMarkdownLeaf *
octavo_markdown_leaf_new (OctavoMarkdownLines *lines, guint line)
{
  OctavoMarkdownLeaf *self = g_new0 (OctavoMarkdownLeaf, 1);
  Reader reader = { .leaf = self, .part_line = G_MAXUINT };
  gboolean is_short;

  self->text = g_string_new (NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (OctavoMarkdownLine));
  self->parts = g_array_new (FALSE, FALSE, sizeof (OctavoMarkdownPart));
  reader.segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  reader.spans = g_array_new (FALSE, FALSE, sizeof (OctavoMarkdownSpan));

  find_lines (self, lines, line);
  is_short = read_lines (&reader, lines);
  if (!is_short && self->n_lines > 1)
    {
      self->first = line;
      self->n_lines = 1;
      is_short = read_lines (&reader, lines);
    }
  find_block (self, lines);
  for (guint i = 0; i < self->n_lines; i++)
    add_marks (&reader, i);
  if (is_short)
    read_text (&reader);
  for (guint i = 0; i < reader.spans->len; i++)
    add_span (&reader, &g_array_index (reader.spans, OctavoMarkdownSpan, i));
  g_array_sort (self->parts, compare_parts);
  g_array_unref (reader.segments);
  g_array_unref (reader.spans);
  return self;
}

/**
 * octavo_markdown_leaf_free:
 * @self: a leaf block
 */
void
octavo_markdown_leaf_free (OctavoMarkdownLeaf *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
  g_array_unref (self->parts);
  g_free (self);
}
