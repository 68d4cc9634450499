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

/* At a place of the list of tags. id: below 0 for a path. */
static void
insert_tag (Fixture *fixture, guint position, gint64 id, const char *name)
{
  g_autoptr (OctavoTag) tag = octavo_tag_new (id, name, "", ABS (id), ABS (id) * 10);

  g_list_store_insert (fixture->tags, position, tag);
}

static void
add_tag (Fixture *fixture, const char *name)
{
  insert_tag (fixture, g_list_model_get_n_items (G_LIST_MODEL (fixture->tags)), ++fixture->next_id, name);
}

/* The rows under the places: labels, indented by their depth; whether there are rows under them, and shown. */
static void
assert_tree (Fixture *fixture, const char *expected)
{
  static const char *const expanders[] = { "", ".", "+", "-" };
  g_autoptr (GString) tree = g_string_new (NULL);

  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->model)); i++)
    {
      OctavoSidebarItem *item = octavo_sidebar_model_peek (fixture->model, i);

      g_assert_true (octavo_sidebar_item_get_first_of_section (item) == (i == OCTAVO_SIDEBAR_N_PLACES));
      g_string_append_printf (tree, "%s%*s%s%s", tree->len > 0 ? "|" : "", (int) octavo_sidebar_item_get_depth (item),
                              "", octavo_sidebar_item_get_label (item),
                              expanders[octavo_sidebar_item_get_expander (item)]);
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
add_tree (Fixture *fixture)
{
  add_tag (fixture, "home");
  add_tag (fixture, "Work");
  add_tag (fixture, "work/project");
  add_tag (fixture, "work/project/alpha");
  add_tag (fixture, "work/zeta");
  add_tag (fixture, "work-out");
}

static void
test_tree (Fixture *fixture, gconstpointer data)
{
  add_tag (fixture, "home");
  assert_tree (fixture, "home");
  g_list_store_remove_all (fixture->tags);
  add_tree (fixture);
  assert_tree (fixture, "home.|Work-| project-|  alpha.| zeta.|work-out.");
}

static void
test_branches_close (Fixture *fixture, gconstpointer data)
{
  const char *const collapsed[] = { "work/project", "gone", NULL };
  g_auto (GStrv) names = NULL;

  add_tree (fixture);
  g_string_truncate (fixture->changes, 0);
  octavo_sidebar_model_set_collapsed (fixture->model, collapsed);
  assert_changes (fixture, "6-1+0");
  assert_tree (fixture, "home.|Work-| project+| zeta.|work-out.");
  octavo_sidebar_model_set_expanded (fixture->model, 4, FALSE);
  assert_changes (fixture, "5-2+0");
  assert_tree (fixture, "home.|Work+|work-out.");
  names = octavo_sidebar_model_dup_collapsed (fixture->model);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "work");
  g_assert_cmpstr (names[1], ==, "work/project");

  /* What is under it stays closed. */
  octavo_sidebar_model_set_expanded (fixture->model, 4, TRUE);
  assert_changes (fixture, "5-0+2");
  assert_tree (fixture, "home.|Work-| project+| zeta.|work-out.");
  octavo_sidebar_model_set_expanded (fixture->model, 0, FALSE);
  assert_changes (fixture, "");

  /* What comes under a closed branch is not shown, and a row that has none under it any more is not closed. */
  insert_tag (fixture, 4, 77, "work/project/beta");
  assert_changes (fixture, "");
  g_list_store_splice (fixture->tags, 3, 2, NULL, 0);
  assert_tree (fixture, "home.|Work-| project.| zeta.|work-out.");
}

static void
test_parent (Fixture *fixture, gconstpointer data)
{
  add_tree (fixture);
  g_assert_cmpuint (octavo_sidebar_model_get_parent (fixture->model, 1), ==, 1);
  g_assert_cmpuint (octavo_sidebar_model_get_parent (fixture->model, 4), ==, 4);
  g_assert_cmpuint (octavo_sidebar_model_get_parent (fixture->model, 5), ==, 4);
  g_assert_cmpuint (octavo_sidebar_model_get_parent (fixture->model, 6), ==, 5);
  g_assert_cmpuint (octavo_sidebar_model_get_parent (fixture->model, 7), ==, 4);
}

static void
test_exact_changes (Fixture *fixture, gconstpointer data)
{
  add_tag (fixture, "b");
  assert_changes (fixture, "3-0+1");
  add_tag (fixture, "d");
  assert_changes (fixture, "4-0+1");
  insert_tag (fixture, 1, 10, "c");
  assert_changes (fixture, "4-0+1");
  g_list_store_remove (fixture->tags, 0);
  assert_changes (fixture, "3-1+0");
  assert_tree (fixture, "c|d");
}

/* A row is that of a tag, whatever it is called, or of a name, where another tag has it now. */
static void
test_rows_stay_objects (Fixture *fixture, gconstpointer data)
{
  OctavoSidebarItem *item;

  insert_tag (fixture, 0, -1, "work");
  insert_tag (fixture, 1, 5, "work/a");
  item = octavo_sidebar_model_peek (fixture->model, 3);
  g_assert_cmpint (octavo_sidebar_item_get_scope (item)->tag_id, ==, 0);
  g_assert_cmpstr (octavo_sidebar_item_get_scope (item)->tag_path, ==, "work");

  /* The path becomes a tag. */
  {
    g_autoptr (OctavoTag) tag = octavo_tag_new (6, "work", "red", 1, 2);

    g_list_store_splice (fixture->tags, 0, 1, (gpointer *) &tag, 1);
  }
  g_assert_true (octavo_sidebar_model_peek (fixture->model, 3) == item);
  g_assert_cmpint (octavo_sidebar_item_get_scope (item)->tag_id, ==, 6);
  g_assert_null (octavo_sidebar_item_get_scope (item)->tag_path);
  g_assert_cmpstr (octavo_sidebar_item_get_color (item), ==, "red");

  /* A tag is renamed: to the repository it is another object. */
  item = octavo_sidebar_model_peek (fixture->model, 4);
  {
    g_autoptr (OctavoTag) tag = octavo_tag_new (5, "work/b/c", "", 1, 2);
    g_autoptr (OctavoTag) path = octavo_tag_new (-2, "work/b", "", 0, 2);
    gpointer tags[] = { path, tag };

    g_list_store_splice (fixture->tags, 1, 1, tags, 2);
  }
  g_assert_true (octavo_sidebar_model_peek (fixture->model, 5) == item);
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "c");
  g_assert_cmpstr (octavo_sidebar_item_get_name (item), ==, "work/b/c");
  assert_tree (fixture, "work-| b-|  c.");
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

  octavo_tag_set_color (tag, "blue");
  while (g_str_equal (octavo_sidebar_item_get_color (item), ""))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (octavo_sidebar_item_get_color (item), ==, "blue");
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
  g_assert_true (octavo_sidebar_model_find_tag (fixture->model, "B", &position));
  g_assert_cmpuint (position, ==, 4);
  g_assert_false (octavo_sidebar_model_find_tag (fixture->model, "All notes", &position));
}

/* user: 1 or 2 */
static void
set_user_counts (Fixture *fixture, guint position, gint64 of_first, gint64 of_second)
{
  g_autoptr (OctavoTag) tag = g_list_model_get_item (G_LIST_MODEL (fixture->tags), position);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (OctavoTagUserCount));
  const OctavoTagUserCount both[] = { { 1, of_first }, { 2, of_second } };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (both[i].n_notes > 0)
      g_array_append_val (counts, both[i]);
  octavo_tag_set_counts (tag, of_first + of_second, of_first + of_second);
  octavo_tag_set_user_counts (tag, counts);
}

/* The counts of the rows of tags. */
static gboolean
has_counts (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) counts = g_string_new (NULL);

  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->model)); i++)
    g_string_append_printf (counts, "%s%d", counts->len > 0 ? " " : "",
                            (int) octavo_sidebar_item_get_count (octavo_sidebar_model_peek (fixture->model, i)));
  return g_str_equal (counts->str, expected);
}

static void
wait_for_counts (Fixture *fixture, const char *expected)
{
  gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  while (!has_counts (fixture, expected))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* home: both, Work: the first, work/a: the first, work/b: nobody, zoo: the second */
static void
add_tags_of_users (Fixture *fixture)
{
  add_tag (fixture, "home");
  add_tag (fixture, "Work");
  add_tag (fixture, "work/a");
  add_tag (fixture, "work/b");
  add_tag (fixture, "zoo");
  set_user_counts (fixture, 0, 3, 4);
  set_user_counts (fixture, 1, 2, 0);
  set_user_counts (fixture, 2, 2, 0);
  set_user_counts (fixture, 3, 0, 0);
  set_user_counts (fixture, 4, 0, 5);
  wait_for_counts (fixture, "7 2 2 0 5");
}

static void
test_tags_are_those_of_the_user (Fixture *fixture, gconstpointer data)
{
  add_tags_of_users (fixture);
  assert_tree (fixture, "home.|Work-| a.| b.|zoo.");
  g_string_truncate (fixture->changes, 0);
  octavo_sidebar_model_set_user (fixture->model, 1);
  assert_changes (fixture, "7-1+0");
  assert_tree (fixture, "home.|Work-| a.| b.");
  wait_for_counts (fixture, "3 2 2 0");

  /* One that nobody uses is everyone's. */
  octavo_sidebar_model_set_user (fixture->model, 2);
  assert_changes (fixture, "4-2+0 5-0+1");
  assert_tree (fixture, "home.| b.|zoo.");
  wait_for_counts (fixture, "4 0 5");
  octavo_sidebar_model_set_user (fixture->model, 0);
  assert_changes (fixture, "4-0+2");
  wait_for_counts (fixture, "7 2 2 0 5");
}

/* Rows that change their order are told as one change, in which they are found again. */
static void
test_order_changes_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoTag) b = NULL;

  add_tag (fixture, "a");
  add_tag (fixture, "b");
  add_tag (fixture, "c");
  b = g_list_model_get_item (G_LIST_MODEL (fixture->tags), 1);
  g_string_truncate (fixture->changes, 0);
  {
    g_autoptr (OctavoTag) last = octavo_tag_new (octavo_tag_get_id (b), "d", "", 1, 1);
    g_autoptr (OctavoTag) c = g_list_model_get_item (G_LIST_MODEL (fixture->tags), 2);
    gpointer tags[] = { c, last };

    g_list_store_splice (fixture->tags, 1, 2, tags, 2);
  }
  assert_changes (fixture, "4-2+2");
  assert_tree (fixture, "a|c|d");
}

static void
test_tags_come_and_go_with_their_notes (Fixture *fixture, gconstpointer data)
{
  add_tags_of_users (fixture);
  octavo_sidebar_model_set_user (fixture->model, 1);
  wait_for_counts (fixture, "3 2 2 0");
  set_user_counts (fixture, 4, 1, 5);
  wait_for_counts (fixture, "3 2 2 0 1");
  set_user_counts (fixture, 0, 0, 4);
  wait_for_counts (fixture, "2 2 0 1");
  g_list_store_remove (fixture->tags, 0);
  wait_for_counts (fixture, "2 2 0 1");
  g_list_store_remove_all (fixture->tags);
  wait_for_counts (fixture, "");
}

static void
on_rows_changed (GListModel *model, guint position, guint n_removed, guint n_added, guint *most)
{
  *most = MAX (*most, n_removed + n_added);
}

/* All at once would keep the window from answering for longer than a frame. */
static void
test_many_tags_go_in_turns (Fixture *fixture, gconstpointer data)
{
  guint most = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("tag %02u", i);

      add_tag (fixture, name);
      set_user_counts (fixture, i, 1, 1);
    }
  octavo_sidebar_model_set_user (fixture->model, 1);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (on_rows_changed), &most);
  for (guint i = 0; i < 50; i++)
    set_user_counts (fixture, i, 0, 1);
  wait_for_counts (fixture, "");
  g_assert_cmpuint (most, <=, 16);
  for (guint i = 0; i < 50; i++)
    set_user_counts (fixture, i, 1, 1);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) < OCTAVO_SIDEBAR_N_PLACES + 50)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (most, <=, 16);
}

static void
test_a_kept_tag_has_a_row (Fixture *fixture, gconstpointer data)
{
  const OctavoScope work = { .place = OCTAVO_PLACE_TAG, .tag_id = 3 };
  const OctavoScope gone = { .place = OCTAVO_PLACE_TAG, .tag_id = 77 };
  guint position;

  add_tags_of_users (fixture);
  octavo_sidebar_model_set_user (fixture->model, 2);
  wait_for_counts (fixture, "4 0 5");
  g_assert_false (octavo_sidebar_model_find (fixture->model, &work, &position));
  g_assert_false (octavo_sidebar_model_reveal (fixture->model, &gone, &position));
  g_assert_true (octavo_sidebar_model_reveal (fixture->model, &work, &position));
  g_assert_cmpuint (position, ==, 5);
  assert_tree (fixture, "home.|Work-| a.| b.|zoo.");
  octavo_sidebar_model_keep (fixture->model, "ZOO");
  wait_for_counts (fixture, "4 0 5");
  octavo_sidebar_model_keep (fixture->model, "work");
  wait_for_counts (fixture, "4 0 0 5");
  octavo_sidebar_model_keep (fixture->model, NULL);
  wait_for_counts (fixture, "4 0 5");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/sidebar-model/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("places", test_places);
  ADD ("tree", test_tree);
  ADD ("branches-close", test_branches_close);
  ADD ("parent", test_parent);
  ADD ("exact-changes", test_exact_changes);
  ADD ("rows-stay-objects", test_rows_stay_objects);
  ADD ("counts-follow", test_counts_follow);
  ADD ("find", test_find);
  ADD ("order-changes-at-once", test_order_changes_at_once);
  ADD ("tags-are-those-of-the-user", test_tags_are_those_of_the_user);
  ADD ("tags-come-and-go-with-their-notes", test_tags_come_and_go_with_their_notes);
  ADD ("many-tags-go-in-turns", test_many_tags_go_in_turns);
  ADD ("a-kept-tag-has-a-row", test_a_kept_tag_has_a_row);

  return g_test_run ();
}
