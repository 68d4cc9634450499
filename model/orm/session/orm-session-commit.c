/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-error.h"
#include "orm-session-private.h"

/* Commits of a session, one at a time. What a commit takes along is taken off the lists of the session; when it has
 * ended it is settled: its objects have what it wrote, or go back onto the lists, in front of what came since. */

static void
commit_free (gpointer data)
{
  OrmCommit *self = data;

  g_clear_pointer (&self->flush, orm_flush_free);
  g_clear_pointer (&self->readings, g_ptr_array_unref);
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

static gboolean
commit_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_flush_run (connection, ((OrmCommit *) data)->flush, cancellable, error);
}

static gboolean
commit_recover (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_scope_run_readings (connection, ((OrmCommit *) data)->readings, cancellable, error);
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
  if (!orm_session_order (self, self->added, FALSE, error) || !orm_session_order (self, self->deleted, TRUE, error) ||
      !take_list (flush, self->added, ORM_FLUSH_INSERT, error) ||
      !take_list (flush, self->changed, ORM_FLUSH_UPDATE, error) ||
      !take_list (flush, self->deleted, ORM_FLUSH_DELETE, error))
    {
      orm_flush_free (flush);
      return NULL;
    }
  for (guint i = 0; i < flush->n_operations; i++)
    orm_entity_get_private (flush->operations[i].entity)->operation = &flush->operations[i];
  orm_session_take_relations (self, flush);

  /* One that is to be deleted stays among the changed: the deletion may yet be taken back. */
  g_ptr_array_set_size (self->added, 0);
  g_ptr_array_set_size (self->deleted, 0);
  for (guint i = self->changed->len; i > 0; i--)
    {
      OrmEntityPrivate *priv = orm_entity_get_private (self->changed->pdata[i - 1]);

      if (priv->is_deleted)
        continue;
      if (priv->operation == NULL)
        priv->is_enlisted = FALSE; /* it is what it was again */
      g_ptr_array_remove_index_fast (self->changed, i - 1);
    }
  return flush;
}

/* What it wrote has to be known now. */
gboolean
orm_session_await_commit (OrmSession *self, GError **error)
{
  OrmJob *job;

  if (self->commit == NULL)
    return TRUE;
  job = self->commit->job;
  if (!orm_database_may_wait (self->database, job, error))
    return FALSE;
  orm_database_wait (self->database, job);
  orm_session_settle (self, job);
  return TRUE;
}

static gboolean
commit_end (OrmJob *job, GError **error)
{
  OrmSession *self = job->owner;
  OrmCommit *commit = job->data;

  if (!commit->is_settled)
    orm_session_settle (self, job);
  orm_session_start_waiting (self);
  return TRUE;
}

static OrmJob *
new_commit (OrmSession *self, OrmWork work, gpointer data, GDestroyNotify destroy)
{
  OrmCommit *commit = g_new0 (OrmCommit, 1);
  OrmJob *job = orm_job_new_work (TRUE, commit_run, commit, commit_free);

  commit->job = job;
  commit->work = work;
  commit->data = data;
  commit->destroy = destroy;
  job->owner = self;
  job->end = commit_end;
  return job;
}

static OrmJob *
new_commit_after (OrmSession *self, OrmWork work, gpointer data, GDestroyNotify destroy)
{
  OrmJob *job = new_commit (self, work, data, destroy);

  ((OrmCommit *) job->data)->is_work_first = TRUE;
  return job;
}

static OrmJob *
new_flush (OrmSession *self)
{
  OrmJob *job = new_commit (self, NULL, NULL, NULL);

  ((OrmCommit *) job->data)->is_flush = TRUE;
  return job;
}

static OrmJob *
new_scope_rollback (OrmScope *scope)
{
  OrmJob *job = new_flush (scope->session);
  OrmCommit *commit = job->data;

  commit->scope = scope;
  commit->is_rollback = TRUE;
  job->work = commit_recover;
  job->effect = ORM_JOB_ROLLS_BACK;
  job->level = scope->level;
  return job;
}

static OrmJob *
new_scope_commit (OrmScope *scope)
{
  OrmJob *job = new_flush (scope->session);

  ((OrmCommit *) job->data)->scope = scope;
  job->effect = ORM_JOB_COMMITS;
  job->level = scope->level;
  return job;
}

/* Whether the job has its place: a flush in a scope, a scope that is the innermost, anything else outside of one. */
static gboolean
commit_fits (OrmSession *self, const OrmCommit *commit, GError **error)
{
  if (commit->is_rollback && commit->scope->is_open)
    return TRUE;
  if (commit->scope != NULL && self->scope != commit->scope)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID,
                         commit->scope->is_open ? "A scope in this one is open: end that first"
                                                : "The scope was ended before");
  else if (commit->is_flush && self->scope == NULL)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID, "There is no open scope to write into");
  else if (!commit->is_flush && (self->scope != NULL || self->n_begins > 0))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID,
                         "A scope is open: end it with orm_scope_commit(), or write into it with orm_session_flush()");
  else
    return TRUE;
  return FALSE;
}

/* Ends the scope, with those in it, which none of what comes next is part of. */
static void
prepare_rollback (OrmSession *self, OrmJob *job)
{
  OrmCommit *commit = job->data;

  commit->flush = orm_flush_new (self, 0, FALSE);
  commit->readings = orm_scope_new_readings (commit->scope);
  job->queue = g_async_queue_ref (commit->scope->jobs);
  for (OrmScope *scope = self->scope; scope != commit->scope; scope = scope->outer)
    scope->is_ending = TRUE;
  commit->scope->is_ending = TRUE;
}

/* Takes along what there is to write. FALSE with error where that does not fit; *is_needed: whether there is anything
 * to do. */
static gboolean
orm_session_prepare (OrmSession *self, OrmJob *job, gboolean copies, gboolean *is_needed, GError **error)
{
  OrmCommit *commit = job->data;

  if (!commit_fits (self, commit, error))
    return FALSE;
  *is_needed = commit->is_rollback;
  if (commit->is_rollback)
    {
      prepare_rollback (self, job);
      return TRUE;
    }
  commit->flush = orm_session_capture (self, copies, error);
  if (commit->flush == NULL)
    return FALSE;
  commit->flush->work = commit->work;
  commit->flush->work_data = commit->data;
  commit->flush->is_work_first = commit->is_work_first;
  *is_needed = !orm_flush_is_empty (commit->flush) || commit->work != NULL || commit->scope != NULL;
  if (orm_flush_is_empty (commit->flush) && commit->work == NULL)
    job->work = NULL;
  if (!commit->is_flush)
    return TRUE;
  job->queue = g_async_queue_ref (self->scope->jobs);
  self->scope->has_written = self->scope->has_written || job->work != NULL;
  if (commit->scope != NULL)
    {
      commit->scope->is_ending = TRUE;
      commit->readings = orm_scope_new_readings (commit->scope);
      job->recover = commit_recover;
    }
  return TRUE;
}

/* (transfer full) job */
static gboolean
orm_session_run_commit (OrmSession *self, OrmJob *job, GCancellable *cancellable, GError **error)
{
  G_GNUC_UNUSED g_autoptr (OrmJob) held = job;
  gboolean is_needed;

  return orm_session_await_commit (self, error) && orm_session_prepare (self, job, FALSE, &is_needed, error) &&
         (!is_needed || orm_database_call (self->database, job, cancellable, error));
}

/* Nothing to be written, or that cannot be. */
static void
return_commit (OrmJob *job)
{
  OrmCommit *commit = job->data;

  commit->is_settled = TRUE;
  job->succeeded = job->error == NULL;
  orm_job_return (job);
}

static void
orm_session_start (OrmSession *self, OrmJob *job)
{
  gboolean is_needed = FALSE;

  if (!orm_session_prepare (self, job, TRUE, &is_needed, &job->error) || !is_needed)
    {
      return_commit (job);
      return;
    }
  if (orm_database_push (self->database, job, &job->error))
    self->commit = job->data;
  else
    {
      /* Nothing runs: the objects have to be as they were before anything else happens. */
      orm_session_settle (self, job);
      orm_job_return (job);
    }
}

void
orm_session_start_waiting (OrmSession *self)
{
  if (self->commit != NULL)
    return;
  if (!g_queue_is_empty (&self->inside))
    orm_session_start (self, g_queue_pop_head (&self->inside));
  else if (self->scope == NULL && self->n_begins == 0 && !g_queue_is_empty (&self->waiting))
    orm_session_start (self, g_queue_pop_head (&self->waiting));
}

/* (transfer full) job */
static void
orm_session_queue_commit (OrmSession *self,
                          OrmJob *job,
                          gpointer source,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  OrmCommit *commit = job->data;
  GQueue *queue = commit->is_flush ? &self->inside : &self->waiting;

  g_set_object (&job->cancellable, cancellable);
  orm_job_take_task (job, g_task_new (source, cancellable, callback, user_data));
  if (self->commit != NULL || !g_queue_is_empty (queue) ||
      (!commit->is_flush && (self->scope != NULL || self->n_begins > 0)))
    g_queue_push_tail (queue, job);
  else
    orm_session_start (self, job);
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
 * Returns: whether it is written; else %ORM_ERROR (%ORM_ERROR_STALE where a changed row is not there any more, or by
 * orm_session_set_checks_stale()) or %G_IO_ERROR_CANCELLED
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
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  orm_session_assert_thread (self);

  return orm_session_run_commit (self, new_commit (self, work, data, NULL), cancellable, error);
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
  g_return_if_fail (ORM_IS_SESSION (self));
  orm_session_assert_thread (self);

  orm_session_queue_commit (self, new_commit (self, work, data, destroy), self, cancellable, callback, user_data);
}

/**
 * orm_session_commit_after:
 * @self: a session
 * @work: what to do in the same transaction, before what the session writes
 * @data: for @work
 * @cancellable: (nullable): interrupts the commit
 * @error: return location
 *
 * As orm_session_commit(), after work of the caller that sees the rows as they were.
 *
 * Returns: whether it is written; else what @work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_commit_after (OrmSession *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (work != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  orm_session_assert_thread (self);

  return orm_session_run_commit (self, new_commit_after (self, work, data, NULL), cancellable, error);
}

/**
 * orm_session_commit_after_async:
 * @self: a session
 * @work: what to do in the same transaction, before what the session writes
 * @data: for @work
 * @destroy: (nullable): frees @data, on the caller's context
 * @cancellable: (nullable): interrupts the commit
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * As orm_session_commit_async(), after work of the caller that sees the rows as they were.
 */
void
orm_session_commit_after_async (OrmSession *self,
                                OrmWork work,
                                gpointer data,
                                GDestroyNotify destroy,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (work != NULL);
  orm_session_assert_thread (self);

  orm_session_queue_commit (self, new_commit_after (self, work, data, destroy), self, cancellable, callback, user_data);
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
  return orm_session_finish (self, result, error) != NULL;
}

/**
 * orm_session_flush:
 * @session: a session with an open scope
 * @cancellable: (nullable): interrupts the writing; SQLite then gives up the whole transaction of the scope
 * @error: return location
 *
 * Writes what was added, changed and deleted into the transaction that is open, and waits for it. On an error nothing
 * of that is written, and the changes stay pending. Main thread.
 *
 * Returns: whether it is written; else %ORM_ERROR (%ORM_ERROR_INVALID where no scope is open) or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_flush (OrmSession *session, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  orm_session_assert_thread (session);

  return orm_session_run_commit (session, new_flush (session), cancellable, error);
}

/**
 * orm_session_flush_async:
 * @session: a session with an open scope
 * @cancellable: (nullable): interrupts the writing; SQLite then gives up the whole transaction of the scope
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Writes what was added, changed and deleted into the transaction that is open. A value set while it runs stays dirty
 * for the next. Main thread.
 */
void
orm_session_flush_async (OrmSession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (session));
  orm_session_assert_thread (session);

  orm_session_queue_commit (session, new_flush (session), session, cancellable, callback, user_data);
}

/**
 * orm_session_flush_finish:
 * @session: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_session_flush()
 */
gboolean
orm_session_flush_finish (OrmSession *session, GAsyncResult *result, GError **error)
{
  return orm_session_finish (session, result, error) != NULL;
}

/**
 * orm_scope_commit:
 * @self: the innermost scope that is open
 * @cancellable: (nullable): interrupts the writing; SQLite then gives up the whole transaction
 * @error: return location
 *
 * Writes what is pending and ends the scope; the outermost is in the file then. Where something does not fit, nothing
 * is written, the scope stays open and the changes stay pending; where the file does not take it the scope is rolled
 * back. Main thread.
 *
 * Returns: whether it is kept; else %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_scope_commit (OrmScope *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SCOPE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  orm_session_assert_thread (self->session);

  return orm_session_run_commit (self->session, new_scope_commit (self), cancellable, error);
}

/**
 * orm_scope_commit_async:
 * @self: the innermost scope that is open; held until it is ended
 * @cancellable: (nullable): interrupts the writing; SQLite then gives up the whole transaction
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Writes what is pending and ends the scope. Main thread.
 */
void
orm_scope_commit_async (OrmScope *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (ORM_IS_SCOPE (self));
  orm_session_assert_thread (self->session);

  orm_session_queue_commit (self->session, new_scope_commit (self), self, cancellable, callback, user_data);
}

/**
 * orm_scope_commit_finish:
 * @self: a scope
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_scope_commit()
 */
gboolean
orm_scope_commit_finish (OrmScope *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (ORM_IS_SCOPE (self), FALSE);
  orm_session_assert_thread (self->session);

  return orm_job_finish (self, result, error) != NULL;
}

/**
 * orm_scope_rollback_async:
 * @self: a scope; held until it is ended
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Ends the scope, and those in it that are open, after what was asked for in it before, and undoes what happened in it
 * by then, as orm_scope_rollback(). It cannot be cancelled. Main thread.
 */
void
orm_scope_rollback_async (OrmScope *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (ORM_IS_SCOPE (self));
  orm_session_assert_thread (self->session);

  orm_session_queue_commit (self->session, new_scope_rollback (self), self, NULL, callback, user_data);
}

/**
 * orm_scope_rollback_finish:
 * @self: a scope
 * @result: what the callback got
 *
 * Ends orm_scope_rollback_async(). A scope is rolled back in any case, and it is no error that it was ended before.
 */
void
orm_scope_rollback_finish (OrmScope *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ORM_IS_SCOPE (self));
  orm_session_assert_thread (self->session);

  if (orm_job_finish (self, result, &error) == NULL)
    g_debug ("%s", error->message);
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
    {
      orm_session_touch (self, self->deleted->pdata[i], FALSE);
      orm_entity_forget_deletion (self->deleted->pdata[i]);
    }
  g_ptr_array_set_size (self->deleted, 0);

  {
    g_autoptr (GPtrArray) associations = g_steal_pointer (&self->associations);

    orm_associations_replace (self, orm_associations_new ());
    orm_associations_undo (self, associations, self->scope);
  }
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
