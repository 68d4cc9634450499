/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-column-private.h"
#include "orm-connection-private.h"
#include "orm-flush.h"

/* A row is not always what was written: the schema has defaults, and triggers that change it again. Where it is, which
 * is nearly always, nothing is read: that a default stands in is known before, and the log of changed rows tells of a
 * trigger that changed one of those that were written. */

#define BIT(column) (G_GUINT64_CONSTANT (1) << (column))

/* What stands in for a NULL that the column does not take: of an INSERT it was left out, of an UPDATE it is for a
 * column that says NOT NULL ON CONFLICT REPLACE. */
static gboolean
has_stand_in (const OrmFlushOp *operation, guint index)
{
  const OrmColumn *column = &operation->table->columns[index];

  return column->default_value != NULL && orm_field_type_is_pointer (column->type) &&
         !orm_column_is_nullable (column) && orm_slot_peek (column, operation->entity).pointer == NULL;
}

/* Main thread: whether a default may stand in for something. */
gboolean
orm_flush_needs_row (const OrmFlushOp *operation)
{
  const OrmTable *table = operation->table;

  if (operation->kind == ORM_FLUSH_DELETE)
    return FALSE;
  if (operation->kind == ORM_FLUSH_INSERT &&
      (orm_entity_get_private (operation->entity)->unloaded & ~operation->columns & ~BIT (table->key)) != 0)
    return TRUE;
  for (guint i = 0; table->defaults != NULL && i < table->n_columns; i++)
    if (has_stand_in (operation, i))
      return TRUE;
  return FALSE;
}

static guint
hash_row (gconstpointer operation)
{
  const OrmFlushOp *self = operation;

  return g_direct_hash (self->table) ^ g_int64_hash (&self->key);
}

static gboolean
equal_rows (gconstpointer a, gconstpointer b)
{
  const OrmFlushOp *one = a;
  const OrmFlushOp *other = b;

  return one->table == other->table && one->key == other->key;
}

/* Of the tables that are written, by their names. */
static GHashTable *
list_tables (const OrmFlush *flush)
{
  GHashTable *tables = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < flush->n_operations; i++)
    if (i == 0 || flush->operations[i].table != flush->operations[i - 1].table)
      g_hash_table_insert (tables, (gpointer) flush->operations[i].table->name, (gpointer) flush->operations[i].table);
  return tables;
}

static GHashTable *
list_rows (const OrmFlush *flush)
{
  GHashTable *rows = g_hash_table_new (hash_row, equal_rows);

  for (guint i = 0; i < flush->n_operations; i++)
    if (flush->operations[i].kind != ORM_FLUSH_DELETE)
      g_hash_table_add (rows, &flush->operations[i]);
  return rows;
}

static gboolean
read_row (OrmConnection *connection, OrmFlushOp *operation, GError **error)
{
  const OrmTable *table = operation->table;
  OrmStatement *statement = orm_connection_prepare (connection, table->select_key, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, operation->key);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      operation->row = g_new (OrmSlot, table->n_columns);
      for (guint i = 0; i < table->n_columns; i++)
        operation->row[i] = orm_slot_read (table->columns[i].type, statement, (int) i);
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

gboolean
orm_flush_reads_as_before (OrmConnection *connection, const OrmFlushOp *operation, gboolean *is_same, GError **error)
{
  const OrmTable *table = operation->table;
  OrmFlushOp now = { .table = table, .key = operation->key };
  guint original = 0;

  if (!read_row (connection, &now, error))
    return FALSE;
  *is_same = now.row != NULL;
  for (guint i = 0; now.row != NULL && i < table->n_columns; i++)
    {
      if ((operation->checked & BIT (i)) != 0)
        *is_same = *is_same && orm_slot_equal (table->columns[i].type, now.row[i], operation->originals[original++]);
      orm_slot_clear (table->columns[i].type, &now.row[i]);
    }
  g_free (now.row);
  return TRUE;
}

/* A row that a trigger changed after it was written, or before. What was read of it is nothing to be told any more. */
static gboolean
read_changed_rows (OrmFlush *self, OrmConnection *connection, guint start, GError **error)
{
  g_autoptr (GHashTable) tables = list_tables (self);
  g_autoptr (GHashTable) rows = NULL;
  OrmFlushOp wanted = { 0 };
  const char *last = NULL;

  for (guint i = start; i < connection->log->len; i++)
    {
      OrmChange *change = &g_array_index (connection->log, OrmChange, i);
      OrmFlushOp *operation;

      if (change->origin != NULL)
        continue;
      if (change->table != last)
        wanted.table = g_hash_table_lookup (tables, change->table);
      last = change->table;
      if (wanted.table == NULL)
        continue;
      if (rows == NULL)
        rows = list_rows (self);
      wanted.key = change->key;
      operation = g_hash_table_lookup (rows, &wanted);
      if (operation == NULL)
        continue;
      if (operation->row == NULL && !read_row (connection, operation, error))
        return FALSE;
      if (operation->row != NULL)
        change->origin = self->origin;
    }
  return TRUE;
}

gboolean
orm_flush_read_rows (OrmFlush *self, OrmConnection *connection, guint start, GError **error)
{
  for (guint i = 0; i < self->n_operations; i++)
    if (self->operations[i].is_read && !read_row (connection, &self->operations[i], error))
      return FALSE;
  return read_changed_rows (self, connection, start, error);
}
