/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-database-private.h"
#include "orm-error.h"
#include "orm-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* One file and its threads: one that writes, so that writes have an order and never fight for the lock, and two that
 * read, each in a snapshot, so that a long search does not hold up a short one. The plain and the _async forms of a
 * call are the same job: one waits for it, the other is told. */

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

void
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
on_statement (const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_STATEMENT], 0, sql, microseconds, rows);
}

/* Without a listener a statement costs no look at the clock. */
void
orm_database_trace (OrmDatabase *self, OrmConnection *connection)
{
  gboolean listens = g_signal_has_handler_pending (self, signals[SIGNAL_STATEMENT], 0, FALSE);

  connection->trace = listens ? on_statement : NULL;
  connection->trace_data = self;
}

/* For the threads */

OrmConnection *
orm_database_connect (OrmDatabase *self, gboolean writes, GError **error)
{
  g_autoptr (OrmConnection) connection = NULL;

  if (!orm_database_is_read_only (self))
    connection = orm_connection_new (self->file, writes ? self->open_flags : ORM_OPEN_READ_ONLY, error);
  else if (orm_file_look (self->file).is_still)
    connection = orm_connection_new_immutable (self->file, error);
  else
    connection = orm_connection_new (self->file, ORM_OPEN_READ_ONLY, error);
  if (connection == NULL)
    return NULL;

  orm_database_trace (self, connection);
  sqlite3_busy_timeout (connection->handle, (int) self->busy_timeout);
  if (self->folder != NULL && writes && !orm_connection_execute (connection, "PRAGMA synchronous = OFF", error))
    return NULL;
  if (self->setup != NULL && !self->setup (connection, self->setup_data, error))
    return NULL;
  return g_steal_pointer (&connection);
}

void
orm_database_end_poll (OrmDatabase *self)
{
  g_mutex_lock (&self->lock);
  self->poll_is_queued = FALSE;
  g_mutex_unlock (&self->lock);
}

void
orm_database_signal (OrmDatabase *self, gboolean *done)
{
  g_mutex_lock (&self->lock);
  *done = TRUE;
  g_mutex_unlock (&self->lock);
  /* Who is woken finds the lock free. */
  g_cond_broadcast (&self->done);
}

void
orm_database_wait_for (OrmDatabase *self, const gboolean *done)
{
  g_mutex_lock (&self->lock);
  while (!*done)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* Makes the file one of ours, of the last version. */
gboolean
orm_database_prepare_file (OrmDatabase *self, OrmConnection *connection, GError **error)
{
  char sql[64];
  gint64 application_id;

  if (orm_database_is_read_only (self))
    return TRUE;
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

gboolean
orm_database_is_own_thread (OrmDatabase *self)
{
  return self->thread == g_thread_self ();
}

/* Opening */

/* A database in memory is a file in a folder of its own, made for the occasion: SQLite's shared memory databases know
 * no snapshots, so that a reader would stop the writer. */
static gboolean
orm_database_make_folder (OrmDatabase *self, GError **error)
{
  self->folder = g_dir_make_tmp ("orm-XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;
  g_free (self->file);
  self->file = g_build_filename (self->folder, "memory.db", NULL);
  return TRUE;
}

static gboolean
orm_database_find_file (OrmDatabase *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  OrmOpenFlags flags = self->flags;
  OrmFileState state;

  if ((flags & ORM_OPEN_MAY_READ_ONLY) != 0 && orm_file_is_locked (self->path))
    flags |= ORM_OPEN_READ_ONLY;
  self->file = orm_file_resolve (self->path);
  if (g_str_equal (self->path, ":memory:"))
    {
      flags |= ORM_OPEN_CREATE;
      if (!orm_database_make_folder (self, error))
        return FALSE;
    }
  /* Reading it would write beside it, so that a copy is read. */
  else if ((flags & ORM_OPEN_READ_ONLY) != 0 && orm_file_look (self->file).is_left)
    {
      g_autofree char *left = g_strdup (self->file);

      if (!orm_database_make_folder (self, error) || !orm_file_copy (left, self->file, error))
        return FALSE;
    }

  if (!orm_file_check (self->file, name, flags, self->application_id, self->n_migrations, &state, error))
    return FALSE;
  self->open_flags = flags;
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

  orm_worker_clear (&self->writer);
  for (guint i = 0; i < ORM_DATABASE_N_READERS; i++)
    orm_worker_clear (&self->readers[i]);
  g_clear_pointer (&self->changes, orm_changes_unref);
  g_hash_table_unref (self->holders);
  g_hash_table_unref (self->served);
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
   * @rows: how many rows it gave; -1 of what begins, keeps or undoes a transaction, so that it can be left out
   *
   * Emitted when a statement has ended, on the thread that ran it, before the call that asked for it returns: made for
   * counting in tests. What is connected while work runs hears of the work after it.
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
  self->busy_timeout = ORM_BUSY_MILLISECONDS;
  self->holders = g_hash_table_new (NULL, NULL);
  self->served = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_self ();
  orm_worker_init (&self->writer, self, g_async_queue_new (), TRUE);
  orm_worker_init (&self->readers[0], self, g_async_queue_new (), FALSE);
  for (guint i = 1; i < ORM_DATABASE_N_READERS; i++)
    orm_worker_init (&self->readers[i], self, g_async_queue_ref (self->readers[0].jobs), FALSE);
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
 * orm_database_set_busy_timeout:
 * @self: a closed database
 * @milliseconds: how long to wait, up to an hour; 5000 at first
 *
 * Sets how long a write waits for its turn, behind whatever was asked for before, and then for another process to let
 * go of the file, before it fails with %ORM_ERROR_BUSY. It never runs then. Writes that one thread asks for one after
 * the other wait for one another without a limit, as long as each of them takes less.
 */
void
orm_database_set_busy_timeout (OrmDatabase *self, guint milliseconds)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open && milliseconds <= 3600 * 1000);

  self->busy_timeout = milliseconds;
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
  if (!orm_database_find_file (self, error) || !orm_worker_start (&self->writer, error))
    {
      orm_database_remove_file (self);
      return FALSE;
    }

  self->page = orm_database_connect (self, FALSE, error);
  if (self->page == NULL)
    {
      orm_worker_stop (&self->writer, 1);
      orm_database_remove_file (self);
      return FALSE;
    }
  orm_connection_claim (self->page);
  for (guint i = 0; i < ORM_DATABASE_N_READERS; i++)
    orm_worker_start_in_background (&self->readers[i]);
  self->watch = orm_watch_new (self, self->file, self->context);
  g_mutex_lock (&self->lock);
  self->is_open = TRUE;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * orm_database_close:
 * @self: a database
 *
 * Waits for everything that was asked for, ends the threads, and closes the file. May run twice. What was asked for
 * with an _async function is still told to its callback. A scope that is open is rolled back.
 */
void
orm_database_close (OrmDatabase *self)
{
  gboolean was_open;

  g_return_if_fail (ORM_IS_DATABASE (self));

  g_mutex_lock (&self->lock);
  was_open = self->is_open;
  self->is_open = FALSE;
  if (self->held != NULL)
    g_async_queue_push (self->held, orm_job_new (ORM_JOB_QUIT));
  g_mutex_unlock (&self->lock);
  if (!was_open)
    return;
  g_clear_pointer (&self->watch, orm_watch_free);
  orm_worker_stop (self->readers, ORM_DATABASE_N_READERS);
  g_clear_pointer (&self->page, orm_connection_free);
  /* The last to close the file, as it can empty and remove the log. */
  orm_worker_stop (&self->writer, 1);
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
 * Returns: whether it was opened for reading only, or can only be read
 */
gboolean
orm_database_is_read_only (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);

  return ((self->flags | self->open_flags) & ORM_OPEN_READ_ONLY) != 0;
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

  if (self->page != NULL && orm_connection_is_outdated (self->page, self->file))
    {
      OrmConnection *page = orm_database_connect (self, FALSE, NULL);

      if (page != NULL)
        {
          orm_connection_free (self->page);
          self->page = page;
        }
    }
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
  g_return_if_fail (ORM_IS_DATABASE (self));

  g_mutex_lock (&self->lock);
  if (self->is_open && !self->poll_is_queued)
    {
      self->poll_is_queued = TRUE;
      g_async_queue_push (self->writer.jobs, orm_job_new (ORM_JOB_POLL));
    }
  g_mutex_unlock (&self->lock);
}
