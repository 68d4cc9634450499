/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-column-private.h"
#include "orm-connection-private.h"
#include "orm-entity.h"
#include "orm-error.h"
#include "orm-relation-private.h"
#include "orm-schema.h"

/* Mappings held against the tables that are there. What does not agree would come up later, as an error of some
 * statement, or as a row that is not what the mapping says: here it has the name of its column, and what to do. */

static gboolean disagrees (const OrmTable *table, const OrmColumn *column, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
disagrees (const OrmTable *table, const OrmColumn *column, GError **error, const char *format, ...)
{
  g_autofree char *problem = NULL;
  va_list arguments;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH,
               "The column %s.%s of the database does not agree with the mapping: %s. Change the mapping, or the table "
               "by a migration.",
               table->name, column->name, problem);
  return FALSE;
}

/* The first column of the first row of the statement with texts bound: *found, or NULL where there is no row. It is
 * NULL as well where that is NULL. */
static gboolean
look_up (OrmConnection *connection, const char *sql, const char *const *texts, char **found, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  OrmStep step;

  *found = NULL;
  if (statement == NULL)
    return FALSE;
  for (int i = 0; texts[i] != NULL; i++)
    orm_statement_bind_text (statement, i + 1, texts[i], -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *found = g_strdup (orm_statement_get_text (statement, 0, NULL));
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
look_up_column (OrmConnection *connection,
                const char *sql,
                const OrmTable *table,
                const OrmColumn *column,
                char **found,
                GError **error)
{
  const char *const texts[] = { table->name, column->name, NULL };

  return look_up (connection, sql, texts, found, error);
}

#define SELECT_DEFAULT "SELECT dflt_value FROM pragma_table_info (?) WHERE name = ? COLLATE NOCASE"

/* As a row has them that is written without the column, and as a new object has. */
static gboolean
check_default (const OrmTable *table, const OrmColumn *column, OrmConnection *connection, GError **error)
{
  static const char *const no_texts[] = { NULL };
  g_autofree char *theirs = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *is_same = NULL;

  if (!look_up_column (connection, SELECT_DEFAULT, table, column, &theirs, error))
    return FALSE;
  if ((theirs != NULL) != (column->default_value != NULL))
    return disagrees (table, column, error, "only one of them has a default");
  if (theirs == NULL || g_str_equal (theirs, column->default_value))
    return TRUE;
  /* Both are SQL of those who declared the table, and there is more than one way to write a literal. */
  sql = g_strdup_printf ("SELECT coalesce ((%s) = (%s), (%s) IS NULL AND (%s) IS NULL)", theirs, column->default_value,
                         theirs, column->default_value);
  if (!look_up (connection, sql, no_texts, &is_same, error))
    return FALSE;
  return g_strcmp0 (is_same, "1") == 0 ||
         disagrees (table, column, error, "its default is %s, and that of the mapping %s", theirs,
                    column->default_value);
}

#define SELECT_UNIQUE                                                                                                  \
  "SELECT 1 FROM pragma_index_list (?) AS list JOIN pragma_index_info (list.name) AS info "                            \
  "WHERE list.\"unique\" AND NOT list.partial GROUP BY list.name HAVING count(*) = 1 AND max(info.name) = ? COLLATE NOCASE"

/* One that finds a value of the column: it comes first, in its own collation. */
#define SELECT_INDEX                                                                                                   \
  "SELECT 1 FROM pragma_index_list (?) AS list JOIN pragma_index_xinfo (list.name) AS info "                           \
  "WHERE NOT list.partial AND info.seqno = 0 AND info.name = ? COLLATE NOCASE AND info.coll = ? COLLATE NOCASE"

static gboolean
check_indices (const OrmTable *table,
               const OrmColumn *column,
               const char *collation,
               OrmConnection *connection,
               GError **error)
{
  const char *const texts[] = { table->name, column->name, collation, NULL };
  g_autofree char *unique = NULL;
  g_autofree char *index = NULL;

  if (!look_up_column (connection, SELECT_UNIQUE, table, column, &unique, error))
    return FALSE;
  if ((unique != NULL) != ((column->flags & ORM_COLUMN_UNIQUE) != 0))
    return disagrees (table, column, error, "only one of them is UNIQUE");
  if ((column->flags & ORM_COLUMN_INDEXED) == 0)
    return TRUE;
  if (!look_up (connection, SELECT_INDEX, texts, &index, error))
    return FALSE;
  return index != NULL || disagrees (table, column, error, "it is to have an index, and has none");
}

#define SELECT_REFERENCE                                                                                               \
  "SELECT on_delete FROM pragma_foreign_key_list (?) WHERE \"from\" = ? COLLATE NOCASE AND "                           \
  "\"table\" = ? COLLATE NOCASE"

static gboolean
check_reference (const OrmTable *table, const OrmColumn *column, OrmConnection *connection, GError **error)
{
  static const char *const actions[] = { "NO ACTION", "RESTRICT", "CASCADE", "SET NULL" };
  const char *const texts[] = { table->name, column->name, column->references, NULL };
  g_autofree char *action = NULL;

  if (column->references == NULL)
    return TRUE;
  if (!look_up (connection, SELECT_REFERENCE, texts, &action, error))
    return FALSE;
  if (action == NULL)
    return disagrees (table, column, error, "it does not refer to the table %s", column->references);
  return g_str_equal (action, actions[column->on_delete]) ||
         disagrees (table, column, error, "it says ON DELETE %s, and the mapping ON DELETE %s", action,
                    actions[column->on_delete]);
}

#define SELECT_KEY_INDEX "SELECT 1 FROM pragma_index_list (?) WHERE origin = 'pk'"

/* A key has an index of its own where it is not the number of the row: INT PRIMARY KEY, one of several columns, and
 * that of a table WITHOUT ROWID. SQLite then gives no keys, and takes NULL for one. */
static gboolean
check_key (const OrmTable *table, const OrmColumn *column, OrmConnection *connection, GError **error)
{
  const char *const texts[] = { table->name, NULL };
  g_autofree char *index = NULL;

  if ((column->flags & ORM_COLUMN_KEY) == 0)
    return TRUE;
  if (!look_up (connection, SELECT_KEY_INDEX, texts, &index, error))
    return FALSE;
  return index == NULL ||
         disagrees (table, column, error,
                    "it is not INTEGER PRIMARY KEY of a table with rowid, so that new rows have no key");
}

static gboolean
is_of_type (const char *type, const char *storage)
{
  return g_ascii_strcasecmp (type, storage) == 0 || g_ascii_strcasecmp (type, "ANY") == 0 ||
         (g_ascii_strcasecmp (type, "INT") == 0 && g_str_equal (storage, "INTEGER"));
}

static gboolean
check_column (const OrmTable *table, const OrmColumn *column, OrmConnection *connection, GError **error)
{
  const char *storage = orm_column_get_storage (column);
  const char *type, *collation;
  int is_not_null, is_key, is_counted;
  int result = sqlite3_table_column_metadata (connection->handle, "main", table->name, column->name, &type, &collation,
                                              &is_not_null, &is_key, &is_counted);

  if (result == SQLITE_ERROR)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH,
                   "The database has no column %s.%s. Add it by a migration, or take it out of the mapping.",
                   table->name, column->name);
      return FALSE;
    }
  if (result != SQLITE_OK)
    {
      orm_connection_set_error (connection, result, table->name, error);
      return FALSE;
    }
  if (type == NULL || !is_of_type (type, storage))
    return disagrees (table, column, error, "its type is %s, and that of the mapping %s", type != NULL ? type : "none",
                      storage);
  if ((is_key != 0) != ((column->flags & ORM_COLUMN_KEY) != 0))
    return disagrees (table, column, error, "only one of them is the key");
  if (is_key == 0 && (is_not_null != 0) != ((column->flags & ORM_COLUMN_NOT_NULL) != 0))
    return disagrees (table, column, error, "only one of them may be NULL");
  if ((g_ascii_strcasecmp (collation, "NOCASE") == 0) != ((column->flags & ORM_COLUMN_NOCASE) != 0))
    return disagrees (table, column, error, "only one of them is NOCASE");
  return check_key (table, column, connection, error) && check_default (table, column, connection, error) &&
         check_indices (table, column, collation, connection, error) &&
         check_reference (table, column, connection, error);
}

#define SELECT_NEEDED "SELECT name FROM pragma_table_info (?) WHERE \"notnull\" AND dflt_value IS NULL"

static gboolean
is_mapped (const OrmTable *table, const char *name)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (g_ascii_strcasecmp (table->columns[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/* What the mapper does not know it does not write. */
static gboolean
check_unmapped (const OrmTable *table, OrmConnection *connection, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, SELECT_NEEDED, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, table->name, -1);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      const char *name = orm_statement_get_text (statement, 0, NULL);

      if (is_mapped (table, name))
        continue;
      g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH,
                   "The column %s.%s of the database is not mapped, NOT NULL and without a default, so that no row "
                   "could be inserted. Map it, or give it a default by a migration.",
                   table->name, name);
      break;
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
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
    if (!check_column (self, &self->columns[i], connection, error))
      return FALSE;
  return check_unmapped (self, connection, error) && orm_table_check_relations (self, connection, error);
}
