/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"

/* Of the table. */
static const char content[] = "INSERT INTO item (id, name, size, weight, created) VALUES (1, 'a', 10, 0.5, 1), "
                              "(2, 'b', 20, 1.5, NULL), (3, 'c', 20, 2.5, 3), (4, 'd', 40, 3.5, NULL)";

static void
tear_down (ItemTest *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  item_test_tear_down (fixture, data);
}

static OrmValue
number (gint64 value)
{
  return (OrmValue){ .type = ORM_VALUE_INT64, .int64 = value };
}

static void
filter_size (ItemTest *fixture, const char *operator, gint64 size)
{
  OrmValue value = number (size);

  orm_query_filter (fixture->query, orm_compare ("size", operator, & value));
}

#define assert_invalid(fixture, word)                                                                                  \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_assert_error ((fixture)->error, ORM_ERROR, ORM_ERROR_INVALID);                                                   \
    g_assert_nonnull (strstr ((fixture)->error->message, word));                                                       \
    g_assert_cmpuint ((fixture)->statements->len, ==, 0);                                                              \
    g_clear_error (&(fixture)->error);                                                                                 \
  }                                                                                                                    \
  G_STMT_END

static void
test_first (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = NULL;

  filter_size (fixture, "=", 20);
  orm_query_order_by (fixture->query, "name", ORM_ORDER_DESCENDING);
  item = orm_session_first (fixture->session, fixture->query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (item->name, ==, "c");
  assert_statements (fixture, ITEM_SELECT " WHERE (\"size\" = ?) ORDER BY \"name\" DESC LIMIT ? OFFSET ?");

  filter_size (fixture, ">", 20);
  g_assert_null (orm_session_first (fixture->session, fixture->query, NULL, &fixture->error));
  g_assert_no_error (fixture->error);
}

static void
test_one (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = NULL;

  filter_size (fixture, ">=", 20);
  g_assert_null (orm_session_one (fixture->session, fixture->query, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_MANY_ROWS);
  g_clear_error (&fixture->error);
  filter_size (fixture, ">", 20);
  item = orm_session_one (fixture->session, fixture->query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (item->id, ==, 4);
  filter_size (fixture, "<", 20);
  g_assert_null (orm_session_one (fixture->session, fixture->query, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NO_ROW);
}

static void
test_count (ItemTest *fixture, gconstpointer data)
{
  gboolean exists = FALSE;

  filter_size (fixture, ">=", 20);
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, &fixture->error), ==, 3);
  assert_statements (fixture, "SELECT count(*) FROM \"item\" WHERE (\"size\" >= ?)");
  g_assert_true (orm_session_exists (fixture->session, fixture->query, &exists, NULL, &fixture->error));
  g_assert_true (exists);
  assert_statements (fixture, "SELECT EXISTS (SELECT 1 FROM \"item\" WHERE (\"size\" >= ?))");
  orm_query_limit (fixture->query, 2);
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, &fixture->error), ==, 2);
  orm_query_offset (fixture->query, 3);
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, &fixture->error), ==, 0);
  g_assert_true (orm_session_exists (fixture->session, fixture->query, &exists, NULL, &fixture->error));
  g_assert_false (exists);
}

static void
test_count_async (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  orm_session_count_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &counted);
  orm_session_count_async (fixture->session, fixture->query, cancellable, orm_test_keep_result, &cancelled);
  orm_test_wait_result (&counted);
  orm_test_wait_result (&cancelled);
  g_assert_cmpint (orm_session_count_finish (fixture->session, counted, &fixture->error), ==, 4);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (orm_session_count_finish (fixture->session, cancelled, &fixture->error), ==, -1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_gone (gpointer data)
{
  return orm_entity_is_gone (data);
}

static void
test_delete_all (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) live = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);

  g_ptr_array_set_size (fixture->statements, 0);
  filter_size (fixture, "=", 20);
  g_assert_cmpint (orm_session_delete_all (fixture->session, fixture->query, NULL, &fixture->error), ==, 2);
  g_assert_no_error (fixture->error);
  assert_statements (fixture, "DELETE FROM \"item\" WHERE (\"size\" = ?)");
  orm_test_wait (is_gone, live);
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, NULL), ==, 0);
}

static gboolean
has_size_7 (gpointer data)
{
  return ORM_TEST_ITEM (data)->size == 7;
}

static void
test_update_all (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) live = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  const OrmAssignment assignments[] = { { "size", number (7) }, { "created", ORM_VALUE_INIT } };

  g_ptr_array_set_size (fixture->statements, 0);
  filter_size (fixture, "=", 20);
  g_assert_cmpint (orm_session_update_all (fixture->session, fixture->query, assignments, 2, NULL, &fixture->error), ==,
                   2);
  g_assert_no_error (fixture->error);
  assert_statements (fixture, "UPDATE \"item\" SET \"size\" = ?, \"created\" = ? WHERE (\"size\" = ?)");
  orm_test_wait (has_size_7, live);
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT count(*) FROM item WHERE size = 7 AND created IS NULL"),
                   ==, 2);

  orm_session_update_all_async (fixture->session, fixture->query, assignments, 2, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_cmpint (orm_session_update_all_finish (fixture->session, result, &fixture->error), ==, 0);
  g_assert_no_error (fixture->error);
}

static void
assert_update_invalid (ItemTest *fixture, const char *column, OrmValue value, const char *word)
{
  const OrmAssignment assignment = { column, value };

  g_assert_cmpint (orm_session_update_all (fixture->session, fixture->query, &assignment, 1, NULL, &fixture->error), ==,
                   -1);
  assert_invalid (fixture, word);
}

static void
test_update_all_checked (ItemTest *fixture, gconstpointer data)
{
  OrmValue letters = { .type = ORM_VALUE_TEXT, .text = (char *) "a text of more than twenty" };

  assert_update_invalid (fixture, "colour", number (1), "colour");
  assert_update_invalid (fixture, "size\" = 1 --", number (1), "size\" = 1");
  assert_update_invalid (fixture, "id", number (9), "item.id");
  assert_update_invalid (fixture, "size", letters, "item.size");
  assert_update_invalid (fixture, "name", letters, "item.name");
  assert_update_invalid (fixture, "name", (OrmValue) ORM_VALUE_INIT, "item.name");
  orm_query_limit (fixture->query, 1);
  assert_update_invalid (fixture, "size", number (1), "limit");
  g_assert_cmpint (orm_session_delete_all (fixture->session, fixture->query, NULL, &fixture->error), ==, -1);
  assert_invalid (fixture, "limit");
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, NULL), ==, 1);
}

static void
assert_int64 (OrmRows *rows, guint row, guint column, gint64 expected)
{
  g_assert_cmpint (orm_rows_get (rows, row, column)->type, ==, ORM_VALUE_INT64);
  g_assert_cmpint (orm_rows_get (rows, row, column)->int64, ==, expected);
}

static void
test_aggregates (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (fixture->query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_select (fixture->query, ORM_AGGREGATE_COUNT, "created");
  orm_query_select (fixture->query, ORM_AGGREGATE_COUNT_DISTINCT, "size");
  orm_query_select (fixture->query, ORM_AGGREGATE_SUM, "size");
  orm_query_select (fixture->query, ORM_AGGREGATE_MIN, "name");
  orm_query_select (fixture->query, ORM_AGGREGATE_MAX, "size");
  orm_query_select (fixture->query, ORM_AGGREGATE_AVERAGE, "weight");
  rows = orm_session_select (fixture->session, fixture->query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  assert_statements (fixture, "SELECT count(*), count(\"created\"), count(DISTINCT \"size\"), sum(\"size\"), "
                              "min(\"name\"), max(\"size\"), avg(\"weight\") FROM \"item\"");
  g_assert_cmpuint (orm_rows_get_n_rows (rows), ==, 1);
  g_assert_cmpuint (orm_rows_get_n_columns (rows), ==, 7);
  assert_int64 (rows, 0, 0, 4);
  assert_int64 (rows, 0, 1, 2);
  assert_int64 (rows, 0, 2, 3);
  assert_int64 (rows, 0, 3, 90);
  g_assert_cmpstr (orm_rows_get (rows, 0, 4)->text, ==, "a");
  assert_int64 (rows, 0, 5, 40);
  g_assert_cmpfloat (orm_rows_get (rows, 0, 6)->real, ==, 2);
}

static void
assert_needs_groups (ItemTest *fixture, OrmQuery *query)
{
  g_assert_null (orm_session_select (fixture->session, query, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_true (g_str_has_suffix (fixture->error->message, "by orm_query_group_by ()"));
  g_clear_error (&fixture->error);
  g_assert_cmpint (orm_session_count (fixture->session, query, NULL, &fixture->error), ==, -1);
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&fixture->error);
  g_assert_cmpuint (fixture->statements->len, ==, 0);
}

/* Refused before SQLite takes any row for it. */
static void
test_no_groups (ItemTest *fixture, gconstpointer data)
{
  const OrmValue one = { .type = ORM_VALUE_INT64, .int64 = 1 };
  g_autoptr (OrmQuery) having = orm_query_new (ORM_TYPE_TEST_ITEM);

  g_ptr_array_set_size (fixture->statements, 0);
  orm_query_select (fixture->query, ORM_AGGREGATE_NONE, "name");
  orm_query_select (fixture->query, ORM_AGGREGATE_COUNT, NULL);
  assert_needs_groups (fixture, fixture->query);
  orm_query_select (having, ORM_AGGREGATE_COUNT, NULL);
  orm_query_having (having, ORM_AGGREGATE_COUNT, NULL, ">", &one);
  assert_needs_groups (fixture, having);
}

static void
test_groups (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmRows) rows = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  OrmValue one = number (1);

  orm_query_select (fixture->query, ORM_AGGREGATE_NONE, "size");
  orm_query_select (fixture->query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_group_by (fixture->query, "size");
  orm_query_order_by_selected (fixture->query, 1, ORM_ORDER_DESCENDING);
  orm_query_order_by (fixture->query, "size", ORM_ORDER_ASCENDING);
  rows = orm_session_select (fixture->session, fixture->query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (orm_rows_get_n_rows (rows), ==, 3);
  assert_int64 (rows, 0, 0, 20);
  assert_int64 (rows, 0, 1, 2);
  assert_int64 (rows, 2, 0, 40);
  g_clear_pointer (&rows, orm_rows_unref);
  g_ptr_array_set_size (fixture->statements, 0);

  orm_query_having (fixture->query, ORM_AGGREGATE_COUNT, NULL, ">", &one);
  orm_session_select_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  rows = orm_session_select_finish (fixture->session, result, &fixture->error);
  g_assert_no_error (fixture->error);
  assert_statements (fixture, "SELECT \"size\", count(*) FROM \"item\" GROUP BY \"size\" HAVING count(*) > ? "
                              "ORDER BY 2 DESC, \"size\"");
  g_assert_cmpuint (orm_rows_get_n_rows (rows), ==, 1);
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, &fixture->error), ==, 1);
}

static void
test_distinct (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (fixture->query, ORM_AGGREGATE_NONE, "size");
  orm_query_distinct (fixture->query);
  rows = orm_session_select (fixture->session, fixture->query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (orm_rows_get_n_rows (rows), ==, 3);
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, &fixture->error), ==, 3);
}

static void
test_values_checked (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) bare = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (OrmQuery) having = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmValue text = { .type = ORM_VALUE_TEXT, .text = (char *) "x" };

  g_assert_null (orm_session_select (fixture->session, bare, NULL, &fixture->error));
  assert_invalid (fixture, "which values");
  orm_query_select (bare, ORM_AGGREGATE_NONE, "size");
  g_assert_null (orm_session_all (fixture->session, bare, NULL, &fixture->error));
  assert_invalid (fixture, "objects");
  orm_query_having (having, ORM_AGGREGATE_SUM, "size", ">", &text);
  g_assert_null (orm_session_select (fixture->session, having, NULL, &fixture->error));
  assert_invalid (fixture, "item.size");
  orm_query_select (fixture->query, ORM_AGGREGATE_SUM, "name");
  g_assert_null (orm_session_select (fixture->session, fixture->query, NULL, &fixture->error));
  assert_invalid (fixture, "item.name");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/orm/session-query/" path, ItemTest, content, item_test_set_up, function, tear_down)
  ADD ("first", test_first);
  ADD ("one-has-two-errors", test_one);
  ADD ("count-and-exists", test_count);
  ADD ("count-async", test_count_async);
  ADD ("delete-all", test_delete_all);
  ADD ("update-all", test_update_all);
  ADD ("update-all-is-checked", test_update_all_checked);
  ADD ("aggregates", test_aggregates);
  ADD ("groups", test_groups);
  ADD ("no-groups", test_no_groups);
  ADD ("distinct", test_distinct);
  ADD ("values-are-checked", test_values_checked);

  return g_test_run ();
}
