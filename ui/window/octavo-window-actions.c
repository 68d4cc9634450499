/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-window.h"
#include "octavo-settings.h"
#include "octavo-window-common.h"
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
open_new_window (OctavoWindow *self)
{
  gtk_window_present (octavo_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->buffers));
}

static void
open_note_window (OctavoWindow *self)
{
  octavo_editor_save (self->editor);
  octavo_note_window_open (gtk_window_get_application (GTK_WINDOW (self)), self->buffers,
                           octavo_window_get_current_id (self));
}

/* A search ends for that, and another place is gone to, where the note is not in the list. */
static void
show_in_list (OctavoWindow *self)
{
  const OctavoScope scope = { .place =
                                  octavo_window_is_current_trashed (self) ? OCTAVO_PLACE_TRASH : OCTAVO_PLACE_ALL };
  guint position;

  octavo_window_show_list (self);
  if (!octavo_note_selection_get_position (self->selection, &position))
    {
      octavo_note_list_pane_search (self->list_pane, "");
      octavo_sidebar_set_scope (self->sidebar, &scope);
    }
  octavo_note_list_pane_grab_list (self->list_pane);
  octavo_note_list_pane_show_selected (self->list_pane);
}

static void
search (OctavoWindow *self)
{
  octavo_window_show_list (self);
  octavo_note_list_pane_grab_search (self->list_pane);
}

static void
leave_search (OctavoWindow *self)
{
  /* Escape goes one step back: from several notes to one, from a search to all notes. */
  if (!octavo_window_has_several (self))
    {
      octavo_note_list_pane_leave_search (self->list_pane);
      return;
    }
  octavo_note_selection_select_id (self->selection, octavo_note_selection_get_selected_id (self->selection));
  octavo_note_list_pane_show_selected (self->list_pane);
}

static void
select_neighbour (OctavoWindow *self, int step)
{
  gint64 id = octavo_note_selection_get_neighbour (self->selection, step);

  if (id != 0)
    octavo_note_selection_select_id (self->selection, id);
}

static void
go_to_previous_note (OctavoWindow *self)
{
  select_neighbour (self, -1);
}

static void
go_to_next_note (OctavoWindow *self)
{
  select_neighbour (self, 1);
}

static void
rename_note (OctavoWindow *self)
{
  if (octavo_sidebar_has_focus (self->sidebar) &&
      g_action_group_get_action_enabled (G_ACTION_GROUP (self), "rename-place"))
    {
      octavo_window_rename_place (self);
      return;
    }

  octavo_window_show_editor (self);
  octavo_editor_grab_title (self->editor);
}

static void
select_all (OctavoWindow *self)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

static void
copy_note_link (OctavoWindow *self)
{
  octavo_window_common_copy_link (GTK_WINDOW (self), octavo_window_get_current_id (self));
}

static void
import_folder (OctavoWindow *self)
{
  octavo_window_import (self, TRUE);
}

static void
import_files (OctavoWindow *self)
{
  octavo_window_import (self, FALSE);
}

static void
cancel_exchange (OctavoWindow *self)
{
  g_cancellable_cancel (self->exchange);
}

/* What is done without more ado, by the name of its action. */
static const struct
{
  const char *name;
  void (*run) (OctavoWindow *self);
} commands[] = {
  { "new-note", octavo_window_create_note },
  { "new-window", open_new_window },
  { "open-window", open_note_window },
  { "show-in-list", show_in_list },
  { "jump", octavo_window_jump },
  { "commands", octavo_window_show_commands },
  { "search", search },
  { "find", octavo_window_find },
  { "replace", octavo_window_replace },
  { "find-next", octavo_window_find_next },
  { "find-previous", octavo_window_find_previous },
  { "leave-search", leave_search },
  { "previous-note", go_to_previous_note },
  { "next-note", go_to_next_note },
  { "next-pane", octavo_window_go_to_next_pane },
  { "back", octavo_window_go_back },
  { "rename", rename_note },
  { "edit-tags", octavo_window_edit_tags },
  { "linked-from", octavo_window_show_linked_from },
  { "update-links", octavo_window_update_links },
  { "select-all", select_all },
  { "merge", octavo_window_merge },
  { "trash", octavo_window_trash_current },
  { "undo", octavo_window_undo },
  { "recent-changes", octavo_window_show_recent_changes },
  { "restore", octavo_window_restore_current },
  { "delete", octavo_window_ask_to_delete_current },
  { "import", import_folder },
  { "import-files", import_files },
  { "export", octavo_window_export },
  { "export-note", octavo_window_export_current },
  { "export-pdf", octavo_window_export_pdf },
  { "print", octavo_window_print },
  { "export-place", octavo_window_export_place },
  { "backups", octavo_window_show_backups },
  { "undo-backup", octavo_window_undo_backup },
  { "rename-place", octavo_window_rename_place },
  { "delete-place", octavo_window_delete_place },
  { "save-search", octavo_window_save_search },
  { "copy-note", octavo_window_copy_current },
  { "copy-note-link", copy_note_link },
  { "cancel-exchange", cancel_exchange },
  { "main-menu", octavo_window_open_main_menu },
  { "zoom-in", octavo_window_zoom_in },
  { "zoom-out", octavo_window_zoom_out },
  { "zoom-normal", octavo_window_zoom_normal },
  { "preferences", octavo_window_show_preferences },
  { "properties", octavo_window_show_properties },
  { "versions", octavo_window_show_versions },
  { "shortcuts", octavo_window_show_shortcuts },
  { "help", octavo_window_show_help },
  { "welcome", octavo_window_show_welcome },
  { "about", octavo_window_show_about },
};

static void
on_command (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), commands[i].name))
      commands[i].run (window);
}

static void
on_pin (GSimpleAction *action, GVariant *state, gpointer window)
{
  octavo_window_pin_current (window, g_variant_get_boolean (state));
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
on_focus_mode (GSimpleAction *action, GVariant *state, gpointer window)
{
  octavo_window_set_focus_mode (window, g_variant_get_boolean (state));
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

/* Chosen for all windows; each may then be sorted by what one likes. */
static void
on_sort_chosen (OctavoWindow *self)
{
  g_autoptr (GVariant) sort = g_settings_get_value (octavo_settings_get (), "sort");

  g_action_group_change_action_state (G_ACTION_GROUP (self), "sort", sort);
}

static void
follow_settings (OctavoWindow *self)
{
  GSettings *settings = octavo_settings_get ();
  gboolean grouped = settings == NULL || g_settings_get_boolean (settings, "group-notes");

  octavo_list_groups_set_enabled (octavo_note_list_pane_get_groups (self->list_pane), grouped);
  octavo_window_set_action_state (self, "group-notes", g_variant_new_boolean (grouped));
}

/* In all windows, and the next time too. */
static void
on_group_notes (GSimpleAction *action, GVariant *state, gpointer window)
{
  OctavoWindow *self = window;
  GSettings *settings = octavo_settings_get ();

  if (settings != NULL)
    {
      g_settings_set_boolean (settings, "group-notes", g_variant_get_boolean (state));
      return;
    }
  octavo_list_groups_set_enabled (octavo_note_list_pane_get_groups (self->list_pane), g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

/* Adds all actions of the window. */
void
octavo_window_add_actions (OctavoWindow *self)
{
  const GActionEntry choices[] = {
    { .name = "pin", .state = "false", .change_state = on_pin },
    { .name = "reading", .state = "false", .change_state = octavo_window_on_reading },
    { .name = "sidebar", .state = "true", .change_state = on_sidebar },
    { .name = "focus-mode", .state = "false", .change_state = on_focus_mode },
    { .name = "fullscreen", .state = "false", .change_state = on_fullscreen },
    { .name = "group-notes", .state = "true", .change_state = on_group_notes },
    { .name = "sort", .parameter_type = "s", .state = "'updated'", .change_state = on_sort },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const GActionEntry entry = { .name = commands[i].name, .activate = on_command };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self), choices, G_N_ELEMENTS (choices), self);
  octavo_window_add_user_actions (self);
  octavo_window_common_add_spelling (G_ACTION_MAP (self));
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened), NULL);
  follow_settings (self);
  if (octavo_settings_get () != NULL)
    {
      g_signal_connect_object (octavo_settings_get (), "changed::group-notes", G_CALLBACK (follow_settings), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (octavo_settings_get (), "changed::sort", G_CALLBACK (on_sort_chosen), self,
                               G_CONNECT_SWAPPED);
      on_sort_chosen (self);
    }
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
  gboolean several = octavo_window_has_several (self);

  octavo_window_enable_action (self, "find", has_note);
  octavo_window_enable_action (self, "replace", has_note && !trashed);
  octavo_window_enable_action (self, "find-next", has_note);
  octavo_window_enable_action (self, "find-previous", has_note);
  octavo_window_enable_action (self, "rename", has_note && !trashed && !several);
  octavo_window_enable_action (self, "linked-from", has_note);
  octavo_window_enable_action (self, "edit-tags", (has_note || several) && !trashed);
  octavo_window_enable_action (self, "merge", several && !trashed);
  octavo_window_enable_action (self, "select-all", g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0);
  octavo_window_enable_action (self, "pin", id != 0 && !trashed);
  octavo_window_enable_action (self, "trash", id != 0 && !trashed);
  octavo_window_enable_action (self, "restore", id != 0 && trashed);
  octavo_window_enable_action (self, "delete", id != 0 && trashed);
  octavo_window_enable_action (self, "previous-note", octavo_note_selection_get_neighbour (self->selection, -1) != 0);
  octavo_window_enable_action (self, "next-note", octavo_note_selection_get_neighbour (self->selection, 1) != 0);
  octavo_window_enable_action (self, "undo", octavo_window_can_undo (self));
  octavo_window_enable_action (self, "import", self->exchange == NULL);
  octavo_window_enable_action (self, "import-files", self->exchange == NULL);
  octavo_window_enable_action (self, "export", self->exchange == NULL);
  octavo_window_enable_action (self, "export-note", self->exchange == NULL && id != 0);
  octavo_window_enable_action (self, "export-place", self->exchange == NULL);
  octavo_window_enable_action (self, "open-window", id != 0);
  octavo_window_enable_action (self, "show-in-list", id != 0);
  octavo_window_enable_action (self, "copy-note", id != 0 && !several);
  octavo_window_enable_action (self, "copy-note-link", id != 0 && !several);
  octavo_window_enable_action (self, "properties", id != 0 && !several);
  octavo_window_enable_action (self, "versions", id != 0 && !several);
  octavo_window_enable_action (self, "focus-mode", has_note && !several);
  octavo_window_enable_action (self, "cancel-exchange", self->exchange != NULL);
  octavo_window_enable_action (self, "undo-backup", self->backup_undo != NULL);
  octavo_window_enable_action (self, "print", has_note || several);
  octavo_window_enable_action (self, "export-pdf", has_note || several);
  octavo_window_update_reading (self);
  octavo_window_update_user_actions (self);
  octavo_window_set_action_state (self, "pin", g_variant_new_boolean (octavo_window_is_current_pinned (self)));
}
