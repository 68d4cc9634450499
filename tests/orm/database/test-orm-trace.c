/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

/* What is told of statements: by a signal, and in the log. */

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  GString *told;
  GError *error;
} Fixture;

static void
on_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, Fixture *fixture)
{
  g_assert_cmpint (microseconds, >=, 0);
  if (rows < 0)
    g_string_append_printf (fixture->told, "%s\n", sql);
  else
    g_string_append_printf (fixture->told, "%.6s, %" G_GINT64_FORMAT "\n", sql, rows);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  fixture->told = g_string_new (NULL);
  g_signal_connect (fixture->database, "statement", G_CALLBACK (on_statement), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
  g_string_free (fixture->told, TRUE);
}

static void
add_item (Fixture *fixture)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 1);

  orm_session_add (fixture->session, ORM_ENTITY (item));
}

static void
assert_told (Fixture *fixture, const char *expected)
{
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  add_item (fixture);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  assert_told (fixture, "BEGIN IMMEDIATE\nINSERT, 0\nCOMMIT\n");
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

  /* One statement is a snapshot by itself. */
  g_assert_cmpint (orm_session_count (fixture->session, query, NULL, &fixture->error), ==, 0);
  assert_told (fixture, "SELECT, 1\n");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT 3"), ==, 3);
  assert_told (fixture, "BEGIN\nSELECT, 1\nCOMMIT\n");
}

static void
test_scopes (Fixture *fixture, gconstpointer data)
{
  OrmScope *outer = orm_session_begin (fixture->session, &fixture->error);
  OrmScope *inner;

  assert_told (fixture, "BEGIN IMMEDIATE\n");
  inner = orm_session_begin (fixture->session, &fixture->error);
  assert_told (fixture, "SAVEPOINT level_1\n");
  g_assert_true (orm_scope_commit (inner, NULL, &fixture->error));
  assert_told (fixture, "RELEASE level_1\n");
  g_assert_finalize_object (inner);

  inner = orm_session_begin (fixture->session, &fixture->error);
  g_string_truncate (fixture->told, 0);
  orm_scope_rollback (inner);
  assert_told (fixture, "ROLLBACK TO level_1; RELEASE level_1\n");
  g_assert_finalize_object (inner);
  orm_scope_rollback (outer);
  assert_told (fixture, "ROLLBACK\n");
  g_assert_finalize_object (outer);
}

static void
test_log (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { 0 };

      set_up (&fixture, NULL);
      add_item (&fixture);
      orm_session_commit (fixture.session, NULL, &fixture.error);
      g_assert_no_error (fixture.error);
      tear_down (&fixture, NULL);
      return;
    }
  g_setenv ("G_MESSAGES_DEBUG", "orm-sql", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("G_MESSAGES_DEBUG");
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*ms: BEGIN IMMEDIATE*ms, 0 rows: INSERT*ms: COMMIT*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/trace/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("commit", test_commit);
  ADD ("read", test_read);
  ADD ("scopes", test_scopes);
  g_test_add_func ("/orm/trace/log", test_log);

  return g_test_run ();
}
