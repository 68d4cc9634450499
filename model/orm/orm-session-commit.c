/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-session-private.h"

/* Commits of a session, one at a time. What a commit takes along is taken off the lists of the session; when it has
 * ended it is settled: its objects have what it wrote, or go back onto the lists, in front of what came since. */

static void
commit_free (gpointer data)
{
  OrmCommit *self = data;

  g_clear_pointer (&self->flush, orm_flush_free);
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static OrmCommit *
commit_new (OrmWork work, gpointer data, GDestroyNotify destroy, GCancellable *cancellable)
{
  OrmCommit *self = g_new0 (OrmCommit, 1);

  self->work = work;
  self->data = data;
  self->destroy = destroy;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return self;
}

static gboolean
take_list (OrmFlush *flush, GPtrArray *list, OrmFlushKind kind, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      OrmEntity *entity = list->pdata[i];
      OrmEntityPrivate *priv = orm_entity_get_private (entity);

      if (kind == ORM_FLUSH_UPDATE && (priv->is_deleted || priv->dirty == 0))
        continue;
      if (!orm_flush_add (flush, entity, kind, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_taken (OrmEntity *entity)
{
  return orm_entity_get_private (entity)->operation != NULL;
}

/* What there is to write, off the lists. */
static OrmFlush *
orm_session_capture (OrmSession *self, gboolean copies, GError **error)
{
  guint n = self->added->len + self->changed->len + self->deleted->len;
  OrmFlush *flush = orm_flush_new (self, n, copies);

  flush->checks = self->checks_stale;
  if (!take_list (flush, self->added, ORM_FLUSH_INSERT, error) ||
      !take_list (flush, self->changed, ORM_FLUSH_UPDATE, error) ||
      !take_list (flush, self->deleted, ORM_FLUSH_DELETE, error))
    {
      orm_flush_free (flush);
      return NULL;
    }
  for (guint i = 0; i < flush->n_operations; i++)
    orm_entity_get_private (flush->operations[i].entity)->operation = &flush->operations[i];

  /* One that is to be deleted stays among the changed: the deletion may yet be taken back. */
  g_ptr_array_set_size (self->added, 0);
  g_ptr_array_set_size (self->deleted, 0);
  for (guint i = self->changed->len; i > 0; i--)
    if (!orm_entity_get_private (self->changed->pdata[i - 1])->is_deleted)
      g_ptr_array_remove_index_fast (self->changed, i - 1);
  return flush;
}

static void
settle_written (OrmSession *self, OrmFlushOp *operation)
{
  OrmEntity *entity = operation->entity;
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  priv->written = self->n_commits;
  priv->is_enlisted = FALSE;
  switch (operation->kind)
    {
    case ORM_FLUSH_INSERT:
      orm_entity_inserted (entity, operation);
      orm_session_adopt (self, entity);
      break;
    case ORM_FLUSH_UPDATE:
      orm_entity_updated (entity, operation);
      break;
    case ORM_FLUSH_DELETE:
    default:
      priv->operation = NULL;
      priv->is_gone = TRUE;
      g_ptr_array_remove_fast (self->changed, entity);
      orm_session_detach (self, entity);
      return;
    }
  if (priv->dirty != 0)
    orm_session_enlist (self, entity);
}

static void
settle_failed (OrmSession *self, OrmFlushOp *operation)
{
  OrmEntity *entity = operation->entity;
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  priv->operation = NULL;
  priv->again = 0;
  if (operation->kind == ORM_FLUSH_INSERT && priv->is_deleted)
    {
      g_ptr_array_remove (self->deleted, entity);
      orm_session_detach (self, entity);
    }
  else if (operation->kind == ORM_FLUSH_INSERT)
    g_ptr_array_insert (self->added, 0, g_object_ref (entity));
  else if (operation->kind == ORM_FLUSH_UPDATE)
    g_ptr_array_insert (self->changed, 0, g_object_ref (entity));
  else if (priv->is_deleted)
    g_ptr_array_insert (self->deleted, 0, g_object_ref (entity));
}

static void
orm_session_settle (OrmSession *self, OrmCommit *commit, gboolean succeeded)
{
  OrmFlush *flush = commit->flush;

  commit->is_settled = TRUE;
  self->commit = NULL;
  if (succeeded)
    self->n_commits++;
  for (guint i = 0; succeeded && i < flush->n_operations; i++)
    if (orm_entity_get_private (flush->operations[i].entity)->session == self)
      settle_written (self, &flush->operations[i]);
  /* From the last on, each to the front. */
  for (guint i = flush->n_operations; !succeeded && i > 0; i--)
    if (orm_entity_get_private (flush->operations[i - 1].entity)->session == self)
      settle_failed (self, &flush->operations[i - 1]);
  orm_session_follow (self);
}

/* What it wrote has to be known now. */
void
orm_session_await_commit (OrmSession *self)
{
  if (self->commit == NULL)
    return;
  orm_database_wait (self->database, self->commit->job);
  orm_session_settle (self, self->commit, self->commit->job->succeeded);
}

static void orm_session_start (OrmSession *self, GTask *task);

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  OrmSession *self = ORM_SESSION (source);
  g_autoptr (GTask) task = data;
  OrmCommit *commit = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  if (!commit->is_settled)
    orm_session_settle (self, commit, written);
  if (self->commit == NULL && !g_queue_is_empty (&self->waiting))
    orm_session_start (self, g_queue_pop_head (&self->waiting));

  if (written)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* (transfer full): the task of the commit */
static void
orm_session_start (OrmSession *self, GTask *task)
{
  OrmCommit *commit = g_task_get_task_data (task);
  GError *error = NULL;

  commit->flush = orm_session_capture (self, TRUE, &error);
  if (commit->flush == NULL || (commit->flush->n_operations == 0 && commit->work == NULL))
    {
      if (commit->flush == NULL)
        g_task_return_error (task, error);
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      if (!g_queue_is_empty (&self->waiting))
        orm_session_start (self, g_queue_pop_head (&self->waiting));
      return;
    }

  commit->flush->work = commit->work;
  commit->flush->work_data = commit->data;
  commit->job = orm_job_new_work (orm_flush_run, commit->flush, NULL, commit->cancellable);
  orm_job_take_task (commit->job, g_task_new (self, NULL, on_written, task));
  if (orm_database_push (self->database, TRUE, commit->job, &error))
    self->commit = commit;
  else
    {
      /* Nothing runs: the objects have to be as they were before anything else happens. */
      orm_session_settle (self, commit, FALSE);
      g_propagate_error (&commit->job->error, error);
      orm_job_return (commit->job);
    }
}

/**
 * orm_session_commit:
 * @self: a session
 * @cancellable: (nullable): interrupts the commit
 * @error: return location
 *
 * Writes what was added, changed and deleted in one transaction, and waits for it. On an error nothing is written and
 * the changes stay pending. Main thread.
 *
 * Returns: whether it is written; else %ORM_ERROR (%ORM_ERROR_STALE where a changed row is not there any more) or
 * %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_commit (OrmSession *self, GCancellable *cancellable, GError **error)
{
  return orm_session_commit_with (self, NULL, NULL, cancellable, error);
}

/**
 * orm_session_commit_with:
 * @self: a session
 * @work: (nullable): more to write in the same transaction, after what the session writes
 * @data: for @work
 * @cancellable: (nullable): interrupts the commit
 * @error: return location
 *
 * As orm_session_commit(), with work of the caller in the same transaction.
 *
 * Returns: whether it is written; else what @work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_commit_with (OrmSession *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  OrmCommit commit = { 0 };
  gboolean written = TRUE;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  orm_session_assert_thread (self);

  orm_session_await_commit (self);
  commit.flush = orm_session_capture (self, FALSE, error);
  if (commit.flush == NULL)
    return FALSE;
  if (commit.flush->n_operations > 0 || work != NULL)
    {
      commit.flush->work = work;
      commit.flush->work_data = data;
      written = orm_database_write (self->database, orm_flush_run, commit.flush, cancellable, error);
      orm_session_settle (self, &commit, written);
    }
  orm_flush_free (commit.flush);
  return written;
}

/**
 * orm_session_commit_async:
 * @self: a session
 * @cancellable: (nullable): interrupts the commit
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Writes what was added, changed and deleted in one transaction. A value set while it runs stays dirty for the next.
 * Main thread.
 */
void
orm_session_commit_async (OrmSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  orm_session_commit_with_async (self, NULL, NULL, NULL, cancellable, callback, user_data);
}

/**
 * orm_session_commit_with_async:
 * @self: a session
 * @work: (nullable): more to write in the same transaction, after what the session writes
 * @data: for @work
 * @destroy: (nullable): frees @data, on the caller's context
 * @cancellable: (nullable): interrupts the commit
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * As orm_session_commit_async(), with work of the caller in the same transaction.
 */
void
orm_session_commit_with_async (OrmSession *self,
                               OrmWork work,
                               gpointer data,
                               GDestroyNotify destroy,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (ORM_IS_SESSION (self));
  orm_session_assert_thread (self);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, commit_new (work, data, destroy, cancellable), commit_free);
  if (self->commit != NULL)
    g_queue_push_tail (&self->waiting, task);
  else
    orm_session_start (self, task);
}

/**
 * orm_session_commit_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is written; else as for orm_session_commit_with()
 */
gboolean
orm_session_commit_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * orm_session_rollback:
 * @self: a session
 *
 * Forgets what was added, changed and deleted and is not on its way into the file: objects get back the values that
 * they were read with, or that a running commit writes. Main thread.
 */
void
orm_session_rollback (OrmSession *self)
{
  g_autoptr (GPtrArray) changed = NULL;

  g_return_if_fail (ORM_IS_SESSION (self));
  orm_session_assert_thread (self);

  for (guint i = 0; i < self->deleted->len; i++)
    orm_entity_get_private (self->deleted->pdata[i])->is_deleted = FALSE;
  g_ptr_array_set_size (self->deleted, 0);

  for (guint i = 0; i < self->added->len; i++)
    orm_session_detach (self, self->added->pdata[i]);
  g_ptr_array_set_size (self->added, 0);

  changed = g_steal_pointer (&self->changed);
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < changed->len; i++)
    {
      orm_entity_get_private (changed->pdata[i])->is_enlisted = FALSE;
      orm_entity_restore (changed->pdata[i]);
    }
  for (guint i = 0; self->commit != NULL && i < self->commit->flush->n_operations; i++)
    if (is_taken (self->commit->flush->operations[i].entity))
      orm_entity_restore (self->commit->flush->operations[i].entity);
}
