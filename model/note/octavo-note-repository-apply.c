/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-repository-private.h"

#include "octavo-note-actions.h"

/* What is done to many notes at once, by id. */

/**
 * octavo_note_repository_apply:
 * @self: the repository
 * @action: what to do
 * @ids: (array length=n_ids): to which notes; those that are gone are skipped
 * @n_ids: how many there are
 * @tag: (nullable): the name of the tag, for the actions on tags
 * @n_changed: (out) (optional): how many of the notes there are
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Does one thing to any number of notes, all or nothing. Sets %OCTAVO_ERROR_INVALID_TAG, or what is wrong with the
 * file. Main thread; blocks.
 *
 * Returns: whether it was done
 */
gboolean
octavo_note_repository_apply (OctavoNoteRepository *self,
                              OctavoNotesAction action,
                              const gint64 *ids,
                              gsize n_ids,
                              const char *tag,
                              gsize *n_changed,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (OctavoNoteActions) actions = NULL;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), FALSE);

  actions = octavo_note_actions_new (action, ids, n_ids, tag, error);
  if (actions == NULL)
    return FALSE;
  if (!orm_database_write (octavo_note_repository_get_database (self), octavo_note_actions_run_step, actions,
                           cancellable, error))
    {
      octavo_note_repository_explain (self, error);
      return FALSE;
    }
  octavo_note_repository_end_apply (self, actions);
  if (n_changed != NULL)
    *n_changed = (gsize) actions->n_found;
  return TRUE;
}

/* octavo_note_repository_return_found:
 * @database: that wrote
 * @result: what came of it
 * @data: (transfer full): a task of the repository
 *
 * Tells what came of what was done to notes: how many there were. */
void
octavo_note_repository_return_found (GObject *database, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OctavoNoteRepository *self = g_task_get_source_object (task);
  gpointer actions = NULL;
  GError *error = NULL;

  if (!orm_database_write_finish (ORM_DATABASE (database), result, &actions, &error))
    {
      octavo_note_repository_explain (self, &error);
      g_task_return_error (task, error);
      return;
    }
  octavo_note_repository_end_apply (self, actions);
  g_task_return_int (task, (gssize) ((OctavoNoteActions *) actions)->n_found);
}

/**
 * octavo_note_repository_apply_async:
 * @self: the repository
 * @action: what to do
 * @ids: (array length=n_ids): to which notes
 * @n_ids: how many there are
 * @tag: (nullable): the name of the tag, for the actions on tags
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Does one thing to any number of notes without blocking. Main thread.
 */
void
octavo_note_repository_apply_async (OctavoNoteRepository *self,
                                    OctavoNotesAction action,
                                    const gint64 *ids,
                                    gsize n_ids,
                                    const char *tag,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  OctavoNoteActions *actions;
  GError *error = NULL;

  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_note_repository_apply_async);
  actions = octavo_note_actions_new (action, ids, n_ids, tag, &error);
  if (actions == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  orm_database_write_async (octavo_note_repository_get_database (self), octavo_note_actions_run_step, actions,
                            (GDestroyNotify) octavo_note_actions_free, cancellable, octavo_note_repository_return_found,
                            g_object_ref (task));
}

/**
 * octavo_note_repository_apply_finish:
 * @self: the repository
 * @result: what the callback was given
 * @n_changed: (out) (optional): how many of the notes there are
 * @error: where to put an error, as of octavo_note_repository_apply()
 *
 * Returns: whether it was done
 */
gboolean
octavo_note_repository_apply_finish (OctavoNoteRepository *self, GAsyncResult *result, gsize *n_changed, GError **error)
{
  gssize n_found;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n_found = g_task_propagate_int (G_TASK (result), error);
  if (n_changed != NULL)
    *n_changed = (gsize) MAX (n_found, 0);
  return n_found >= 0;
}
