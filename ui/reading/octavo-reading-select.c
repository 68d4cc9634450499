/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-reading-select.h"

#include "octavo-reading-text.h"

/* Selecting by the mouse, over as many pieces as one likes: a GtkLabel knows only its own text. */

#define SCROLL_STEP 24 /* pixels a turn, where the pointer is beyond the view */
#define SCROLL_TURN 40 /* milliseconds */

typedef struct
{
  OctavoReadingView *view;
  GtkGestureDrag *gesture;
  guint anchor;
  double x, y; /* of the pointer */
  guint scrolling;
} Select;

static void
select_free (gpointer data, GClosure *closure)
{
  Select *self = data;

  g_clear_handle_id (&self->scrolling, g_source_remove);
  g_free (self);
}

static void
extend (Select *self)
{
  guint place = octavo_reading_view_find_place (self->view, self->x, self->y);

  octavo_reading_view_select (self->view, MIN (place, self->anchor), MAX (place, self->anchor));
}

static gboolean
on_scroll (gpointer data)
{
  Select *self = data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  double value = gtk_adjustment_get_value (adjustment);

  if (self->y >= 0 && self->y <= gtk_widget_get_height (GTK_WIDGET (self->view)))
    {
      self->scrolling = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_adjustment_set_value (adjustment, value + (self->y < 0 ? -SCROLL_STEP : SCROLL_STEP));
  extend (self);
  return G_SOURCE_CONTINUE;
}

static void
on_begin (Select *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  octavo_reading_view_select (self->view, 0, 0);
  self->anchor = octavo_reading_view_find_place (self->view, x, y);
}

static void
on_update (Select *self, double offset_x, double offset_y)
{
  double x, y;

  gtk_gesture_drag_get_start_point (self->gesture, &x, &y);
  self->x = x + offset_x;
  self->y = y + offset_y;
  extend (self);
  if (self->scrolling == 0 && (self->y < 0 || self->y > gtk_widget_get_height (GTK_WIDGET (self->view))))
    self->scrolling = g_timeout_add (SCROLL_TURN, on_scroll, self);
}

static void
on_end (Select *self)
{
  g_autofree char *text = octavo_reading_view_dup_selection (self->view);

  g_clear_handle_id (&self->scrolling, g_source_remove);
  if (*text != '\0')
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self->view)), text);
}

static void
on_pressed (OctavoReadingView *view, int n_presses, double x, double y)
{
  OctavoMarkdownDocument *document = octavo_reading_view_get_document (view);
  guint start, end;

  if (n_presses != 2 || document == NULL)
    return;
  octavo_reading_text_find_word (document, octavo_reading_view_find_place (view, x, y), &start, &end);
  octavo_reading_view_select (view, start, end);
}

/* Has a view select what the pointer is dragged over, and a word that is clicked twice. */
void
octavo_reading_select_add (OctavoReadingView *view)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  Select *self = g_new0 (Select, 1);

  self->view = view;
  self->gesture = GTK_GESTURE_DRAG (drag);
  g_signal_connect_data (drag, "drag-begin", G_CALLBACK (on_begin), self, select_free, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_end), self);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
}
