/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-saved-search-repository.h"
#include "octavo-sidebar-counts.h"

#include <locale.h>

typedef struct
{
  ModelTest model;
  OctavoSidebarModel *rows;
  OctavoSidebarCounts *counts;
} Test;

static OctavoSavedSearchRepository *
get_searches (Test *test)
{
  return octavo_store_get_saved_searches (test->model.store);
}

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  test->rows = octavo_sidebar_model_new ();
  octavo_sidebar_model_set_searches (test->rows, octavo_saved_search_repository_get_list (get_searches (test)));
  test->counts = octavo_sidebar_counts_new (test->model.store, test->rows);
}

static void
tear_down (Test *test, gconstpointer data)
{
  octavo_sidebar_counts_stop (test->counts);
  model_test_wait_for (G_OBJECT (test->counts)->ref_count == 1);
  g_assert_finalize_object (test->counts);
  g_assert_finalize_object (test->rows);
  model_test_tear_down (&test->model, data);
}

static void
add_search (Test *test, const char *name, const char *query)
{
  g_autoptr (GAsyncResult) result = NULL;

  octavo_saved_search_repository_add_async (get_searches (test), name, query, -1, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  g_assert_cmpint (octavo_saved_search_repository_add_finish (get_searches (test), result, NULL), !=, 0);
}

static gint64
get_count (Test *test, guint position)
{
  OctavoSidebarItem *item = octavo_sidebar_model_peek (test->rows, position);

  return item != NULL ? octavo_sidebar_item_get_count (item) : -2;
}

static void
test_places_and_searches (Test *test, gconstpointer data)
{
  gint64 id = model_test_add_note (&test->model, "apple pie", "", "food");

  model_test_add_note (&test->model, "apple tree", "", NULL);
  add_search (test, "Apples", "apple");
  model_test_wait_for (get_count (test, 3) == -1);
  octavo_sidebar_counts_start (test->counts);
  model_test_wait_for (get_count (test, 0) == 2 && get_count (test, 1) == 1 && get_count (test, 2) == 0);
  model_test_wait_for (get_count (test, 3) == 2);

  model_test_apply (&test->model, OCTAVO_NOTES_TRASH, id, NULL);
  model_test_wait_for (get_count (test, 0) == 1 && get_count (test, 2) == 1 && get_count (test, 3) == 1);

  add_search (test, "Pears", "-apple");
  model_test_wait_for (get_count (test, 4) == 0);
}

/* Rows of searches stay the objects they are, above those of tags. */
static void
test_rows (Test *test, gconstpointer data)
{
  OctavoSidebarItem *item;
  guint position;

  add_search (test, "A/B", "one");
  model_test_wait_for (octavo_sidebar_model_peek (test->rows, 3) != NULL);
  item = octavo_sidebar_model_peek (test->rows, 3);
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "A/B"); /* no path */
  g_assert_true (octavo_sidebar_item_get_first_of_section (item));
  g_assert_null (octavo_sidebar_item_get_tag (item));
  add_search (test, "C", "two");
  model_test_wait_for (octavo_sidebar_model_peek (test->rows, 4) != NULL);
  g_assert_true (octavo_sidebar_model_peek (test->rows, 3) == item);
  g_assert_false (octavo_sidebar_item_get_first_of_section (octavo_sidebar_model_peek (test->rows, 4)));
  g_assert_true (octavo_sidebar_model_find_search (test->rows, 2, &position));
  g_assert_cmpuint (position, ==, 4);
  g_assert_false (octavo_sidebar_model_find_search (test->rows, 3, &position));
  g_assert_false (octavo_sidebar_model_find_tag (test->rows, "C", &position));

  model_test_execute (test->model.path, "UPDATE saved_search SET name = 'D', folded = 'd' WHERE id = 1");
  model_test_wait_for (g_str_equal (octavo_sidebar_item_get_name (item), "D"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sidebar-counts/places-and-searches", Test, NULL, set_up, test_places_and_searches, tear_down);
  g_test_add ("/sidebar-counts/rows", Test, NULL, set_up, test_rows, tear_down);

  return g_test_run ();
}
