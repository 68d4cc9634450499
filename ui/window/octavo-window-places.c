/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-entry-dialog.h"
#include "octavo-note-drag.h"
#include "octavo-tag-colors.h"
#include "octavo-tag-repository.h"
#include "octavo-window-private.h"

/* What is done to the tag or the saved search that is chosen in the sidebar, and what is dropped there. */

static OctavoTagRepository *
get_tags (OctavoWindow *self)
{
  return octavo_store_get_tags (self->store);
}

/* ---- Renaming ---- */

typedef struct
{
  OctavoWindow *window;
  char *path;
  char *new_path;
  gboolean is_chosen; /* the place whose notes are shown */
} Renaming;

static void
renaming_free (Renaming *renaming)
{
  g_object_unref (renaming->window);
  g_free (renaming->path);
  g_free (renaming->new_path);
  g_free (renaming);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Renaming, renaming_free)

static void on_renamed (GObject *source, GAsyncResult *result, gpointer user_data);

/* renaming: (transfer full) */
static void
start_renaming (Renaming *renaming, gboolean may_merge)
{
  octavo_window_begin_act (renaming->window);
  octavo_tag_repository_rename_async (get_tags (renaming->window), renaming->path, renaming->new_path, may_merge, NULL,
                                      on_renamed, renaming);
}

static Renaming *
renaming_copy (const Renaming *renaming)
{
  Renaming *copy = g_memdup2 (renaming, sizeof *renaming);

  copy->window = g_object_ref (renaming->window);
  copy->path = g_strdup (renaming->path);
  copy->new_path = g_strdup (renaming->new_path);
  return copy;
}

static void
on_merge_answered (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  if (g_strcmp0 (response, "merge") == 0)
    start_renaming (renaming_copy (user_data), TRUE);
}

static void
free_closure_data (gpointer data, GClosure *closure)
{
  renaming_free (data);
}

/* Two tags become one. renaming: (transfer full) */
static void
ask_to_merge (Renaming *renaming)
{
  OctavoTag *there = octavo_tag_repository_find (get_tags (renaming->window), renaming->new_path);
  const char *name = there != NULL ? octavo_tag_get_name (there) : renaming->new_path;
  gint64 n_notes = there != NULL ? octavo_tag_get_n_notes_in_tree (there) : 0;
  g_autofree char *heading = g_strdup_printf (_ ("Merge with “%s”?"), name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (renaming->window), heading, NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      ngettext ("There is a tag “%s” already, on %'d note. “%s” becomes one with it, and with those under it.",
                "There is a tag “%s” already, on %'d notes. “%s” becomes one with it, and with those under it.",
                (gulong) n_notes),
      name, (int) n_notes, renaming->path);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "merge", _ ("_Merge"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "merge", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_merge_answered), renaming, free_closure_data, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_renamed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Renaming) renaming = user_data;
  g_autoptr (GError) error = NULL;
  OctavoWindow *self = renaming->window;
  g_autofree char *told = NULL;
  gint64 step_id;
  gboolean is_done = octavo_tag_repository_rename_finish (OCTAVO_TAG_REPOSITORY (source), result, &step_id, &error);
  const OctavoWindowReturn back = { .tag = renaming->is_chosen ? renaming->path : NULL };

  /* The window was closed meanwhile. */
  if (self->selection == NULL)
    return;

  if (is_done)
    {
      if (renaming->is_chosen)
        octavo_sidebar_choose_tag (self->sidebar, renaming->new_path);
      told = g_strdup_printf (_ ("Tag “%s” renamed"), renaming->path);
      octavo_window_end_act (self, step_id, &back, told);
    }
  else if (g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS))
    {
      octavo_window_fail_act (self, NULL, NULL);
      ask_to_merge (g_steal_pointer (&renaming));
    }
  else
    octavo_window_fail_act (self, _ ("The tag could not be renamed"), error->message);
}

/* new_path: as it was typed, and found to be a name */
static void
rename_tag (OctavoWindow *self, const char *path, const char *new_path)
{
  OctavoTag *chosen = octavo_sidebar_get_tag (self->sidebar);
  Renaming *renaming = g_new0 (Renaming, 1);

  renaming->window = g_object_ref (self);
  renaming->path = g_strdup (path);
  renaming->new_path = octavo_tag_normalize_name (new_path, NULL);
  renaming->is_chosen = chosen != NULL && g_str_equal (octavo_tag_get_name (chosen), path);
  if (renaming->new_path == NULL || g_str_equal (renaming->new_path, path))
    renaming_free (renaming);
  else
    start_renaming (renaming, FALSE);
}

static char *
check_tag_name (const char *text, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = octavo_tag_normalize_name (text, &error);

  return name == NULL ? g_strdup (error->message) : NULL;
}

static void
on_rename_accepted (OctavoWindow *self, OctavoEntryDialog *dialog)
{
  rename_tag (self, g_object_get_data (G_OBJECT (dialog), "path"), octavo_entry_dialog_get_text (dialog, 0));
}

/* Asks what the chosen tag is to be called, or what the chosen search is to be. */
void
octavo_window_rename_place (OctavoWindow *self)
{
  OctavoTag *tag = octavo_sidebar_get_tag (self->sidebar);
  OctavoSavedSearch *search = octavo_sidebar_get_search (self->sidebar);
  OctavoEntryDialog *dialog;

  if (search != NULL)
    octavo_window_edit_search (self, search);
  if (tag == NULL)
    return;

  dialog = octavo_entry_dialog_new (GTK_WINDOW (self), _ ("Rename Tag"), _ ("_Rename"));
  octavo_entry_dialog_add (dialog, _ ("Name of the tag"), octavo_tag_get_name (tag), check_tag_name, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (octavo_tag_get_name (tag)), g_free);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (on_rename_accepted), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A tag that is dropped on another goes under it. */
static void
on_tag_dropped (OctavoWindow *self, OctavoTag *moved, OctavoTag *parent)
{
  const char *name = octavo_tag_get_name (moved);
  const char *slash = strrchr (name, '/');
  g_autofree char *new_path = g_strconcat (octavo_tag_get_name (parent), "/", slash != NULL ? slash + 1 : name, NULL);
  g_autofree char *problem = check_tag_name (new_path, NULL);

  if (problem != NULL)
    octavo_window_show_error (self, _ ("The tag could not be moved"), problem);
  else
    rename_tag (self, name, new_path);
}

/* ---- Colour ---- */

static void
on_colored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!octavo_tag_repository_set_color_finish (OCTAVO_TAG_REPOSITORY (source), result, &error) &&
      self->selection != NULL)
    octavo_window_show_error (self, _ ("The tag could not be given a colour"), error->message);
}

static void
on_color (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  OctavoWindow *self = user_data;
  OctavoTag *tag = octavo_sidebar_get_tag (self->sidebar);
  const char *color = g_variant_get_string (state, NULL);

  if (tag != NULL && (*color == '\0' || octavo_tag_color_get_title (color) != NULL))
    octavo_tag_repository_set_color_async (get_tags (self), octavo_tag_get_name (tag), color, NULL, on_colored,
                                           g_object_ref (self));
}

/* ---- Deleting ---- */

/* What a tag was called that is being deleted. */
typedef struct
{
  OctavoWindow *window;
  char *path;
} Deletion;

static void
deletion_free (Deletion *self)
{
  g_object_unref (self->window);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (_ ("Tag “%s” deleted"), deletion->path);
  const OctavoWindowReturn back = { .tag = deletion->path };
  OctavoWindow *self = deletion->window;
  gint64 step_id;
  gboolean is_deleted = octavo_tag_repository_delete_finish (OCTAVO_TAG_REPOSITORY (source), result, &step_id, &error);

  if (self->selection == NULL)
    return;

  if (is_deleted)
    octavo_window_end_act (self, step_id, &back, text);
  else
    octavo_window_fail_act (self, _ ("The tag could not be deleted"), error->message);
}

static void
delete_tag (OctavoWindow *self, const char *path)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->window = g_object_ref (self);
  deletion->path = g_strdup (path);
  octavo_window_begin_act (self);
  octavo_tag_repository_delete_async (get_tags (self), path, NULL, on_deleted, deletion);
}

static void
on_delete_answered (OctavoWindow *self, const char *response, AdwMessageDialog *dialog)
{
  if (g_strcmp0 (response, "delete") == 0)
    delete_tag (self, g_object_get_data (G_OBJECT (dialog), "path"));
}

static void
ask_to_delete (OctavoWindow *self, const char *path, guint n_under)
{
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s” and What Is under It?"), path);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("With it %'u tag under it is taken off its notes. The notes stay.",
                                            "With it %'u tags under it are taken off their notes. The notes stay.",
                                            n_under),
                                  n_under);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete", _ ("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Takes the chosen tag off its notes; asks where there are tags under it. Or deletes the chosen search. */
void
octavo_window_delete_place (OctavoWindow *self)
{
  OctavoTag *tag = octavo_sidebar_get_tag (self->sidebar);
  OctavoSavedSearch *search = octavo_sidebar_get_search (self->sidebar);
  guint n_under;

  if (search != NULL)
    octavo_window_delete_search (self, search);
  if (tag == NULL)
    return;

  n_under = octavo_tag_repository_count_under (get_tags (self), tag);
  if (n_under > 0)
    ask_to_delete (self, octavo_tag_get_name (tag), n_under);
  else
    delete_tag (self, octavo_tag_get_name (tag));
}

/* ---- What is dropped ---- */

/* tag: (nullable): notes that are dropped on what is no tag go to the trash */
static void
on_notes_dropped (OctavoWindow *self, OctavoNoteDrag *notes, OctavoTag *tag)
{
  gsize n_ids;
  const gint64 *ids = octavo_note_drag_get_ids (notes, &n_ids);
  g_autoptr (GArray) dropped = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *told = NULL;

  if (n_ids > 0)
    g_array_append_vals (dropped, ids, (guint) n_ids);
  if (tag == NULL)
    {
      octavo_window_trash_notes (self, dropped);
      return;
    }
  /* Translators: the first is how many notes, the second the name of a tag. */
  told = g_strdup_printf (ngettext ("%'u note is tagged “%s” now", "%'u notes are tagged “%s” now", dropped->len),
                          dropped->len, octavo_tag_get_name (tag));
  octavo_window_tag_notes (self, dropped, octavo_tag_get_name (tag), told);
}

/* ---- Actions ---- */

/* Enables what can be done with the place that is chosen. */
void
octavo_window_update_places (OctavoWindow *self)
{
  OctavoTag *tag = octavo_sidebar_get_tag (self->sidebar);

  gboolean can_change = tag != NULL || octavo_sidebar_get_search (self->sidebar) != NULL;

  octavo_window_enable_action (self, "rename-place", can_change);
  octavo_window_enable_action (self, "delete-place", can_change);
  octavo_window_enable_action (self, "tag-color", tag != NULL);
  octavo_window_set_action_state (self, "tag-color",
                                  g_variant_new_string (tag != NULL ? octavo_tag_get_color (tag) : ""));
}

/* Adds the actions, and hears what is dropped on the sidebar. */
void
octavo_window_add_places (OctavoWindow *self)
{
  const GActionEntry color = { .name = "tag-color", .parameter_type = "s", .state = "''", .change_state = on_color };

  g_action_map_add_action_entries (G_ACTION_MAP (self), &color, 1, self);
  g_signal_connect_object (self->sidebar, "notes-dropped", G_CALLBACK (on_notes_dropped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "tag-dropped", G_CALLBACK (on_tag_dropped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "notify::place-name", G_CALLBACK (octavo_window_update_places), self,
                           G_CONNECT_SWAPPED);
  octavo_window_update_places (self);
}
