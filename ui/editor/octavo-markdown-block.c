/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-block.h"

#include "octavo-markdown-item.h"

#include <string.h>

/* Makes whole lines what they are not, or plain where all that are selected are that already. Lines whose marks would
 * be read as something else, as those of code and tables, stay as they are. */

#define MAX_COLUMNS 64 /* in which numbers are counted; further to the right they begin anew */

typedef struct
{
  OctavoMarkdownBuffer *buffer;
  guint first;
  guint last;
  gboolean is_one_line;
} Selection;

static void
selection_init (Selection *self, OctavoMarkdownBuffer *buffer)
{
  self->buffer = buffer;
  octavo_markdown_item_get_selected_lines (buffer, &self->first, &self->last);
  self->is_one_line = self->first == self->last;
}

/* Only the line after the head of a table tells what that is. */
static gboolean
is_before (const Selection *self, guint line, OctavoMarkdownBlock block, guint *level)
{
  g_auto (OctavoMarkdownItem) next = { 0 };

  if (line + 1 >= (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (self->buffer)))
    return FALSE;
  octavo_markdown_item_read (&next, self->buffer, line + 1);
  if (level != NULL)
    *level = next.info.level;
  return next.info.block == block;
}

/* Reads a line. A blank one is meant where it is all that is selected. Returns: whether it can be changed. */
static gboolean
read_line (const Selection *self, guint line, OctavoMarkdownItem *item)
{
  octavo_markdown_item_read (item, self->buffer, line);
  switch (item->info.block)
    {
    case OCTAVO_MARKDOWN_PARAGRAPH:
      return !is_before (self, line, OCTAVO_MARKDOWN_TABLE_DELIMITER, NULL);
    case OCTAVO_MARKDOWN_HEADING:
      return TRUE;
    case OCTAVO_MARKDOWN_BLANK:
      return item->marker != NULL || self->is_one_line;
    default:
      return FALSE;
    }
}

static const OctavoMarkdownMark *
find_heading_mark (const OctavoMarkdownItem *line)
{
  for (guint i = 0; i < line->info.n_marks; i++)
    if (line->info.marks[i].kind == OCTAVO_MARKDOWN_MARK)
      return &line->info.marks[i];
  return NULL;
}

/* Where the text of a line begins, after the marks of quotes and items; those of a heading are of the text. */
static gsize
get_place (const OctavoMarkdownItem *item)
{
  const OctavoMarkdownMark *heading = item->info.block == OCTAVO_MARKDOWN_HEADING ? find_heading_mark (item) : NULL;
  gsize place = heading != NULL ? heading->start : item->info.content;

  if (item->marker != NULL)
    return octavo_markdown_item_get_content (item);
  if (item->info.block == OCTAVO_MARKDOWN_BLANK)
    return strlen (item->text);
  return place + strspn (item->text + place, " ");
}

/* The line under the text of a heading is of no use once that is none, or is one by marks before it. */
static gboolean
delete_underline (const Selection *self, guint line)
{
  GtkTextIter start, end;

  if (!is_before (self, line, OCTAVO_MARKDOWN_UNDERLINE, NULL))
    return FALSE;
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &start, (int) line);
  gtk_text_iter_forward_to_line_end (&start);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &end, (int) line + 1);
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return TRUE;
}

static guint
get_level (const Selection *self, guint line, const OctavoMarkdownItem *item)
{
  guint level;

  if (item->info.block == OCTAVO_MARKDOWN_HEADING)
    return item->info.level;
  return is_before (self, line, OCTAVO_MARKDOWN_UNDERLINE, &level) ? level : 0;
}

/* level: 0 for plain text. Returns: whether a line went away. */
static gboolean
set_level (const Selection *self, const OctavoMarkdownItem *item, guint level)
{
  static const char marks[] = "###### ";
  const char *prefix = level > 0 ? marks + OCTAVO_MARKDOWN_MAX_HEADING - level : "";
  const OctavoMarkdownMark *mark = find_heading_mark (item);
  gboolean is_deleted = item->info.block == OCTAVO_MARKDOWN_PARAGRAPH && delete_underline (self, item->line);
  gsize place = get_place (item);

  if (item->info.block == OCTAVO_MARKDOWN_HEADING && mark != NULL)
    {
      if (level == 0)
        octavo_markdown_item_replace (self->buffer, item->line, item->info.content_end, strlen (item->text), "");
      octavo_markdown_item_replace (self->buffer, item->line, mark->start, item->info.content, prefix);
    }
  else if (level > 0)
    octavo_markdown_item_replace (self->buffer, item->line, place, place, prefix);
  return is_deleted;
}

/**
 * octavo_markdown_block_toggle_heading:
 * @buffer: a buffer
 * @level: 1 to 6
 *
 * Makes the lines that are selected, or that of the cursor, headings of a level; plain text where all are that already.
 * One step that can be undone.
 */
void
octavo_markdown_block_toggle_heading (OctavoMarkdownBuffer *buffer, guint level)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  Selection selection;
  gboolean is_all = TRUE;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer));
  g_return_if_fail (level >= 1 && level <= OCTAVO_MARKDOWN_MAX_HEADING);

  selection_init (&selection, buffer);
  for (guint i = selection.first; i <= selection.last; i++)
    if (read_line (&selection, i, &item))
      is_all = is_all && get_level (&selection, i, &item) == level;
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  for (guint i = selection.first; i <= selection.last; i++)
    if (read_line (&selection, i, &item) && set_level (&selection, &item, is_all ? 0 : level) && i < selection.last)
      selection.last--;
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
}

static gboolean
is_kind (const OctavoMarkdownItem *item, OctavoMarkdownListKind kind)
{
  if (item->marker == NULL)
    return FALSE;
  if (kind == OCTAVO_MARKDOWN_TASKS)
    return item->task != NULL;
  if (kind == OCTAVO_MARKDOWN_NUMBERS)
    return item->marker->kind == OCTAVO_MARKDOWN_NUMBER;
  return item->marker->kind == OCTAVO_MARKDOWN_BULLET && item->task == NULL;
}

/* What is in the item goes along with the place where its text begins. */
static void
replace_marker (const Selection *self, const OctavoMarkdownItem *item, gsize start, gsize end, const char *text)
{
  guint after = octavo_markdown_item_find_end (self->buffer, item->line, item->info.n_items);
  gsize place = octavo_markdown_item_get_indent_place (item);
  gsize task = item->task != NULL ? item->task->start : octavo_markdown_item_get_content (item);
  int columns = start < task ? (int) strlen (text) - (int) (MIN (end, task) - start) : 0;

  octavo_markdown_item_replace (self->buffer, item->line, start, end, text);
  if (columns != 0)
    octavo_markdown_item_move_lines (self->buffer, item->line + 1, after, place, columns);
}

static void
take_away (const Selection *self, const OctavoMarkdownItem *item, OctavoMarkdownListKind kind)
{
  gboolean is_number = item->marker->kind == OCTAVO_MARKDOWN_NUMBER;
  gsize start = kind == OCTAVO_MARKDOWN_TASKS && is_number ? item->task->start : item->marker->start;

  replace_marker (self, item, start, octavo_markdown_item_get_content (item), "");
}

/* counts: the number used last, by column */
static guint
count_up (const OctavoMarkdownItem *item, guint *counts)
{
  gsize column = MIN (item->marker != NULL ? item->marker->start : get_place (item), MAX_COLUMNS - 1);

  for (gsize i = column + 1; i < MAX_COLUMNS; i++)
    counts[i] = 0;
  if (counts[column] == 0 && is_kind (item, OCTAVO_MARKDOWN_NUMBERS))
    counts[column] = (guint) MIN (octavo_markdown_item_get_number (item), 999999999);
  else
    counts[column]++;
  return counts[column];
}

static void
put (const Selection *self, const OctavoMarkdownItem *item, OctavoMarkdownListKind kind, guint *counts)
{
  g_autofree char *number = NULL;
  gsize place = get_place (item);

  if (kind == OCTAVO_MARKDOWN_NUMBERS)
    number = g_strdup_printf ("%u. ", count_up (item, counts));
  if (is_kind (item, kind))
    return;
  if (item->marker == NULL)
    octavo_markdown_item_replace (self->buffer, item->line, place, place,
                                  number != NULL                  ? number
                                  : kind == OCTAVO_MARKDOWN_TASKS ? "- [ ] "
                                                                  : "- ");
  else if (kind == OCTAVO_MARKDOWN_TASKS)
    octavo_markdown_item_replace (self->buffer, item->line, place, place, "[ ] ");
  else
    replace_marker (self, item, item->marker->start, item->task != NULL && number != NULL ? item->task->start : place,
                    number != NULL ? number : "- ");
}

/* From the end on, as a number is none after text without one. */
static void
take_all_away (const Selection *self, OctavoMarkdownListKind kind)
{
  g_auto (OctavoMarkdownItem) item = { 0 };

  for (guint i = self->last + 1; i > self->first; i--)
    if (read_line (self, i - 1, &item) && item.marker != NULL)
      take_away (self, &item, kind);
}

static void
put_all (const Selection *self, OctavoMarkdownListKind kind)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  guint counts[MAX_COLUMNS] = { 0 };

  for (guint i = self->first; i <= self->last; i++)
    if (read_line (self, i, &item))
      put (self, &item, kind, counts);
}

/* Numbers that were put after a list go on with it, and those after them follow. */
static void
join_numbers (const Selection *self, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  g_auto (OctavoMarkdownItem) sibling = { 0 };

  if (!octavo_markdown_item_read (&item, self->buffer, line))
    return;
  if (octavo_markdown_item_find_sibling (self->buffer, &item, &sibling) &&
      sibling.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    line = sibling.line;
  octavo_markdown_item_renumber (self->buffer, line);
}

/**
 * octavo_markdown_block_toggle_list:
 * @buffer: a buffer
 * @kind: which kind of list
 *
 * Makes the lines that are selected, or that of the cursor, items of a list; plain text where all are that already.
 * Numbers keep theirs where boxes are put before them or taken away. One step that can be undone.
 */
void
octavo_markdown_block_toggle_list (OctavoMarkdownBuffer *buffer, OctavoMarkdownListKind kind)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  Selection selection;
  gboolean is_all = TRUE;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer));

  selection_init (&selection, buffer);
  for (guint i = selection.first; i <= selection.last; i++)
    if (read_line (&selection, i, &item))
      is_all = is_all && is_kind (&item, kind);
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  if (is_all)
    take_all_away (&selection, kind);
  else
    put_all (&selection, kind);
  if (kind == OCTAVO_MARKDOWN_NUMBERS && is_all &&
      selection.last + 1 < (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer)))
    octavo_markdown_item_settle (buffer, selection.last + 1);
  else if (kind == OCTAVO_MARKDOWN_NUMBERS && !is_all)
    join_numbers (&selection, selection.first);
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
}
