/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-list-layout.h"

static const OctavoGroupStart starts[] = { { 0, 1 }, { 1, 2 }, { 5, 3 }, { 9, 4 } };

static void
test_without_groups (void)
{
  const OctavoListLayout layout = { .n_items = 10, .row_height = 50 };

  g_assert_cmpfloat (octavo_list_layout_get_height (&layout), ==, 500);
  g_assert_cmpfloat (octavo_list_layout_get_top (&layout, 3), ==, 150);
  g_assert_cmpfloat (octavo_list_layout_get_start (&layout, 3), ==, 150);
  g_assert_cmpuint (octavo_list_layout_find (&layout, -5), ==, 0);
  g_assert_cmpuint (octavo_list_layout_find (&layout, 149.9), ==, 2);
  g_assert_cmpuint (octavo_list_layout_find (&layout, 150), ==, 3);
  g_assert_cmpuint (octavo_list_layout_find (&layout, 5000), ==, 10);
}

static void
test_with_groups (void)
{
  const OctavoListLayout layout = { 10, 50, 20, starts, G_N_ELEMENTS (starts) };

  g_assert_cmpfloat (octavo_list_layout_get_height (&layout), ==, 580);
  g_assert_cmpfloat (octavo_list_layout_get_start (&layout, 0), ==, 0);
  g_assert_cmpfloat (octavo_list_layout_get_top (&layout, 0), ==, 20);
  g_assert_cmpfloat (octavo_list_layout_get_start (&layout, 1), ==, 70);
  g_assert_cmpfloat (octavo_list_layout_get_top (&layout, 1), ==, 90);
  g_assert_cmpfloat (octavo_list_layout_get_top (&layout, 2), ==, 140);
  g_assert_cmpuint (octavo_list_layout_find (&layout, 580), ==, 10);
}

/* Each pixel belongs to the row that begins at or above it. */
static void
test_find_is_the_way_back (void)
{
  const OctavoListLayout layout = { 10, 50, 20, starts, G_N_ELEMENTS (starts) };
  const OctavoListLayout none = { 0, 50, 20, NULL, 0 };

  for (int y = 0; y < 580; y++)
    {
      guint position = octavo_list_layout_find (&layout, y);

      g_assert_cmpuint (position, <, 10);
      g_assert_cmpfloat (octavo_list_layout_get_start (&layout, position), <=, y);
      g_assert_cmpfloat (octavo_list_layout_get_start (&layout, position + 1), >, y);
    }
  g_assert_cmpuint (octavo_list_layout_find (&none, 0), ==, 0);
  g_assert_cmpfloat (octavo_list_layout_get_height (&none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list-layout/without-groups", test_without_groups);
  g_test_add_func ("/list-layout/with-groups", test_with_groups);
  g_test_add_func ("/list-layout/find-is-the-way-back", test_find_is_the_way_back);

  return g_test_run ();
}
