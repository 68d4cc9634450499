/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"

/* Conditions on what is related. */

static void
assert_found (ShelfTest *fixture, OrmQuery *query, const char *sql, const char *expected)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  found = shelf_test_read_all (fixture, query);
  assert_statements (fixture, sql);
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *name = NULL;

      g_object_get (found->pdata[i], ORM_IS_TEST_PAPER (found->pdata[i]) ? "title" : "name", &name, NULL);
      g_string_append (titles, name);
    }
  g_assert_cmpstr (titles->str, ==, expected);
  orm_query_free (query);
}

static OrmQuery *
query_where (GType type, OrmExpression *expression)
{
  OrmQuery *query = orm_query_new (type);

  orm_query_filter (query, expression);
  return query;
}

static void
test_filter (ShelfTest *fixture, gconstpointer data)
{
  assert_found (fixture, query_where (ORM_TYPE_TEST_PAPER, orm_any ("labels", orm_starts_with ("name", "b"))),
                "SELECT " SQL_PAPER " FROM \"paper\" WHERE (EXISTS (SELECT 1 FROM \"paper_label\" JOIN \"label\" AS "
                "\"labels\" ON \"labels\".\"id\" = \"paper_label\".\"label_id\" WHERE \"paper_label\".\"paper_id\" = "
                "\"paper\".\"id\" AND (\"labels\".\"name\" GLOB ?))) ORDER BY \"id\"",
                "dc");
  assert_found (fixture, query_where (ORM_TYPE_TEST_PAPER, orm_has ("person", orm_starts_with ("name", "B"))),
                "SELECT " SQL_PAPER " FROM \"paper\" WHERE (EXISTS (SELECT 1 FROM \"person\" AS \"person\" WHERE "
                "\"person\".\"id\" = \"paper\".\"person_id\" AND (\"person\".\"name\" GLOB ?))) ORDER BY \"id\"",
                "ba");
  assert_found (fixture, query_where (ORM_TYPE_TEST_PAPER, orm_not (orm_any ("labels", NULL))),
                "SELECT " SQL_PAPER " FROM \"paper\" WHERE (NOT (EXISTS (SELECT 1 FROM \"paper_label\" WHERE "
                "\"paper_label\".\"paper_id\" = \"paper\".\"id\"))) ORDER BY \"id\"",
                "b");
  assert_found (
      fixture,
      query_where (ORM_TYPE_TEST_LABEL, orm_any ("children", orm_not (orm_any ("children", orm_has ("parent", NULL))))),
      "SELECT \"id\", \"name\", \"parent_id\" FROM \"label\" WHERE (EXISTS (SELECT 1 FROM \"label\" AS "
      "\"children\" WHERE \"children\".\"parent_id\" = \"label\".\"id\" AND (NOT (EXISTS (SELECT 1 FROM "
      "\"label\" AS \"children.children\" WHERE \"children.children\".\"parent_id\" = \"children\".\"id\" AND "
      "(EXISTS (SELECT 1 FROM \"label\" AS \"children.children.parent\" WHERE "
      "\"children.children.parent\".\"id\" = \"children.children\".\"parent_id\"))))))) ORDER BY \"id\"",
      "blue");
}

static void
test_filter_with_join (ShelfTest *fixture, gconstpointer data)
{
  OrmQuery *query = query_where (ORM_TYPE_TEST_PAPER, orm_has ("person", orm_starts_with ("name", "B")));
  const OrmAssignment assignments[] = { { "title", { .type = ORM_VALUE_TEXT, .text = (char *) "x" } } };

  orm_query_joined (query, "person");
  assert_found (fixture, query,
                "SELECT " SQL_PAPER_IN_JOIN ", " SQL_PERSON_IN_JOIN " FROM \"paper\" " SQL_JOIN_PERSON
                " WHERE (EXISTS (SELECT 1 FROM \"person\" AS \"person\" WHERE \"person\".\"id\" = "
                "\"paper\".\"person_id\" AND (\"person\".\"name\" GLOB ?))) ORDER BY \"paper\".\"id\"",
                "ba");
  query = query_where (ORM_TYPE_TEST_PAPER, orm_any ("labels", NULL));
  g_assert_cmpint (orm_session_update_all (fixture->session, query, assignments, 1, NULL, &fixture->error), ==, 3);
  g_assert_cmpint (orm_session_delete_all (fixture->session, query, NULL, &fixture->error), ==, 3);
  g_assert_no_error (fixture->error);
  orm_query_free (query);
}

static void
test_filter_invalid (ShelfTest *fixture, gconstpointer data)
{
  const OrmValue one = { .type = ORM_VALUE_INT64, .int64 = 1 };
  const char *const words[] = { "paper has no relation “tags”", "paper.person is asked about by orm_has ()",
                                "paper.labels is asked about by orm_any ()", "label has no column “title”",
                                "A condition on" };
  OrmExpression *deep = orm_any ("children", NULL);
  OrmExpression *wrong[5];

  for (guint i = 0; i < 10; i++)
    deep = orm_any ("children", deep);
  wrong[0] = orm_any ("tags", NULL);
  wrong[1] = orm_any ("person", NULL);
  wrong[2] = orm_has ("labels", NULL);
  wrong[3] = orm_any ("labels", orm_equal ("title", &one));
  wrong[4] = deep;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (OrmQuery) query = query_where (i == 4 ? ORM_TYPE_TEST_LABEL : ORM_TYPE_TEST_PAPER, wrong[i]);

      g_assert_null (orm_session_all (fixture->session, query, NULL, &fixture->error));
      g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
      g_assert_nonnull (strstr (fixture->error->message, words[i]));
      g_clear_error (&fixture->error);
    }
}

/* As deep as is let through SQLite takes it. */
static void
test_filter_deep (ShelfTest *fixture, gconstpointer data)
{
  OrmExpression *deep = orm_any ("children", NULL);
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < 3; i++)
    deep = orm_any ("children", deep);
  query = query_where (ORM_TYPE_TEST_LABEL, deep);
  found = shelf_test_read_all (fixture, query);
  g_assert_cmpuint (found->len, ==, 0);
}

#define ADD(path, test) g_test_add (path, ShelfTest, NULL, shelf_test_set_up, test, shelf_test_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/relation-filter/finds", test_filter);
  ADD ("/relation-filter/with-join", test_filter_with_join);
  ADD ("/relation-filter/invalid", test_filter_invalid);
  ADD ("/relation-filter/deep", test_filter_deep);
  return g_test_run ();
}
