/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-condition.h"
#include "orm.h"

#include <math.h>
#include <string.h>

/* Conditions against a real table: what the mapper finds is what a naive look at each row finds, what it must not take
 * it does not take, and nothing of a value ever stands in a statement. */

typedef struct
{
  OrmEntity parent_instance;
  gint64 id;
  gint64 number;
  double real;
  char *word;
  GBytes *data;
} FuzzObject;

typedef OrmEntityClass FuzzObjectClass;

static GType fuzz_object_get_type (void);

G_DEFINE_TYPE (FuzzObject, fuzz_object, ORM_TYPE_ENTITY)

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (FuzzObject, id) },
  { "number", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (FuzzObject, number) },
  { "real", ORM_FIELD_DOUBLE, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (FuzzObject, real) },
  { "word", ORM_FIELD_TEXT, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (FuzzObject, word) },
  { "data", ORM_FIELD_BLOB, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (FuzzObject, data) },
};

static void
fuzz_object_class_init (FuzzObjectClass *klass)
{
  orm_entity_class_map (klass, "row", columns, G_N_ELEMENTS (columns));
}

static void
fuzz_object_init (FuzzObject *self)
{
}

#define N_ROWS 48

static FuzzRow rows[N_ROWS];
static OrmDatabase *database;
static OrmSession *session;
static GPtrArray *statements; /* that ran for the last question */

static void
make_row (guint index)
{
  static const gint64 numbers[] = { 0, 1, -1, 2, 100, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (9007199254740993) };
  static const double reals[] = { 0, 0.5, 1, -1.5, 1e300, 9007199254740992.0, INFINITY };
  static const char *const words[] = { "",  "a", "A",     "ab", "aB", "%",  "_", "\\",  "*", "?",   "[a]",      "'",
                                       "é", "É", "a\\%b", "𝄞a", "]",  "a]", "^", "\\b", "1", "'\"", "' OR 1 --" };
  OrmValue *values = rows[index].values;
  g_autoptr (GBytes) blob = g_bytes_new ("\0a\0b\xff", index % 6);

  orm_value_set_int64 (&values[FUZZ_ID], index + 1);
  if (index % 9 != 8)
    orm_value_set_int64 (&values[FUZZ_NUMBER], numbers[index % G_N_ELEMENTS (numbers)]);
  if (index % 11 != 10)
    orm_value_set_double (&values[FUZZ_REAL], reals[index % G_N_ELEMENTS (reals)]);
  if (index % 13 != 12)
    orm_value_set_text (&values[FUZZ_WORD], words[index % G_N_ELEMENTS (words)]);
  if (index % 7 != 6)
    orm_value_set_blob (&values[FUZZ_DATA], blob);
}

static void
on_statement (OrmDatabase *source, const char *sql, gint64 microseconds, gint64 n_rows, gpointer data)
{
  if (n_rows >= 0)
    g_ptr_array_add (statements, g_strdup (sql));
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  session = orm_session_new (database);
  orm_database_execute (
      database, "CREATE TABLE row (id INTEGER PRIMARY KEY, number INTEGER, real REAL, word TEXT, data BLOB) STRICT",
      NULL, 0, NULL, &error);
  for (guint i = 0; i < N_ROWS; i++)
    {
      OrmParameter parameters[FUZZ_N_COLUMNS] = { 0 };

      make_row (i);
      for (guint j = 0; j < FUZZ_N_COLUMNS; j++)
        parameters[j].value = rows[i].values[j];
      orm_database_execute (database, "INSERT INTO row VALUES (?, ?, ?, ?, ?)", parameters, FUZZ_N_COLUMNS, NULL,
                            &error);
      g_assert_no_error (error);
    }
  statements = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (database, "statement", G_CALLBACK (on_statement), NULL);
}

/* What SQL a question may be made of, besides names of the mapping in quotes. */
static gboolean
is_known_word (const char *word, gsize length)
{
  static const char *const known[] = { "SELECT",    "FROM",  "WHERE",  "AND",   "OR",     "NOT",   "IS", "NULL",
                                       "IN",        "LIKE",  "ESCAPE", "GLOB",  "instr",  "value", "0",  "json_each",
                                       "orm_value", "ORDER", "BY",     "count", "EXISTS", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i]) == length && strncmp (known[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_known_name (const char *name, gsize length)
{
  for (guint i = 0; i < FUZZ_N_COLUMNS; i++)
    if (strlen (fuzz_columns[i]) == length && strncmp (fuzz_columns[i], name, length) == 0)
      return TRUE;
  return length == 3 && strncmp (name, "row", 3) == 0;
}

static void
check_statement (const char *sql)
{
  const char *rest = sql;

  while (*rest != '\0')
    {
      gsize length = 1;

      if (*rest == '"')
        {
          length = strcspn (rest + 1, "\"") + 2;
          g_assert_true (is_known_name (rest + 1, length - 2));
        }
      else if (g_str_has_prefix (rest, "'\\'"))
        length = 3; /* of ESCAPE */
      else if (g_ascii_isalnum (*rest))
        {
          length = strspn (rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
          g_assert_true (is_known_word (rest, length));
        }
      else
        g_assert_nonnull (strchr (" (),?*=<>.", *rest));
      rest += length;
    }
}

static void
check_answer (OrmQuery *query, const FuzzCondition *condition)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = orm_session_all (session, query, NULL, &error);
  gboolean valid = fuzz_condition_is_valid (condition);
  gboolean exists = FALSE;
  guint n_found = 0;

  if (!valid)
    {
      g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
      g_assert_cmpuint (statements->len, ==, 0);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < N_ROWS && !fuzz_condition_is_murky (condition); i++)
    {
      gboolean is_found = n_found < found->len && orm_entity_get_key (found->pdata[n_found]) == (gint64) i + 1;

      if (is_found != (fuzz_condition_judge (condition, &rows[i]) == FUZZ_TRUE))
        g_error ("Row %u %s: %s", i + 1, is_found ? "is found" : "is not found", (char *) statements->pdata[0]);
      n_found += is_found;
    }
  g_assert_cmpint (orm_session_count (session, query, NULL, &error), ==, found->len);
  g_assert_no_error (error);
  g_assert_true (orm_session_exists (session, query, &exists, NULL, &error));
  g_assert_cmpint (exists, ==, found->len > 0);
  g_assert_cmpuint (statements->len, ==, 3);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  g_autoptr (FuzzCondition) condition = NULL;
  g_autoptr (OrmQuery) query = NULL;
  OrmExpression *expression;

  if (database == NULL)
    set_up ();
  query = orm_query_new (fuzz_object_get_type ());
  condition = fuzz_condition_take (&input, &expression);
  orm_query_filter (query, expression);
  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  g_ptr_array_set_size (statements, 0);
  check_answer (query, condition);
  for (guint i = 0; i < statements->len; i++)
    check_statement (statements->pdata[i]);
  return 0;
}
