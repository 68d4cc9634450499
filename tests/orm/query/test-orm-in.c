/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* One of 100,000 values, of each type: one statement with one parameter, and every value to the last bit. */

#define N_ROWS   1000
#define N_VALUES 100000

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  GPtrArray *statements;
  GError *error;
} Fixture;

typedef OrmValue (*MakeFunc) (gint64 i);

static OrmValue
make_whole (gint64 i)
{
  return (OrmValue){ .type = ORM_VALUE_INT64, .int64 = i * G_GINT64_CONSTANT (1000003000017) };
}

static OrmValue
make_text (gint64 i)
{
  return (OrmValue){ .type = ORM_VALUE_TEXT, .text = g_strdup_printf ("\"%" G_GINT64_FORMAT "\\'\t", i) };
}

/* Fractions that have no end in decimal. */
static OrmValue
make_real (gint64 i)
{
  return (OrmValue){ .type = ORM_VALUE_DOUBLE, .real = (double) (i + 1) / 7 };
}

static OrmValue
make_blob (gint64 i)
{
  return (OrmValue){ .type = ORM_VALUE_BLOB, .blob = g_bytes_new (&i, sizeof i) };
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "name", "size", "weight", "data", "created" };
  g_autofree OrmValue *values = g_new0 (OrmValue, N_ROWS * 5);

  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  for (gint64 i = 0; i < N_ROWS; i++)
    {
      values[5 * i] = make_text (i);
      values[5 * i + 1] = make_whole (i);
      values[5 * i + 2] = make_real (i);
      values[5 * i + 3] = make_blob (i);
      values[5 * i + 4] = make_whole (i);
    }
  orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, names, G_N_ELEMENTS (names), values, N_ROWS, NULL,
                           &fixture->error);
  g_assert_no_error (fixture->error);
  for (guint i = 0; i < N_ROWS * 5; i++)
    orm_value_clear (&values[i]);
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
  g_ptr_array_unref (fixture->statements);
}

static gint64
count (Fixture *fixture, OrmExpression *condition)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  gint64 n;

  orm_query_filter (query, condition);
  n = orm_session_count (fixture->session, query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  return n;
}

/* Half of the rows, and what no row has. */
static void
assert_finds_half (Fixture *fixture, const char *column, MakeFunc make, const char *function)
{
  g_autoptr (GArray) values = g_array_sized_new (FALSE, FALSE, sizeof (OrmValue), N_VALUES);
  g_autofree char *expected =
      g_strdup_printf ("SELECT count(*) FROM \"item\" WHERE (\"%s\" IN (SELECT %s FROM json_each (?)))", column,
                       function);
  gint64 started;

  g_array_set_clear_func (values, (GDestroyNotify) orm_value_clear);
  for (gint64 i = 0; i < N_VALUES; i++)
    {
      OrmValue value = make (i < N_ROWS / 2 ? 2 * i : N_ROWS + i);

      g_array_append_val (values, value);
    }
  started = g_get_monotonic_time ();
  g_assert_cmpint (count (fixture, orm_in_values (column, (OrmValue *) (gpointer) values->data, N_VALUES)), ==,
                   N_ROWS / 2);
  g_test_message ("%s: %.1f ms", column, (double) (g_get_monotonic_time () - started) / 1000);
  orm_test_assert_statements (fixture->statements, expected, NULL);
  g_assert_cmpint (count (fixture, orm_not (orm_in_values (column, (OrmValue *) (gpointer) values->data, N_VALUES))),
                   ==, N_ROWS / 2);
  g_ptr_array_set_size (fixture->statements, 0);
}

static void
test_each_type (Fixture *fixture, gconstpointer data)
{
  assert_finds_half (fixture, "size", make_whole, "value");
  assert_finds_half (fixture, "created", make_whole, "value");
  assert_finds_half (fixture, "name", make_text, "value");
  assert_finds_half (fixture, "weight", make_real, "orm_value (value)");
  assert_finds_half (fixture, "data", make_blob, "orm_value (value)");
}

static void
test_last_bit (Fixture *fixture, gconstpointer data)
{
  const double reals[] = {
    DBL_MAX, -DBL_MAX, DBL_MIN, DBL_TRUE_MIN, DBL_EPSILON, INFINITY, -INFINITY, -0.0, 0.1, G_PI
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 500; i++)
    {
      OrmValue value = { .type = ORM_VALUE_DOUBLE };
      OrmParameter parameter = { 0 };
      guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

      if (i < G_N_ELEMENTS (reals))
        memcpy (&bits, &reals[i], sizeof bits);
      memcpy (&value.real, &bits, sizeof bits);
      if (isnan (value.real))
        continue;
      parameter.value = value;
      orm_database_execute (fixture->database, "UPDATE item SET weight = ? WHERE id = 1", &parameter, 1, NULL,
                            &fixture->error);
      g_assert_cmpint (count (fixture, orm_in_values ("weight", &value, 1)), ==, 1);
      /* Its neighbour is another. That of infinity is not a number. */
      bits ^= 1;
      memcpy (&value.real, &bits, sizeof bits);
      g_assert_cmpint (count (fixture, orm_in_values ("weight", &value, 1)), ==, 0);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Whole numbers beside fractions; bytes of any number. */
static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0'\"\xff", 4);
  const OrmValue reals[] = { { .type = ORM_VALUE_INT64, .int64 = 1 },
                             { .type = ORM_VALUE_INT64, .int64 = G_GINT64_CONSTANT (1) << 53 },
                             { .type = ORM_VALUE_INT64, .int64 = (G_GINT64_CONSTANT (1) << 54) + 1 },
                             { .type = ORM_VALUE_INT64, .int64 = G_MAXINT64 },
                             { .type = ORM_VALUE_DOUBLE, .real = 1.0 / 7 } };
  const OrmValue blobs[] = { { .type = ORM_VALUE_BLOB, .blob = none }, { .type = ORM_VALUE_BLOB, .blob = bytes } };

  orm_test_execute (fixture->database, "UPDATE item SET weight = 9007199254740992.0, data = x'' WHERE id = 3;"
                                       "UPDATE item SET weight = 18014398509481984.0 WHERE id = 5;"
                                       "UPDATE item SET weight = 9223372036854775808.0 WHERE id = 6;"
                                       "UPDATE item SET data = x'002722ff' WHERE id = 4");
  g_assert_cmpint (count (fixture, orm_in_values ("weight", reals, G_N_ELEMENTS (reals))), ==, 3);
  g_assert_cmpint (count (fixture, orm_in_values ("data", blobs, 2)), ==, 2);
  g_assert_cmpint (count (fixture, orm_in_values ("data", blobs, 1)), ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Whoever writes SQL can call it. */
static void
test_function (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "''", "'x'", "'d00'" };
  static const char *const right[] = { "orm_value (7) = 7",
                                       "orm_value (NULL) IS NULL",
                                       "orm_value ('tb') = 'b'",
                                       "orm_value ('b00ff') = x'00ff'",
                                       "orm_value ('b0zz') IS NOT NULL",
                                       "orm_value ('b') = x''" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT typeof (orm_value (%s))", wrong[i]);
      g_autoptr (OrmRows) rows = orm_database_select (fixture->database, sql, NULL, 0, NULL, &fixture->error);

      g_assert_null (rows);
      g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_FAILED);
      g_clear_error (&fixture->error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %s", right[i]);

      g_assert_cmpint (orm_test_get_int64 (fixture->database, sql), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/in/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("each-type", test_each_type);
  ADD ("last-bit", test_last_bit);
  ADD ("mixed", test_mixed);
  ADD ("function", test_function);

  return g_test_run ();
}
