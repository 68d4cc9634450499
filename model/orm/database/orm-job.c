/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-job.h"
#include "orm-connection-private.h"
#include "orm-error.h"

/* Every call of a database or of a session is a job: work that a thread of the database does with plain values, and an
 * end that makes objects and results of them on the thread of the caller. The plain form of the call waits for the
 * first and does the second; the _async form is told, and does the same second before its callback. */

OrmJob *
orm_job_new (OrmJobKind kind)
{
  OrmJob *self = g_new0 (OrmJob, 1);

  self->kind = kind;
  self->caller = g_thread_self ();
  return self;
}

OrmJob *
orm_job_new_work (gboolean writes, OrmWork work, gpointer data, GDestroyNotify destroy)
{
  OrmJob *self = orm_job_new (ORM_JOB_WORK);

  self->writes = writes;
  self->work = work;
  self->data = data;
  self->destroy = destroy;
  return self;
}

void
orm_job_take_task (OrmJob *self, GTask *task)
{
  self->task = task;
  /* The job itself knows whether it was cancelled in time. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) orm_job_free);
}

void
orm_job_end_guard (OrmJob *self)
{
  if (self->guard != NULL)
    g_source_destroy (self->guard);
  g_clear_pointer (&self->guard, g_source_unref);
}

void
orm_job_free (OrmJob *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  if (self->free_result != NULL && self->result != NULL)
    self->free_result (self->result);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self);
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  orm_connection_interrupt (data);
}

static gboolean
orm_job_work (OrmJob *self, OrmConnection *connection)
{
  gulong handler = 0;
  gboolean worked;

  if (self->work == NULL)
    return TRUE;

  connection->cancellable = self->cancellable;
  if (self->cancellable != NULL)
    handler = g_cancellable_connect (self->cancellable, G_CALLBACK (on_cancelled), connection, NULL);
  worked = self->work (connection, self->data, self->cancellable, &self->error);
  if (worked && g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    worked = FALSE;
  /* From here on it is too late to cancel: what was reported as cancelled must not be in the file. */
  g_cancellable_disconnect (self->cancellable, handler);
  connection->cancellable = NULL;

  g_atomic_int_set (&self->has_worked, TRUE);
  if (!worked && self->error == NULL)
    self->error = g_error_new_literal (ORM_ERROR, ORM_ERROR_FAILED, "The work failed without saying why");
  return worked;
}

static gboolean
orm_job_work_in_transaction (OrmJob *self, OrmConnection *connection)
{
  if (!orm_connection_begin (connection, &self->error))
    return FALSE;
  if (orm_job_work (self, connection))
    return orm_connection_commit (connection, &self->error);
  orm_connection_rollback (connection);
  return FALSE;
}

/* All of the work or nothing: a transaction, or a savepoint in the one that is held. Reading needs none there. */
static gboolean
orm_job_work_as_one (OrmJob *self, OrmConnection *connection)
{
  gboolean done;

  if (!orm_connection_end_relaxed (connection, &self->error))
    return FALSE;
  if (self->work == NULL || self->is_single || (connection->depth > 0 && !self->writes))
    return orm_job_work (self, connection);
  if (self->is_relaxed && connection->depth == 0)
    orm_connection_begin_relaxed (connection);
  done = orm_job_work_in_transaction (self, connection);
  orm_connection_end_relaxed (connection, NULL);
  return done;
}

/* Scopes that are begun or ended at the same time would be mixed up. */
static gboolean
orm_job_is_at (OrmJob *self, OrmConnection *connection, guint depth)
{
  if (connection->depth == depth)
    return TRUE;
  g_set_error_literal (&self->error, ORM_ERROR, ORM_ERROR_INVALID, "Another scope is open, or was begun meanwhile");
  return FALSE;
}

void
orm_job_run (OrmJob *self, OrmConnection *connection)
{
  guint depth = connection->depth;

  /* What was undone in memory must be undone in the file. */
  if (self->effect != ORM_JOB_ROLLS_BACK && g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return;

  switch (self->effect)
    {
    case ORM_JOB_BEGINS:
      self->succeeded =
          orm_job_is_at (self, connection, self->level - 1) && orm_connection_begin (connection, &self->error);
      break;
    case ORM_JOB_ROLLS_BACK:
      while (connection->depth >= self->level)
        orm_connection_rollback (connection);
      self->succeeded = orm_job_work (self, connection);
      break;
    case ORM_JOB_COMMITS:
      self->succeeded = orm_job_is_at (self, connection, self->level) && orm_job_work_as_one (self, connection) &&
                        orm_connection_commit (connection, &self->error);
      if (!self->succeeded && connection->depth < depth && self->recover != NULL)
        self->recovered = self->recover (connection, self->data, NULL, NULL);
      break;
    case ORM_JOB_KEEPS:
    default:
      self->succeeded = orm_job_work_as_one (self, connection);
      break;
    }
  self->ended_held = connection->depth < depth;
}

gboolean
orm_job_end (OrmJob *self, GError **error)
{
  OrmJobEnd end = g_steal_pointer (&self->end);

  if (end != NULL && !end (self, self->succeeded ? &self->error : NULL))
    self->succeeded = FALSE;
  if (!self->succeeded)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return self->succeeded;
}

static gboolean
on_return (gpointer data)
{
  OrmJob *self = data;
  GError *error = NULL;

  if (orm_job_end (self, &error))
    g_task_return_boolean (self->task, TRUE);
  else
    g_task_return_error (self->task, error);
  return G_SOURCE_REMOVE;
}

static void
on_returned (gpointer data)
{
  OrmJob *self = data;

  /* The job is the data of the task, and goes with it. */
  g_object_unref (self->task);
}

void
orm_job_return (OrmJob *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (self->task));
  g_source_set_callback (source, on_return, self, on_returned);
  g_source_set_static_name (source, "[orm] return of a task");
  g_source_attach (source, g_task_get_context (self->task));
}

OrmJob *
orm_job_finish (gpointer source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result)) : NULL;
}
