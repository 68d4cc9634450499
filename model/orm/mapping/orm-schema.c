/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-schema.h"
#include "orm-column-private.h"
#include "orm-connection-private.h"
#include "orm-entity.h"
#include "orm-error.h"
#include "orm-relation-private.h"

/* Tables out of mappings, and mappings held against the tables that are there. */

/* Making */

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
      {
        g_autofree char *name = g_strconcat (table->name, "_by_", table->columns[i].name, NULL);

        sql = g_string_new ("CREATE INDEX IF NOT EXISTS ");
        orm_append_name (sql, name);
        g_string_append (sql, " ON ");
        orm_append_name (sql, table->name);
        g_string_append (sql, " (");
        orm_append_name (sql, table->columns[i].name);
        g_string_append_c (sql, ')');
        g_ptr_array_add (statements, g_string_free (sql, FALSE));
      }
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
  g_autofree char *name = g_strconcat (relation->through, "_by_", relation->target_column, NULL);

  orm_append_name (sql, relation->through);
  append_between_column (sql, " (", relation->own_column, relation->table);
  append_between_column (sql, ", ", relation->target_column, relation->target);
  g_string_append (sql, ", PRIMARY KEY (");
  orm_append_name (sql, relation->own_column);
  g_string_append (sql, ", ");
  orm_append_name (sql, relation->target_column);
  g_string_append (sql, ")) STRICT, WITHOUT ROWID");
  g_ptr_array_add (statements, g_string_free (sql, FALSE));

  sql = g_string_new ("CREATE INDEX IF NOT EXISTS ");
  orm_append_name (sql, name);
  g_string_append (sql, " ON ");
  orm_append_name (sql, relation->through);
  g_string_append (sql, " (");
  orm_append_name (sql, relation->target_column);
  g_string_append (sql, ", ");
  orm_append_name (sql, relation->own_column);
  g_string_append_c (sql, ')');
  g_ptr_array_add (statements, g_string_free (sql, FALSE));
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

/* Checking */

static gboolean
disagrees (const OrmTable *table, const OrmColumn *column, const char *problem, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH,
               "The column %s.%s of the database does not agree with the mapping: %s", table->name, column->name,
               problem);
  return FALSE;
}

static gboolean
is_of_type (const char *type, const char *storage)
{
  return g_ascii_strcasecmp (type, storage) == 0 || g_ascii_strcasecmp (type, "ANY") == 0 ||
         (g_ascii_strcasecmp (type, "INT") == 0 && g_str_equal (storage, "INTEGER"));
}

/* Whether the statement, with table and column bound, gives a row. FALSE in *found where it does not. */
static gboolean
look_up (OrmConnection *connection,
         const char *sql,
         const OrmTable *table,
         const OrmColumn *column,
         gboolean *found,
         GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, table->name, -1);
  orm_statement_bind_text (statement, 2, column->name, -1);
  if (column->references != NULL && sqlite3_bind_parameter_count (statement->handle) > 2)
    orm_statement_bind_text (statement, 3, column->references, -1);
  step = orm_statement_step (statement, error);
  orm_statement_reset (statement);
  *found = step == ORM_STEP_ROW;
  return step != ORM_STEP_ERROR;
}

#define SELECT_DEFAULT "SELECT 1 FROM pragma_table_info (?) WHERE name = ? AND dflt_value IS NOT NULL"

#define SELECT_UNIQUE                                                                                                  \
  "SELECT 1 FROM pragma_index_list (?) AS list JOIN pragma_index_info (list.name) AS info "                            \
  "WHERE list.\"unique\" AND NOT list.partial GROUP BY list.name HAVING count(*) = 1 AND max(info.name) = ?"

#define SELECT_REFERENCE "SELECT 1 FROM pragma_foreign_key_list (?) WHERE \"from\" = ? AND \"table\" = ?"

static gboolean
check_rules (const OrmTable *table, const OrmColumn *column, OrmConnection *connection, GError **error)
{
  gboolean has_default, is_unique, refers;

  if (!look_up (connection, SELECT_DEFAULT, table, column, &has_default, error) ||
      !look_up (connection, SELECT_UNIQUE, table, column, &is_unique, error))
    return FALSE;
  if (has_default != (column->default_value != NULL))
    return disagrees (table, column, "only one of them has a default", error);
  if (is_unique != ((column->flags & ORM_COLUMN_UNIQUE) != 0))
    return disagrees (table, column, "only one of them is UNIQUE", error);
  if (column->references == NULL)
    return TRUE;
  if (!look_up (connection, SELECT_REFERENCE, table, column, &refers, error))
    return FALSE;
  return refers || disagrees (table, column, "it does not refer to the other table", error);
}

gboolean
orm_schema_check_column (const OrmTable *table, const OrmColumn *column, OrmConnection *connection, GError **error)
{
  const char *type, *collation;
  int is_not_null, is_key, is_counted;
  int result = sqlite3_table_column_metadata (connection->handle, "main", table->name, column->name, &type, &collation,
                                              &is_not_null, &is_key, &is_counted);

  if (result == SQLITE_ERROR)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH, "The database has no column %s.%s", table->name, column->name);
      return FALSE;
    }
  if (result != SQLITE_OK)
    {
      orm_connection_set_error (connection, result, table->name, error);
      return FALSE;
    }
  if (type == NULL || !is_of_type (type, orm_column_get_storage (column)))
    {
      g_autofree char *problem = g_strdup_printf ("its type is %s", type != NULL ? type : "none");

      return disagrees (table, column, problem, error);
    }
  if ((is_key != 0) != ((column->flags & ORM_COLUMN_KEY) != 0))
    return disagrees (table, column, "only one of them is the key", error);
  if (is_key == 0 && (is_not_null != 0) != ((column->flags & ORM_COLUMN_NOT_NULL) != 0))
    return disagrees (table, column, "only one of them may be NULL", error);
  if ((g_ascii_strcasecmp (collation, "NOCASE") == 0) != ((column->flags & ORM_COLUMN_NOCASE) != 0))
    return disagrees (table, column, "only one of them is NOCASE", error);
  return check_rules (table, column, connection, error);
}

gboolean
orm_table_check (const OrmTable *self, OrmConnection *connection, GError **error)
{
  gint64 n_objects;

  /* What is asked for below is not read from the file, but from what the connection knows of it. This is, and makes it
   * look again where another changed the tables. */
  if (!orm_connection_get_int64 (connection, "SELECT count (*) FROM sqlite_schema", &n_objects, error))
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (!orm_schema_check_column (self, &self->columns[i], connection, error))
      return FALSE;
  return orm_table_check_relations (self, connection, error);
}
