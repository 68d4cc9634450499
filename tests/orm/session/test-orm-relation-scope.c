/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"

/* Relations in transactions that are held open, and undone. */

static OrmScope *
begin (ShelfTest *fixture)
{
  OrmScope *scope = orm_session_begin (fixture->session, &fixture->error);

  g_assert_no_error (fixture->error);
  return scope;
}

static void
flush (ShelfTest *fixture)
{
  orm_session_flush (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static void
test_written (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPerson) bob = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 2, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestLabel) red = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 1, "papers");
  g_autoptr (OrmTestLabel) dark = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 3, "papers");
  g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");
  g_autoptr (OrmTestPerson) eve = g_object_new (ORM_TYPE_TEST_PERSON, "name", "Eve", NULL);
  g_autoptr (OrmTestPaper) added = g_object_new (ORM_TYPE_TEST_PAPER, "title", "e", NULL);
  g_autoptr (OrmScope) scope = begin (fixture);

  orm_entity_set_related (ORM_ENTITY (paper), "person", eve, NULL);
  orm_entity_set_related (ORM_ENTITY (added), "person", bob, NULL);
  orm_collection_add (labels, dark);
  orm_collection_remove (labels, red);
  flush (fixture);
  g_assert_cmpint (paper->person_id, ==, 3);
  assert_names (eve, "papers", "d");
  assert_names (bob, "papers", "a b e");
  assert_names (dark, "papers", "d a");
  orm_collection_add (labels, red);
  flush (fixture);
  assert_names (paper, "labels", "blue dark red");

  orm_scope_rollback (scope);
  g_assert_cmpint (paper->person_id, ==, 1);
  g_assert_true (orm_entity_get_related (ORM_ENTITY (paper), "person", NULL) == ada);
  assert_names (ada, "papers", "c d");
  assert_names (bob, "papers", "a b");
  assert_names (paper, "labels", "blue red");
  assert_names (red, "papers", "d");
  assert_names (dark, "papers", "a");
  g_assert_cmpint (eve->id, ==, 0);
  g_assert_false (orm_session_is_modified (fixture->session));
}

/* What was pending before is pending again. */
static void
test_pending (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");
  g_autoptr (OrmTestLabel) dark = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 3, "papers");
  g_autoptr (OrmTestPerson) eve = g_object_new (ORM_TYPE_TEST_PERSON, "name", "Eve", NULL);
  g_autoptr (OrmTestPaper) added = g_object_new (ORM_TYPE_TEST_PAPER, "title", "e", "person", eve, NULL);
  OrmScope *scope;

  orm_entity_set_related (ORM_ENTITY (paper), "person", eve, NULL);
  orm_collection_add (labels, dark);
  scope = begin (fixture);
  flush (fixture);
  g_assert_false (orm_session_is_modified (fixture->session));
  g_assert_cmpint (added->person_id, ==, 3);
  orm_scope_rollback (scope);
  g_object_unref (scope);
  g_assert_cmpint (added->person_id, ==, 0);
  g_assert_true (orm_entity_get_related (ORM_ENTITY (added), "person", NULL) == eve);
  g_assert_true (orm_entity_get_related (ORM_ENTITY (paper), "person", NULL) == eve);
  assert_names (eve, "papers", "d e");
  assert_names (paper, "labels", "blue dark red");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label"), ==, 4);

  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper WHERE person_id = 3"), ==, 2);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label"), ==, 5);
}

static void
test_inner (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 3, "labels");
  g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");
  g_autoptr (OrmTestLabel) red = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 1, "papers");
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "papers");
  g_autoptr (OrmTestLabel) dark = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 3, "papers");
  g_autoptr (OrmScope) outer = begin (fixture);

  orm_collection_add (labels, red);
  flush (fixture);
  {
    G_GNUC_UNUSED g_autoptr (OrmScope) inner = begin (fixture);

    orm_collection_add (labels, blue);
    orm_collection_remove (labels, red);
    flush (fixture);
    assert_names (paper, "labels", "blue");
  }
  assert_names (paper, "labels", "red");
  assert_names (blue, "papers", "d c");
  {
    g_autoptr (OrmScope) inner = begin (fixture);

    orm_collection_add (labels, dark);
    g_assert_true (orm_scope_commit (inner, NULL, &fixture->error));
  }
  assert_names (paper, "labels", "dark red");
  /* What is not written goes as well, and what was handed over. */
  orm_collection_add (labels, blue);
  orm_session_rollback (fixture->session);
  assert_names (paper, "labels", "dark red");
  orm_scope_rollback (outer);
  assert_names (paper, "labels", "");
  assert_names (red, "papers", "d");
  assert_names (dark, "papers", "a");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label"), ==, 4);
}

/* What was deleted is where it was. */
static void
test_deleted (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestLabel) red = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 1, "papers");
  g_autoptr (OrmScope) scope = begin (fixture);

  orm_session_delete (fixture->session, ORM_ENTITY (paper));
  flush (fixture);
  assert_names (ada, "papers", "c");
  assert_names (red, "papers", "");
  orm_scope_rollback (scope);
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (paper)));
  assert_names (ada, "papers", "c d");
  assert_names (red, "papers", "d");
  g_assert_true (orm_entity_get_related (ORM_ENTITY (paper), "person", NULL) == ada);
}

/* What was loaded when something was written that is undone now is not known any more. */
static void
test_loaded_inside (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "");
  const OrmAssignment assignments[] = { { "person_id", { .type = ORM_VALUE_INT64, .int64 = 1 } },
                                        { "id", { .type = ORM_VALUE_INT64, .int64 = 3 } } };
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);
  g_autoptr (OrmCollection) papers = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (OrmScope) scope = begin (fixture);

  orm_query_filter (query, orm_equal ("id", &assignments[1].value));
  g_assert_cmpint (orm_session_update_all (fixture->session, query, assignments, 1, NULL, &fixture->error), ==, 1);
  g_ptr_array_add (list, ada);
  g_assert_true (orm_session_load (fixture->session, list, "papers", NULL, &fixture->error));
  assert_names (ada, "papers", "b c d");
  papers = shelf_test_get_collection (ada, "papers");
  orm_scope_rollback (scope);
  g_assert_false (orm_entity_is_loaded (ORM_ENTITY (ada), "papers"));
  g_assert_cmpuint (orm_collection_get_n_items (papers), ==, 0);
  g_assert_true (orm_session_load (fixture->session, list, "papers", NULL, &fixture->error));
  assert_names (ada, "papers", "c d");
  g_assert_cmpuint (orm_collection_get_n_items (papers), ==, 2);
}

#define ADD(path, test) g_test_add (path, ShelfTest, NULL, shelf_test_set_up, test, shelf_test_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/relation-scope/written", test_written);
  ADD ("/relation-scope/pending", test_pending);
  ADD ("/relation-scope/inner", test_inner);
  ADD ("/relation-scope/deleted", test_deleted);
  ADD ("/relation-scope/loaded-inside", test_loaded_inside);
  return g_test_run ();
}
