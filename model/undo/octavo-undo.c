/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-undo.h"

#include "octavo-clock.h"
#include "octavo-note-repository-private.h"
#include "octavo-store-private.h"
#include "octavo-undo-sql.h"
#include "octavo-user-repository-private.h"

/**
 * octavo_undo_step_copy:
 * @self: a step
 *
 * Returns: (transfer full): a copy
 */
OctavoUndoStep *
octavo_undo_step_copy (const OctavoUndoStep *self)
{
  OctavoUndoStep *copy = g_memdup2 (self, sizeof *self);

  copy->subject = g_strdup (self->subject);
  return copy;
}

/**
 * octavo_undo_step_free:
 * @self: (transfer full) (nullable): a step
 *
 * Frees it.
 */
void
octavo_undo_step_free (OctavoUndoStep *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self);
}

/**
 * octavo_undo_result_clear:
 * @self: a result
 *
 * Makes it one of nothing.
 */
void
octavo_undo_result_clear (OctavoUndoResult *self)
{
  g_clear_pointer (&self->removed, g_array_unref);
  *self = (OctavoUndoResult){ 0 };
}

/* ---- What was done ---- */

typedef struct
{
  guint limit;
  GPtrArray *steps;
} List;

static void
list_free (gpointer data)
{
  List *self = data;

  g_ptr_array_unref (self->steps);
  g_free (self);
}

static List *
list_new (guint limit)
{
  List *self = g_new0 (List, 1);

  self->limit = limit;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_undo_step_free);
  return self;
}

static OctavoUndoStep *
read_step (OrmStatement *statement)
{
  OctavoUndoStep *step = g_new0 (OctavoUndoStep, 1);

  step->id = orm_statement_get_int64 (statement, 0);
  step->kind = octavo_undo_kind_from_string (orm_statement_get_text (statement, 1, NULL));
  step->subject = g_strdup (orm_statement_get_text (statement, 2, NULL));
  step->n_notes = (guint) orm_statement_get_int64 (statement, 3);
  step->done = orm_statement_get_int64 (statement, 4);
  step->undone = orm_statement_get_int64 (statement, 5);
  step->n_left = (guint) orm_statement_get_int64 (statement, 6);
  return step;
}

static gboolean
work_list (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  List *self = data;
  OrmStatement *statement = orm_connection_prepare (
      connection,
      "SELECT id, kind, subject, n_notes, done, undone, n_left FROM undo_step WHERE done >= ? ORDER BY id DESC LIMIT ?",
      error);
  OrmStep step;
  gint64 sure;

  if (statement == NULL || !octavo_clock_peek (connection, g_get_real_time (), &sure, error))
    return FALSE;
  g_ptr_array_set_size (self->steps, 0);
  orm_statement_bind_int64 (statement, 1, sure - OCTAVO_UNDO_TIME);
  orm_statement_bind_int64 (statement, 2, self->limit);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    g_ptr_array_add (self->steps, read_step (statement));
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

/* error: (transfer full) */
static void
return_error (GTask *task, GError *error)
{
  octavo_error_for_person (&error, octavo_store_get_path (g_task_get_source_object (task)));
  g_task_return_error (task, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gpointer list = NULL;
  GError *error = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, &list, &error))
    g_task_return_pointer (task, g_ptr_array_ref (((List *) list)->steps), (GDestroyNotify) g_ptr_array_unref);
  else
    return_error (task, error);
}

/**
 * octavo_undo_list_async:
 * @store: an open store
 * @limit: how many are wanted at most
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what was done within a day, the newest first. Main thread; does not block.
 */
void
octavo_undo_list_async (OctavoStore *store,
                        guint limit,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_undo_list_async);
  orm_database_read_async (octavo_store_get_database (store), work_list, list_new (limit), list_free, cancellable,
                           on_listed, task);
}

/**
 * octavo_undo_list_finish:
 * @store: the store
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type OctavoUndoStep): the steps, or %NULL with %OCTAVO_ERROR
 */
GPtrArray *
octavo_undo_list_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * octavo_undo_list:
 * @store: an open store
 * @limit: how many are wanted at most
 * @error: return location
 *
 * Reads what was done within a day, the newest first. Main thread; blocks.
 *
 * Returns: (transfer full) (element-type OctavoUndoStep): the steps, or %NULL with %OCTAVO_ERROR
 */
GPtrArray *
octavo_undo_list (OctavoStore *store, guint limit, GError **error)
{
  List *list;
  GPtrArray *steps = NULL;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  list = list_new (limit);
  if (orm_database_read (octavo_store_get_database (store), work_list, list, NULL, error))
    steps = g_ptr_array_ref (list->steps);
  else
    octavo_error_for_person (error, octavo_store_get_path (store));
  list_free (list);
  return steps;
}

/* ---- Taking back ---- */

typedef struct
{
  gint64 step_id;
  OctavoUndoResult result;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *self = data;

  octavo_undo_result_clear (&self->result);
  g_free (self);
}

static gboolean
work_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Undo *self = data;

  return octavo_undo_apply (connection, self->step_id, &self->result, error);
}

/* What is open of the notes that went with it is nobody's. */
static void
end_run (OctavoStore *store, const OctavoUndoResult *result)
{
  g_autoptr (OctavoNoteActions) actions = NULL;

  if (result->removed == NULL)
    return;
  actions = octavo_note_actions_new (OCTAVO_NOTES_DELETE, (const gint64 *) (gpointer) result->removed->data,
                                     result->removed->len, NULL, NULL);
  octavo_note_repository_end_apply (octavo_store_get_notes (store), actions);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoStore *store = g_task_get_source_object (task);
  Undo *undo = g_task_get_task_data (task);
  GError *error = NULL;

  if (!orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      return_error (task, error);
      return;
    }
  end_run (store, &undo->result);
  /* Who is back is wanted in the list. */
  if (undo->result.user_id != 0)
    octavo_user_repository_return_when_read (octavo_store_get_users (store), g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * octavo_undo_run_async:
 * @store: an open store
 * @step_id: a step
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Takes back what was done, in one transaction, but for what was changed since. What was typed is to be on its way to
 * the file already. Main thread; does not block.
 */
void
octavo_undo_run_async (OctavoStore *store,
                       gint64 step_id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;
  Undo *undo;

  g_return_if_fail (OCTAVO_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_undo_run_async);
  /* What is in the file is: to say otherwise would be wrong. */
  g_task_set_check_cancellable (task, FALSE);
  undo = g_new0 (Undo, 1);
  undo->step_id = step_id;
  g_task_set_task_data (task, undo, undo_free);
  orm_database_write_async (octavo_store_get_database (store), work_run, undo, NULL, cancellable, on_run, task);
}

/**
 * octavo_undo_run_finish:
 * @store: the store
 * @answer: what the callback got
 * @result: (out) (optional): what came of it
 * @error: return location
 *
 * Returns: whether it was done; else nothing was, and %OCTAVO_ERROR_CHANGED where it cannot be as it is now,
 * %OCTAVO_ERROR_UNDONE where it cannot be any more, %OCTAVO_ERROR_EXISTS where a name is taken, or what is wrong with
 * the file
 */
gboolean
octavo_undo_run_finish (OctavoStore *store, GAsyncResult *answer, OctavoUndoResult *result, GError **error)
{
  Undo *undo;

  g_return_val_if_fail (g_task_is_valid (answer, store), FALSE);

  undo = g_task_get_task_data (G_TASK (answer));
  if (!g_task_propagate_boolean (G_TASK (answer), error))
    return FALSE;
  if (result != NULL)
    {
      *result = undo->result;
      undo->result.removed = NULL;
    }
  return TRUE;
}

/**
 * octavo_undo_run:
 * @store: an open store
 * @step_id: a step
 * @result: (out): what came of it
 * @error: return location, as of octavo_undo_run_finish()
 *
 * Takes back what was done. Main thread; blocks.
 *
 * Returns: whether it was done
 */
gboolean
octavo_undo_run (OctavoStore *store, gint64 step_id, OctavoUndoResult *result, GError **error)
{
  Undo undo = { .step_id = step_id };

  g_return_val_if_fail (OCTAVO_IS_STORE (store) && result != NULL, FALSE);

  if (!orm_database_write (octavo_store_get_database (store), work_run, &undo, NULL, error))
    {
      octavo_error_for_person (error, octavo_store_get_path (store));
      octavo_undo_result_clear (&undo.result);
      return FALSE;
    }
  end_run (store, &undo.result);
  *result = undo.result;
  return TRUE;
}

/* ---- Forgetting ---- */

static gboolean
work_forget (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 age = *(const gint64 *) data;
  gint64 sure;

  if (age == 0)
    return octavo_undo_purge (connection, G_MAXINT64, error);
  return octavo_clock_look (connection, g_get_real_time (), &sure, error) &&
         octavo_undo_purge (connection, sure - age, error);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_error (task, error);
}

/**
 * octavo_undo_forget_async:
 * @store: an open store
 * @age: microseconds; 0: at once
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Forgets what was done longer ago than that: what was deleted then is gone. Main thread; does not block.
 */
void
octavo_undo_forget_async (OctavoStore *store,
                          gint64 age,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_undo_forget_async);
  orm_database_write_async (octavo_store_get_database (store), work_forget, g_memdup2 (&age, sizeof age), g_free,
                            cancellable, on_forgotten, task);
}

/**
 * octavo_undo_forget_finish:
 * @store: the store
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it was done, else %OCTAVO_ERROR
 */
gboolean
octavo_undo_forget_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
