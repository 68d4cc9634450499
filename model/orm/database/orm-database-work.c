/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-database-private.h"
#include "orm-error.h"

#include <glib/gi18n-lib.h>

/* Handing jobs to the threads of a database. The plain and the _async forms of a call are the same job: one waits for
 * it, the other is told. */

gboolean
orm_database_hold (OrmDatabase *self, GAsyncQueue *jobs, GError **error)
{
  gboolean is_open;

  g_mutex_lock (&self->lock);
  is_open = self->is_open;
  if (is_open)
    self->held = jobs;
  g_mutex_unlock (&self->lock);
  if (!is_open)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, _ ("The database is closed."));
  return is_open;
}

void
orm_database_let_go (OrmDatabase *self, GThread *holder, GAsyncQueue *jobs)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->holders, holder)) - 1;
  if (n > 0)
    g_hash_table_insert (self->holders, holder, GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->holders, holder);
  if (self->held == jobs)
    self->held = NULL;
  g_mutex_unlock (&self->lock);
}

/* Under the lock. */
static void
orm_database_enqueue (OrmDatabase *self, OrmJob *job)
{
  job->pushed = g_get_monotonic_time ();
  if (job->kind == ORM_JOB_HOLD)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->holders, job->caller));

      g_hash_table_insert (self->holders, job->caller, GUINT_TO_POINTER (n + 1));
    }
  g_async_queue_push (orm_database_get_queue (self, job), job);
}

gboolean
orm_database_push (OrmDatabase *self, OrmJob *job, GError **error)
{
  gboolean is_open, is_held;

  if (job->writes && orm_database_is_read_only (self))
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_READ_ONLY, _ ("The database was opened for reading only."));
      return FALSE;
    }

  orm_database_guard (self, job);
  /* Under the lock, so that what is taken comes before the end of the queue. */
  g_mutex_lock (&self->lock);
  is_open = self->is_open;
  is_held = job->queue == NULL || job->kind == ORM_JOB_HOLD || job->queue == self->held;
  if (is_open && is_held)
    orm_database_enqueue (self, job);
  g_mutex_unlock (&self->lock);
  if (is_open && is_held)
    return TRUE;
  orm_job_end_guard (job);
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED,
                       is_open ? "The transaction was ended" : _ ("The database is closed."));
  return FALSE;
}

gboolean
orm_database_may_wait (OrmDatabase *self, OrmJob *job, GError **error)
{
  gboolean would_hang;

  g_mutex_lock (&self->lock);
  would_hang = job->writes && !job->done && (job->queue == NULL || job->kind == ORM_JOB_HOLD) &&
               g_hash_table_contains (self->holders, g_thread_self ());
  g_mutex_unlock (&self->lock);
  if (would_hang)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_BUSY,
                         "This would wait for ever: a scope that this thread opened in another session holds the "
                         "transaction. Commit or free it first.");
  return !would_hang;
}

OrmConnection *
orm_database_borrow_page (OrmDatabase *self)
{
  OrmConnection *page = self->thread == g_thread_self () ? orm_database_get_page_connection (self) : NULL;

  if (page == NULL || (page->owner != NULL && page->owner != self->thread))
    return NULL;
  /* It could not be opened again: a thread says why. */
  return orm_connection_is_outdated (page, self->file) ? NULL : page;
}

/* A caller that waits is kept from its work in any case: a hand-over to another thread and back would add to that, and
 * most of what a small page takes. */
static gboolean
orm_database_run_at_once (OrmDatabase *self, OrmJob *job)
{
  OrmConnection *page = job->is_at_once && job->queue == NULL ? orm_database_borrow_page (self) : NULL;

  if (page == NULL || page->depth > 0)
    return FALSE;
  orm_job_run (job, page);
  return TRUE;
}

gboolean
orm_database_call (OrmDatabase *self, OrmJob *job, GCancellable *cancellable, GError **error)
{
  g_set_object (&job->cancellable, cancellable);
  if (!orm_database_run_at_once (self, job) && orm_database_may_wait (self, job, &job->error) &&
      orm_database_push (self, job, &job->error))
    orm_database_wait (self, job);
  return orm_job_end (job, error);
}

void
orm_database_call_async (OrmDatabase *self,
                         OrmJob *job,
                         gpointer source,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_set_object (&job->cancellable, cancellable);
  orm_job_take_task (job, g_task_new (source, cancellable, callback, user_data));
  if (!orm_database_push (self, job, &job->error))
    orm_job_return (job);
}

static gboolean
orm_database_run (OrmDatabase *self,
                  gboolean writes,
                  OrmWork work,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (OrmJob) job = orm_job_new_work (writes, work, data, NULL);

  return orm_database_call (self, job, cancellable, error);
}

static gboolean
orm_database_run_finish (OrmDatabase *self, GAsyncResult *result, gpointer *data, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (data != NULL)
    *data = ((OrmJob *) g_task_get_task_data (G_TASK (result)))->data;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * orm_database_write:
 * @self: an open database
 * @work: what to do, on the writing thread, in a transaction
 * @data: for @work
 * @cancellable: (nullable): interrupts the work, which is then rolled back
 * @error: return location
 *
 * Writes, after everything that was asked for before, and waits for the commit. Any thread but those of the database.
 *
 * Returns: whether it is committed; else what @work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_write (OrmDatabase *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self) && work != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return orm_database_run (self, TRUE, work, data, cancellable, error);
}

/**
 * orm_database_write_async:
 * @self: an open database
 * @work: what to do, on the writing thread, in a transaction
 * @data: for @work
 * @destroy: (nullable): frees @data, on the caller's context, after @callback
 * @cancellable: (nullable): interrupts the work, which is then rolled back
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Writes, after everything that was asked for before.
 */
void
orm_database_write_async (OrmDatabase *self,
                          OrmWork work,
                          gpointer data,
                          GDestroyNotify destroy,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (ORM_IS_DATABASE (self) && work != NULL);

  orm_database_call_async (self, orm_job_new_work (TRUE, work, data, destroy), self, cancellable, callback, user_data);
}

/**
 * orm_database_write_finish:
 * @self: a database
 * @result: what the callback got
 * @data: (out) (optional) (transfer none): what was handed in, for reading the results
 * @error: return location
 *
 * Returns: whether it is committed; else what the work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_write_finish (OrmDatabase *self, GAsyncResult *result, gpointer *data, GError **error)
{
  return orm_database_run_finish (self, result, data, error);
}

/**
 * orm_database_write_relaxed:
 * @self: an open database
 * @work: what to do, on the writing thread, in a transaction
 * @data: for @work
 * @cancellable: (nullable): interrupts the work, which is then rolled back
 * @error: return location
 *
 * Writes as orm_database_write() does, but does not wait until the disk has it: a power cut may undo it, whole, with
 * what was committed in this way since. For one of many parts of what can be begun again; orm_database_force() ends
 * that. Any thread but those of the database.
 *
 * Returns: whether it is committed; else what @work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_write_relaxed (OrmDatabase *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && work != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  job = orm_job_new_work (TRUE, work, data, NULL);
  job->is_relaxed = TRUE;
  return orm_database_call (self, job, cancellable, error);
}

/**
 * orm_database_write_relaxed_async:
 * @self: an open database
 * @work: what to do, on the writing thread, in a transaction
 * @data: for @work
 * @destroy: (nullable): frees @data, on the caller's context, after @callback
 * @cancellable: (nullable): interrupts the work, which is then rolled back
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Writes as orm_database_write_relaxed() does; orm_database_write_finish() ends it.
 */
void
orm_database_write_relaxed_async (OrmDatabase *self,
                                  OrmWork work,
                                  gpointer data,
                                  GDestroyNotify destroy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  OrmJob *job;

  g_return_if_fail (ORM_IS_DATABASE (self) && work != NULL);

  job = orm_job_new_work (TRUE, work, data, destroy);
  job->is_relaxed = TRUE;
  orm_database_call_async (self, job, self, cancellable, callback, user_data);
}

static gboolean
work_force (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_force (connection, error);
}

/**
 * orm_database_force:
 * @self: an open database
 * @error: return location
 *
 * Waits until the disk has all that was committed. Any thread but those of the database.
 *
 * Returns: whether it has
 */
gboolean
orm_database_force (OrmDatabase *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return orm_database_run (self, TRUE, work_force, NULL, NULL, error);
}

/**
 * orm_database_read:
 * @self: an open database
 * @work: what to do, on a reading thread, in a snapshot
 * @data: for @work
 * @cancellable: (nullable): interrupts the work
 * @error: return location
 *
 * Reads and waits for it. Any thread but those of the database.
 *
 * Returns: whether it was read; else what @work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_read (OrmDatabase *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self) && work != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return orm_database_run (self, FALSE, work, data, cancellable, error);
}

/**
 * orm_database_read_async:
 * @self: an open database
 * @work: what to do, on a reading thread, in a snapshot
 * @data: for @work
 * @destroy: (nullable): frees @data, on the caller's context, after @callback
 * @cancellable: (nullable): interrupts the work
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads.
 */
void
orm_database_read_async (OrmDatabase *self,
                         OrmWork work,
                         gpointer data,
                         GDestroyNotify destroy,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (ORM_IS_DATABASE (self) && work != NULL);

  orm_database_call_async (self, orm_job_new_work (FALSE, work, data, destroy), self, cancellable, callback, user_data);
}

/**
 * orm_database_read_finish:
 * @self: a database
 * @result: what the callback got
 * @data: (out) (optional) (transfer none): what was handed in, for reading the results
 * @error: return location
 *
 * Returns: whether it was read; else what the work set, %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_read_finish (OrmDatabase *self, GAsyncResult *result, gpointer *data, GError **error)
{
  return orm_database_run_finish (self, result, data, error);
}
