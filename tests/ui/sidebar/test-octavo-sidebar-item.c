/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-sidebar-item"

#include "octavo-sidebar-item.h"

#include "octavo-tag-private.h"
#include "ui-test.h"

/* Names of properties, in the order they were told of, with a space after each. */
static void
on_notify (OctavoSidebarItem *item, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s ", g_param_spec_get_name (pspec));
}

static void
assert_log (GString *log, const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

static void
assert_count (OctavoSidebarItem *item, gint64 count, const char *text)
{
  g_autofree char *shown = NULL;

  g_object_get (item, "count-text", &shown, NULL);
  g_assert_cmpint (octavo_sidebar_item_get_count (item), ==, count);
  g_assert_cmpstr (shown, ==, text);
}

/* What is not known, and none, are shown alike: not at all. */
static void
test_place (void)
{
  const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH };
  OctavoSidebarItem *item = octavo_sidebar_item_new (&trash, "Trash", "user-trash-symbolic");
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (item, "notify", G_CALLBACK (on_notify), log);
  g_assert_cmpint (octavo_sidebar_item_get_scope (item)->place, ==, OCTAVO_PLACE_TRASH);
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "Trash");
  g_assert_cmpstr (octavo_sidebar_item_get_icon_name (item), ==, "user-trash-symbolic");
  g_assert_cmpstr (octavo_sidebar_item_get_color (item), ==, "");
  g_assert_null (octavo_sidebar_item_get_tag (item));
  g_assert_null (octavo_sidebar_item_get_search (item));
  assert_count (item, -1, "");
  octavo_sidebar_item_set_count (item, 7);
  assert_log (log, "count count-text ");
  assert_count (item, 7, "7");
  octavo_sidebar_item_set_count (item, 7);
  assert_log (log, "");
  octavo_sidebar_item_set_count (item, 0);
  assert_count (item, 0, "");
  g_assert_finalize_object (item);
}

static void
test_tag (void)
{
  const OctavoScope none = { 0 };
  OctavoSidebarItem *item = octavo_sidebar_item_new (&none, "", "");
  g_autoptr (OctavoTag) tag = octavo_tag_new (5, "work/Plan", "blue", 2, 3);
  g_autoptr (OctavoTag) path = octavo_tag_new (-1, "Home", "", 0, 4);

  octavo_sidebar_item_set_tag (item, tag, 0);
  g_assert_cmpstr (octavo_sidebar_item_get_name (item), ==, "work/Plan");
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "Plan");
  g_assert_cmpstr (octavo_sidebar_item_get_color (item), ==, "blue");
  g_assert_cmpint (octavo_sidebar_item_get_scope (item)->place, ==, OCTAVO_PLACE_TAG);
  g_assert_cmpint (octavo_sidebar_item_get_scope (item)->tag_id, ==, 5);
  g_assert_null (octavo_sidebar_item_get_scope (item)->tag_path);
  assert_count (item, 3, "3");

  octavo_tag_set_color (tag, "red");
  octavo_tag_set_counts (tag, 2, 9);
  octavo_sidebar_item_update_tag (item, 0);
  g_assert_cmpstr (octavo_sidebar_item_get_color (item), ==, "red");
  assert_count (item, 9, "9");

  /* what only those under it have is no tag, and is found by its name */
  octavo_sidebar_item_set_tag (item, path, 0);
  g_assert_cmpstr (octavo_sidebar_item_get_label (item), ==, "Home");
  g_assert_cmpstr (octavo_sidebar_item_get_color (item), ==, "");
  g_assert_cmpint (octavo_sidebar_item_get_scope (item)->tag_id, ==, 0);
  g_assert_cmpstr (octavo_sidebar_item_get_scope (item)->tag_path, ==, "home");
  assert_count (item, 4, "4");
  g_assert_finalize_object (item);
}

/* Of another user's notes there may be none. */
static void
test_tag_of_a_user (void)
{
  const OctavoTagUserCount hers = { .user_id = 2, .n_notes = 6 };
  const OctavoScope none = { 0 };
  OctavoSidebarItem *item = octavo_sidebar_item_new (&none, "", "");
  g_autoptr (OctavoTag) tag = octavo_tag_new (5, "tea", "", 6, 6);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof hers);

  g_array_append_val (counts, hers);
  octavo_tag_set_user_counts (tag, counts);
  octavo_sidebar_item_set_tag (item, tag, 1);
  assert_count (item, 0, "");
  octavo_sidebar_item_update_tag (item, 2);
  assert_count (item, 6, "6");
  g_assert_finalize_object (item);
}

static void
test_place_in_the_tree (void)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  OctavoSidebarItem *item = octavo_sidebar_item_new (&all, "All", "");
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (item, "notify", G_CALLBACK (on_notify), log);
  octavo_sidebar_item_set_place (item, 2, OCTAVO_EXPANDER_COLLAPSED, FALSE);
  assert_log (log, "depth expander ");
  g_assert_cmpuint (octavo_sidebar_item_get_depth (item), ==, 2);
  g_assert_cmpint (octavo_sidebar_item_get_expander (item), ==, OCTAVO_EXPANDER_COLLAPSED);
  octavo_sidebar_item_set_place (item, 2, OCTAVO_EXPANDER_EXPANDED, TRUE);
  assert_log (log, "expander first-of-section ");
  g_assert_true (octavo_sidebar_item_get_first_of_section (item));
  octavo_sidebar_item_set_place (item, 2, OCTAVO_EXPANDER_EXPANDED, TRUE);
  assert_log (log, "");
  g_assert_finalize_object (item);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/sidebar-item/place", test_place);
  g_test_add_func ("/sidebar-item/tag", test_tag);
  g_test_add_func ("/sidebar-item/tag-of-a-user", test_tag_of_a_user);
  g_test_add_func ("/sidebar-item/place-in-the-tree", test_place_in_the_tree);
  return g_test_run ();
}
