/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-window-private.h"

/* Which panes are to be seen, and which of them has the focus. */

/* Shows what there is room for. */
void
octavo_window_update_folding (OctavoWindow *self)
{
  gboolean outer = adw_leaflet_get_folded (self->outer);
  gboolean inner = adw_leaflet_get_folded (self->inner);
  gboolean focus_mode = octavo_window_is_focus_mode (self);
  gboolean sidebar = (outer || self->sidebar_wanted) && !focus_mode;
  gboolean list_is_first = outer || !sidebar;

  gtk_widget_set_visible (GTK_WIDGET (self->sidebar), sidebar);
  gtk_widget_set_visible (self->sidebar_separator, sidebar);
  gtk_widget_set_visible (GTK_WIDGET (self->list_pane), !focus_mode);
  gtk_widget_set_visible (self->list_separator, !focus_mode);
  gtk_widget_set_visible (self->back_button, inner && !focus_mode);
  g_object_set (self->sidebar, "show-end-title-buttons", outer, NULL);
  g_object_set (self->list_pane, "show-back", outer, "show-start-title-buttons", list_is_first,
                "show-end-title-buttons", inner, NULL);
  g_object_set (self->editor_header, "show-start-title-buttons", focus_mode || (inner && list_is_first), NULL);
  octavo_window_set_action_state (self, "sidebar", g_variant_new_boolean (self->sidebar_wanted));
}

static void
octavo_window_show_content (OctavoWindow *self)
{
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
}

/* Whether a pane, or something in it, has the focus. */
gboolean
octavo_window_has_focus_in (OctavoWindow *self, gpointer pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (pane));
}

/* Brings the list into view where one pane is shown at a time. */
void
octavo_window_show_list (OctavoWindow *self)
{
  octavo_window_set_focus_mode (self, FALSE);
  octavo_window_show_content (self);
  adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->list_pane));
}

/* Brings the editor into view where one pane is shown at a time. */
void
octavo_window_show_editor (OctavoWindow *self)
{
  octavo_window_show_content (self);
  adw_leaflet_set_visible_child (self->inner, self->editor_page);
}

static gboolean
octavo_window_is_list_covered (OctavoWindow *self)
{
  return adw_leaflet_get_folded (self->inner) && adw_leaflet_get_visible_child (self->inner) == self->editor_page;
}

/* The pane that has the focus is the one to stay when the window folds. */
void
octavo_window_on_focus (OctavoWindow *self)
{
  if (adw_leaflet_get_folded (self->inner))
    return;
  if (octavo_window_has_focus_in (self, self->editor_page))
    adw_leaflet_set_visible_child (self->inner, self->editor_page);
  else if (octavo_window_has_focus_in (self, self->list_pane))
    adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->list_pane));
}

/* Goes from the editor to the list, from there to the sidebar, as far as they cover each other. */
void
octavo_window_go_back (OctavoWindow *self)
{
  if (octavo_window_is_list_covered (self))
    {
      octavo_window_show_list (self);
      octavo_note_list_pane_grab_list (self->list_pane);
    }
  else if (adw_leaflet_get_folded (self->outer))
    {
      adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->sidebar));
      octavo_sidebar_grab_list (self->sidebar);
    }
}

/* Moves the focus from the sidebar to the list, to the text, and to the sidebar again. */
void
octavo_window_go_to_next_pane (OctavoWindow *self)
{
  if (octavo_window_has_focus_in (self, self->list_pane) && octavo_editor_get_has_note (self->editor))
    {
      octavo_window_show_editor (self);
      octavo_editor_grab_text (self->editor);
    }
  else if (!octavo_window_has_focus_in (self, self->sidebar) && gtk_widget_get_visible (GTK_WIDGET (self->sidebar)))
    {
      adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->sidebar));
      octavo_sidebar_grab_list (self->sidebar);
    }
  else
    {
      octavo_window_show_list (self);
      octavo_note_list_pane_grab_list (self->list_pane);
    }
}

/* Opens the main menu, wherever it is hidden. What it was opened from comes back when it is closed. */
void
octavo_window_open_main_menu (OctavoWindow *self)
{
  octavo_window_set_focus_mode (self, FALSE);
  g_set_weak_pointer (&self->focus_before_menu, gtk_window_get_focus (GTK_WINDOW (self)));
  self->pane_before_menu = adw_leaflet_get_visible_child (self->outer);
  self->sidebar_before_menu = self->sidebar_wanted;

  if (!adw_leaflet_get_folded (self->outer))
    octavo_window_set_sidebar_wanted (self, TRUE);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->sidebar));
  octavo_sidebar_open_menu (self->sidebar);
}

/* What was chosen in the menu may have taken the person elsewhere: then they are left there. */
static gboolean
return_from_main_menu (gpointer user_data)
{
  OctavoWindow *self = user_data;
  GtkWidget *focus = self->focus_before_menu;
  gboolean is_left = self->selection != NULL && octavo_sidebar_is_menu_focused (self->sidebar);

  g_clear_weak_pointer (&self->focus_before_menu);
  if (!is_left)
    return G_SOURCE_REMOVE;

  if (adw_leaflet_get_folded (self->outer))
    adw_leaflet_set_visible_child (self->outer, self->pane_before_menu);
  else if (self->sidebar_before_menu != self->sidebar_wanted)
    octavo_window_set_sidebar_wanted (self, self->sidebar_before_menu);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  else
    octavo_note_list_pane_grab_list (self->list_pane);

  return G_SOURCE_REMOVE;
}

/* The popover gives the focus back to its button once all that hear of it were told. */
void
octavo_window_on_main_menu_closed (OctavoWindow *self)
{
  if (self->focus_before_menu != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, return_from_main_menu, g_object_ref (self), g_object_unref);
}

/* Shows or hides the sidebar where there is room for it, and goes to it or away from it where there is none. */
void
octavo_window_set_sidebar_wanted (OctavoWindow *self, gboolean wanted)
{
  octavo_window_set_focus_mode (self, FALSE);
  if (adw_leaflet_get_folded (self->outer))
    {
      if (adw_leaflet_get_visible_child (self->outer) == GTK_WIDGET (self->sidebar))
        octavo_window_show_content (self);
      else
        adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->sidebar));
      return;
    }

  if (!wanted && octavo_window_has_focus_in (self, self->sidebar))
    octavo_note_list_pane_grab_list (self->list_pane);
  self->sidebar_wanted = wanted;
  octavo_window_update_folding (self);
}
