/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-query-work.h"
#include "orm-associations.h"
#include "orm-column-private.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-plain.h"
#include "orm-query-private.h"
#include "orm-relation-private.h"

/* What work on a connection says without objects, and without SQL of its own. */

static gboolean
run (OrmPlain *plain, OrmConnection *connection, GError **error)
{
  return orm_plain_run (connection, plain, NULL, error);
}

/**
 * orm_query_read:
 * @self: a query with orm_query_select()
 * @connection: what the work was called with
 * @error: return location
 *
 * Reads plain values. Thread of the connection.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with %ORM_ERROR
 */
OrmRows *
orm_query_read (OrmQuery *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmPlain) plain = orm_plain_new ();

  g_return_val_if_fail (self != NULL && connection != NULL, NULL);

  plain->sql = orm_query_build_values (self, plain->values, &plain->error);
  return run (plain, connection, error) ? g_steal_pointer (&plain->rows) : NULL;
}

/**
 * orm_query_count:
 * @self: a query
 * @connection: what the work was called with
 * @error: return location
 *
 * Counts rows without reading them. Thread of the connection.
 *
 * Returns: how many, or -1 with %ORM_ERROR
 */
gint64
orm_query_count (OrmQuery *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmPlain) plain = orm_plain_new ();

  g_return_val_if_fail (self != NULL && connection != NULL, -1);

  plain->sql = orm_query_build_count (self, plain->values, &plain->error);
  return run (plain, connection, error) ? orm_plain_get_number (plain) : -1;
}

/**
 * orm_query_delete:
 * @self: a query: conditions only
 * @connection: what the work was called with
 * @error: return location
 *
 * Deletes rows by one statement. Thread of the connection.
 *
 * Returns: how many, or -1 with %ORM_ERROR
 */
gint64
orm_query_delete (OrmQuery *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmPlain) plain = orm_plain_new ();

  g_return_val_if_fail (self != NULL && connection != NULL, -1);

  plain->sql = orm_query_build_delete (self, plain->values, &plain->error);
  return run (plain, connection, error) ? plain->n_changed : -1;
}

/**
 * orm_query_update:
 * @self: a query: conditions only
 * @connection: what the work was called with
 * @assignments: (array length=n_assignments): what the rows are to have
 * @n_assignments: at least one
 * @error: return location
 *
 * Changes rows by one statement. Thread of the connection.
 *
 * Returns: how many, or -1 with %ORM_ERROR
 */
gint64
orm_query_update (OrmQuery *self,
                  OrmConnection *connection,
                  const OrmAssignment *assignments,
                  guint n_assignments,
                  GError **error)
{
  g_autoptr (OrmPlain) plain = orm_plain_new ();

  g_return_val_if_fail (self != NULL && connection != NULL && assignments != NULL && n_assignments > 0, -1);

  plain->sql = orm_query_build_update (self, assignments, n_assignments, plain->values, &plain->error);
  return run (plain, connection, error) ? plain->n_changed : -1;
}

static const OrmRelationInfo *
find_relation (const OrmTable *table, const char *name, GError **error)
{
  const OrmRelationInfo *relation = orm_table_find_relation (table, name, error);

  if (relation == NULL || relation->kind == ORM_RELATION_MANY_TO_MANY)
    return relation;
  g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s has no table between to write to", table->name, name);
  return NULL;
}

static gint64
write_between (OrmQuery *self,
               OrmConnection *connection,
               const char *name,
               gint64 target,
               gboolean is_insert,
               GError **error)
{
  const OrmRelationInfo *relation = find_relation (self->table, name, error);
  g_autoptr (OrmPlain) plain = orm_plain_new ();

  if (relation == NULL)
    return -1;
  plain->sql = orm_query_build_between (self, relation, target, is_insert, plain->values, &plain->error);
  if (!run (plain, connection, error))
    return -1;
  for (guint i = 0; i < orm_rows_get_n_rows (plain->rows); i++)
    orm_connection_report_change (connection, relation->through, ORM_CHANGE_UPDATE,
                                  orm_rows_get (plain->rows, i, 0)->int64);
  return orm_rows_get_n_rows (plain->rows);
}

/**
 * orm_query_relate:
 * @self: a query: conditions only
 * @connection: what the work was called with
 * @relation: the name of a many-to-many
 * @target: the key of a row of the other side
 * @error: return location
 *
 * Relates all rows of a query to one, by one statement. The change is told as of what a session relates. Thread of the
 * connection.
 *
 * Returns: how many were not related before, or -1 with %ORM_ERROR
 */
gint64
orm_query_relate (OrmQuery *self, OrmConnection *connection, const char *relation, gint64 target, GError **error)
{
  g_return_val_if_fail (self != NULL && connection != NULL && relation != NULL, -1);

  return write_between (self, connection, relation, target, TRUE, error);
}

/**
 * orm_query_separate:
 * @self: a query: conditions only
 * @connection: what the work was called with
 * @relation: the name of a many-to-many
 * @target: the key of a row of the other side
 * @error: return location
 *
 * Ends what orm_query_relate() begins. Thread of the connection.
 *
 * Returns: how many were related before, or -1 with %ORM_ERROR
 */
gint64
orm_query_separate (OrmQuery *self, OrmConnection *connection, const char *relation, gint64 target, GError **error)
{
  g_return_val_if_fail (self != NULL && connection != NULL && relation != NULL, -1);

  return write_between (self, connection, relation, target, FALSE, error);
}

/**
 * orm_connection_find:
 * @self: what the work was called with
 * @type: of the objects that the row may become
 * @column: its name in the table
 * @value: what it is, copied; not NULL
 * @key: (out): of the first such row; 0 where there is none
 * @error: return location
 *
 * Finds a row by the value of a column, as a rule a unique one. Thread of the connection.
 *
 * Returns: whether it could look; else %ORM_ERROR
 */
gboolean
orm_connection_find (OrmConnection *self,
                     GType type,
                     const char *column,
                     const OrmValue *value,
                     gint64 *key,
                     GError **error)
{
  const OrmTable *table = orm_table_for_type (type);
  const OrmColumn *found = orm_table_find_column (table, column);
  g_autoptr (GString) sql = NULL;
  OrmStatement *statement;
  OrmStep step;

  g_return_val_if_fail (self != NULL && value != NULL && key != NULL, FALSE);

  if (found == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no column “%s”", table->name, column);
      return FALSE;
    }
  if (!orm_column_check_value (table, found, value, error))
    return FALSE;
  sql = g_string_new ("SELECT ");
  orm_append_name (sql, table->columns[table->key].name);
  g_string_append (sql, " FROM ");
  orm_append_name (sql, table->name);
  g_string_append (sql, " WHERE ");
  orm_append_name (sql, found->name);
  g_string_append (sql, " = ?");
  statement = orm_connection_prepare (self, sql->str, error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_value (statement, 1, value);
  step = orm_statement_step (statement, error);
  *key = step == ORM_STEP_ROW ? orm_statement_get_int64 (statement, 0) : 0;
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/**
 * orm_connection_relate:
 * @self: what the work was called with
 * @type: of the objects that the row may become
 * @relation: the name of a many-to-many
 * @key: of the row
 * @target: the key of a row of the other side
 * @error: return location
 *
 * Relates two rows, if they are not; the change is told as of what a session relates. Thread of the connection.
 *
 * Returns: whether they are related now; else %ORM_ERROR
 */
gboolean
orm_connection_relate (OrmConnection *self, GType type, const char *relation, gint64 key, gint64 target, GError **error)
{
  const OrmRelationInfo *info;

  g_return_val_if_fail (self != NULL && relation != NULL, FALSE);

  info = find_relation (orm_table_for_type (type), relation, error);
  return info != NULL &&
         (info->is_owner ? orm_associations_write_one (self, info, key, target, TRUE, NULL, error)
                         : orm_associations_write_one (self, info->inverse, target, key, TRUE, NULL, error));
}

/**
 * orm_connection_insert:
 * @self: what the work was called with
 * @type: of the objects that the row may become
 * @assignments: (array length=n_assignments): its values, with its key where that is not for the database to choose;
 *   other columns have the defaults of the schema
 * @n_assignments: at least one
 * @error: return location
 *
 * Inserts a row without an object. Thread of the connection.
 *
 * Returns: its key, or 0 with %ORM_ERROR
 */
gint64
orm_connection_insert (OrmConnection *self,
                       GType type,
                       const OrmAssignment *assignments,
                       guint n_assignments,
                       GError **error)
{
  g_autoptr (OrmPlain) plain = orm_plain_new ();

  g_return_val_if_fail (self != NULL && assignments != NULL && n_assignments > 0, 0);

  plain->sql =
      orm_query_build_insert (orm_table_for_type (type), assignments, n_assignments, plain->values, &plain->error);
  return run (plain, self, error) ? orm_connection_get_last_insert_id (self) : 0;
}
