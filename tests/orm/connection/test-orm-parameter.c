/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

typedef struct
{
  OrmDatabase *database;
  GError *error;
} Fixture;

#define NUMBER(n)                                                                                                      \
  {                                                                                                                    \
    .type = ORM_VALUE_INT64, .int64 = (n)                                                                              \
  }
#define TEXT(t)                                                                                                        \
  {                                                                                                                    \
    .type = ORM_VALUE_TEXT, .text = (char *) (t)                                                                       \
  }

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  orm_test_execute (fixture->database,
                    "INSERT INTO item (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 20)");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  g_assert_finalize_object (fixture->database);
}

static void
test_position (Fixture *fixture, gconstpointer data)
{
  const OrmParameter parameters[] = { { NULL, NUMBER (20) }, { NULL, TEXT ("b") } };
  g_autoptr (OrmRows) rows =
      orm_database_select (fixture->database, "SELECT id, name FROM item WHERE size = ? AND name <> ?", parameters, 2,
                           NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (orm_rows_get_n_rows (rows), ==, 1);
  g_assert_cmpint (orm_rows_get (rows, 0, 0)->int64, ==, 3);
  g_assert_cmpstr (orm_rows_get (rows, 0, 1)->text, ==, "c");
}

static void
test_name (Fixture *fixture, gconstpointer data)
{
  const OrmParameter parameters[] = { { ":name", TEXT ("x' OR 1 --") }, { "size", NUMBER (20) } };
  g_autoptr (OrmRows) rows = NULL;

  g_assert_cmpint (orm_database_execute (fixture->database,
                                         "UPDATE item SET name = :name || id, weight = :size WHERE size = :size",
                                         parameters, 2, NULL, &fixture->error),
                   ==, 2);
  g_assert_no_error (fixture->error);
  rows =
      orm_database_select (fixture->database, "SELECT name FROM item ORDER BY id DESC", NULL, 0, NULL, &fixture->error);
  g_assert_cmpstr (orm_rows_get (rows, 0, 0)->text, ==, "x' OR 1 --3");
}

/* SQLite would tell the number of the statement before it. */
static void
test_schema (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (orm_database_execute (fixture->database, "UPDATE item SET size = 1", NULL, 0, NULL, &fixture->error),
                   >, 0);
  g_assert_cmpint (orm_database_execute (fixture->database, "CREATE TABLE other (id)", NULL, 0, NULL, &fixture->error),
                   ==, 0);
  g_assert_no_error (fixture->error);
}

static void
assert_invalid (Fixture *fixture, const char *sql, const OrmParameter *parameters, guint n, const char *word)
{
  g_assert_null (orm_database_select (fixture->database, sql, parameters, n, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, word));
  g_clear_error (&fixture->error);
}

static void
test_checked (Fixture *fixture, gconstpointer data)
{
  const OrmParameter unnamed[] = { { NULL, NUMBER (1) }, { NULL, NUMBER (2) } };
  const OrmParameter named[] = { { "a", NUMBER (1) }, { "b", NUMBER (2) } };
  const OrmParameter twice[] = { { "a", NUMBER (1) }, { ":a", NUMBER (2) } };

  assert_invalid (fixture, "SELECT ?", NULL, 0, "takes 1 parameters, and 0 were given");
  assert_invalid (fixture, "SELECT ?", unnamed, 2, "takes 1 parameters, and 2 were given");
  assert_invalid (fixture, "SELECT 1", unnamed, 1, "takes 0 parameters");
  assert_invalid (fixture, "SELECT :a, :c", named, 2, "2 (b)");
  assert_invalid (fixture, "SELECT :a, :b", twice, 2, "twice");
  assert_invalid (fixture, "SELECT :a, :b", unnamed, 2, "without a name");
  assert_invalid (fixture, "DELETE FROM item", NULL, 0, "writes");
  assert_invalid (fixture, "SELECT 1; SELECT 2", NULL, 0, "one statement");
  g_assert_cmpint (orm_database_execute (fixture->database, "DELETE FROM item WHERE id = ?", NULL, 0, NULL,
                                         &fixture->error),
                   ==, -1);
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 3);
}

/* The transaction is the mapper's, and the connection too. */
static void
test_controls (Fixture *fixture, gconstpointer data)
{
  static const char *const statements[] = { "BEGIN",
                                            "commit",
                                            " ; -- why\n ROLLBACK",
                                            "/* a */ SAVEPOINT a",
                                            "EXPLAIN RELEASE a",
                                            "explain query plan END",
                                            "ATTACH ':memory:' AS other",
                                            "VACUUM" };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_test_message ("%s", statements[i]);
      g_assert_cmpint (orm_database_execute (fixture->database, statements[i], NULL, 0, NULL, &fixture->error), ==, -1);
      g_assert_nonnull (fixture->error);
      g_clear_error (&fixture->error);
      g_assert_null (orm_database_select (fixture->database, statements[i], NULL, 0, NULL, &fixture->error));
      g_clear_error (&fixture->error);
    }
  assert_invalid (fixture, "SAVEPOINT a", NULL, 0, "OrmScope");
  assert_invalid (fixture, "PRAGMA foreign_keys = OFF", NULL, 0, "pragma_table_info");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM pragma_table_info ('item')"), >, 3);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "EXPLAIN SELECT 1"), >=, 0);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "WITH begin AS (SELECT 1 AS n) SELECT n FROM begin"), ==, 1);
}

/* What is explained is the statement as the schema is now: SQLite would read what it has let go of. */
static void
test_explain (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *add = g_strdup_printf ("ALTER TABLE item ADD COLUMN more%u INTEGER", i);

      g_assert_cmpint (orm_database_execute (fixture->database, "EXPLAIN DELETE FROM item", NULL, 0, NULL,
                                             &fixture->error),
                       >=, 0);
      g_assert_no_error (fixture->error);
      orm_database_execute (fixture->database, add, NULL, 0, NULL, &fixture->error);
      g_assert_no_error (fixture->error);
    }
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 3);
}

static void
test_objects (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmSession) session = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) live = orm_session_get (session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);
  g_autoptr (GPtrArray) objects = NULL;
  const OrmParameter parameter = { NULL, NUMBER (20) };

  objects = orm_session_all_sql (session, ORM_TYPE_TEST_ITEM,
                                 "SELECT length (name) AS letters, marks, kind, created, data, is_done, weight, size, "
                                 "name, id FROM item WHERE size = ? ORDER BY id",
                                 &parameter, 1, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (objects->len, ==, 2);
  g_assert_true (objects->pdata[0] == live);
  g_assert_cmpstr (ORM_TEST_ITEM (objects->pdata[1])->name, ==, "c");

  g_assert_null (
      orm_session_all_sql (session, ORM_TYPE_TEST_ITEM, "SELECT id, name FROM item", NULL, 0, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, "item.size"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/parameter/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("position", test_position);
  ADD ("name", test_name);
  ADD ("schema-changes-no-row", test_schema);
  ADD ("checked", test_checked);
  ADD ("controls", test_controls);
  ADD ("explain", test_explain);
  ADD ("objects", test_objects);

  return g_test_run ();
}
