/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

static OrmConnection *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  OrmConnection *connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, &error);

  g_assert_no_error (error);
  return connection;
}

static OrmStatement *
prepare (OrmConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  OrmStatement *statement = orm_connection_prepare (connection, sql, &error);

  g_assert_no_error (error);
  return statement;
}

static void
test_texts_come_back (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  OrmStatement *statement = prepare (connection, "SELECT ?, ?");
  gsize length;

  orm_statement_bind_text (statement, 1, "a\0b", 3);
  orm_statement_bind_text (statement, 2, NULL, -1);
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_cmpmem (orm_statement_get_text (statement, 0, NULL), 4, "a\0b", 4);
  orm_statement_get_text (statement, 0, &length);
  g_assert_cmpuint (length, ==, 3);
  g_assert_true (orm_statement_is_null (statement, 1));
  g_assert_null (orm_statement_get_text (statement, 1, NULL));
}

/* What no string can hold has a sign in its place, and what is behind it is there. */
static void
test_texts_that_are_none (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  OrmStatement *statement = prepare (connection, "SELECT ?, ?, ?, ?");
  const char *const expected[] = { "a\357\277\275b", "a\357\277\275b", "a\303\244b", NULL };

  orm_statement_bind_text (statement, 1, "a\0b", 3);
  orm_statement_bind_text (statement, 2, "a\377b", 3);
  orm_statement_bind_text (statement, 3, "a\303\244b", 4);
  orm_statement_bind_text (statement, 4, NULL, -1);
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = orm_statement_dup_text (statement, (int) i);
      OrmValue value = { 0 };

      g_assert_cmpstr (text, ==, expected[i]);
      orm_statement_get_value (statement, (int) i, &value);
      g_assert_cmpint (value.type, ==, expected[i] != NULL ? ORM_VALUE_TEXT : ORM_VALUE_NULL);
      if (expected[i] != NULL)
        g_assert_cmpstr (value.text, ==, expected[i]);
      orm_value_clear (&value);
    }
}

static void
test_values_come_back (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  OrmStatement *statement = prepare (connection, "SELECT ?, ?, ?, ?");
  gsize length;

  orm_statement_bind_int64 (statement, 1, G_MININT64);
  orm_statement_bind_double (statement, 2, 0.1);
  orm_statement_bind_blob (statement, 3, "\0\1", 2);
  orm_statement_bind_blob (statement, 4, NULL, 0);
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_cmpint (orm_statement_get_int64 (statement, 0), ==, G_MININT64);
  g_assert_cmpfloat (orm_statement_get_double (statement, 1), ==, 0.1);
  g_assert_nonnull (orm_statement_get_blob (statement, 2, &length));
  g_assert_cmpuint (length, ==, 2);
  g_assert_false (orm_statement_is_null (statement, 3));
  orm_statement_get_blob (statement, 3, &length);
  g_assert_cmpuint (length, ==, 0);
}

static void
test_done_stays_done (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  OrmStatement *statement = prepare (connection, "SELECT 1");

  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_DONE);
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_DONE);
}

static void
test_plain_values (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GBytes) bytes = g_bytes_new ("xyz", 3);
  OrmStatement *statement = prepare (connection, "SELECT ?");
  OrmValue values[5] = { ORM_VALUE_INIT };

  orm_value_set_int64 (&values[1], 7);
  orm_value_set_double (&values[2], 7.5);
  orm_value_set_text (&values[3], "'; DROP TABLE x; --");
  orm_value_set_blob (&values[4], bytes);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_auto (OrmValue) read = ORM_VALUE_INIT;

      orm_statement_bind_value (statement, 1, &values[i]);
      g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
      orm_statement_get_value (statement, 0, &read);
      g_assert_true (orm_value_equal (&values[i], &read));
      orm_statement_reset (statement);
      orm_value_clear (&values[i]);
    }
}

static void
test_prepare_unbinds (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  OrmStatement *statement = prepare (connection, "SELECT ?");

  orm_statement_bind_int64 (statement, 1, 5);
  g_assert_true (orm_statement_run (statement, NULL));
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_cmpint (orm_statement_get_int64 (statement, 0), ==, 5);
  statement = prepare (connection, "SELECT ?");
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_true (orm_statement_is_null (statement, 0));
}

static void
test_wrong_position (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GError) error = NULL;
  OrmStatement *statement = prepare (connection, "SELECT ?");

  orm_statement_bind_int64 (statement, 2, 5);
  g_assert_cmpint (orm_statement_step (statement, &error), ==, ORM_STEP_ERROR);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&error);
  orm_statement_reset (statement);
  g_assert_true (orm_statement_run (statement, &error));
  g_assert_no_error (error);
}

static void
test_array (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autofree gint64 *values = g_new (gint64, 100000);
  OrmStatement *statement = prepare (connection, "SELECT count (*), sum (value) FROM json_each (?)");
  gint64 sum = 0;

  for (gint64 i = 0; i < 100000; i++)
    sum += values[i] = i * i - 50;
  orm_statement_bind_array (statement, 1, values, 100000);
  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_cmpint (orm_statement_get_int64 (statement, 0), ==, 100000);
  g_assert_cmpint (orm_statement_get_int64 (statement, 1), ==, sum);
}

static void
test_error_resets (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GError) error = NULL;
  OrmStatement *insert;

  orm_connection_execute (connection, "CREATE TABLE one (id INTEGER PRIMARY KEY)", NULL);
  insert = prepare (connection, "INSERT INTO one VALUES (?)");
  for (guint i = 0; i < 2; i++)
    {
      orm_statement_bind_int64 (insert, 1, 1);
      orm_statement_run (insert, i == 0 ? NULL : &error);
    }
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  orm_statement_bind_int64 (insert, 1, 2);
  g_assert_true (orm_statement_run (insert, NULL));
  g_assert_cmpint (orm_connection_get_last_insert_id (connection), ==, 2);
  g_assert_cmpint (orm_connection_get_n_changes (connection), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/statement/texts-come-back", test_texts_come_back);
  g_test_add_func ("/orm/statement/texts-that-are-none", test_texts_that_are_none);
  g_test_add_func ("/orm/statement/values-come-back", test_values_come_back);
  g_test_add_func ("/orm/statement/done-stays-done", test_done_stays_done);
  g_test_add_func ("/orm/statement/plain-values", test_plain_values);
  g_test_add_func ("/orm/statement/prepare-unbinds", test_prepare_unbinds);
  g_test_add_func ("/orm/statement/wrong-position", test_wrong_position);
  g_test_add_func ("/orm/statement/array", test_array);
  g_test_add_func ("/orm/statement/error-resets", test_error_resets);

  return g_test_run ();
}
