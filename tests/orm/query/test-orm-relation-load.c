/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"

/* How relations are loaded: by which statements, and what is known after. */

static char *
names_of (gpointer entity, const char *relation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmCollection) list = orm_entity_get_collection (entity, relation, &error);

  g_assert_no_error (error);
  return orm_test_shelf_names (list);
}

/* Touching what was not loaded reads nothing, and says what would. */
static void
test_not_loaded (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = NULL;

  orm_query_select_in (fixture->query, "labels");
  orm_query_joined (fixture->query, "person");
  orm_query_raise (fixture->query, "labels");
  orm_query_raise (fixture->query, "person");
  papers = shelf_test_read_all (fixture, fixture->query);
  assert_statements (fixture, "SELECT " SQL_PAPER " FROM \"paper\"");
  g_assert_false (orm_entity_is_loaded (papers->pdata[1], "labels"));
  g_assert_null (orm_entity_get_collection (papers->pdata[1], "labels", &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_assert_cmpstr (fixture->error->message, ==,
                   "paper.labels of 2 was not loaded: ask for it by orm_query_select_in (query, \"labels\") or "
                   "orm_session_load ()");
  g_clear_error (&fixture->error);
  g_assert_null (orm_entity_get_related (papers->pdata[0], "person", &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_assert_cmpstr (fixture->error->message, ==,
                   "paper.person of 1 was not loaded: ask for it by orm_query_joined (query, \"person\") or "
                   "orm_session_load ()");
  g_clear_error (&fixture->error);
  g_assert_cmpuint (fixture->statements->len, ==, 0);
  /* That there is nothing is known without reading. */
  g_assert_null (shelf_test_get_one (papers->pdata[1], "box"));
}

static void
test_page (ShelfTest *fixture, gconstpointer data)
{
  const guint sizes[] = { 2, 50, 400 };

  orm_test_execute (fixture->database,
                    "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                    "INSERT INTO paper SELECT i, 'p', 1 + i % 2, NULL FROM n;"
                    "INSERT INTO paper_label SELECT id, 1 + id % 3 FROM paper WHERE id >= 10");
  g_ptr_array_set_size (fixture->statements, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);
      g_autoptr (GPtrArray) papers = NULL;

      orm_query_joined (query, "person");
      orm_query_select_in (query, "labels");
      orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
      orm_query_limit (query, sizes[i]);
      papers = shelf_test_read_all (fixture, query);
      g_assert_cmpuint (papers->len, ==, sizes[i]);
      assert_statements (fixture,
                         "SELECT " SQL_PAPER_IN_JOIN ", " SQL_PERSON_IN_JOIN " FROM \"paper\" " SQL_JOIN_PERSON
                         " ORDER BY \"paper\".\"id\" LIMIT ? OFFSET ?",
                         SQL_LABELS_OF_PAPERS);
      assert_names (papers->pdata[0], "labels", "blue red");
      assert_names (papers->pdata[1], "labels", "blue");
      g_assert_cmpstr (ORM_TEST_PERSON (shelf_test_get_one (papers->pdata[0], "person"))->name, ==, "Ada");
      g_assert_true (shelf_test_get_one (papers->pdata[0], "person") ==
                     shelf_test_get_one (papers->pdata[1], "person"));
      for (guint j = 0; j < papers->len; j++)
        g_assert_true (orm_entity_is_loaded (papers->pdata[j], "labels") &&
                       orm_entity_is_loaded (papers->pdata[j], "person"));
      g_assert_cmpuint (fixture->statements->len, ==, 0);
    }
}

static void
test_empty_page (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = NULL;

  orm_query_select_in (fixture->query, "labels");
  orm_query_filter (fixture->query, orm_starts_with ("title", "zz"));
  papers = shelf_test_read_all (fixture, fixture->query);
  g_assert_cmpuint (papers->len, ==, 0);
  assert_statements (fixture, "SELECT " SQL_PAPER " FROM \"paper\" WHERE (\"title\" GLOB ?)");
}

/* Names of columns that are in both tables are those of the query. */
static void
test_join_with_conditions (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = NULL;
  const gint64 ids[] = { 1, 2, 3 };

  orm_query_joined (fixture->query, "person");
  orm_query_joined (fixture->query, "box");
  orm_query_filter (fixture->query, orm_in ("id", ids, G_N_ELEMENTS (ids)));
  orm_query_order_by (fixture->query, "title", ORM_ORDER_ASCENDING);
  orm_query_page (fixture->query, NULL, 2);
  papers = shelf_test_read_all (fixture, fixture->query);
  assert_statements (
      fixture, "SELECT " SQL_PAPER_IN_JOIN ", " SQL_PERSON_IN_JOIN
               ", \"box\".\"id\", \"box\".\"name\" FROM \"paper\" " SQL_JOIN_PERSON
               " LEFT JOIN \"box\" AS \"box\" ON \"box\".\"id\" = \"paper\".\"box_id\" WHERE (\"paper\".\"id\"" SQL_IN
               ") ORDER BY \"paper\".\"title\", \"paper\".\"id\" LIMIT ? OFFSET ?");
  g_assert_cmpuint (papers->len, ==, 2);
  g_assert_cmpstr (ORM_TEST_PAPER (papers->pdata[0])->title, ==, "b");
  g_assert_cmpstr (ORM_TEST_BOX (shelf_test_get_one (papers->pdata[0], "box"))->name, ==, "box");
  g_assert_null (shelf_test_get_one (papers->pdata[1], "box"));

  {
    g_autoptr (OrmQuery) next = orm_query_new (ORM_TYPE_TEST_PAPER);
    g_autoptr (GPtrArray) rest = NULL;

    orm_query_joined (next, "person");
    orm_query_order_by (next, "title", ORM_ORDER_ASCENDING);
    orm_query_page (next, papers->pdata[1], 2);
    rest = shelf_test_read_all (fixture, next);
    g_assert_cmpuint (rest->len, ==, 1);
    g_assert_cmpint (ORM_TEST_PAPER (rest->pdata[0])->id, ==, 1);
  }
  g_assert_cmpint (orm_session_count (fixture->session, fixture->query, NULL, &fixture->error), ==, 2);
}

static void
test_paths (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PERSON);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (OrmCollection) papers = NULL;
  g_autoptr (OrmCollection) labels = NULL;

  orm_query_select_in (query, "papers.labels");
  orm_query_joined (query, "papers.box");
  orm_query_joined (query, "papers.labels.parent");
  people = shelf_test_read_all (fixture, query);
  assert_statements (fixture, "SELECT \"id\", \"name\" FROM \"person\"",
                     "SELECT " SQL_PAPER_IN_JOIN ", \"box\".\"id\", \"box\".\"name\" FROM \"paper\""
                     " LEFT JOIN \"box\" AS \"box\" ON \"box\".\"id\" = \"paper\".\"box_id\""
                     " WHERE \"paper\".\"person_id\"" SQL_IN " ORDER BY \"paper\".\"title\", \"paper\".\"id\"",
                     "SELECT \"paper_label\".\"paper_id\", " SQL_LABEL_IN_JOIN
                     ", \"parent\".\"id\", \"parent\".\"name\", \"parent\".\"parent_id\""
                     " FROM \"paper_label\" JOIN \"label\" ON \"label\".\"id\" = \"paper_label\".\"label_id\""
                     " LEFT JOIN \"label\" AS \"parent\" ON \"parent\".\"id\" = \"label\".\"parent_id\""
                     " WHERE \"paper_label\".\"paper_id\"" SQL_IN " ORDER BY \"label\".\"name\", \"label\".\"id\"");
  assert_names (people->pdata[1], "papers", "a b");
  papers = orm_entity_get_collection (people->pdata[1], "papers", NULL);
  g_assert_true (shelf_test_get_one (orm_collection_peek (papers, 0), "person") == people->pdata[1]);
  g_assert_nonnull (shelf_test_get_one (orm_collection_peek (papers, 1), "box"));
  labels = orm_entity_get_collection (orm_collection_peek (papers, 0), "labels", NULL);
  g_assert_cmpstr (ORM_TEST_LABEL (shelf_test_get_one (orm_collection_peek (labels, 0), "parent"))->name, ==, "blue");
}

static void
test_select_in_of_belongs_to (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = NULL;

  orm_query_select_in (fixture->query, "person");
  orm_query_select_in (fixture->query, "sheets");
  papers = shelf_test_read_all (fixture, fixture->query);
  assert_statements (fixture, "SELECT " SQL_PAPER " FROM \"paper\"",
                     "SELECT \"id\", \"name\" FROM \"person\" WHERE \"id\"" SQL_IN,
                     "SELECT \"id\", \"number\", \"paper_id\" FROM \"sheet\" WHERE \"paper_id\"" SQL_IN
                     " ORDER BY \"number\", \"id\"");
  g_assert_cmpstr (ORM_TEST_PERSON (shelf_test_get_one (papers->pdata[3], "person"))->name, ==, "Bob");
  assert_names (papers->pdata[0], "sheets", "1 2 3");
  assert_names (papers->pdata[1], "sheets", "");
}

static void
test_invalid (ShelfTest *fixture, gconstpointer data)
{
  const char *const words[] = { "paper has no relation “tags”", "label has no relation “x”",
                                "paper.labels is a collection" };
  const char *const paths[] = { "tags", "labels.x", "labels" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);

      orm_query_joined (query, paths[i]);
      g_assert_null (orm_session_all (fixture->session, query, NULL, &fixture->error));
      g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (fixture->error->message, words[i]));
      g_clear_error (&fixture->error);
    }
  g_assert_cmpuint (fixture->statements->len, ==, 0);
}

/* For objects that are there. */
static void
test_load (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = shelf_test_read_all (fixture, fixture->query);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_ptr_array_set_size (fixture->statements, 0);
  g_assert_true (orm_session_load (fixture->session, papers, "labels", NULL, &fixture->error));
  assert_statements (fixture, SQL_LABELS_OF_PAPERS);
  assert_names (papers->pdata[0], "labels", "blue red");
  assert_names (papers->pdata[2], "labels", "");
  /* Again: there is nothing to read. */
  g_assert_true (orm_session_load (fixture->session, papers, "labels", NULL, &fixture->error));
  g_assert_true (orm_session_load (fixture->session, none, "labels", NULL, &fixture->error));
  g_assert_cmpuint (fixture->statements->len, ==, 0);
  g_assert_true (orm_session_load (fixture->session, papers, "person.papers", NULL, &fixture->error));
  assert_statements (fixture, "SELECT \"id\", \"name\" FROM \"person\" WHERE \"id\"" SQL_IN,
                     "SELECT " SQL_PAPER " FROM \"paper\" WHERE \"person_id\"" SQL_IN " ORDER BY \"title\", \"id\"");
  assert_names (shelf_test_get_one (papers->pdata[0], "person"), "papers", "c d");

  g_assert_false (orm_session_load (fixture->session, papers, "tags", NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&fixture->error);
}

static void
test_load_async (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) papers = shelf_test_read_all (fixture, fixture->query);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_set_size (fixture->statements, 0);
  orm_session_load_async (fixture->session, papers, "labels", NULL, orm_test_keep_result, &result);
  g_assert_false (orm_entity_is_loaded (papers->pdata[0], "labels"));
  orm_test_wait_result (&result);
  g_assert_true (orm_session_load_finish (fixture->session, result, &fixture->error));
  assert_statements (fixture, SQL_LABELS_OF_PAPERS);
  assert_names (papers->pdata[0], "labels", "blue red");

  g_clear_object (&result);
  orm_session_load_async (fixture->session, papers, "labels", NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_load_finish (fixture->session, result, &fixture->error));
  g_assert_cmpuint (fixture->statements->len, ==, 0);

  g_clear_object (&result);
  g_cancellable_cancel (cancellable);
  orm_session_load_async (fixture->session, papers, "sheets", cancellable, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_load_finish (fixture->session, result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
  g_assert_false (orm_entity_is_loaded (papers->pdata[0], "sheets"));
  g_assert_false (orm_session_load (fixture->session, papers, "sheets", cancellable, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
}

static void
test_query_async (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) papers = NULL;

  orm_query_joined (fixture->query, "person");
  orm_query_select_in (fixture->query, "labels");
  orm_session_all_async (fixture->session, fixture->query, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  papers = orm_session_all_finish (fixture->session, result, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->statements->len, ==, 2);
  assert_names (papers->pdata[0], "labels", "blue red");
  g_assert_nonnull (shelf_test_get_one (papers->pdata[0], "person"));
}

static void
test_cursor (ShelfTest *fixture, gconstpointer data)
{
  OrmQuery *query = orm_query_new (ORM_TYPE_TEST_PAPER);
  g_autoptr (OrmCursor) cursor = NULL;
  guint n = 0;
  OrmTestPaper *paper;

  orm_query_select_in (query, "labels");
  cursor = orm_cursor_new (fixture->session, query, 2);
  while ((paper = orm_cursor_next (cursor, NULL, &fixture->error)) != NULL)
    {
      g_assert_true (orm_entity_is_loaded (ORM_ENTITY (paper), "labels"));
      g_object_unref (paper);
      n++;
    }
  g_assert_cmpuint (n, ==, 4);
  /* Three batches, of which the last is empty. */
  g_assert_cmpuint (fixture->statements->len, ==, 5);
}

/* What is not written yet counts, whatever the file says. */
static void
test_unwritten (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = orm_session_get (fixture->session, ORM_TYPE_TEST_PERSON, 1, NULL, NULL);
  g_autoptr (OrmTestPerson) bob = orm_session_get (fixture->session, ORM_TYPE_TEST_PERSON, 2, NULL, NULL);
  g_autoptr (OrmTestPaper) moved = orm_session_get (fixture->session, ORM_TYPE_TEST_PAPER, 1, NULL, NULL);
  g_autoptr (OrmTestPaper) added = g_object_new (ORM_TYPE_TEST_PAPER, "title", "e", NULL);
  g_autoptr (OrmTestLabel) red = orm_session_get (fixture->session, ORM_TYPE_TEST_LABEL, 1, NULL, NULL);
  g_autoptr (OrmTestLabel) blue = orm_session_get (fixture->session, ORM_TYPE_TEST_LABEL, 2, NULL, NULL);
  g_autoptr (OrmCollection) labels = NULL;
  GPtrArray *list = g_ptr_array_new ();

  g_ptr_array_add (list, moved);
  orm_session_load (fixture->session, list, "labels", NULL, &fixture->error);
  labels = orm_entity_get_collection (ORM_ENTITY (moved), "labels", NULL);
  orm_collection_remove (labels, red);
  orm_entity_set_related (ORM_ENTITY (moved), "person", bob, NULL);
  orm_entity_set_related (ORM_ENTITY (added), "person", ada, NULL);

  g_ptr_array_set_size (list, 0);
  g_ptr_array_add (list, ada);
  g_ptr_array_add (list, bob);
  orm_session_load (fixture->session, list, "papers", NULL, &fixture->error);
  assert_names (ada, "papers", "c e");
  assert_names (bob, "papers", "a b d");
  g_ptr_array_set_size (list, 0);
  g_ptr_array_add (list, red);
  g_ptr_array_add (list, blue);
  orm_session_load (fixture->session, list, "papers", NULL, &fixture->error);
  assert_names (red, "papers", "");
  assert_names (blue, "papers", "d c");
  g_ptr_array_unref (list);

  orm_session_rollback (fixture->session);
  assert_names (ada, "papers", "c d");
  assert_names (bob, "papers", "a b");
  assert_names (red, "papers", "d");
}

/* Others */

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
  g_autofree char *names = names_of (expected->entity, expected->relation);

  return g_str_equal (names, expected->names);
}

static gboolean
is_loaded_again (gpointer entity)
{
  return !orm_entity_is_loaded (entity, "person");
}

static void
test_another_session (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "papers");
  g_autoptr (OrmSession) other = orm_session_new (fixture->database);
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (OrmTestLabel) label = g_object_new (ORM_TYPE_TEST_LABEL, "name", "ash", NULL);
  g_autoptr (OrmTestPaper) added = g_object_new (ORM_TYPE_TEST_PAPER, "title", "e", NULL);
  g_autoptr (OrmCollection) labels = NULL;
  g_autoptr (OrmCollection) labels_of_other = NULL;

  orm_query_select_in (query, "labels");
  orm_query_joined (query, "person");
  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  theirs = orm_session_all (other, query, NULL, &fixture->error);
  labels = orm_entity_get_collection (theirs->pdata[0], "labels", NULL);
  labels_of_other = orm_entity_get_collection (theirs->pdata[2], "labels", NULL);
  orm_collection_add (labels, label);
  orm_collection_remove (labels, orm_collection_peek (labels, 1));
  orm_entity_set_related (ORM_ENTITY (added), "person", shelf_test_get_one (theirs->pdata[0], "person"), NULL);
  g_ptr_array_set_size (fixture->statements, 0);
  g_assert_true (orm_session_commit (other, NULL, &fixture->error));
  g_assert_cmpuint (fixture->statements->len, ==, 4);
  g_ptr_array_set_size (fixture->statements, 0);

  orm_test_wait (has_names, &(Expected){ paper, "labels", "ash red" });
  orm_test_wait (has_names, &(Expected){ blue, "papers", "c" });
  orm_test_wait (has_names, &(Expected){ ada, "papers", "c d e" });
  /* One statement for the row, and one for each relation. */
  g_assert_cmpuint (fixture->statements->len, ==, 3);
  /* Moved, and deleted. */
  orm_entity_set_related (ORM_ENTITY (added), "person", shelf_test_get_one (theirs->pdata[3], "person"), NULL);
  orm_session_delete (other, theirs->pdata[1]);
  g_assert_true (orm_session_commit (other, NULL, &fixture->error));
  orm_test_wait (has_names, &(Expected){ ada, "papers", "d" });
  orm_test_wait (has_names, &(Expected){ blue, "papers", "" });
  /* What it belongs to now is not there to be shown. */
  orm_entity_set_related (theirs->pdata[0], "person", shelf_test_get_one (theirs->pdata[3], "person"), NULL);
  g_assert_true (orm_session_commit (other, NULL, &fixture->error));
  orm_test_wait (is_loaded_again, paper);
  assert_names (ada, "papers", "");
  g_assert_cmpint (paper->person_id, ==, 2);
}

/* Changes of one's own stay, over what another wrote. */
static void
test_another_session_and_own (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestLabel) blue = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 2, "papers");
  g_autoptr (OrmTestLabel) dark = shelf_test_get (fixture, ORM_TYPE_TEST_LABEL, 3, "papers");
  g_autoptr (OrmCollection) labels = orm_entity_get_collection (ORM_ENTITY (paper), "labels", NULL);
  G_GNUC_UNUSED g_autoptr (OrmCollection) papers_of_dark =
      orm_entity_get_collection (ORM_ENTITY (dark), "papers", NULL);

  orm_collection_add (labels, dark);
  orm_test_execute (fixture->database, "DELETE FROM paper_label WHERE paper_id = 1");
  /* SQL that goes past the session has to tell of a table without rowid by itself. */
  assert_names (paper, "labels", "blue dark red");
  orm_test_make_file (fixture->path, "UPDATE person SET name = 'Eda' WHERE id = 1");
  orm_database_poll (fixture->database);
  orm_test_wait (has_names, &(Expected){ paper, "labels", "dark" });
  assert_names (blue, "papers", "c");
  assert_names (dark, "papers", "d a");
  orm_session_rollback (fixture->session);
  assert_names (paper, "labels", "");
}

static void
test_another_process (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) ada = shelf_test_get (fixture, ORM_TYPE_TEST_PERSON, 1, "papers");
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 4, "labels person sheets");

  orm_test_make_file (fixture->path, "PRAGMA foreign_keys = ON; INSERT INTO paper_label VALUES (4, 1);"
                                     "UPDATE paper SET person_id = 1 WHERE id = 4;"
                                     "INSERT INTO paper VALUES (9, 'e', 1, NULL); DELETE FROM paper WHERE id = 2;"
                                     "INSERT INTO sheet VALUES (9, 9, 4)");
  orm_database_poll (fixture->database);
  orm_test_wait (has_names, &(Expected){ ada, "papers", "a d e" });
  orm_test_wait (has_names, &(Expected){ paper, "labels", "dark red" });
  orm_test_wait (has_names, &(Expected){ paper, "sheets", "9" });
  g_assert_true (shelf_test_get_one (paper, "person") == ada);
}

/* A commit that is on its way when a collection is read: the file may be as before it or as after. */
static void
test_commit_on_its_way (ShelfTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPaper) paper = shelf_test_get (fixture, ORM_TYPE_TEST_PAPER, 1, "labels");
  g_autoptr (OrmTestLabel) dark = orm_session_get (fixture->session, ORM_TYPE_TEST_LABEL, 3, NULL, NULL);
  g_autoptr (OrmCollection) labels = orm_entity_get_collection (ORM_ENTITY (paper), "labels", NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  orm_collection_add (labels, dark);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  g_ptr_array_add (list, dark);
  g_assert_true (orm_session_load (fixture->session, list, "papers", NULL, &fixture->error));
  assert_names (dark, "papers", "d a");
  /* Taken back meanwhile. */
  orm_collection_remove (labels, dark);
  assert_names (dark, "papers", "a");
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  assert_names (dark, "papers", "a");
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label WHERE paper_id = 1"), ==,
                   3);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label WHERE paper_id = 1"), ==,
                   2);
}

#define ADD(path, test) g_test_add (path, ShelfTest, NULL, shelf_test_set_up, test, shelf_test_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/relation-load/not-loaded", test_not_loaded);
  ADD ("/relation-load/page", test_page);
  ADD ("/relation-load/empty-page", test_empty_page);
  ADD ("/relation-load/join-with-conditions", test_join_with_conditions);
  ADD ("/relation-load/paths", test_paths);
  ADD ("/relation-load/select-in-of-belongs-to", test_select_in_of_belongs_to);
  ADD ("/relation-load/invalid", test_invalid);
  ADD ("/relation-load/load", test_load);
  ADD ("/relation-load/load-async", test_load_async);
  ADD ("/relation-load/query-async", test_query_async);
  ADD ("/relation-load/cursor", test_cursor);
  ADD ("/relation-load/unwritten", test_unwritten);
  ADD ("/relation-load/another-session", test_another_session);
  ADD ("/relation-load/another-session-and-own", test_another_session_and_own);
  ADD ("/relation-load/another-process", test_another_process);
  ADD ("/relation-load/commit-on-its-way", test_commit_on_its_way);
  return g_test_run ();
}
