/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-worker.h"
#include "orm-connection-private.h"
#include "orm-database-private.h"
#include "orm-error.h"

#include <sqlite3.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define REST (2 * G_USEC_PER_SEC)

static gboolean
orm_worker_connect (OrmWorker *self, GError **error)
{
  /* A file that is read as it stands, and that another program has written to since. */
  if (self->connection != NULL && orm_connection_is_outdated (self->connection, self->database->file))
    g_clear_pointer (&self->connection, orm_connection_free);
  if (self->connection == NULL)
    self->connection = orm_database_connect (self->database, self->writes, error);
  return self->connection != NULL;
}

static void
on_committed (const OrmChange *log, gsize n_log, gpointer data)
{
  g_autoptr (OrmChanges) changes = orm_changes_new_from_log (log, n_log);

  if (!orm_changes_is_empty (changes))
    orm_database_tell (data, g_steal_pointer (&changes));
}

/* The number that SQLite gives does not move by the commits of the connection itself. */
static void
orm_worker_poll (OrmWorker *self)
{
  gboolean was_outdated =
      self->connection == NULL || orm_connection_is_outdated (self->connection, self->database->file);
  gint64 version;

  orm_database_end_poll (self->database);
  if (!orm_worker_connect (self, NULL))
    return;
  version = orm_connection_get_data_version (self->connection);
  if (version < 0 || (version == self->data_version && !was_outdated))
    return;
  self->data_version = version;
  orm_database_tell (self->database, orm_changes_new_everything ());
}

/* SQLite keeps the pages that it has read, up to two megabytes a connection: the next job wants some of them, and comes
 * soon while somebody types. Where none came for a while they are given back, and glibc is told that it need not keep
 * their room. */
static void
orm_worker_rest (OrmWorker *self)
{
  self->is_warm = FALSE;
  if (self->connection == NULL)
    return;
  sqlite3_db_release_memory (orm_connection_get_handle (self->connection));
  /* AddressSanitizer has memory of its own. glibc's is not set up then, and two threads at once are too many for it. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  malloc_trim (0);
#endif
}

static OrmJob *
pop (GAsyncQueue *jobs)
{
  OrmJob *job = g_async_queue_pop (jobs);

  orm_job_end_guard (job);
  return job;
}

/* Waits for the next job, without what it has in memory if that takes long. */
static OrmJob *
orm_worker_wait (OrmWorker *self)
{
  while (self->is_warm)
    {
      gint64 left = self->last_work + REST - g_get_monotonic_time ();
      OrmJob *job = left > 0 ? g_async_queue_timeout_pop (self->jobs, (guint64) left) : NULL;

      if (job != NULL)
        {
          orm_job_end_guard (job);
          return job;
        }
      if (left <= 0)
        orm_worker_rest (self);
    }
  return pop (self->jobs);
}

static void
orm_worker_work (OrmWorker *self, OrmJob *job)
{
  if (orm_worker_connect (self, &job->error))
    {
      orm_database_trace (self->database, self->connection);
      orm_job_run (job, self->connection);
    }
  self->last_work = g_get_monotonic_time ();
  self->is_warm = TRUE;
}

/* What was asked for after what ended the transaction, and before that was known. Nothing comes any more. */
static void
orm_worker_refuse (OrmWorker *self, GAsyncQueue *jobs)
{
  OrmJob *job;

  while ((job = g_async_queue_try_pop (jobs)) != NULL)
    {
      orm_job_end_guard (job);
      if (job->kind == ORM_JOB_QUIT)
        {
          orm_job_free (job);
          continue;
        }
      g_set_error_literal (&job->error, ORM_ERROR, ORM_ERROR_FAILED, "The transaction was ended");
      orm_database_return (self->database, job);
    }
}

/* Runs what comes over the queue of the scope until it ends the transaction. */
static void
orm_worker_hold (OrmWorker *self, OrmJob *hold)
{
  g_autoptr (GAsyncQueue) jobs = g_async_queue_ref (hold->queue);
  GThread *holder = hold->caller;
  OrmConnection *connection = self->connection;

  orm_database_trace (self->database, connection);
  hold->succeeded = !g_cancellable_set_error_if_cancelled (hold->cancellable, &hold->error) &&
                    orm_connection_begin (connection, &hold->error);
  if (hold->succeeded && !orm_database_hold (self->database, jobs, &hold->error))
    {
      orm_connection_rollback (connection);
      hold->succeeded = FALSE;
    }
  if (!hold->succeeded)
    orm_database_let_go (self->database, holder, jobs);
  orm_database_return (self->database, hold);

  while (connection->depth > 0)
    {
      OrmJob *job = pop (jobs);

      if (job->kind == ORM_JOB_QUIT)
        while (connection->depth > 0)
          orm_connection_rollback (connection);
      else
        orm_worker_work (self, job);
      if (connection->depth == 0)
        {
          orm_database_let_go (self->database, holder, jobs);
          orm_database_note_served (self->database, holder);
        }
      if (job->kind == ORM_JOB_QUIT)
        orm_job_free (job);
      else
        orm_database_return (self->database, job);
    }
  orm_worker_refuse (self, jobs);
}

static gpointer
orm_worker_run (gpointer data)
{
  OrmWorker *self = data;

  for (;;)
    {
      OrmJob *job = orm_worker_wait (self);
      OrmJobKind kind = job->kind;

      if (kind == ORM_JOB_WORK)
        {
          orm_worker_work (self, job);
          if (self->writes)
            orm_database_note_served (self->database, job->caller);
          orm_database_return (self->database, job);
          continue;
        }
      if (kind == ORM_JOB_HOLD)
        {
          orm_worker_hold (self, job);
          continue;
        }
      orm_job_free (job);
      if (kind == ORM_JOB_QUIT)
        break;
      orm_worker_poll (self);
    }
  g_clear_pointer (&self->connection, orm_connection_free);
  return NULL;
}

static gpointer
orm_worker_run_in_background (gpointer data)
{
  OrmWorker *self = data;

  /* Ready before the first search; if it fails now, the first job tries again and says why. SQLite opens the log by its
   * name when something is read: it is to be the log of this file, whatever becomes of that. */
  if (orm_worker_connect (self, NULL))
    sqlite3_exec (orm_connection_get_handle (self->connection), "PRAGMA user_version", NULL, NULL, NULL);
  return orm_worker_run (self);
}

typedef struct
{
  OrmWorker *worker;
  OrmJob *job; /* the caller's: it may be gone once it is told */
} Start;

static gboolean
orm_worker_open (OrmWorker *self, OrmJob *job)
{
  if (g_cancellable_set_error_if_cancelled (job->cancellable, &job->error) ||
      !orm_database_find_file (self->database, &job->error) || !orm_worker_connect (self, &job->error) ||
      !orm_database_prepare_file (self->database, self->connection, &job->error))
    {
      g_clear_pointer (&self->connection, orm_connection_free);
      return FALSE;
    }
  self->data_version = orm_connection_get_data_version (self->connection);
  self->connection->committed = on_committed;
  self->connection->committed_data = self->database;
  return TRUE;
}

static gpointer
orm_worker_run_started (gpointer data)
{
  g_autofree Start *start = data;
  OrmWorker *self = start->worker;
  gboolean is_open = orm_worker_open (self, start->job);

  start->job->succeeded = is_open;
  orm_database_return (self->database, start->job);
  return is_open ? orm_worker_run (self) : NULL;
}

void
orm_worker_start (OrmWorker *self, OrmJob *job)
{
  Start *start = g_new (Start, 1);

  start->worker = self;
  start->job = job;
  self->thread = g_thread_new ("orm-writer", orm_worker_run_started, start);
}

void
orm_worker_start_in_background (OrmWorker *self)
{
  self->thread = g_thread_new ("orm-reader", orm_worker_run_in_background, self);
}

void
orm_worker_stop (OrmWorker *workers, guint n_workers)
{
  for (guint i = 0; i < n_workers; i++)
    g_async_queue_push (workers[i].jobs, orm_job_new (ORM_JOB_QUIT));
  for (guint i = 0; i < n_workers; i++)
    {
      g_assert (workers[i].thread != g_thread_self ());
      g_thread_join (g_steal_pointer (&workers[i].thread));
    }
}

void
orm_worker_init (OrmWorker *self, OrmDatabase *database, GAsyncQueue *jobs, gboolean writes)
{
  self->database = database;
  self->jobs = jobs;
  self->writes = writes;
}

void
orm_worker_clear (OrmWorker *self)
{
  g_clear_pointer (&self->jobs, g_async_queue_unref);
}
