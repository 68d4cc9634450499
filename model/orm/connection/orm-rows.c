/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-rows-private.h"
#include "orm-value-private.h"

struct _OrmRows
{
  gatomicrefcount ref_count;
  guint n_columns;
  guint n_rows;
  GArray *values; /* of OrmValue, row by row */
};

G_DEFINE_BOXED_TYPE (OrmRows, orm_rows, orm_rows_ref, orm_rows_unref)

OrmRows *
orm_rows_new (guint n_columns)
{
  OrmRows *self = g_new0 (OrmRows, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_columns = n_columns;
  self->values = orm_value_array_new ();
  return self;
}

void
orm_rows_append (OrmRows *self, OrmStatement *statement)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      OrmValue value = ORM_VALUE_INIT;

      orm_statement_get_value (statement, (int) i, &value);
      g_array_append_val (self->values, value);
    }
  self->n_rows++;
}

/**
 * orm_rows_ref:
 * @self: rows
 *
 * Returns: (transfer full): @self
 */
OrmRows *
orm_rows_ref (OrmRows *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * orm_rows_unref:
 * @self: (transfer full): rows
 *
 * Drops a reference.
 */
void
orm_rows_unref (OrmRows *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->values);
  g_free (self);
}

/**
 * orm_rows_get_n_rows:
 * @self: rows
 *
 * Returns: how many there are
 */
guint
orm_rows_get_n_rows (OrmRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

/**
 * orm_rows_get_n_columns:
 * @self: rows
 *
 * Returns: how many values each has
 */
guint
orm_rows_get_n_columns (OrmRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

/**
 * orm_rows_get:
 * @self: rows
 * @row: from 0
 * @column: from 0
 *
 * Returns: (transfer none): a value
 */
const OrmValue *
orm_rows_get (OrmRows *self, guint row, guint column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, NULL);

  return &g_array_index (self->values, OrmValue, row * self->n_columns + column);
}
