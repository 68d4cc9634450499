/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-test.h"

/* What another program, or a bad disk, can do to the index: it is noticed, made anew, and in no one's way. */

#define N_NOTES 2000 /* enough for an index of many pages */

#define FORGET_TABLE                                                                                                   \
  "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'search_body'; PRAGMA writable_schema = RESET"

typedef struct
{
  const char *sql;
  OctavoIndexFault fault;
  gboolean is_seen_by_search; /* where the file is opened again */
} Damage;

static const Damage damages[] = {
  { "DELETE FROM search_body_idx", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "DELETE FROM search_title_idx", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "DELETE FROM search_body_idx WHERE pgno >> 1 = 9", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "UPDATE search_body_idx SET term = x'3000' || term WHERE pgno >> 1 = 9", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "DELETE FROM search_body_docsize WHERE id % 2 = 0", OCTAVO_INDEX_DIFFERENT, FALSE },
  { "UPDATE search_title_docsize SET sz = x'63' WHERE id = 7", OCTAVO_INDEX_DIFFERENT, FALSE },
  { "UPDATE search_title_docsize SET sz = x'' WHERE id = 7", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "DELETE FROM search_body_data WHERE id = 1", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "UPDATE search_body_data SET block = x'01' WHERE id = 1", OCTAVO_INDEX_UNREADABLE, FALSE },
  { "UPDATE search_body_data SET block = x'0101' WHERE id = 1", OCTAVO_INDEX_DIFFERENT, FALSE },
  { "DELETE FROM search_body_data WHERE id = 10", OCTAVO_INDEX_UNREADABLE, TRUE },
  { "DELETE FROM search_body_config", OCTAVO_INDEX_UNREADABLE, TRUE },
  { "DELETE FROM search_meta", OCTAVO_INDEX_UNREADABLE, TRUE },
  { "ALTER TABLE search_term RENAME COLUMN term TO word", OCTAVO_INDEX_UNREADABLE, TRUE },
  { "DROP TABLE search_body_config", OCTAVO_INDEX_MISSING, TRUE },
  { "DROP TABLE search_title_data", OCTAVO_INDEX_MISSING, TRUE },
  { "DROP TABLE search_body_idx", OCTAVO_INDEX_MISSING, TRUE },
  { "DROP TABLE search_body_docsize", OCTAVO_INDEX_MISSING, TRUE },
  { "DROP TABLE search_term; CREATE VIEW search_term AS SELECT 1 AS id", OCTAVO_INDEX_MISSING, TRUE },
  { "DROP TABLE search_meta; CREATE TABLE search_meta (x)", OCTAVO_INDEX_UNREADABLE, TRUE },
  { FORGET_TABLE, OCTAVO_INDEX_MISSING, TRUE },
};

static void
add_notes (SearchTest *test)
{
  search_test_execute (test,
                       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                       "INSERT INTO note (user_id, created, updated, title, body) "
                       "SELECT 1, i, i, 'note t' || i, hex (i * 7919) || ' two words b' || i || ' end' FROM n",
                       N_NOTES);
  search_test_index (test);
}

/* What knows the index as it was is let go of. */
static void
open_again (SearchTest *test)
{
  g_object_run_dispose (G_OBJECT (test->search));
  orm_database_close (test->database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (test->search);
  g_assert_finalize_object (test->database);
  test->database = search_test_open (test->path);
  test->search = octavo_search_new (test->database);
}

static void
assert_finds (SearchTest *test)
{
  search_test_assert (test, "\"words b1777\"", "1777");
  search_test_assert (test, "title:t1999", "1999");
}

static void
check (SearchTest *test, OctavoIndexFault expected)
{
  g_autoptr (GError) error = NULL;
  OctavoIndexFault fault;

  octavo_search_check (test->search, &fault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fault, ==, expected);
}

static void
test_check (SearchTest *test, gconstpointer data)
{
  gboolean opens_again = GPOINTER_TO_INT (data);

  add_notes (test);
  check (test, OCTAVO_INDEX_RIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_test_message ("%s", damages[i].sql);
      search_test_execute (test, "%s", damages[i].sql);
      if (opens_again)
        open_again (test);
      check (test, damages[i].fault);
      assert_finds (test);
      check (test, OCTAVO_INDEX_RIGHT);
    }
}

/* Also while parts of the index were merged, and notes went. */
static void
test_no_false_alarm (SearchTest *test, gconstpointer data)
{
  add_notes (test);
  for (guint i = 0; i < 30; i++)
    {
      search_test_execute (test, "UPDATE note SET body = body || ' more%u' WHERE id %% 30 = %u", i, i);
      search_test_execute (test, "DELETE FROM note WHERE id %% 41 = %u", i);
      search_test_index (test);
      if (i % 5 == 0)
        check (test, OCTAVO_INDEX_RIGHT);
    }
  search_test_execute (test, "INSERT INTO search_body (search_body, rank) VALUES ('merge', -3)");
  check (test, OCTAVO_INDEX_RIGHT);
  search_test_execute (test, "INSERT INTO search_body (search_body) VALUES ('optimize')");
  check (test, OCTAVO_INDEX_RIGHT);
  search_test_execute (test, "DELETE FROM note");
  search_test_index (test);
  check (test, OCTAVO_INDEX_RIGHT);
}

static void
on_answer (GObject *search, GAsyncResult *result, gpointer data)
{
  GArray **ids = data;
  g_autoptr (GError) error = NULL;

  *ids = octavo_search_run_finish (OCTAVO_SEARCH (search), result, &error);
  g_assert_no_error (error);
}

/* As the window does. The newest notes are looked into whatever is wrong with the index. */
static void
ask (SearchTest *test, const char *text)
{
  g_autoptr (OctavoQuery) query = octavo_query_new (text);
  GArray *ids = NULL;

  octavo_search_run_async (test->search, query, NULL, OCTAVO_SORT_UPDATED, NULL, on_answer, &ids);
  wait_until (ids != NULL);
  g_assert_cmpuint (ids->len, ==, 1);
  g_array_unref (ids);
}

static gboolean
is_right (SearchTest *test)
{
  g_autoptr (GError) error = NULL;
  guint n_pending;

  g_assert_true (octavo_search_count_pending (test->search, &n_pending, &error));
  return n_pending == 0;
}

static void
test_search (SearchTest *test, gconstpointer data)
{
  add_notes (test);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    if (damages[i].is_seen_by_search)
      {
        gint64 generation = search_test_get_int64 (test, "SELECT generation FROM search_meta");

        g_test_message ("%s", damages[i].sql);
        search_test_execute (test, "%s", damages[i].sql);
        open_again (test);
        ask (test, "\"words b1888\"");
        wait_until (is_right (test) &&
                    search_test_get_int64 (test, "SELECT generation FROM search_meta") != generation);
        check (test, OCTAVO_INDEX_RIGHT);
      }
}

/* The way of the command line: nothing runs behind it, so it is mended before it ends. */
static void
test_search_that_waits (SearchTest *test, gconstpointer data)
{
  add_notes (test);
  search_test_execute (test, "DELETE FROM search_body_config");
  open_again (test);
  assert_finds (test);
  check (test, OCTAVO_INDEX_RIGHT);
}

static void
test_broken_for_writing (SearchTest *test, gconstpointer data)
{
  add_notes (test);
  search_test_execute (test, "DELETE FROM search_body_data WHERE id = 1; "
                             "UPDATE note SET body = body || ' edited' WHERE id <= 5");
  wait_until (is_right (test));
  check (test, OCTAVO_INDEX_RIGHT);
  search_test_assert (test, "edited", "5 4 3 2 1");

  /* Also where somebody waits for it. */
  search_test_execute (test, "DELETE FROM search_body_data WHERE id = 1; "
                             "UPDATE note SET body = body || ' again' WHERE id <= 3");
  search_test_index (test);
  search_test_assert (test, "again", "3 2 1");
  check (test, OCTAVO_INDEX_RIGHT);
}

static void
on_statement (OrmDatabase *database, const char *sql, gint64 elapsed, gint64 rows, gpointer n_rollbacks)
{
  if (g_str_has_prefix (sql, "ROLLBACK"))
    g_atomic_int_inc ((int *) n_rollbacks);
}

static void
test_tried_again (SearchTest *test, gconstpointer data)
{
  int n_rollbacks = 0;

  search_test_add (test, "bell", "book");
  search_test_execute (test, "PRAGMA max_page_count = 1"); /* no more than there are */
  g_signal_connect (test->database, "statement", G_CALLBACK (on_statement), &n_rollbacks);
  wait_until (g_atomic_int_get (&n_rollbacks) > 0);
  g_assert_false (is_right (test));
  search_test_execute (test, "PRAGMA max_page_count = 1000000");
  wait_until (is_right (test));
  g_signal_handlers_disconnect_by_data (test->database, &n_rollbacks);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, function)                                                                                      \
  g_test_add ("/index/" name, SearchTest, data, search_test_set_up, function, search_test_tear_down)
  ADD ("check-finds-damage", GINT_TO_POINTER (FALSE), test_check);
  ADD ("check-finds-damage-of-a-new-file", GINT_TO_POINTER (TRUE), test_check);
  ADD ("no-false-alarm", NULL, test_no_false_alarm);
  ADD ("search-goes-on", NULL, test_search);
  ADD ("a-search-that-waits-mends-it", NULL, test_search_that_waits);
  ADD ("broken-for-writing", NULL, test_broken_for_writing);
  ADD ("what-failed-is-tried-again", NULL, test_tried_again);
  return g_test_run ();
}
