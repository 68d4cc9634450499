/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"
#include "orm-expression-private.h"
#include "orm-packed.h"
#include "orm-pattern.h"
#include "orm-relation-private.h"
#include "orm-table-private.h"
#include "orm-value-private.h"

/* What SQLite takes, with something left for what stands around the conditions: its expressions are a tree of at most
 * 1,000 levels, and the stack of its parser holds 100, of which a level of brackets takes three. */
#define MAX_DEPTH   900
#define MAX_NESTING 24

/* Brackets that a subquery takes of the parser. */
#define NESTING_OF_SUBQUERY 6

/* A tree that becomes SQL when a query runs. Values never become part of the text: the text of a condition depends on
 * its shape alone, which also makes its prepared statement one to keep. */

typedef enum
{
  KIND_COMPARE,
  KIND_IN,        /* a JSON array */
  KIND_IN_PACKED, /* one of values that JSON does not have */
  KIND_LIKE,
  KIND_GLOB,
  KIND_CONTAINS,
  KIND_ANY, /* object of a relation, for which a holds */
  KIND_HAS,
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
  OrmValue value;       /* of KIND_IN and KIND_IN_PACKED: a JSON array */
  guint types;          /* bits of the OrmValueType of what the column is compared with */
  guint depth;
  guint nesting; /* levels of brackets: a chain of the same kind is one */
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

static guint
nesting_within (Kind kind, const OrmExpression *operand)
{
  return operand->kind == kind && kind != KIND_NOT ? operand->nesting : operand->nesting + 1;
}

static OrmExpression *
orm_expression_new_join (Kind kind, OrmExpression *a, OrmExpression *b)
{
  OrmExpression *self = orm_expression_new (kind, NULL);

  self->a = a;
  self->b = b;
  self->depth = 1 + MAX (a->depth, b != NULL ? b->depth : 0);
  self->nesting = MAX (nesting_within (kind, a), b != NULL ? nesting_within (kind, b) : 0);
  return self;
}

const char *
orm_expression_find_operator (const char *operator)
{
  static const char *const operators[] = { "=", "<>", "<", "<=", ">", ">=" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operator, operators[i]))
      return operators[i];
  if (g_str_equal (operator, "!=")) /* as C and SQLite have it, too */
    return "<>";
  return g_str_equal (operator, "==") ? "=" : NULL;
}

gboolean
orm_field_type_fits (OrmFieldType type, OrmValueType value)
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

static gboolean
types_fit (OrmFieldType type, guint types)
{
  for (guint i = ORM_VALUE_NULL; i <= ORM_VALUE_BLOB; i++)
    if ((types & (1u << i)) != 0 && !orm_field_type_fits (type, i))
      return FALSE;
  return TRUE;
}

static gboolean
orm_expression_is_equality (OrmExpression *self)
{
  return self->kind == KIND_COMPARE && (g_str_equal (self->operator, "=") || g_str_equal (self->operator, "<>"));
}

static gboolean
orm_expression_is_too_long (OrmExpression *self)
{
  return (self->kind == KIND_LIKE || self->kind == KIND_GLOB) && strlen (self->value.text) > ORM_PATTERN_MAX;
}

/* Of a condition on one column. */
static gboolean
orm_expression_check_column (OrmExpression *self, const OrmTable *table, GError **error)
{
  const OrmColumn *column = orm_table_find_column (table, self->column);
  gboolean is_equality = orm_expression_is_equality (self);

  if (column == NULL)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no column “%s”", orm_table_get_name (table),
                 self->column);
  else if (self->types == 1 << ORM_VALUE_NULL && !is_equality)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s: nothing is greater or less than NULL",
                 orm_table_get_name (table), self->column);
  else if (!types_fit (column->type, is_equality ? self->types & ~(1u << ORM_VALUE_NULL) : self->types))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is compared with a value of another type",
                 orm_table_get_name (table), self->column);
  else if (orm_expression_is_too_long (self))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is compared with more than SQLite takes",
                 orm_table_get_name (table), self->column);
  else
    return TRUE;
  return FALSE;
}

/* Of a condition on what is related: column is the name of the relation. */
static gboolean
orm_expression_check_relation (OrmExpression *self, const OrmTable *table, GError **error)
{
  const OrmRelationInfo *relation = orm_table_find_relation (table, self->column, error);

  if (relation == NULL)
    return FALSE;
  if (orm_relation_is_collection (relation) != (self->kind == KIND_ANY))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is asked about by %s ()", orm_table_get_name (table),
                   self->column, self->kind == KIND_ANY ? "orm_has" : "orm_any");
      return FALSE;
    }
  return self->a == NULL || orm_expression_check (self->a, relation->target, error);
}

gboolean
orm_expression_check (OrmExpression *self, const OrmTable *table, GError **error)
{
  if (self->depth > MAX_DEPTH || self->nesting > MAX_NESTING)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
                   "A condition on %s joins more than %d others in a row, or nests more than %d deep",
                   orm_table_get_name (table), MAX_DEPTH, MAX_NESTING);
      return FALSE;
    }
  if (self->kind == KIND_AND || self->kind == KIND_OR)
    return orm_expression_check (self->a, table, error) && orm_expression_check (self->b, table, error);
  if (self->kind == KIND_NOT)
    return orm_expression_check (self->a, table, error);
  if (self->kind == KIND_ANY || self->kind == KIND_HAS)
    return orm_expression_check_relation (self, table, error);
  return orm_expression_check_column (self, table, error);
}

/* Of a condition on one column. */
static void
append_column (OrmExpression *self, const char *qualifier, GString *sql, GArray *values)
{
  const char *tail;

  if (self->kind == KIND_CONTAINS)
    g_string_append (sql, "instr (");
  orm_append_column (sql, qualifier, self->column);
  switch (self->kind)
    {
    case KIND_COMPARE:
      if (self->value.type == ORM_VALUE_NULL)
        {
          g_string_append (sql, g_str_equal (self->operator, "=") ? " IS NULL" : " IS NOT NULL");
          return;
        }
      g_string_append_printf (sql, " %s ?", self->operator);
      orm_value_array_append (values, &self->value);
      return;
    case KIND_IN:
      tail = " IN (SELECT value FROM json_each (?))";
      break;
    case KIND_IN_PACKED:
      tail = " IN (SELECT orm_value (value) FROM json_each (?))";
      break;
    case KIND_LIKE:
      tail = " LIKE ? ESCAPE '\\'";
      break;
    case KIND_GLOB:
      tail = " GLOB ?";
      break;
    case KIND_CONTAINS:
      tail = ", ?) > 0";
      break;
    case KIND_ANY:
    case KIND_HAS:
    case KIND_AND:
    case KIND_OR:
    case KIND_NOT:
    default:
      g_assert_not_reached ();
    }
  g_string_append (sql, tail);
  orm_value_array_append (values, &self->value);
}

/* EXISTS, with a row of the other table that has the key, or whose key is here. What stands within has names of its
 * own, as a table may be related to itself. */
static void
append_relation (OrmExpression *self, const OrmTable *table, const char *qualifier, GString *sql, GArray *values)
{
  const OrmRelationInfo *relation = orm_table_find_relation (table, self->column, NULL);
  const OrmTable *target = relation->target;
  const char *outer = qualifier != NULL ? qualifier : table->name;
  g_autofree char *alias = orm_make_alias (outer, qualifier == NULL || qualifier == table->name, relation->name);
  gboolean is_between = relation->kind == ORM_RELATION_MANY_TO_MANY;

  g_string_append (sql, "EXISTS (SELECT 1 FROM ");
  orm_append_name (sql, is_between ? relation->through : target->name);
  if (!is_between)
    {
      g_string_append (sql, " AS ");
      orm_append_name (sql, alias);
    }
  else if (self->a != NULL)
    {
      g_string_append (sql, " JOIN ");
      orm_append_name (sql, target->name);
      g_string_append (sql, " AS ");
      orm_append_name (sql, alias);
      g_string_append (sql, " ON ");
      orm_append_column (sql, alias, target->columns[target->key].name);
      g_string_append (sql, " = ");
      orm_append_column (sql, relation->through, relation->target_column);
    }
  g_string_append (sql, " WHERE ");
  if (is_between)
    orm_append_column (sql, relation->through, relation->own_column);
  else
    orm_append_column (sql, alias, target->columns[self->kind == KIND_ANY ? relation->column : target->key].name);
  g_string_append (sql, " = ");
  orm_append_column (sql, outer, table->columns[self->kind == KIND_ANY ? table->key : relation->column].name);
  if (self->a != NULL)
    {
      g_string_append (sql, " AND ");
      orm_expression_append (self->a, target, alias, sql, values);
    }
  g_string_append_c (sql, ')');
}

static void
append_operand (OrmExpression *self,
                Kind within,
                const OrmTable *table,
                const char *qualifier,
                GString *sql,
                GArray *values)
{
  if (self->kind != KIND_AND && self->kind != KIND_OR)
    {
      orm_expression_append (self, table, qualifier, sql, values);
      return;
    }
  if (self->kind != within)
    g_string_append_c (sql, '(');
  append_operand (self->a, self->kind, table, qualifier, sql, values);
  g_string_append (sql, self->kind == KIND_AND ? " AND " : " OR ");
  append_operand (self->b, self->kind, table, qualifier, sql, values);
  if (self->kind != within)
    g_string_append_c (sql, ')');
}

void
orm_expression_append (OrmExpression *self, const OrmTable *table, const char *qualifier, GString *sql, GArray *values)
{
  if (self->kind == KIND_AND || self->kind == KIND_OR)
    {
      append_operand (self, KIND_NOT, table, qualifier, sql, values);
      return;
    }
  g_string_append_c (sql, '(');
  if (self->kind == KIND_NOT)
    {
      g_string_append (sql, "NOT ");
      orm_expression_append (self->a, table, qualifier, sql, values);
    }
  else if (self->kind == KIND_ANY || self->kind == KIND_HAS)
    append_relation (self, table, qualifier, sql, values);
  else
    append_column (self, qualifier, sql, values);
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
  g_return_val_if_fail (operator!= NULL && orm_expression_find_operator (operator) != NULL, NULL);

  self = orm_expression_new (KIND_COMPARE, column);
  self->operator= orm_expression_find_operator (operator);
  orm_value_copy (value, &self->value);
  self->types = 1u << value->type;
  return self;
}

/**
 * orm_is_null:
 * @column: its name in the table
 *
 * Returns: (transfer full): the condition that a column has no value
 */
OrmExpression *
orm_is_null (const char *column)
{
  const OrmValue null = ORM_VALUE_INIT;

  return orm_equal (column, &null);
}

/**
 * orm_between:
 * @column: its name in the table
 * @low: the least that fits, copied
 * @high: the greatest that fits, copied
 *
 * Returns: (transfer full): the condition that a column is not less than one value and not greater than another
 */
OrmExpression *
orm_between (const char *column, const OrmValue *low, const OrmValue *high)
{
  g_return_val_if_fail (column != NULL && low != NULL && high != NULL, NULL);

  return orm_and (orm_compare (column, ">=", low), orm_compare (column, "<=", high));
}

static OrmExpression *
orm_expression_new_text (Kind kind, const char *column, char *text)
{
  OrmExpression *self = orm_expression_new (kind, column);

  self->types = 1u << ORM_VALUE_TEXT;
  orm_value_take_text (&self->value, text);
  return self;
}

/**
 * orm_like:
 * @column: its name in the table
 * @pattern: `%` stands for any text, `_` for one character, `\\` before one of the three for that character
 *
 * Returns: (transfer full): the condition that a text is as the pattern, capital and small letters being different
 */
OrmExpression *
orm_like (const char *column, const char *pattern)
{
  g_return_val_if_fail (column != NULL && pattern != NULL, NULL);

  return orm_expression_new_text (KIND_GLOB, column, orm_pattern_from_like (pattern));
}

/**
 * orm_ilike:
 * @column: its name in the table
 * @pattern: as for orm_like()
 *
 * Returns: (transfer full): the condition that a text is as the pattern, where A is a and so on to Z: other letters are
 * not folded, as SQLite does not know them
 */
OrmExpression *
orm_ilike (const char *column, const char *pattern)
{
  g_autoptr (GString) whole = NULL;
  gsize n_escapes = 0;

  g_return_val_if_fail (column != NULL && pattern != NULL, NULL);

  /* An escape without anything to escape is an error in SQLite: here it stands for itself, as in orm_like(). */
  whole = g_string_new (pattern);
  while (n_escapes < whole->len && whole->str[whole->len - 1 - n_escapes] == '\\')
    n_escapes++;
  if (n_escapes % 2 == 1)
    g_string_append_c (whole, '\\');
  return orm_expression_new_text (KIND_LIKE, column, g_strdup (whole->str));
}

/**
 * orm_starts_with:
 * @column: its name in the table
 * @prefix: a text without special characters
 *
 * Returns: (transfer full): the condition that a text starts with another; an index of the column finds it
 */
OrmExpression *
orm_starts_with (const char *column, const char *prefix)
{
  g_return_val_if_fail (column != NULL && prefix != NULL, NULL);

  return orm_expression_new_text (KIND_GLOB, column, orm_pattern_from_prefix (prefix));
}

/**
 * orm_contains:
 * @column: its name in the table
 * @part: a text without special characters
 *
 * Returns: (transfer full): the condition that a text contains another
 */
OrmExpression *
orm_contains (const char *column, const char *part)
{
  g_return_val_if_fail (column != NULL && part != NULL, NULL);

  return orm_expression_new_text (KIND_CONTAINS, column, g_strdup (part));
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
  self->types = 1u << ORM_VALUE_INT64;
  orm_value_take_text (&self->value, orm_format_array (values, n_values, NULL));
  return self;
}

/**
 * orm_in_values:
 * @column: its name in the table
 * @values: (array length=n_values): values, any number of them, copied
 * @n_values: how many
 *
 * Returns: (transfer full): the condition that a column has one of the values. NULL is none of them: see orm_is_null()
 */
OrmExpression *
orm_in_values (const char *column, const OrmValue *values, gsize n_values)
{
  OrmExpression *self;

  g_return_val_if_fail (column != NULL && (values != NULL || n_values == 0), NULL);

  self = orm_expression_new (KIND_IN, column);
  for (gsize i = 0; i < n_values; i++)
    self->types |= 1u << values[i].type;
  if (self->types & (1u << ORM_VALUE_DOUBLE | 1u << ORM_VALUE_BLOB))
    {
      self->kind = KIND_IN_PACKED;
      orm_value_take_text (&self->value, orm_pack_values (values, n_values));
    }
  else
    orm_value_take_text (&self->value, orm_format_values (values, n_values));
  return self;
}

static OrmExpression *
orm_expression_new_relation (Kind kind, const char *relation, OrmExpression *a)
{
  OrmExpression *self = orm_expression_new (kind, relation);

  self->a = a;
  self->depth = 1 + (a != NULL ? a->depth : 0);
  self->nesting = NESTING_OF_SUBQUERY + (a != NULL ? a->nesting : 0);
  return self;
}

/**
 * orm_any:
 * @relation: the name of a has-many or many-to-many
 * @a: (nullable) (transfer full): a condition on the objects in it; %NULL: there is one
 *
 * Returns: (transfer full): the condition that it holds for one of the related rows at least, as a subquery
 */
OrmExpression *
orm_any (const char *relation, OrmExpression *a)
{
  g_return_val_if_fail (relation != NULL, NULL);

  return orm_expression_new_relation (KIND_ANY, relation, a);
}

/**
 * orm_has:
 * @relation: the name of a belongs-to
 * @a: (nullable) (transfer full): a condition on the object that it belongs to; %NULL: there is one
 *
 * Returns: (transfer full): the condition that it holds for the related row, as a subquery
 */
OrmExpression *
orm_has (const char *relation, OrmExpression *a)
{
  g_return_val_if_fail (relation != NULL, NULL);

  return orm_expression_new_relation (KIND_HAS, relation, a);
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
