/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-error.h"
#include "search-test.h"

#include <sqlite3.h>

#define add(test, title, body)  search_test_add ((test), (title), (body))
#define finds(test, query, ids) search_test_assert ((test), (query), (ids))

static void
test_words (SearchTest *test, gconstpointer data)
{
  add (test, "The doorbell", "rang at the Café");                           /* 1 */
  add (test, "Books", "a bell, a book, a candle");                          /* 2 */
  add (test, "生存", "我们的生活");                                         /* 3 */
  add (test, "Code", "C++ and foo_bar at 10.0.0.1. \xf0\x9f\x8e\x89 -> x"); /* 4 */
  add (test, "Other", "C, foo bar, 10,0,0,1, foobar");                      /* 5 */
  add (test, "", "id1042");                                                 /* 6 */

  /* Before and after the notes are indexed. */
  for (guint i = 0; i < 2; i++)
    {
      finds (test, NULL, "6 5 4 3 2 1");
      finds (test, "", "6 5 4 3 2 1");
      finds (test, "bell", "1 2");
      finds (test, "DOORB", "1");
      finds (test, "cafe", "1");
      finds (test, "b", "2 5 4");
      finds (test, "bo*", "2");
      finds (test, "生", "3");
      finds (test, "生活", "3");
      finds (test, "生们", "");
      finds (test, "C++", "4");
      finds (test, "C", "4 5 2 1");
      finds (test, "\"c\"", "5 4");
      finds (test, "\"foo_bar\"", "4");
      finds (test, "\"foo bar\"", "5");
      finds (test, "\"foo ba\"", "");
      finds (test, "10.0.0", "4");
      finds (test, "0", "6 5 4");
      finds (test, "04", "6");
      finds (test, "42 10", "6");
      finds (test, "d4", "");
      finds (test, "\"10.0.0\"", "4");
      finds (test, "\"10.0\" 0.1", "4");
      finds (test, "\xf0\x9f\x8e\x89", "4");
      finds (test, "->", "4");
      finds (test, "-bell", "6 5 4 3");
      finds (test, "book -candle", "");
      finds (test, "book OR 生", "3 2");
      finds (test, "(book OR 生) -candle", "3");
      finds (test, "nothing", "");
      finds (test, "the rang", "1");
      search_test_index (test);
    }
}

static void
test_fields (SearchTest *test, gconstpointer data)
{
  search_test_tag (test, add (test, "Plan", "- [ ] buy milk"), "work");                     /* 1 */
  search_test_tag (test, add (test, "Milk", "- [x] bought"), "work/project");               /* 2 */
  search_test_tag (test, add (test, "Both", "- [ ] a\n- [x] b https://a.org"), "Homework"); /* 3 */
  add (test, "Bare", "plan of milk");                                                       /* 4 */
  search_test_execute (test, "UPDATE note SET pinned = 1 WHERE id = 2; UPDATE note SET aliases = 'Naked' WHERE id = 4;"
                             "UPDATE note SET user_id = 2 WHERE id = 3");

  for (guint i = 0; i < 2; i++)
    {
      finds (test, "title:milk", "2");
      finds (test, "body:milk", "4 1");
      finds (test, "title:naked", "4");
      finds (test, "tag:work", "2 1");
      finds (test, "#WORK/project", "2");
      finds (test, "work", "2 3 1");
      finds (test, "-tag:*", "4");
      finds (test, "is:untagged", "4");
      finds (test, "is:pinned", "2");
      finds (test, "is:todo", "3 1");
      finds (test, "is:done", "2");
      finds (test, "has:checklist", "2 3 1");
      finds (test, "has:link", "3");
      finds (test, "user:bob", "3");
      finds (test, "user:anna", "2 4 1");
      finds (test, "user:schmidt is:todo", "1");
      finds (test, "created:1970", "2 4 3 1");
      finds (test, "created:1971..", "");
      finds (test, "updated:day-7", "");
      search_test_index (test);
    }
}

static void
test_scopes (SearchTest *test, gconstpointer data)
{
  OctavoScope scope = { OCTAVO_PLACE_ALL, 0, 0 };
  char *found;

  search_test_tag (test, add (test, "one", ""), "work");
  search_test_tag (test, add (test, "two", ""), "work/project");
  add (test, "three", "");
  search_test_tag (test, add (test, "four", ""), "work");
  search_test_execute (test, "UPDATE note SET trashed = 7 WHERE id = 4; UPDATE note SET user_id = 2 WHERE id = 2");

#define scope_finds(query, ids)                                                                                        \
  found = search_test_find (test, (query), &scope, OCTAVO_SORT_UPDATED);                                               \
  g_assert_cmpstr (found, ==, (ids));                                                                                  \
  g_free (found)

  scope_finds (NULL, "3 2 1");
  scope_finds ("is:trashed", "4");
  scope_finds ("is:trashed OR three", "4 3");
  scope_finds ("-is:trashed", "3 2 1");
  scope.user_id = 2;
  scope_finds (NULL, "2");
  scope_finds ("is:trashed", "");
  scope.user_id = 0;
  scope.place = OCTAVO_PLACE_TRASH;
  scope_finds (NULL, "4");
  scope_finds ("one", "");
  scope.place = OCTAVO_PLACE_UNTAGGED;
  scope_finds (NULL, "3");
  scope.place = OCTAVO_PLACE_TAG;
  scope.tag_id = search_test_get_int64 (test, "SELECT id FROM tag WHERE name = 'work'");
  scope_finds (NULL, "2 1");
  scope_finds ("is:trashed", "4");
  scope.tag_id = 99;
  scope_finds (NULL, "");
#undef scope_finds
}

static void
test_order (SearchTest *test, gconstpointer data)
{
  char *found;

  add (test, "zebra", "bell");           /* 1 */
  add (test, "Eclair bell", "book");     /* 2 */
  add (test, "apple", "bell bell book"); /* 3 */
  add (test, "eclipse", "book bell");    /* 4 */
  add (test, "bell book", "");           /* 5 */
  search_test_execute (test, "UPDATE note SET pinned = 1 WHERE id IN (1, 2);"
                             "UPDATE note SET created = 100 - id");

#define sorted_as(query, sort, ids)                                                                                    \
  found = search_test_find (test, (query), NULL, (sort));                                                              \
  g_assert_cmpstr (found, ==, (ids));                                                                                  \
  g_free (found)

  for (guint i = 0; i < 2; i++)
    {
      sorted_as ("bell", OCTAVO_SORT_UPDATED, "2 5 1 4 3");
      sorted_as ("bell book", OCTAVO_SORT_UPDATED, "5 2 4 3");
      sorted_as ("book OR zebra", OCTAVO_SORT_UPDATED, "1 5 2 4 3");
      sorted_as ("bell -book", OCTAVO_SORT_UPDATED, "1");
      sorted_as ("body:bell", OCTAVO_SORT_UPDATED, "1 4 3");
      sorted_as ("bell", OCTAVO_SORT_CREATED, "1 2 3 4 5");
      sorted_as ("", OCTAVO_SORT_TITLE, "2 1 3 5 4");
      search_test_index (test);
    }
  found = search_test_find (test, "zebra OR bell", NULL, OCTAVO_SORT_RELEVANCE);
  g_assert_true (g_str_has_prefix (found, "1 ")); /* the rare word, in the title */
  g_free (found);
  sorted_as ("is:pinned", OCTAVO_SORT_RELEVANCE, "2 1");
#undef sorted_as
}

/* Another program writes into the file; the next search knows. */
static void
test_other_process (SearchTest *test, gconstpointer data)
{
  sqlite3 *other;

  add (test, "bell", "");
  add (test, "book", "");
  search_test_index (test);
  finds (test, "bell", "1");
  g_assert_cmpint (sqlite3_open (test->path, &other), ==, SQLITE_OK);
  sqlite3_busy_timeout (other, 5000);

#define other_runs(sql) g_assert_cmpint (sqlite3_exec (other, (sql), NULL, NULL, NULL), ==, SQLITE_OK)
  other_runs ("UPDATE note SET title = 'book' WHERE id = 1");
  finds (test, "bell", "");
  finds (test, "book", "2 1");
  other_runs ("INSERT INTO note (user_id, created, updated, title, body) VALUES (1, 9, 9, 'new', 'bell')");
  finds (test, "bell", "3");
  other_runs ("DELETE FROM note WHERE id = 2");
  finds (test, "book", "1");
  other_runs ("INSERT OR REPLACE INTO note (id, user_id, created, updated, title) VALUES (3, 1, 9, 9, 'replaced')");
  finds (test, "bell", "");
  other_runs ("INSERT INTO note (id, user_id, created, updated, title) VALUES (3, 1, 9, 9, 'upserted') "
              "ON CONFLICT DO UPDATE SET title = excluded.title");
  finds (test, "upserted", "3");
#undef other_runs
  sqlite3_close (other);
  search_test_index (test);
  finds (test, "book", "1");
  finds (test, "replaced", "");
  finds (test, "upserted", "3");
}

static void check (SearchTest *test, OctavoIndexFault expected);

/* As another program may: notes change places, and one takes another's. */
static void
test_other_ids (SearchTest *test, gconstpointer data)
{
  add (test, "bell", "one");     /* 1 */
  add (test, "book", "two");     /* 2 */
  add (test, "candle", "three"); /* 3 */
  search_test_index (test);
  search_test_assert (test, "bell", "1");

  search_test_execute (test, "UPDATE note SET id = 50, body = 'four' WHERE id = 1");
  search_test_assert (test, "bell four", "50");
  search_test_assert (test, "one", "");
  search_test_execute (test, "UPDATE OR REPLACE note SET id = 2 WHERE id = 3");
  search_test_assert (test, "book", "");
  search_test_assert (test, "candle", "2");
  search_test_index (test);
  search_test_assert (test, "four OR candle", "2 50");
  check (test, OCTAVO_INDEX_RIGHT);

  /* The last id below 0, which stands for none in a trigger, and the lowest that there is. */
  search_test_assert (test, NULL, "2 50");
  search_test_execute (test, "INSERT INTO note (id, user_id, created, updated, title) VALUES (-1, 1, 0, 0, 'low')");
  search_test_assert (test, NULL, "2 50 -1");
  search_test_execute (test, "INSERT INTO note (id, user_id, created, updated, title) "
                             "VALUES (-9223372036854775807 - 1, 1, 0, 0, 'lowest')");
  search_test_index (test);
  search_test_assert (test, "low*", "-1 -9223372036854775808");
  check (test, OCTAVO_INDEX_RIGHT);
}

static void
check (SearchTest *test, OctavoIndexFault expected)
{
  g_autoptr (GError) error = NULL;
  OctavoIndexFault fault;
  guint n_pending;

  g_assert_true (octavo_search_check (test->search, &fault, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fault, ==, expected);
  g_assert_true (octavo_search_count_pending (test->search, &n_pending, &error));
  g_assert_cmpuint (n_pending, ==, 0);
}

static void
test_check (SearchTest *test, gconstpointer data)
{
  add (test, "bell", "- [ ] a book of averyveryveryverylongwordthatislongerthanapieceoftheindexcanhold0123456789");
  add (test, "生存", "text");
  check (test, OCTAVO_INDEX_RIGHT); /* there was none yet */
  check (test, OCTAVO_INDEX_RIGHT);

  /* Known to the queue: not wrong. */
  search_test_execute (test, "UPDATE note SET body = 'bell' WHERE id = 2");
  check (test, OCTAVO_INDEX_RIGHT);

  /* A note that the queue was not told of. */
  search_test_execute (test, "UPDATE note SET body = 'other words' WHERE id = 2; DELETE FROM search_queue");
  finds (test, "other", "");
  check (test, OCTAVO_INDEX_DIFFERENT);
  finds (test, "other", "2");

  /* A part of the index is gone. */
  search_test_execute (test, "DELETE FROM search_body_data WHERE id > 10");
  check (test, OCTAVO_INDEX_UNREADABLE);
  finds (test, "other", "2");

  /* Another part: found all the same, without it. */
  search_test_execute (test, "UPDATE search_body_data SET block = x'00' WHERE id > 10");
  finds (test, "\"other words\"", "2");
  search_test_index (test);
  check (test, OCTAVO_INDEX_RIGHT);

  /* The sets: one is gone, says too little, too much, is of no term, is nonsense. */
  search_test_execute (test, "DELETE FROM search_posting WHERE key = (SELECT max (key) FROM search_posting)");
  check (test, OCTAVO_INDEX_DIFFERENT);
  check (test, OCTAVO_INDEX_RIGHT);
  search_test_execute (test, "UPDATE search_posting SET notes = x'03' WHERE key = 1");
  check (test, OCTAVO_INDEX_DIFFERENT);
  search_test_execute (test, "UPDATE search_posting SET notes = x'010101' WHERE key = 1");
  check (test, OCTAVO_INDEX_DIFFERENT);
  search_test_execute (test, "INSERT INTO search_posting (key, notes) VALUES (4711, x'01')");
  check (test, OCTAVO_INDEX_DIFFERENT);
  search_test_execute (test, "UPDATE search_posting SET notes = x'ffffffffffff' WHERE key = 1");
  check (test, OCTAVO_INDEX_DIFFERENT);
  check (test, OCTAVO_INDEX_RIGHT);

  /* All of it is. */
  search_test_execute (test, "DROP TABLE search_title");
  finds (test, "bell", "1");
  check (test, OCTAVO_INDEX_MISSING);
  finds (test, "bell", "1");
}

static void
test_other_version (SearchTest *test, gconstpointer data)
{
  add (test, "bell", "");
  search_test_index (test);
  /* An index made by other rules would say other things. */
  search_test_execute (test, "INSERT INTO search_title (search_title, rowid, text) VALUES ('delete', 1, 'bell')");
  search_test_execute (test, "UPDATE search_meta SET version = 'other'");
  finds (test, "bell", "1");
  search_test_index (test);
  finds (test, "bell", "1");
  check (test, OCTAVO_INDEX_RIGHT);
}

static void
test_many_batches (SearchTest *test, gconstpointer data)
{
  search_test_execute (test,
                       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
                       "INSERT INTO note (user_id, created, updated, title, body) "
                       "SELECT 1, i, i, 'note ' || i, 'common' || CASE WHEN i = 1234 THEN ' rare' ELSE '' END FROM n");
  finds (test, "rare", "1234"); /* so many are indexed before */
  g_assert_cmpint (search_test_get_int64 (test, "SELECT count (*) FROM search_queue"), ==, 0);
  finds (test, "2499", "2499");
  check (test, OCTAVO_INDEX_RIGHT);
}

static void
test_at_rest (SearchTest *test, gconstpointer data)
{
  guint n_pending = 1;

  add (test, "bell", "");
  wait_until (octavo_search_count_pending (test->search, &n_pending, NULL) && n_pending == 0);
  finds (test, "bell", "1");
  search_test_execute (test, "UPDATE note SET title = 'book'");
  g_assert_true (octavo_search_count_pending (test->search, &n_pending, NULL));
  g_assert_cmpuint (n_pending, ==, 1);
  wait_until (octavo_search_count_pending (test->search, &n_pending, NULL) && n_pending == 0);
  finds (test, "book", "1");
  finds (test, "bell", "");
}

typedef struct
{
  GArray *ids;
  GError *error;
  guint n_done;
} Answer;

static void
on_answer (GObject *search, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ids = octavo_search_run_finish (OCTAVO_SEARCH (search), result, &answer->error);
  answer->n_done++;
}

static void
test_async (SearchTest *test, gconstpointer data)
{
  g_autoptr (OctavoQuery) query = octavo_query_new ("bell");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answers[3] = { { NULL } };

  add (test, "bell", "");
  octavo_search_run_async (test->search, query, NULL, OCTAVO_SORT_UPDATED, cancellable, on_answer, &answers[0]);
  octavo_search_run_async (test->search, query, NULL, OCTAVO_SORT_UPDATED, NULL, on_answer, &answers[1]);
  octavo_search_run_async (test->search, NULL, NULL, OCTAVO_SORT_TITLE, NULL, on_answer, &answers[2]);
  g_cancellable_cancel (cancellable);
  wait_until (answers[0].n_done + answers[1].n_done + answers[2].n_done == 3);
  g_assert_error (answers[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answers[0].ids);
  for (guint i = 1; i < 3; i++)
    {
      g_assert_no_error (answers[i].error);
      g_assert_cmpuint (answers[i].ids->len, ==, 1);
      g_array_unref (answers[i].ids);
    }
  g_clear_error (&answers[0].error);
}

static char *
find_first (SearchTest *test, OctavoSort sort, guint n_notes)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  Answer answer = { NULL };

  octavo_search_run_first_async (test->search, NULL, sort, n_notes, NULL, on_answer, &answer);
  wait_until (answer.n_done == 1);
  g_assert_no_error (answer.error);
  for (guint i = 0; i < answer.ids->len; i++)
    g_string_append_printf (ids, i > 0 ? " %" G_GINT64_FORMAT : "%" G_GINT64_FORMAT,
                            g_array_index (answer.ids, gint64, i));
  g_array_unref (answer.ids);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* The first notes without the others: those that a search for all begins with. */
static void
test_first (SearchTest *test, gconstpointer data)
{
  static const OctavoSort sorts[] = { OCTAVO_SORT_UPDATED, OCTAVO_SORT_CREATED };
  static const OctavoScope all = { OCTAVO_PLACE_ALL, 0, 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *none = find_first (test, OCTAVO_SORT_UPDATED, 3);
  Answer cancelled = { NULL };

  g_assert_cmpstr (none, ==, "");
  search_test_execute (test, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) "
                             "INSERT INTO note (user_id, created, updated, pinned, trashed) "
                             "SELECT 1, 100 - i, i / 2, i IN (3, 8), (i = 9) * 50 FROM n");
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autofree char *some = find_first (test, sorts[i], 5);
      g_autofree char *more = find_first (test, sorts[i], 100);
      g_autofree char *whole = search_test_find (test, NULL, NULL, sorts[i]);

      g_assert_cmpstr (some, ==, i == 0 ? "8 3 7 6 5" : "3 8 1 2 4");
      g_assert_cmpstr (more, ==, whole);
    }
  g_assert_false (octavo_search_has_first (test->search, NULL, &all, OCTAVO_SORT_UPDATED));

  octavo_search_run_first_async (test->search, NULL, OCTAVO_SORT_UPDATED, 5, cancellable, on_answer, &cancelled);
  g_cancellable_cancel (cancellable);
  wait_until (cancelled.n_done == 1);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (cancelled.ids);
  g_clear_error (&cancelled.error);
}

static gboolean
on_cancel (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* A search that would read 40 MB of text ends when it is cancelled, with the texts unread. */
static void
test_interrupt (SearchTest *test, gconstpointer data)
{
  g_autoptr (OctavoQuery) query = octavo_query_new ("-é");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { NULL };

  search_test_execute (test, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
                             "INSERT INTO note (user_id, created, updated, body) "
                             "SELECT 1, i, i, replace (hex (zeroblob (25000)), '0', 'é') FROM n");
  octavo_search_run_async (test->search, query, NULL, OCTAVO_SORT_UPDATED, cancellable, on_answer, &answer);
  g_timeout_add (1, on_cancel, cancellable);
  wait_until (answer.n_done == 1);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

static void
test_hostile (SearchTest *test, gconstpointer data)
{
  g_autofree char *parens = g_strnfill (10000, '(');
  g_autofree char *word = g_strnfill (10000, 'w');
  g_autofree char *letters = g_strnfill (10000, ' ');

  for (guint i = 0; i < 10000; i += 2)
    letters[i] = "abcdefghij"[i / 2 % 10];
  add (test, "((((", "\" OR NOT AND NEAR(a b) ^ * : {a} \x01\x02\x03");
  add (test, word, "text");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *all_letters = search_test_find (test, letters, NULL, OCTAVO_SORT_UPDATED);

      finds (test, parens, "");
      finds (test, word, "2");
      finds (test, "((((", "1");
      finds (test, "\"", "1");
      finds (test, "NEAR(a", "1");
      finds (test, "\"NEAR(a b)\"", "1");
      finds (test, "^ { : *", "1");
      finds (test, "OR", "1");
      g_assert_cmpstr (all_letters, ==, "");
      search_test_index (test);
    }
}

/* A body that is no UTF-8, or has NUL bytes: as another program may leave it. */
static void
test_odd_texts (SearchTest *test, gconstpointer data)
{
  search_test_execute (test, "INSERT INTO note (user_id, created, updated, title, body) VALUES "
                             "(1, 1, 1, 'odd', CAST (x'62656c6cff626f6f6b' AS TEXT)),"
                             "(1, 2, 2, 'odder', 'one' || char (0) || 'two'),"
                             "(1, 3, 3, '', '')");
  for (guint i = 0; i < 2; i++)
    {
      finds (test, "bell", "1");
      finds (test, "book", "1");
      finds (test, "odd", "2 1");
      finds (test, "-odd", "3");
      search_test_index (test);
    }
  search_test_execute (test, "DELETE FROM note");
  search_test_index (test);
  finds (test, "odd", "");
  finds (test, NULL, "");
  check (test, OCTAVO_INDEX_RIGHT);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/search/" name, SearchTest, NULL, search_test_set_up, function, search_test_tear_down)
  ADD ("other-ids", test_other_ids);
  ADD ("words", test_words);
  ADD ("fields", test_fields);
  ADD ("scopes", test_scopes);
  ADD ("order", test_order);
  ADD ("another-program-writes", test_other_process);
  ADD ("check-finds-and-mends", test_check);
  ADD ("an-index-of-another-version-is-not-asked", test_other_version);
  ADD ("many-batches", test_many_batches);
  ADD ("indexes-at-rest", test_at_rest);
  ADD ("async", test_async);
  ADD ("first-notes", test_first);
  ADD ("cancelling-interrupts", test_interrupt);
  ADD ("hostile-queries", test_hostile);
  ADD ("odd-texts", test_odd_texts);
  return g_test_run ();
}
