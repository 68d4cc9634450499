/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-database-private.h"
#include "orm-error.h"

#include <glib/gi18n-lib.h>

/* Waiting for a job, and giving that up. A job that waits in a queue is given up when its cancellable says so, and when
 * it has waited for the writer for as long as anyone is to wait. Who looks for that is who waits: the thread of the
 * caller in the plain form; in the _async form a source in its main context, the guard. The thread of the database may
 * be in the middle of the very work that is waited for. Either that thread takes a job off the queue, or who gives up
 * does: a job that was given up never runs, and the order of the others stays. */

/* Of how many threads it is known when they were served. */
#define MAX_SERVED 64

static gboolean
waits_for_writer (OrmJob *job)
{
  return job->writes && (job->queue == NULL || job->kind == ORM_JOB_HOLD);
}

GAsyncQueue *
orm_database_get_queue (OrmDatabase *self, OrmJob *job)
{
  if (waits_for_writer (job))
    return self->writer.jobs;
  return job->queue != NULL ? job->queue : self->readers[0].jobs;
}

static gint64
get_limit (OrmDatabase *self)
{
  return self->busy_timeout * G_GINT64_CONSTANT (1000);
}

/* Under the lock: when it has waited for long enough; G_MAXINT64: never. What counts is the time since it was asked
 * for, or since the writer did the last work of the same thread: who asks for many things at once waits for one at a
 * time.
 */
static gint64
orm_database_get_deadline (OrmDatabase *self, OrmJob *job)
{
  const gint64 *served = g_hash_table_lookup (self->served, job->caller);

  if (!waits_for_writer (job))
    return G_MAXINT64;
  return MAX (job->pushed, served != NULL ? *served : 0) + get_limit (self);
}

static gboolean
is_long_ago (gpointer thread, gpointer served, gpointer since)
{
  return *(gint64 *) served < *(gint64 *) since;
}

void
orm_database_note_served (OrmDatabase *self, GThread *caller)
{
  gint64 *now = g_new (gint64, 1);
  gint64 since;

  *now = g_get_monotonic_time ();
  since = *now - get_limit (self);
  g_mutex_lock (&self->lock);
  /* What is longer ago than the limit puts off nothing. */
  if (g_hash_table_size (self->served) >= MAX_SERVED)
    g_hash_table_foreach_remove (self->served, is_long_ago, &since);
  g_hash_table_insert (self->served, caller, now);
  g_mutex_unlock (&self->lock);
}

/* Under the lock: takes the job off its queue, where there is a reason to and no thread has it yet. */
static gboolean
orm_database_take_back (OrmDatabase *self, OrmJob *job, gboolean is_late)
{
  gboolean is_cancelled = g_cancellable_is_cancelled (job->cancellable);

  if ((!is_cancelled && !is_late) || !g_async_queue_remove (orm_database_get_queue (self, job), job))
    return FALSE;
  if (is_cancelled)
    g_cancellable_set_error_if_cancelled (job->cancellable, &job->error);
  else
    g_set_error_literal (&job->error, ORM_ERROR, ORM_ERROR_BUSY,
                         self->held != NULL ? _ ("The database is busy: another session holds a transaction open. "
                                                 "Nothing was written. Try again later.")
                                            : _ ("The database is busy: what was asked for before takes long. "
                                                 "Nothing was written. Try again later."));
  return TRUE;
}

/* The job is the caller's again, and may be gone after this. */
void
orm_database_return (OrmDatabase *self, OrmJob *job)
{
  gboolean is_told = job->task != NULL;

  orm_database_signal (self, &job->done);
  if (is_told)
    orm_job_return (job);
}

static void
orm_database_give_up (OrmDatabase *self, OrmJob *job)
{
  if (job->kind == ORM_JOB_HOLD)
    orm_database_let_go (self, job->caller, job->queue);
  orm_job_end_guard (job);
  orm_database_return (self, job);
}

/* Who waits */

static void
on_wait_cancelled (GCancellable *cancellable, gpointer data)
{
  OrmDatabase *self = data;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
}

/* Whether it was taken back; else it has run. */
static gboolean
orm_database_wait_or_take_back (OrmDatabase *self, OrmJob *job)
{
  gboolean is_taken = FALSE;

  g_mutex_lock (&self->lock);
  while (!job->done && !is_taken)
    {
      gint64 deadline = orm_database_get_deadline (self, job);
      gboolean is_late = g_get_monotonic_time () >= deadline;

      is_taken = orm_database_take_back (self, job, is_late);
      if (is_taken)
        break;
      /* A late one that could not be taken back is being run. */
      if (is_late || deadline == G_MAXINT64)
        g_cond_wait (&self->done, &self->lock);
      else
        g_cond_wait_until (&self->done, &self->lock, deadline);
    }
  g_mutex_unlock (&self->lock);
  return is_taken;
}

void
orm_database_wait (OrmDatabase *self, OrmJob *job)
{
  gulong handler = 0;
  gboolean is_taken;

  g_assert (g_thread_self () != self->writer.thread);
  for (guint i = 0; i < ORM_DATABASE_N_READERS; i++)
    g_assert (g_thread_self () != self->readers[i].thread);

  if (job->cancellable != NULL)
    handler = g_cancellable_connect (job->cancellable, G_CALLBACK (on_wait_cancelled), self, NULL);
  is_taken = orm_database_wait_or_take_back (self, job);
  g_cancellable_disconnect (job->cancellable, handler);
  if (is_taken)
    orm_database_give_up (self, job);
}

/* Who is told */

static gboolean
on_guard (gpointer data)
{
  OrmJob *job = data;
  OrmDatabase *self = job->database;
  gint64 deadline;
  gboolean is_taken, is_late;

  g_mutex_lock (&self->lock);
  deadline = orm_database_get_deadline (self, job);
  is_late = g_get_monotonic_time () >= deadline;
  is_taken = orm_database_take_back (self, job, is_late);
  g_mutex_unlock (&self->lock);

  if (is_taken)
    orm_database_give_up (self, job);
  else if (!is_late && !g_cancellable_is_cancelled (job->cancellable))
    {
      g_source_set_ready_time (g_main_current_source (), deadline);
      return G_SOURCE_CONTINUE;
    }
  return G_SOURCE_REMOVE;
}

static gboolean
guard_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

void
orm_database_guard (OrmDatabase *self, OrmJob *job)
{
  static GSourceFuncs functions = { .dispatch = guard_dispatch };
  gboolean is_limited = waits_for_writer (job);

  if (job->task == NULL || (!is_limited && job->cancellable == NULL))
    return;
  job->database = self;
  job->guard = g_source_new (&functions, sizeof (GSource));
  g_source_set_static_name (job->guard, "[orm] guard of a job that waits");
  g_source_set_priority (job->guard, g_task_get_priority (job->task));
  g_source_set_callback (job->guard, on_guard, job, NULL);
  if (is_limited)
    g_source_set_ready_time (job->guard, g_get_monotonic_time () + get_limit (self));
  if (job->cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (job->cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (job->guard, cancelled);
    }
  g_source_attach (job->guard, g_task_get_context (job->task));
}
