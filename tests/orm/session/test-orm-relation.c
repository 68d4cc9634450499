/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"

/* Both sides of relations in memory, and what a commit writes of them. */

static void
commit (ShelfTest *fixture)
{
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static void
set_one (gpointer entity, const char *name, gpointer target)
{
  g_autoptr (GError) error = NULL;

  orm_entity_set_related (entity, name, target, &error);
  g_assert_no_error (error);
}

static void
on_items_changed (GListModel *list, guint position, guint n_removed, guint n_added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, n_removed, n_added);
}

static void
test_belongs_to (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPerson) bob = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 2, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "person");
  g_autoptr (OrmCollection) papers = shelf_test_get_collection (ada, "papers");
  g_autoptr (GString) log = g_string_new (NULL);

  assert_names (ada, "papers", "c d");
  g_assert_true (shelf_test_get_one (paper, "person") == ada);
  g_signal_connect (papers, "items-changed", G_CALLBACK (on_items_changed), log);

  /* The object, its column and both collections. */
  set_one (paper, "person", bob);
  g_assert_cmpint (paper->person_id, ==, 2);
  assert_names (ada, "papers", "c");
  assert_names (bob, "papers", "a b d");
  g_assert_cmpstr (log->str, ==, "1-1+0 ");
  orm_session_rollback (fixture->session);
  g_assert_cmpint (paper->person_id, ==, 1);
  g_assert_true (shelf_test_get_one (paper, "person") == ada);
  assert_names (ada, "papers", "c d");
  assert_names (bob, "papers", "a b");
  g_assert_cmpstr (log->str, ==, "1-1+0 1-0+1 ");

  /* By the column alone. */
  orm_entity_set_int64 (ORM_ENTITY (paper), ORM_TEST_PAPER_PERSON_ID, 2);
  g_assert_true (shelf_test_get_one (paper, "person") == bob);
  assert_names (ada, "papers", "c");
  assert_names (bob, "papers", "a b d");

  /* By the collection, which is a property too. */
  orm_collection_add (papers, paper);
  g_assert_true (shelf_test_get_one (paper, "person") == ada);
  orm_collection_add (papers, paper);
  assert_names (ada, "papers", "c d");
  g_object_set (paper, "person", bob, NULL);
  assert_names (bob, "papers", "a b d");
  commit (fixture);
  assert_statements (fixture, "UPDATE \"paper\" SET \"person_id\" = ? WHERE \"id\" = ?");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT person_id FROM paper WHERE id = 1"), ==, 2);
}

static void
test_new_objects (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) eve = g_object_new (ORM_TYPE_TEST_PERSON, "name", "Eve", NULL);
  g_autoptr (OrmTestPaper) paper = g_object_new (ORM_TYPE_TEST_PAPER, "title", "x", "person", eve, NULL);
  g_autoptr (OrmTestLabel) label = g_object_new (ORM_TYPE_TEST_LABEL, "name", "new", NULL);
  g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");

  g_assert_true (shelf_test_get_one (paper, "person") == eve);
  assert_names (eve, "papers", "x");
  orm_collection_add (labels, label);
  assert_names (label, "papers", "x");

  /* The paper takes the others with it, and its row comes after theirs. */
  orm_session_add (fixture->session, ORM_ENTITY (paper));
  commit (fixture);
  assert_statements (fixture, "INSERT INTO \"person\" (\"name\") VALUES (?)",
                     "INSERT INTO \"label\" (\"name\", \"parent_id\") VALUES (?, ?)",
                     "INSERT INTO \"paper\" (\"title\", \"person_id\", \"box_id\") VALUES (?, ?, ?)",
                     "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") VALUES (?, ?) ON CONFLICT DO NOTHING");
  g_assert_cmpint (eve->id, ==, 3);
  g_assert_cmpint (paper->person_id, ==, 3);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (paper)));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT person_id FROM paper WHERE id = 5"), ==, 3);
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT count(*) FROM paper_label WHERE paper_id = 5 AND label_id = 4"),
                   ==, 1);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper WHERE id = 5 AND box_id IS NULL"),
                   ==, 1);

  /* One that is there belongs to one that is not. */
  {
    g_autoptr (OrmTestPerson) fay = g_object_new (ORM_TYPE_TEST_PERSON, "name", "Fay", NULL);

    set_one (paper, "person", fay);
    g_assert_cmpint (paper->person_id, ==, 0);
    assert_names (eve, "papers", "");
    g_ptr_array_set_size (fixture->statements, 0);
    commit (fixture);
    assert_statements (fixture, "INSERT INTO \"person\" (\"name\") VALUES (?)",
                       "UPDATE \"paper\" SET \"person_id\" = ? WHERE \"id\" = ?");
    g_assert_cmpint (paper->person_id, ==, 4);
    g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT person_id FROM paper WHERE id = 5"), ==, 4);
    assert_names (fay, "papers", "x");
  }
}

static void
test_many_to_many (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "papers");
  g_autoptr (OrmTestLabel) dark = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 3, "papers");
  g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");
  g_autoptr (OrmCollection) papers_of_dark = shelf_test_get_collection (dark, "papers");

  assert_names (paper, "labels", "blue red");
  assert_names (blue, "papers", "d c");
  orm_collection_remove (labels, blue);
  orm_collection_add (labels, dark);
  g_assert_false (orm_collection_contains (labels, blue));
  assert_names (blue, "papers", "c");
  assert_names (dark, "papers", "d a");
  orm_session_rollback (fixture->session);
  assert_names (paper, "labels", "blue red");
  assert_names (blue, "papers", "d c");
  assert_names (dark, "papers", "a");
  commit (fixture);
  g_assert_cmpuint (fixture->statements->len, ==, 0);

  /* Only what is different in the end is written; from either side. */
  orm_collection_remove (labels, blue);
  orm_collection_add (labels, blue);
  orm_collection_add (papers_of_dark, paper);
  assert_names (paper, "labels", "blue dark red");
  commit (fixture);
  assert_statements (fixture,
                     "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") VALUES (?, ?) ON CONFLICT DO NOTHING");
  orm_collection_remove (papers_of_dark, paper);
  commit (fixture);
  assert_statements (fixture, "DELETE FROM \"paper_label\" WHERE \"paper_id\" = ? AND \"label_id\" = ?");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label"), ==, 4);
}

static void
on_changed (OrmDatabase *database, OrmChanges *changes, GString *log)
{
  gsize n = 0;
  const gint64 *keys = orm_changes_get_keys (changes, "paper_label", ORM_CHANGE_UPDATE, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (log, "%d ", (int) keys[i]);
}

/* Whoever added it, a row between is told by the key of the side that names the table. */
static void
test_report (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestLabel) red = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 1, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 4, "labels");
  g_autoptr (OrmCollection) papers = shelf_test_get_collection (red, "papers");
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), log);
  orm_collection_add (papers, paper);
  commit (fixture);
  orm_test_wait (orm_test_has_text, log);
  g_assert_cmpstr (log->str, ==, "4 ");
}

static void
test_self_reference (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "children parent");
  g_autoptr (OrmCollection) children = shelf_test_get_collection (blue, "children");
  g_autoptr (OrmTestLabel) leaf = g_object_new (ORM_TYPE_TEST_LABEL, "name", "leaf", NULL);
  g_autoptr (OrmTestLabel) stem = g_object_new (ORM_TYPE_TEST_LABEL, "name", "stem", NULL);

  g_assert_null (shelf_test_get_one (blue, "parent"));
  assert_names (blue, "children", "dark");
  /* Added the wrong way round. */
  set_one (leaf, "parent", stem);
  orm_session_add (fixture->session, ORM_ENTITY (leaf));
  orm_collection_add (children, stem);
  assert_names (blue, "children", "stem dark");
  assert_names (stem, "children", "leaf");
  commit (fixture);
  g_assert_cmpuint (fixture->statements->len, ==, 2);
  g_assert_cmpint (stem->parent_id, ==, 2);
  g_assert_cmpint (leaf->parent_id, ==, stem->id);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM label AS a JOIN label AS b "
                                                          "ON a.parent_id = b.id WHERE b.parent_id = 2"),
                   ==, 1);

  /* The place follows the name. */
  g_object_set (stem, "name", "ash", NULL);
  assert_names (blue, "children", "dark ash");
  orm_session_rollback (fixture->session);
  assert_names (blue, "children", "stem dark");
}

static void
test_circle (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestLabel) a = g_object_new (ORM_TYPE_TEST_LABEL, "name", "a", NULL);
  g_autoptr (OrmTestLabel) b = g_object_new (ORM_TYPE_TEST_LABEL, "name", "b", NULL);

  set_one (a, "parent", b);
  set_one (b, "parent", a);
  orm_session_add (fixture->session, ORM_ENTITY (a));
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, "label"));
  g_clear_error (&fixture->error);
  g_assert_cmpuint (fixture->statements->len, ==, 0);

  set_one (b, "parent", NULL);
  commit (fixture);
  g_assert_cmpint (a->parent_id, ==, b->id);
}

/* The smallest circle. One that has a key can be its own parent. */
static void
test_own_parent (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestLabel) label = g_object_new (ORM_TYPE_TEST_LABEL, "name", "a", NULL);
  g_autoptr (OrmTestLabel) with_key = g_object_new (ORM_TYPE_TEST_LABEL, "name", "b", NULL);

  set_one (label, "parent", label);
  orm_session_add (fixture->session, ORM_ENTITY (label));
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (fixture->error->message, "in a circle"));
  g_clear_error (&fixture->error);

  orm_session_expunge (fixture->session, ORM_ENTITY (label));
  orm_entity_set_int64 (ORM_ENTITY (with_key), 0, 9);
  set_one (with_key, "parent", with_key);
  orm_session_add (fixture->session, ORM_ENTITY (with_key));
  commit (fixture);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT parent_id FROM label WHERE id = 9"), ==, 9);
  /* What leads to itself keeps itself. */
  set_one (with_key, "parent", NULL);
  commit (fixture);
}

static void
test_failed_commit (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");
  g_autoptr (OrmTestLabel) label = g_object_new (ORM_TYPE_TEST_LABEL, "name", "new", NULL);
  g_autoptr (OrmTestPaper) wrong = g_object_new (ORM_TYPE_TEST_PAPER, "title", "of nobody", NULL);

  orm_collection_add (labels, label);
  orm_session_add (fixture->session, ORM_ENTITY (wrong));
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_clear_error (&fixture->error);
  g_assert_cmpint (label->id, ==, 0);
  assert_names (paper, "labels", "blue new red");

  orm_session_expunge (fixture->session, ORM_ENTITY (wrong));
  commit (fixture);
  g_assert_cmpint (label->id, ==, 4);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label WHERE label_id = 4"), ==,
                   1);
}

/* What a rollback takes out of the session lets go of its relations. */
static void
test_rollback_of_new (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestLabel) red = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 1, "papers");
  g_autoptr (OrmCollection) red_papers = shelf_test_get_collection (red, "papers");
  OrmTestPaper *paper = g_object_new (ORM_TYPE_TEST_PAPER, "title", "e", NULL);

  set_one (paper, "person", ada);
  orm_collection_add (red_papers, paper);
  assert_names (ada, "papers", "c d e");
  assert_names (red, "papers", "d e");
  orm_session_rollback (fixture->session);
  assert_names (ada, "papers", "c d");
  assert_names (red, "papers", "d");
  g_assert_finalize_object (paper);
  commit (fixture);
  g_assert_cmpuint (fixture->statements->len, ==, 0);
}

static void
test_restrict (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPaper) one = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "sheets");
  g_autoptr (OrmTestPaper) other = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 2, "person");

  orm_session_delete (fixture->session, ORM_ENTITY (ada));
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_cmpstr (fixture->error->message, ==,
                   "The row 1 of person cannot be deleted: rows that have its key would be left");
  g_clear_error (&fixture->error);
  assert_names (ada, "papers", "c d");

  /* With them, whatever was said first. */
  orm_session_delete (fixture->session, ORM_ENTITY (one));
  orm_session_delete (fixture->session, ORM_ENTITY (other));
  g_ptr_array_set_size (fixture->statements, 0);
  commit (fixture);
  assert_statements (fixture, "DELETE FROM \"paper\" WHERE \"id\" = ?", "DELETE FROM \"paper\" WHERE \"id\" = ?",
                     "DELETE FROM \"person\" WHERE \"id\" = ?");
}

static gboolean
is_gone (gpointer entity)
{
  return orm_entity_is_gone (entity);
}

static gboolean
has_no_box (gpointer paper)
{
  return ORM_TEST_PAPER (paper)->box_id == 0;
}

static void
test_cascade (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "sheets labels box");
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "papers children");
  g_autoptr (OrmTestLabel) dark = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 3, "parent");
  g_autoptr (OrmTestSheet) sheet = shelf_test_get (fixture, ORM_TYPE_TEST_SHEET, 1, "paper");
  g_autoptr (OrmTestBox) box = g_object_ref (shelf_test_get_one (paper, "box"));

  assert_names (paper, "sheets", "1 2 3");
  /* Set NULL. */
  orm_session_delete (fixture->session, ORM_ENTITY (box));
  commit (fixture);
  orm_test_wait (has_no_box, paper);
  g_assert_null (shelf_test_get_one (paper, "box"));
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (paper)));

  /* A tree. */
  orm_session_delete (fixture->session, ORM_ENTITY (blue));
  commit (fixture);
  assert_names (paper, "labels", "red");
  orm_test_wait (is_gone, dark);

  orm_session_delete (fixture->session, ORM_ENTITY (paper));
  commit (fixture);
  orm_test_wait (is_gone, sheet);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM sheet"), ==, 0);
}

/* An object leads to others, and keeps them; others lead to it, and do not. */
static void
test_keeping (ShelfTest *fixture, gconstpointer data)
{
  OrmTestPaper *paper =
      shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels labels.papers person person.papers sheets");
  OrmTestLabel *red = NULL;
  gpointer watched = paper;

  g_object_add_weak_pointer (G_OBJECT (paper), &watched);
  {
    g_autoptr (OrmCollection) labels = shelf_test_get_collection (paper, "labels");

    red = g_object_ref (orm_collection_peek (labels, 1));
    g_assert_cmpstr (red->name, ==, "red");
    g_object_unref (paper);
    g_assert_nonnull (watched);
  }
  /* The label leads to the paper, and that to all of the rest. */
  g_assert_nonnull (watched);
  assert_names (red, "papers", "d");
  g_assert_finalize_object (red);
  g_assert_null (watched);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_PERSON, 1));
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_LABEL, 2));
}

/* A list keeps its object. */
static void
test_keeping_by_list (ShelfTest *fixture, gconstpointer data)
{
  OrmTestPaper *paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "sheets");
  OrmCollection *sheets = shelf_test_get_collection (paper, "sheets");
  g_autofree char *names = NULL;

  g_object_unref (paper);
  names = orm_test_shelf_names (sheets);
  g_assert_cmpstr (names, ==, "1 2 3");
  g_assert_finalize_object (sheets);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_PAPER, 1));
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_SHEET, 1));
}

static gboolean
is_not_there (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

/* Where there are many it waits for a quiet moment, and is done once. */
static void
test_keeping_many (ShelfTest *fixture, gconstpointer data)
{
  OrmTestPerson *person = NULL;
  g_autoptr (GPtrArray) papers = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);
  gpointer watched;

  orm_test_execute (fixture->database,
                    "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
                    "INSERT INTO paper SELECT i, 'p', 1, NULL FROM n");
  person = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  papers = orm_session_all (fixture->session, query, NULL, &fixture->error);
  watched = person;
  g_object_add_weak_pointer (G_OBJECT (person), &watched);
  g_object_unref (person);
  g_assert_nonnull (watched);
  g_ptr_array_set_size (papers, 0);
  orm_test_wait (is_not_there, &watched);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_PAPER, 10));
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

/* A property has no error to say that it was not loaded: it is NULL, and notifies. */
static void
test_property (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestPerson) bob = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 2, "papers");
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (OrmTestPerson) ada = NULL;
  g_autoptr (GListModel) papers = NULL;
  guint n_person = 0;
  guint n_papers = 0;

  g_signal_connect (paper, "notify::person", G_CALLBACK (count_notify), &n_person);
  g_object_get (paper, "person", &ada, NULL);
  g_assert_null (ada);
  g_ptr_array_add (list, paper);
  g_assert_true (orm_session_load (fixture->session, list, "person", NULL, &fixture->error));
  g_assert_cmpuint (n_person, ==, 1);
  g_object_get (paper, "person", &ada, NULL);
  g_assert_cmpstr (ada->name, ==, "Ada");

  g_signal_connect (ada, "notify::papers", G_CALLBACK (count_notify), &n_papers);
  g_object_get (ada, "papers", &papers, NULL);
  g_assert_null (papers);
  g_ptr_array_set_size (list, 0);
  g_ptr_array_add (list, ada);
  g_assert_true (orm_session_load (fixture->session, list, "papers", NULL, &fixture->error));
  g_assert_cmpuint (n_papers, ==, 1);
  g_object_get (ada, "papers", &papers, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (papers), ==, 2);
  g_assert_true (g_list_model_get_item_type (papers) == ORM_TYPE_TEST_PAPER);

  g_object_set (paper, "person", bob, NULL);
  g_assert_cmpuint (n_person, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (papers), ==, 1);
  orm_session_rollback (fixture->session);
}

static gboolean
is_quiet (gpointer data)
{
  return !g_main_context_pending (NULL);
}

/* One that goes before that is not looked at. */
static void
test_keeping_many_expunged (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);
  OrmTestPerson *person;

  orm_test_execute (fixture->database,
                    "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
                    "INSERT INTO paper SELECT i, 'p', 1, NULL FROM n");
  person = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  papers = orm_session_all (fixture->session, query, NULL, &fixture->error);
  /* All but the first few, which are looked at last. */
  g_ptr_array_set_size (papers, 4);
  g_object_unref (person);
  person = orm_session_lookup (fixture->session, ORM_TYPE_TEST_PERSON, 1);
  orm_session_expunge (fixture->session, ORM_ENTITY (person));
  g_assert_finalize_object (person);
  orm_test_wait (is_quiet, NULL);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_PAPER, 10));
}

/* Of an object that leaves the session nothing is known. */
static void
test_expunge (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmCollection) papers = shelf_test_get_collection (ada, "papers");

  orm_session_expunge (fixture->session, ORM_ENTITY (paper));
  g_assert_false (orm_entity_is_loaded (ORM_ENTITY (ada), "papers"));
  g_assert_false (orm_entity_is_loaded (ORM_ENTITY (paper), "labels"));
  g_assert_false (orm_entity_is_loaded (ORM_ENTITY (paper), "person"));
  g_assert_cmpuint (orm_collection_get_n_items (papers), ==, 0);
}

static void
test_wrong_names (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");

  g_assert_null (orm_entity_get_related (ORM_ENTITY (paper), "labels", &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&fixture->error);
  g_assert_null (orm_entity_get_collection (ORM_ENTITY (paper), "person", &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&fixture->error);
  g_assert_null (orm_entity_get_collection (ORM_ENTITY (paper), "tags", &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpstr (fixture->error->message, ==, "paper has no relation “tags”");
  g_clear_error (&fixture->error);
}

#define ADD(path, test) g_test_add (path, ShelfTest, NULL, shelf_test_set_up, test, shelf_test_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/relation/belongs-to", test_belongs_to);
  ADD ("/relation/new-objects", test_new_objects);
  ADD ("/relation/many-to-many", test_many_to_many);
  ADD ("/relation/report", test_report);
  ADD ("/relation/self-reference", test_self_reference);
  ADD ("/relation/circle", test_circle);
  ADD ("/relation/own-parent", test_own_parent);
  ADD ("/relation/failed-commit", test_failed_commit);
  ADD ("/relation/rollback-of-new", test_rollback_of_new);
  ADD ("/relation/restrict", test_restrict);
  ADD ("/relation/cascade", test_cascade);
  ADD ("/relation/keeping", test_keeping);
  ADD ("/relation/keeping-by-list", test_keeping_by_list);
  ADD ("/relation/keeping-many", test_keeping_many);
  ADD ("/relation/keeping-many-expunged", test_keeping_many_expunged);
  ADD ("/relation/property", test_property);
  ADD ("/relation/expunge", test_expunge);
  ADD ("/relation/wrong-names", test_wrong_names);
  return g_test_run ();
}
