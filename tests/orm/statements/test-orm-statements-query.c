/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-statements.h"

/* The statements of a query: its ends, its order and its pages, and plain values. */

#define FIRST " LIMIT ? OFFSET ?"

/* query.all () */
static void
ask_all (StatementTest *test)
{
  statement_test_all (test, test->query);
}

/* query.first () */
static void
ask_first (StatementTest *test)
{
  g_autoptr (OrmTestItem) first = orm_session_first (test->session, test->query, NULL, NULL);

  g_assert_true (first == test->item);
}

/* query.one () */
static void
ask_one (StatementTest *test)
{
  g_autoptr (OrmTestItem) one = NULL;

  orm_query_filter (test->query, orm_equal ("size", &test->number));
  one = orm_session_one (test->session, test->query, NULL, NULL);
  g_assert_true (one == test->item);
}

/* query.one (): NoResultFound, MultipleResultsFound */
static void
ask_one_of_none_and_many (StatementTest *test)
{
  g_autoptr (GError) many = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_null (orm_session_one (test->session, test->query, NULL, &many));
  g_assert_error (many, ORM_ERROR, ORM_ERROR_MANY_ROWS);
  orm_query_filter (test->query, orm_equal ("name", &test->text));
  g_assert_null (orm_session_one (test->session, test->query, NULL, &none));
  g_assert_error (none, ORM_ERROR, ORM_ERROR_NO_ROW);
}

/* session.get (Item, 2) */
static void
ask_get (StatementTest *test)
{
  g_autoptr (OrmTestItem) two = orm_session_get (test->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);

  g_assert_cmpstr (two->name, ==, "b");
}

/* query.count (): of all rows, of a condition, of a page of them */
static void
ask_count (StatementTest *test)
{
  g_assert_cmpint (orm_session_count (test->session, test->query, NULL, NULL), ==, 2);
  orm_query_filter (test->query, orm_equal ("size", &test->number));
  g_assert_cmpint (orm_session_count (test->session, test->query, NULL, NULL), ==, 1);
}

static void
ask_count_with_limit (StatementTest *test)
{
  orm_query_limit (test->query, 1);
  orm_query_offset (test->query, 1);
  g_assert_cmpint (orm_session_count (test->session, test->query, NULL, NULL), ==, 1);
}

/* query.exists () */
static void
assert_exists (StatementTest *test, gboolean expected)
{
  gboolean exists;

  g_assert_true (orm_session_exists (test->session, test->query, &exists, NULL, NULL));
  g_assert_cmpint (exists, ==, expected);
}

static void
ask_exists (StatementTest *test)
{
  assert_exists (test, TRUE);
  orm_query_filter (test->query, orm_equal ("name", &test->text));
  assert_exists (test, FALSE);
}

static void
ask_exists_with_limit (StatementTest *test)
{
  orm_query_limit (test->query, 10);
  orm_query_offset (test->query, 2);
  assert_exists (test, FALSE);
}

/* query.delete () */
static void
ask_delete (StatementTest *test)
{
  orm_query_filter (test->query, orm_equal ("size", &test->number));
  g_assert_cmpint (orm_session_delete_all (test->session, test->query, NULL, NULL), ==, 1);
}

/* query.update ({…}): of one column, of two */
static void
ask_update (StatementTest *test)
{
  const OrmAssignment assignments[] = { { "size", { .type = ORM_VALUE_INT64, .int64 = 9 } },
                                        { "data", { .type = ORM_VALUE_NULL } } };

  g_assert_cmpint (orm_session_update_all (test->session, test->query, assignments, 1, NULL, NULL), ==, 2);
  orm_query_filter (test->query, orm_is_null ("created"));
  g_assert_cmpint (orm_session_update_all (test->session, test->query, assignments, 2, NULL, NULL), ==, 2);
}

/* for item in session.scalars (query).yield_per (1) */
static void
ask_iteration (StatementTest *test)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (test->session, orm_query_new (ORM_TYPE_TEST_ITEM), 1);
  g_autoptr (OrmTestItem) one = orm_cursor_next (cursor, NULL, NULL);
  g_autoptr (OrmTestItem) two = orm_cursor_next (cursor, NULL, NULL);

  g_assert_cmpstr (one->name, ==, "a");
  g_assert_cmpstr (two->name, ==, "b");
}

/* await session.scalars (query): the same job */
static void
ask_all_async (StatementTest *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  orm_session_all_async (test->session, test->query, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  items = orm_session_all_finish (test->session, result, NULL);
  g_assert_cmpuint (items->len, ==, 2);
}

static const StatementLine query_lines[] = {
  { "all", ask_all, { ITEM_SELECT } },
  { "all-async", ask_all_async, { ITEM_SELECT } },
  { "first", ask_first, { ITEM_SELECT FIRST } },
  { "one", ask_one, { ITEM_SELECT " WHERE (\"size\" = ?)" FIRST } },
  { "one-of-none-and-many",
    ask_one_of_none_and_many,
    { ITEM_SELECT FIRST, ITEM_SELECT " WHERE (\"name\" = ?)" FIRST } },
  { "get", ask_get, { ITEM_SELECT " WHERE \"id\" = ?" } },
  { "count", ask_count, { "SELECT count(*) FROM \"item\"", "SELECT count(*) FROM \"item\" WHERE (\"size\" = ?)" } },
  { "count-with-limit", ask_count_with_limit, { "SELECT count(*) FROM (SELECT 1 FROM \"item\" LIMIT ? OFFSET ?)" } },
  { "exists",
    ask_exists,
    { "SELECT EXISTS (SELECT 1 FROM \"item\")", "SELECT EXISTS (SELECT 1 FROM \"item\" WHERE (\"name\" = ?))" } },
  { "exists-with-limit", ask_exists_with_limit, { "SELECT EXISTS (SELECT 1 FROM \"item\" LIMIT ? OFFSET ?)" } },
  { "delete", ask_delete, { "DELETE FROM \"item\" WHERE (\"size\" = ?)" } },
  { "update",
    ask_update,
    { "UPDATE \"item\" SET \"size\" = ?",
      "UPDATE \"item\" SET \"size\" = ?, \"data\" = ? WHERE (\"created\" IS NULL)" } },
  { "iteration",
    ask_iteration,
    { ITEM_SELECT " ORDER BY \"id\"" FIRST, ITEM_SELECT " WHERE (\"id\" > ?) ORDER BY \"id\"" FIRST } },
};

/* order_by (Item.size.asc (), Item.name.desc ()) */
static void
ask_order_by (StatementTest *test)
{
  orm_query_order_by (test->query, "size", ORM_ORDER_ASCENDING);
  orm_query_order_by (test->query, "name", ORM_ORDER_DESCENDING);
  statement_test_all (test, test->query);
}

/* nulls_last (), nulls_first () */
static void
ask_nulls (StatementTest *test)
{
  orm_query_order_by (test->query, "created", ORM_ORDER_NULLS_LAST);
  orm_query_order_by (test->query, "data", ORM_ORDER_DESCENDING | ORM_ORDER_NULLS_FIRST);
  statement_test_all (test, test->query);
}

/* limit (1), offset (1) */
static void
ask_limit (StatementTest *test)
{
  orm_query_limit (test->query, 1);
  statement_test_all (test, test->query);
}

static void
ask_offset (StatementTest *test)
{
  orm_query_offset (test->query, 1);
  statement_test_all (test, test->query);
}

/* keyset pages: the first, the next, one of a column with NULL, and beside a condition */
static void
ask_page (StatementTest *test)
{
  g_autoptr (OrmQuery) first = orm_query_new (ORM_TYPE_TEST_ITEM);

  orm_query_order_by (first, "size", ORM_ORDER_ASCENDING);
  orm_query_page (first, NULL, 10);
  statement_test_all (test, first);
  orm_query_order_by (test->query, "size", ORM_ORDER_ASCENDING);
  orm_query_page (test->query, ORM_ENTITY (test->item), 10);
  statement_test_all (test, test->query);
}

static void
ask_page_of_key (StatementTest *test)
{
  orm_query_page (test->query, ORM_ENTITY (test->item), 10);
  statement_test_filter (test, orm_equal ("name", &test->text));
}

static void
ask_page_of_nulls (StatementTest *test)
{
  orm_query_order_by (test->query, "created", ORM_ORDER_DESCENDING);
  orm_query_page (test->query, ORM_ENTITY (test->item), 10);
  statement_test_all (test, test->query);
}

static const StatementLine order_lines[] = {
  { "order_by", ask_order_by, { ITEM_SELECT " ORDER BY \"size\", \"name\" DESC" } },
  { "nulls_last", ask_nulls, { ITEM_SELECT " ORDER BY \"created\" NULLS LAST, \"data\" DESC NULLS FIRST" } },
  { "limit", ask_limit, { ITEM_SELECT " LIMIT ? OFFSET ?" } },
  { "offset", ask_offset, { ITEM_SELECT " LIMIT ? OFFSET ?" } },
  { "page",
    ask_page,
    { ITEM_SELECT " ORDER BY \"size\", \"id\" LIMIT ? OFFSET ?",
      ITEM_SELECT " WHERE \"size\" >= ? AND (\"size\" > ? OR (\"size\" IS ? AND (\"id\" > ?)))"
                  " ORDER BY \"size\", \"id\" LIMIT ? OFFSET ?" } },
  { "page-of-key",
    ask_page_of_key,
    { ITEM_SELECT " WHERE (\"name\" = ?) AND (\"id\" > ?) ORDER BY \"id\" LIMIT ? OFFSET ?" } },
  { "page-of-nulls",
    ask_page_of_nulls,
    { ITEM_SELECT " WHERE (0 OR (\"created\" IS ? AND (\"id\" < ?)))"
                  " ORDER BY \"created\" DESC, \"id\" DESC LIMIT ? OFFSET ?" } },
};

static void
selects (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmRows) rows = orm_session_select (test->session, test->query, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (orm_rows_get_n_rows (rows), >, 0);
}

/* func.count (), func.count (Item.size), func.count (distinct (Item.size)) */
static void
ask_func_count (StatementTest *test)
{
  orm_query_select (test->query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_select (test->query, ORM_AGGREGATE_COUNT, "data");
  orm_query_select (test->query, ORM_AGGREGATE_COUNT_DISTINCT, "size");
  selects (test);
}

/* func.sum, func.avg, func.min, func.max */
static void
ask_func (StatementTest *test)
{
  orm_query_select (test->query, ORM_AGGREGATE_SUM, "size");
  orm_query_select (test->query, ORM_AGGREGATE_AVERAGE, "weight");
  orm_query_select (test->query, ORM_AGGREGATE_MIN, "size");
  orm_query_select (test->query, ORM_AGGREGATE_MAX, "size");
  selects (test);
}

/* group_by (Item.kind) */
static void
ask_group_by (StatementTest *test)
{
  orm_query_select (test->query, ORM_AGGREGATE_NONE, "kind");
  orm_query_select (test->query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_group_by (test->query, "kind");
  orm_query_group_by (test->query, "marks");
  orm_query_order_by_selected (test->query, 1, ORM_ORDER_DESCENDING);
  selects (test);
}

/* having (func.count () > 1) */
static void
ask_having (StatementTest *test)
{
  orm_query_select (test->query, ORM_AGGREGATE_NONE, "kind");
  orm_query_filter (test->query, orm_is_null ("data"));
  orm_query_group_by (test->query, "kind");
  orm_query_having (test->query, ORM_AGGREGATE_COUNT, NULL, ">", &test->number);
  selects (test);
}

/* distinct (), and how many there are */
static void
ask_distinct (StatementTest *test)
{
  orm_query_select (test->query, ORM_AGGREGATE_NONE, "size");
  orm_query_distinct (test->query);
  selects (test);
  g_assert_cmpint (orm_session_count (test->session, test->query, NULL, NULL), ==, 2);
}

static const StatementLine func_lines[] = {
  { "count", ask_func_count, { "SELECT count(*), count(\"data\"), count(DISTINCT \"size\") FROM \"item\"" } },
  { "sum-avg-min-max",
    ask_func,
    { "SELECT sum(\"size\"), avg(\"weight\"), min(\"size\"), max(\"size\") FROM \"item\"" } },
  { "group_by",
    ask_group_by,
    { "SELECT \"kind\", count(*) FROM \"item\" GROUP BY \"kind\", \"marks\" ORDER BY 2 DESC" } },
  { "having",
    ask_having,
    { "SELECT \"kind\" FROM \"item\" WHERE (\"data\" IS NULL) GROUP BY \"kind\" HAVING count(*) > ?" } },
  { "distinct",
    ask_distinct,
    { "SELECT DISTINCT \"size\" FROM \"item\"", "SELECT count(*) FROM (SELECT DISTINCT \"size\" FROM \"item\")" } },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  statement_test_add ("query", query_lines, G_N_ELEMENTS (query_lines));
  statement_test_add ("order", order_lines, G_N_ELEMENTS (order_lines));
  statement_test_add ("func", func_lines, G_N_ELEMENTS (func_lines));

  return g_test_run ();
}
