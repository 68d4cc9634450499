/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-eager.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-value-private.h"

/* Rows of related tables on their way to the main thread. A row that many others lead to is read once. */

OrmEager *
orm_eager_new (const OrmTable *table)
{
  OrmEager *self = g_new0 (OrmEager, 1);

  self->table = table;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_eager_free);
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_array_new (FALSE, FALSE, sizeof (OrmSlot));
  self->pairs = g_array_new (FALSE, FALSE, sizeof (OrmPair));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static OrmEager *
orm_eager_new_child (OrmEager *self, const OrmRelationInfo *relation, gboolean is_joined)
{
  OrmEager *child = orm_eager_new (relation->target);

  child->relation = relation;
  child->is_joined = is_joined;
  g_ptr_array_add (self->children, child);
  return child;
}

OrmEager *
orm_eager_copy (const OrmEager *self)
{
  OrmEager *copy;

  if (self == NULL)
    return NULL;
  copy = orm_eager_new (self->table);
  copy->relation = self->relation;
  copy->is_joined = self->is_joined;
  for (guint i = 0; i < self->children->len; i++)
    g_ptr_array_add (copy->children, orm_eager_copy (self->children->pdata[i]));
  return copy;
}

void
orm_eager_free (OrmEager *self)
{
  guint n_columns = self->table->n_columns;

  for (guint i = self->n_taken * n_columns; i < self->rows->len; i++)
    orm_slot_clear (self->table->columns[i % n_columns].type, &g_array_index (self->rows, OrmSlot, i));
  g_array_unref (self->rows);
  g_hash_table_unref (self->seen);
  g_array_unref (self->keys);
  g_array_unref (self->pairs);
  g_array_unref (self->wanted);
  g_ptr_array_unref (self->children);
  g_free (self);
}

static OrmEager *
find_child (const OrmEager *self, const OrmRelationInfo *relation, guint *position)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      OrmEager *child = self->children->pdata[i];

      if (child->relation == relation)
        {
          *position = i;
          return child;
        }
    }
  return NULL;
}

gboolean
orm_eager_add_path (OrmEager *self, const char *path, gboolean is_joined, GError **error)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const OrmRelationInfo *relation = orm_table_find_relation (self->table, names[i], error);
      gboolean is_last = names[i + 1] == NULL;
      OrmEager *child;
      guint position;

      if (relation == NULL)
        return FALSE;
      if (is_last && is_joined && orm_relation_is_collection (relation))
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
                       "%s.%s is a collection, which is not joined but read by orm_query_select_in (query, \"%s\")",
                       relation->table->name, relation->name, path);
          return FALSE;
        }
      child = find_child (self, relation, &position);
      if (child == NULL)
        child = orm_eager_new_child (self, relation, is_joined && !orm_relation_is_collection (relation));
      else if (is_last)
        child->is_joined = is_joined;
      self = child;
    }
  return TRUE;
}

gboolean
orm_eager_remove_path (OrmEager *self, const char *path, GError **error)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  OrmEager *parent = self;
  const OrmTable *table = self->table;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const OrmRelationInfo *relation = orm_table_find_relation (table, names[i], error);
      OrmEager *child;
      guint position;

      if (relation == NULL)
        return FALSE;
      table = relation->target;
      child = parent != NULL ? find_child (parent, relation, &position) : NULL;
      if (child != NULL && names[i + 1] == NULL)
        g_ptr_array_remove_index (parent->children, position);
      parent = child;
    }
  return TRUE;
}

/* The statements */

gboolean
orm_eager_has_joins (const OrmEager *self)
{
  for (guint i = 0; i < self->children->len; i++)
    if (((OrmEager *) self->children->pdata[i])->is_joined)
      return TRUE;
  return FALSE;
}

static char *
make_alias (const OrmEager *self, const char *qualifier, const OrmEager *child)
{
  return orm_make_alias (qualifier, !self->is_joined, child->relation->name);
}

void
orm_eager_append_columns (const OrmEager *self, const char *qualifier, guint64 columns, GString *sql)
{
  orm_table_append_columns (self->table, qualifier, columns, TRUE, sql);
  for (guint i = 0; i < self->children->len; i++)
    {
      const OrmEager *child = self->children->pdata[i];
      g_autofree char *alias = NULL;

      if (!child->is_joined)
        continue;
      alias = make_alias (self, qualifier, child);
      g_string_append (sql, ", ");
      orm_eager_append_columns (child, alias, orm_table_get_all_columns (child->table), sql);
    }
}

void
orm_eager_append_joins (const OrmEager *self, const char *qualifier, GString *sql)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      const OrmEager *child = self->children->pdata[i];
      g_autofree char *alias = NULL;

      if (!child->is_joined)
        continue;
      alias = make_alias (self, qualifier, child);
      g_string_append (sql, " LEFT JOIN ");
      orm_append_name (sql, child->table->name);
      g_string_append (sql, " AS ");
      orm_append_name (sql, alias);
      g_string_append (sql, " ON ");
      orm_append_column (sql, alias, child->table->columns[child->table->key].name);
      g_string_append (sql, " = ");
      orm_append_column (sql, qualifier, self->table->columns[child->relation->column].name);
      orm_eager_append_joins (child, alias, sql);
    }
}

static void
append_order (const OrmEager *self, const char *qualifier, GString *sql)
{
  const OrmRelationInfo *relation = self->relation;
  const char *direction = relation->declared.is_descending ? " DESC" : "";

  if (!orm_relation_is_collection (relation))
    return;
  g_string_append (sql, " ORDER BY ");
  orm_append_column (sql, qualifier, self->table->columns[relation->order].name);
  g_string_append (sql, direction);
  if (relation->order == self->table->key)
    return;
  g_string_append (sql, ", ");
  orm_append_column (sql, qualifier, self->table->columns[self->table->key].name);
  g_string_append (sql, direction);
}

/* One statement for all rows that it starts from. */
static char *
build_statement (const OrmEager *self)
{
  const OrmRelationInfo *relation = self->relation;
  gboolean is_between = relation->kind == ORM_RELATION_MANY_TO_MANY;
  guint64 all = orm_table_get_all_columns (self->table);
  const char *qualifier = is_between || orm_eager_has_joins (self) ? self->table->name : NULL;
  GString *sql = g_string_new ("SELECT ");

  if (is_between)
    {
      orm_append_column (sql, relation->through, relation->own_column);
      g_string_append (sql, ", ");
    }
  if (qualifier != NULL)
    orm_eager_append_columns (self, qualifier, all, sql);
  else
    orm_table_append_columns (self->table, NULL, all, TRUE, sql);
  g_string_append (sql, " FROM ");
  orm_append_name (sql, is_between ? relation->through : self->table->name);
  if (is_between)
    {
      g_string_append (sql, " JOIN ");
      orm_append_name (sql, self->table->name);
      g_string_append (sql, " ON ");
      orm_append_column (sql, qualifier, self->table->columns[self->table->key].name);
      g_string_append (sql, " = ");
      orm_append_column (sql, relation->through, relation->target_column);
    }
  if (qualifier != NULL)
    orm_eager_append_joins (self, qualifier, sql);
  g_string_append (sql, " WHERE ");
  if (is_between)
    orm_append_column (sql, relation->through, relation->own_column);
  else
    orm_append_column (
        sql, qualifier,
        self->table->columns[orm_relation_is_collection (relation) ? relation->column : self->table->key].name);
  g_string_append (sql, " IN (SELECT value FROM json_each (?))");
  append_order (self, qualifier, sql);
  return g_string_free (sql, FALSE);
}

/* The rows */

static int
place_columns (OrmEager *self, int first)
{
  self->first = first;
  first += (int) self->table->n_columns;
  for (guint i = 0; i < self->children->len; i++)
    {
      OrmEager *child = self->children->pdata[i];

      if (child->is_joined)
        first = place_columns (child, first);
    }
  return first;
}

void
orm_eager_begin (OrmEager *self)
{
  place_columns (self, 0);
}

void
orm_eager_see_key (OrmEager *self, gint64 key)
{
  if (g_hash_table_add (self->seen, g_memdup2 (&key, sizeof key)))
    g_array_append_val (self->keys, key);
}

static void take_row (OrmEager *self, OrmStatement *statement);

/* What a row leads to. */
static void
see_children (OrmEager *self, OrmStatement *statement)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      OrmEager *child = self->children->pdata[i];
      int column = self->first + (int) child->relation->column;

      if (child->is_joined)
        {
          if (!orm_statement_is_null (statement, child->first + (int) child->table->key))
            take_row (child, statement);
        }
      else if (!orm_relation_is_collection (child->relation) && !orm_statement_is_null (statement, column))
        {
          gint64 key = orm_statement_get_int64 (statement, column);

          g_array_append_val (child->wanted, key);
        }
    }
}

static void
take_row (OrmEager *self, OrmStatement *statement)
{
  const OrmTable *table = self->table;
  gint64 key = orm_statement_get_int64 (statement, self->first + (int) table->key);
  OrmSlot *row;

  if (g_hash_table_contains (self->seen, &key))
    return;
  orm_eager_see_key (self, key);
  g_array_set_size (self->rows, self->rows->len + table->n_columns);
  row = &g_array_index (self->rows, OrmSlot, self->rows->len - table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    row[i] = orm_slot_read (table->columns[i].type, statement, self->first + (int) i);
  see_children (self, statement);
}

void
orm_eager_see (OrmEager *self, OrmStatement *statement)
{
  orm_eager_see_key (self, orm_statement_get_int64 (statement, self->first + (int) self->table->key));
  see_children (self, statement);
}

static gboolean
read_rows (OrmEager *self, GArray *keys, OrmConnection *connection, GError **error)
{
  const OrmRelationInfo *relation = self->relation;
  gboolean is_between = relation->kind == ORM_RELATION_MANY_TO_MANY;
  g_autofree char *sql = build_statement (self);
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  place_columns (self, is_between ? 1 : 0);
  orm_statement_bind_array (statement, 1, (const gint64 *) (gpointer) keys->data, keys->len);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      OrmPair pair;

      take_row (self, statement);
      if (!orm_relation_is_collection (relation))
        continue;
      pair.owner = orm_statement_get_int64 (statement, is_between ? 0 : (int) relation->column);
      pair.target = orm_statement_get_int64 (statement, self->first + (int) self->table->key);
      g_array_append_val (self->pairs, pair);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

gboolean
orm_eager_run (OrmConnection *connection, gpointer eager, GCancellable *cancellable, GError **error)
{
  OrmEager *self = eager;

  for (guint i = 0; i < self->children->len; i++)
    {
      OrmEager *child = self->children->pdata[i];
      GArray *keys = orm_relation_is_collection (child->relation) ? self->keys : child->wanted;

      if (!child->is_joined && keys->len > 0 && !read_rows (child, keys, connection, error))
        return FALSE;
      if (!orm_eager_run (connection, child, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
