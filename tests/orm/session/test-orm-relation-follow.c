/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"

/* Collections that are loaded, and objects that come to belong to them in other ways than by the relation. */

typedef struct
{
  gpointer entity;
  const char *relation;
  const char *names;
} Expected;

static gboolean
has_names (gpointer data)
{
  Expected *expected = data;
  g_autoptr (OrmCollection) list = shelf_test_get_collection (expected->entity, expected->relation);
  g_autofree char *names = orm_test_shelf_names (list);

  return g_str_equal (names, expected->names);
}

static void
execute_and_get (ShelfTest *fixture, const char *sql, gint64 key, const char *names)
{
  g_autoptr (OrmTestPerson) bob = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 2, "papers");
  g_autoptr (OrmTestPaper) paper = NULL;

  orm_test_execute (fixture->database, sql);
  paper = orm_session_get (fixture->session, ORM_TYPE_TEST_PAPER, key, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  orm_test_wait (has_names, &(Expected){ bob, "papers", names });
  g_assert_true (shelf_test_get_one (paper, "person") == bob);
}

static void
execute_and_query (ShelfTest *fixture, const char *sql, const char *names)
{
  g_autoptr (OrmTestPerson) bob = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 2, "papers");
  g_autoptr (GPtrArray) papers = NULL;

  orm_test_execute (fixture->database, sql);
  papers = shelf_test_read_all (fixture, fixture->query);
  orm_test_wait (has_names, &(Expected){ bob, "papers", names });
}

/* The row is an object already when it is told that another wrote it. */
static void
test_read_before_told (ShelfTest *fixture, gconstpointer data)
{
  execute_and_get (fixture, "UPDATE paper SET person_id = 2 WHERE id = 2", 2, "a b c");
  orm_test_settle ();
  execute_and_get (fixture, "INSERT INTO paper VALUES (9, 'z', 2, NULL)", 9, "a b c z");
  orm_test_settle ();
  execute_and_query (fixture, "UPDATE paper SET person_id = 2 WHERE id = 1", "a b c d z");
  orm_test_settle ();
  execute_and_query (fixture, "INSERT INTO paper VALUES (10, 'y', 2, NULL)", "a b c d y z");
}

/* The same of what the session writes past its objects. */
static void
test_bulk_before_told (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) bob = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 2, "papers");
  const char *const columns[] = { "title", "person_id" };
  const OrmValue values[] = { { .type = ORM_VALUE_TEXT, .text = (char *) "z" },
                              { .type = ORM_VALUE_INT64, .int64 = 2 } };
  const OrmAssignment assignment = { "person_id", { .type = ORM_VALUE_INT64, .int64 = 2 } };

  g_assert_true (
      orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_PAPER, columns, 2, values, 1, NULL, &fixture->error));
  {
    G_GNUC_UNUSED g_autoptr (GPtrArray) papers = shelf_test_read_all (fixture, fixture->query);

    orm_test_wait (has_names, &(Expected){ bob, "papers", "a b z" });
  }
  orm_test_settle ();
  g_assert_cmpint (orm_session_update_all (fixture->session, fixture->query, &assignment, 1, NULL, &fixture->error), ==,
                   5);
  {
    G_GNUC_UNUSED g_autoptr (GPtrArray) papers = shelf_test_read_all (fixture, fixture->query);

    orm_test_wait (has_names, &(Expected){ bob, "papers", "a b c d z" });
  }
}

/* The column was set before the object was of the session. */
static void
test_column_before_add (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPaper) added =
      g_object_new (ORM_TYPE_TEST_PAPER, "title", "e", "person-id", G_GINT64_CONSTANT (1), NULL);
  g_autoptr (OrmTestPaper) other =
      g_object_new (ORM_TYPE_TEST_PAPER, "title", "f", "person-id", G_GINT64_CONSTANT (1), NULL);
  g_autoptr (OrmTestPaper) merged = NULL;

  orm_session_add (fixture->session, ORM_ENTITY (added));
  assert_names (ada, "papers", "c d e");
  g_assert_true (shelf_test_get_one (added, "person") == ada);
  merged = orm_session_merge (fixture->session, ORM_ENTITY (other), NULL, &fixture->error);
  assert_names (ada, "papers", "c d e f");
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  assert_names (ada, "papers", "c d e f");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper WHERE person_id = 1"), ==, 4);
}

static void
load (ShelfTest *fixture, gpointer entity, const char *relation)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  g_ptr_array_add (list, entity);
  g_assert_true (orm_session_load (fixture->session, list, relation, NULL, &fixture->error));
}

/* Read while what it is in order of was changed, and is not yet written. */
static void
test_unwritten_order (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "person");
  G_GNUC_UNUSED g_autoptr (OrmTestPaper) second = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 2, "person");
  g_autoptr (OrmTestSheet) first = shelf_test_get (fixture, ORM_TYPE_TEST_SHEET, 3, "paper");
  g_autoptr (OrmTestSheet) last = shelf_test_get (fixture, ORM_TYPE_TEST_SHEET, 1, "paper");
  g_autoptr (OrmTestLabel) red = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 1, "parent");
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "parent");
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (first, "number", G_GINT64_CONSTANT (9), NULL);
  g_object_set (last, "number", G_GINT64_CONSTANT (0), NULL);
  load (fixture, paper, "sheets");
  assert_names (paper, "sheets", "0 2 9");

  g_object_set (red, "name", "ash", NULL);
  load (fixture, paper, "labels");
  assert_names (paper, "labels", "ash blue");

  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  assert_names (paper, "sheets", "0 2 9");
  assert_names (paper, "labels", "ash blue");

  /* And while it is being written. */
  g_object_set (paper, "title", "a", NULL);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  load (fixture, blue, "papers");
  assert_names (blue, "papers", "a c");
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  assert_names (blue, "papers", "a c");
}

#define ADD(path, test) g_test_add (path, ShelfTest, NULL, shelf_test_set_up, test, shelf_test_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/relation-follow/read-before-told", test_read_before_told);
  ADD ("/relation-follow/bulk-before-told", test_bulk_before_told);
  ADD ("/relation-follow/column-before-add", test_column_before_add);
  ADD ("/relation-follow/unwritten-order", test_unwritten_order);
  return g_test_run ();
}
