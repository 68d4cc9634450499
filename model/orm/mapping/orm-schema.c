/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-schema.h"
#include "orm-column-private.h"
#include "orm-entity.h"
#include "orm-error.h"
#include "orm-relation-private.h"

/* Tables out of mappings. */

/* Making */

/* second: (nullable) */
static void
append_index (const char *table, const char *column, const char *second, GPtrArray *statements)
{
  GString *sql = g_string_new ("CREATE INDEX IF NOT EXISTS ");
  g_autofree char *name = g_strconcat (table, "_by_", column, NULL);

  orm_append_name (sql, name);
  g_string_append (sql, " ON ");
  orm_append_name (sql, table);
  g_string_append (sql, " (");
  orm_append_name (sql, column);
  if (second != NULL)
    {
      g_string_append (sql, ", ");
      orm_append_name (sql, second);
    }
  g_string_append_c (sql, ')');
  g_ptr_array_add (statements, g_string_free (sql, FALSE));
}

static void
append_table (const OrmTable *table, GPtrArray *statements)
{
  GString *sql = g_string_new ("CREATE TABLE IF NOT EXISTS ");

  orm_append_name (sql, table->name);
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append (sql, i == 0 ? " (" : ", ");
      orm_column_append_definition (&table->columns[i], sql);
    }
  g_string_append (sql, ") STRICT");
  g_ptr_array_add (statements, g_string_free (sql, FALSE));

  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].flags & ORM_COLUMN_INDEXED)
      append_index (table->name, table->columns[i].name, NULL, statements);
}

static void
append_between_column (GString *sql, const char *separator, const char *column, const OrmTable *table)
{
  g_string_append (sql, separator);
  orm_append_name (sql, column);
  g_string_append (sql, " INTEGER NOT NULL REFERENCES ");
  orm_append_name (sql, table->name);
  g_string_append (sql, " (");
  orm_append_name (sql, table->columns[table->key].name);
  g_string_append (sql, ") ON DELETE CASCADE");
}

/* The table between two others: each pair once, found from both sides. */
static void
append_between (const OrmRelationInfo *relation, GPtrArray *statements)
{
  GString *sql = g_string_new ("CREATE TABLE IF NOT EXISTS ");

  orm_append_name (sql, relation->through);
  append_between_column (sql, " (", relation->own_column, relation->table);
  append_between_column (sql, ", ", relation->target_column, relation->target);
  g_string_append (sql, ", PRIMARY KEY (");
  orm_append_name (sql, relation->own_column);
  g_string_append (sql, ", ");
  orm_append_name (sql, relation->target_column);
  g_string_append (sql, ")) STRICT, WITHOUT ROWID");
  g_ptr_array_add (statements, g_string_free (sql, FALSE));

  append_index (relation->through, relation->target_column, relation->own_column, statements);
}

static void
append_all_between (const OrmTable *table, GPtrArray *statements)
{
  g_autoptr (GError) error = NULL;

  if (!orm_table_resolve (table, &error))
    {
      g_critical ("%s", error->message);
      return;
    }
  for (guint i = 0; i < table->n_relations; i++)
    if (table->relations[i].is_owner)
      append_between (&table->relations[i], statements);
}

/* Whether it points to one of those that are still to come, but for itself. */
static gboolean
has_to_wait (const OrmTable *table, GPtrArray *waiting)
{
  for (guint i = 0; i < table->n_columns; i++)
    for (guint j = 0; table->columns[i].references != NULL && j < waiting->len; j++)
      {
        const OrmTable *other = waiting->pdata[j];

        if (other != table && g_str_equal (other->name, table->columns[i].references))
          return TRUE;
      }
  return FALSE;
}

GPtrArray *
orm_schema_build (const GType *types, guint n_types)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  for (guint i = 0; i < n_types; i++)
    g_ptr_array_add (waiting, (gpointer) orm_table_for_type (types[i]));
  while (waiting->len > 0)
    {
      guint next = 0;

      while (next < waiting->len && has_to_wait (waiting->pdata[next], waiting))
        next++;
      /* Where they point to each other in a circle any of them is the first, which SQLite allows. */
      append_table (g_ptr_array_remove_index (waiting, next < waiting->len ? next : 0), statements);
    }
  for (guint i = 0; i < n_types; i++)
    append_all_between (orm_table_for_type (types[i]), statements);
  return statements;
}
