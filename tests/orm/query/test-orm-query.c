/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"

/* Of the table. */
static const char content[] = "INSERT INTO item (id, name, size, weight, created) VALUES (1, 'a', 10, 0.5, 1), "
                              "(2, 'b', 20, 1.5, NULL), (3, 'c''\"', 20, 2.5, 3), (4, '%_\\', 40, 3.5, NULL)";

/* The keys of what the query finds, in order. */
static char *
find (ItemTest *fixture, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) objects = orm_session_all (fixture->session, query, NULL, &error);
  GString *keys = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < objects->len; i++)
    g_string_append_printf (keys, "%" G_GINT64_FORMAT, orm_entity_get_key (objects->pdata[i]));
  return g_string_free (keys, FALSE);
}

/* (transfer full) expression */
static void
assert_finds (ItemTest *fixture, OrmExpression *expression, const char *expected)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autofree char *keys = NULL;

  orm_query_filter (query, expression);
  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  keys = find (fixture, query);
  g_assert_cmpstr (keys, ==, expected);
}

static void
assert_invalid (ItemTest *fixture, OrmExpression *expression, const char *word)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GError) error = NULL;

  orm_query_filter (query, expression);
  g_assert_null (orm_session_all (fixture->session, query, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, word));
}

/* A condition that could not be made must not let every row through. */
static void
test_missing_condition (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GError) error = NULL;

  orm_query_filter (query, NULL);
  g_assert_cmpint (orm_session_delete_all (fixture->session, query, NULL, &error), ==, -1);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 4);
}

static void
test_operators_of_c (ItemTest *fixture, gconstpointer data)
{
  const OrmValue two = { .type = ORM_VALUE_INT64, .int64 = 2 };

  assert_finds (fixture, orm_compare ("id", "!=", &two), "134");
  assert_finds (fixture, orm_compare ("id", "==", &two), "2");
}

static OrmExpression *
number (const char *column, const char *operator, gint64 value)
{
  OrmValue plain = { .type = ORM_VALUE_INT64, .int64 = value };

  return orm_compare (column, operator, & plain);
}

static OrmExpression *
text (const char *column, const char *value)
{
  OrmValue plain = { .type = ORM_VALUE_TEXT, .text = (char *) value };

  return orm_equal (column, &plain);
}

static void
test_compare (ItemTest *fixture, gconstpointer data)
{
  assert_finds (fixture, number ("size", "=", 20), "23");
  assert_finds (fixture, number ("size", "<>", 20), "14");
  assert_finds (fixture, number ("size", "<", 20), "1");
  assert_finds (fixture, number ("size", "<=", 20), "123");
  assert_finds (fixture, number ("size", ">", 20), "4");
  assert_finds (fixture, number ("size", ">=", 20), "234");
  assert_finds (fixture, number ("weight", ">", 2), "34");
}

static void
test_null (ItemTest *fixture, gconstpointer data)
{
  const OrmValue null = ORM_VALUE_INIT;

  assert_finds (fixture, orm_equal ("created", &null), "24");
  assert_finds (fixture, orm_compare ("created", "<>", &null), "13");
  assert_invalid (fixture, orm_compare ("created", "<", &null), "item.created");
}

static void
test_join (ItemTest *fixture, gconstpointer data)
{
  assert_finds (fixture, orm_and (number ("size", ">", 10), number ("size", "<", 40)), "23");
  assert_finds (fixture, orm_or (number ("id", "=", 1), number ("id", "=", 4)), "14");
  assert_finds (fixture, orm_not (orm_or (number ("id", "=", 1), number ("id", "=", 4))), "23");
  assert_finds (fixture,
                orm_and (orm_or (number ("id", "=", 1), number ("id", "=", 4)), orm_not (number ("size", "=", 40))),
                "1");
}

static void
test_in (ItemTest *fixture, gconstpointer data)
{
  g_autofree gint64 *values = g_new (gint64, 100000);

  for (gint64 i = 0; i < 100000; i++)
    values[i] = i + 3;
  assert_finds (fixture, orm_in ("id", values, 100000), "34");
  assert_finds (fixture, orm_in ("id", NULL, 0), "");
  assert_invalid (fixture, orm_in ("name", values, 1), "item.name");
}

static void
test_null_and_between (ItemTest *fixture, gconstpointer data)
{
  const OrmValue low = { .type = ORM_VALUE_INT64, .int64 = 10 };
  const OrmValue high = { .type = ORM_VALUE_INT64, .int64 = 20 };

  assert_finds (fixture, orm_is_null ("created"), "24");
  assert_finds (fixture, orm_not (orm_is_null ("created")), "13");
  assert_finds (fixture, orm_between ("size", &low, &high), "123");
  assert_finds (fixture, orm_between ("size", &high, &low), "");
  assert_invalid (fixture, orm_between ("name", &low, &high), "item.name");
}

static void
test_like (ItemTest *fixture, gconstpointer data)
{
  assert_finds (fixture, orm_like ("name", "c%"), "3");
  assert_finds (fixture, orm_like ("name", "C%"), "");
  assert_finds (fixture, orm_ilike ("name", "C%"), "3");
  assert_finds (fixture, orm_like ("name", "_"), "12");
  assert_finds (fixture, orm_like ("name", "\\%\\_\\\\"), "4");
  assert_finds (fixture, orm_ilike ("name", "\\%\\_\\\\"), "4");
  assert_finds (fixture, orm_like ("name", "%\\"), "4");
  assert_finds (fixture, orm_ilike ("name", "%\\"), "4");
  assert_finds (fixture, orm_like ("name", "*"), "");
  assert_finds (fixture, orm_like ("name", "[a-b]"), "");
  assert_invalid (fixture, orm_like ("size", "1%"), "item.size");
}

static void
test_literal_text (ItemTest *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (60000, 'a');

  orm_test_execute (fixture->database, "INSERT INTO item (id, name) VALUES (5, 'x*y'), (6, 'x?y'), (7, 'x[y]')");

  assert_finds (fixture, orm_starts_with ("name", "%"), "4");
  assert_finds (fixture, orm_starts_with ("name", "_"), "");
  assert_finds (fixture, orm_starts_with ("name", "x*"), "5");
  assert_finds (fixture, orm_starts_with ("name", "x?"), "6");
  assert_finds (fixture, orm_starts_with ("name", "x["), "7");
  assert_finds (fixture, orm_starts_with ("name", "X"), "");
  assert_finds (fixture, orm_starts_with ("name", ""), "1234567");
  assert_finds (fixture, orm_contains ("name", "_\\"), "4");
  assert_finds (fixture, orm_contains ("name", "%\\"), "");
  assert_finds (fixture, orm_contains ("name", "?y"), "6");
  assert_finds (fixture, orm_contains ("name", large), "");
  assert_invalid (fixture, orm_starts_with ("name", large), "item.name");
  assert_invalid (fixture, orm_contains ("kind", "x"), "item.kind");
}

static void
test_in_values (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0x", 2);
  const OrmValue texts[] = { { .type = ORM_VALUE_TEXT, .text = (char *) "c'\"" },
                             { .type = ORM_VALUE_TEXT, .text = (char *) "%_\\" },
                             { .type = ORM_VALUE_TEXT, .text = (char *) "\t\x1f" } };
  const OrmValue reals[] = { { .type = ORM_VALUE_DOUBLE, .real = 2.5 }, { .type = ORM_VALUE_DOUBLE, .real = 0.1 } };
  const OrmValue blobs[] = { { .type = ORM_VALUE_BLOB, .blob = bytes } };
  const OrmValue mixed[] = { { .type = ORM_VALUE_INT64, .int64 = 1 }, { .type = ORM_VALUE_NULL } };

  orm_test_execute (fixture->database, "INSERT INTO item (id, name, data, weight) "
                                       "VALUES (5, char (9, 31), x'0078', 1e-300 + 0.1)");

  assert_finds (fixture, orm_in_values ("name", texts, 3), "345");
  assert_finds (fixture, orm_in_values ("weight", reals, 2), "35");
  assert_finds (fixture, orm_in_values ("data", blobs, 1), "5");
  assert_finds (fixture, orm_not (orm_in_values ("name", texts, 3)), "12");
  assert_finds (fixture, orm_in_values ("name", NULL, 0), "");
  assert_invalid (fixture, orm_in_values ("id", mixed, 2), "item.id");
  assert_invalid (fixture, orm_in_values ("size", texts, 3), "item.size");
}

/* What SQLite would refuse by a message about its parser is refused by the mapper. */
static void
test_depth (ItemTest *fixture, gconstpointer data)
{
  OrmExpression *chain = number ("id", ">", 0);
  OrmExpression *long_chain = number ("id", ">", 0);
  OrmExpression *nested = number ("id", ">", 0);
  OrmExpression *deep = number ("id", ">", 0);

  for (guint i = 0; i < 900; i++)
    chain = i % 2 == 0 ? orm_and (chain, number ("id", ">", 0)) : orm_and (number ("id", ">", 0), chain);
  for (guint i = 0; i < 901; i++)
    long_chain = orm_or (long_chain, number ("id", ">", 0));
  for (guint i = 0; i < 24; i++)
    nested = i % 2 == 0 ? orm_and (number ("id", ">", 1), nested) : orm_or (number ("id", "=", 1), nested);
  for (guint i = 0; i < 25; i++)
    deep = orm_not (deep);
  assert_finds (fixture, chain, "1234");
  assert_finds (fixture, nested, "1234");
  assert_invalid (fixture, long_chain, "900");
  assert_invalid (fixture, deep, "24");

  nested = number ("id", ">", 0);
  for (guint i = 0; i < 24; i++)
    nested = orm_not (nested);
  assert_finds (fixture, nested, "1234");
}

static void
test_values_are_values (ItemTest *fixture, gconstpointer data)
{
  assert_finds (fixture, text ("name", "c'\""), "3");
  assert_finds (fixture, text ("name", "%_\\"), "4");
  assert_finds (fixture, text ("name", "' OR 1 = 1 --"), "");
  assert_invalid (fixture, text ("name\" = '' OR 1 --", "x"), "OR 1");
}

static void
test_checked (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GError) error = NULL;

  assert_invalid (fixture, number ("colour", "=", 1), "colour");
  assert_invalid (fixture, number ("name", "=", 1), "item.name");
  assert_invalid (fixture, text ("size", "x"), "item.size");
  assert_invalid (fixture, orm_not (orm_and (number ("size", "=", 1), text ("weight", "x"))), "item.weight");
  orm_query_order_by (query, "colour", ORM_ORDER_ASCENDING);
  g_assert_null (orm_session_all (fixture->session, query, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
}

static void
test_order_and_limit (ItemTest *fixture, gconstpointer data)
{
  const struct
  {
    gint64 limit;
    gint64 offset;
    const char *expected;
  } cases[] = { { -1, 0, "4231" }, { 2, 0, "42" }, { 2, 1, "23" }, { -1, 3, "1" }, { 0, 0, "" }, { 5, 9, "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
      g_autofree char *keys = NULL;

      orm_query_order_by (query, "size", ORM_ORDER_DESCENDING);
      orm_query_order_by (query, "name", ORM_ORDER_ASCENDING);
      orm_query_limit (query, cases[i].limit);
      orm_query_offset (query, cases[i].offset);
      keys = find (fixture, query);
      g_assert_cmpstr (keys, ==, cases[i].expected);
    }
}

static void
test_several_filters (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autofree char *keys = NULL;

  orm_query_filter (query, number ("size", "=", 20));
  orm_query_filter (query, number ("id", ">", 2));
  keys = find (fixture, query);
  g_assert_cmpstr (keys, ==, "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/orm/" path, ItemTest, content, item_test_set_up, function, item_test_tear_down)
  ADD ("expression/compare", test_compare);
  ADD ("expression/null", test_null);
  ADD ("expression/join", test_join);
  ADD ("expression/in", test_in);
  ADD ("expression/null-and-between", test_null_and_between);
  ADD ("expression/like", test_like);
  ADD ("expression/literal-text", test_literal_text);
  ADD ("expression/in-values", test_in_values);
  ADD ("expression/depth", test_depth);
  ADD ("expression/values-are-values", test_values_are_values);
  ADD ("expression/checked", test_checked);
  ADD ("expression/missing", test_missing_condition);
  ADD ("expression/operators-of-c", test_operators_of_c);
  ADD ("query/order-and-limit", test_order_and_limit);
  ADD ("query/several-filters", test_several_filters);

  return g_test_run ();
}
