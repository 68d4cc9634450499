/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-load.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-packed.h"
#include "orm-parameter-private.h"
#include "orm-query-private.h"
#include "orm-sql.h"
#include "orm-value-private.h"

/* A page has room without being moved. */
#define ROWS_AT_FIRST 32

static OrmLoad *
orm_load_new (const OrmTable *table)
{
  OrmLoad *self = g_new0 (OrmLoad, 1);

  self->table = table;
  self->columns = orm_table_get_all_columns (table);
  self->values = orm_value_array_new ();
  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (OrmSlot), ROWS_AT_FIRST * table->n_columns);
  return self;
}

OrmLoad *
orm_load_new_query (const OrmQuery *query, gint64 max_rows)
{
  OrmLoad *self = orm_load_new (query->table);

  self->sql = orm_query_build (query, max_rows, self->values, &self->error);
  self->columns = orm_query_get_columns (query);
  self->eager = orm_eager_copy (query->eager);
  return self;
}

OrmLoad *
orm_load_new_sql (const OrmTable *table, const char *sql, const OrmParameter *parameters, guint n_parameters)
{
  OrmLoad *self = orm_load_new (table);

  self->sql = g_strdup (sql);
  self->names = orm_parameters_copy (parameters, n_parameters, self->values);
  return self;
}

OrmLoad *
orm_load_new_key (const OrmTable *table, gint64 key)
{
  OrmLoad *self = orm_load_new (table);
  OrmValue value = { .type = ORM_VALUE_INT64, .int64 = key };

  g_array_append_val (self->values, value);
  self->sql = g_strdup (table->select_key);
  return self;
}

OrmLoad *
orm_load_new_keys (const OrmTable *table, const gint64 *keys, gsize n_keys)
{
  OrmLoad *self = orm_load_new (table);
  OrmValue value = ORM_VALUE_INIT;

  orm_value_take_text (&value, orm_format_array (keys, n_keys, NULL));
  g_array_append_val (self->values, value);
  self->sql = g_strdup (table->select_keys);
  return self;
}

void
orm_load_free (OrmLoad *self)
{
  OrmSlot *row;

  while ((row = orm_load_next (self)) != NULL)
    for (guint i = 0; i < self->table->n_columns; i++)
      orm_slot_clear (self->table->columns[i].type, &row[i]);
  g_array_unref (self->rows);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->eager, orm_eager_free);
  g_array_unref (self->values);
  g_clear_error (&self->error);
  g_free (self->sql);
  g_free (self);
}

/* A statement from outside: the columns are found by name, and there must be one for each of the mapping. */
static gboolean
find_columns (OrmLoad *self, OrmStatement *statement, int *places, GError **error)
{
  if (!orm_sql_check (self->sql, statement, FALSE, error))
    return FALSE;
  for (guint i = 0; i < self->table->n_columns; i++)
    {
      int n = sqlite3_column_count (statement->handle);
      int place = 0;

      while (place < n && !g_str_equal (sqlite3_column_name (statement->handle, place), self->table->columns[i].name))
        place++;
      if (place == n)
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "The statement does not give %s.%s: %s", self->table->name,
                       self->table->columns[i].name, self->sql);
          return FALSE;
        }
      places[i] = place;
    }
  return TRUE;
}

static gboolean
orm_load_bind (OrmLoad *self, OrmStatement *statement, int *places, GError **error)
{
  int place = 0;

  /* Beside others, those that are not loaded are NULL in their place. */
  for (guint i = 0; i < self->table->n_columns; i++)
    if (self->eager != NULL || (self->columns >> i & 1) != 0)
      places[i] = place++;
    else
      places[i] = -1;
  if (self->names != NULL)
    return find_columns (self, statement, places, error) &&
           orm_parameters_bind (self->names, self->values, statement, error);
  for (guint i = 0; i < self->values->len; i++)
    orm_statement_bind_value (statement, (int) i + 1, &g_array_index (self->values, OrmValue, i));
  return TRUE;
}

gboolean
orm_load_run (OrmConnection *connection, gpointer load, GCancellable *cancellable, GError **error)
{
  OrmLoad *self = load;
  OrmStatement *statement;
  OrmStep step;
  guint n_columns = self->table->n_columns;
  int places[ORM_TABLE_MAX_COLUMNS];

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  statement = orm_connection_prepare (connection, self->sql, error);
  if (statement == NULL || !orm_load_bind (self, statement, places, error))
    return FALSE;

  if (self->eager != NULL)
    orm_eager_begin (self->eager);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      OrmSlot *row;

      g_array_set_size (self->rows, self->rows->len + n_columns);
      row = &g_array_index (self->rows, OrmSlot, self->rows->len - n_columns);
      for (guint i = 0; i < n_columns; i++)
        row[i] = places[i] < 0 ? (OrmSlot){ 0 } : orm_slot_read (self->table->columns[i].type, statement, places[i]);
      if (self->eager != NULL)
        orm_eager_see (self->eager, statement);
    }
  return step == ORM_STEP_DONE && (self->eager == NULL || orm_eager_run (connection, self->eager, cancellable, error));
}

OrmSlot *
orm_load_next (OrmLoad *self)
{
  guint n_columns = self->table->n_columns;

  if ((self->n_taken + 1) * n_columns > self->rows->len)
    return NULL;
  return &g_array_index (self->rows, OrmSlot, self->n_taken++ * n_columns);
}
