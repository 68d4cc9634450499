/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-column-private.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-session-private.h"

/* Many rows without objects: plain values, one prepared statement, one transaction. All that can be seen without the
 * file is looked at before the first row is written. */

typedef struct
{
  const OrmTable *table;
  const OrmColumn **columns;
  guint n_columns;
  const OrmValue *values;
  gsize n_rows;
  gboolean copies; /* the values are its own */
  char *sql;
  GError *error; /* of the values */
} Bulk;

static void
bulk_free (gpointer data)
{
  Bulk *self = data;
  OrmValue *values = (OrmValue *) self->values;

  for (gsize i = 0; self->copies && i < self->n_rows * self->n_columns; i++)
    orm_value_clear (&values[i]);
  if (self->copies)
    g_free (values);
  g_clear_error (&self->error);
  g_free (self->columns);
  g_free (self->sql);
  g_free (self);
}

static gboolean
bulk_has_column (const Bulk *self, const OrmColumn *column)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i] == column)
      return TRUE;
  return FALSE;
}

static gboolean
bulk_find_columns (Bulk *self, const char *const *names, guint n_names, GError **error)
{
  for (guint i = 0; i < n_names; i++)
    {
      const OrmColumn *column = orm_table_find_column (self->table, names[i]);

      if (column == NULL || bulk_has_column (self, column))
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
                       column == NULL ? "%s has no column “%s”" : "%s has “%s” given twice", self->table->name,
                       names[i]);
          return FALSE;
        }
      self->columns[self->n_columns++] = column;
    }
  for (guint i = 0; i < self->table->n_columns; i++)
    {
      const OrmColumn *column = &self->table->columns[i];

      if ((column->flags & ORM_COLUMN_NOT_NULL) == 0 || column->default_value != NULL || bulk_has_column (self, column))
        continue;
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is to have a value, as it has no default",
                   self->table->name, column->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
bulk_check (Bulk *self, const char *const *names, guint n_names, GError **error)
{
  if (!bulk_find_columns (self, names, n_names, error))
    return FALSE;
  for (gsize row = 0; row < self->n_rows; row++)
    for (guint i = 0; i < self->n_columns; i++)
      if (!orm_column_check_value (self->table, self->columns[i], &self->values[row * self->n_columns + i], error))
        {
          g_prefix_error (error, "Row %" G_GSIZE_FORMAT ": ", row + 1);
          return FALSE;
        }
  return TRUE;
}

static char *
bulk_build (const Bulk *self)
{
  GString *sql = g_string_new ("INSERT INTO ");

  orm_append_name (sql, self->table->name);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_string_append (sql, i == 0 ? " (" : ", ");
      orm_append_name (sql, self->columns[i]->name);
    }
  for (guint i = 0; i < self->n_columns; i++)
    g_string_append (sql, i == 0 ? ") VALUES (?" : ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

/* The values outlive the statement. */
static void
bind_static (OrmStatement *statement, int position, const OrmValue *value)
{
  gconstpointer data;
  gsize length;

  if (value->type == ORM_VALUE_TEXT)
    orm_statement_bind_static_text (statement, position, value->text, -1);
  else if (value->type == ORM_VALUE_BLOB)
    {
      data = g_bytes_get_data (value->blob, &length);
      orm_statement_bind_static_blob (statement, position, data, length);
    }
  else
    orm_statement_bind_value (statement, position, value);
}

static gboolean
bulk_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Bulk *self = data;
  OrmStatement *statement;
  gboolean written = TRUE;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  statement = orm_connection_prepare (connection, self->sql, error);
  if (statement == NULL)
    return FALSE;
  for (gsize row = 0; written && row < self->n_rows; row++)
    {
      for (guint i = 0; i < self->n_columns; i++)
        bind_static (statement, (int) i + 1, &self->values[row * self->n_columns + i]);
      written = orm_statement_run (statement, error);
      if (!written)
        g_prefix_error (error, "Row %" G_GSIZE_FORMAT " of %s: ", row + 1, self->table->name);
    }
  orm_statement_unbind (statement);
  return written;
}

static const OrmValue *
copy_values (const OrmValue *values, gsize n_values)
{
  OrmValue *copies = g_new0 (OrmValue, n_values);

  for (gsize i = 0; i < n_values; i++)
    orm_value_copy (&values[i], &copies[i]);
  return copies;
}

static OrmJob *
new_bulk (GType type,
          const char *const *columns,
          guint n_columns,
          const OrmValue *values,
          gsize n_rows,
          gboolean copies)
{
  Bulk *self = g_new0 (Bulk, 1);

  self->table = orm_table_for_type (type);
  self->columns = g_new (const OrmColumn *, n_columns);
  self->values = values;
  self->n_rows = n_rows;
  if (bulk_check (self, columns, n_columns, &self->error))
    {
      self->sql = bulk_build (self);
      self->copies = copies;
      if (copies)
        self->values = copy_values (values, n_rows * n_columns);
    }
  return orm_job_new_work (TRUE, bulk_run, self, bulk_free);
}

/**
 * orm_session_bulk_insert:
 * @self: a session
 * @type: of the objects that the rows could become
 * @columns: (array length=n_columns): names, each once; columns that are left out have their default
 * @n_columns: at least one
 * @values: (array): row after row, in the order of @columns
 * @n_rows: how many rows
 * @cancellable: (nullable): interrupts the writing, all of which is then undone
 * @error: return location
 *
 * Inserts rows without objects: one prepared statement, in one transaction or that of the scope. Their keys are in the
 * report of the commit. Main thread.
 *
 * Returns: whether all of them are written; else none is, with %ORM_ERROR (%ORM_ERROR_INVALID where a column or a value
 * does not fit, which is found before anything is written) or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_bulk_insert (OrmSession *self,
                         GType type,
                         const char *const *columns,
                         guint n_columns,
                         const OrmValue *values,
                         gsize n_rows,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && columns != NULL && n_columns > 0, FALSE);
  g_return_val_if_fail (values != NULL || n_rows == 0, FALSE);
  orm_session_assert_thread (self);

  job = new_bulk (type, columns, n_columns, values, n_rows, FALSE);
  return orm_session_call (self, job, cancellable, error);
}

/**
 * orm_session_bulk_insert_async:
 * @self: a session
 * @type: of the objects that the rows could become
 * @columns: (array length=n_columns): names, each once; columns that are left out have their default
 * @n_columns: at least one
 * @values: (array): row after row, in the order of @columns; copied
 * @n_rows: how many rows
 * @cancellable: (nullable): interrupts the writing, all of which is then undone
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Inserts rows without objects. Main thread.
 */
void
orm_session_bulk_insert_async (OrmSession *self,
                               GType type,
                               const char *const *columns,
                               guint n_columns,
                               const OrmValue *values,
                               gsize n_rows,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && columns != NULL && n_columns > 0);
  g_return_if_fail (values != NULL || n_rows == 0);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_bulk (type, columns, n_columns, values, n_rows, TRUE), cancellable, callback,
                          user_data);
}

/**
 * orm_session_bulk_insert_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_session_bulk_insert()
 */
gboolean
orm_session_bulk_insert_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return orm_session_finish (self, result, error) != NULL;
}
