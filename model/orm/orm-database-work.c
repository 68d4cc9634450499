/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-database-private.h"
#include "orm-error.h"
#include "orm-plain.h"
#include "orm-table-private.h"

#include <glib/gi18n-lib.h>

/* Handing work to the threads of a database. The plain and the _async forms of a call are the same job: one waits for
 * it, the other is told. */

gboolean
orm_database_push (OrmDatabase *self, gboolean writes, OrmJob *job, GError **error)
{
  gboolean is_open;

  if (writes && orm_database_is_read_only (self))
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_READ_ONLY, _ ("The database was opened for reading only."));
      return FALSE;
    }

  /* Under the lock, so that what is taken comes before the end of the queue. */
  g_mutex_lock (&self->lock);
  is_open = self->is_open;
  if (is_open)
    g_async_queue_push (writes ? self->writer.jobs : self->readers[0].jobs, job);
  g_mutex_unlock (&self->lock);
  if (!is_open)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, _ ("The database is closed."));
  return is_open;
}

void
orm_database_wait (OrmDatabase *self, OrmJob *job)
{
  g_assert (g_thread_self () != self->writer.thread);
  for (guint i = 0; i < ORM_DATABASE_N_READERS; i++)
    g_assert (g_thread_self () != self->readers[i].thread);

  orm_database_wait_for (self, &job->done);
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

gboolean
orm_database_read_page (OrmDatabase *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  OrmConnection *page = orm_database_get_page_connection (self);

  if (page == NULL || (page->owner != NULL && page->owner != g_thread_self ()))
    return orm_database_run (self, FALSE, work, data, cancellable, error);
  return !g_cancellable_set_error_if_cancelled (cancellable, error) && work (page, data, cancellable, error);
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
 * orm_database_select:
 * @self: an open database
 * @sql: one statement that reads
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the statement
 * @error: return location
 *
 * Reads plain values, in a snapshot, and waits for it. Any thread but those of the database.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with %ORM_ERROR (%ORM_ERROR_INVALID where the parameters are
 * not those of the statement, or it writes) or %G_IO_ERROR_CANCELLED
 */
OrmRows *
orm_database_select (OrmDatabase *self,
                     const char *sql,
                     const OrmParameter *parameters,
                     guint n_parameters,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (OrmPlain) plain = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && sql != NULL && (parameters != NULL || n_parameters == 0), NULL);

  plain = orm_plain_new_sql (sql, parameters, n_parameters, FALSE);
  if (!orm_database_run (self, FALSE, orm_plain_run, plain, cancellable, error))
    return NULL;
  return g_steal_pointer (&plain->rows);
}

/**
 * orm_database_execute:
 * @self: an open database
 * @sql: one statement
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the statement, which is then undone
 * @error: return location
 *
 * Runs a statement that writes, in a transaction of its own, and waits for the commit. Any thread but those of the
 * database.
 *
 * Returns: how many rows it inserted, changed or deleted, or -1 with %ORM_ERROR (%ORM_ERROR_INVALID where the
 * parameters are not those of the statement) or %G_IO_ERROR_CANCELLED
 */
gint64
orm_database_execute (OrmDatabase *self,
                      const char *sql,
                      const OrmParameter *parameters,
                      guint n_parameters,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (OrmPlain) plain = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && sql != NULL && (parameters != NULL || n_parameters == 0), -1);

  plain = orm_plain_new_sql (sql, parameters, n_parameters, TRUE);
  return orm_database_run (self, TRUE, orm_plain_run, plain, cancellable, error) ? plain->n_changed : -1;
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
