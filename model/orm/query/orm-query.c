/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-entity-private.h"
#include "orm-error.h"
#include "orm-expression-private.h"
#include "orm-query-private.h"
#include "orm-relation-private.h"
#include "orm-value-private.h"

/* A SELECT as a value. It is checked against the mapping while it is built; the first thing that does not fit is kept,
 * and is the error of whatever runs the query. */

/* NULL: there is none, which is the error of the query from now on. */
static const OrmColumn *
orm_query_find_column (OrmQuery *self, const char *name)
{
  const OrmColumn *column = orm_table_find_column (self->table, name);

  if (column == NULL && self->error == NULL)
    g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no column “%s”", self->table->name, name);
  return column;
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
  self->order = g_array_new (FALSE, FALSE, sizeof (OrmTerm));
  self->limit = -1;
  self->selected = g_string_new (NULL);
  self->group = g_string_new (NULL);
  self->having = g_string_new (NULL);
  self->having_values = orm_value_array_new ();
  if (table->n_relations > 0)
    orm_table_resolve (table, &self->error);
  return self;
}

/**
 * orm_query_filter:
 * @self: a query
 * @expression: (transfer full): a condition; %NULL, which is that of one that could not be made, makes the query
 *   %ORM_ERROR_INVALID
 *
 * Leaves only rows for which the condition holds, and those before it.
 */
void
orm_query_filter (OrmQuery *self, OrmExpression *expression)
{
  g_return_if_fail (self != NULL);

  /* A condition that could not be made must not become none, which all rows meet. */
  if (expression == NULL)
    {
      if (self->error == NULL)
        g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID, "A condition on %s is missing: it could not be made.",
                     orm_table_get_name (self->table));
      return;
    }
  self->filter = self->filter != NULL ? orm_and (self->filter, expression) : expression;
  if (self->error == NULL)
    orm_expression_check (self->filter, self->table, &self->error);
}

/**
 * orm_query_order_by:
 * @self: a query
 * @column: its name in the table
 * @order: the direction, and where NULL stands
 *
 * Sorts by a column, after those that were named before. Not after orm_query_page(), which makes the order complete.
 */
void
orm_query_order_by (OrmQuery *self, const char *column, OrmOrder order)
{
  OrmTerm term = { .order = order };

  g_return_if_fail (self != NULL && column != NULL && !self->is_page);

  term.column = orm_query_find_column (self, column);
  g_array_append_val (self->order, term);
}

static void
orm_query_load (OrmQuery *self, const char *path, gboolean is_joined)
{
  if (self->eager == NULL)
    self->eager = orm_eager_new (self->table);
  orm_eager_add_path (self->eager, path, is_joined, self->error == NULL ? &self->error : NULL);
  self->qualifier = orm_eager_has_joins (self->eager) ? self->table->name : NULL;
}

/**
 * orm_query_joined:
 * @self: a query
 * @path: the name of a belongs-to, or names joined by dots of which the last is one
 *
 * Loads an object that each object of the query belongs to, in the same statement, by a LEFT JOIN.
 */
void
orm_query_joined (OrmQuery *self, const char *path)
{
  g_return_if_fail (self != NULL && path != NULL);

  orm_query_load (self, path, TRUE);
}

/**
 * orm_query_select_in:
 * @self: a query
 * @path: the name of a relation, or names joined by dots
 *
 * Loads a relation of all objects of the query by one more statement, in the same snapshot. Relations before the last
 * of a path are loaded in the same way, where nothing else was said of them.
 */
void
orm_query_select_in (OrmQuery *self, const char *path)
{
  g_return_if_fail (self != NULL && path != NULL);

  orm_query_load (self, path, FALSE);
}

/**
 * orm_query_raise:
 * @self: a query
 * @path: the name of a relation, or names joined by dots
 *
 * Does not load a relation, and nothing that comes after it: that is how it is with all of which nothing is said.
 */
void
orm_query_raise (OrmQuery *self, const char *path)
{
  g_return_if_fail (self != NULL && path != NULL);

  if (self->eager == NULL)
    self->eager = orm_eager_new (self->table);
  orm_eager_remove_path (self->eager, path, self->error == NULL ? &self->error : NULL);
  self->qualifier = orm_eager_has_joins (self->eager) ? self->table->name : NULL;
}

/**
 * orm_query_load_only:
 * @self: a query
 * @column: its name in the table
 * @...: more names, and %NULL
 *
 * Leaves the other columns of the objects unloaded, but for the key, and those that relations go by. What is not loaded
 * reads as 0 or %NULL, orm_entity_is_loaded_column() tells it, orm_entity_check_loaded() says so in words, and no
 * commit writes it unless it was set. A live object that has more keeps it; a later query that gives more fills it in.
 */
void
orm_query_load_only (OrmQuery *self, const char *column, ...)
{
  va_list arguments;

  g_return_if_fail (self != NULL && column != NULL);

  va_start (arguments, column);
  for (const char *name = column; name != NULL; name = va_arg (arguments, const char *))
    {
      const OrmColumn *found = orm_query_find_column (self, name);

      if (found != NULL)
        self->columns |= G_GUINT64_CONSTANT (1) << (found - self->table->columns);
    }
  va_end (arguments);
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

/* Rows that are equal by the order have one nevertheless: that of the key, in the direction of the last column, which
 * an index of that column has as well. */
static void
orm_query_complete_order (OrmQuery *self)
{
  OrmTerm key = { .column = orm_table_get_key (self->table) };

  for (guint i = 0; i < self->order->len; i++)
    {
      const OrmTerm *term = &g_array_index (self->order, OrmTerm, i);

      key.order = term->order & ORM_ORDER_DESCENDING;
      if (term->column == key.column)
        {
          g_array_set_size (self->order, i + 1);
          return;
        }
      if (term->column == NULL && self->error == NULL)
        g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID,
                     "%s is paged by its columns, not by values made of them", self->table->name);
      if (term->column == NULL || orm_field_type_is_pointer (term->column->type) ||
          (term->column->flags & ORM_COLUMN_NOT_NULL) != 0 || self->error != NULL)
        continue;
      g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID,
                   "%s.%s cannot be paged by: an object does not tell its NULL from 0", self->table->name,
                   term->column->name);
    }
  g_array_append_val (self->order, key);
}

void
orm_query_set_after (OrmQuery *self, const OrmSlot *row)
{
  g_clear_pointer (&self->after, g_array_unref);
  self->after = orm_value_array_new ();
  for (guint i = 0; i < self->order->len; i++)
    {
      const OrmColumn *column = g_array_index (self->order, OrmTerm, i).column;
      OrmValue value = ORM_VALUE_INIT;

      if (column != NULL)
        orm_slot_to_value (column->type, row[column - self->table->columns], &value);
      g_array_append_val (self->after, value);
    }
}

/**
 * orm_query_page:
 * @self: a query, with the whole of its order
 * @after: (nullable) (transfer none): the last object of the page before; %NULL: from the start
 * @limit: how many rows at most; negative: all
 *
 * Asks for a page by what its rows are, and not by how many come before: no row comes twice or is left out when others
 * are inserted or deleted between two pages, and a late page costs no more than the first. The key makes the order
 * complete. Of an object with unsaved changes what counts is what the database has. A column that can be NULL and is a
 * plain number in the object cannot be paged by.
 */
void
orm_query_page (OrmQuery *self, OrmEntity *after, gint64 limit)
{
  g_return_if_fail (self != NULL && (after == NULL || ORM_IS_ENTITY (after)));
  g_return_if_fail (after == NULL || orm_entity_get_table (after) == self->table);

  if (!self->is_page)
    orm_query_complete_order (self);
  self->is_page = TRUE;
  self->limit = MAX (limit, -1);
  g_clear_pointer (&self->after, g_array_unref);
  if (after != NULL)
    {
      g_autofree OrmSlot *row = orm_entity_peek_row (after);

      for (guint i = 0; i < self->order->len && self->error == NULL; i++)
        {
          const OrmColumn *column = g_array_index (self->order, OrmTerm, i).column;

          orm_entity_check_loaded (after, (guint) (column - self->table->columns), &self->error);
        }
      orm_query_set_after (self, row);
    }
}

/* Plain values */

static void
append_aggregate (GString *sql, OrmAggregate aggregate, const char *column)
{
  static const char *const functions[] = { "", "count(", "count(DISTINCT ", "sum(", "avg(", "min(", "max(" };

  g_string_append (sql, functions[aggregate]);
  if (column != NULL)
    orm_append_name (sql, column);
  else
    g_string_append_c (sql, '*');
  if (aggregate != ORM_AGGREGATE_NONE)
    g_string_append_c (sql, ')');
}

static gboolean
orm_query_takes_aggregate (OrmQuery *self, OrmAggregate aggregate, const char *name)
{
  const OrmColumn *column = name != NULL ? orm_query_find_column (self, name) : NULL;
  gboolean calculates = aggregate == ORM_AGGREGATE_SUM || aggregate == ORM_AGGREGATE_AVERAGE;

  if (column != NULL && calculates && column->type != ORM_FIELD_INT64 && column->type != ORM_FIELD_DOUBLE &&
      column->type != ORM_FIELD_BOOLEAN && self->error == NULL)
    g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is nothing to calculate with", self->table->name,
                 name);
  return self->error == NULL;
}

/**
 * orm_query_select:
 * @self: a query
 * @aggregate: what of the column
 * @column: (nullable): its name in the table; %NULL only for %ORM_AGGREGATE_COUNT: counts rows
 *
 * Adds a value to the rows of orm_session_select(). The query has no objects from now on.
 */
void
orm_query_select (OrmQuery *self, OrmAggregate aggregate, const char *column)
{
  g_return_if_fail (self != NULL && aggregate <= ORM_AGGREGATE_MAX);
  g_return_if_fail (column != NULL || aggregate == ORM_AGGREGATE_COUNT);

  if (!orm_query_takes_aggregate (self, aggregate, column))
    return;
  self->n_aggregates += aggregate != ORM_AGGREGATE_NONE;
  if (self->n_selected++ > 0)
    g_string_append (self->selected, ", ");
  append_aggregate (self->selected, aggregate, column);
}

/**
 * orm_query_group_by:
 * @self: a query
 * @column: its name in the table
 *
 * Makes one row of all that have the same value, after the columns that were named before.
 */
void
orm_query_group_by (OrmQuery *self, const char *column)
{
  g_return_if_fail (self != NULL && column != NULL);

  if (orm_query_find_column (self, column) == NULL)
    return;
  g_string_append (self->group, self->group->len == 0 ? " GROUP BY " : ", ");
  orm_append_name (self->group, column);
}

static gboolean
aggregate_fits (OrmAggregate aggregate, const OrmColumn *column, OrmValueType value)
{
  switch (aggregate)
    {
    case ORM_AGGREGATE_COUNT:
    case ORM_AGGREGATE_COUNT_DISTINCT:
      return value == ORM_VALUE_INT64;
    case ORM_AGGREGATE_SUM:
    case ORM_AGGREGATE_AVERAGE:
      return value == ORM_VALUE_INT64 || value == ORM_VALUE_DOUBLE;
    case ORM_AGGREGATE_NONE:
    case ORM_AGGREGATE_MIN:
    case ORM_AGGREGATE_MAX:
    default:
      return orm_field_type_fits (column->type, value);
    }
}

/**
 * orm_query_having:
 * @self: a query with orm_query_group_by()
 * @aggregate: what of the column
 * @column: (nullable): as for orm_query_select()
 * @operator: one of = <> < <= > >=
 * @value: what it is compared with, copied; not NULL
 *
 * Leaves only groups for which the comparison holds, and those before it.
 */
void
orm_query_having (OrmQuery *self,
                  OrmAggregate aggregate,
                  const char *column,
                  const char *
                  operator,
                  const OrmValue * value)
{
  OrmValue copy = ORM_VALUE_INIT;

  g_return_if_fail (self != NULL && aggregate <= ORM_AGGREGATE_MAX && value != NULL);
  g_return_if_fail (column != NULL || aggregate == ORM_AGGREGATE_COUNT);
  g_return_if_fail (operator!= NULL && orm_expression_find_operator (operator) != NULL);

  if (!orm_query_takes_aggregate (self, aggregate, column))
    return;
  if (!aggregate_fits (aggregate, column != NULL ? orm_table_find_column (self->table, column) : NULL, value->type))
    {
      g_set_error (&self->error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is compared with a value of another type",
                   self->table->name, column != NULL ? column : "*");
      return;
    }
  g_string_append (self->having, self->having->len == 0 ? " HAVING " : " AND ");
  append_aggregate (self->having, aggregate, column);
  g_string_append_printf (self->having, " %s ?", orm_expression_find_operator (operator));
  orm_value_copy (value, &copy);
  g_array_append_val (self->having_values, copy);
}

/**
 * orm_query_order_by_selected:
 * @self: a query
 * @index: of a value, in the order of orm_query_select(), from 0
 * @order: the direction, and where NULL stands
 *
 * Sorts by one of the selected values, after what was named before.
 */
void
orm_query_order_by_selected (OrmQuery *self, guint index, OrmOrder order)
{
  OrmTerm term = { .selected = index, .order = order };

  g_return_if_fail (self != NULL && !self->is_page);
  g_return_if_fail (index < self->n_selected || self->error != NULL);

  g_array_append_val (self->order, term);
}

/**
 * orm_query_distinct:
 * @self: a query with orm_query_select()
 *
 * Makes one row of those whose values are all the same.
 */
void
orm_query_distinct (OrmQuery *self)
{
  g_return_if_fail (self != NULL);

  self->is_distinct = TRUE;
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
  g_clear_pointer (&self->eager, orm_eager_free);
  g_clear_pointer (&self->after, g_array_unref);
  g_clear_error (&self->error);
  g_array_unref (self->order);
  g_array_unref (self->having_values);
  g_string_free (self->selected, TRUE);
  g_string_free (self->group, TRUE);
  g_string_free (self->having, TRUE);
  g_free (self);
}
