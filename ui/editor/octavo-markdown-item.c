/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-item.h"

#include <string.h>

/* What a line is says the scanner, so that a dash in code is no item of a list. */

static void
get_iter (OctavoMarkdownBuffer *buffer, guint line, gsize index, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_line_index (GTK_TEXT_BUFFER (buffer), iter, (int) line, (int) index);
}

static guint
get_n_lines (OctavoMarkdownBuffer *buffer)
{
  return (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer));
}

/**
 * octavo_markdown_item_read:
 * @self: an item, which may hold what was read before
 * @buffer: a buffer
 * @line: a line of it
 *
 * Reads a line.
 *
 * Returns: whether an item of a list begins in it
 */
gboolean
octavo_markdown_item_read (OctavoMarkdownItem *self, OctavoMarkdownBuffer *buffer, guint line)
{
  OctavoMarkdownLines *lines = octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (buffer));

  octavo_markdown_item_clear (self);
  octavo_markdown_lines_advance (lines, line + 1, G_MAXINT64);
  self->line = line;
  self->text = octavo_markdown_lines_scan (lines, line, &self->info);
  self->marker = self->task = NULL;
  for (guint i = 0; i < self->info.n_marks; i++)
    switch (self->info.marks[i].kind)
      {
      case OCTAVO_MARKDOWN_BULLET:
      case OCTAVO_MARKDOWN_NUMBER:
        self->marker = &self->info.marks[i];
        break;
      case OCTAVO_MARKDOWN_TASK_OPEN:
      case OCTAVO_MARKDOWN_TASK_DONE:
        self->task = &self->info.marks[i];
        break;
      default:
        break;
      }
  return self->marker != NULL;
}

/**
 * octavo_markdown_item_clear:
 * @self: an item
 *
 * Frees what was read.
 */
void
octavo_markdown_item_clear (OctavoMarkdownItem *self)
{
  g_clear_pointer (&self->text, g_free);
}

/**
 * octavo_markdown_item_get_content:
 * @self: a line that begins an item
 *
 * Returns: where the text after the marker, and after the box of a task, begins, in bytes
 */
gsize
octavo_markdown_item_get_content (const OctavoMarkdownItem *self)
{
  const char *p = self->text + (self->task != NULL ? self->task->end : self->marker->end);

  return (gsize) (p + strspn (p, " \t") - self->text);
}

/**
 * octavo_markdown_item_get_width:
 * @self: a line that begins an item
 *
 * Returns: how many columns there are from the marker to what is in the item
 */
guint
octavo_markdown_item_get_width (const OctavoMarkdownItem *self)
{
  const char *after = self->text + self->marker->end;

  return self->marker->end - self->marker->start + (guint) CLAMP (strspn (after, " "), 1, 4);
}

/**
 * octavo_markdown_item_get_number:
 * @self: a line that begins a numbered item
 *
 * Returns: its number
 */
guint64
octavo_markdown_item_get_number (const OctavoMarkdownItem *self)
{
  return g_ascii_strtoull (self->text + self->marker->start, NULL, 10);
}

/**
 * octavo_markdown_item_get_indent_place:
 * @self: a line that begins an item
 *
 * Returns: where the spaces before the marker begin, in bytes: after the marks of quotes
 */
gsize
octavo_markdown_item_get_indent_place (const OctavoMarkdownItem *self)
{
  gsize place = self->marker->start;

  while (place > 0 && self->text[place - 1] == ' ')
    place--;
  return place > 0 ? place + 1 : 0; /* the space after a > is of it */
}

/**
 * octavo_markdown_item_is_inside:
 * @self: a line
 * @n_items: how many items one is in that begins in an earlier line, itself counted
 *
 * Returns: whether the line is of that item: what is in it, or a blank line that may be
 */
gboolean
octavo_markdown_item_is_inside (const OctavoMarkdownItem *self, guint n_items)
{
  if (self->marker == NULL)
    return self->info.block == OCTAVO_MARKDOWN_BLANK || self->info.n_items >= n_items;
  return self->info.n_items > n_items;
}

/**
 * octavo_markdown_item_find_end:
 * @buffer: a buffer
 * @line: where an item begins
 * @n_items: how many items that is in, itself counted
 *
 * Returns: the line after the last one that is of the item; blank lines at its end are not
 */
guint
octavo_markdown_item_find_end (OctavoMarkdownBuffer *buffer, guint line, guint n_items)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  guint end = line + 1;

  for (guint i = line + 1; i < get_n_lines (buffer); i++)
    {
      octavo_markdown_item_read (&item, buffer, i);
      if (!octavo_markdown_item_is_inside (&item, n_items))
        break;
      if (item.info.block != OCTAVO_MARKDOWN_BLANK)
        end = i + 1;
    }
  return end;
}

/**
 * octavo_markdown_item_find_sibling:
 * @buffer: a buffer
 * @item: a line that begins an item
 * @sibling: where to put what is found
 *
 * Looks for the item that another comes after in the same list.
 *
 * Returns: whether there is one
 */
gboolean
octavo_markdown_item_find_sibling (OctavoMarkdownBuffer *buffer,
                                   const OctavoMarkdownItem *item,
                                   OctavoMarkdownItem *sibling)
{
  for (guint i = item->line; i > 0; i--)
    {
      octavo_markdown_item_read (sibling, buffer, i - 1);
      if (octavo_markdown_item_is_inside (sibling, item->info.n_items))
        continue;
      return sibling->marker != NULL && sibling->info.n_items == item->info.n_items;
    }
  return FALSE;
}

/**
 * octavo_markdown_item_find_parent:
 * @buffer: a buffer
 * @item: a line that begins an item
 * @parent: where to put what is found
 *
 * Looks for the item that another is in.
 *
 * Returns: whether there is one
 */
gboolean
octavo_markdown_item_find_parent (OctavoMarkdownBuffer *buffer,
                                  const OctavoMarkdownItem *item,
                                  OctavoMarkdownItem *parent)
{
  for (guint i = item->line; i > 0; i--)
    if (octavo_markdown_item_read (parent, buffer, i - 1) && parent->info.n_items < item->info.n_items)
      return TRUE;
  return FALSE;
}

/**
 * octavo_markdown_item_set_number:
 * @buffer: a buffer
 * @item: a line that begins a numbered item
 * @number: its number from now on
 *
 * Changes a number. What is in the item goes along where the number gets longer or shorter, so that it stays in it.
 */
void
octavo_markdown_item_set_number (OctavoMarkdownBuffer *buffer, const OctavoMarkdownItem *item, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  gsize length = item->marker->end - item->marker->start - 1;
  int columns = (int) strlen (digits) - (int) length;
  guint end;

  if (columns == 0 && strncmp (digits, item->text + item->marker->start, length) == 0)
    return;
  end = columns != 0 ? octavo_markdown_item_find_end (buffer, item->line, item->info.n_items) : 0;
  octavo_markdown_item_replace (buffer, item->line, item->marker->start, item->marker->end - 1, digits);
  if (columns != 0)
    octavo_markdown_item_move_lines (buffer, item->line + 1, end, octavo_markdown_item_get_indent_place (item),
                                     columns);
}

/**
 * octavo_markdown_item_renumber:
 * @buffer: a buffer
 * @line: a line
 *
 * Gives the numbers after the item that begins in a line, in the same list, their order; bullets have none.
 */
void
octavo_markdown_item_renumber (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  guint n_items;
  guint64 number;

  if (!octavo_markdown_item_read (&item, buffer, line) || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
    return;
  n_items = item.info.n_items;
  number = octavo_markdown_item_get_number (&item);
  for (guint i = line + 1; i < get_n_lines (buffer); i++)
    {
      octavo_markdown_item_read (&item, buffer, i);
      if (octavo_markdown_item_is_inside (&item, n_items))
        continue;
      if (item.info.n_items != n_items || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
        break;
      octavo_markdown_item_set_number (buffer, &item, ++number);
    }
}

/**
 * octavo_markdown_item_settle:
 * @buffer: a buffer
 * @line: a line
 *
 * Numbers an item that came to be in another list, or the first of one, and those after it.
 */
void
octavo_markdown_item_settle (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  g_auto (OctavoMarkdownItem) sibling = { 0 };

  if (!octavo_markdown_item_read (&item, buffer, line) || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
    return;
  if (octavo_markdown_item_find_sibling (buffer, &item, &sibling))
    octavo_markdown_item_renumber (buffer, sibling.line);
  else
    {
      octavo_markdown_item_set_number (buffer, &item, 1);
      octavo_markdown_item_renumber (buffer, line);
    }
}

/**
 * octavo_markdown_item_move_lines:
 * @buffer: a buffer
 * @first: a line
 * @end: the line after the last one
 * @place: where in the lines, in bytes
 * @columns: how far to the right; less than 0: to the left, as far as there are spaces
 *
 * Moves the text of lines by some columns, where they are not blank.
 */
void
octavo_markdown_item_move_lines (OctavoMarkdownBuffer *buffer, guint first, guint end, gsize place, int columns)
{
  g_autofree char *spaces = g_strnfill (MAX (columns, 0), ' ');
  g_auto (OctavoMarkdownItem) item = { 0 };

  for (guint i = first; i < end; i++)
    {
      gsize length, n = 0;

      octavo_markdown_item_read (&item, buffer, i);
      length = strlen (item.text);
      if (item.info.block == OCTAVO_MARKDOWN_BLANK && item.marker == NULL)
        continue;
      while ((int) n < -columns && place + n < length && item.text[place + n] == ' ')
        n++;
      if (place <= length)
        octavo_markdown_item_replace (buffer, i, place, place + n, spaces);
    }
}

/**
 * octavo_markdown_item_replace:
 * @buffer: a buffer
 * @line: a line
 * @start: where in it, in bytes
 * @end: up to where
 * @text: what to put there
 *
 * Replaces a part of a line.
 */
void
octavo_markdown_item_replace (OctavoMarkdownBuffer *buffer, guint line, gsize start, gsize end, const char *text)
{
  GtkTextIter from, to;

  get_iter (buffer, line, start, &from);
  get_iter (buffer, line, end, &to);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (buffer), &from, &to);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), &from, text, -1);
}

/**
 * octavo_markdown_item_get_selected_lines:
 * @buffer: a buffer
 * @first: (out): the first line
 * @last: (out): the last one
 *
 * Tells in which lines something is selected, or the cursor is; a line of which nothing but its start is selected is
 * none.
 */
void
octavo_markdown_item_get_selected_lines (OctavoMarkdownBuffer *buffer, guint *first, guint *last)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  *first = (guint) gtk_text_iter_get_line (&start);
  *last = (guint) gtk_text_iter_get_line (&end);
  if (*last > *first && gtk_text_iter_starts_line (&end))
    (*last)--;
}
