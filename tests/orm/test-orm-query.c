/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  orm_test_execute (fixture->database,
                    "INSERT INTO item (id, name, size, weight, created) VALUES (1, 'a', 10, 0.5, 1), "
                    "(2, 'b', 20, 1.5, NULL), (3, 'c''\"', 20, 2.5, 3), (4, '%_\\', 40, 3.5, NULL)");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

/* The keys of what the query finds, in order. */
static char *
find (Fixture *fixture, OrmQuery *query)
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
assert_finds (Fixture *fixture, OrmExpression *expression, const char *expected)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autofree char *keys = NULL;

  orm_query_filter (query, expression);
  orm_query_order_by (query, "id", FALSE);
  keys = find (fixture, query);
  g_assert_cmpstr (keys, ==, expected);
}

static void
assert_invalid (Fixture *fixture, OrmExpression *expression, const char *word)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GError) error = NULL;

  orm_query_filter (query, expression);
  g_assert_null (orm_session_all (fixture->session, query, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, word));
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
test_compare (Fixture *fixture, gconstpointer data)
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
test_null (Fixture *fixture, gconstpointer data)
{
  const OrmValue null = ORM_VALUE_INIT;

  assert_finds (fixture, orm_equal ("created", &null), "24");
  assert_finds (fixture, orm_compare ("created", "<>", &null), "13");
  assert_invalid (fixture, orm_compare ("created", "<", &null), "item.created");
}

static void
test_join (Fixture *fixture, gconstpointer data)
{
  assert_finds (fixture, orm_and (number ("size", ">", 10), number ("size", "<", 40)), "23");
  assert_finds (fixture, orm_or (number ("id", "=", 1), number ("id", "=", 4)), "14");
  assert_finds (fixture, orm_not (orm_or (number ("id", "=", 1), number ("id", "=", 4))), "23");
  assert_finds (fixture,
                orm_and (orm_or (number ("id", "=", 1), number ("id", "=", 4)), orm_not (number ("size", "=", 40))),
                "1");
}

static void
test_in (Fixture *fixture, gconstpointer data)
{
  g_autofree gint64 *values = g_new (gint64, 100000);

  for (gint64 i = 0; i < 100000; i++)
    values[i] = i + 3;
  assert_finds (fixture, orm_in ("id", values, 100000), "34");
  assert_finds (fixture, orm_in ("id", NULL, 0), "");
  assert_invalid (fixture, orm_in ("name", values, 1), "item.name");
}

static void
test_values_are_values (Fixture *fixture, gconstpointer data)
{
  assert_finds (fixture, text ("name", "c'\""), "3");
  assert_finds (fixture, text ("name", "%_\\"), "4");
  assert_finds (fixture, text ("name", "' OR 1 = 1 --"), "");
  assert_invalid (fixture, text ("name\" = '' OR 1 --", "x"), "OR 1");
}

static void
test_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GError) error = NULL;

  assert_invalid (fixture, number ("colour", "=", 1), "colour");
  assert_invalid (fixture, number ("name", "=", 1), "item.name");
  assert_invalid (fixture, text ("size", "x"), "item.size");
  assert_invalid (fixture, orm_not (orm_and (number ("size", "=", 1), text ("weight", "x"))), "item.weight");
  orm_query_order_by (query, "colour", FALSE);
  g_assert_null (orm_session_all (fixture->session, query, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
}

static void
test_order_and_limit (Fixture *fixture, gconstpointer data)
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

      orm_query_order_by (query, "size", TRUE);
      orm_query_order_by (query, "name", FALSE);
      orm_query_limit (query, cases[i].limit);
      orm_query_offset (query, cases[i].offset);
      keys = find (fixture, query);
      g_assert_cmpstr (keys, ==, cases[i].expected);
    }
}

static void
test_several_filters (Fixture *fixture, gconstpointer data)
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

#define ADD(path, function) g_test_add ("/orm/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("expression/compare", test_compare);
  ADD ("expression/null", test_null);
  ADD ("expression/join", test_join);
  ADD ("expression/in", test_in);
  ADD ("expression/values-are-values", test_values_are_values);
  ADD ("expression/checked", test_checked);
  ADD ("query/order-and-limit", test_order_and_limit);
  ADD ("query/several-filters", test_several_filters);

  return g_test_run ();
}
