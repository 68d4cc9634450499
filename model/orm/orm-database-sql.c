/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-database-private.h"
#include "orm-plain.h"
#include "orm-table-private.h"

/* Statements in SQL, and what they give. */

static OrmJob *
new_sql (const char *sql, const OrmParameter *parameters, guint n_parameters, gboolean writes)
{
  return orm_job_new_work (writes, orm_plain_run, orm_plain_new_sql (sql, parameters, n_parameters, writes),
                           (GDestroyNotify) orm_plain_free);
}

static OrmRows *
take_rows (OrmJob *job)
{
  return g_steal_pointer (&((OrmPlain *) job->data)->rows);
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
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && sql != NULL && (parameters != NULL || n_parameters == 0), NULL);

  job = new_sql (sql, parameters, n_parameters, FALSE);
  return orm_database_call (self, job, cancellable, error) ? take_rows (job) : NULL;
}

/**
 * orm_database_select_async:
 * @self: an open database
 * @sql: one statement that reads
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters, copied
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the statement
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads plain values, in a snapshot.
 */
void
orm_database_select_async (OrmDatabase *self,
                           const char *sql,
                           const OrmParameter *parameters,
                           guint n_parameters,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (ORM_IS_DATABASE (self) && sql != NULL && (parameters != NULL || n_parameters == 0));

  orm_database_call_async (self, new_sql (sql, parameters, n_parameters, FALSE), self, cancellable, callback,
                           user_data);
}

/**
 * orm_database_select_finish:
 * @self: a database
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_database_select(); once
 */
OrmRows *
orm_database_select_finish (OrmDatabase *self, GAsyncResult *result, GError **error)
{
  OrmJob *job = orm_job_finish (self, result, error);

  return job != NULL ? take_rows (job) : NULL;
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
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && sql != NULL && (parameters != NULL || n_parameters == 0), -1);

  job = new_sql (sql, parameters, n_parameters, TRUE);
  return orm_database_call (self, job, cancellable, error) ? ((OrmPlain *) job->data)->n_changed : -1;
}

/**
 * orm_database_execute_async:
 * @self: an open database
 * @sql: one statement
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters, copied
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the statement, which is then undone
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Runs a statement that writes, in a transaction of its own.
 */
void
orm_database_execute_async (OrmDatabase *self,
                            const char *sql,
                            const OrmParameter *parameters,
                            guint n_parameters,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (ORM_IS_DATABASE (self) && sql != NULL && (parameters != NULL || n_parameters == 0));

  orm_database_call_async (self, new_sql (sql, parameters, n_parameters, TRUE), self, cancellable, callback, user_data);
}

/**
 * orm_database_execute_finish:
 * @self: a database
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_database_execute()
 */
gint64
orm_database_execute_finish (OrmDatabase *self, GAsyncResult *result, GError **error)
{
  OrmJob *job = orm_job_finish (self, result, error);

  return job != NULL ? ((OrmPlain *) job->data)->n_changed : -1;
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

  return orm_database_read (self, check_mapping, &check, cancellable, error);
}
