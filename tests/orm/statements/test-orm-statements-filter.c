/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-statements.h"

#include <string.h>

/* The conditions of a query as they stand in its statement. */

#define WHERE ITEM_SELECT " WHERE "

/* filter (a).filter (b), filter_by (name="x", size=1) */
static void
ask_filter (StatementTest *test)
{
  orm_query_filter (test->query, orm_equal ("name", &test->text));
  statement_test_filter (test, orm_equal ("size", &test->number));
}

/* and_ (a, b, c) */
static void
ask_and (StatementTest *test)
{
  statement_test_filter (test, orm_and (orm_and (orm_equal ("name", &test->text), orm_equal ("size", &test->number)),
                                        orm_equal ("kind", &test->number)));
}

/* or_ (a, b) */
static void
ask_or (StatementTest *test)
{
  statement_test_filter (test, orm_or (orm_equal ("name", &test->text), orm_equal ("size", &test->number)));
}

/* not_ (a) */
static void
ask_not (StatementTest *test)
{
  statement_test_filter (test, orm_not (orm_equal ("size", &test->number)));
}

/* or_ (and_ (a, not_ (b)), c) */
static void
ask_and_or_not (StatementTest *test)
{
  statement_test_filter (test, orm_or (orm_and (orm_equal ("size", &test->number), orm_not (orm_is_null ("data"))),
                                       orm_is_null ("created")));
}

/* Item.size == 1, != 1, < 1, <= 1, > 1, >= 1 */
static void
ask_operators (StatementTest *test)
{
  static const char *const operators[] = { "==", "!=", "<", "<=", ">", ">=" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

      orm_query_filter (query, orm_compare ("size", operators[i], &test->number));
      statement_test_all (test, query);
    }
}

/* in_ ([1, 2, 3]) */
static void
ask_in (StatementTest *test)
{
  const gint64 keys[] = { 1, 2, 3 };

  statement_test_filter (test, orm_in ("id", keys, G_N_ELEMENTS (keys)));
}

/* in_ (range (100000)): as many as they are */
static void
ask_in_many (StatementTest *test)
{
  const gsize n_keys = 100000;
  g_autofree gint64 *keys = g_new (gint64, n_keys);

  for (gsize i = 0; i < n_keys; i++)
    keys[i] = (gint64) i;
  orm_query_filter (test->query, orm_in ("id", keys, n_keys));
  g_assert_cmpint (orm_session_count (test->session, test->query, NULL, NULL), ==, 2);
}

/* in_ (["x"]), in_ ([1.5, 2.5]) */
static void
ask_in_values (StatementTest *test)
{
  const OrmValue weights[] = { { .type = ORM_VALUE_DOUBLE, .real = 1.5 }, { .type = ORM_VALUE_DOUBLE, .real = 2.5 } };

  orm_query_filter (test->query, orm_in_values ("name", &test->text, 1));
  statement_test_filter (test, orm_in_values ("weight", weights, G_N_ELEMENTS (weights)));
}

/* between (1, 1) */
static void
ask_between (StatementTest *test)
{
  statement_test_filter (test, orm_between ("size", &test->number, &test->number));
}

/* like ("a%") */
static void
ask_like (StatementTest *test)
{
  statement_test_filter (test, orm_like ("name", "a%"));
}

/* ilike ("A%") */
static void
ask_ilike (StatementTest *test)
{
  statement_test_filter (test, orm_ilike ("name", "A%"));
}

/* is_ (None), is_not (None) */
static void
ask_is (StatementTest *test)
{
  const OrmValue null = ORM_VALUE_INIT;

  orm_query_filter (test->query, orm_is_null ("data"));
  statement_test_filter (test, orm_compare ("created", "!=", &null));
}

/* startswith ("50%", autoescape=True) */
static void
ask_startswith (StatementTest *test)
{
  statement_test_filter (test, orm_starts_with ("name", "50%"));
}

/* contains ("_", autoescape=True) */
static void
ask_contains (StatementTest *test)
{
  statement_test_filter (test, orm_contains ("name", "_"));
}

static void
assert_refused (StatementTest *test, OrmExpression *expression, const char *part)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GError) error = NULL;

  orm_query_filter (query, expression);
  g_assert_null (orm_session_all (test->session, query, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, part));
}

/* A column that is not there, and a value of another type: no statement is run to find that out. */
static void
ask_what_does_not_fit (StatementTest *test)
{
  assert_refused (test, orm_equal ("length", &test->number), "item has no column “length”");
  assert_refused (test, orm_equal ("size", &test->text), "item.size");
  assert_refused (test, orm_any ("labels", NULL), "labels");
}

static const StatementLine lines[] = {
  { "filter", ask_filter, { WHERE "((\"name\" = ?) AND (\"size\" = ?))" } },
  { "and_", ask_and, { WHERE "((\"name\" = ?) AND (\"size\" = ?) AND (\"kind\" = ?))" } },
  { "or_", ask_or, { WHERE "((\"name\" = ?) OR (\"size\" = ?))" } },
  { "not_", ask_not, { WHERE "(NOT (\"size\" = ?))" } },
  { "and-or-not",
    ask_and_or_not,
    { WHERE "(((\"size\" = ?) AND (NOT (\"data\" IS NULL))) OR (\"created\" IS NULL))" } },
  { "operators",
    ask_operators,
    { WHERE "(\"size\" = ?)", WHERE "(\"size\" <> ?)", WHERE "(\"size\" < ?)", WHERE "(\"size\" <= ?)",
      WHERE "(\"size\" > ?)", WHERE "(\"size\" >= ?)" } },
  { "in_", ask_in, { WHERE "(\"id\" IN (SELECT value FROM json_each (?)))" } },
  { "in_-of-100000",
    ask_in_many,
    { "SELECT count(*) FROM \"item\" WHERE (\"id\" IN (SELECT value FROM json_each (?)))" } },
  { "in_-values",
    ask_in_values,
    { WHERE
      "((\"name\" IN (SELECT value FROM json_each (?))) AND (\"weight\" IN (SELECT orm_value (value) FROM json_each (?))))" } },
  { "between", ask_between, { WHERE "((\"size\" >= ?) AND (\"size\" <= ?))" } },
  { "like", ask_like, { WHERE "(\"name\" GLOB ?)" } },
  { "ilike", ask_ilike, { WHERE "(\"name\" LIKE ? ESCAPE '\\')" } },
  { "is_", ask_is, { WHERE "((\"data\" IS NULL) AND (\"created\" IS NOT NULL))" } },
  { "startswith", ask_startswith, { WHERE "(\"name\" GLOB ?)" } },
  { "contains", ask_contains, { WHERE "(instr (\"name\", ?) > 0)" } },
  { "what-does-not-fit", ask_what_does_not_fit, { NULL } },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  statement_test_add ("filter", lines, G_N_ELEMENTS (lines));

  return g_test_run ();
}
