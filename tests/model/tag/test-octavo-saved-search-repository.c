/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-saved-search-repository.h"

#include <locale.h>
#include <string.h>

static OctavoSavedSearchRepository *
get_searches (ModelTest *self)
{
  return octavo_store_get_saved_searches (self->store);
}

static GListModel *
get_list (ModelTest *self)
{
  return octavo_saved_search_repository_get_list (get_searches (self));
}

static gboolean
is_listed_as (ModelTest *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (get_list (self)); i++)
    {
      g_autoptr (OctavoSavedSearch) search = g_list_model_get_item (get_list (self), i);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "|" : "", octavo_saved_search_get_name (search),
                              octavo_saved_search_get_query (search));
    }
  return g_str_equal (text->str, expected);
}

/* The id; below 0: minus the code of the error, and 1 */
static gint64
try_add (ModelTest *self, const char *name, const char *query, gint64 position)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  octavo_saved_search_repository_add_async (get_searches (self), name, query, position, NULL, model_test_on_result,
                                            &result);
  model_test_wait_for (result != NULL);
  id = octavo_saved_search_repository_add_finish (get_searches (self), result, &error);
  g_assert_true ((id == 0) == (error != NULL));
  return error != NULL ? -1 - error->code : id;
}

static int
try_change (ModelTest *self, gint64 id, const char *name, const char *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_saved_search_repository_change_async (get_searches (self), id, name, query, NULL, model_test_on_result,
                                               &result);
  model_test_wait_for (result != NULL);
  return octavo_saved_search_repository_change_finish (get_searches (self), result, &error) ? -1 : error->code;
}

static gboolean
try_delete (ModelTest *self, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;

  octavo_saved_search_repository_delete_async (get_searches (self), id, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_saved_search_repository_delete_finish (get_searches (self), result, NULL, NULL);
}

static void
test_kept_in_order (ModelTest *self, gconstpointer data)
{
  g_assert_cmpint (try_add (self, " Zoo ", "tag:animals -is:pinned", -1), ==, 1);
  g_assert_cmpint (try_add (self, "Apples", "“Cox’s” or pippin", -1), ==, 2);
  model_test_wait_for (is_listed_as (self, "Zoo=tag:animals -is:pinned|Apples=“Cox’s” or pippin"));
  g_assert_cmpint (model_test_query_int (self->path, "SELECT position FROM saved_search WHERE id = 2"), ==, 2);
  g_assert_true (octavo_saved_search_repository_find (get_searches (self), "ZOO") != NULL);
  g_assert_null (octavo_saved_search_repository_find (get_searches (self), "Zo"));
}

static void
test_names_are_unique (ModelTest *self, gconstpointer data)
{
  g_assert_cmpint (try_add (self, "Straße", "a", -1), ==, 1);
  g_assert_cmpint (try_add (self, "STRASSE", "b", -1), ==, -1 - OCTAVO_ERROR_EXISTS);
  g_assert_cmpint (try_add (self, "other", "b", -1), ==, 2);
  g_assert_cmpint (try_change (self, 2, "strasse", "b"), ==, OCTAVO_ERROR_EXISTS);
  g_assert_cmpint (try_change (self, 1, "STRASSE", "c"), ==, -1);
  model_test_wait_for (is_listed_as (self, "STRASSE=c|other=b"));
}

static void
test_what_cannot_be (ModelTest *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (OCTAVO_SAVED_SEARCH_MAX_NAME, 'x');
  g_autofree char *too_long = g_strnfill (OCTAVO_SAVED_SEARCH_MAX_NAME + 1, 'x');
  g_autofree char *huge = g_strnfill (OCTAVO_SAVED_SEARCH_MAX_QUERY + 1, 'x');

  g_assert_cmpint (try_add (self, " \n", "a", -1), ==, -1 - OCTAVO_ERROR_INVALID_TEXT);
  g_assert_cmpint (try_add (self, too_long, "a", -1), ==, -1 - OCTAVO_ERROR_INVALID_TEXT);
  g_assert_cmpint (try_add (self, "a", "", -1), ==, -1 - OCTAVO_ERROR_INVALID_TEXT);
  g_assert_cmpint (try_add (self, "a", huge, -1), ==, -1 - OCTAVO_ERROR_INVALID_TEXT);
  g_assert_cmpint (try_add (self, longest, "a", -1), ==, 1);
  g_assert_cmpint (try_change (self, 1, "", "a"), ==, OCTAVO_ERROR_INVALID_TEXT);
  g_assert_cmpint (try_change (self, 7, "a", "a"), ==, OCTAVO_ERROR_FAILED);
  g_assert_false (try_delete (self, 7));
}

static void
count_notify (guint *n_notified)
{
  (*n_notified)++;
}

/* It stays the object it is, and tells of what it is called and what it looks for. */
static void
test_changes_notify (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoSavedSearch) search = NULL;
  guint n_names = 0, n_queries = 0;

  g_assert_cmpint (try_add (self, "a", "one", -1), ==, 1);
  model_test_wait_for (is_listed_as (self, "a=one"));
  search = g_list_model_get_item (get_list (self), 0);
  g_signal_connect_swapped (search, "notify::name", G_CALLBACK (count_notify), &n_names);
  g_signal_connect_swapped (search, "notify::query", G_CALLBACK (count_notify), &n_queries);
  g_assert_cmpint (try_change (self, 1, "b", "two"), ==, -1);
  model_test_wait_for (n_names > 0 && n_queries > 0);
  g_assert_true (is_listed_as (self, "b=two"));
}

/* Another process, or an undo. */
static void
test_the_list_follows (ModelTest *self, gconstpointer data)
{
  g_assert_cmpint (try_add (self, "a", "one", -1), ==, 1);
  g_assert_cmpint (try_add (self, "b", "two", -1), ==, 2);
  model_test_wait_for (is_listed_as (self, "a=one|b=two"));
  g_assert_true (try_delete (self, 1));
  model_test_wait_for (is_listed_as (self, "b=two"));
  g_assert_cmpint (try_add (self, "a", "one", 1), ==, 3);
  model_test_wait_for (is_listed_as (self, "a=one|b=two"));
  model_test_execute (self->path, "DELETE FROM saved_search WHERE name = 'b'");
  model_test_wait_for (is_listed_as (self, "a=one"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/saved-search-repository/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

  ADD ("kept-in-order", test_kept_in_order);
  ADD ("names-are-unique", test_names_are_unique);
  ADD ("what-cannot-be", test_what_cannot_be);
  ADD ("changes-notify", test_changes_notify);
  ADD ("the-list-follows", test_the_list_follows);

  return g_test_run ();
}
