/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-repository-trash.h"

#include "octavo-note-actions.h"
#include "octavo-note-repository-private.h"

/**
 * octavo_note_repository_empty_trash_async:
 * @self: the repository
 * @age: microseconds
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Deletes for ever what was put into the trash longer ago than that, and is in it still when it is deleted: it is
 * looked for in the transaction that deletes it. Main thread; does not block.
 */
void
octavo_note_repository_empty_trash_async (OctavoNoteRepository *self,
                                          gint64 age,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  GTask *task;
  OctavoNoteActions *actions;

  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));
  g_return_if_fail (age > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_note_repository_empty_trash_async);
  actions = octavo_note_actions_new (OCTAVO_NOTES_DELETE, NULL, 0, NULL, NULL);
  actions->trash_age = age;
  orm_database_write_async (octavo_note_repository_get_database (self), octavo_note_actions_run_step, actions,
                            (GDestroyNotify) octavo_note_actions_free, cancellable, octavo_note_repository_return_found,
                            task);
}

/**
 * octavo_note_repository_empty_trash_finish:
 * @self: the repository
 * @result: what the callback was given
 * @n_deleted: (out): how many notes are gone
 * @error: where to put an error
 *
 * Returns: whether it was done
 */
gboolean
octavo_note_repository_empty_trash_finish (OctavoNoteRepository *self,
                                           GAsyncResult *result,
                                           guint *n_deleted,
                                           GError **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  *n_deleted = (guint) MAX (n, 0);
  return n >= 0;
}
