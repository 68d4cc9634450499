/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"

#include <string.h>

#define SELECT_NAME "SELECT \"id\", \"name\" FROM \"item\""

/* Of the table. */
static const char content[] = "INSERT INTO item (id, name, size, data) VALUES (1, 'a', 10, x'01'), (2, 'b', 20, x'02')";

static void
set_up (ItemTest *fixture, gconstpointer data)
{
  item_test_set_up (fixture, data);
  orm_query_load_only (fixture->query, "name", NULL);
}

static OrmTestItem *
read_first (ItemTest *fixture)
{
  OrmTestItem *item = orm_session_first (fixture->session, fixture->query, NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return item;
}

static void
commit (ItemTest *fixture)
{
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static gboolean
has (OrmTestItem *item, guint column)
{
  return orm_entity_is_loaded_column (ORM_ENTITY (item), column);
}

static void
test_read (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);

  orm_test_assert_statements (fixture->statements, SELECT_NAME " LIMIT ? OFFSET ?", NULL);
  g_assert_cmpstr (item->name, ==, "a");
  g_assert_cmpint (item->size, ==, 0);
  g_assert_null (item->data);
  g_assert_true (has (item, ORM_TEST_ITEM_ID) && has (item, ORM_TEST_ITEM_NAME));
  g_assert_false (has (item, ORM_TEST_ITEM_SIZE));
  g_assert_true (orm_entity_check_loaded (ORM_ENTITY (item), ORM_TEST_ITEM_NAME, &fixture->error));
  g_assert_false (orm_entity_check_loaded (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_assert_nonnull (strstr (fixture->error->message, "item.size of the row 1 was not loaded: orm_session_refresh()"));
  g_clear_error (&fixture->error);
  orm_test_assert_statements (fixture->statements, NULL);
}

/* Nothing that was not loaded is written, and a 0 is a value where it is set. */
static void
test_write (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);

  g_object_set (item, "name", "c", NULL);
  commit (fixture);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item WHERE name = 'c'"), ==, 10);
  g_ptr_array_set_size (fixture->statements, 0);
  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, 0);
  g_assert_true (has (item, ORM_TEST_ITEM_SIZE));
  commit (fixture);
  orm_test_assert_statements (fixture->statements, "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?", NULL);
  g_assert_true (has (item, ORM_TEST_ITEM_SIZE));
  g_assert_false (has (item, ORM_TEST_ITEM_DATA));
}

/* What it was is not known: it cannot be checked, and goes back to not loaded. */
static void
test_rollback_and_checks (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);

  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, 7);
  orm_session_rollback (fixture->session);
  g_assert_false (has (item, ORM_TEST_ITEM_SIZE));
  g_assert_cmpint (item->size, ==, 0);

  orm_session_set_checks_stale (fixture->session, TRUE);
  g_ptr_array_set_size (fixture->statements, 0);
  g_object_set (item, "size", G_GINT64_CONSTANT (7), "name", "c", NULL);
  commit (fixture);
  g_object_set (item, "size", G_GINT64_CONSTANT (8), NULL);
  commit (fixture);
  orm_test_assert_statements (fixture->statements,
                              "UPDATE \"item\" SET \"name\" = ?, \"size\" = ? WHERE \"id\" = ? AND \"name\" IS ?",
                              "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ? AND \"size\" IS ?", NULL);
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(guint *) data;
}

static void
test_later_query_fills (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);
  g_autoptr (OrmTestItem) same = NULL;
  g_autoptr (OrmQuery) sizes = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (OrmQuery) full = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) again = NULL;
  guint n_notified = 0;

  g_signal_connect (item, "notify::size", G_CALLBACK (count_notify), &n_notified);
  g_object_set (item, "name", "mine", NULL);
  orm_query_load_only (sizes, "size", "weight", NULL);
  items = orm_session_all (fixture->session, sizes, NULL, &fixture->error);
  g_assert_true (items->pdata[0] == item);
  g_assert_cmpint (item->size, ==, 10);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (has (item, ORM_TEST_ITEM_SIZE));
  g_assert_false (has (item, ORM_TEST_ITEM_DATA));

  /* An edit of what was not loaded is not overwritten either. */
  g_object_set (item, "data", NULL, NULL);
  again = orm_session_all (fixture->session, full, NULL, &fixture->error);
  g_assert_true (has (item, ORM_TEST_ITEM_DATA) && has (item, ORM_TEST_ITEM_CREATED));
  g_assert_null (item->data);
  g_assert_cmpstr (item->name, ==, "mine");
  orm_session_rollback (fixture->session);
  g_assert_cmpuint (g_bytes_get_size (item->data), ==, 1);
  g_assert_cmpstr (item->name, ==, "a");

  /* One that has all keeps it. */
  same = read_first (fixture);
  g_assert_true (same == item && has (item, ORM_TEST_ITEM_SIZE));
}

static void
test_refresh (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);

  g_ptr_array_set_size (fixture->statements, 0);
  g_assert_true (orm_session_refresh (fixture->session, ORM_ENTITY (item), NULL, &fixture->error));
  orm_test_assert_statements (fixture->statements, ITEM_SELECT " WHERE \"id\" = ?", NULL);
  g_assert_true (orm_entity_check_loaded (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, &fixture->error));
  g_assert_cmpint (item->size, ==, 10);
}

/* A page goes on after its last row, and so has what it is sorted by. */
static void
test_page (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);
  g_autoptr (OrmQuery) next = orm_query_new (ORM_TYPE_TEST_ITEM);
  OrmQuery *query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (OrmCursor) cursor = NULL;
  g_autoptr (OrmTestItem) first = NULL;
  g_autoptr (OrmTestItem) second = NULL;

  orm_query_order_by (next, "size", ORM_ORDER_ASCENDING);
  orm_query_page (next, ORM_ENTITY (item), 10);
  g_assert_null (orm_session_all (fixture->session, next, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_clear_error (&fixture->error);

  g_ptr_array_set_size (fixture->statements, 0);
  orm_query_load_only (query, "name", NULL);
  orm_query_order_by (query, "size", ORM_ORDER_DESCENDING);
  cursor = orm_cursor_new (fixture->session, query, 1);
  first = orm_cursor_next (cursor, NULL, &fixture->error);
  second = orm_cursor_next (cursor, NULL, &fixture->error);
  g_assert_cmpstr (first->name, ==, "b");
  g_assert_true (second == item);
  g_assert_true (g_str_has_prefix (fixture->statements->pdata[0], "SELECT \"id\", \"name\", \"size\" FROM \"item\""));
}

static void
test_scope_and_merge (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = read_first (fixture);
  OrmScope *scope = orm_session_begin (fixture->session, &fixture->error);
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) theirs = NULL;

  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, 7);
  orm_session_flush (fixture->session, NULL, &fixture->error);
  g_assert_true (has (item, ORM_TEST_ITEM_SIZE));
  g_assert_finalize_object (scope);
  g_assert_false (has (item, ORM_TEST_ITEM_SIZE));

  /* Nobody else gets what it does not have. */
  g_object_set (item, "name", "mine", NULL);
  theirs = orm_session_merge (other, ORM_ENTITY (item), NULL, &fixture->error);
  g_assert_cmpint (theirs->size, ==, 10);
  g_assert_cmpstr (theirs->name, ==, "mine");
  g_assert_finalize_object (other);
  orm_session_rollback (fixture->session);
}

static void
test_unknown_column (ItemTest *fixture, gconstpointer data)
{
  orm_query_load_only (fixture->query, "title", NULL);
  g_assert_null (orm_session_all (fixture->session, fixture->query, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, "item has no column “title”"));
  g_clear_error (&fixture->error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/orm/load-only/" path, ItemTest, content, set_up, function, item_test_tear_down)
  ADD ("read", test_read);
  ADD ("write", test_write);
  ADD ("rollback-and-checks", test_rollback_and_checks);
  ADD ("later-query-fills", test_later_query_fills);
  ADD ("refresh", test_refresh);
  ADD ("page", test_page);
  ADD ("scope-and-merge", test_scope_and_merge);
  ADD ("unknown-column", test_unknown_column);

  return g_test_run ();
}
