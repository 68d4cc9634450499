/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-statements.h"

static void
on_transaction (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, gpointer statements)
{
  if (rows < 0)
    g_ptr_array_add (statements, g_strdup (sql));
}

void
statement_test_trace_transactions (StatementTest *test, OrmDatabase *database)
{
  g_signal_connect_data (database, "statement", G_CALLBACK (on_transaction), g_ptr_array_ref (test->statements),
                         (GClosureNotify) (void (*) (void)) g_ptr_array_unref, 0);
}

void
statement_test_commit (StatementTest *test)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (test->session, NULL, &error);
  g_assert_no_error (error);
}

guint
statement_test_all (StatementTest *test, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) objects = orm_session_all (test->session, query, NULL, &error);

  g_assert_no_error (error);
  return objects->len;
}

void
statement_test_filter (StatementTest *test, OrmExpression *expression)
{
  orm_query_filter (test->query, expression);
  statement_test_all (test, test->query);
}

static void
set_up (StatementTest *test, gconstpointer line)
{
  test->database = orm_test_shelf_open (":memory:");
  orm_test_execute (test->database, orm_test_item_migrations[0].sql);
  orm_test_execute (test->database, "INSERT INTO item (id, name, size) VALUES (1, 'a', 1), (2, 'b', 2)");
  orm_test_settle ();
  test->session = orm_session_new (test->database);
  test->item = orm_session_get (test->session, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  test->fresh = orm_test_item_new ("new", 3);
  test->query = orm_query_new (ORM_TYPE_TEST_ITEM);
  test->papers = orm_query_new (ORM_TYPE_TEST_PAPER);
  test->number = (OrmValue){ .type = ORM_VALUE_INT64, .int64 = 1 };
  test->text = (OrmValue){ .type = ORM_VALUE_TEXT, .text = (char *) "x" };
  test->statements = orm_test_trace (test->database);
}

static void
ask (StatementTest *test, gconstpointer data)
{
  const StatementLine *line = data;

  line->ask (test);
  for (guint i = 0; i < test->statements->len; i++)
    g_test_message ("%s", (char *) test->statements->pdata[i]);
  g_assert_cmpuint (test->statements->len, <, G_N_ELEMENTS (line->statements));
  for (guint i = 0; i < test->statements->len; i++)
    g_assert_cmpstr (test->statements->pdata[i], ==, line->statements[i]);
  g_assert_null (line->statements[test->statements->len]);
}

static void
tear_down (StatementTest *test, gconstpointer line)
{
  orm_query_free (test->query);
  orm_query_free (test->papers);
  g_assert_finalize_object (test->session);
  g_clear_object (&test->item);
  g_assert_finalize_object (test->fresh);
  g_ptr_array_unref (test->statements);
  g_assert_finalize_object (test->database);
  if (test->folder != NULL)
    orm_test_remove_folder (test->folder);
  g_free (test->path);
}

void
statement_test_add (const char *row, const StatementLine *lines, guint n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *path = g_strdup_printf ("/orm/statements/%s/%s", row, lines[i].word);

      g_test_add (path, StatementTest, &lines[i], set_up, ask, tear_down);
    }
}
