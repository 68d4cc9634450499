/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-command-palette.h"
#include "octavo-help-window.h"
#include "octavo-note-export.h"
#include "octavo-note-print.h"
#include "octavo-note-properties.h"
#include "octavo-note-repository.h"
#include "octavo-note-window-private.h"
#include "octavo-text-style.h"
#include "octavo-versions-window.h"
#include "octavo-window-common.h"

/* What can be done in the window of one note has the names that it has in a window of all notes, so keys and commands
 * are the same. What is about more than the note is done in a window of all notes, which comes up for it. */

/* ---- About the note ---- */

typedef struct
{
  OctavoNoteWindow *window;
  const char *told; /* (nullable); both are translated */
  const char *failure;
} Task;

static void
show_toast (OctavoNoteWindow *self, const char *text, gboolean with_undo)
{
  const OctavoToast toast = { .text = text,
                              .button = with_undo ? _ ("Undo") : NULL,
                              .action = with_undo ? "win.restore" : NULL };

  octavo_toast_overlay_add (self->toasts, &toast);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Task *task = user_data;
  g_autoptr (OctavoNoteWindow) self = task->window;
  g_autoptr (GError) error = NULL;
  gboolean done = octavo_note_repository_apply_finish (OCTAVO_NOTE_REPOSITORY (source), result, NULL, &error);

  /* The window was closed meanwhile, perhaps as its note was deleted. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (!done)
    octavo_window_common_show_error (GTK_WINDOW (self), task->failure, error->message);
  else if (task->told != NULL)
    show_toast (self, task->told, TRUE);
}

/* What was typed goes first. */
static void
apply (OctavoNoteWindow *self, OctavoNotesAction action, const char *told, const char *failure)
{
  OctavoStore *store = octavo_note_buffers_get_store (self->buffers);
  Task *task = g_new0 (Task, 1);

  task->window = g_object_ref (self);
  task->told = told;
  task->failure = failure;
  octavo_editor_save (self->editor);
  octavo_note_repository_apply_async (octavo_store_get_notes (store), action, &self->note_id, 1, NULL, NULL, on_applied,
                                      task);
}

static void
trash (OctavoNoteWindow *self)
{
  apply (self, OCTAVO_NOTES_TRASH, _ ("Note moved to the trash"), _ ("The note could not be moved to the trash"));
}

static void
restore (OctavoNoteWindow *self)
{
  apply (self, OCTAVO_NOTES_RESTORE, NULL, _ ("The note could not be taken out of the trash"));
}

static void
on_delete_answered (AdwMessageDialog *dialog, const char *response, OctavoNoteWindow *self)
{
  if (g_strcmp0 (response, "delete") == 0)
    apply (self, OCTAVO_NOTES_DELETE, NULL, _ ("The note could not be deleted"));
}

static void
ask_to_delete (OctavoNoteWindow *self)
{
  GtkWidget *dialog =
      octavo_window_common_make_delete_dialog (GTK_WINDOW (self), octavo_editor_get_note_title (self->editor), 1);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rename_note (OctavoNoteWindow *self)
{
  octavo_editor_grab_title (self->editor);
}

static void
edit_tags (OctavoNoteWindow *self)
{
  octavo_editor_edit_tags (self->editor);
}

static void
copy (OctavoNoteWindow *self)
{
  OctavoNoteBuffer *buffer = octavo_note_buffers_find (self->buffers, self->note_id);
  g_autofree char *body = buffer != NULL ? octavo_note_buffer_dup_body (buffer) : NULL;

  if (body == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), body);
  show_toast (self, _ ("Text copied"), FALSE);
}

static void
copy_link (OctavoNoteWindow *self)
{
  octavo_window_common_copy_link (GTK_WINDOW (self), self->note_id);
}

static void
show_properties (OctavoNoteWindow *self)
{
  octavo_editor_save (self->editor);
  octavo_note_properties_present (GTK_WINDOW (self), octavo_note_buffers_get_store (self->buffers), self->note_id);
}

static void
show_versions (OctavoNoteWindow *self)
{
  octavo_editor_save (self->editor);
  octavo_versions_window_present (GTK_WINDOW (self), self->buffers, self->note_id);
}

static void
export_note (OctavoNoteWindow *self)
{
  octavo_editor_save (self->editor);
  octavo_note_export_run (GTK_WINDOW (self), octavo_note_buffers_get_store (self->buffers), self->note_id);
}

static OctavoPrintNotes *
collect_note (OctavoNoteWindow *self)
{
  OctavoNoteBuffer *buffer = octavo_note_buffers_find (self->buffers, self->note_id);
  OctavoPrintNotes *notes = octavo_print_notes_new ();

  if (buffer != NULL)
    octavo_print_notes_add_buffer (notes, buffer);
  return notes;
}

static void
export_pdf (OctavoNoteWindow *self)
{
  octavo_note_print_export (GTK_WINDOW (self), octavo_note_buffers_get_store (self->buffers), collect_note (self),
                            octavo_editor_get_note_title (self->editor));
}

static void
print (OctavoNoteWindow *self)
{
  octavo_note_print_run (GTK_WINDOW (self), octavo_note_buffers_get_store (self->buffers), collect_note (self));
}

/* ---- In its text ---- */

static OctavoNoteFind *
get_find (OctavoNoteWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  return page != NULL ? octavo_note_page_get_find (page) : NULL;
}

static void
find (OctavoNoteWindow *self)
{
  if (get_find (self) != NULL)
    octavo_note_find_open (get_find (self), FALSE);
}

static void
replace (OctavoNoteWindow *self)
{
  if (get_find (self) != NULL)
    octavo_note_find_open (get_find (self), TRUE);
}

static void
find_next (OctavoNoteWindow *self)
{
  if (get_find (self) != NULL)
    octavo_note_find_step (get_find (self), 1);
}

static void
find_previous (OctavoNoteWindow *self)
{
  if (get_find (self) != NULL)
    octavo_note_find_step (get_find (self), -1);
}

static void
zoom_in (OctavoNoteWindow *self)
{
  octavo_text_style_zoom (octavo_text_style_get (), 1);
}

static void
zoom_out (OctavoNoteWindow *self)
{
  octavo_text_style_zoom (octavo_text_style_get (), -1);
}

static void
zoom_normal (OctavoNoteWindow *self)
{
  octavo_text_style_reset_zoom (octavo_text_style_get ());
}

/* ---- About the window ---- */

static void
show_preferences (OctavoNoteWindow *self)
{
  octavo_window_common_show_preferences (GTK_WINDOW (self),
                                         octavo_store_get_path (octavo_note_buffers_get_store (self->buffers)));
}

static void
open_menu (OctavoNoteWindow *self)
{
  octavo_focus_mode_set_active (self->focus_mode, FALSE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->note_menu_button));
}

static void
show_commands (OctavoNoteWindow *self)
{
  octavo_command_palette_present (octavo_command_palette_new (), GTK_APPLICATION_WINDOW (self));
}

static void
show_shortcuts (OctavoNoteWindow *self)
{
  octavo_window_common_show_shortcuts (GTK_WINDOW (self));
}

static void
show_help (OctavoNoteWindow *self)
{
  octavo_help_window_present (GTK_WINDOW (self), "writing");
}

static void
show_about (OctavoNoteWindow *self)
{
  octavo_window_common_show_about (GTK_WINDOW (self));
}

/* ---- About all notes ---- */

/* The window of all notes, which comes up, or is made. */
OctavoWindow *
octavo_note_window_present_notes (OctavoNoteWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  OctavoWindow *window = octavo_window_find_last (application);

  if (window == NULL)
    window = OCTAVO_WINDOW (octavo_window_new (application, self->buffers));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
show_in_list (OctavoNoteWindow *self)
{
  OctavoWindow *window = octavo_note_window_present_notes (self);

  octavo_window_open_note (window, self->note_id);
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-in-list", NULL);
}

static void
on_other (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_action_group_activate_action (G_ACTION_GROUP (octavo_note_window_present_notes (window)),
                                  g_action_get_name (G_ACTION (action)), NULL);
}

static const char *const others[] = { "new-note",       "new-window", "jump",         "search",
                                      "recent-changes", "import",     "import-files", "export" };

/* ---- The actions ---- */

static const struct
{
  const char *name;
  void (*run) (OctavoNoteWindow *self);
} commands[] = {
  { "trash", trash },
  { "restore", restore },
  { "delete", ask_to_delete },
  { "rename", rename_note },
  { "edit-tags", edit_tags },
  { "copy-note", copy },
  { "copy-note-link", copy_link },
  { "properties", show_properties },
  { "versions", show_versions },
  { "export-note", export_note },
  { "export-pdf", export_pdf },
  { "print", print },
  { "find", find },
  { "replace", replace },
  { "find-next", find_next },
  { "find-previous", find_previous },
  { "zoom-in", zoom_in },
  { "zoom-out", zoom_out },
  { "zoom-normal", zoom_normal },
  { "commands", show_commands },
  { "main-menu", open_menu },
  { "preferences", show_preferences },
  { "shortcuts", show_shortcuts },
  { "help", show_help },
  { "about", show_about },
  { "show-in-list", show_in_list },
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
  apply (window, g_variant_get_boolean (state) ? OCTAVO_NOTES_PIN : OCTAVO_NOTES_UNPIN, NULL,
         _ ("The note could not be pinned"));
}

static OctavoNoteReading *
get_reading (OctavoNoteWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  return page != NULL ? octavo_note_page_get_reading (page) : NULL;
}

static void
on_reading (GSimpleAction *action, GVariant *state, gpointer window)
{
  OctavoNoteWindow *self = window;

  if (get_reading (self) == NULL)
    return;
  octavo_note_reading_set_active (get_reading (self), g_variant_get_boolean (state));
  octavo_editor_grab_text (self->editor);
}

static void
on_fullscreen (GSimpleAction *action, GVariant *state, gpointer window)
{
  g_object_set (window, "fullscreened", g_variant_get_boolean (state), NULL);
}

static void
on_focus_mode (GSimpleAction *action, GVariant *state, gpointer window)
{
  octavo_focus_mode_set_active (OCTAVO_NOTE_WINDOW (window)->focus_mode, g_variant_get_boolean (state));
}

static GSimpleAction *
get_action (OctavoNoteWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

static void
on_fullscreened (OctavoNoteWindow *self)
{
  g_simple_action_set_state (get_action (self, "fullscreen"),
                             g_variant_new_boolean (gtk_window_is_fullscreen (GTK_WINDOW (self))));
}

static void
on_focus_mode_active (OctavoNoteWindow *self)
{
  gboolean is_active = octavo_focus_mode_get_active (self->focus_mode);

  g_simple_action_set_state (get_action (self, "focus-mode"), g_variant_new_boolean (is_active));
  if (is_active)
    octavo_editor_grab_text (self->editor);
}

/* Gives the class of the window what widgets in it ask for. */
void
octavo_note_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.find", NULL);
}

/* Adds all actions of the window. */
void
octavo_note_window_add_actions (OctavoNoteWindow *self)
{
  const GActionEntry choices[] = {
    { .name = "pin", .state = "false", .change_state = on_pin },
    { .name = "reading", .state = "false", .change_state = on_reading },
    { .name = "focus-mode", .state = "false", .change_state = on_focus_mode },
    { .name = "fullscreen", .state = "false", .change_state = on_fullscreen },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const GActionEntry entry = { .name = commands[i].name, .activate = on_command };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const GActionEntry entry = { .name = others[i], .activate = on_other };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self), choices, G_N_ELEMENTS (choices), self);
  octavo_window_common_add_spelling (G_ACTION_MAP (self));
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened), NULL);
  self->focus_mode = octavo_focus_mode_new (GTK_WIDGET (self), self->header);
  g_signal_connect_object (self->focus_mode, "notify::active", G_CALLBACK (on_focus_mode_active), self,
                           G_CONNECT_SWAPPED);
}

static void
update_reading (OctavoNoteWindow *self)
{
  g_simple_action_set_state (get_action (self, "reading"),
                             g_variant_new_boolean (octavo_note_reading_get_active (get_reading (self))));
}

/* The page is made with the first note. */
static void
follow_reading (OctavoNoteWindow *self)
{
  OctavoNoteReading *reading = get_reading (self);

  if (reading == NULL)
    return;
  g_signal_handlers_disconnect_by_func (reading, update_reading, self);
  g_signal_connect_object (reading, "notify::active", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  update_reading (self);
}

/* Enables what can be done with the note. */
void
octavo_note_window_update_actions (OctavoNoteWindow *self)
{
  static const char *const untrashed[] = { "rename", "edit-tags", "pin", "trash" };
  gboolean trashed = octavo_editor_get_trashed (self->editor);

  for (gsize i = 0; i < G_N_ELEMENTS (untrashed); i++)
    g_simple_action_set_enabled (get_action (self, untrashed[i]), !trashed);
  g_simple_action_set_enabled (get_action (self, "restore"), trashed);
  g_simple_action_set_enabled (get_action (self, "delete"), trashed);
  g_simple_action_set_state (get_action (self, "pin"), g_variant_new_boolean (octavo_editor_get_pinned (self->editor)));
  follow_reading (self);
}
