/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"
#include "orm-expression-private.h"
#include "orm-table-private.h"
#include "orm-value-private.h"

/* A tree that becomes SQL when a query runs. Values never become part of the text: the text of a condition depends on
 * its shape alone, which also makes its prepared statement one to keep. */

typedef enum
{
  KIND_COMPARE,
  KIND_IN,
  KIND_AND,
  KIND_OR,
  KIND_NOT,
} Kind;

struct _OrmExpression
{
  gatomicrefcount ref_count;
  Kind kind;
  char *column;
  const char *operator; /* static */
  OrmValue value;       /* of KIND_IN: a JSON array */
  OrmExpression *a;
  OrmExpression *b;
};

static OrmExpression *
orm_expression_new (Kind kind, const char *column)
{
  OrmExpression *self = g_new0 (OrmExpression, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->column = g_strdup (column);
  return self;
}

static OrmExpression *
orm_expression_new_join (Kind kind, OrmExpression *a, OrmExpression *b)
{
  OrmExpression *self = orm_expression_new (kind, NULL);

  self->a = a;
  self->b = b;
  return self;
}

static const char *
find_operator (const char *operator)
{
  static const char *const operators[] = { "=", "<>", "<", "<=", ">", ">=" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operator, operators[i]))
      return operators[i];
  return NULL;
}

static gboolean
type_fits (OrmFieldType type, OrmValueType value)
{
  switch (type)
    {
    case ORM_FIELD_TEXT:
      return value == ORM_VALUE_TEXT;
    case ORM_FIELD_BLOB:
      return value == ORM_VALUE_BLOB;
    case ORM_FIELD_DOUBLE:
      return value == ORM_VALUE_DOUBLE || value == ORM_VALUE_INT64;
    case ORM_FIELD_INT64:
    case ORM_FIELD_BOOLEAN:
    case ORM_FIELD_DATE_TIME:
    case ORM_FIELD_ENUM:
    case ORM_FIELD_FLAGS:
    default:
      return value == ORM_VALUE_INT64;
    }
}

gboolean
orm_expression_check (OrmExpression *self, const OrmTable *table, GError **error)
{
  const OrmColumn *column;
  gboolean is_equality;

  if (self->kind == KIND_AND || self->kind == KIND_OR)
    return orm_expression_check (self->a, table, error) && orm_expression_check (self->b, table, error);
  if (self->kind == KIND_NOT)
    return orm_expression_check (self->a, table, error);

  column = orm_table_find_column (table, self->column);
  is_equality = self->kind == KIND_COMPARE && (g_str_equal (self->operator, "=") || g_str_equal (self->operator, "<>"));
  if (column == NULL)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no column “%s”", orm_table_get_name (table),
                 self->column);
  else if (self->value.type == ORM_VALUE_NULL && !is_equality)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s: nothing is greater or less than NULL",
                 orm_table_get_name (table), self->column);
  else if (self->kind == KIND_IN ? !type_fits (column->type, ORM_VALUE_INT64)
                                 : self->value.type != ORM_VALUE_NULL && !type_fits (column->type, self->value.type))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is compared with a value of another type",
                 orm_table_get_name (table), self->column);
  else
    return TRUE;
  return FALSE;
}

static void
append_value (GArray *values, const OrmValue *value)
{
  OrmValue copy = ORM_VALUE_INIT;

  orm_value_copy (value, &copy);
  g_array_append_val (values, copy);
}

void
orm_expression_append (OrmExpression *self, GString *sql, GArray *values)
{
  g_string_append_c (sql, '(');
  switch (self->kind)
    {
    case KIND_COMPARE:
      orm_append_name (sql, self->column);
      if (self->value.type == ORM_VALUE_NULL)
        {
          g_string_append (sql, g_str_equal (self->operator, "=") ? " IS NULL" : " IS NOT NULL");
          break;
        }
      g_string_append_printf (sql, " %s ?", self->operator);
      append_value (values, &self->value);
      break;
    case KIND_IN:
      orm_append_name (sql, self->column);
      g_string_append (sql, " IN (SELECT value FROM json_each (?))");
      append_value (values, &self->value);
      break;
    case KIND_NOT:
      g_string_append (sql, "NOT ");
      orm_expression_append (self->a, sql, values);
      break;
    case KIND_AND:
    case KIND_OR:
    default:
      orm_expression_append (self->a, sql, values);
      g_string_append (sql, self->kind == KIND_AND ? " AND " : " OR ");
      orm_expression_append (self->b, sql, values);
      break;
    }
  g_string_append_c (sql, ')');
}

/**
 * orm_equal:
 * @column: its name in the table
 * @value: what it is; NULL asks for IS NULL
 *
 * Returns: (transfer full): the condition that a column has a value
 */
OrmExpression *
orm_equal (const char *column, const OrmValue *value)
{
  return orm_compare (column, "=", value);
}

/**
 * orm_compare:
 * @column: its name in the table
 * @operator: one of = <> < <= > >=
 * @value: what it is compared with, copied; NULL goes with = and <> only
 *
 * Returns: (transfer full): the condition
 */
OrmExpression *
orm_compare (const char *column, const char *operator, const OrmValue * value)
{
  OrmExpression *self;

  g_return_val_if_fail (column != NULL && value != NULL, NULL);
  g_return_val_if_fail (operator!= NULL && find_operator (operator) != NULL, NULL);

  self = orm_expression_new (KIND_COMPARE, column);
  self->operator= find_operator (operator);
  orm_value_copy (value, &self->value);
  return self;
}

/**
 * orm_in:
 * @column: its name in the table
 * @values: (array length=n_values): whole numbers, any number of them
 * @n_values: how many
 *
 * Returns: (transfer full): the condition that a column has one of the values
 */
OrmExpression *
orm_in (const char *column, const gint64 *values, gsize n_values)
{
  OrmExpression *self;

  g_return_val_if_fail (column != NULL && (values != NULL || n_values == 0), NULL);

  self = orm_expression_new (KIND_IN, column);
  orm_value_take_text (&self->value, orm_format_array (values, n_values, NULL));
  return self;
}

/**
 * orm_and:
 * @a: (transfer full): a condition
 * @b: (transfer full): another
 *
 * Returns: (transfer full): the condition that both hold
 */
OrmExpression *
orm_and (OrmExpression *a, OrmExpression *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  return orm_expression_new_join (KIND_AND, a, b);
}

/**
 * orm_or:
 * @a: (transfer full): a condition
 * @b: (transfer full): another
 *
 * Returns: (transfer full): the condition that at least one holds
 */
OrmExpression *
orm_or (OrmExpression *a, OrmExpression *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  return orm_expression_new_join (KIND_OR, a, b);
}

/**
 * orm_not:
 * @a: (transfer full): a condition
 *
 * Returns: (transfer full): the condition that it does not hold
 */
OrmExpression *
orm_not (OrmExpression *a)
{
  g_return_val_if_fail (a != NULL, NULL);

  return orm_expression_new_join (KIND_NOT, a, NULL);
}

/**
 * orm_expression_ref:
 * @self: a condition
 *
 * Returns: (transfer full): @self
 */
OrmExpression *
orm_expression_ref (OrmExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * orm_expression_unref:
 * @self: (transfer full): a condition
 *
 * Drops a reference.
 */
void
orm_expression_unref (OrmExpression *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->a, orm_expression_unref);
  g_clear_pointer (&self->b, orm_expression_unref);
  orm_value_clear (&self->value);
  g_free (self->column);
  g_free (self);
}
