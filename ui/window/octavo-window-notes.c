/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-repository.h"
#include "octavo-window-private.h"

/* What is done to the current note by its id. The window comes back to it when the file says that it is done. */
typedef struct
{
  OctavoWindow *window;
  OctavoNotesAction action;
  GArray *ids;
  gint64 next; /* to be selected where the note leaves the list */
  char *failure;
} Task;

static void
task_free (Task *task)
{
  g_object_unref (task->window);
  g_array_unref (task->ids);
  g_free (task->failure);
  g_free (task);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Task, task_free)

static void
dismiss_undo_toast (OctavoWindow *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_object (&self->undo_toast);
}

static void
show_undo_toast (OctavoWindow *self)
{
  AdwToast *toast = adw_toast_new (_ ("Note moved to the trash"));

  dismiss_undo_toast (self);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo-trash");
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  self->undo_toast = g_object_ref (toast);
  octavo_window_add_toast (self, toast);
}

static void
select_after (OctavoWindow *self, const Task *task)
{
  gint64 id = g_array_index (task->ids, gint64, 0);

  if (octavo_note_selection_get_selected_id (self->selection) == id)
    octavo_note_selection_select_id (self->selection, task->next);
  else if (octavo_editor_get_note_id (self->editor) == id)
    octavo_editor_open (self->editor, task->next);
}

static void
finish (OctavoWindow *self, const Task *task)
{
  switch (task->action)
    {
    case OCTAVO_NOTES_TRASH:
      g_ptr_array_add (self->trashed, g_array_ref (task->ids));
      select_after (self, task);
      show_undo_toast (self);
      break;
    case OCTAVO_NOTES_DELETE:
      select_after (self, task);
      octavo_window_toast (self, _ ("Note deleted"));
      break;
    case OCTAVO_NOTES_RESTORE:
      if (task->next != 0)
        select_after (self, task);
      break;
    case OCTAVO_NOTES_PIN:
    case OCTAVO_NOTES_UNPIN:
    case OCTAVO_NOTES_ADD_TAG:
    case OCTAVO_NOTES_REMOVE_TAG:
    default:
      break;
    }
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Task) task = user_data;
  g_autoptr (GError) error = NULL;
  OctavoWindow *self = task->window;

  /* The window was closed meanwhile. */
  if (!octavo_note_repository_apply_finish (OCTAVO_NOTE_REPOSITORY (source), result, NULL, &error))
    {
      if (self->selection != NULL)
        octavo_window_show_error (self, task->failure, error->message);
      return;
    }

  if (self->selection == NULL)
    return;

  finish (self, task);
  octavo_window_update_actions (self);
}

static Task *
task_new (OctavoWindow *self, OctavoNotesAction action, GArray *ids, const char *failure)
{
  Task *task = g_new0 (Task, 1);

  task->window = g_object_ref (self);
  task->action = action;
  task->ids = g_array_ref (ids);
  task->failure = g_strdup (failure);

  return task;
}

static void
apply (Task *task, const char *tag)
{
  octavo_note_repository_apply_async (octavo_store_get_notes (task->window->store), task->action,
                                      (const gint64 *) (gpointer) task->ids->data, task->ids->len, tag, NULL,
                                      on_applied, task);
}

/* Applies an action to a note; what was typed into it goes first. */
static void
apply_to (OctavoWindow *self,
          OctavoNotesAction action,
          gint64 id,
          gboolean leaves,
          const char *tag,
          const char *failure)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Task *task;

  g_array_append_val (ids, id);
  task = task_new (self, action, ids, failure);
  if (leaves)
    {
      task->next = octavo_note_selection_get_neighbour (self->selection, 1);
      if (task->next == 0 || task->next == id)
        task->next = octavo_note_selection_get_neighbour (self->selection, -1);
      if (task->next == id)
        task->next = 0;
    }
  octavo_editor_save (self->editor);
  apply (task, tag);
}

/* Moves the current note to the trash, and tells how to take it back. */
void
octavo_window_trash_current (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);

  if (id != 0)
    apply_to (self, OCTAVO_NOTES_TRASH, id, TRUE, NULL, _ ("The note could not be moved to the trash"));
}

/* Takes what was last moved to the trash back, and selects it. */
void
octavo_window_undo_trash (OctavoWindow *self)
{
  g_autoptr (GArray) ids = NULL;

  if (self->trashed->len == 0)
    return;

  ids = g_ptr_array_steal_index (self->trashed, self->trashed->len - 1);
  dismiss_undo_toast (self);
  apply (task_new (self, OCTAVO_NOTES_RESTORE, ids, _ ("The note could not be taken out of the trash")), NULL);
  octavo_note_selection_select_id (self->selection, g_array_index (ids, gint64, 0));
  octavo_window_update_actions (self);
}

/* Takes the current note out of the trash. */
void
octavo_window_restore_current (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);
  gboolean leaves = octavo_sidebar_get_scope (self->sidebar)->place == OCTAVO_PLACE_TRASH;

  if (id != 0)
    apply_to (self, OCTAVO_NOTES_RESTORE, id, leaves, NULL, _ ("The note could not be taken out of the trash"));
}

typedef struct
{
  OctavoWindow *window;
  gint64 id;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->window);
  g_free (question);
}

static void
on_delete_answered (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_strcmp0 (response, "delete") == 0)
    apply_to (question->window, OCTAVO_NOTES_DELETE, question->id, TRUE, NULL, _ ("The note could not be deleted"));
}

/* The title as the list has it: the editor may still show the note before this one. */
static char *
dup_current_title (OctavoWindow *self)
{
  g_autoptr (OctavoNoteRow) row = NULL;
  const char *title;
  guint position;

  if (octavo_note_selection_get_position (self->selection, &position))
    row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  title = row != NULL ? octavo_note_row_get_title (row) : octavo_editor_get_note_title (self->editor);
  return g_strdup (title != NULL && title[0] != '\0' ? title : _ ("Untitled"));
}

/* Deletes the current note for ever, if the person says so. */
void
octavo_window_ask_to_delete_current (OctavoWindow *self)
{
  Question *question;
  GtkWidget *dialog;
  g_autofree char *title = NULL;

  if (octavo_window_get_current_id (self) == 0)
    return;

  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->id = octavo_window_get_current_id (self);
  title = dup_current_title (self);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Delete This Note for Ever?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _ ("“%s” will be gone, and cannot be brought back."),
                                  title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete for Ever"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_delete_answered), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Pins the current note, or takes the pin away. */
void
octavo_window_pin_current (OctavoWindow *self, gboolean pin)
{
  gint64 id = octavo_window_get_current_id (self);

  if (id != 0)
    apply_to (self, pin ? OCTAVO_NOTES_PIN : OCTAVO_NOTES_UNPIN, id, FALSE, NULL, _ ("The note could not be pinned"));
}

/* Gives a note a tag. */
void
octavo_window_add_tag (OctavoWindow *self, gint64 id, const char *tag)
{
  apply_to (self, OCTAVO_NOTES_ADD_TAG, id, FALSE, tag, _ ("The note could not be given the tag of this list"));
}

static void
on_note_to_copy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);

  if (self->selection == NULL)
    return;

  if (note == NULL)
    {
      octavo_window_show_error (self, _ ("The note could not be copied"), error->message);
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), octavo_note_get_body (note));
  octavo_window_toast (self, _ ("Text copied"));
}

/* Copies the text of the current note, as it is typed. */
void
octavo_window_copy_current (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);

  octavo_editor_save (self->editor);
  if (id != 0)
    octavo_note_repository_get_async (octavo_store_get_notes (self->store), id, NULL, on_note_to_copy,
                                      g_object_ref (self));
}
