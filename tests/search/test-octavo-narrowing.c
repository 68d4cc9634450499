/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-narrowing.h"
#include "search-test.h"

#include <string.h>

static const struct
{
  const char *query;
  const char *other;
  gboolean implies;
} pairs[] = {
  { "bell", "bel", TRUE },
  { "doorbell", "bell", TRUE },
  { "bel", "bell", FALSE },
  { "be", "b", TRUE },
  { "bel", "be", FALSE }, /* two letters start a word, three stand anywhere */
  { "bell*", "bel*", TRUE },
  { "bell*", "bel", TRUE },
  { "bell", "bel*", FALSE },
  { "title:bell", "bel", TRUE },
  { "bell", "title:bel", FALSE },
  { "title:bell", "body:bel", FALSE },
  { "bell book", "bell", TRUE },
  { "bell", "bell book", FALSE },
  { "bell boo", "bell bo", FALSE },
  { "bell book", "bell boo", TRUE },
  { "bell tag:work", "bell", TRUE },
  { "bell -book", "bell", TRUE },
  { "bell -book", "bell -book", TRUE },
  { "bell -boo", "bell -book", FALSE },
  { "bell -book", "bell -boo", FALSE },
  { "bell", "bell OR book", TRUE },
  { "bell OR book", "bell", FALSE },
  { "bell OR book", "book OR bel", TRUE },
  { "\"a bell\"", "\"a bel\"", FALSE },
  { "\"a bell\"", "\"a bell\"", TRUE },
  { "\"a bell\"", "bell", TRUE },
  { "bell", "\"bell\"", FALSE },
  { "tag:work", "tag:work", TRUE },
  { "tag:work/x", "tag:work", FALSE },
  { "bell created:2026", "bell created:2026", TRUE },
  { "bell created:2026", "bell created:2025", FALSE },
  { "bell created:>2026", "bell created:2026", FALSE },
  { "bell is:trashed", "bell", FALSE }, /* looks at other notes */
  { "生存", "生", TRUE },
};

static void
test_implies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (OctavoQuery) query = octavo_query_new (pairs[i].query);
      g_autoptr (OctavoQuery) other = octavo_query_new (pairs[i].other);

      g_test_message ("%s, %s", pairs[i].query, pairs[i].other);
      g_assert_cmpint (octavo_query_implies (query, other), ==, pairs[i].implies);
    }
}

/* Trees that could be compared in ever so many ways are not. */
static void
test_is_given_up (void)
{
  g_autoptr (GString) text = g_string_new ("x");
  g_autoptr (OctavoQuery) query = NULL;
  g_autoptr (OctavoQuery) other = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_string_prepend (text, i % 2 == 0 ? "(a b " : "(c OR d OR ");
      g_string_append_c (text, ')');
    }
  query = octavo_query_new (text->str);
  g_string_prepend (text, "y ");
  other = octavo_query_new (text->str);
  g_assert_false (octavo_query_implies (query, other));
}

static guint
count_narrowed (SearchTest *test)
{
  OctavoSearchCounts counts;

  octavo_search_get_counts (test->search, &counts);
  return counts.n_narrowed;
}

typedef struct
{
  SearchTest *test;
  const char *const *queries;
  GString *found;
} Typing;

static void
ask (Typing *self, OctavoSearch *search, OrmConnection *connection, const char *text)
{
  g_autoptr (OctavoQuery) query = octavo_query_new (text);
  g_autoptr (GError) error = NULL;
  guint n_missing;
  g_autoptr (GArray) ids =
      octavo_search_run_in (search, connection, query, NULL, OCTAVO_SORT_UPDATED, 0, &n_missing, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (self->found, "%" G_GINT64_FORMAT " ", g_array_index (ids, gint64, i));
  g_string_append (self->found, "; ");
}

/* All in one snapshot, with one connection. */
static gboolean
work_type (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Typing *self = data;

  for (guint i = 0; self->queries[i] != NULL; i++)
    ask (self, self->test->search, connection, self->queries[i]);
  return TRUE;
}

static void
type (SearchTest *test, const char *const *queries, const char *found)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Typing typing = { test, queries, out };

  orm_database_read (test->database, work_type, &typing, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, found);
}

static void
test_reuse (SearchTest *test, gconstpointer data)
{
  static const char *const queries[] = { "bel", "bell", "bell bo", "bell book", "belt", NULL };
  guint n_before;

  search_test_add (test, "bell", "book");
  search_test_add (test, "doorbell", "boat");
  search_test_add (test, "belt", "");
  search_test_index (test);
  n_before = count_narrowed (test);
  type (test, queries, "3 2 1 ; 2 1 ; 2 1 ; 1 ; 3 ; ");
  g_assert_cmpuint (count_narrowed (test) - n_before, ==, 4); /* also the last: it goes on from the first */

  /* What was written since counts, also where it was found before and is not any more. */
  search_test_execute (test, "UPDATE note SET title = 'bell', updated = 9 WHERE id = 3");
  type (test, (const char *const[]){ "bell", NULL }, "3 2 1 ; ");
  search_test_execute (test, "UPDATE note SET title = 'none', updated = 9 WHERE id = 1");
  type (test, (const char *const[]){ "bell ", "bell b", NULL }, "3 2 ; 3 2 ; ");
}

/* What is typed, a letter after the other, is found as by an engine that remembers nothing. */
#define N_TYPED 150

static gboolean
work_compare (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const words[] = { "bell",     "bo*",        "-book",        "OR",   "tag:a",   "doorbell",
                                       "title:be", "\"a bell\"", "created:1970", "生存", "is:todo", "NOT",
                                       "(",        ")",          "body:oo" };
  Typing *self = data;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_words = (guint) g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n_words; i++)
    {
      const char *word = words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];

      for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c))
        {
          OctavoSearch *other = octavo_search_new (self->test->database);
          g_autoptr (GString) found = g_string_new (NULL);
          Typing alone = { self->test, NULL, found };

          g_string_append_len (text, c, g_utf8_next_char (c) - c);
          g_string_truncate (self->found, 0);
          ask (self, self->test->search, connection, text->str);
          ask (&alone, other, connection, text->str);
          if (strcmp (self->found->str, found->str) != 0)
            g_error ("%s: %s, not %s", text->str, self->found->str, found->str);
          g_object_run_dispose (G_OBJECT (other));
          g_object_unref (other);
        }
      g_string_append_c (text, ' ');
    }
  return TRUE;
}

static void
test_random (SearchTest *test, gconstpointer sparse)
{
  static const char *const texts[] = { "bell", "doorbell", "a bell",   "book",  "boat",
                                       "生存", "生",       "- [ ] be", "ab bo", "" };

  for (guint i = 0; i < 60; i++)
    {
      gint64 id = search_test_add (test, texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))],
                                   texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);

      if (i % 3 == 0)
        search_test_tag (test, id, "a");
    }
  if (sparse != NULL)
    search_test_execute (test, "UPDATE note SET id = id * 1000003 WHERE id NOT IN (SELECT note_id FROM note_tag)");
  search_test_index (test);
  for (guint i = 0; i < N_TYPED; i++)
    {
      g_autoptr (GString) found = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      Typing typing = { test, NULL, found };

      orm_database_read (test->database, work_compare, &typing, NULL, &error);
      g_assert_no_error (error);
      if (g_test_rand_int_range (0, 3) == 0)
        search_test_execute (test,
                             "UPDATE note SET title = '%s' WHERE id = (SELECT id FROM note ORDER BY random () LIMIT 1)",
                             texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
    }
  g_assert_cmpuint (count_narrowed (test), >, N_TYPED);
}

/* What cannot match costs nothing: the index is asked for the rare word, and for no other. */
static void
test_rare_first (SearchTest *test, gconstpointer data)
{
  OctavoSearchCounts before, after;

  search_test_execute (test, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
                             "INSERT INTO note (user_id, created, updated, title, body) "
                             "SELECT 1, i, i, 'n' || i, 'common other' FROM n");
  search_test_index (test);
  octavo_search_get_counts (test->search, &before);
  search_test_assert (test, "common other qzxwvu", "");
  octavo_search_get_counts (test->search, &after);
  g_assert_cmpuint (after.n_looked_up - before.n_looked_up, ==, 2); /* in titles, in texts */

  /* No note is of that year. */
  search_test_assert (test, "common created:1900", "");
  octavo_search_get_counts (test->search, &before);
  g_assert_cmpuint (after.n_looked_up, ==, before.n_looked_up);

  /* Each word once, however often it is asked for. */
  search_test_assert (test, "(n217 other) OR (n217 other) OR (other n217)", "217");
  octavo_search_get_counts (test->search, &after);
  g_assert_cmpuint (after.n_looked_up - before.n_looked_up, <=, 4);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/narrowing/implies", test_implies);
  g_test_add_func ("/narrowing/is-given-up", test_is_given_up);

#define ADD(name, function, data)                                                                                      \
  g_test_add ("/narrowing/" name, SearchTest, data, search_test_set_up, function, search_test_tear_down)
  ADD ("reuse", test_reuse, NULL);
  ADD ("random", test_random, NULL);
  ADD ("random-sparse", test_random, "sparse");
  ADD ("rare-first", test_rare_first, NULL);
  return g_test_run ();
}
