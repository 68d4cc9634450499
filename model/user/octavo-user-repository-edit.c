/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-error.h"
#include "octavo-user-edit-private.h"
#include "octavo-user-repository-private.h"

/* Changes to users, on the database thread: a user may have a hundred thousand notes. */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoUserRepository *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      octavo_error_for_person (&error, orm_database_get_path (ORM_DATABASE (source)));
      g_task_return_error (task, error);
      return;
    }
  if (g_task_get_source_tag (task) == octavo_user_edit_give)
    g_signal_emit_by_name (self, "given");
  octavo_user_repository_return_when_read (self, g_steal_pointer (&task));
}

/* edit: (transfer full) */
static void
run (OctavoUserRepository *self,
     OrmWork work,
     OctavoUserEdit *edit,
     GError *error,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  OrmDatabase *database = orm_session_get_database (octavo_user_repository_get_session (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, work);
  /* What is in the file is: to say otherwise would be wrong. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, edit, (GDestroyNotify) octavo_user_edit_free);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  orm_database_write_async (database, work, edit, NULL, cancellable, on_written, g_steal_pointer (&task));
}

/* (transfer none) (nullable): NULL with error */
static OctavoUserEdit *
finish (OctavoUserRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result)) : NULL;
}

/**
 * octavo_user_repository_add_async:
 * @self: the repository
 * @name: a name that nobody has, in any case
 * @email: a mail address, "" for none
 * @color: the name of a colour, "" for none
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when the user is in the file and in the list
 * @user_data: for @callback
 *
 * Makes a user. Main thread.
 */
void
octavo_user_repository_add_async (OctavoUserRepository *self,
                                  const char *name,
                                  const char *email,
                                  const char *color,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  OctavoUserEdit *edit;
  GError *error = NULL;

  g_return_if_fail (OCTAVO_IS_USER_REPOSITORY (self));
  g_return_if_fail (name != NULL && email != NULL && color != NULL);

  edit = octavo_user_edit_new (0);
  octavo_user_edit_set_values (edit, name, email, color, &error);
  run (self, octavo_user_edit_add, edit, error, cancellable, callback, user_data);
}

/**
 * octavo_user_repository_add_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Sets %OCTAVO_ERROR_INVALID_USER, %OCTAVO_ERROR_EXISTS, or what is wrong with the file.
 *
 * Returns: the id of the user, or 0 with @error set
 */
gint64
octavo_user_repository_add_finish (OctavoUserRepository *self, GAsyncResult *result, GError **error)
{
  const OctavoUserEdit *edit = finish (self, result, error);

  return edit != NULL ? edit->id : 0;
}

/**
 * octavo_user_repository_change_async:
 * @self: the repository
 * @id: a user
 * @name: (nullable): a name that nobody else has; %NULL: as it is
 * @email: (nullable): a mail address, "" for none; %NULL: as it is
 * @color: (nullable): the name of a colour, "" for none; %NULL: as it is
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is in the file
 * @user_data: for @callback
 *
 * Changes what is known of a user. Main thread.
 */
void
octavo_user_repository_change_async (OctavoUserRepository *self,
                                     gint64 id,
                                     const char *name,
                                     const char *email,
                                     const char *color,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  OctavoUserEdit *edit;
  GError *error = NULL;

  g_return_if_fail (OCTAVO_IS_USER_REPOSITORY (self));

  edit = octavo_user_edit_new (id);
  octavo_user_edit_set_values (edit, name, email, color, &error);
  run (self, octavo_user_edit_change, edit, error, cancellable, callback, user_data);
}

/**
 * octavo_user_repository_change_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Sets %OCTAVO_ERROR_INVALID_USER, %OCTAVO_ERROR_EXISTS, %OCTAVO_ERROR_NO_SUCH_USER, or what is wrong with the file.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_repository_change_finish (OctavoUserRepository *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error) != NULL;
}

/**
 * octavo_user_repository_delete_async:
 * @self: the repository
 * @id: a user, not the only one
 * @heir_id: who gets the notes
 * @to_trash: whether they go to the trash as well
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when the user is gone from the file and from the list
 * @user_data: for @callback
 *
 * Deletes a user, all or nothing. Main thread.
 */
void
octavo_user_repository_delete_async (OctavoUserRepository *self,
                                     gint64 id,
                                     gint64 heir_id,
                                     gboolean to_trash,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  OctavoUserEdit *edit;

  g_return_if_fail (OCTAVO_IS_USER_REPOSITORY (self));

  edit = octavo_user_edit_new (id);
  edit->heir_id = heir_id;
  edit->to_trash = to_trash;
  run (self, octavo_user_edit_delete, edit, NULL, cancellable, callback, user_data);
}

/**
 * octavo_user_repository_delete_finish:
 * @self: the repository
 * @result: what the callback was given
 * @step_id: (out) (optional): what octavo_undo_run_async() takes back
 * @error: where to put an error
 *
 * Sets %OCTAVO_ERROR_LAST_USER, %OCTAVO_ERROR_NO_SUCH_USER, or what is wrong with the file.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_repository_delete_finish (OctavoUserRepository *self, GAsyncResult *result, gint64 *step_id, GError **error)
{
  const OctavoUserEdit *edit = finish (self, result, error);

  if (step_id != NULL)
    *step_id = edit != NULL ? edit->step_id : 0;
  return edit != NULL;
}

/**
 * octavo_user_repository_give_async:
 * @self: the repository
 * @id: a user
 * @ids: (array length=n_ids): notes of any users
 * @n_ids: how many there are
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when they are the user's
 * @user_data: for @callback
 *
 * Gives notes to a user. Main thread.
 */
void
octavo_user_repository_give_async (OctavoUserRepository *self,
                                   gint64 id,
                                   const gint64 *ids,
                                   gsize n_ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  OctavoUserEdit *edit;

  g_return_if_fail (OCTAVO_IS_USER_REPOSITORY (self));
  g_return_if_fail (ids != NULL && n_ids > 0);

  edit = octavo_user_edit_new (id);
  edit->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n_ids);
  g_array_append_vals (edit->ids, ids, (guint) n_ids);
  run (self, octavo_user_edit_give, edit, NULL, cancellable, callback, user_data);
}

/**
 * octavo_user_repository_give_finish:
 * @self: the repository
 * @result: what the callback was given
 * @step_id: (out) (optional): what octavo_undo_run_async() takes back; 0 where there were none
 * @error: where to put an error
 *
 * Sets %OCTAVO_ERROR_NO_SUCH_USER, or what is wrong with the file.
 *
 * Returns: how many notes were another's before, or -1 with @error set
 */
gint64
octavo_user_repository_give_finish (OctavoUserRepository *self, GAsyncResult *result, gint64 *step_id, GError **error)
{
  const OctavoUserEdit *edit = finish (self, result, error);

  if (step_id != NULL)
    *step_id = edit != NULL ? edit->step_id : 0;
  return edit != NULL ? edit->n_notes : -1;
}
