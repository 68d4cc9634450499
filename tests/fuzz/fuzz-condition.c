/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-condition.h"

#include <math.h>
#include <string.h>

#define MAX_NESTING 24
#define MAX_TREE    40

typedef enum
{
  COMPARE,
  IS_NULL,
  BETWEEN,
  LIKE,
  ILIKE,
  STARTS_WITH,
  CONTAINS,
  IN,
  IN_VALUES,
  AND,
  OR,
  NOT,
  N_KINDS,
} Kind;

struct _FuzzCondition
{
  Kind kind;
  guint column; /* FUZZ_N_COLUMNS: there is none such */
  guint operator;
  GArray *values; /* of OrmValue */
  FuzzCondition *a;
  FuzzCondition *b;
};

static const char *const operators[] = { "=", "<>", "<", "<=", ">", ">=" };

const char *const fuzz_columns[FUZZ_N_COLUMNS] = { "id", "number", "real", "word", "data" };

void
fuzz_condition_free (FuzzCondition *self)
{
  g_clear_pointer (&self->a, fuzz_condition_free);
  g_clear_pointer (&self->b, fuzz_condition_free);
  g_array_unref (self->values);
  g_free (self);
}

static const OrmValue *
get_value (const FuzzCondition *self, guint index)
{
  return &g_array_index (self->values, OrmValue, index);
}

/* Mostly of the type of the column, so that most conditions are good. */
static void
take_value (FuzzCondition *self, FuzzInput *input)
{
  OrmValue value = ORM_VALUE_INIT;
  g_autoptr (GBytes) blob = NULL;

  if (fuzz_input_take (input, 8) == 7)
    fuzz_input_take_value (input, &value);
  else if (self->column == FUZZ_WORD)
    orm_value_take_text (&value, fuzz_input_take_text (input));
  else if (self->column == FUZZ_DATA)
    {
      blob = fuzz_input_take_blob (input);
      orm_value_set_blob (&value, blob);
    }
  else if (self->column == FUZZ_REAL && fuzz_input_take (input, 2) == 0)
    orm_value_set_double (&value, fuzz_input_take_double (input));
  else
    orm_value_set_int64 (&value, fuzz_input_take_int64 (input));
  g_array_append_val (self->values, value);
}

static void
take_text (FuzzCondition *self, FuzzInput *input)
{
  OrmValue value = ORM_VALUE_INIT;

  if (fuzz_input_take (input, 16) != 15)
    self->column = FUZZ_WORD;
  orm_value_take_text (&value, fuzz_input_take_text (input));
  g_array_append_val (self->values, value);
}

static void
take_number (FuzzCondition *self, FuzzInput *input)
{
  OrmValue value = { .type = ORM_VALUE_INT64, .int64 = fuzz_input_take_int64 (input) };

  g_array_append_val (self->values, value);
}

static FuzzCondition *
take (FuzzInput *input, guint *n_left)
{
  FuzzCondition *self = g_new0 (FuzzCondition, 1);
  guint n;

  self->kind = fuzz_input_take (input, *n_left > 0 ? N_KINDS : AND);
  self->values = g_array_new (FALSE, FALSE, sizeof (OrmValue));
  g_array_set_clear_func (self->values, (GDestroyNotify) orm_value_clear);
  if (self->kind >= AND)
    {
      --*n_left;
      self->a = take (input, n_left);
      if (self->kind != NOT)
        self->b = take (input, n_left);
      return self;
    }

  self->column = fuzz_input_take (input, 64);
  self->column = self->column == 63 ? FUZZ_N_COLUMNS : self->column % FUZZ_N_COLUMNS;
  switch (self->kind)
    {
    case COMPARE:
      self->operator= fuzz_input_take (input, G_N_ELEMENTS (operators));
      take_value (self, input);
      break;
    case BETWEEN:
      take_value (self, input);
      take_value (self, input);
      break;
    case IN:
      for (n = fuzz_input_take (input, 5); n > 0; n--)
        take_number (self, input);
      break;
    case IN_VALUES:
      for (n = fuzz_input_take (input, 5); n > 0; n--)
        take_value (self, input);
      break;
    case LIKE:
    case ILIKE:
    case STARTS_WITH:
    case CONTAINS:
      take_text (self, input);
      break;
    case IS_NULL:
    default:
      break;
    }
  return self;
}

static OrmExpression *
make_in (const FuzzCondition *self, const char *column)
{
  g_autofree gint64 *numbers = g_new (gint64, self->values->len);

  for (guint i = 0; i < self->values->len; i++)
    numbers[i] = get_value (self, i)->int64;
  return orm_in (column, numbers, self->values->len);
}

static OrmExpression *
make (const FuzzCondition *self)
{
  const char *column = self->column < FUZZ_N_COLUMNS ? fuzz_columns[self->column] : "\"; DROP TABLE row; --";

  switch (self->kind)
    {
    case COMPARE:
      return orm_compare (column, operators[self->operator], get_value (self, 0));
    case IS_NULL:
      return orm_is_null (column);
    case BETWEEN:
      return orm_between (column, get_value (self, 0), get_value (self, 1));
    case LIKE:
      return orm_like (column, get_value (self, 0)->text);
    case ILIKE:
      return orm_ilike (column, get_value (self, 0)->text);
    case STARTS_WITH:
      return orm_starts_with (column, get_value (self, 0)->text);
    case CONTAINS:
      return orm_contains (column, get_value (self, 0)->text);
    case IN:
      return make_in (self, column);
    case IN_VALUES:
      return orm_in_values (column, (const OrmValue *) (gpointer) self->values->data, self->values->len);
    case AND:
      return orm_and (make (self->a), make (self->b));
    case OR:
      return orm_or (make (self->a), make (self->b));
    case NOT:
    case N_KINDS:
    default:
      return orm_not (make (self->a));
    }
}

FuzzCondition *
fuzz_condition_take (FuzzInput *input, OrmExpression **expression)
{
  guint n_left = MAX_TREE;
  FuzzCondition *self = take (input, &n_left);

  *expression = make (self);
  return self;
}

static gboolean
fits (guint column, OrmValueType type)
{
  static const guint types[] = { 1 << ORM_VALUE_INT64, 1 << ORM_VALUE_INT64,
                                 1 << ORM_VALUE_INT64 | 1 << ORM_VALUE_DOUBLE, 1 << ORM_VALUE_TEXT,
                                 1 << ORM_VALUE_BLOB };

  return (types[column] & (1u << type)) != 0;
}

/* Levels of brackets; what is joined in the same way is on one level. */
static guint
get_nesting (const FuzzCondition *self)
{
  const FuzzCondition *operands[] = { self->a, self->b };
  guint nesting = 0;

  if (self->kind == BETWEEN)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (operands); i++)
    if (operands[i] != NULL)
      {
        Kind kind = operands[i]->kind == BETWEEN ? AND : operands[i]->kind;
        guint within = get_nesting (operands[i]) + (kind == self->kind && kind != NOT ? 0 : 1);

        nesting = MAX (nesting, within);
      }
  return nesting;
}

static gboolean
is_valid (const FuzzCondition *self)
{
  if (self->kind >= AND)
    return is_valid (self->a) && (self->b == NULL || is_valid (self->b));
  if (self->column == FUZZ_N_COLUMNS)
    return FALSE;
  if (self->kind == COMPARE && self->operator<2 && get_value (self, 0)->type == ORM_VALUE_NULL)
    return TRUE;
  if (self->kind == IN && !fits (self->column, ORM_VALUE_INT64))
    return FALSE;
  for (guint i = 0; i < self->values->len; i++)
    if (!fits (self->column, get_value (self, i)->type))
      return FALSE;
  return TRUE;
}

gboolean
fuzz_condition_is_valid (const FuzzCondition *self)
{
  return is_valid (self) && get_nesting (self) <= MAX_NESTING;
}

gboolean
fuzz_condition_is_murky (const FuzzCondition *self)
{
  if (self->kind >= AND)
    return fuzz_condition_is_murky (self->a) || (self->b != NULL && fuzz_condition_is_murky (self->b));
  if (self->kind == COMPARE || self->kind == BETWEEN)
    return FALSE;
  for (guint i = 0; i < self->values->len; i++)
    if (get_value (self, i)->type == ORM_VALUE_TEXT && !g_utf8_validate (get_value (self, i)->text, -1, NULL))
      return TRUE;
  return FALSE;
}

static FuzzTruth
truth (gboolean holds)
{
  return holds ? FUZZ_TRUE : FUZZ_FALSE;
}

static FuzzTruth
negate (FuzzTruth a)
{
  return a == FUZZ_NULL ? FUZZ_NULL : truth (a == FUZZ_FALSE);
}

static FuzzTruth
both (FuzzTruth a, FuzzTruth b)
{
  if (a == FUZZ_FALSE || b == FUZZ_FALSE)
    return FUZZ_FALSE;
  return a == FUZZ_NULL || b == FUZZ_NULL ? FUZZ_NULL : FUZZ_TRUE;
}

static gboolean
is_null (const OrmValue *value)
{
  return value->type == ORM_VALUE_NULL || (value->type == ORM_VALUE_DOUBLE && isnan (value->real));
}

/* Wide enough for every whole number and every double. */
static long double
get_number (const OrmValue *value)
{
  return value->type == ORM_VALUE_INT64 ? (long double) value->int64 : (long double) value->real;
}

static int
order (const OrmValue *a, const OrmValue *b)
{
  if (a->type == ORM_VALUE_TEXT)
    return strcmp (a->text, b->text);
  if (a->type == ORM_VALUE_BLOB)
    return g_bytes_compare (a->blob, b->blob);
  return (get_number (a) > get_number (b)) - (get_number (a) < get_number (b));
}

static FuzzTruth
compare (const OrmValue *value, guint operator, const OrmValue * with)
{
  int ordered;

  /* NULL is asked for in so many words. */
  if (with->type == ORM_VALUE_NULL)
    return truth ((value->type == ORM_VALUE_NULL) == (operator== 0));
  if (is_null (value) || is_null (with))
    return FUZZ_NULL;
  ordered = order (value, with);
  switch (operator)
    {
    case 0:
      return truth (ordered == 0);
    case 1:
      return truth (ordered != 0);
    case 2:
      return truth (ordered < 0);
    case 3:
      return truth (ordered <= 0);
    case 4:
      return truth (ordered > 0);
    default:
      return truth (ordered >= 0);
    }
}

static gunichar
fold (gunichar character, gboolean folds)
{
  return folds && character < 128 ? (gunichar) g_ascii_tolower ((char) character) : character;
}

static gboolean
matches (const char *pattern, const char *text, gboolean folds)
{
  if (*pattern == '\0')
    return *text == '\0';
  if (*pattern == '%')
    {
      for (;; text = g_utf8_next_char (text))
        if (matches (pattern + 1, text, folds))
          return TRUE;
        else if (*text == '\0')
          return FALSE;
    }
  if (*text == '\0')
    return FALSE;
  if (*pattern == '_')
    return matches (pattern + 1, g_utf8_next_char (text), folds);
  if (*pattern == '\\' && pattern[1] != '\0')
    pattern++;
  return fold (g_utf8_get_char (pattern), folds) == fold (g_utf8_get_char (text), folds) &&
         matches (g_utf8_next_char (pattern), g_utf8_next_char (text), folds);
}

static FuzzTruth
is_in (const FuzzCondition *self, const OrmValue *value)
{
  FuzzTruth found = FUZZ_FALSE;

  /* Nothing is in nothing, not even NULL. */
  if (is_null (value) && self->values->len > 0)
    return FUZZ_NULL;
  for (guint i = 0; i < self->values->len; i++)
    if (compare (value, 0, get_value (self, i)) == FUZZ_TRUE)
      return FUZZ_TRUE;
    else if (is_null (get_value (self, i)))
      found = FUZZ_NULL;
  return found;
}

FuzzTruth
fuzz_condition_judge (const FuzzCondition *self, const FuzzRow *row)
{
  const OrmValue *value = &row->values[self->column];
  const char *text = value->type == ORM_VALUE_TEXT ? value->text : NULL;

  switch (self->kind)
    {
    case COMPARE:
      return compare (value, self->operator, get_value (self, 0));
    case IS_NULL:
      return truth (is_null (value));
    case BETWEEN:
      return both (compare (value, 5, get_value (self, 0)), compare (value, 3, get_value (self, 1)));
    case LIKE:
    case ILIKE:
      return text == NULL ? FUZZ_NULL : truth (matches (get_value (self, 0)->text, text, self->kind == ILIKE));
    case STARTS_WITH:
      return text == NULL ? FUZZ_NULL : truth (g_str_has_prefix (text, get_value (self, 0)->text));
    case CONTAINS:
      return text == NULL ? FUZZ_NULL : truth (strstr (text, get_value (self, 0)->text) != NULL);
    case IN:
    case IN_VALUES:
      return is_in (self, value);
    case AND:
      return both (fuzz_condition_judge (self->a, row), fuzz_condition_judge (self->b, row));
    case OR:
      return negate (both (negate (fuzz_condition_judge (self->a, row)), negate (fuzz_condition_judge (self->b, row))));
    case NOT:
    case N_KINDS:
    default:
      return negate (fuzz_condition_judge (self->a, row));
    }
}
