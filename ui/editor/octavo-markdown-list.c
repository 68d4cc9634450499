/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-list.h"

#include "octavo-markdown-item.h"

#include <string.h>

/* What a person expects of Return and Tab in a list. What a line is says the scanner, so that a dash in code is none of
 * a list; a step may change many lines, as numbers follow. */

/* What the next item of the same list begins with. */
static char *
make_next (const OctavoMarkdownItem *item)
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
    g_string_append_printf (next, "%" G_GUINT64_FORMAT "%c", octavo_markdown_item_get_number (item) + 1, after[-1]);
  else
    g_string_append_c (next, after[-1]);
  g_string_append_len (next, "    ",
                       (gssize) (octavo_markdown_item_get_width (item) - (item->marker->end - item->marker->start)));
  if (item->task != NULL)
    g_string_append (next, "[ ] ");
  return g_string_free (next, FALSE);
}

static void
break_item (OctavoMarkdownBuffer *buffer, const OctavoMarkdownItem *item, GtkTextIter *cursor)
{
  g_autofree char *next = make_next (item);
  g_autofree char *text = g_strconcat ("\n", next, NULL);

  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), cursor, text, -1);
  octavo_markdown_item_renumber (buffer, item->line);
}

/* An item in which nothing was written ends its list. */
static void
end_list (OctavoMarkdownBuffer *buffer, const OctavoMarkdownItem *item)
{
  gsize start = item->marker->start;

  while (start > 0 && (item->text[start - 1] == ' ' || item->text[start - 1] == '\t'))
    start--;
  octavo_markdown_item_replace (buffer, item->line, start, strlen (item->text), "");
}

/* A line that has nothing but the marks of quotes before its text. */
static gboolean
break_quote (OctavoMarkdownBuffer *buffer, const OctavoMarkdownItem *line, GtkTextIter *cursor)
{
  const OctavoMarkdownMark *last = line->info.n_marks > 0 ? &line->info.marks[line->info.n_marks - 1] : NULL;
  g_autofree char *text = NULL;

  if (last == NULL || last->kind != OCTAVO_MARKDOWN_QUOTE_MARK || line->info.n_items > 0 ||
      gtk_text_iter_get_line_index (cursor) < (int) last->end)
    return FALSE;
  if (line->info.block == OCTAVO_MARKDOWN_BLANK)
    {
      octavo_markdown_item_replace (buffer, line->line, 0, strlen (line->text), "");
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
  g_auto (OctavoMarkdownItem) item = { 0 };
  GtkTextIter cursor;
  gboolean is_done = TRUE;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  if (gtk_text_buffer_get_has_selection (text))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (text, &cursor, gtk_text_buffer_get_insert (text));
  gtk_text_buffer_begin_user_action (text);
  if (!octavo_markdown_item_read (&item, buffer, (guint) gtk_text_iter_get_line (&cursor)))
    is_done = break_quote (buffer, &item, &cursor);
  else if ((gsize) gtk_text_iter_get_line_index (&cursor) < octavo_markdown_item_get_content (&item))
    is_done = FALSE;
  else if (item.text[octavo_markdown_item_get_content (&item)] == '\0')
    end_list (buffer, &item);
  else
    break_item (buffer, &item, &cursor);
  gtk_text_buffer_end_user_action (text);
  return is_done;
}

/* The first item that is in the one in a line, which may have come to be there. */
static void
settle_first_child (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  guint n_items;

  octavo_markdown_item_read (&item, buffer, line);
  n_items = item.info.n_items;
  for (guint i = line + 1; i < (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer)); i++)
    {
      octavo_markdown_item_read (&item, buffer, i);
      if (!octavo_markdown_item_is_inside (&item, n_items))
        return;
      if (item.marker != NULL)
        {
          octavo_markdown_item_settle (buffer, i);
          return;
        }
    }
}

/* Returns: the line after what was moved; 0 where no item begins in the line. */
static guint
indent_item (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  g_auto (OctavoMarkdownItem) sibling = { 0 };
  guint end;

  if (!octavo_markdown_item_read (&item, buffer, line))
    return 0;
  end = octavo_markdown_item_find_end (buffer, line, item.info.n_items);
  if (!octavo_markdown_item_find_sibling (buffer, &item, &sibling))
    return end; /* the first of a list is in no other */
  if (item.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    octavo_markdown_item_set_number (buffer, &item, 1); /* no other can follow the text of the item before */
  octavo_markdown_item_move_lines (buffer, line, end, octavo_markdown_item_get_indent_place (&item),
                                   (int) octavo_markdown_item_get_width (&sibling));
  octavo_markdown_item_renumber (buffer, sibling.line);
  octavo_markdown_item_settle (buffer, line);
  return end;
}

/* The item after one that is taken out comes to be in that one, where nothing else is; only the number 1 can follow its
 * text. */
static void
start_list_after (OctavoMarkdownBuffer *buffer, guint line, guint end, guint n_items)
{
  g_auto (OctavoMarkdownItem) item = { 0 };

  for (guint i = line + 1; i < end; i++)
    if (octavo_markdown_item_read (&item, buffer, i))
      return;
  if (end < (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer)) &&
      octavo_markdown_item_read (&item, buffer, end) && item.info.n_items == n_items &&
      item.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    octavo_markdown_item_set_number (buffer, &item, 1);
}

static guint
outdent_item (OctavoMarkdownBuffer *buffer, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  g_auto (OctavoMarkdownItem) parent = { 0 };
  guint end;

  if (!octavo_markdown_item_read (&item, buffer, line))
    return 0;
  end = octavo_markdown_item_find_end (buffer, line, item.info.n_items);
  if (item.info.n_items < 2 || !octavo_markdown_item_find_parent (buffer, &item, &parent))
    return end;
  start_list_after (buffer, line, end, item.info.n_items);
  octavo_markdown_item_move_lines (buffer, line, end, octavo_markdown_item_get_indent_place (&item),
                                   (int) parent.marker->start - (int) item.marker->start);
  octavo_markdown_item_renumber (buffer, parent.line);
  settle_first_child (buffer, line);
  return end;
}

static gboolean
for_selected (OctavoMarkdownBuffer *buffer, guint (*move) (OctavoMarkdownBuffer *, guint))
{
  gboolean is_done = FALSE;
  guint first, last, line, end;

  octavo_markdown_item_get_selected_lines (buffer, &first, &last);
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
  g_auto (OctavoMarkdownItem) item = { 0 };

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  if (!octavo_markdown_item_read (&item, buffer, line) || item.task == NULL)
    return FALSE;
  gtk_text_buffer_begin_user_action (GTK_TEXT_BUFFER (buffer));
  octavo_markdown_item_replace (buffer, line, item.task->start + 1, item.task->start + 2,
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
  g_auto (OctavoMarkdownItem) item = { 0 };
  guint32 index = (guint32) gtk_text_iter_get_line_index (place);

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  return octavo_markdown_item_read (&item, buffer, (guint) gtk_text_iter_get_line (place)) && item.task != NULL &&
         index >= item.task->start && index < item.task->end;
}
