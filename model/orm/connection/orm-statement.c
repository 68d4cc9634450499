/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-packed.h"

/* A thin skin over sqlite3_stmt: it gathers the errors of binding for the step to tell, resets itself when it has ended
 * (an open statement would keep its snapshot, and the log of the file growing), and tells the tracer. */

OrmStatement *
orm_statement_new (OrmConnection *connection, sqlite3_stmt *handle)
{
  OrmStatement *self = g_new0 (OrmStatement, 1);

  self->connection = connection;
  self->handle = handle;
  self->link.data = self;
  return self;
}

void
orm_statement_free (OrmStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

static void
orm_statement_bound (OrmStatement *self, int result)
{
  if (result != SQLITE_OK && self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/**
 * orm_statement_bind_null:
 * @self: a statement
 * @position: of the parameter, from 1
 *
 * Binds NULL. A wrong position is told by the next step, as with every bind.
 */
void
orm_statement_bind_null (OrmStatement *self, int position)
{
  orm_statement_bound (self, sqlite3_bind_null (self->handle, position));
}

/**
 * orm_statement_bind_int64:
 * @self: a statement
 * @position: of the parameter, from 1
 * @value: a whole number
 *
 * Binds a whole number.
 */
void
orm_statement_bind_int64 (OrmStatement *self, int position, gint64 value)
{
  orm_statement_bound (self, sqlite3_bind_int64 (self->handle, position, value));
}

/**
 * orm_statement_bind_double:
 * @self: a statement
 * @position: of the parameter, from 1
 * @value: a number; not-a-number becomes NULL
 *
 * Binds a number.
 */
void
orm_statement_bind_double (OrmStatement *self, int position, double value)
{
  orm_statement_bound (self, sqlite3_bind_double (self->handle, position, value));
}

static void
bind_text (OrmStatement *self, int position, const char *text, gssize length, sqlite3_destructor_type keep)
{
  sqlite3_uint64 n_bytes = length < 0 ? (sqlite3_uint64) -1 : (sqlite3_uint64) length;

  if (text == NULL)
    {
      orm_statement_bind_null (self, position);
      return;
    }
  if (length < 0)
    n_bytes = strlen (text);
  orm_statement_bound (self, sqlite3_bind_text64 (self->handle, position, text, n_bytes, keep, SQLITE_UTF8));
}

/**
 * orm_statement_bind_text:
 * @self: a statement
 * @position: of the parameter, from 1
 * @text: (nullable): UTF-8, copied; %NULL binds NULL
 * @length: in bytes, or -1 where the text ends with a NUL
 *
 * Binds a text.
 */
void
orm_statement_bind_text (OrmStatement *self, int position, const char *text, gssize length)
{
  bind_text (self, position, text, length, SQLITE_TRANSIENT);
}

void
orm_statement_bind_static_text (OrmStatement *self, int position, const char *text, gssize length)
{
  bind_text (self, position, text, length, SQLITE_STATIC);
}

static void
bind_blob (OrmStatement *self, int position, gconstpointer data, gsize length, sqlite3_destructor_type keep)
{
  if (data == NULL || length == 0)
    orm_statement_bound (self, sqlite3_bind_zeroblob (self->handle, position, 0));
  else
    orm_statement_bound (self, sqlite3_bind_blob64 (self->handle, position, data, length, keep));
}

/**
 * orm_statement_bind_blob:
 * @self: a statement
 * @position: of the parameter, from 1
 * @data: (nullable): bytes, copied; %NULL binds an empty blob
 * @length: in bytes
 *
 * Binds bytes.
 */
void
orm_statement_bind_blob (OrmStatement *self, int position, gconstpointer data, gsize length)
{
  bind_blob (self, position, data, length, SQLITE_TRANSIENT);
}

void
orm_statement_bind_static_blob (OrmStatement *self, int position, gconstpointer data, gsize length)
{
  bind_blob (self, position, data, length, SQLITE_STATIC);
}

/**
 * orm_statement_bind_value:
 * @self: a statement
 * @position: of the parameter, from 1
 * @value: a value, copied
 *
 * Binds a value of any type.
 */
void
orm_statement_bind_value (OrmStatement *self, int position, const OrmValue *value)
{
  gsize length;
  gconstpointer data;

  g_return_if_fail (value != NULL);

  switch (value->type)
    {
    case ORM_VALUE_INT64:
      orm_statement_bind_int64 (self, position, value->int64);
      break;
    case ORM_VALUE_DOUBLE:
      orm_statement_bind_double (self, position, value->real);
      break;
    case ORM_VALUE_TEXT:
      orm_statement_bind_text (self, position, value->text, -1);
      break;
    case ORM_VALUE_BLOB:
      data = g_bytes_get_data (value->blob, &length);
      orm_statement_bind_blob (self, position, data, length);
      break;
    case ORM_VALUE_NULL:
    default:
      orm_statement_bind_null (self, position);
      break;
    }
}

/**
 * orm_statement_bind_array:
 * @self: a statement
 * @position: of the parameter, from 1
 * @values: (array length=n_values): whole numbers
 * @n_values: how many
 *
 * Binds whole numbers as a JSON array, for `IN (SELECT value FROM json_each (?))`: one parameter and one cached
 * statement whatever their number.
 */
void
orm_statement_bind_array (OrmStatement *self, int position, const gint64 *values, gsize n_values)
{
  gsize length;
  char *array = orm_format_array (values, n_values, &length);

  orm_statement_bound (self, sqlite3_bind_text64 (self->handle, position, array, length, g_free, SQLITE_UTF8));
}

void
orm_statement_unbind (OrmStatement *self)
{
  orm_statement_reset (self);
  sqlite3_clear_bindings (self->handle);
}

static void
orm_statement_end (OrmStatement *self)
{
  OrmConnection *connection = self->connection;

  self->active = FALSE;
  sqlite3_reset (self->handle);
  if (self->started != 0)
    orm_connection_traced (connection, self->handle, g_get_monotonic_time () - self->started, self->rows);
  self->started = 0;
  if (connection->depth == 0)
    orm_connection_deliver_changes (connection);
}

static gboolean
orm_statement_start (OrmStatement *self, GError **error)
{
  OrmConnection *connection = self->connection;

  if (self->bind_result != SQLITE_OK)
    {
      g_set_error (error, ORM_ERROR,
                   self->bind_result == SQLITE_RANGE ? ORM_ERROR_INVALID : orm_error_from_sqlite (self->bind_result),
                   "%s: %s", sqlite3_errstr (self->bind_result), sqlite3_sql (self->handle));
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (connection->cancellable, error))
    return FALSE;
  if (connection->depth > 0 && sqlite3_get_autocommit (connection->handle))
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "The transaction was rolled back by an earlier error");
      return FALSE;
    }

  self->active = TRUE;
  self->rows = 0;
  self->started = orm_connection_is_traced (connection) ? g_get_monotonic_time () : 0;
  return TRUE;
}

/**
 * orm_statement_step:
 * @self: a statement
 * @error: return location
 *
 * Runs the statement up to its next row. At the end and after an error the statement is reset by itself.
 *
 * Returns: %ORM_STEP_ROW, %ORM_STEP_DONE, or %ORM_STEP_ERROR with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
OrmStep
orm_statement_step (OrmStatement *self, GError **error)
{
  int result;

  if (self->done)
    return ORM_STEP_DONE;
  if (!self->active && !orm_statement_start (self, error))
    return ORM_STEP_ERROR;

  result = sqlite3_step (self->handle);
  if (result == SQLITE_ROW)
    {
      self->rows++;
      return ORM_STEP_ROW;
    }
  self->done = TRUE;
  if (result != SQLITE_DONE)
    orm_connection_set_error (self->connection, result, sqlite3_sql (self->handle), error);
  orm_statement_end (self);
  return result == SQLITE_DONE ? ORM_STEP_DONE : ORM_STEP_ERROR;
}

/**
 * orm_statement_run:
 * @self: a statement
 * @error: return location
 *
 * Runs the statement to its end and resets it; its rows are passed over.
 *
 * Returns: whether it ended well
 */
gboolean
orm_statement_run (OrmStatement *self, GError **error)
{
  OrmStep step;

  do
    step = orm_statement_step (self, error);
  while (step == ORM_STEP_ROW);
  self->done = FALSE;
  return step == ORM_STEP_DONE;
}

/**
 * orm_statement_reset:
 * @self: a statement
 *
 * Ends the statement, so that it can run again. Its bound values stay.
 */
void
orm_statement_reset (OrmStatement *self)
{
  if (self->active)
    orm_statement_end (self);
  self->done = FALSE;
  self->bind_result = SQLITE_OK;
}

/**
 * orm_statement_is_null:
 * @self: a statement that stands on a row
 * @column: from 0
 *
 * Returns: whether the column is NULL
 */
gboolean
orm_statement_is_null (OrmStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * orm_statement_get_int64:
 * @self: a statement that stands on a row
 * @column: from 0
 *
 * Returns: the column as a whole number; 0 for NULL
 */
gint64
orm_statement_get_int64 (OrmStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * orm_statement_get_double:
 * @self: a statement that stands on a row
 * @column: from 0
 *
 * Returns: the column as a number; 0 for NULL
 */
double
orm_statement_get_double (OrmStatement *self, int column)
{
  return sqlite3_column_double (self->handle, column);
}

/**
 * orm_statement_get_text:
 * @self: a statement that stands on a row
 * @column: from 0
 * @length: (out) (optional): in bytes, without the NUL at the end
 *
 * Returns: (nullable) (transfer none): the column as it is in the file, valid until the next step; %NULL for NULL
 */
const char *
orm_statement_get_text (OrmStatement *self, int column, gsize *length)
{
  const char *text = (const char *) sqlite3_column_text (self->handle, column);

  if (length != NULL)
    *length = (gsize) sqlite3_column_bytes (self->handle, column);
  return text;
}

/**
 * orm_statement_dup_text:
 * @self: a statement that stands on a row
 * @column: from 0
 *
 * Copies a text. Where another program, or a bit that turned, made it something else than UTF-8 without NUL, there is �
 * in the place of each such byte: nothing of what stands behind it is left out.
 *
 * Returns: (nullable) (transfer full): the column as UTF-8; %NULL for NULL
 */
char *
orm_statement_dup_text (OrmStatement *self, int column)
{
  gsize length;
  const char *text = orm_statement_get_text (self, column, &length);

  if (text == NULL)
    return NULL;
  return g_utf8_validate_len (text, length, NULL) ? g_memdup2 (text, length + 1)
                                                  : g_utf8_make_valid (text, (gssize) length);
}

/**
 * orm_statement_get_blob:
 * @self: a statement that stands on a row
 * @column: from 0
 * @length: (out) (optional): in bytes
 *
 * Returns: (nullable) (transfer none): the column as bytes, valid until the next step; %NULL for NULL and for none
 */
gconstpointer
orm_statement_get_blob (OrmStatement *self, int column, gsize *length)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  if (length != NULL)
    *length = (gsize) sqlite3_column_bytes (self->handle, column);
  return data;
}

/**
 * orm_statement_get_value:
 * @self: a statement that stands on a row
 * @column: from 0
 * @value: (out caller-allocates): an initialized value
 *
 * Copies the column, with the type that it has in the row.
 */
void
orm_statement_get_value (OrmStatement *self, int column, OrmValue *value)
{
  g_autoptr (GBytes) blob = NULL;
  g_autofree char *text = NULL;
  gconstpointer data;
  gsize length;

  switch (sqlite3_column_type (self->handle, column))
    {
    case SQLITE_INTEGER:
      orm_value_set_int64 (value, orm_statement_get_int64 (self, column));
      break;
    case SQLITE_FLOAT:
      orm_value_set_double (value, orm_statement_get_double (self, column));
      break;
    case SQLITE_TEXT:
      text = orm_statement_dup_text (self, column);
      orm_value_set_text (value, text);
      break;
    case SQLITE_BLOB:
      data = orm_statement_get_blob (self, column, &length);
      blob = g_bytes_new (data, length);
      orm_value_set_blob (value, blob);
      break;
    default:
      orm_value_set_null (value);
      break;
    }
}
