/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-load.h"
#include "orm-query-private.h"
#include "orm-value-private.h"

static OrmLoad *
orm_load_new (const OrmTable *table)
{
  OrmLoad *self = g_new0 (OrmLoad, 1);

  self->table = table;
  self->values = orm_value_array_new ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (OrmSlot));
  return self;
}

OrmLoad *
orm_load_new_query (const OrmQuery *query, gint64 max_rows)
{
  OrmLoad *self = orm_load_new (query->table);

  self->sql = orm_query_build (query, max_rows, self->values, &self->error);
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
  g_array_unref (self->values);
  g_clear_error (&self->error);
  g_free (self->sql);
  g_free (self);
}

gboolean
orm_load_run (OrmConnection *connection, gpointer load, GCancellable *cancellable, GError **error)
{
  OrmLoad *self = load;
  OrmStatement *statement;
  OrmStep step;
  guint n_columns = self->table->n_columns;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  statement = orm_connection_prepare (connection, self->sql, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->values->len; i++)
    orm_statement_bind_value (statement, (int) i + 1, &g_array_index (self->values, OrmValue, i));

  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      OrmSlot *row;

      g_array_set_size (self->rows, self->rows->len + n_columns);
      row = &g_array_index (self->rows, OrmSlot, self->rows->len - n_columns);
      for (guint i = 0; i < n_columns; i++)
        row[i] = orm_slot_read (self->table->columns[i].type, statement, (int) i);
    }
  return step == ORM_STEP_DONE;
}

OrmSlot *
orm_load_next (OrmLoad *self)
{
  guint n_columns = self->table->n_columns;

  if ((self->n_taken + 1) * n_columns > self->rows->len)
    return NULL;
  return &g_array_index (self->rows, OrmSlot, self->n_taken++ * n_columns);
}
