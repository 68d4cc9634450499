/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-context-menu.h"

#include "octavo-list-rows.h"

/* The menu of a row: by the other mouse button, a long press, Shift+F10 or the Menu key. Its actions are about the row
 * that is chosen, so that is what opening it begins with. */
typedef struct
{
  GtkWidget *owner; /* has the menu as its child, as a list takes all its children for rows */
  GtkWidget *list_view;
  OctavoContextMenuFunc choose;
  GtkWidget *popover; /* made for the first row, and kept: GTK looks for tooltips in one that was just closed */
  GtkWidget *row;     /* weak: which has the focus again once it is closed */
} ContextMenu;

static void
drop_popover (ContextMenu *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
on_closed (ContextMenu *self)
{
  if (self->row != NULL && gtk_widget_get_mapped (self->row))
    gtk_widget_grab_focus (self->row);
}

static void
make_popover (ContextMenu *self)
{
  self->popover = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (self->popover, self->owner);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
}

static gboolean
open_for (ContextMenu *self, GtkWidget *row, const GdkRectangle *place)
{
  GMenuModel *menu = self->choose (self->owner, row);
  GdkRectangle at = *place;
  double x, y;

  if (menu == NULL)
    return FALSE;

  if (self->popover == NULL)
    make_popover (self);
  g_set_weak_pointer (&self->row, row);
  gtk_widget_grab_focus (self->row);
  gtk_widget_translate_coordinates (self->list_view, self->owner, place->x, place->y, &x, &y);
  at.x = (int) x;
  at.y = (int) y;
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return TRUE;
}

static gboolean
open_at (ContextMenu *self, double x, double y)
{
  GtkWidget *row = octavo_list_rows_pick (self->list_view, x, y);

  return row != NULL && open_for (self, row, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
on_pressed (ContextMenu *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (open_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_pressed (ContextMenu *self, double x, double y, GtkGesture *gesture)
{
  if (open_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_key (GtkWidget *list_view, GVariant *arguments, gpointer user_data)
{
  ContextMenu *self = user_data;
  GtkWidget *row = octavo_list_rows_get_focused (list_view);
  GdkRectangle place = { 0 };
  double x, y;

  if (row == NULL)
    return FALSE;

  gtk_widget_translate_coordinates (row, list_view, 0, 0, &x, &y);
  place = (GdkRectangle){ (int) x, (int) y, gtk_widget_get_width (row), gtk_widget_get_height (row) };
  return open_for (self, row, &place);
}

static void
context_menu_free (gpointer data, GClosure *closure)
{
  ContextMenu *self = data;

  g_clear_weak_pointer (&self->row);
  g_free (self);
}

/**
 * octavo_context_menu_add:
 * @owner: the widget that has the list in it, and a layout manager
 * @list_view: a list
 * @choose: chooses the row that the menu is about, and gives the menu
 *
 * Gives each row of a list a menu.
 */
void
octavo_context_menu_add (GtkWidget *owner, GtkWidget *list_view, OctavoContextMenuFunc choose)
{
  ContextMenu *self = g_new0 (ContextMenu, 1);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->owner = owner;
  self->list_view = list_view;
  self->choose = choose;

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (list_view, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_long_pressed), self);
  gtk_widget_add_controller (list_view, GTK_EVENT_CONTROLLER (press));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>F10|Menu"),
                                                          gtk_callback_action_new (on_key, self, NULL)));
  gtk_widget_add_controller (list_view, keys);
  g_signal_connect_data (owner, "destroy", G_CALLBACK (drop_popover), self, context_menu_free, G_CONNECT_SWAPPED);
}
