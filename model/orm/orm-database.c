/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-database.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-file.h"
#include "orm-job.h"
#include "orm-table-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define N_READERS     2
#define WATCH_SECONDS 1

/* One file and its threads: one that writes, so that writes have an order and never fight for the lock, and two that
 * read, each in a snapshot, so that a long search does not hold up a short one. The plain and the _async forms of a
 * call are the same job: one waits for it, the other is told. */

typedef struct
{
  OrmDatabase *database; /* outlives its threads */
  GThread *thread;
  GAsyncQueue *jobs;
  OrmConnection *connection;
  gboolean writes;
  gint64 data_version;
} Worker;

struct _OrmDatabase
{
  GObject parent_instance;

  char *path;
  char *file;   /* what is opened */
  char *folder; /* of a database in memory, removed at the end */
  OrmOpenFlags flags;
  gboolean immutable;
  gint32 application_id;
  const OrmMigration *migrations;
  guint n_migrations;
  OrmConnectionSetup setup;
  gpointer setup_data;
  GMainContext *context;

  gboolean is_open;
  Worker writer;
  Worker readers[N_READERS];
  OrmConnection *page;
  GSource *watch;
  char *log_file;
  gint64 log_stamp[2];
  gboolean log_moved;

  GMutex lock;
  GCond done;
  OrmChanges *changes;     /* under lock: not yet told */
  gboolean poll_is_queued; /* under lock */
};

G_DEFINE_FINAL_TYPE (OrmDatabase, orm_database, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STATEMENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Telling what changed */

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GWeakRef *
weak_ref_new (gpointer object)
{
  GWeakRef *self = g_new0 (GWeakRef, 1);

  g_weak_ref_init (self, object);
  return self;
}

static gboolean
on_tell (gpointer data)
{
  g_autoptr (OrmDatabase) self = g_weak_ref_get (data);
  g_autoptr (OrmChanges) changes = NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->lock);
  changes = g_steal_pointer (&self->changes);
  g_mutex_unlock (&self->lock);
  if (!orm_changes_is_empty (changes))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
  return G_SOURCE_REMOVE;
}

static void
orm_database_tell (OrmDatabase *self, OrmChanges *changes)
{
  g_autoptr (GSource) source = NULL;

  g_mutex_lock (&self->lock);
  if (self->changes == NULL)
    source = g_idle_source_new ();
  self->changes = orm_changes_merge (self->changes, changes);
  g_mutex_unlock (&self->lock);

  if (source == NULL)
    return;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_tell, weak_ref_new (self), weak_ref_free);
  g_source_set_static_name (source, "[orm] changes");
  g_source_attach (source, self->context);
}

static void
on_committed (const OrmChange *log, gsize n_log, gpointer data)
{
  g_autoptr (OrmChanges) changes = orm_changes_new_from_log (log, n_log);

  if (!orm_changes_is_empty (changes))
    orm_database_tell (data, g_steal_pointer (&changes));
}

static void
on_statement (const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_STATEMENT], 0, sql, microseconds, rows);
}

/* Without a listener a statement costs no look at the clock. */
static void
orm_database_trace (OrmDatabase *self, OrmConnection *connection)
{
  gboolean listens = g_signal_has_handler_pending (self, signals[SIGNAL_STATEMENT], 0, FALSE);

  connection->trace = listens ? on_statement : NULL;
  connection->trace_data = self;
}

/* The threads */

static OrmConnection *
orm_database_connect (OrmDatabase *self, gboolean writes, GError **error)
{
  g_autoptr (OrmConnection) connection = NULL;

  if (self->immutable)
    connection = orm_connection_new_immutable (self->file, error);
  else
    connection = orm_connection_new (self->file, writes ? self->flags : ORM_OPEN_READ_ONLY, error);
  if (connection == NULL)
    return NULL;

  orm_database_trace (self, connection);
  if (self->folder != NULL && writes && !orm_connection_execute (connection, "PRAGMA synchronous = OFF", error))
    return NULL;
  if (self->setup != NULL && !self->setup (connection, self->setup_data, error))
    return NULL;
  return g_steal_pointer (&connection);
}

static gboolean
worker_connect (Worker *worker, GError **error)
{
  if (worker->connection != NULL)
    return TRUE;
  worker->connection = orm_database_connect (worker->database, worker->writes, error);
  return worker->connection != NULL;
}

static void
worker_poll (Worker *worker)
{
  gint64 version;

  g_mutex_lock (&worker->database->lock);
  worker->database->poll_is_queued = FALSE;
  g_mutex_unlock (&worker->database->lock);

  version = orm_connection_get_data_version (worker->connection);
  if (version < 0 || version == worker->data_version)
    return;
  worker->data_version = version;
  orm_database_tell (worker->database, orm_changes_new_everything ());
}

static void
worker_finish (Worker *worker, OrmJob *job)
{
  OrmDatabase *self = worker->database;
  gboolean is_told = job->task != NULL;

  g_mutex_lock (&self->lock);
  job->done = TRUE;
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
  /* A job that is waited for may be gone by now. */
  if (is_told)
    orm_job_return (job);
}

static gpointer
worker_run (gpointer data)
{
  Worker *worker = data;

  for (;;)
    {
      OrmJob *job = g_async_queue_pop (worker->jobs);

      if (job->kind == ORM_JOB_QUIT)
        {
          orm_job_free (job);
          break;
        }
      if (job->kind == ORM_JOB_POLL)
        {
          worker_poll (worker);
          orm_job_free (job);
          continue;
        }
      if (worker_connect (worker, &job->error))
        {
          orm_database_trace (worker->database, worker->connection);
          orm_job_run (job, worker->connection);
        }
      worker_finish (worker, job);
    }
  g_clear_pointer (&worker->connection, orm_connection_free);
  return NULL;
}

static gpointer
reader_run (gpointer data)
{
  /* Ready before the first search; if it fails now, the first job tries again and says why. */
  worker_connect (data, NULL);
  return worker_run (data);
}

/* Opening */

static gboolean
orm_database_migrate (OrmDatabase *self, OrmConnection *connection, GError **error)
{
  char sql[64];
  gint64 application_id;

  if (self->application_id != 0)
    {
      if (!orm_connection_get_int64 (connection, "PRAGMA application_id", &application_id, error))
        return FALSE;
      g_snprintf (sql, sizeof sql, "PRAGMA application_id = %d", self->application_id);
      if (application_id != self->application_id && !orm_connection_execute (connection, sql, error))
        return FALSE;
    }
  return self->n_migrations == 0 || orm_migrate (connection, self->migrations, self->n_migrations, error);
}

typedef struct
{
  Worker *worker;
  GError **error;
  gboolean opened;
  gboolean done;
} Opening;

static gpointer
writer_run (gpointer data)
{
  Opening *opening = data;
  Worker *worker = opening->worker;
  OrmDatabase *self = worker->database;
  gboolean opened =
      worker_connect (worker, opening->error) &&
      ((self->flags & ORM_OPEN_READ_ONLY) != 0 || orm_database_migrate (self, worker->connection, opening->error));

  if (opened)
    {
      worker->data_version = orm_connection_get_data_version (worker->connection);
      worker->connection->committed = on_committed;
      worker->connection->committed_data = self;
    }
  else
    g_clear_pointer (&worker->connection, orm_connection_free);

  g_mutex_lock (&self->lock);
  opening->opened = opened;
  opening->done = TRUE;
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
  return opened ? worker_run (worker) : NULL;
}

static gboolean
orm_database_start_writer (OrmDatabase *self, GError **error)
{
  Opening opening = { .worker = &self->writer, .error = error };

  self->writer.thread = g_thread_new ("orm-writer", writer_run, &opening);
  g_mutex_lock (&self->lock);
  while (!opening.done)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);

  if (!opening.opened)
    g_thread_join (g_steal_pointer (&self->writer.thread));
  return opening.opened;
}

static void
worker_stop (Worker *worker)
{
  if (worker->thread == NULL)
    return;
  g_assert (worker->thread != g_thread_self ());
  g_async_queue_push (worker->jobs, orm_job_new (ORM_JOB_QUIT));
  g_thread_join (g_steal_pointer (&worker->thread));
}

static gboolean
orm_database_look_at_log (OrmDatabase *self)
{
  GStatBuf info = { 0 };
  gint64 stamp[2] = { 0 };
  gboolean moved;

  if (g_stat (self->log_file, &info) == 0)
    {
      stamp[0] = info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
      stamp[1] = info.st_size;
    }
  moved = stamp[0] != self->log_stamp[0] || stamp[1] != self->log_stamp[1];
  self->log_stamp[0] = stamp[0];
  self->log_stamp[1] = stamp[1];
  return moved;
}

static gboolean
on_watch (gpointer data)
{
  g_autoptr (OrmDatabase) self = g_weak_ref_get (data);
  gboolean moved;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  /* Times on a disk are coarse: two writes can have the same, so look once more after one was seen. */
  moved = orm_database_look_at_log (self);
  if (moved || self->log_moved)
    orm_database_poll (self);
  self->log_moved = moved;
  return G_SOURCE_CONTINUE;
}

/* Looking at the size and time of the log once a second works on every file system, and wakes no disk. */
static void
orm_database_watch (OrmDatabase *self)
{
  self->log_file = g_strconcat (self->file, "-wal", NULL);
  orm_database_look_at_log (self);
  self->watch = g_timeout_source_new_seconds (WATCH_SECONDS);
  g_source_set_callback (self->watch, on_watch, weak_ref_new (self), weak_ref_free);
  g_source_set_static_name (self->watch, "[orm] watch");
  g_source_attach (self->watch, self->context);
}

static void
orm_database_unwatch (OrmDatabase *self)
{
  if (self->watch != NULL)
    {
      g_source_destroy (self->watch);
      g_clear_pointer (&self->watch, g_source_unref);
    }
  g_clear_pointer (&self->log_file, g_free);
}

/* A database in memory is a file in a folder of its own, made for the occasion: SQLite's shared memory databases know
 * no snapshots, so that a reader would stop the writer. */
static gboolean
orm_database_find_file (OrmDatabase *self, GError **error)
{
  OrmFileState state;

  if (g_str_equal (self->path, ":memory:"))
    {
      self->folder = g_dir_make_tmp ("orm-XXXXXX", error);
      if (self->folder == NULL)
        return FALSE;
      self->file = g_build_filename (self->folder, "memory.db", NULL);
      self->flags |= ORM_OPEN_CREATE;
    }
  else
    self->file = g_strdup (self->path);

  if (!orm_file_check (self->file, self->flags, self->application_id, self->n_migrations, &state, error))
    return FALSE;
  self->immutable = state.immutable;
  return !state.missing || orm_file_create (self->file, error);
}

static void
orm_database_remove_file (OrmDatabase *self)
{
  if (self->folder != NULL)
    {
      const char *const endings[] = { "", "-wal", "-shm" };

      for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
        {
          g_autofree char *file = g_strconcat (self->file, endings[i], NULL);

          g_unlink (file);
        }
      g_rmdir (self->folder);
    }
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->file, g_free);
}

/* Waiting and being told */

gboolean
orm_database_push (OrmDatabase *self, gboolean writes, OrmJob *job, GError **error)
{
  if (!self->is_open)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, _ ("The database is closed."));
  else if (writes && orm_database_is_read_only (self))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_READ_ONLY, _ ("The database was opened for reading only."));
  else
    {
      g_async_queue_push (writes ? self->writer.jobs : self->readers[0].jobs, job);
      return TRUE;
    }
  return FALSE;
}

void
orm_database_wait (OrmDatabase *self, OrmJob *job)
{
  g_assert (g_thread_self () != self->writer.thread);
  for (guint i = 0; i < N_READERS; i++)
    g_assert (g_thread_self () != self->readers[i].thread);

  g_mutex_lock (&self->lock);
  while (!job->done)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
orm_database_run (OrmDatabase *self,
                  gboolean writes,
                  OrmWork work,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  OrmJob *job = orm_job_new_work (work, data, NULL, cancellable);
  gboolean succeeded = orm_database_push (self, writes, job, error);

  if (succeeded)
    {
      orm_database_wait (self, job);
      succeeded = job->succeeded;
      if (!succeeded)
        g_propagate_error (error, g_steal_pointer (&job->error));
    }
  orm_job_free (job);
  return succeeded;
}

static void
orm_database_run_async (OrmDatabase *self,
                        gboolean writes,
                        OrmWork work,
                        gpointer data,
                        GDestroyNotify destroy,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  OrmJob *job = orm_job_new_work (work, data, destroy, cancellable);
  GError *error = NULL;

  orm_job_take_task (job, g_task_new (self, cancellable, callback, user_data));
  if (orm_database_push (self, writes, job, &error))
    return;
  g_propagate_error (&job->error, error);
  orm_job_return (job);
}

static gboolean
orm_database_run_finish (OrmDatabase *self, GAsyncResult *result, gpointer *data, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (data != NULL)
    *data = ((OrmJob *) g_task_get_task_data (G_TASK (result)))->data;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The object */

static void
orm_database_dispose (GObject *object)
{
  orm_database_close (ORM_DATABASE (object));

  G_OBJECT_CLASS (orm_database_parent_class)->dispose (object);
}

static void
orm_database_finalize (GObject *object)
{
  OrmDatabase *self = ORM_DATABASE (object);

  g_async_queue_unref (self->writer.jobs);
  for (guint i = 0; i < N_READERS; i++)
    g_async_queue_unref (self->readers[i].jobs);
  g_clear_pointer (&self->changes, orm_changes_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self->path);

  G_OBJECT_CLASS (orm_database_parent_class)->finalize (object);
}

static void
orm_database_class_init (OrmDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = orm_database_dispose;
  object_class->finalize = orm_database_finalize;

  /**
   * OrmDatabase::changed:
   * @self: the database
   * @changes: what changed since the last emission
   *
   * Emitted after commits, on the main context of the thread that made the database; also for those of another process.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, ORM_TYPE_CHANGES);

  /**
   * OrmDatabase::statement:
   * @self: the database
   * @sql: the statement; its values are not in it
   * @microseconds: how long it took, with the time the caller spent on its rows
   * @rows: how many rows it gave
   *
   * Emitted when a statement has ended, on the thread that ran it, before the call that asked for it returns: made for
   * counting in tests. What is connected while work runs hears of the work after it. Transactions are not told.
   */
  signals[SIGNAL_STATEMENT] =
      g_signal_new ("statement", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64, G_TYPE_INT64);
}

static void
orm_database_init (OrmDatabase *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  self->context = g_main_context_ref_thread_default ();
  self->writer = (Worker){ .database = self, .writes = TRUE, .jobs = g_async_queue_new () };
  self->readers[0] = (Worker){ .database = self, .jobs = g_async_queue_new () };
  for (guint i = 1; i < N_READERS; i++)
    self->readers[i] = (Worker){ .database = self, .jobs = g_async_queue_ref (self->readers[0].jobs) };
}

/**
 * orm_database_new:
 * @path: a file, or ":memory:" for one that is gone when it is closed, shared by the connections of this database
 * @flags: how to open it
 *
 * Describes a database; orm_database_open() opens it. Its signals come on the main context of the calling thread.
 *
 * Returns: (transfer full): a closed database
 */
OrmDatabase *
orm_database_new (const char *path, OrmOpenFlags flags)
{
  OrmDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (ORM_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  self->flags = flags;
  return self;
}

/**
 * orm_database_set_application_id:
 * @self: a closed database
 * @application_id: a number of the application's own; 0: any
 *
 * Sets what `PRAGMA application_id` is in files of the application: new ones get it, and a file with tables and another
 * one is refused. It works together with migrations.
 */
void
orm_database_set_application_id (OrmDatabase *self, gint32 application_id)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->application_id = application_id;
}

/**
 * orm_database_set_migrations:
 * @self: a closed database
 * @migrations: (array length=n_migrations) (transfer none): the steps of the schema; they must outlive the opening
 * @n_migrations: how many there are
 *
 * Sets the steps that opening runs.
 */
void
orm_database_set_migrations (OrmDatabase *self, const OrmMigration *migrations, guint n_migrations)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->migrations = migrations;
  self->n_migrations = n_migrations;
}

/**
 * orm_database_set_setup:
 * @self: a closed database
 * @setup: (nullable): called for each new connection, on several threads, before anything else uses it
 * @data: for @setup; must outlive the database
 *
 * Sets what adds functions and tokenizers to connections.
 */
void
orm_database_set_setup (OrmDatabase *self, OrmConnectionSetup setup, gpointer data)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->setup = setup;
  self->setup_data = data;
}

/**
 * orm_database_open:
 * @self: a closed database
 * @cancellable: (nullable): a cancellable, looked at before anything is done
 * @error: return location
 *
 * Opens the file, checks that it is a database of ours, migrates it, and starts the threads. Blocks. A file that is
 * refused is left untouched.
 *
 * Returns: whether it is open; else %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_open (OrmDatabase *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (!self->is_open, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!orm_database_find_file (self, error) || !orm_database_start_writer (self, error))
    {
      orm_database_remove_file (self);
      return FALSE;
    }

  self->page = orm_database_connect (self, FALSE, error);
  if (self->page == NULL)
    {
      worker_stop (&self->writer);
      orm_database_remove_file (self);
      return FALSE;
    }
  orm_connection_claim (self->page);
  for (guint i = 0; i < N_READERS; i++)
    self->readers[i].thread = g_thread_new ("orm-reader", reader_run, &self->readers[i]);
  orm_database_watch (self);
  self->is_open = TRUE;
  return TRUE;
}

/**
 * orm_database_close:
 * @self: a database
 *
 * Waits for everything that was asked for, ends the threads, and closes the file. May run twice. What was asked for
 * with an _async function is still told to its callback.
 */
void
orm_database_close (OrmDatabase *self)
{
  g_return_if_fail (ORM_IS_DATABASE (self));

  if (!self->is_open)
    return;
  self->is_open = FALSE;
  orm_database_unwatch (self);
  for (guint i = 0; i < N_READERS; i++)
    g_async_queue_push (self->readers[i].jobs, orm_job_new (ORM_JOB_QUIT));
  for (guint i = 0; i < N_READERS; i++)
    g_thread_join (g_steal_pointer (&self->readers[i].thread));
  g_clear_pointer (&self->page, orm_connection_free);
  /* The last to close the file, as it can empty and remove the log. */
  worker_stop (&self->writer);
  orm_database_remove_file (self);
}

/**
 * orm_database_get_path:
 * @self: a database
 *
 * Returns: (transfer none): the path it was made with
 */
const char *
orm_database_get_path (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), NULL);

  return self->path;
}

/**
 * orm_database_is_read_only:
 * @self: a database
 *
 * Returns: whether it was opened for reading only
 */
gboolean
orm_database_is_read_only (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);

  return (self->flags & ORM_OPEN_READ_ONLY) != 0;
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

  orm_database_run_async (self, TRUE, work, data, destroy, cancellable, callback, user_data);
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

  orm_database_run_async (self, FALSE, work, data, destroy, cancellable, callback, user_data);
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

/**
 * orm_database_get_page_connection:
 * @self: an open database
 *
 * Gives the one connection of the thread that made the database, for reading a page by key, and nothing else.
 *
 * Returns: (transfer none) (nullable): a connection that only reads; %NULL where the database is closed
 */
OrmConnection *
orm_database_get_page_connection (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), NULL);

  if (self->page != NULL)
    orm_database_trace (self, self->page);
  return self->page;
}

/**
 * orm_database_poll:
 * @self: a database
 *
 * Looks whether another process has committed since; if so #OrmDatabase::changed follows, with everything. It happens
 * by itself within two seconds.
 */
void
orm_database_poll (OrmDatabase *self)
{
  gboolean queued;

  g_return_if_fail (ORM_IS_DATABASE (self));

  if (!self->is_open)
    return;
  g_mutex_lock (&self->lock);
  queued = self->poll_is_queued;
  self->poll_is_queued = TRUE;
  g_mutex_unlock (&self->lock);
  if (!queued)
    g_async_queue_push (self->writer.jobs, orm_job_new (ORM_JOB_POLL));
}

typedef struct
{
  const GType *types;
  guint n_types;
} Check;

static gboolean
check_mapping (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Check *check = data;

  for (guint i = 0; i < check->n_types; i++)
    if (!orm_table_check (orm_table_for_type (check->types[i]), connection, error))
      return FALSE;
  return TRUE;
}

/**
 * orm_database_check_mapping:
 * @self: an open database
 * @types: (array length=n_types): subclasses of #OrmEntity
 * @n_types: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Looks whether the tables in the file have the columns that the classes are mapped to. Blocks; any thread but those of
 * the database.
 *
 * Returns: whether they do; %ORM_ERROR_MISMATCH names the first column that does not agree
 */
gboolean
orm_database_check_mapping (OrmDatabase *self,
                            const GType *types,
                            guint n_types,
                            GCancellable *cancellable,
                            GError **error)
{
  Check check = { types, n_types };

  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);

  return orm_database_run (self, FALSE, check_mapping, &check, cancellable, error);
}
