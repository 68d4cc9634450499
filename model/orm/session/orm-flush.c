/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-flush.h"
#include "orm-associations.h"
#include "orm-column-private.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-session.h"

/* A commit on its way: values are taken on the main thread, written on another, and looked at again on the main thread.
 * While the main thread waits for it the objects cannot change, so that their texts need no copy. */

#define SLOTS_IN_BLOCK 8192u

#define BIT(column)    (G_GUINT64_CONSTANT (1) << (column))

static guint
count_bits (guint64 bits)
{
  return (guint) __builtin_popcountll (bits);
}

OrmFlush *
orm_flush_new (gconstpointer origin, guint n_operations, gboolean copies)
{
  OrmFlush *self = g_new0 (OrmFlush, 1);

  self->origin = origin;
  self->operations = g_new0 (OrmFlushOp, n_operations);
  self->n_allocated = n_operations;
  self->copies = copies;
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Out of blocks, as a commit of many objects would ask for as many bits of memory. */
static OrmSlot *
orm_flush_take_slots (OrmFlush *self, guint n)
{
  OrmSlot *slots;

  if (self->slots == NULL || self->n_slots < n)
    {
      self->n_slots = CLAMP (n * (self->n_allocated - self->n_operations), MAX (n, 1), SLOTS_IN_BLOCK);
      self->slots = g_new (OrmSlot, self->n_slots);
      g_ptr_array_add (self->blocks, self->slots);
    }
  slots = self->slots;
  self->slots += n;
  self->n_slots -= n;
  return slots;
}

gboolean
orm_flush_is_empty (const OrmFlush *self)
{
  return self->n_operations == 0 && (self->associations == NULL || self->associations->len == 0);
}

static void
orm_flush_op_clear (OrmFlushOp *self, gboolean owns_values)
{
  guint value = 0;
  guint original = 0;

  for (guint i = 0; owns_values && i < self->table->n_columns; i++)
    {
      if (self->columns & BIT (i))
        orm_slot_clear (self->table->columns[i].type, &self->values[value++]);
      if (self->checked & BIT (i))
        orm_slot_clear (self->table->columns[i].type, &self->originals[original++]);
    }
  for (guint i = 0; self->row != NULL && i < self->table->n_columns; i++)
    orm_slot_clear (self->table->columns[i].type, &self->row[i]);
  g_free (self->row);
  g_free (self->parents);
  g_object_unref (self->entity);
}

void
orm_flush_free (OrmFlush *self)
{
  for (guint i = 0; i < self->n_operations; i++)
    orm_flush_op_clear (&self->operations[i], self->copies);
  g_clear_pointer (&self->associations, g_ptr_array_unref);
  g_ptr_array_unref (self->blocks);
  g_free (self->operations);
  g_free (self);
}

OrmSlot *
orm_flush_op_get_value (OrmFlushOp *self, guint column)
{
  g_assert (self->columns & BIT (column));

  return &self->values[count_bits (self->columns & (BIT (column) - 1))];
}

/* Whether the schema has to say what comes instead: NULL would be refused, or is what it has for it as well. */
static gboolean
is_left_to_schema (const OrmColumn *column, OrmSlot value)
{
  return orm_field_type_is_pointer (column->type) && value.pointer == NULL &&
         (column->default_value == NULL || !orm_column_is_nullable (column));
}

/* All columns, but a key that the database gives, and values that the schema has something for. */
static guint64
columns_to_insert (OrmEntity *entity, const OrmTable *table)
{
  guint64 columns = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      OrmSlot value = orm_slot_peek (&table->columns[i], entity);

      if (orm_entity_is_loaded_column (entity, i) &&
          (i == table->key ? value.int64 != 0 : !is_left_to_schema (&table->columns[i], value)))
        columns |= BIT (i);
    }
  return columns;
}

/* Of what is written the columns that were read; of a row that goes, all that its object has shown. */
static guint64
columns_to_check (OrmEntity *entity, const OrmFlushOp *operation)
{
  const OrmTable *table = operation->table;
  guint64 read = orm_table_get_all_columns (table) & ~orm_entity_get_private (entity)->unloaded;

  if (operation->kind == ORM_FLUSH_DELETE)
    return read & ~BIT (table->key);
  return operation->kind == ORM_FLUSH_UPDATE ? read & operation->columns : 0;
}

/* The slots of the columns, in their order. */
static OrmSlot *
orm_flush_take_values (OrmFlush *self, OrmEntity *entity, guint64 columns, gboolean originals)
{
  const OrmTable *table = orm_entity_get_table (entity);
  OrmSlot *slots = orm_flush_take_slots (self, count_bits (columns));
  guint position = 0;

  for (guint i = 0; i < table->n_columns; i++)
    if (columns & BIT (i))
      {
        OrmSlot value = originals ? orm_entity_peek_original (entity, i) : orm_slot_peek (&table->columns[i], entity);

        slots[position++] = self->copies ? orm_slot_copy (table->columns[i].type, value) : value;
      }
  return slots;
}

gboolean
orm_flush_add (OrmFlush *self, OrmEntity *entity, OrmFlushKind kind, GError **error)
{
  const OrmTable *table = orm_entity_get_table (entity);
  OrmFlushOp *operation = &self->operations[self->n_operations];

  g_assert (self->n_operations < self->n_allocated);
  operation->table = table;
  operation->kind = kind;
  operation->key = *orm_table_key_field (table, entity);
  if (kind == ORM_FLUSH_INSERT)
    operation->columns = columns_to_insert (entity, table);
  else if (kind == ORM_FLUSH_UPDATE)
    operation->columns = orm_entity_get_private (entity)->dirty;

  for (guint i = 0; i < table->n_columns; i++)
    if ((operation->columns & BIT (i)) != 0 &&
        !orm_column_check_slot (table, &table->columns[i], orm_slot_peek (&table->columns[i], entity), error))
      return FALSE;

  operation->is_void = kind != ORM_FLUSH_INSERT && orm_entity_get_private (entity)->is_gone;
  if (operation->is_void && (kind == ORM_FLUSH_UPDATE || self->checks))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_STALE, "The row %" G_GINT64_FORMAT " of %s is not there any more",
                   operation->key, table->name);
      return FALSE;
    }

  operation->values = orm_flush_take_values (self, entity, operation->columns, FALSE);
  if (self->checks)
    operation->checked = columns_to_check (entity, operation);
  if (operation->checked != 0)
    operation->originals = orm_flush_take_values (self, entity, operation->checked, TRUE);
  operation->entity = g_object_ref (entity);
  operation->is_read = orm_flush_needs_row (operation);
  self->n_operations++;
  return TRUE;
}

static char *
build_insert (const OrmFlushOp *operation)
{
  GString *sql = g_string_new ("INSERT INTO ");
  const char *separator = " (";

  orm_append_name (sql, operation->table->name);
  if (operation->columns == 0)
    {
      g_string_append (sql, " DEFAULT VALUES");
      return g_string_free (sql, FALSE);
    }
  for (guint i = 0; i < operation->table->n_columns; i++)
    if (operation->columns & BIT (i))
      {
        g_string_append (sql, separator);
        orm_append_name (sql, operation->table->columns[i].name);
        separator = ", ";
      }
  g_string_append (sql, ") VALUES (?");
  for (guint i = 1; i < count_bits (operation->columns); i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static void
append_is_original (GString *sql, const OrmColumn *column)
{
  /* An object has 0 where a plain number is NULL. */
  gboolean is_zero = !orm_field_type_is_pointer (column->type) && (column->flags & ORM_COLUMN_NOT_NULL) == 0;

  g_string_append (sql, is_zero ? " AND ifnull (" : " AND ");
  orm_append_name (sql, column->name);
  if (column->flags & ORM_COLUMN_NOCASE)
    g_string_append (sql, " COLLATE BINARY");
  g_string_append (sql, is_zero ? ", 0) IS ?" : " IS ?");
}

static char *
build_statement (const OrmFlushOp *operation)
{
  const OrmTable *table = operation->table;
  GString *sql;
  const char *separator = " SET ";

  if (operation->kind == ORM_FLUSH_INSERT)
    return build_insert (operation);

  sql = g_string_new (operation->kind == ORM_FLUSH_UPDATE ? "UPDATE " : "DELETE FROM ");
  orm_append_name (sql, table->name);
  for (guint i = 0; i < table->n_columns; i++)
    if (operation->columns & BIT (i))
      {
        g_string_append (sql, separator);
        orm_append_name (sql, table->columns[i].name);
        g_string_append (sql, " = ?");
        separator = ", ";
      }
  g_string_append (sql, " WHERE ");
  orm_append_name (sql, table->columns[table->key].name);
  g_string_append (sql, " = ?");
  for (guint i = 0; i < table->n_columns; i++)
    if (operation->checked & BIT (i))
      append_is_original (sql, &table->columns[i]);
  return g_string_free (sql, FALSE);
}

/* 0 is no key: the column of a relation, or one that refers to the key of a table, says NULL for it. */
static gboolean
is_no_key (const OrmTable *table, guint column, OrmSlot value)
{
  gboolean refers = table->columns[column].references != NULL && table->columns[column].references_column == NULL;

  return ((table->foreign & BIT (column)) != 0 || (refers && table->columns[column].type == ORM_FIELD_INT64)) &&
         value.int64 == 0;
}

static void
bind_operation (const OrmFlushOp *operation, OrmStatement *statement)
{
  const OrmTable *table = operation->table;
  int position = 1;
  guint original = 0;

  for (guint i = 0; i < table->n_columns; i++)
    if (operation->columns & BIT (i))
      {
        if (operation->parents != NULL && operation->parents[i] != NULL)
          orm_statement_bind_int64 (statement, position, operation->parents[i]->key);
        else if (is_no_key (table, i, operation->values[position - 1]))
          orm_statement_bind_null (statement, position);
        else
          orm_slot_bind (table->columns[i].type, operation->values[position - 1], statement, position);
        position++;
      }
  if (operation->kind != ORM_FLUSH_INSERT)
    orm_statement_bind_int64 (statement, position++, operation->key);
  for (guint i = 0; operation->checked != 0 && i < table->n_columns; i++)
    if (operation->checked & BIT (i))
      orm_slot_bind (table->columns[i].type, operation->originals[original++], statement, position++);
}

/* Writes a row whatever is in it. */
static gboolean
write_unchecked (OrmConnection *connection, const OrmFlushOp *operation, GError **error)
{
  OrmFlushOp unchecked = *operation;
  g_autofree char *sql = NULL;
  OrmStatement *statement;

  unchecked.checked = 0;
  sql = build_statement (&unchecked);
  statement = orm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_operation (&unchecked, statement);
  return orm_statement_run (statement, error);
}

/* Whether what was written found its row; a DELETE has to only where stale rows are looked for. A row is deleted also
 * where this transaction has changed it, as by what its schema does when another row goes, and it is for that not what
 * was read; and any is written where it is not what the object has, but reads as that. */
static gboolean
check_found (const OrmFlush *flush, OrmConnection *connection, const OrmFlushOp *operation, GError **error)
{
  gboolean is_same = FALSE;

  if (operation->kind == ORM_FLUSH_INSERT || orm_connection_get_n_changes (connection) > 0)
    return TRUE;
  if (operation->kind == ORM_FLUSH_DELETE && !flush->checks)
    return TRUE;
  if (operation->kind == ORM_FLUSH_DELETE &&
      orm_connection_has_changed (connection, operation->table->name, operation->key))
    return write_unchecked (connection, operation, error);
  if (operation->checked != 0 && !orm_flush_reads_as_before (connection, operation, &is_same, error))
    return FALSE;
  if (is_same)
    return write_unchecked (connection, operation, error);
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE, "The row %" G_GINT64_FORMAT " of %s %s", operation->key,
               operation->table->name,
               operation->checked != 0 ? "is not what it was when it was read" : "is not there any more");
  return FALSE;
}

static gboolean
write_operation (OrmFlush *flush,
                 OrmConnection *connection,
                 OrmStatement *statement,
                 OrmFlushOp *operation,
                 GError **error)
{
  static const OrmChangeKind kinds[] = { ORM_CHANGE_INSERT, ORM_CHANGE_UPDATE, ORM_CHANGE_DELETE };
  const OrmTable *table = operation->table;
  guint start = connection->log->len;

  if (operation->is_void)
    return TRUE;
  bind_operation (operation, statement);
  if (!orm_statement_run (statement, error))
    {
      if (operation->kind == ORM_FLUSH_DELETE && error != NULL &&
          g_error_matches (*error, ORM_ERROR, ORM_ERROR_CONSTRAINT))
        {
          g_clear_error (error);
          g_set_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT,
                       "The row %" G_GINT64_FORMAT " of %s cannot be deleted: rows that have its key would be left",
                       operation->key, table->name);
        }
      else
        g_prefix_error (error, "%s %" G_GINT64_FORMAT ": ", table->name, operation->key);
      return FALSE;
    }
  if (operation->kind == ORM_FLUSH_INSERT)
    operation->key = orm_connection_get_last_insert_id (connection);
  if (!check_found (flush, connection, operation, error))
    return FALSE;
  orm_connection_set_origin (connection, start, table->name, kinds[operation->kind], operation->key, flush->origin);
  return TRUE;
}

static gboolean
write_operations (OrmFlush *flush, OrmConnection *connection, GError **error)
{
  OrmStatement *statement = NULL;
  gboolean written = TRUE;

  for (guint i = 0; written && i < flush->n_operations; i++)
    {
      OrmFlushOp *operation = &flush->operations[i];
      const OrmFlushOp *last = i > 0 ? operation - 1 : NULL;

      /* Rows between others come after those, and go before them. */
      if (operation->kind == ORM_FLUSH_DELETE && (last == NULL || last->kind != ORM_FLUSH_DELETE))
        {
          written = orm_associations_write (flush, connection, error);
          if (!written)
            break;
        }

      if (last == NULL || last->table != operation->table || last->kind != operation->kind ||
          last->columns != operation->columns || last->checked != operation->checked)
        {
          g_autofree char *sql = build_statement (operation);

          if (statement != NULL)
            orm_statement_unbind (statement);
          statement = orm_connection_prepare (connection, sql, error);
        }
      written = statement != NULL && write_operation (flush, connection, statement, operation, error);
    }
  /* The values are not the statement's, and go before it. */
  if (statement != NULL)
    orm_statement_unbind (statement);
  if (written && (flush->n_operations == 0 || flush->operations[flush->n_operations - 1].kind != ORM_FLUSH_DELETE))
    written = orm_associations_write (flush, connection, error);
  return written;
}

gboolean
orm_flush_run (OrmConnection *connection, gpointer flush, GCancellable *cancellable, GError **error)
{
  OrmFlush *self = flush;
  guint start;
  gboolean written;

  if (self->is_work_first && !self->work (connection, self->work_data, cancellable, error))
    return FALSE;
  start = connection->log->len;
  written = write_operations (self, connection, error) && orm_flush_read_rows (self, connection, start, error);
  if (written && self->work != NULL && !self->is_work_first)
    {
      connection->flush = self;
      written = self->work (connection, self->work_data, cancellable, error);
      connection->flush = NULL;
    }
  return written;
}

/**
 * orm_session_get_inserted_key:
 * @connection: what the work of orm_session_commit_with() was called with
 * @entity: an object; it is not looked into
 *
 * Tells the work the key that an object got in this commit. On the thread of the work.
 *
 * Returns: the key, or 0 where the commit does not insert the object
 */
gint64
orm_session_get_inserted_key (OrmConnection *connection, gconstpointer entity)
{
  OrmFlush *flush;

  g_return_val_if_fail (connection != NULL && connection->flush != NULL, 0);

  flush = connection->flush;
  for (guint i = 0; i < flush->n_operations; i++)
    if (flush->operations[i].entity == entity && flush->operations[i].kind == ORM_FLUSH_INSERT)
      return flush->operations[i].key;
  return 0;
}
