/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-sidebar"

#include "octavo-sidebar.h"

#include "octavo-saved-search-repository.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model; /* of two notes, one with the tag tea */
  GtkWidget *window;
  OctavoSidebar *sidebar;
  GtkWidget *list;
  guint n_scopes;
  guint n_activated;
  guint n_closed;
} Test;

static void
count (guint *counter)
{
  (*counter)++;
}

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  model_test_add_note (&test->model, "one", "", "tea");
  model_test_add_note (&test->model, "two", "", NULL);
  test->sidebar = g_object_new (OCTAVO_TYPE_SIDEBAR, "store", test->model.store, NULL);
  test->list = ui_test_find (GTK_WIDGET (test->sidebar), GTK_TYPE_LIST_VIEW);
  g_signal_connect_swapped (test->sidebar, "scope-changed", G_CALLBACK (count), &test->n_scopes);
  g_signal_connect_swapped (test->sidebar, "activated", G_CALLBACK (count), &test->n_activated);
  g_signal_connect_swapped (test->sidebar, "menu-closed", G_CALLBACK (count), &test->n_closed);
  test->window = ui_test_show (GTK_WIDGET (test->sidebar));
  octavo_sidebar_fill (test->sidebar);
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  model_test_tear_down (&test->model, data);
}

static gboolean
is_at (Test *test, OctavoPlace place, const char *name)
{
  return octavo_sidebar_get_scope (test->sidebar)->place == place &&
         g_str_equal (octavo_sidebar_get_place_name (test->sidebar), name);
}

static gboolean
go_to (Test *test, OctavoPlace place, gint64 tag_id)
{
  const OctavoScope scope = { .place = place, .tag_id = tag_id, .user_id = 7 };

  return octavo_sidebar_set_scope (test->sidebar, &scope);
}

/* Whoever's the notes are. */
static void
test_places_are_chosen (Test *test, gconstpointer data)
{
  gtk_test_accessible_assert_property (test->list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Sidebar");
  g_assert_true (is_at (test, OCTAVO_PLACE_ALL, "All notes"));
  g_assert_true (go_to (test, OCTAVO_PLACE_TRASH, 0));
  g_assert_true (is_at (test, OCTAVO_PLACE_TRASH, "Trash"));
  g_assert_cmpint (octavo_sidebar_get_scope (test->sidebar)->user_id, ==, 0);
  g_assert_true (go_to (test, OCTAVO_PLACE_TRASH, 0));
  g_assert_cmpuint (test->n_scopes, ==, 1);
  g_assert_false (go_to (test, OCTAVO_PLACE_TAG, 99));
  g_assert_true (is_at (test, OCTAVO_PLACE_TRASH, "Trash"));

  octavo_sidebar_set_user (test->sidebar, 1);
  g_assert_cmpint (octavo_sidebar_get_scope (test->sidebar)->user_id, ==, 1);
  octavo_sidebar_set_user (test->sidebar, 1);
  g_assert_cmpuint (test->n_scopes, ==, 2);
  model_test_wait_for (octavo_sidebar_get_n_notes (test->sidebar) == 2);
}

/* By the keys, as by the mouse. */
static void
test_rows_are_gone_to (Test *test, gconstpointer data)
{
  octavo_sidebar_grab_list (test->sidebar);
  model_test_wait_for (octavo_sidebar_has_focus (test->sidebar));
  g_signal_emit_by_name (test->list, "activate", 1u);
  g_assert_true (is_at (test, OCTAVO_PLACE_UNTAGGED, "Untagged"));
  g_assert_cmpuint (test->n_activated, ==, 1);
  g_assert_cmpuint (test->n_scopes, ==, 1);
}

/* Once it is there; and where it goes, all notes are shown. */
static void
test_tag_that_is_wanted_comes_and_goes (Test *test, gconstpointer data)
{
  octavo_sidebar_choose_tag (test->sidebar, "cup");
  g_assert_null (octavo_sidebar_get_tag (test->sidebar));
  model_test_apply (&test->model, OCTAVO_NOTES_ADD_TAG, 2, "cup");
  model_test_wait_for (is_at (test, OCTAVO_PLACE_TAG, "cup"));
  g_assert_cmpstr (octavo_tag_get_name (octavo_sidebar_get_tag (test->sidebar)), ==, "cup");
  model_test_apply (&test->model, OCTAVO_NOTES_REMOVE_TAG, 2, "cup");
  model_test_wait_for (is_at (test, OCTAVO_PLACE_ALL, "All notes"));
  g_assert_null (octavo_sidebar_get_tag (test->sidebar));

  /* who chooses something else meanwhile stays there */
  octavo_sidebar_choose_tag (test->sidebar, "pot");
  g_assert_true (go_to (test, OCTAVO_PLACE_TRASH, 0));
  model_test_apply (&test->model, OCTAVO_NOTES_ADD_TAG, 2, "pot");
  model_test_apply (&test->model, OCTAVO_NOTES_ADD_TAG, 2, "zoo");
  model_test_wait_for (ui_test_find_label (test->list, "zoo") != NULL);
  g_assert_true (is_at (test, OCTAVO_PLACE_TRASH, "Trash"));
}

static void
test_search_is_chosen (Test *test, gconstpointer data)
{
  OctavoSavedSearchRepository *searches = octavo_store_get_saved_searches (test->model.store);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 id;

  octavo_saved_search_repository_add_async (searches, "Apples", "apple", -1, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  id = octavo_saved_search_repository_add_finish (searches, result, NULL);
  octavo_sidebar_choose_search (test->sidebar, id);
  model_test_wait_for (is_at (test, OCTAVO_PLACE_ALL, "Apples"));
  g_assert_cmpint (octavo_saved_search_get_id (octavo_sidebar_get_search (test->sidebar)), ==, id);
  g_assert_cmpuint (test->n_scopes, ==, 1);
  g_assert_true (go_to (test, OCTAVO_PLACE_ALL, 0));
  g_assert_null (octavo_sidebar_get_search (test->sidebar));
  g_assert_cmpuint (test->n_scopes, ==, 2);
}

static void
test_menu (Test *test, gconstpointer data)
{
  GtkWidget *button = ui_test_find (GTK_WIDGET (test->sidebar), GTK_TYPE_MENU_BUTTON);
  GtkWidget *popover;

  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Main menu");
  octavo_sidebar_grab_list (test->sidebar);
  model_test_wait_for (octavo_sidebar_has_focus (test->sidebar));
  g_assert_false (octavo_sidebar_is_menu_focused (test->sidebar));
  octavo_sidebar_open_menu (test->sidebar);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  model_test_wait_for (gtk_widget_get_mapped (popover));
  g_assert_true (octavo_sidebar_is_menu_focused (test->sidebar));
  g_assert_cmpuint (test->n_closed, ==, 0);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  model_test_wait_for (test->n_closed == 1);
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/sidebar/" name, Test, NULL, set_up, func, tear_down)
  ADD ("places-are-chosen", test_places_are_chosen);
  ADD ("rows-are-gone-to", test_rows_are_gone_to);
  ADD ("tag-that-is-wanted-comes-and-goes", test_tag_that_is_wanted_comes_and_goes);
  ADD ("search-is-chosen", test_search_is_chosen);
  ADD ("menu", test_menu);
  return g_test_run ();
}
