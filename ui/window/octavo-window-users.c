/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-repository.h"
#include "octavo-transient.h"
#include "octavo-user-drop-down.h"
#include "octavo-user-farewell.h"
#include "octavo-user-form.h"
#include "octavo-user-memory.h"
#include "octavo-window-private.h"

/* Whose notes the window shows and makes. A file with one user has no more to it than a button. */

static OctavoUserRepository *
get_users (OctavoWindow *self)
{
  return octavo_store_get_users (self->store);
}

static guint
get_n_users (OctavoWindow *self)
{
  return g_list_model_get_n_items (octavo_user_repository_get_list (get_users (self)));
}

static void
update (OctavoWindow *self)
{
  gboolean several = get_n_users (self) > 1;
  gboolean everyone = self->shows_everyone && several;

  octavo_sidebar_set_user (self->sidebar, everyone || !several ? 0 : self->user_id);
  octavo_user_button_show (self->user_button, self->user_id, everyone);
}

/* Users come and go in other windows and programs as well. */
static void
on_users_changed (OctavoWindow *self)
{
  if (octavo_user_repository_get (get_users (self), self->user_id) == NULL)
    self->user_id = octavo_user_repository_get_default_id (get_users (self));
  update (self);
  octavo_window_update_actions (self);
}

/* Makes the button that says whose notes these are, and goes on with the last user of the file. */
void
octavo_window_make_user_button (OctavoWindow *self)
{
  self->user_button = OCTAVO_USER_BUTTON (octavo_user_button_new (get_users (self)));
  octavo_sidebar_set_title_widget (self->sidebar, GTK_WIDGET (self->user_button));
  if (!octavo_user_memory_recall (octavo_store_get_path (self->store), &self->user_id, &self->shows_everyone) ||
      octavo_user_repository_get (get_users (self), self->user_id) == NULL)
    self->user_id = octavo_user_repository_get_default_id (get_users (self));
  update (self);
  g_signal_connect_object (get_users (self), "changed", G_CALLBACK (on_users_changed), self, G_CONNECT_SWAPPED);
}

/* The open note is somebody else's, most likely: the first one of the new list takes its place. */
static void
leave_note (OctavoWindow *self)
{
  if (self->creating)
    octavo_window_end_creating (self);
  octavo_editor_save (self->editor);
  octavo_note_selection_select_id (self->selection, 0);
  octavo_editor_open (self->editor, 0);
  self->settled = FALSE;
  octavo_window_show_list (self);
}

static void
switch_to (OctavoWindow *self, gint64 user_id, gboolean everyone)
{
  gboolean is_other = everyone != self->shows_everyone || (!everyone && user_id != self->user_id);

  octavo_user_memory_keep (octavo_store_get_path (self->store), user_id, everyone);
  if (is_other && !everyone && get_n_users (self) > 1)
    leave_note (self);
  self->user_id = user_id;
  self->shows_everyone = everyone;
  update (self);
  octavo_window_update_actions (self);
}

/**
 * octavo_window_set_user:
 * @user_id: a user; 0: the first one
 *
 * Shows the notes of a user, whose are from now on those that are made.
 */
void
octavo_window_set_user (OctavoWindow *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  switch_to (self, user_id != 0 ? user_id : octavo_user_repository_get_default_id (get_users (self)), FALSE);
}

/* By number, the first user is 1; 0 is everyone. */
static void
on_switch_user (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;
  int number = g_variant_get_int32 (parameter);
  g_autoptr (GPtrArray) users = octavo_user_repository_list_by_age (get_users (self));

  octavo_user_button_popdown (self->user_button);
  if (number == 0)
    switch_to (self, self->user_id, TRUE);
  else if (number > 0 && (guint) number <= users->len)
    switch_to (self, octavo_user_get_id (users->pdata[number - 1]), FALSE);
}

/* ---- Adding and changing ---- */

static void
on_added (OctavoWindow *self, gint64 id)
{
  octavo_window_set_user (self, id);
}

static void
present_over (OctavoWindow *self, GtkWidget *dialog)
{
  octavo_transient_set_over (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_user (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;
  GtkWidget *form = octavo_user_form_new (get_users (self), NULL);

  g_signal_connect_object (form, "saved", G_CALLBACK (on_added), self, G_CONNECT_SWAPPED);
  present_over (self, form);
}

static void
edit_user (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;

  present_over (self,
                octavo_user_form_new (get_users (self), octavo_user_repository_get (get_users (self), self->user_id)));
}

/* ---- Deleting ---- */

/* Who goes: counted, asked about, deleted. */
typedef struct
{
  OctavoWindow *window;
  gint64 user_id;
  gint64 heir_id;
  gint64 n_notes; /* that are not in the trash */
  char *name;
} Farewell;

static void
farewell_free (Farewell *self)
{
  g_object_unref (self->window);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Farewell, farewell_free)

static Farewell *
farewell_copy (const Farewell *self)
{
  Farewell *copy = g_memdup2 (self, sizeof *self);

  g_object_ref (copy->window);
  copy->name = g_strdup (self->name);
  return copy;
}

static void
farewell_free_with_closure (gpointer data, GClosure *closure)
{
  farewell_free (data);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Farewell) farewell = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *told = g_strdup_printf (_ ("User “%s” deleted"), farewell->name);
  const OctavoWindowReturn nowhere = { 0 };
  OctavoWindow *self = farewell->window;
  gint64 step_id;
  gboolean done = octavo_user_repository_delete_finish (OCTAVO_USER_REPOSITORY (source), result, &step_id, &error);

  /* The window was closed meanwhile. */
  if (self->selection == NULL)
    return;
  if (!done)
    {
      octavo_window_fail_act (self, _ ("The user could not be deleted"), error->message);
      return;
    }
  if (!self->shows_everyone)
    octavo_window_set_user (self, farewell->heir_id);
  octavo_window_end_act (self, step_id, &nowhere, told);
}

/* What is typed in any window goes first: a note of the user that is not in the file yet would be nobody's. */
static void
on_decided (GtkWidget *dialog, gint64 heir_id, gboolean to_trash, Farewell *farewell)
{
  OctavoWindow *self = farewell->window;
  g_autoptr (GError) error = NULL;

  if (!octavo_note_buffers_flush (self->buffers, &error))
    {
      octavo_window_show_error (self, _ ("The user could not be deleted"), error->message);
      return;
    }
  farewell->heir_id = heir_id;
  octavo_window_begin_act (self);
  octavo_user_repository_delete_async (get_users (self), farewell->user_id, heir_id, to_trash, NULL, on_deleted,
                                       farewell_copy (farewell));
}

static void
on_trash_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Farewell) farewell = user_data;
  OctavoWindow *self = farewell->window;
  g_autoptr (GError) error = NULL;
  gint64 n_trashed = octavo_note_repository_count_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);
  OctavoUser *user = octavo_user_repository_get (get_users (self), farewell->user_id);
  GtkWidget *dialog;

  /* The window was closed, or the user is gone. */
  if (self->selection == NULL || user == NULL)
    return;
  if (error != NULL || farewell->n_notes < 0)
    {
      octavo_window_show_error (self, _ ("The user could not be deleted"),
                                error != NULL ? error->message : _ ("The notes could not be counted. Try again."));
      return;
    }

  g_free (farewell->name);
  farewell->name = g_strdup (octavo_user_get_name (user));
  dialog = octavo_user_farewell_new (get_users (self), user, farewell->n_notes + n_trashed, n_trashed);
  g_signal_connect_data (dialog, "decided", G_CALLBACK (on_decided), g_steal_pointer (&farewell),
                         farewell_free_with_closure, 0);
  present_over (self, dialog);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Farewell *farewell = user_data;
  const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH, .user_id = farewell->user_id };

  farewell->n_notes = octavo_note_repository_count_finish (OCTAVO_NOTE_REPOSITORY (source), result, NULL);
  octavo_note_repository_count_async (OCTAVO_NOTE_REPOSITORY (source), &trash, NULL, on_trash_counted, farewell);
}

static void
delete_user (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL, .user_id = self->user_id };
  Farewell *farewell;

  if (get_n_users (self) == 1)
    {
      octavo_window_show_error (self, _ ("The Only User Cannot Be Deleted"),
                                _ ("Notes always belong to somebody. Add another user first."));
      return;
    }

  octavo_editor_save (self->editor);
  farewell = g_new0 (Farewell, 1);
  farewell->window = g_object_ref (self);
  farewell->user_id = self->user_id;
  octavo_note_repository_count_async (octavo_store_get_notes (self->store), &all, NULL, on_counted, farewell);
}

/* ---- Giving notes ---- */

static void
on_given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const OctavoWindowReturn nowhere = { 0 };
  gint64 step_id;
  gint64 n_notes = octavo_user_repository_give_finish (OCTAVO_USER_REPOSITORY (source), result, &step_id, &error);

  if (self->selection == NULL)
    return;
  if (n_notes < 0)
    {
      octavo_window_fail_act (self, _ ("The notes could not be given away"), error->message);
      return;
    }
  text =
      g_strdup_printf (ngettext ("%'u note given to another user", "%'u notes given to another user", (gulong) n_notes),
                       (guint) n_notes);
  octavo_window_end_act (self, step_id, &nowhere, text);
}

typedef struct
{
  OctavoWindow *window;
  GtkWidget *heir;
  GArray *ids;
} Gift;

static void
gift_free (gpointer data, GClosure *closure)
{
  Gift *gift = data;

  g_object_unref (gift->window);
  g_array_unref (gift->ids);
  g_free (gift);
}

static void
on_give_answered (AdwMessageDialog *dialog, const char *response, Gift *gift)
{
  OctavoWindow *self = gift->window;

  if (g_strcmp0 (response, "give") != 0)
    return;
  octavo_window_begin_act (self);
  octavo_editor_save (self->editor);
  octavo_user_repository_give_async (get_users (self), octavo_user_drop_down_get_id (gift->heir),
                                     (const gint64 *) (gpointer) gift->ids->data, gift->ids->len, NULL, on_given,
                                     g_object_ref (self));
}

static void
give_notes (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  OctavoWindow *self = window;
  Gift *gift = g_new0 (Gift, 1);
  AdwMessageDialog *dialog;
  g_autofree char *heading = NULL;

  gift->window = g_object_ref (self);
  gift->ids = octavo_window_dup_chosen (self);
  heading =
      g_strdup_printf (ngettext ("Give %'u Note to Another User?", "Give %'u Notes to Another User?", gift->ids->len),
                       gift->ids->len);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), heading, NULL));
  gift->heir =
      octavo_user_drop_down_new (get_users (self), self->shows_everyone ? 0 : self->user_id, _ ("Give the notes to"));
  adw_message_dialog_set_extra_child (dialog, gift->heir);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "give", _ ("_Give"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "give", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "give");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_give_answered), gift, gift_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- Actions ---- */

/* Adds the actions on users. */
void
octavo_window_add_user_actions (OctavoWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "switch-user", .parameter_type = "i", .activate = on_switch_user },
    { .name = "add-user", .activate = add_user },
    { .name = "edit-user", .activate = edit_user },
    { .name = "delete-user", .activate = delete_user },
    { .name = "give-notes", .activate = give_notes },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/* Enables what there is somebody for. */
void
octavo_window_update_user_actions (OctavoWindow *self)
{
  octavo_window_enable_action (self, "give-notes", get_n_users (self) > 1 && octavo_window_get_current_id (self) != 0);
}

/* Offers the users by name among the commands. */
void
octavo_window_offer_users (OctavoWindow *self, OctavoCommandPalette *palette)
{
  g_autoptr (GPtrArray) users = octavo_user_repository_list_by_age (get_users (self));

  for (guint i = 0; users->len > 1 && i < users->len; i++)
    {
      g_autofree char *title = g_strdup_printf (_ ("Notes of %s"), octavo_user_get_name (users->pdata[i]));
      g_autofree char *action = g_strdup_printf ("win.switch-user(%u)", i + 1);
      g_autofree char *key = i < 9 ? g_strdup_printf ("<Control><Alt>%u", i + 1) : g_strdup ("");

      octavo_command_palette_add (palette, N_ ("Users"), title, action, key);
    }
  if (users->len > 1)
    octavo_command_palette_add (palette, N_ ("Users"), _ ("Notes of everyone"), "win.switch-user(0)", "");
}
