/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-highlighter.h"

#include "octavo-markdown-indents.h"

#include <string.h>

/* What is in sight is styled before the next frame, and the rest when there is nothing else to do, a few milliseconds
 * at a time; but before the view finds out how high all lines are, so that it does that once. Tags are changed only
 * where they differ: a line whose tags change is laid out anew. */

#define PRIORITY_NEAR G_PRIORITY_HIGH_IDLE      /* before the view is laid out and painted */
#define PRIORITY_REST (GDK_PRIORITY_REDRAW + 4) /* after that, but before GtkTextView measures what is not seen */
#define SLICE         (3 * G_TIME_SPAN_MILLISECOND)
#define MOST_NEAR     600 /* lines */

struct _OctavoMarkdownHighlighter
{
  GtkTextBuffer *buffer; /* owns this */
  GtkTextTag *tags[OCTAVO_MARKDOWN_N_STYLES];
  OctavoMarkdownPalette palette;
  OctavoMarkdownLines *lines;
  OctavoMarkdownIndents *indents;
  GArray *wanted[OCTAVO_MARKDOWN_N_STYLES]; /* (element-type Range): of the line that is being styled */
  guint near_first;
  guint near_end;
  gboolean is_near_done;
  guint source; /* 0: all is styled */
};

/* A part of a line, in bytes. */
typedef struct
{
  guint32 start;
  guint32 end;
} Range;

static char *
read_line (guint line, gsize *size, gpointer data)
{
  OctavoMarkdownHighlighter *self = data;
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, (int) line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  text = gtk_text_buffer_get_slice (self->buffer, &start, &end, TRUE);
  *size = strlen (text);
  return text;
}

static void
want (OctavoMarkdownHighlighter *self, OctavoMarkdownStyle style, guint32 start, guint32 end)
{
  GArray *ranges = self->wanted[style];
  Range range = { start, end };

  if (start >= end)
    return;
  if (ranges->len > 0)
    {
      Range *last = &g_array_index (ranges, Range, ranges->len - 1);

      if (start <= last->end)
        {
          last->end = MAX (last->end, end);
          return;
        }
    }
  g_array_append_val (ranges, range);
}

static void
want_part (OctavoMarkdownHighlighter *self, const OctavoMarkdownPart *part)
{
  static const guint8 styles[] = {
    [OCTAVO_MARKDOWN_QUOTE_MARK] = OCTAVO_MARKDOWN_STYLE_MARK,
    [OCTAVO_MARKDOWN_BULLET] = OCTAVO_MARKDOWN_STYLE_LIST_MARK,
    [OCTAVO_MARKDOWN_NUMBER] = OCTAVO_MARKDOWN_STYLE_LIST_MARK,
    [OCTAVO_MARKDOWN_TASK_OPEN] = OCTAVO_MARKDOWN_STYLE_LIST_MARK,
    [OCTAVO_MARKDOWN_TASK_DONE] = OCTAVO_MARKDOWN_STYLE_LIST_MARK,
    [OCTAVO_MARKDOWN_FOOTNOTE_MARK] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_MARK] = OCTAVO_MARKDOWN_STYLE_MARK,
    [OCTAVO_MARKDOWN_INFO] = OCTAVO_MARKDOWN_STYLE_MARK,
    [OCTAVO_MARKDOWN_EMPHASIS] = OCTAVO_MARKDOWN_STYLE_EMPHASIS,
    [OCTAVO_MARKDOWN_STRONG] = OCTAVO_MARKDOWN_STYLE_STRONG,
    [OCTAVO_MARKDOWN_STRIKETHROUGH] = OCTAVO_MARKDOWN_STYLE_STRIKETHROUGH,
    [OCTAVO_MARKDOWN_HIGHLIGHT] = OCTAVO_MARKDOWN_STYLE_HIGHLIGHT,
    [OCTAVO_MARKDOWN_CODE_SPAN] = OCTAVO_MARKDOWN_STYLE_CODE_SPAN,
    [OCTAVO_MARKDOWN_LINK] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_IMAGE] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_WIKI_LINK] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_WIKI_EMBED] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_AUTOLINK] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_DESTINATION] = OCTAVO_MARKDOWN_STYLE_MARK,
    [OCTAVO_MARKDOWN_FOOTNOTE] = OCTAVO_MARKDOWN_STYLE_LINK,
    [OCTAVO_MARKDOWN_TAG] = OCTAVO_MARKDOWN_STYLE_TAG,
    [OCTAVO_MARKDOWN_INLINE_HTML] = OCTAVO_MARKDOWN_STYLE_MARK,
  };

  want (self, (OctavoMarkdownStyle) styles[part->kind], part->start, part->end);
}

/* What a line is as a whole. */
static void
want_block (OctavoMarkdownHighlighter *self,
            const OctavoMarkdownLeaf *leaf,
            const OctavoMarkdownLine *info,
            guint32 size)
{
  OctavoMarkdownBlock block = leaf->block;

  if (info->n_quotes > 0)
    want (self, OCTAVO_MARKDOWN_STYLE_QUOTE, 0, size);
  switch (info->block == OCTAVO_MARKDOWN_UNDERLINE ? OCTAVO_MARKDOWN_UNDERLINE : block)
    {
    case OCTAVO_MARKDOWN_HEADING:
      want (self, OCTAVO_MARKDOWN_STYLE_HEADING_1 + leaf->level - 1, 0, size);
      break;
    case OCTAVO_MARKDOWN_FENCE:
    case OCTAVO_MARKDOWN_FENCED_CODE:
    case OCTAVO_MARKDOWN_INDENTED_CODE:
      want (self, OCTAVO_MARKDOWN_STYLE_CODE, 0, size);
      break;
    case OCTAVO_MARKDOWN_TABLE_HEAD:
      want (self, OCTAVO_MARKDOWN_STYLE_HEAD, info->content, size);
      want (self, OCTAVO_MARKDOWN_STYLE_TABLE, 0, size);
      break;
    case OCTAVO_MARKDOWN_TABLE_DELIMITER:
    case OCTAVO_MARKDOWN_TABLE_ROW:
      want (self, OCTAVO_MARKDOWN_STYLE_TABLE, 0, size);
      break;
    case OCTAVO_MARKDOWN_HTML:
    case OCTAVO_MARKDOWN_FRONT_MATTER:
      want (self, OCTAVO_MARKDOWN_STYLE_DIM_LINE, 0, size);
      break;
    default:
      break;
    }
  for (guint i = 0; i < info->n_marks; i++)
    if (info->marks[i].kind == OCTAVO_MARKDOWN_TASK_DONE)
      want (self, OCTAVO_MARKDOWN_STYLE_DONE, info->content, size);
}

static void
set_range (GtkTextIter *start, GtkTextIter *end, const GtkTextIter *line, const Range *range)
{
  *start = *end = *line;
  gtk_text_iter_set_line_index (start, (int) range->start);
  gtk_text_iter_set_line_index (end, (int) range->end);
}

/* Where a tag is in a line: the ends that are given are those of the line, with what ends it. */
static GArray *
find_tagged (GtkTextTag *tag, const GtkTextIter *line, const GtkTextIter *line_end)
{
  GArray *found = NULL;
  GtkTextIter iter = *line;

  if (!gtk_text_iter_has_tag (&iter, tag) &&
      (!gtk_text_iter_forward_to_tag_toggle (&iter, tag) || gtk_text_iter_compare (&iter, line_end) >= 0))
    return NULL;
  found = g_array_new (FALSE, FALSE, 2 * sizeof (GtkTextIter));
  do
    {
      GtkTextIter range[2] = { iter, iter };

      if (!gtk_text_iter_forward_to_tag_toggle (&range[1], tag) || gtk_text_iter_compare (&range[1], line_end) > 0)
        range[1] = *line_end;
      g_array_append_val (found, range);
      iter = range[1];
    }
  while (gtk_text_iter_compare (&iter, line_end) < 0 && gtk_text_iter_forward_to_tag_toggle (&iter, tag) &&
         gtk_text_iter_compare (&iter, line_end) < 0);
  return found;
}

static gboolean
is_wanted (GArray *wanted, const GtkTextIter *line, const GtkTextIter *range)
{
  guint32 start = (guint32) gtk_text_iter_get_line_index (&range[0]);

  if (gtk_text_iter_get_line (&range[1]) != gtk_text_iter_get_line (line))
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      const Range *each = &g_array_index (wanted, Range, i);

      if (each->start == start)
        return each->end == (guint32) gtk_text_iter_get_line_index (&range[1]);
    }
  return FALSE;
}

static void
apply_wanted (OctavoMarkdownHighlighter *self, guint style, const GtkTextIter *line)
{
  for (guint i = 0; i < self->wanted[style]->len; i++)
    {
      GtkTextIter start, end;

      set_range (&start, &end, line, &g_array_index (self->wanted[style], Range, i));
      gtk_text_buffer_apply_tag (self->buffer, self->tags[style], &start, &end);
    }
}

/* Changes nothing where a line has the tag just where it is wanted. */
static void
update_tag (OctavoMarkdownHighlighter *self, guint style, const GtkTextIter *line, const GtkTextIter *line_end)
{
  g_autoptr (GArray) found = find_tagged (self->tags[style], line, line_end);
  guint n_right = 0;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      GtkTextIter *range = (GtkTextIter *) (gpointer) found->data + (gsize) 2 * i;

      if (is_wanted (self->wanted[style], line, range))
        n_right++;
      else
        gtk_text_buffer_remove_tag (self->buffer, self->tags[style], &range[0], &range[1]);
    }
  if (n_right < self->wanted[style]->len)
    apply_wanted (self, style, line);
}

/* What of a line the further rows of it hang behind, in bytes. */
static guint
get_hanging (const OctavoMarkdownLine *info)
{
  return info->block == OCTAVO_MARKDOWN_PARAGRAPH && info->n_quotes + info->n_items > 0 ? info->content : 0;
}

static void
show_line (OctavoMarkdownHighlighter *self, const OctavoMarkdownLeaf *leaf, guint line, guint *part)
{
  const OctavoMarkdownLine *info = &g_array_index (leaf->lines, OctavoMarkdownLine, line - leaf->first);
  gboolean is_bare = octavo_markdown_lines_is_bare (self->lines, line);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, (int) line);
  for (guint i = 0; i < OCTAVO_MARKDOWN_N_STYLES; i++)
    g_array_set_size (self->wanted[i], 0);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  want_block (self, leaf, info, (guint32) gtk_text_iter_get_line_index (&end));
  for (; *part < leaf->parts->len && g_array_index (leaf->parts, OctavoMarkdownPart, *part).line == line; (*part)++)
    want_part (self, &g_array_index (leaf->parts, OctavoMarkdownPart, *part));

  if (!gtk_text_iter_forward_line (&end))
    gtk_text_buffer_get_end_iter (self->buffer, &end);
  for (guint i = 0; i < OCTAVO_MARKDOWN_N_STYLES; i++)
    if (is_bare)
      apply_wanted (self, i, &start);
    else
      update_tag (self, i, &start, &end);
  octavo_markdown_indents_show (self->indents, &start, &end, get_hanging (info));
  octavo_markdown_lines_set_fresh (self->lines, line);
}

static void
show_leaf (OctavoMarkdownHighlighter *self, guint line)
{
  g_autoptr (OctavoMarkdownLeaf) leaf = octavo_markdown_leaf_new (self->lines, line);
  guint part = 0;

  for (guint i = leaf->first; i < leaf->first + leaf->n_lines; i++)
    {
      while (part < leaf->parts->len && g_array_index (leaf->parts, OctavoMarkdownPart, part).line < i)
        part++;
      if (octavo_markdown_lines_is_stale (self->lines, i))
        show_line (self, leaf, i, &part);
    }
}

/* Returns: whether none is left. */
static gboolean
show_lines (OctavoMarkdownHighlighter *self, guint first, guint end, gint64 deadline)
{
  guint line = first;

  if (!octavo_markdown_lines_advance (self->lines, end, deadline))
    return FALSE;
  while (octavo_markdown_lines_find_stale (self->lines, line, end, &line))
    {
      show_leaf (self, line);
      if (g_get_monotonic_time () >= deadline)
        return FALSE;
    }
  return TRUE;
}

static gboolean
on_idle (gpointer data)
{
  OctavoMarkdownHighlighter *self = data;

  if (!self->is_near_done)
    {
      show_lines (self, self->near_first, self->near_end, G_MAXINT64);
      self->is_near_done = TRUE;
      g_source_set_priority (g_main_current_source (), PRIORITY_REST);
      return G_SOURCE_CONTINUE;
    }
  if (!show_lines (self, 0, G_MAXUINT, g_get_monotonic_time () + SLICE))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
schedule (OctavoMarkdownHighlighter *self)
{
  if (self->source != 0 && !self->is_near_done)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->is_near_done = FALSE;
  self->source = g_idle_add_full (PRIORITY_NEAR, on_idle, self, NULL);
}

/**
 * octavo_markdown_highlighter_new:
 * @buffer: an empty buffer, which outlives the highlighter
 *
 * Returns: (transfer full): what styles the text that is put into the buffer
 */
OctavoMarkdownHighlighter *
octavo_markdown_highlighter_new (GtkTextBuffer *buffer)
{
  OctavoMarkdownHighlighter *self = g_new0 (OctavoMarkdownHighlighter, 1);

  self->buffer = buffer;
  octavo_markdown_style_add_tags (gtk_text_buffer_get_tag_table (buffer), self->tags);
  for (guint i = 0; i < OCTAVO_MARKDOWN_N_STYLES; i++)
    self->wanted[i] = g_array_new (FALSE, FALSE, sizeof (Range));
  self->lines = octavo_markdown_lines_new (read_line, self);
  self->indents = octavo_markdown_indents_new (buffer);
  octavo_markdown_highlighter_set_near (self, 0, 1);
  return self;
}

/**
 * octavo_markdown_highlighter_free:
 * @self: a highlighter
 */
void
octavo_markdown_highlighter_free (OctavoMarkdownHighlighter *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  for (guint i = 0; i < OCTAVO_MARKDOWN_N_STYLES; i++)
    g_array_unref (self->wanted[i]);
  octavo_markdown_lines_free (self->lines);
  octavo_markdown_indents_free (self->indents);
  g_free (self);
}

/**
 * octavo_markdown_highlighter_edited:
 * @self: a highlighter
 * @first: the first line that was edited
 * @last: the last one, as lines were counted before
 * @is_bare: whether the buffer was empty
 *
 * Tells that the text was edited.
 */
void
octavo_markdown_highlighter_edited (OctavoMarkdownHighlighter *self, guint first, guint last, gboolean is_bare)
{
  guint n_before = octavo_markdown_lines_get_n_lines (self->lines);
  guint n_lines = (guint) gtk_text_buffer_get_line_count (self->buffer);

  if (is_bare)
    octavo_markdown_lines_load (self->lines, n_lines);
  else
    octavo_markdown_lines_edit (self->lines, first, last - first + 1, last - first + 1 + n_lines - n_before);
  schedule (self);
}

/**
 * octavo_markdown_highlighter_set_near:
 * @self: a highlighter
 * @first: a line
 * @end: a line
 *
 * Says which lines are in sight or near. They are styled before the next frame.
 */
void
octavo_markdown_highlighter_set_near (OctavoMarkdownHighlighter *self, guint first, guint end)
{
  guint line;

  self->near_first = first;
  self->near_end = MIN (end, first + MOST_NEAR);
  if (octavo_markdown_lines_get_n_known (self->lines) < MIN (end, octavo_markdown_lines_get_n_lines (self->lines)) ||
      octavo_markdown_lines_find_stale (self->lines, first, end, &line))
    schedule (self);
}

/**
 * octavo_markdown_highlighter_set_palette:
 * @self: a highlighter
 * @palette: the colours of the widget that shows the text
 */
void
octavo_markdown_highlighter_set_palette (OctavoMarkdownHighlighter *self, const OctavoMarkdownPalette *palette)
{
  if (octavo_markdown_palette_equal (&self->palette, palette))
    return;
  self->palette = *palette;
  octavo_markdown_style_set_colours (self->tags, palette);
}

/**
 * octavo_markdown_highlighter_set_font:
 * @self: a highlighter
 * @view: a view of the buffer
 *
 * Says that the font of a view may be another one.
 */
void
octavo_markdown_highlighter_set_font (OctavoMarkdownHighlighter *self, GtkTextView *view)
{
  octavo_markdown_indents_measure (self->indents, view);
}

/**
 * octavo_markdown_highlighter_get_palette:
 * @self: a highlighter
 *
 * Returns: (transfer none): the colours
 */
const OctavoMarkdownPalette *
octavo_markdown_highlighter_get_palette (OctavoMarkdownHighlighter *self)
{
  return &self->palette;
}

/**
 * octavo_markdown_highlighter_get_lines:
 * @self: a highlighter
 *
 * Returns: (transfer none): what is known of the lines
 */
OctavoMarkdownLines *
octavo_markdown_highlighter_get_lines (OctavoMarkdownHighlighter *self)
{
  return self->lines;
}

/**
 * octavo_markdown_highlighter_get_tag:
 * @self: a highlighter
 * @style: a style
 *
 * Returns: (transfer none): its tag
 */
GtkTextTag *
octavo_markdown_highlighter_get_tag (OctavoMarkdownHighlighter *self, OctavoMarkdownStyle style)
{
  return self->tags[style];
}

/**
 * octavo_markdown_highlighter_is_done:
 * @self: a highlighter
 *
 * Returns: whether all of the text is styled
 */
gboolean
octavo_markdown_highlighter_is_done (OctavoMarkdownHighlighter *self)
{
  return self->source == 0;
}
