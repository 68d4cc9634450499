/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-list.h"

#include <stdlib.h>
#include <string.h>

/* What a person expects of Return and Tab in a list. What a line is says the scanner, so that a dash in code is none of
 * a list; a step may change many lines, as numbers follow. */

typedef struct
{
  guint line;
  char *text;
  OctavoMarkdownLine info;
  const OctavoMarkdownMark *marker; /* the innermost; NULL: none begins here */
  const OctavoMarkdownMark *task;
} Item;

static OctavoMarkdownLines *
get_lines (OctavoMarkdownBuffer *buffer)
{
  return octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (buffer));
}

static void
item_clear (Item *self)
{
  g_clear_pointer (&self->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, item_clear)

/* Returns: whether an item begins in the line. */
static gboolean
item_read (Item *self, OctavoMarkdownBuffer *buffer, guint line)
{
  OctavoMarkdownLines *lines = get_lines (buffer);

  item_clear (self);
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

/* Where the text after the marker begins. */
static gsize
item_get_content (const Item *self)
{
  const char *p = self->text + (self->task != NULL ? self->task->end : self->marker->end);

  return (gsize) (p + strspn (p, " \t") - self->text);
}

/* From the marker to what is in the item. */
static guint
item_get_width (const Item *self)
{
  const char *after = self->text + self->marker->end;

  return self->marker->end - self->marker->start + (guint) CLAMP (strspn (after, " "), 1, 4);
}

static void
get_iter (OctavoMarkdownBuffer *buffer, guint line, gsize index, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_line_index (GTK_TEXT_BUFFER (buffer), iter, (int) line, (int) index);
}

static void
replace (OctavoMarkdownBuffer *buffer, guint line, gsize start, gsize end, const char *text)
{
  GtkTextIter from, to;

  get_iter (buffer, line, start, &from);
  get_iter (buffer, line, end, &to);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (buffer), &from, &to);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), &from, text, -1);
}

static guint
get_n_lines (OctavoMarkdownBuffer *buffer)
{
  return (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer));
}

/* Whether a line is of the item before it: what is in it, or a blank line that may be. */
static gboolean
is_inside (const Item *item, guint n_items)
{
  if (item->marker == NULL)
    return item->info.block == OCTAVO_MARKDOWN_BLANK || item->info.n_items >= n_items;
  return item->info.n_items > n_items;
}

/* After the last line that is of an item. */
static guint
find_end (OctavoMarkdownBuffer *buffer, guint line, guint n_items)
{
  g_auto (Item) item = { 0 };
  guint end = line + 1;

  for (guint i = line + 1; i < get_n_lines (buffer); i++)
    {
      item_read (&item, buffer, i);
      if (!is_inside (&item, n_items))
        break;
      if (item.info.block != OCTAVO_MARKDOWN_BLANK)
        end = i + 1;
    }
  return end;
}

static void
set_number (OctavoMarkdownBuffer *buffer, const Item *item, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  gsize length = item->marker->end - item->marker->start - 1;

  if (strlen (digits) != length || strncmp (digits, item->text + item->marker->start, length) != 0)
    replace (buffer, item->line, item->marker->start, item->marker->end - 1, digits);
}

static guint64
get_number (const Item *item)
{
  return g_ascii_strtoull (item->text + item->marker->start, NULL, 10);
}

/* Gives the numbers after an item of a list their order; bullets have none. */
static void
renumber (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (Item) item = { 0 };
  guint n_items;
  guint64 number;

  if (!item_read (&item, buffer, line) || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
    return;
  n_items = item.info.n_items;
  number = get_number (&item);
  for (guint i = line + 1; i < get_n_lines (buffer); i++)
    {
      item_read (&item, buffer, i);
      if (is_inside (&item, n_items))
        continue;
      if (item.info.n_items != n_items || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
        break;
      set_number (buffer, &item, ++number);
    }
}

/* What the next item of the same list begins with. */
static char *
make_next (const Item *item)
{
  GString *next = g_string_new_len (item->text, item->marker->start);
  const char *after = item->text + item->marker->end;

  for (guint i = 0; i < item->info.n_marks; i++)
    {
      const OctavoMarkdownMark *mark = &item->info.marks[i];

      if (mark != item->marker && (mark->kind == OCTAVO_MARKDOWN_BULLET || mark->kind == OCTAVO_MARKDOWN_NUMBER))
        memset (next->str + mark->start, ' ', mark->end - mark->start);
    }
  if (item->marker->kind == OCTAVO_MARKDOWN_NUMBER)
    g_string_append_printf (next, "%" G_GUINT64_FORMAT "%c", get_number (item) + 1, after[-1]);
  else
    g_string_append_c (next, after[-1]);
  g_string_append_len (next, "    ", (gssize) (item_get_width (item) - (item->marker->end - item->marker->start)));
  if (item->task != NULL)
    g_string_append (next, "[ ] ");
  return g_string_free (next, FALSE);
}

static void
break_item (OctavoMarkdownBuffer *buffer, const Item *item, GtkTextIter *cursor)
{
  g_autofree char *next = make_next (item);
  g_autofree char *text = g_strconcat ("\n", next, NULL);

  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), cursor, text, -1);
  renumber (buffer, item->line);
}

/* An item in which nothing was written ends its list. */
static void
end_list (OctavoMarkdownBuffer *buffer, const Item *item)
{
  gsize start = item->marker->start;

  while (start > 0 && (item->text[start - 1] == ' ' || item->text[start - 1] == '\t'))
    start--;
  replace (buffer, item->line, start, strlen (item->text), "");
}

/* A line that has nothing but the marks of quotes before its text. */
static gboolean
break_quote (OctavoMarkdownBuffer *buffer, const Item *line, GtkTextIter *cursor)
{
  const OctavoMarkdownMark *last = line->info.n_marks > 0 ? &line->info.marks[line->info.n_marks - 1] : NULL;
  g_autofree char *text = NULL;

  if (last == NULL || last->kind != OCTAVO_MARKDOWN_QUOTE_MARK || line->info.n_items > 0 ||
      gtk_text_iter_get_line_index (cursor) < (int) last->end)
    return FALSE;
  if (line->info.block == OCTAVO_MARKDOWN_BLANK)
    {
      replace (buffer, line->line, 0, strlen (line->text), "");
      return TRUE;
    }
  text = g_strdup_printf ("\n%.*s ", (int) last->end, line->text);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), cursor, text, -1);
  return TRUE;
}

/**
 * octavo_markdown_list_break_line:
 * @buffer: a buffer
 *
 * Breaks the line at the cursor as Return does in a list or a quote: it goes on, or ends where nothing was written.
 *
 * Returns: whether the cursor is in one
 */
gboolean
octavo_markdown_list_break_line (OctavoMarkdownBuffer *buffer)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  g_auto (Item) item = { 0 };
  GtkTextIter cursor;
  gboolean is_done = TRUE;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  if (gtk_text_buffer_get_has_selection (text))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (text, &cursor, gtk_text_buffer_get_insert (text));
  gtk_text_buffer_begin_user_action (text);
  if (!item_read (&item, buffer, (guint) gtk_text_iter_get_line (&cursor)))
    is_done = break_quote (buffer, &item, &cursor);
  else if ((gsize) gtk_text_iter_get_line_index (&cursor) < item_get_content (&item))
    is_done = FALSE;
  else if (item.text[item_get_content (&item)] == '\0')
    end_list (buffer, &item);
  else
    break_item (buffer, &item, &cursor);
  gtk_text_buffer_end_user_action (text);
  return is_done;
}

/* The item that the one in a line comes after, in the same list. */
static gboolean
find_sibling (OctavoMarkdownBuffer *buffer, const Item *item, Item *sibling)
{
  for (guint i = item->line; i > 0; i--)
    {
      item_read (sibling, buffer, i - 1);
      if (is_inside (sibling, item->info.n_items))
        continue;
      return sibling->marker != NULL && sibling->info.n_items == item->info.n_items;
    }
  return FALSE;
}

/* The item that has the one in a line in it. */
static gboolean
find_parent (OctavoMarkdownBuffer *buffer, const Item *item, Item *parent)
{
  for (guint i = item->line; i > 0; i--)
    if (item_read (parent, buffer, i - 1) && parent->info.n_items < item->info.n_items)
      return TRUE;
  return FALSE;
}

static void
get_selected_lines (OctavoMarkdownBuffer *buffer, guint *first, guint *last)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  *first = (guint) gtk_text_iter_get_line (&start);
  *last = (guint) gtk_text_iter_get_line (&end);
  if (*last > *first && gtk_text_iter_starts_line (&end))
    (*last)--;
}

/* Moves the lines of an item by some columns, where they are not blank. */
static void
move_lines (OctavoMarkdownBuffer *buffer, guint first, guint end, gsize place, int columns)
{
  g_autofree char *spaces = g_strnfill (MAX (columns, 0), ' ');
  g_auto (Item) item = { 0 };

  for (guint i = first; i < end; i++)
    {
      gsize length, n = 0;

      item_read (&item, buffer, i);
      length = strlen (item.text);
      if (item.info.block == OCTAVO_MARKDOWN_BLANK && item.marker == NULL)
        continue;
      while ((int) n < -columns && place + n < length && item.text[place + n] == ' ')
        n++;
      if (place <= length)
        replace (buffer, i, place, place + n, spaces);
    }
}

/* Where the spaces before a marker begin: after the marks of quotes. */
static gsize
get_indent_place (const Item *item)
{
  gsize place = item->marker->start;

  while (place > 0 && item->text[place - 1] == ' ')
    place--;
  return place > 0 ? place + 1 : 0; /* the space after a > is of it */
}

/* An item that came to be in another list, or the first of one. */
static void
settle_number (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (Item) item = { 0 };
  g_auto (Item) sibling = { 0 };

  if (!item_read (&item, buffer, line) || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
    return;
  if (find_sibling (buffer, &item, &sibling))
    renumber (buffer, sibling.line);
  else
    {
      set_number (buffer, &item, 1);
      renumber (buffer, line);
    }
}

/* The first item that is in the one in a line, which may have come to be there. */
static void
settle_first_child (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (Item) item = { 0 };
  guint n_items;

  item_read (&item, buffer, line);
  n_items = item.info.n_items;
  for (guint i = line + 1; i < get_n_lines (buffer); i++)
    {
      item_read (&item, buffer, i);
      if (!is_inside (&item, n_items))
        return;
      if (item.marker != NULL)
        {
          settle_number (buffer, i);
          return;
        }
    }
}

/* Returns: the line after what was moved; 0 where no item begins in the line. */
static guint
indent_item (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (Item) item = { 0 };
  g_auto (Item) sibling = { 0 };
  guint end;

  if (!item_read (&item, buffer, line))
    return 0;
  end = find_end (buffer, line, item.info.n_items);
  if (!find_sibling (buffer, &item, &sibling))
    return end; /* the first of a list is in no other */
  if (item.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    set_number (buffer, &item, 1); /* no other can follow the text of the item before */
  move_lines (buffer, line, end, get_indent_place (&item), (int) item_get_width (&sibling));
  renumber (buffer, sibling.line);
  settle_number (buffer, line);
  return end;
}

/* The item after one that is taken out comes to be in that one, where nothing else is; only the number 1 can follow its
 * text. */
static void
start_list_after (OctavoMarkdownBuffer *buffer, guint line, guint end, guint n_items)
{
  g_auto (Item) item = { 0 };

  for (guint i = line + 1; i < end; i++)
    if (item_read (&item, buffer, i))
      return;
  if (end < get_n_lines (buffer) && item_read (&item, buffer, end) && item.info.n_items == n_items &&
      item.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    set_number (buffer, &item, 1);
}

static guint
outdent_item (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (Item) item = { 0 };
  g_auto (Item) parent = { 0 };
  guint end;

  if (!item_read (&item, buffer, line))
    return 0;
  end = find_end (buffer, line, item.info.n_items);
  if (item.info.n_items < 2 || !find_parent (buffer, &item, &parent))
    return end;
  start_list_after (buffer, line, end, item.info.n_items);
  move_lines (buffer, line, end, get_indent_place (&item), (int) parent.marker->start - (int) item.marker->start);
  renumber (buffer, parent.line);
  settle_first_child (buffer, line);
  return end;
}

static gboolean
for_selected (OctavoMarkdownBuffer *buffer, guint (*move) (OctavoMarkdownBuffer *, guint))
{
  gboolean is_done = FALSE;
  guint first, last, line, end;

  get_selected_lines (buffer, &first, &last);
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  for (line = first; line <= last; line = MAX (line + 1, end))
    {
      end = move (buffer, line); /* what is in an item went with it */
      is_done = is_done || end > 0;
    }
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
  return is_done;
}

/**
 * octavo_markdown_list_indent:
 * @buffer: a buffer
 *
 * Puts the items that are selected, or the one at the cursor, into the items before them. Numbers follow.
 *
 * Returns: whether the lines are of a list
 */
gboolean
octavo_markdown_list_indent (OctavoMarkdownBuffer *buffer)
{
  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);
  return for_selected (buffer, indent_item);
}

/**
 * octavo_markdown_list_outdent:
 * @buffer: a buffer
 *
 * Takes the items that are selected, or the one at the cursor, out of those they are in. Numbers follow.
 *
 * Returns: whether the lines are of a list
 */
gboolean
octavo_markdown_list_outdent (OctavoMarkdownBuffer *buffer)
{
  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);
  return for_selected (buffer, outdent_item);
}

/**
 * octavo_markdown_list_tick:
 * @buffer: a buffer
 * @line: a line
 *
 * Ticks the box of a task, or takes the tick away.
 *
 * Returns: whether the line has one
 */
gboolean
octavo_markdown_list_tick (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (Item) item = { 0 };

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  if (!item_read (&item, buffer, line) || item.task == NULL)
    return FALSE;
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  replace (buffer, line, item.task->start + 1, item.task->start + 2,
           item.task->kind == OCTAVO_MARKDOWN_TASK_OPEN ? "x" : " ");
  gtk_text_buffer_end_user_action (GTK_TEXT_BUFFER (buffer));
  return TRUE;
}

/**
 * octavo_markdown_list_is_box:
 * @buffer: a buffer
 * @place: a place in it
 *
 * Returns: whether the character there is of the box of a task
 */
gboolean
octavo_markdown_list_is_box (OctavoMarkdownBuffer *buffer, const GtkTextIter *place)
{
  g_auto (Item) item = { 0 };
  guint32 index = (guint32) gtk_text_iter_get_line_index (place);

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  return item_read (&item, buffer, (guint) gtk_text_iter_get_line (place)) && item.task != NULL &&
         index >= item.task->start && index < item.task->end;
}
