/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-database-private.h"
#include "orm-plain.h"
#include "orm-schema.h"
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
 * @sql: one statement that reads, and is no PRAGMA and none that begins or ends a transaction
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the statement
 * @error: return location
 *
 * Reads plain values, in a snapshot, and waits for it. Any thread but those of the database.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with %ORM_ERROR (%ORM_ERROR_INVALID where the parameters are
 * not those of the statement, or it is not one of those) or %G_IO_ERROR_CANCELLED
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
 * @sql: one statement, which begins or ends no transaction
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the statement, which is then undone
 * @error: return location
 *
 * Runs a statement that writes, in a transaction of its own, and waits for the commit. Any thread but those of the
 * database.
 *
 * Returns: how many rows it inserted, changed or deleted, or -1 with %ORM_ERROR (%ORM_ERROR_INVALID where the
 * parameters are not those of the statement, or it begins or ends a transaction) or %G_IO_ERROR_CANCELLED
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

/* Tables and mappings */

typedef struct
{
  const OrmTable **tables;
  guint n_tables;
  GPtrArray *statements; /* (nullable): that make the tables */
} Schema;

static void
schema_free (gpointer data)
{
  Schema *self = data;

  g_clear_pointer (&self->statements, g_ptr_array_unref);
  g_free (self->tables);
  g_free (self);
}

static gboolean
schema_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Schema *self = data;

  for (guint i = 0; self->statements != NULL && i < self->statements->len; i++)
    if (!orm_connection_execute (connection, self->statements->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->n_tables; i++)
    if (!orm_table_check (self->tables[i], connection, error))
      return FALSE;
  return TRUE;
}

static OrmJob *
new_schema (const GType *types, guint n_types, gboolean makes)
{
  Schema *self = g_new0 (Schema, 1);

  self->tables = g_new (const OrmTable *, n_types);
  self->n_tables = n_types;
  for (guint i = 0; i < n_types; i++)
    self->tables[i] = orm_table_for_type (types[i]);
  if (makes)
    self->statements = orm_schema_build (types, n_types);
  return orm_job_new_work (makes, schema_run, self, schema_free);
}

/**
 * orm_database_create_all:
 * @self: an open database
 * @types: (array length=n_types): subclasses of #OrmEntity
 * @n_types: how many
 * @cancellable: (nullable): interrupts it
 * @error: return location
 *
 * Makes the tables of the classes, and their indices, in one transaction; those that are there already stay, and have
 * to agree with the mapping. For tests and small programs: what is released has migrations, which never change. Blocks;
 * any thread but those of the database.
 *
 * Returns: whether they are there; %ORM_ERROR_MISMATCH names the first column of an older one that does not agree
 */
gboolean
orm_database_create_all (OrmDatabase *self,
                         const GType *types,
                         guint n_types,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && (types != NULL || n_types == 0), FALSE);

  job = new_schema (types, n_types, TRUE);
  return orm_database_call (self, job, cancellable, error);
}

/**
 * orm_database_create_all_async:
 * @self: an open database
 * @types: (array length=n_types): subclasses of #OrmEntity
 * @n_types: how many
 * @cancellable: (nullable): interrupts it
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Makes the tables of the classes.
 */
void
orm_database_create_all_async (OrmDatabase *self,
                               const GType *types,
                               guint n_types,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (ORM_IS_DATABASE (self) && (types != NULL || n_types == 0));

  orm_database_call_async (self, new_schema (types, n_types, TRUE), self, cancellable, callback, user_data);
}

/**
 * orm_database_create_all_finish:
 * @self: a database
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_database_create_all()
 */
gboolean
orm_database_create_all_finish (OrmDatabase *self, GAsyncResult *result, GError **error)
{
  return orm_job_finish (self, result, error) != NULL;
}

/**
 * orm_database_check_mapping:
 * @self: an open database
 * @types: (array length=n_types): subclasses of #OrmEntity
 * @n_types: how many
 * @cancellable: (nullable): interrupts it
 * @error: return location
 *
 * Looks whether the tables in the file have the columns that the classes are mapped to: by type, key, NOT NULL, UNIQUE,
 * NOCASE, default, the index that is declared, what is referred to and what becomes of the row when that is deleted;
 * and whether a column that is not mapped keeps rows from being inserted. Blocks; any thread but those of the database.
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
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_DATABASE (self) && (types != NULL || n_types == 0), FALSE);

  job = new_schema (types, n_types, FALSE);
  return orm_database_call (self, job, cancellable, error);
}

/**
 * orm_database_check_mapping_async:
 * @self: an open database
 * @types: (array length=n_types): subclasses of #OrmEntity
 * @n_types: how many
 * @cancellable: (nullable): interrupts it
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Looks whether the tables in the file have the columns that the classes are mapped to.
 */
void
orm_database_check_mapping_async (OrmDatabase *self,
                                  const GType *types,
                                  guint n_types,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (ORM_IS_DATABASE (self) && (types != NULL || n_types == 0));

  orm_database_call_async (self, new_schema (types, n_types, FALSE), self, cancellable, callback, user_data);
}

/**
 * orm_database_check_mapping_finish:
 * @self: a database
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_database_check_mapping()
 */
gboolean
orm_database_check_mapping_finish (OrmDatabase *self, GAsyncResult *result, GError **error)
{
  return orm_job_finish (self, result, error) != NULL;
}
