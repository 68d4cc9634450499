/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-column-private.h"
#include "orm-error.h"
#include "orm-expression-private.h"
#include "orm-query-private.h"
#include "orm-relation-private.h"
#include "orm-value-private.h"

/* The statements of a query. All that comes from outside is bound; names come from the mapping. */

static void
append_number (GString *sql, const char *clause, gint64 number, GArray *values)
{
  OrmValue value = { .type = ORM_VALUE_INT64, .int64 = number };

  g_string_append (sql, clause);
  g_array_append_val (values, value);
}

static gboolean
has_nulls_last (const OrmTerm *term)
{
  if (term->order & (ORM_ORDER_NULLS_FIRST | ORM_ORDER_NULLS_LAST))
    return (term->order & ORM_ORDER_NULLS_LAST) != 0;
  return (term->order & ORM_ORDER_DESCENDING) != 0;
}

/* The rows whose column comes after the value, in the order of the term. */
static void
append_beyond (const OrmQuery *self, const OrmTerm *term, const OrmValue *value, GString *sql, GArray *values)
{
  if (value->type == ORM_VALUE_NULL && has_nulls_last (term))
    {
      g_string_append_c (sql, '0');
      return;
    }
  orm_append_column (sql, self->qualifier, term->column->name);
  if (value->type == ORM_VALUE_NULL)
    {
      g_string_append (sql, " IS NOT NULL");
      return;
    }
  g_string_append (sql, term->order & ORM_ORDER_DESCENDING ? " < ?" : " > ?");
  orm_value_array_append (values, value);
  if (orm_column_is_nullable (term->column) && has_nulls_last (term))
    {
      g_string_append (sql, " OR ");
      orm_append_column (sql, self->qualifier, term->column->name);
      g_string_append (sql, " IS NULL");
    }
}

/* a > ? OR (a IS ? AND (b > ? OR …)), and in front of it what lets an index of a begin at the right place. */
static void
append_after (const OrmQuery *self, GString *sql, GArray *values)
{
  const OrmTerm *first = &g_array_index (self->order, OrmTerm, 0);
  const OrmValue *value = &g_array_index (self->after, OrmValue, 0);
  guint n = self->order->len;

  if (n > 1 && value->type != ORM_VALUE_NULL && !(orm_column_is_nullable (first->column) && has_nulls_last (first)))
    {
      orm_append_column (sql, self->qualifier, first->column->name);
      g_string_append (sql, first->order & ORM_ORDER_DESCENDING ? " <= ? AND " : " >= ? AND ");
      orm_value_array_append (values, value);
    }
  for (guint i = 0; i < n; i++)
    {
      const OrmTerm *term = &g_array_index (self->order, OrmTerm, i);

      value = &g_array_index (self->after, OrmValue, i);
      g_string_append_c (sql, '(');
      append_beyond (self, term, value, sql, values);
      if (i + 1 == n)
        break;
      g_string_append (sql, " OR (");
      orm_append_column (sql, self->qualifier, term->column->name);
      g_string_append (sql, " IS ? AND ");
      orm_value_array_append (values, value);
    }
  for (guint i = 0; i < 2 * n - 1; i++)
    g_string_append_c (sql, ')');
}

static void
append_where (const OrmQuery *self, GString *sql, GArray *values)
{
  if (self->filter != NULL || self->after != NULL)
    g_string_append (sql, " WHERE ");
  if (self->filter != NULL)
    orm_expression_append (self->filter, self->table, self->qualifier, sql, values);
  if (self->filter != NULL && self->after != NULL)
    g_string_append (sql, " AND ");
  if (self->after != NULL)
    append_after (self, sql, values);
}

static void
append_order (const OrmQuery *self, GString *sql)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      const OrmTerm *term = &g_array_index (self->order, OrmTerm, i);

      g_string_append (sql, i == 0 ? " ORDER BY " : ", ");
      if (term->column != NULL)
        orm_append_column (sql, self->qualifier, term->column->name);
      else
        g_string_append_printf (sql, "%u", term->selected + 1);
      if (term->order & ORM_ORDER_DESCENDING)
        g_string_append (sql, " DESC");
      if (term->order & ORM_ORDER_NULLS_LAST)
        g_string_append (sql, " NULLS LAST");
      else if (term->order & ORM_ORDER_NULLS_FIRST)
        g_string_append (sql, " NULLS FIRST");
    }
}

/* What comes after SELECT … FROM …; max_rows -1: the limit of the query. */
static void
append_rest (const OrmQuery *self, gint64 max_rows, GString *sql, GArray *values)
{
  gint64 limit = self->limit;

  if (max_rows >= 0)
    limit = limit >= 0 ? MIN (limit, max_rows) : max_rows;
  append_where (self, sql, values);
  g_string_append (sql, self->group->str);
  g_string_append (sql, self->having->str);
  for (guint i = 0; i < self->having_values->len; i++)
    orm_value_array_append (values, &g_array_index (self->having_values, OrmValue, i));
  append_order (self, sql);
  if (limit >= 0 || self->offset > 0)
    {
      append_number (sql, " LIMIT ?", limit, values);
      append_number (sql, " OFFSET ?", self->offset, values);
    }
}

static void
append_from (const OrmQuery *self, GString *sql)
{
  g_string_append (sql, " FROM ");
  orm_append_name (sql, self->table->name);
}

/* FALSE with the error of the query, or one that says why it does not go with what is asked of it. */
static gboolean
orm_query_check (const OrmQuery *self, gboolean fits, const char *problem, GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else if (!fits)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "A query of %s %s", self->table->name, problem);
  else
    return TRUE;
  return FALSE;
}

static gboolean
orm_query_has_objects (const OrmQuery *self)
{
  return self->n_selected == 0 && self->group->len == 0 && self->having->len == 0 && !self->is_distinct;
}

/* The key and what relates and sorts objects is always there: other objects go by it. */
guint64
orm_query_get_columns (const OrmQuery *self)
{
  guint64 columns = self->columns;

  if (columns == 0)
    return orm_table_get_all_columns (self->table);
  columns |= self->table->foreign | self->table->ordering | G_GUINT64_CONSTANT (1) << self->table->key;
  /* The next page goes on after them. */
  for (guint i = 0; self->is_page && i < self->order->len; i++)
    columns |= G_GUINT64_CONSTANT (1) << (g_array_index (self->order, OrmTerm, i).column - self->table->columns);
  return columns;
}

static void
append_columns (const OrmQuery *self, GString *sql)
{
  guint64 columns = orm_query_get_columns (self);

  if (self->qualifier != NULL)
    orm_eager_append_columns (self->eager, self->qualifier, columns, sql);
  else
    orm_table_append_columns (self->table, NULL, columns, self->eager != NULL, sql);
}

char *
orm_query_build (const OrmQuery *self, gint64 max_rows, GArray *values, GError **error)
{
  GString *sql;

  if (!orm_query_check (self, orm_query_has_objects (self), "for plain values has no objects", error))
    return NULL;
  if (self->qualifier == NULL && self->columns == 0)
    sql = g_string_new (self->table->select);
  else
    {
      sql = g_string_new ("SELECT ");
      append_columns (self, sql);
      append_from (self, sql);
      if (self->qualifier != NULL)
        orm_eager_append_joins (self->eager, self->qualifier, sql);
    }
  append_rest (self, max_rows, sql, values);
  return g_string_free (sql, FALSE);
}

/* Without groups a column beside a sum would be that of any row, and there would be nothing to leave out. */
static gboolean
orm_query_check_groups (const OrmQuery *self, GError **error)
{
  gboolean is_mixed = self->n_aggregates > 0 && self->n_aggregates < self->n_selected;

  return self->group->len > 0 || (orm_query_check (self, !is_mixed,
                                                   "selects columns beside values made of all rows: name what makes "
                                                   "a group by orm_query_group_by ()",
                                                   error) &&
                                  orm_query_check (self, self->having->len == 0,
                                                   "leaves out groups, and has none: name what makes one by "
                                                   "orm_query_group_by ()",
                                                   error));
}

static void
append_values_select (const OrmQuery *self, GString *sql, GArray *values)
{
  g_string_append (sql, self->is_distinct ? "SELECT DISTINCT " : "SELECT ");
  g_string_append (sql, self->selected->str);
  append_from (self, sql);
  append_rest (self, -1, sql, values);
}

char *
orm_query_build_values (const OrmQuery *self, GArray *values, GError **error)
{
  GString *sql;

  if (!orm_query_check (self, self->n_selected > 0 && !self->is_page, "is paged, or does not say which values",
                        error) ||
      !orm_query_check_groups (self, error))
    return NULL;
  sql = g_string_new (NULL);
  append_values_select (self, sql, values);
  return g_string_free (sql, FALSE);
}

/* The rows, for counting them. */
static gboolean
append_inner (const OrmQuery *self, GString *sql, GArray *values, GError **error)
{
  if (!orm_query_check (self, self->n_selected > 0 || orm_query_has_objects (self), "does not say which values",
                        error) ||
      !orm_query_check_groups (self, error))
    return FALSE;
  if (self->n_selected > 0)
    {
      append_values_select (self, sql, values);
      return TRUE;
    }
  g_string_append (sql, "SELECT 1");
  append_from (self, sql);
  append_rest (self, -1, sql, values);
  return TRUE;
}

char *
orm_query_build_count (const OrmQuery *self, GArray *values, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*)");

  if (orm_query_has_objects (self) && self->limit < 0 && self->offset == 0)
    {
      if (!orm_query_check (self, TRUE, NULL, error))
        return NULL;
      append_from (self, sql);
      append_where (self, sql, values);
      return g_strdup (sql->str);
    }
  g_string_append (sql, " FROM (");
  if (!append_inner (self, sql, values, error))
    return NULL;
  g_string_append_c (sql, ')');
  return g_strdup (sql->str);
}

char *
orm_query_build_exists (const OrmQuery *self, GArray *values, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT EXISTS (");

  if (!append_inner (self, sql, values, error))
    return NULL;
  g_string_append_c (sql, ')');
  return g_strdup (sql->str);
}

static gboolean
orm_query_check_bulk (const OrmQuery *self, GError **error)
{
  gboolean fits =
      orm_query_has_objects (self) && self->order->len == 0 && !self->is_page && self->limit < 0 && self->offset == 0;

  return orm_query_check (self, fits, "that writes takes conditions only: no order, no limit, no values", error);
}

char *
orm_query_build_delete (const OrmQuery *self, GArray *values, GError **error)
{
  GString *sql;

  if (!orm_query_check_bulk (self, error))
    return NULL;
  sql = g_string_new ("DELETE");
  append_from (self, sql);
  append_where (self, sql, values);
  return g_string_free (sql, FALSE);
}

/* A key is given to a new row, and stays. */
static gboolean
check_assignment (const OrmTable *table, const OrmAssignment *assignment, gboolean is_new, GError **error)
{
  const OrmColumn *column = orm_table_find_column (table, assignment->column);

  if (column == NULL)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no column “%s”", table->name, assignment->column);
  else if ((column->flags & ORM_COLUMN_KEY) != 0 && !is_new)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is the key, which stays as it is", table->name,
                 column->name);
  else
    return orm_column_check_value (table, column, &assignment->value, error);
  return FALSE;
}

char *
orm_query_build_update (const OrmQuery *self,
                        const OrmAssignment *assignments,
                        guint n_assignments,
                        GArray *values,
                        GError **error)
{
  g_autoptr (GString) sql = g_string_new ("UPDATE ");

  if (!orm_query_check_bulk (self, error))
    return NULL;
  orm_append_name (sql, self->table->name);
  for (guint i = 0; i < n_assignments; i++)
    {
      if (!check_assignment (self->table, &assignments[i], FALSE, error))
        return NULL;
      g_string_append (sql, i == 0 ? " SET " : ", ");
      orm_append_name (sql, assignments[i].column);
      g_string_append (sql, " = ?");
      orm_value_array_append (values, &assignments[i].value);
    }
  append_where (self, sql, values);
  return g_strdup (sql->str);
}

char *
orm_query_build_insert (const OrmTable *table,
                        const OrmAssignment *assignments,
                        guint n_assignments,
                        GArray *values,
                        GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO ");

  orm_append_name (sql, table->name);
  for (guint i = 0; i < n_assignments; i++)
    {
      if (!check_assignment (table, &assignments[i], TRUE, error))
        return NULL;
      g_string_append (sql, i == 0 ? " (" : ", ");
      orm_append_name (sql, assignments[i].column);
      orm_value_array_append (values, &assignments[i].value);
    }
  g_string_append (sql, ") VALUES (?");
  for (guint i = 1; i < n_assignments; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_strdup (sql->str);
}

/* The keys of the rows, with a target. */
static void
append_keys (const OrmQuery *self, gboolean with_target, GString *sql, GArray *values)
{
  g_string_append (sql, "SELECT ");
  orm_append_name (sql, orm_table_get_key (self->table)->name);
  if (with_target)
    g_string_append (sql, ", ?");
  append_from (self, sql);
  append_where (self, sql, values);
  /* Else ON CONFLICT would be taken for the condition of a join. */
  if (with_target && self->filter == NULL)
    g_string_append (sql, " WHERE 1");
}

char *
orm_query_build_between (const OrmQuery *self,
                         const OrmRelationInfo *relation,
                         gint64 target,
                         gboolean is_insert,
                         GArray *values,
                         GError **error)
{
  GString *sql;

  if (!orm_query_check_bulk (self, error))
    return NULL;
  sql = g_string_new (is_insert ? "INSERT INTO " : "DELETE FROM ");
  orm_append_name (sql, relation->through);
  g_string_append (sql, is_insert ? " (" : " WHERE ");
  if (is_insert)
    {
      orm_append_name (sql, relation->own_column);
      g_string_append (sql, ", ");
    }
  orm_append_name (sql, relation->target_column);
  append_number (sql, is_insert ? ") " : " = ? AND ", target, values);
  if (!is_insert)
    {
      orm_append_name (sql, relation->own_column);
      g_string_append (sql, " IN (");
    }
  append_keys (self, is_insert, sql, values);
  g_string_append (sql, is_insert ? " ON CONFLICT DO NOTHING" : ")");
  /* For the report of changes. */
  g_string_append (sql, " RETURNING ");
  orm_append_name (sql, relation->is_owner ? relation->own_column : relation->target_column);
  return g_string_free (sql, FALSE);
}
