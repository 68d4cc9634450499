/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-database-private.h"
#include "orm-error.h"
#include "orm-file.h"

#include <glib/gstdio.h>

#define PAGE_CACHE_KIB "256" /* of the connection that reads pages of rows */

/* Opening and closing the file of a database. What may take long, and a migration may, is done by the thread that is to
 * write: who opens waits for it, or is told. */

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

gboolean
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

static gboolean
orm_database_migrate (OrmDatabase *self, OrmConnection *connection, GError **error)
{
  gint64 version = 0;

  if (self->before_migration != NULL && !orm_connection_get_int64 (connection, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > 0 && version < self->n_migrations &&
      !self->before_migration (self->file, self->before_migration_data, error))
    return FALSE;
  if (!orm_migrate (connection, self->migrations, self->n_migrations, error))
    return FALSE;
  connection->newest_version = self->n_migrations;
  return TRUE;
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
  return self->n_migrations == 0 || orm_database_migrate (self, connection, error);
}

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
  orm_connection_set_busy_timeout (connection, self->busy_timeout);
  if (self->folder != NULL && writes && !orm_connection_execute (connection, "PRAGMA synchronous = OFF", error))
    return NULL;
  if (self->setup != NULL && !self->setup (connection, self->setup_data, error))
    return NULL;
  return g_steal_pointer (&connection);
}

/* The rest is quick, and belongs to the thread of the caller. */
static gboolean
orm_database_finish_opening (OrmDatabase *self, GError **error)
{
  self->page = orm_database_connect (self, FALSE, error);
  if (self->page == NULL)
    {
      orm_worker_stop (&self->writer, 1);
      return FALSE;
    }
  /* What is read by its key has little in common with what was read before. Not traced: nobody asked. */
  self->page->trace = NULL;
  if (!orm_connection_execute (self->page, "PRAGMA cache_size = -" PAGE_CACHE_KIB, error))
    {
      g_clear_pointer (&self->page, orm_connection_free);
      orm_worker_stop (&self->writer, 1);
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

static gboolean
open_end (OrmJob *job, GError **error)
{
  OrmDatabase *self = job->owner;
  gboolean is_open = job->succeeded && orm_database_finish_opening (self, error);

  if (!job->succeeded)
    g_thread_join (g_steal_pointer (&self->writer.thread));
  if (!is_open)
    orm_database_remove_file (self);
  self->is_opening = FALSE;
  return is_open;
}

static OrmJob *
new_open (OrmDatabase *self, GCancellable *cancellable)
{
  OrmJob *job = orm_job_new (ORM_JOB_OPEN);

  job->owner = self;
  job->end = open_end;
  g_set_object (&job->cancellable, cancellable);
  self->is_opening = TRUE;
  return job;
}

/**
 * orm_database_open:
 * @self: a closed database
 * @cancellable: (nullable): a cancellable, looked at before anything is done
 * @error: return location
 *
 * Opens the file, checks that it is a database of ours, migrates it, and starts the threads. Blocks. A file that is
 * refused is left untouched. Thread that made the database.
 *
 * Returns: whether it is open; else %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_database_open (OrmDatabase *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (!self->is_open && !self->is_opening, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  job = new_open (self, cancellable);
  orm_worker_start (&self->writer, job);
  orm_database_wait_for (self, &job->done);
  return orm_job_end (job, error);
}

/**
 * orm_database_open_async:
 * @self: a closed database
 * @cancellable: (nullable): a cancellable, looked at before anything is done
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Opens the file; a migration of a large one takes its time. Until then the database is closed. Thread that made the
 * database.
 */
void
orm_database_open_async (OrmDatabase *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  OrmJob *job;

  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open && !self->is_opening);

  job = new_open (self, cancellable);
  orm_job_take_task (job, g_task_new (self, cancellable, callback, user_data));
  orm_worker_start (&self->writer, job);
}

/**
 * orm_database_open_finish:
 * @self: a database
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_database_open()
 */
gboolean
orm_database_open_finish (OrmDatabase *self, GAsyncResult *result, GError **error)
{
  return orm_job_finish (self, result, error) != NULL;
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
