/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"
#include "orm-expression-private.h"
#include "orm-query-private.h"
#include "orm-table-private.h"

/* A SELECT as a value. It is checked against the mapping while it is built; the first thing that does not fit is kept,
 * and is the error of whatever runs the query. */

struct _OrmQuery
{
  const OrmTable *table;
  OrmExpression *filter;
  GString *order;
  gint64 limit; /* -1: none */
  gint64 offset;
  GError *error;
};

const OrmTable *
orm_query_get_table (const OrmQuery *self)
{
  return self->table;
}

static void
append_number (GString *sql, const char *clause, gint64 number, GArray *values)
{
  OrmValue value = { .type = ORM_VALUE_INT64, .int64 = number };

  g_string_append (sql, clause);
  g_array_append_val (values, value);
}

char *
orm_query_build (const OrmQuery *self, GArray *values, GError **error)
{
  GString *sql;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  sql = g_string_new (self->table->select);
  if (self->filter != NULL)
    {
      g_string_append (sql, " WHERE ");
      orm_expression_append (self->filter, sql, values);
    }
  g_string_append (sql, self->order->str);
  if (self->limit >= 0 || self->offset > 0)
    {
      append_number (sql, " LIMIT ?", self->limit, values);
      append_number (sql, " OFFSET ?", self->offset, values);
    }
  return g_string_free (sql, FALSE);
}

/**
 * orm_query_new:
 * @entity_type: a subclass of #OrmEntity
 *
 * Returns: (transfer full): a query for all its rows
 */
OrmQuery *
orm_query_new (GType entity_type)
{
  const OrmTable *table = orm_table_for_type (entity_type);
  OrmQuery *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_new0 (OrmQuery, 1);
  self->table = table;
  self->order = g_string_new (NULL);
  self->limit = -1;
  return self;
}

/**
 * orm_query_filter:
 * @self: a query
 * @expression: (transfer full): a condition
 *
 * Leaves only rows for which the condition holds, and those before it.
 */
void
orm_query_filter (OrmQuery *self, OrmExpression *expression)
{
  g_return_if_fail (self != NULL && expression != NULL);

  if (self->error == NULL)
    orm_expression_check (expression, self->table, &self->error);
  self->filter = self->filter != NULL ? orm_and (self->filter, expression) : expression;
}

/**
 * orm_query_order_by:
 * @self: a query
 * @column: its name in the table
 * @descending: whether the greatest is first
 *
 * Sorts by a column, after those that were named before.
 */
void
orm_query_order_by (OrmQuery *self, const char *column, gboolean descending)
{
  g_return_if_fail (self != NULL && column != NULL);

  if (self->error == NULL && orm_table_find_column (self->table, column) == NULL)
    g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no column “%s”", self->table->name, column);
  g_string_append (self->order, self->order->len == 0 ? " ORDER BY " : ", ");
  orm_append_name (self->order, column);
  if (descending)
    g_string_append (self->order, " DESC");
}

/**
 * orm_query_limit:
 * @self: a query
 * @limit: how many rows at most; negative: all
 *
 * Sets how many rows there are at most.
 */
void
orm_query_limit (OrmQuery *self, gint64 limit)
{
  g_return_if_fail (self != NULL);

  self->limit = MAX (limit, -1);
}

/**
 * orm_query_offset:
 * @self: a query
 * @offset: how many rows are passed over
 *
 * Sets how many rows at the start are passed over.
 */
void
orm_query_offset (OrmQuery *self, gint64 offset)
{
  g_return_if_fail (self != NULL && offset >= 0);

  self->offset = offset;
}

/**
 * orm_query_free:
 * @self: (transfer full): a query
 *
 * Frees the query.
 */
void
orm_query_free (OrmQuery *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->filter, orm_expression_unref);
  g_clear_error (&self->error);
  g_string_free (self->order, TRUE);
  g_free (self);
}
