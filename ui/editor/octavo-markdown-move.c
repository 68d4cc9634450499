/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-move.h"

#include "octavo-markdown-item.h"

/* An item takes what is in it along and goes past a whole item of the same list; any other line goes past one line.
 * What stays in place in the buffer is what is moved, so that marks in it stay: its neighbour goes to the other side.
 */

typedef struct
{
  OctavoMarkdownBuffer *buffer;
  guint first; /* what is moved */
  guint end;
  guint n_items;     /* that its first line is in; 0: it begins no item */
  guint past;        /* the neighbour: before first, or after end */
  guint past_end;    /* blank lines between are of neither */
  guint64 number;    /* of the item that was the first of its list; 0: none was */
  gboolean is_first; /* it comes to be that of a list in the item that it goes past */
  int columns;       /* to be moved to the right by */
  gsize place;       /* where in the lines */
  guint cursor[2];   /* line, from first on, and column of the cursor; then of the other end of what is selected */
  guint bound[2];
} Move;

static guint
get_n_lines (OctavoMarkdownBuffer *buffer)
{
  return (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer));
}

/* What is in the items that are selected goes with them. */
static void
find_block (Move *self)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  guint last;

  octavo_markdown_item_get_selected_lines (self->buffer, &self->first, &last);
  self->end = last + 1;
  self->n_items = octavo_markdown_item_read (&item, self->buffer, self->first) ? item.info.n_items : 0;
  for (guint i = self->first; i <= last; i++)
    if (octavo_markdown_item_read (&item, self->buffer, i))
      self->end = MAX (self->end, octavo_markdown_item_find_end (self->buffer, i, item.info.n_items));
}

/* The number that a list begins with stays with its place. */
static void
keep_number (Move *self, const OctavoMarkdownItem *first)
{
  g_auto (OctavoMarkdownItem) sibling = { 0 };

  if (first->marker->kind == OCTAVO_MARKDOWN_NUMBER &&
      !octavo_markdown_item_find_sibling (self->buffer, first, &sibling))
    self->number = octavo_markdown_item_get_number (first);
}

/* The first item of a list that is in another goes before that one, and is beside it then. */
static gboolean
leave_parent (Move *self, const OctavoMarkdownItem *item)
{
  g_auto (OctavoMarkdownItem) parent = { 0 };

  if (self->n_items < 2 || !octavo_markdown_item_read (&parent, self->buffer, self->first - 1) ||
      parent.info.n_items >= self->n_items)
    return FALSE;
  self->place = octavo_markdown_item_get_indent_place (item);
  self->columns = (int) parent.marker->start - (int) item->marker->start;
  keep_number (self, &parent);
  return TRUE;
}

/* Returns: whether there is anything before. */
static gboolean
find_before (Move *self)
{
  g_auto (OctavoMarkdownItem) item = { 0 };
  g_auto (OctavoMarkdownItem) sibling = { 0 };

  if (self->first == 0)
    return FALSE;
  self->past = self->first - 1;
  self->past_end = self->first;
  if (!octavo_markdown_item_read (&item, self->buffer, self->first))
    return TRUE;
  if (!octavo_markdown_item_find_sibling (self->buffer, &item, &sibling))
    {
      if (!leave_parent (self, &item))
        keep_number (self, &item);
      return TRUE;
    }
  self->past = sibling.line;
  self->past_end = octavo_markdown_item_find_end (self->buffer, sibling.line, self->n_items);
  keep_number (self, &sibling);
  return TRUE;
}

static gboolean
find_after (Move *self)
{
  g_auto (OctavoMarkdownItem) first = { 0 };
  g_auto (OctavoMarkdownItem) next = { 0 };
  guint n_lines = get_n_lines (self->buffer);
  guint line = self->end;

  if (self->end >= n_lines)
    return FALSE;
  self->past = self->end;
  self->past_end = self->end + 1;
  if (self->n_items == 0)
    return TRUE;
  octavo_markdown_item_read (&first, self->buffer, self->first);
  while (line < n_lines && !octavo_markdown_item_read (&next, self->buffer, line) &&
         next.info.block == OCTAVO_MARKDOWN_BLANK)
    line++;
  self->is_first = line == self->end && next.marker != NULL && next.info.n_items < self->n_items;
  if (!self->is_first)
    keep_number (self, &first);
  if (line >= n_lines || next.marker == NULL || next.info.n_items != self->n_items)
    return TRUE;
  self->past = line;
  self->past_end = octavo_markdown_item_find_end (self->buffer, line, self->n_items);
  return TRUE;
}

static char *
dup_lines (Move *self, guint first, guint end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_line (buffer, &from, (int) first);
  gtk_text_buffer_get_iter_at_line (buffer, &to, (int) end - 1);
  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);
  return gtk_text_buffer_get_slice (buffer, &from, &to, TRUE);
}

static void
delete_lines (Move *self, guint first, guint end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_line (buffer, &from, (int) first);
  if (end < get_n_lines (self->buffer))
    gtk_text_buffer_get_iter_at_line (buffer, &to, (int) end);
  else
    {
      gtk_text_buffer_get_end_iter (buffer, &to);
      gtk_text_iter_backward_char (&from);
    }
  gtk_text_buffer_delete (buffer, &from, &to);
}

/* Puts lines before one, or after the last one. */
static void
insert_lines (Move *self, guint line, const char *lines)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  gboolean is_end = line >= get_n_lines (self->buffer);
  g_autofree char *text = is_end ? g_strconcat ("\n", lines, NULL) : g_strconcat (lines, "\n", NULL);
  GtkTextIter place;

  if (is_end)
    gtk_text_buffer_get_end_iter (buffer, &place);
  else
    gtk_text_buffer_get_iter_at_line (buffer, &place, (int) line);
  gtk_text_buffer_insert (buffer, &place, text, -1);
}

static guint
get_length (const GtkTextIter *line)
{
  GtkTextIter end = *line;

  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  return (guint) gtk_text_iter_get_line_offset (&end);
}

/* Counted from the end of its line, as the number before may get longer. */
static void
get_place (Move *self, GtkTextMark *mark, guint *place)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &iter, mark);
  place[0] = (guint) gtk_text_iter_get_line (&iter) - self->first;
  place[1] = gtk_text_iter_starts_line (&iter) ? G_MAXUINT
                                               : get_length (&iter) - (guint) gtk_text_iter_get_line_offset (&iter);
}

/* The end of what is selected may be the start of the line after it, and there may be none any more. */
static void
set_place (Move *self, const guint *place, guint first, GtkTextIter *iter)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  guint length;

  if (first + place[0] >= get_n_lines (self->buffer))
    {
      gtk_text_buffer_get_end_iter (buffer, iter);
      return;
    }
  gtk_text_buffer_get_iter_at_line (buffer, iter, (int) (first + place[0]));
  length = get_length (iter);
  gtk_text_iter_set_line_offset (iter, (int) (length - MIN (place[1], length)));
}

/* Returns: where what is moved begins then. */
static guint
swap (Move *self, gboolean down)
{
  g_autofree char *past = dup_lines (self, self->past, self->past_end);
  guint gap_first = down ? self->end : self->past_end;
  guint gap_end = down ? self->past : self->first;
  g_autofree char *gap = gap_first < gap_end ? dup_lines (self, gap_first, gap_end) : NULL;
  g_autofree char *lines = gap == NULL ? g_strdup (past)
                           : down      ? g_strconcat (past, "\n", gap, NULL)
                                       : g_strconcat (gap, "\n", past, NULL);
  guint first;

  if (down)
    {
      first = self->first + self->past_end - self->end;
      delete_lines (self, self->end, self->past_end);
      insert_lines (self, self->first, lines);
    }
  else
    {
      first = self->past;
      delete_lines (self, self->past, self->first);
      insert_lines (self, self->past + self->end - self->first, lines);
    }
  return first;
}

/* Whether the item in a line is now the one that its list begins with. */
static gboolean
takes_number (Move *self, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };

  return octavo_markdown_item_read (&item, self->buffer, line) && item.marker->kind == OCTAVO_MARKDOWN_NUMBER &&
         item.info.n_items == self->n_items - (self->columns != 0 ? 1 : 0);
}

static void
set_number (Move *self, guint line)
{
  g_auto (OctavoMarkdownItem) item = { 0 };

  if (!octavo_markdown_item_read (&item, self->buffer, line) || item.marker->kind != OCTAVO_MARKDOWN_NUMBER)
    return;
  octavo_markdown_item_set_number (self->buffer, &item, self->number);
  octavo_markdown_item_renumber (self->buffer, line);
}

/* Only the number 1 can follow the text of the item that is left, or that is come to. */
static void
start_lists (Move *self)
{
  g_auto (OctavoMarkdownItem) item = { 0 };

  if (self->is_first && octavo_markdown_item_read (&item, self->buffer, self->first) &&
      item.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    octavo_markdown_item_set_number (self->buffer, &item, 1);
  if (self->columns != 0 && self->end < get_n_lines (self->buffer) &&
      octavo_markdown_item_read (&item, self->buffer, self->end) && item.info.n_items == self->n_items &&
      item.marker->kind == OCTAVO_MARKDOWN_NUMBER)
    octavo_markdown_item_set_number (self->buffer, &item, 1);
}

/* The lists that were left and come to. */
static void
settle (Move *self, guint first, guint past)
{
  guint upper = MIN (first, past);
  guint lower = MAX (first, past);

  if (self->n_items == 0)
    return;
  if (self->columns != 0)
    octavo_markdown_item_move_lines (self->buffer, first, first + self->end - self->first, self->place, self->columns);
  if (self->number > 0 && !takes_number (self, upper))
    {
      set_number (self, lower);
      return;
    }
  if (self->number > 0)
    set_number (self, upper);
  else
    octavo_markdown_item_settle (self->buffer, upper);
  octavo_markdown_item_settle (self->buffer, lower);
  if (self->columns != 0 && lower + 1 < get_n_lines (self->buffer))
    octavo_markdown_item_settle (self->buffer, lower + 1); /* it may be the first of those in the parent now */
}

/**
 * octavo_markdown_move:
 * @buffer: a buffer
 * @down: whether to move down, not up
 *
 * Moves the lines that are selected, or that of the cursor, past the one before or after them; an item with all that is
 * in it past another one, and numbers follow. One step that can be undone.
 *
 * Returns: whether there is anything to go past
 */
gboolean
octavo_markdown_move (OctavoMarkdownBuffer *buffer, gboolean down)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  Move move = { .buffer = buffer };
  GtkTextIter cursor, bound;
  guint first, past;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  find_block (&move);
  if (!(down ? find_after (&move) : find_before (&move)))
    return FALSE;
  get_place (&move, gtk_text_buffer_get_insert (text), move.cursor);
  get_place (&move, gtk_text_buffer_get_selection_bound (text), move.bound);
  gtk_text_buffer_begin_user_action (text);
  start_lists (&move);
  first = swap (&move, down);
  past = down ? move.first : first + (move.end - move.first) + (move.first - move.past_end);
  settle (&move, first, past);
  set_place (&move, move.cursor, first, &cursor);
  set_place (&move, move.bound, first, &bound);
  gtk_text_buffer_select_range (text, &cursor, &bound);
  gtk_text_buffer_end_user_action (text);
  return TRUE;
}
