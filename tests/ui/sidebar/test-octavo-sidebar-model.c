/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "octavo-sidebar-model.h"
#include "octavo-tag-private.h"

typedef struct
{
  GListStore *tags;
  OctavoSidebarModel *model;
  GString *changes; /* as position-removed+added, with a space between */
  gint64 next_id;
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *changes)
{
  g_string_append_printf (changes, "%s%u-%u+%u", changes->len > 0 ? " " : "", position, removed, added);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tags = g_list_store_new (OCTAVO_TYPE_TAG);
  fixture->model = octavo_sidebar_model_new ();
  octavo_sidebar_model_set_tags (fixture->model, G_LIST_MODEL (fixture->tags));
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (on_items_changed), fixture->changes);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->tags);
  g_string_free (fixture->changes, TRUE);
}

static void
add_tag (Fixture *fixture, const char *name)
{
  gint64 id = ++fixture->next_id;
  g_autoptr (OctavoTag) tag = octavo_tag_new (id, name, id, id * 10);

  g_list_store_append (fixture->tags, tag);
}

/* The rows under the places: labels, indented by their depth. */
static void
assert_tree (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) tree = g_string_new (NULL);

  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->model)); i++)
    {
      OctavoSidebarItem *item = octavo_sidebar_model_peek (fixture->model, i);

      g_assert_true (octavo_sidebar_item_get_first_of_section (item) == (i == OCTAVO_SIDEBAR_N_PLACES));
      g_string_append_printf (tree, "%s%*s%s", tree->len > 0 ? "|" : "", (int) octavo_sidebar_item_get_depth (item), "",
                              octavo_sidebar_item_get_label (item));
    }
  g_assert_cmpstr (tree->str, ==, expected);
}

static void
assert_changes (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->changes->str, ==, expected);
  g_string_truncate (fixture->changes, 0);
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  const OctavoPlace places[] = { OCTAVO_PLACE_ALL, OCTAVO_PLACE_UNTAGGED, OCTAVO_PLACE_TRASH };
  const char *const names[] = { "All notes", "Untagged", "Trash" };

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 3);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->model)) == OCTAVO_TYPE_SIDEBAR_ITEM);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), 3));
  for (guint i = 0; i < 3; i++)
    {
      OctavoSidebarItem *item = octavo_sidebar_model_peek (fixture->model, i);

      g_assert_cmpint (octavo_sidebar_item_get_scope (item)->place, ==, places[i]);
      g_assert_cmpstr (octavo_sidebar_item_get_name (item), ==, names[i]);
    }
}

static void
test_tree_order (Fixture *fixture, gconstpointer data)
{
  add_tag (fixture, "work-out");
  add_tag (fixture, "work/project/alpha");
  add_tag (fixture, "work");
  add_tag (fixture, "work/project");
  add_tag (fixture, "lonely/child");
  add_tag (fixture, "home");

  assert_tree (fixture, "home|lonely/child|work| project|  alpha|work-out");
}

static void
test_order_ignores_case (Fixture *fixture, gconstpointer data)
{
  add_tag (fixture, "Zebra");
  add_tag (fixture, "apple");
  add_tag (fixture, "Banana");

  assert_tree (fixture, "apple|Banana|Zebra");
}

static void
test_case_of_a_parent (Fixture *fixture, gconstpointer data)
{
  add_tag (fixture, "Work");
  add_tag (fixture, "work/project");

  assert_tree (fixture, "Work| project");
}

static void
test_missing_link_is_shown_as_path (Fixture *fixture, gconstpointer data)
{
  add_tag (fixture, "a");
  add_tag (fixture, "a/b/c");

  assert_tree (fixture, "a| b/c");
}

static void
test_exact_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoTag) moved = NULL;

  add_tag (fixture, "b");
  assert_changes (fixture, "3-0+1");
  add_tag (fixture, "d");
  assert_changes (fixture, "4-0+1");
  add_tag (fixture, "c");
  assert_changes (fixture, "4-0+1");
  g_list_store_remove (fixture->tags, 0);
  assert_changes (fixture, "3-1+0");
  assert_tree (fixture, "c|d");

  /* the order in which the tags come does not matter, so moving one about is no change */
  moved = g_list_model_get_item (G_LIST_MODEL (fixture->tags), 0);
  g_list_store_insert (fixture->tags, 2, moved);
  g_string_truncate (fixture->changes, 0);
  g_list_store_remove (fixture->tags, 0);
  assert_tree (fixture, "c|d");
}

static void
test_rows_stay_objects (Fixture *fixture, gconstpointer data)
{
  OctavoSidebarItem *item;

  add_tag (fixture, "work/project");
  item = octavo_sidebar_model_peek (fixture->model, 3);
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "work/project");

  add_tag (fixture, "work");
  g_assert_true (octavo_sidebar_model_peek (fixture->model, 4) == item);
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "project");
  g_assert_cmpstr (octavo_sidebar_item_get_name (item), ==, "work/project");
}

static void
test_counts_follow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoTag) tag = NULL;
  OctavoSidebarItem *item;

  add_tag (fixture, "work");
  tag = g_list_model_get_item (G_LIST_MODEL (fixture->tags), 0);
  item = octavo_sidebar_model_peek (fixture->model, 3);
  g_assert_cmpint (octavo_sidebar_item_get_count (item), ==, 10);

  octavo_tag_set_counts (tag, 2, 11);
  octavo_tag_set_counts (tag, 3, 12);
  while (octavo_sidebar_item_get_count (item) == 10)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (octavo_sidebar_item_get_count (item), ==, 12);
  assert_changes (fixture, "3-0+1");
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH };
  const OctavoScope second = { .place = OCTAVO_PLACE_TAG, .tag_id = 2 };
  const OctavoScope gone = { .place = OCTAVO_PLACE_TAG, .tag_id = 3 };
  guint position = 0;

  add_tag (fixture, "a");
  add_tag (fixture, "b");
  g_assert_true (octavo_sidebar_model_find (fixture->model, &trash, &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_true (octavo_sidebar_model_find (fixture->model, &second, &position));
  g_assert_cmpuint (position, ==, 4);
  g_assert_false (octavo_sidebar_model_find (fixture->model, &gone, &position));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/sidebar-model/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("places", test_places);
  ADD ("tree-order", test_tree_order);
  ADD ("order-ignores-case", test_order_ignores_case);
  ADD ("case-of-a-parent", test_case_of_a_parent);
  ADD ("missing-link-is-shown-as-path", test_missing_link_is_shown_as_path);
  ADD ("exact-changes", test_exact_changes);
  ADD ("rows-stay-objects", test_rows_stay_objects);
  ADD ("counts-follow", test_counts_follow);
  ADD ("find", test_find);

  return g_test_run ();
}
