/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

/* The _async forms that have no place beside others: the same statement, result and error as the plain form. */

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  OrmQuery *query; /* by size, from 2 */
  GPtrArray *statements;
  GAsyncResult *result;
  GError *error;
} Fixture;

#define SELECT                                                                                                         \
  "SELECT \"id\", \"name\", \"size\", \"weight\", \"is_done\", \"data\", \"created\", \"kind\", \"marks\" FROM "       \
  "\"item\""
#define SELECT_QUERY SELECT " WHERE (\"size\" >= ?) ORDER BY \"size\""

static void
set_up (Fixture *fixture, gconstpointer data)
{
  OrmValue two = { .type = ORM_VALUE_INT64, .int64 = 2 };

  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  orm_test_execute (fixture->database, "INSERT INTO item (name, size) VALUES ('a', 1), ('b', 2), ('c', 3)");
  orm_test_settle ();
  fixture->query = orm_query_new (ORM_TYPE_TEST_ITEM);
  orm_query_filter (fixture->query, orm_compare ("size", ">=", &two));
  orm_query_order_by (fixture->query, "size", ORM_ORDER_ASCENDING);
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  orm_query_free (fixture->query);
  g_clear_object (&fixture->result);
  g_ptr_array_unref (fixture->statements);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

/* Nothing is told before the call returns. */
static GAsyncResult *
wait_for (Fixture *fixture)
{
  g_assert_null (fixture->result);
  orm_test_wait_result (&fixture->result);
  return fixture->result;
}

static void
again (Fixture *fixture)
{
  g_clear_object (&fixture->result);
}

static void
assert_error (Fixture *fixture, GQuark domain, int code)
{
  g_assert_error (fixture->error, domain, code);
  g_clear_error (&fixture->error);
  again (fixture);
}

static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = NULL;
  OrmValue nine = { .type = ORM_VALUE_INT64, .int64 = 9 };

  orm_session_first_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  item = orm_session_first_finish (fixture->session, wait_for (fixture), &fixture->error);
  g_assert_cmpstr (item->name, ==, "b");
  orm_test_assert_statements (fixture->statements, SELECT_QUERY " LIMIT ? OFFSET ?", NULL);
  again (fixture);

  orm_query_filter (fixture->query, orm_compare ("size", ">", &nine));
  orm_session_first_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  g_assert_null (orm_session_first_finish (fixture->session, wait_for (fixture), &fixture->error));
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = NULL;
  OrmValue three = { .type = ORM_VALUE_INT64, .int64 = 3 };
  OrmValue nine = { .type = ORM_VALUE_INT64, .int64 = 9 };

  orm_session_one_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  g_assert_null (orm_session_one_finish (fixture->session, wait_for (fixture), &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_MANY_ROWS);
  orm_query_filter (fixture->query, orm_compare ("size", ">=", &three));
  orm_session_one_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  item = orm_session_one_finish (fixture->session, wait_for (fixture), &fixture->error);
  g_assert_cmpstr (item->name, ==, "c");
  again (fixture);
  orm_query_filter (fixture->query, orm_compare ("size", ">=", &nine));
  orm_session_one_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  g_assert_null (orm_session_one_finish (fixture->session, wait_for (fixture), &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_NO_ROW);
}

static void
test_exists (Fixture *fixture, gconstpointer data)
{
  OrmValue nine = { .type = ORM_VALUE_INT64, .int64 = 9 };
  gboolean exists = FALSE;

  orm_session_exists_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  g_assert_true (orm_session_exists_finish (fixture->session, wait_for (fixture), &exists, &fixture->error));
  g_assert_true (exists);
  again (fixture);
  orm_query_filter (fixture->query, orm_compare ("size", ">=", &nine));
  orm_session_exists_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &fixture->result);
  g_assert_true (orm_session_exists_finish (fixture->session, wait_for (fixture), &exists, &fixture->error));
  g_assert_false (exists);
}

static void
test_all_sql (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  const OrmParameter size = { "size", { .type = ORM_VALUE_INT64, .int64 = 2 } };

  orm_session_all_sql_async (fixture->session, ORM_TYPE_TEST_ITEM, "SELECT * FROM item WHERE size = :size", &size, 1,
                             NULL, orm_test_keep_result, &fixture->result);
  items = orm_session_all_finish (fixture->session, wait_for (fixture), &fixture->error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (ORM_TEST_ITEM (items->pdata[0])->name, ==, "b");
  again (fixture);
  orm_session_all_sql_async (fixture->session, ORM_TYPE_TEST_ITEM, "SELECT id FROM item", NULL, 0, NULL,
                             orm_test_keep_result, &fixture->result);
  g_assert_null (orm_session_all_finish (fixture->session, wait_for (fixture), &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID);
}

static void
test_sql (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmRows) rows = NULL;
  const OrmParameter size = { NULL, { .type = ORM_VALUE_INT64, .int64 = 2 } };

  orm_database_execute_async (fixture->database, "UPDATE item SET weight = size WHERE size >= ?", &size, 1, NULL,
                              orm_test_keep_result, &fixture->result);
  g_assert_cmpint (orm_database_execute_finish (fixture->database, wait_for (fixture), &fixture->error), ==, 2);
  again (fixture);
  orm_database_select_async (fixture->database, "SELECT sum (weight), count (*) FROM item WHERE size >= ?", &size, 1,
                             NULL, orm_test_keep_result, &fixture->result);
  rows = orm_database_select_finish (fixture->database, wait_for (fixture), &fixture->error);
  g_assert_cmpfloat (orm_rows_get (rows, 0, 0)->real, ==, 5);
  g_assert_cmpint (orm_rows_get (rows, 0, 1)->int64, ==, 2);
  again (fixture);

  orm_database_select_async (fixture->database, "DELETE FROM item", NULL, 0, NULL, orm_test_keep_result,
                             &fixture->result);
  g_assert_null (orm_database_select_finish (fixture->database, wait_for (fixture), &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID);
  orm_database_execute_async (fixture->database, "DELETE FROM item WHERE size = ?", NULL, 0, NULL, orm_test_keep_result,
                              &fixture->result);
  g_assert_cmpint (orm_database_execute_finish (fixture->database, wait_for (fixture), &fixture->error), ==, -1);
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID);
}

static OrmTestItem *
next (Fixture *fixture, OrmCursor *cursor)
{
  OrmTestItem *item;

  orm_cursor_next_async (cursor, NULL, orm_test_keep_result, &fixture->result);
  item = orm_cursor_next_finish (cursor, wait_for (fixture), &fixture->error);
  g_assert_no_error (fixture->error);
  again (fixture);
  return item;
}

/* A batch of two: three objects are two statements. */
static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (fixture->session, orm_query_new (ORM_TYPE_TEST_ITEM), 2);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (OrmTestItem) item = NULL;

  while ((item = next (fixture, cursor)) != NULL)
    {
      g_string_append (names, item->name);
      g_clear_object (&item);
    }
  g_assert_cmpstr (names->str, ==, "abc");
  g_assert_cmpuint (fixture->statements->len, ==, 2);
  g_assert_null (next (fixture, cursor));
  g_assert_cmpuint (fixture->statements->len, ==, 2);
}

/* The cursor may go while it is read from. */
static void
test_cursor_goes (Fixture *fixture, gconstpointer data)
{
  OrmCursor *cursor = orm_cursor_new (fixture->session, orm_query_new (ORM_TYPE_TEST_ITEM), 2);

  orm_cursor_next_async (cursor, NULL, orm_test_keep_result, &fixture->result);
  orm_cursor_free (cursor);
  wait_for (fixture);
}

static void
test_cursor_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (fixture->session, orm_query_new (ORM_TYPE_TEST_ITEM), 2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) item = NULL;

  g_cancellable_cancel (cancellable);
  orm_cursor_next_async (cursor, cancellable, orm_test_keep_result, &fixture->result);
  g_assert_null (orm_cursor_next_finish (cursor, wait_for (fixture), &fixture->error));
  assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* A second try goes on at the same place. */
  item = next (fixture, cursor);
  g_assert_cmpstr (item->name, ==, "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/async/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("first", test_first);
  ADD ("one", test_one);
  ADD ("exists", test_exists);
  ADD ("all-sql", test_all_sql);
  ADD ("sql", test_sql);
  ADD ("cursor", test_cursor);
  ADD ("cursor/goes", test_cursor_goes);
  ADD ("cursor/cancelled", test_cursor_cancelled);

  return g_test_run ();
}
