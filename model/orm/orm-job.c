/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-job.h"
#include "orm-connection-private.h"
#include "orm-error.h"

OrmJob *
orm_job_new (OrmJobKind kind)
{
  OrmJob *self = g_new0 (OrmJob, 1);

  self->kind = kind;
  return self;
}

OrmJob *
orm_job_new_work (OrmWork work, gpointer data, GDestroyNotify destroy, GCancellable *cancellable)
{
  OrmJob *self = orm_job_new (ORM_JOB_WORK);

  self->work = work;
  self->data = data;
  self->destroy = destroy;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
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
orm_job_free (OrmJob *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
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
  gboolean worked = self->work (connection, self->data, self->cancellable, &self->error);

  if (worked && g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    worked = FALSE;
  if (!worked && self->error == NULL)
    self->error = g_error_new_literal (ORM_ERROR, ORM_ERROR_FAILED, "The work failed without saying why");
  return worked;
}

void
orm_job_run (OrmJob *self, OrmConnection *connection)
{
  gulong handler = 0;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error) ||
      !orm_connection_begin (connection, &self->error))
    return;

  connection->cancellable = self->cancellable;
  if (self->cancellable != NULL)
    handler = g_cancellable_connect (self->cancellable, G_CALLBACK (on_cancelled), connection, NULL);
  self->succeeded = orm_job_work (self, connection);
  /* From here on it is too late to cancel: what was reported as cancelled must not be in the file. */
  g_cancellable_disconnect (self->cancellable, handler);
  connection->cancellable = NULL;

  if (self->succeeded)
    self->succeeded = orm_connection_commit (connection, &self->error);
  else
    orm_connection_rollback (connection);
}

static gboolean
on_return (gpointer data)
{
  OrmJob *self = data;
  GTask *task = self->task;

  if (self->succeeded)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&self->error));
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
