/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"
#include "orm-test.h"

/* A hundred thousand links in one commit: what each costs must not grow with their number. */

#define N_LABELS 100000

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  OrmTestPaper *paper;
  GPtrArray *labels;
  OrmCollection *collection;
  GError *error;
} Fixture;

#define INSERT_LABELS                                                                                                  \
  "DELETE FROM paper_label; DELETE FROM label;"                                                                        \
  "INSERT INTO label (id, name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "    \
  "SELECT i, printf ('%06d', i) FROM n"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_LABEL);
  g_autoptr (GPtrArray) papers = g_ptr_array_new ();

  fixture->database = orm_test_shelf_open (":memory:");
  orm_test_execute (fixture->database, INSERT_LABELS);
  fixture->session = orm_session_new (fixture->database);
  fixture->paper = orm_session_get (fixture->session, ORM_TYPE_TEST_PAPER, 3, NULL, &fixture->error);
  g_ptr_array_add (papers, fixture->paper);
  g_assert_true (orm_session_load (fixture->session, papers, "labels", NULL, &fixture->error));
  fixture->labels = orm_session_all (fixture->session, query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->labels->len, ==, N_LABELS);
  fixture->collection = orm_entity_get_collection (ORM_ENTITY (fixture->paper), "labels", &fixture->error);
  for (guint i = 0; i < N_LABELS; i++)
    orm_collection_add (fixture->collection, fixture->labels->pdata[i]);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_clear_object (&fixture->collection);
  g_ptr_array_unref (fixture->labels);
  g_clear_object (&fixture->paper);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

static gint64
count (Fixture *fixture)
{
  return orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper_label WHERE paper_id = 3");
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  /* Those that are taken back are not written. */
  for (guint i = N_LABELS; i > 0; i -= 2)
    orm_collection_remove (fixture->collection, fixture->labels->pdata[i - 1]);
  orm_collection_add (fixture->collection, fixture->labels->pdata[1]);
  orm_collection_add (fixture->collection, fixture->labels->pdata[3]);
  orm_collection_remove (fixture->collection, fixture->labels->pdata[1]);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (count (fixture), ==, N_LABELS / 2 + 1);
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT min(label_id) FROM paper_label WHERE label_id % 2 = 0"),
                   ==, 4);
  g_assert_false (orm_session_is_modified (fixture->session));
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  orm_session_rollback (fixture->session);
  g_assert_cmpuint (orm_collection_get_n_items (fixture->collection), ==, 0);
  orm_collection_add (fixture->collection, fixture->labels->pdata[0]);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (count (fixture), ==, 1);
}

/* What a commit that failed gives back, beside what was changed while it ran. */
static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestPerson) nameless = g_object_new (ORM_TYPE_TEST_PERSON, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_add (fixture->session, ORM_ENTITY (nameless));
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  for (guint i = N_LABELS; i > 1; i--)
    orm_collection_remove (fixture->collection, fixture->labels->pdata[i - 1]);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_clear_error (&fixture->error);
  orm_session_expunge (fixture->session, ORM_ENTITY (nameless));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (count (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/orm/relation-many/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("commit", test_commit);
  ADD ("rollback", test_rollback);
  ADD ("failed", test_failed);

  return g_test_run ();
}
