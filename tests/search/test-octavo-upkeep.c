/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-test.h"

/* What search says, and does, while the index does not know all notes. */

#define N_NOTES 12000 /* of which a search looks into some 5,700 */

static void
add_notes (SearchTest *test)
{
  search_test_execute (test,
                       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                       "INSERT INTO note (user_id, created, updated, title, body) SELECT 1, i, i, 'note ' || i, "
                       "CASE WHEN i IN (1, %d) THEN 'rare ' ELSE '- [ ] box ' || hex (zeroblob (100)) END FROM n",
                       N_NOTES, N_NOTES);
}

typedef struct
{
  GArray *ids;
  guint n_missing;
} Answer;

static void
on_answer (GObject *search, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->n_missing = octavo_search_run_get_n_missing (OCTAVO_SEARCH (search), result);
  answer->ids = octavo_search_run_finish (OCTAVO_SEARCH (search), result, &error);
  g_assert_no_error (error);
}

static guint
ask (SearchTest *test, const char *text, guint *n_missing)
{
  g_autoptr (OctavoQuery) query = octavo_query_new (text);
  Answer answer = { NULL };
  guint n_found;

  octavo_search_run_async (test->search, query, NULL, OCTAVO_SORT_UPDATED, NULL, on_answer, &answer);
  wait_until (answer.ids != NULL);
  n_found = answer.ids->len;
  g_array_unref (answer.ids);
  *n_missing = answer.n_missing;
  return n_found;
}

static void
test_incomplete (SearchTest *test, gconstpointer data)
{
  guint n_missing, n_without;

  add_notes (test);
  g_assert_cmpuint (ask (test, "rare", &n_missing), ==, 1); /* the newest */
  g_assert_cmpuint (n_missing, >, 0);
  g_assert_cmpuint (n_missing, <, N_NOTES);
  g_assert_cmpuint (octavo_search_get_n_pending (test->search), >=, n_missing);

  /* Of the others it is not known that they lack something. */
  n_without = ask (test, "-rare", &n_missing);
  g_assert_cmpuint (n_without + 1 + n_missing, ==, N_NOTES);
  n_without = ask (test, "-is:todo", &n_missing);
  g_assert_cmpuint (n_without, ==, 1);
  g_assert_cmpuint (ask (test, "-(-rare)", &n_missing), ==, 1);

  /* What is not asked of texts is known of all. */
  g_assert_cmpuint (ask (test, "-is:pinned", &n_missing), ==, N_NOTES);
  g_assert_cmpuint (n_missing, ==, 0);

  wait_until (octavo_search_get_n_pending (test->search) == 0);
  g_assert_cmpuint (ask (test, "rare", &n_missing), ==, 2);
  g_assert_cmpuint (n_missing, ==, 0);
  g_assert_cmpuint (ask (test, "-rare", &n_missing), ==, N_NOTES - 2);
}

static void
on_n_pending (OctavoSearch *search, GParamSpec *pspec, gpointer data)
{
  GArray *seen = data;
  guint n_pending = octavo_search_get_n_pending (search);

  g_array_append_val (seen, n_pending);
}

static void
test_progress (SearchTest *test, gconstpointer data)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_missing;

  add_notes (test);
  search_test_index (test);
  search_test_execute (test, "UPDATE search_meta SET version = 'older'");
  g_signal_connect (test->search, "notify::n-pending", G_CALLBACK (on_n_pending), seen);
  g_assert_cmpuint (ask (test, "rare", &n_missing), ==, 1);
  g_assert_cmpuint (n_missing, >, 0);
  wait_until (octavo_search_get_n_pending (test->search) == 0);
  g_signal_handlers_disconnect_by_data (test->search, seen);

  g_assert_cmpuint (seen->len, >=, 3); /* all, some, none */
  g_assert_cmpuint (g_array_index (seen, guint, 0), ==, N_NOTES);
  for (guint i = 1; i < seen->len; i++)
    g_assert_cmpuint (g_array_index (seen, guint, i), <, g_array_index (seen, guint, i - 1));
  g_assert_cmpint (search_test_get_int64 (test, "SELECT count (*) FROM search_queue"), ==, 0);
}

/* A note that is large is not written again while the last time is paid off; search finds what is in it. */
static void
test_large_note_rests (SearchTest *test, gconstpointer data)
{
  guint n_missing;
  gint64 revision;

  search_test_execute (test, "INSERT INTO note (user_id, created, updated, title, body) "
                             "SELECT 1, 1, 1, 'large', replace (hex (randomblob (400000)), 'A', ' ')");
  search_test_index (test);
  search_test_execute (test, "UPDATE note SET body = body || ' edited'");
  revision = search_test_get_int64 (test, "SELECT revision FROM search_meta");
  wait_until (search_test_get_int64 (test, "SELECT revision FROM search_meta") > revision);
  revision = search_test_get_int64 (test, "SELECT revision FROM search_meta");

  search_test_execute (test, "UPDATE note SET body = body || ' again'");
  g_assert_cmpuint (ask (test, "again", &n_missing), ==, 1);
  g_assert_cmpuint (n_missing, ==, 0);
  g_assert_cmpint (search_test_get_int64 (test, "SELECT count (*) FROM search_queue"), ==, 1);
  /* More than are looked into with each key do not wait. */
  add_notes (test);
  wait_until (search_test_get_int64 (test, "SELECT revision FROM search_meta") > revision);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/upkeep/" name, SearchTest, NULL, search_test_set_up, function, search_test_tear_down)
  ADD ("incomplete-answers", test_incomplete);
  ADD ("progress", test_progress);
  ADD ("a-large-note-rests", test_large_note_rests);
  return g_test_run ();
}
