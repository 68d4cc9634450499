/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-window-private.h"

/* The window's actions: what each key, button and menu item of the window comes down to. */

static const struct
{
  const char *name;
  OctavoSort sort;
} sorts[] = {
  { "updated", OCTAVO_SORT_UPDATED },
  { "created", OCTAVO_SORT_CREATED },
  { "title", OCTAVO_SORT_TITLE },
  { "relevance", OCTAVO_SORT_RELEVANCE },
};

static void
on_new_note (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_create_note (window);
}

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;

  gtk_window_present (octavo_window_new (gtk_window_get_application (window), self->store));
}

static void
on_search (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;

  octavo_window_show_list (self);
  octavo_note_list_pane_grab_search (self->list_pane);
}

static void
on_leave_search (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_note_list_pane_leave_search (OCTAVO_WINDOW (window)->list_pane);
}

static void
select_neighbour (OctavoWindow *self, int step)
{
  gint64 id = octavo_note_selection_get_neighbour (self->selection, step);

  if (id != 0)
    octavo_note_selection_select_id (self->selection, id);
}

static void
on_previous_note (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  select_neighbour (window, -1);
}

static void
on_next_note (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  select_neighbour (window, 1);
}

static void
on_next_pane (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_go_to_next_pane (window);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_go_back (window);
}

static void
on_rename (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_show_editor (window);
  octavo_editor_grab_title (OCTAVO_WINDOW (window)->editor);
}

static void
on_edit_tags (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_show_editor (window);
  octavo_editor_edit_tags (OCTAVO_WINDOW (window)->editor);
}

static void
on_pin (GSimpleAction *action, GVariant *state, gpointer window)
{
  octavo_window_pin_current (window, g_variant_get_boolean (state));
}

static void
on_trash (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_trash_current (window);
}

static void
on_undo_trash (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_undo_trash (window);
}

static void
on_restore (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_restore_current (window);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_ask_to_delete_current (window);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_import (window, TRUE);
}

static void
on_import_files (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_import (window, FALSE);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_export (window);
}

static void
on_cancel_exchange (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_cancellable_cancel (OCTAVO_WINDOW (window)->exchange);
}

static void
on_main_menu (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_open_main_menu (window);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_show_shortcuts (window);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  octavo_window_show_about (window);
}

static void
on_sidebar (GSimpleAction *action, GVariant *state, gpointer window)
{
  octavo_window_set_sidebar_wanted (window, g_variant_get_boolean (state));
}

static void
on_fullscreen (GSimpleAction *action, GVariant *state, gpointer window)
{
  g_object_set (window, "fullscreened", g_variant_get_boolean (state), NULL);
}

static void
on_fullscreened (OctavoWindow *self)
{
  octavo_window_set_action_state (self, "fullscreen",
                                  g_variant_new_boolean (gtk_window_is_fullscreen (GTK_WINDOW (self))));
}

static void
on_sort (GSimpleAction *action, GVariant *state, gpointer window)
{
  OctavoWindow *self = window;

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (g_variant_get_string (state, NULL), sorts[i].name))
      {
        octavo_note_list_set_sort (octavo_note_list_pane_get_list (self->list_pane), sorts[i].sort);
        g_simple_action_set_state (action, state);
      }
}

/* Adds all actions of the window. */
void
octavo_window_add_actions (OctavoWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "new-note", .activate = on_new_note },
    { .name = "new-window", .activate = on_new_window },
    { .name = "search", .activate = on_search },
    { .name = "leave-search", .activate = on_leave_search },
    { .name = "previous-note", .activate = on_previous_note },
    { .name = "next-note", .activate = on_next_note },
    { .name = "next-pane", .activate = on_next_pane },
    { .name = "back", .activate = on_back },
    { .name = "rename", .activate = on_rename },
    { .name = "edit-tags", .activate = on_edit_tags },
    { .name = "pin", .state = "false", .change_state = on_pin },
    { .name = "trash", .activate = on_trash },
    { .name = "undo-trash", .activate = on_undo_trash },
    { .name = "restore", .activate = on_restore },
    { .name = "delete", .activate = on_delete },
    { .name = "import", .activate = on_import },
    { .name = "import-files", .activate = on_import_files },
    { .name = "export", .activate = on_export },
    { .name = "cancel-exchange", .activate = on_cancel_exchange },
    { .name = "main-menu", .activate = on_main_menu },
    { .name = "shortcuts", .activate = on_shortcuts },
    { .name = "about", .activate = on_about },
    { .name = "sidebar", .state = "true", .change_state = on_sidebar },
    { .name = "fullscreen", .state = "false", .change_state = on_fullscreen },
    { .name = "sort", .parameter_type = "s", .state = "'updated'", .change_state = on_sort },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened), NULL);
}

/* Sets the state of an action without asking it to change. */
void
octavo_window_set_action_state (OctavoWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);
  g_autoptr (GVariant) owned = g_variant_ref_sink (state);

  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), owned);
}

/* Says whether an action can be done now. */
void
octavo_window_enable_action (OctavoWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

/* Enables what can be done with the note that is open and the list that is shown. */
void
octavo_window_update_actions (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);
  gboolean has_note = octavo_editor_get_has_note (self->editor);
  gboolean trashed = octavo_window_is_current_trashed (self);

  octavo_window_enable_action (self, "rename", has_note && !trashed);
  octavo_window_enable_action (self, "edit-tags", has_note && !trashed);
  octavo_window_enable_action (self, "pin", id != 0 && !trashed);
  octavo_window_enable_action (self, "trash", id != 0 && !trashed);
  octavo_window_enable_action (self, "restore", id != 0 && trashed);
  octavo_window_enable_action (self, "delete", id != 0 && trashed);
  octavo_window_enable_action (self, "previous-note", octavo_note_selection_get_neighbour (self->selection, -1) != 0);
  octavo_window_enable_action (self, "next-note", octavo_note_selection_get_neighbour (self->selection, 1) != 0);
  octavo_window_enable_action (self, "undo-trash", self->trashed->len > 0);
  octavo_window_enable_action (self, "import", self->exchange == NULL);
  octavo_window_enable_action (self, "import-files", self->exchange == NULL);
  octavo_window_enable_action (self, "export", self->exchange == NULL);
  octavo_window_enable_action (self, "cancel-exchange", self->exchange != NULL);
  octavo_window_set_action_state (self, "pin", g_variant_new_boolean (octavo_editor_get_pinned (self->editor)));
}
