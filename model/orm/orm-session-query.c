/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"
#include "orm-load.h"
#include "orm-plain.h"
#include "orm-query-private.h"
#include "orm-session-private.h"

/* What a query can be asked but for all its objects. The plain and the _async forms are the same statement on the same
 * thread. */

/* (transfer full) rows */
static GPtrArray *
orm_session_read (OrmSession *self, OrmLoad *rows, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (OrmLoad) load = rows;
  guint n_recent = orm_session_begin_read (self);
  gboolean was_read = orm_database_read (self->database, orm_load_run, load, cancellable, error);

  objects = orm_session_end_read (self, was_read ? load : NULL, n_recent);
  return was_read ? g_steal_pointer (&objects) : NULL;
}

/**
 * orm_session_first:
 * @self: a session
 * @query: (transfer none): what to read
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads the first row of a query and no other.
 *
 * Returns: (transfer full) (nullable): the object; %NULL without an error where there is none, else with %ORM_ERROR or
 * %G_IO_ERROR_CANCELLED
 */
gpointer
orm_session_first (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) objects = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  objects = orm_session_read (self, orm_load_new_query (query, 1), cancellable, error);
  return objects != NULL && objects->len > 0 ? g_object_ref (objects->pdata[0]) : NULL;
}

/**
 * orm_session_one:
 * @self: a session
 * @query: (transfer none): what to read
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads the only row of a query.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with %ORM_ERROR_NO_ROW where there is none,
 * %ORM_ERROR_MANY_ROWS where there is more than one, another %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gpointer
orm_session_one (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) objects = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  objects = orm_session_read (self, orm_load_new_query (query, 2), cancellable, error);
  if (objects == NULL)
    return NULL;
  if (objects->len == 1)
    return g_object_ref (objects->pdata[0]);
  if (objects->len == 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NO_ROW, "No row of %s is what was asked for", query->table->name);
  else
    g_set_error (error, ORM_ERROR, ORM_ERROR_MANY_ROWS, "More than one row of %s is what was asked for",
                 query->table->name);
  return NULL;
}

/**
 * orm_session_all_sql:
 * @self: a session
 * @type: of the objects
 * @sql: one statement that reads; among its columns are all of the mapping, by name, in any order
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads rows that no query can say. As orm_session_all() otherwise.
 *
 * Returns: (element-type OrmEntity) (transfer full) (nullable): the objects, or %NULL with %ORM_ERROR
 * (%ORM_ERROR_INVALID where the parameters are not those of the statement, or a column is missing) or
 * %G_IO_ERROR_CANCELLED
 */
GPtrArray *
orm_session_all_sql (OrmSession *self,
                     GType type,
                     const char *sql,
                     const OrmParameter *parameters,
                     guint n_parameters,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self) && sql != NULL && (parameters != NULL || n_parameters == 0), NULL);
  orm_session_assert_thread (self);

  return orm_session_read (self, orm_load_new_sql (orm_table_for_type (type), sql, parameters, n_parameters),
                           cancellable, error);
}

typedef char *(*BuildFunc) (const OrmQuery *query, GArray *values, GError **error);

static OrmPlain *
build_plain (OrmQuery *query, BuildFunc build)
{
  OrmPlain *plain = orm_plain_new ();

  plain->sql = build (query, plain->values, &plain->error);
  return plain;
}

static OrmPlain *
build_update (OrmQuery *query, const OrmAssignment *assignments, guint n_assignments)
{
  OrmPlain *plain = orm_plain_new ();

  plain->sql = orm_query_build_update (query, assignments, n_assignments, plain->values, &plain->error);
  return plain;
}

static void
on_plain (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gpointer plain;
  gboolean writes = GPOINTER_TO_INT (g_task_get_task_data (task));
  gboolean ran = writes ? orm_database_write_finish (ORM_DATABASE (source), result, &plain, &error)
                        : orm_database_read_finish (ORM_DATABASE (source), result, &plain, &error);

  if (!ran)
    g_task_return_error (task, error);
  else if (writes)
    g_task_return_int (task, (gssize) ((OrmPlain *) plain)->n_changed);
  else
    g_task_return_pointer (task, orm_rows_ref (((OrmPlain *) plain)->rows), (GDestroyNotify) orm_rows_unref);
}

/* (transfer full) plain */
static void
orm_session_run_async (OrmSession *self,
                       gboolean writes,
                       OrmPlain *plain,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  /* What is committed is never told as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GINT_TO_POINTER (writes), NULL);
  if (writes)
    orm_database_write_async (self->database, orm_plain_run, plain, (GDestroyNotify) orm_plain_free, cancellable,
                              on_plain, task);
  else
    orm_database_read_async (self->database, orm_plain_run, plain, (GDestroyNotify) orm_plain_free, cancellable,
                             on_plain, task);
}

static gint64
orm_session_write_plain (OrmSession *self, OrmPlain *plain, GCancellable *cancellable, GError **error)
{
  gboolean written = orm_database_write (self->database, orm_plain_run, plain, cancellable, error);
  gint64 n = plain->n_changed;

  orm_plain_free (plain);
  return written ? n : -1;
}

/**
 * orm_session_count:
 * @self: a session
 * @query: (transfer none): what to count; its order does not matter, its limit does
 * @cancellable: (nullable): interrupts the counting
 * @error: return location
 *
 * Counts the rows of a query without reading them. What was not committed is not seen.
 *
 * Returns: how many, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_count (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmPlain) plain = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, -1);
  orm_session_assert_thread (self);

  plain = build_plain (query, orm_query_build_count);
  if (!orm_database_read (self->database, orm_plain_run, plain, cancellable, error))
    return -1;
  return orm_plain_get_number (plain);
}

/**
 * orm_session_count_async:
 * @self: a session
 * @query: (transfer none): what to count; not needed after the call
 * @cancellable: (nullable): interrupts the counting
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Counts the rows of a query.
 */
void
orm_session_count_async (OrmSession *self,
                         OrmQuery *query,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_run_async (self, FALSE, build_plain (query, orm_query_build_count), cancellable, callback, user_data);
}

/**
 * orm_session_count_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_session_count()
 */
gint64
orm_session_count_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (OrmRows) rows = orm_session_select_finish (self, result, error);

  return rows != NULL ? orm_rows_get (rows, 0, 0)->int64 : -1;
}

/**
 * orm_session_exists:
 * @self: a session
 * @query: (transfer none): what to look for
 * @exists: (out): whether there is a row
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Looks whether a query has a row, without reading it.
 *
 * Returns: whether that could be read; else %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_exists (OrmSession *self, OrmQuery *query, gboolean *exists, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmPlain) plain = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL && exists != NULL, FALSE);
  orm_session_assert_thread (self);

  plain = build_plain (query, orm_query_build_exists);
  if (!orm_database_read (self->database, orm_plain_run, plain, cancellable, error))
    return FALSE;
  *exists = orm_plain_get_number (plain) != 0;
  return TRUE;
}

/**
 * orm_session_select:
 * @self: a session
 * @query: (transfer none): what to read, with orm_query_select()
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads plain values: columns, counts, sums, groups. What was not committed is not seen.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
OrmRows *
orm_session_select (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmPlain) plain = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  plain = build_plain (query, orm_query_build_values);
  if (!orm_database_read (self->database, orm_plain_run, plain, cancellable, error))
    return NULL;
  return g_steal_pointer (&plain->rows);
}

/**
 * orm_session_select_async:
 * @self: a session
 * @query: (transfer none): what to read; not needed after the call
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads plain values.
 */
void
orm_session_select_async (OrmSession *self,
                          OrmQuery *query,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_run_async (self, FALSE, build_plain (query, orm_query_build_values), cancellable, callback, user_data);
}

/**
 * orm_session_select_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_select()
 */
OrmRows *
orm_session_select_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * orm_session_delete_all:
 * @self: a session
 * @query: (transfer none): which rows: conditions only
 * @cancellable: (nullable): interrupts the deletion, which is then undone
 * @error: return location
 *
 * Deletes rows by one statement, in a transaction of its own, without reading them. Live objects of them are told as of
 * what another deleted.
 *
 * Returns: how many, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_delete_all (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, -1);
  orm_session_assert_thread (self);

  return orm_session_write_plain (self, build_plain (query, orm_query_build_delete), cancellable, error);
}

/**
 * orm_session_delete_all_async:
 * @self: a session
 * @query: (transfer none): which rows; not needed after the call
 * @cancellable: (nullable): interrupts the deletion, which is then undone
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Deletes rows by one statement; orm_session_update_all_finish() has the result.
 */
void
orm_session_delete_all_async (OrmSession *self,
                              OrmQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_run_async (self, TRUE, build_plain (query, orm_query_build_delete), cancellable, callback, user_data);
}

/**
 * orm_session_update_all:
 * @self: a session
 * @query: (transfer none): which rows: conditions only
 * @assignments: (array length=n_assignments): what they are to have, copied
 * @n_assignments: at least one
 * @cancellable: (nullable): interrupts the change, which is then undone
 * @error: return location
 *
 * Changes rows by one statement, in a transaction of its own, without reading them. Live objects of them take it up as
 * what another wrote.
 *
 * Returns: how many, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_update_all (OrmSession *self,
                        OrmQuery *query,
                        const OrmAssignment *assignments,
                        guint n_assignments,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL && assignments != NULL && n_assignments > 0, -1);
  orm_session_assert_thread (self);

  return orm_session_write_plain (self, build_update (query, assignments, n_assignments), cancellable, error);
}

/**
 * orm_session_update_all_async:
 * @self: a session
 * @query: (transfer none): which rows; not needed after the call
 * @assignments: (array length=n_assignments): what they are to have, copied
 * @n_assignments: at least one
 * @cancellable: (nullable): interrupts the change, which is then undone
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Changes rows by one statement.
 */
void
orm_session_update_all_async (OrmSession *self,
                              OrmQuery *query,
                              const OrmAssignment *assignments,
                              guint n_assignments,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL && assignments != NULL && n_assignments > 0);
  orm_session_assert_thread (self);

  orm_session_run_async (self, TRUE, build_update (query, assignments, n_assignments), cancellable, callback,
                         user_data);
}

/**
 * orm_session_update_all_finish:
 * @self: a session
 * @result: what the callback of orm_session_update_all_async() or orm_session_delete_all_async() got
 * @error: return location
 *
 * Returns: how many rows, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_update_all_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
