/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-view.h"

/* A GtkTextView lays lines out bit by bit, so a scroll position in pixels means nothing in a buffer that was just set.
 * The place is kept as a mark in the buffer, which edits from elsewhere move along. */

#define TOP_MARK "octavo-top"

struct _OctavoNoteView
{
  GtkSourceView parent_instance;
};

G_DEFINE_FINAL_TYPE (OctavoNoteView, octavo_note_view, GTK_SOURCE_TYPE_VIEW)

enum
{
  SIGNAL_LEAVE_UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remember_top (OctavoNoteView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter top;

  gtk_text_view_get_visible_rect (view, &visible);
  if (visible.y <= 0)
    gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &top);
  else
    gtk_text_view_get_iter_at_location (view, &top, visible.x, visible.y);
  octavo_note_view_set_remembered_top (gtk_text_view_get_buffer (view), gtk_text_iter_get_offset (&top));
}

static void
restore_top (OctavoNoteView *self, GtkTextBuffer *buffer)
{
  GtkTextMark *top = gtk_text_buffer_get_mark (buffer, TOP_MARK);

  if (octavo_note_view_get_remembered_top (buffer) > 0)
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), top, 0, TRUE, 0, 0);
  else if (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)) != NULL)
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)), 0);
}

static gboolean
on_up (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoNoteView *self = OCTAVO_NOTE_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (gtk_text_iter_get_line (&cursor) > 0 || gtk_text_view_backward_display_line (GTK_TEXT_VIEW (self), &cursor))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SIGNAL_LEAVE_UP], 0);
  return GDK_EVENT_STOP;
}

static void
octavo_note_view_class_init (OctavoNoteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, on_up, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, 0, on_up, NULL);

  signals[SIGNAL_LEAVE_UP] =
      g_signal_new ("leave-up", OCTAVO_TYPE_NOTE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_note_view_init (OctavoNoteView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkSourceView *source = GTK_SOURCE_VIEW (self);

  gtk_widget_add_css_class (GTK_WIDGET (self), "octavo-text");
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, 24);
  gtk_text_view_set_right_margin (view, 24);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 48);
  gtk_text_view_set_pixels_above_lines (view, 2);
  gtk_text_view_set_pixels_below_lines (view, 2);
  gtk_text_view_set_pixels_inside_wrap (view, 4);
  gtk_source_view_set_auto_indent (source, TRUE);
  gtk_source_view_set_indent_on_tab (source, TRUE);
  gtk_source_view_set_tab_width (source, 4);
  gtk_source_view_set_enable_snippets (source, FALSE);
}

/**
 * octavo_note_view_show:
 * @self: a view
 * @buffer: the text to show
 *
 * Shows another buffer, at the place where it was left; the place in the one before is remembered.
 */
void
octavo_note_view_show (OctavoNoteView *self, GtkTextBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  if (buffer == gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)))
    return;
  remember_top (self);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), buffer);
  restore_top (self, buffer);
}

/**
 * octavo_note_view_get_remembered_top:
 * @buffer: a buffer that was shown
 *
 * Returns: the offset of the character at the top of the view when it was left
 */
int
octavo_note_view_get_remembered_top (GtkTextBuffer *buffer)
{
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, TOP_MARK);
  GtkTextIter iter;

  if (mark == NULL)
    return 0;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, mark);
  return gtk_text_iter_get_offset (&iter);
}

/**
 * octavo_note_view_set_remembered_top:
 * @buffer: a buffer
 * @offset: the offset of the character that is to be at the top when it is shown
 *
 * Sets where the view begins when it shows the buffer again.
 */
void
octavo_note_view_set_remembered_top (GtkTextBuffer *buffer, int offset)
{
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, TOP_MARK);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  if (mark == NULL)
    gtk_text_buffer_create_mark (buffer, TOP_MARK, &iter, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, mark, &iter);
}
