/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-wrap-box"

#include "octavo-wrap-box.h"

static GtkWidget *
add_child (GtkWidget *box, int width, int height, gboolean expands)
{
  GtkWidget *child = gtk_drawing_area_new ();

  gtk_widget_set_size_request (child, width, height);
  gtk_widget_set_hexpand (child, expands);
  gtk_widget_insert_before (child, box, NULL);
  return child;
}

static int
measure_height (GtkWidget *box, int width)
{
  int height;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
allocate (GtkWidget *box, int width)
{
  gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, width, measure_height (box, width) }, -1);
}

static void
assert_place (GtkWidget *child, int x, int y, int width)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, gtk_widget_get_parent (child), &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.origin.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (bounds.origin.y, y, 0.01);
  g_assert_cmpfloat_with_epsilon (bounds.size.width, width, 0.01);
}

static void
test_children_go_on_in_the_next_line (void)
{
  GtkWidget *box = g_object_ref_sink (octavo_wrap_box_new (5));
  GtkWidget *a = add_child (box, 40, 10, FALSE);
  GtkWidget *b = add_child (box, 40, 20, FALSE);
  GtkWidget *c = add_child (box, 30, 10, FALSE);
  GtkWidget *hidden = add_child (box, 500, 500, FALSE);
  int minimum, natural;

  gtk_widget_set_visible (hidden, FALSE);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 40);
  g_assert_cmpint (natural, ==, 120);
  g_assert_cmpint (measure_height (box, 120), ==, 20);
  g_assert_cmpint (measure_height (box, 119), ==, 35);
  g_assert_cmpint (measure_height (box, 40), ==, 50);

  allocate (box, 100);
  assert_place (a, 0, 0, 40);
  assert_place (b, 45, 0, 40);
  assert_place (c, 0, 25, 30);
  g_assert_finalize_object (box);
}

static void
test_what_expands_gets_the_rest_of_its_line (void)
{
  GtkWidget *box = g_object_ref_sink (octavo_wrap_box_new (5));
  GtkWidget *a = add_child (box, 40, 10, FALSE);
  GtkWidget *b = add_child (box, 20, 10, TRUE);

  allocate (box, 200);
  assert_place (a, 0, 0, 40);
  assert_place (b, 45, 0, 155);
  allocate (box, 50);
  assert_place (b, 0, 15, 50);
  g_assert_finalize_object (box);
}

static void
test_right_to_left_begins_at_the_right (void)
{
  GtkWidget *box = g_object_ref_sink (octavo_wrap_box_new (5));
  GtkWidget *a, *b;

  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  a = add_child (box, 40, 10, FALSE);
  b = add_child (box, 20, 10, FALSE);
  allocate (box, 100);
  assert_place (a, 60, 0, 40);
  assert_place (b, 35, 0, 20);
  g_assert_finalize_object (box);
}

static void
test_wide_child_is_squeezed_not_cut (void)
{
  GtkWidget *box = g_object_ref_sink (octavo_wrap_box_new (5));
  GtkWidget *label = gtk_label_new ("a label that is wider than there is room for it in this box");
  int minimum;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_insert_before (label, box, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 100);
  allocate (box, 100);
  assert_place (label, 0, 0, 100);
  g_assert_finalize_object (box);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wrap-box/children-go-on-in-the-next-line", test_children_go_on_in_the_next_line);
  g_test_add_func ("/wrap-box/what-expands-gets-the-rest-of-its-line", test_what_expands_gets_the_rest_of_its_line);
  g_test_add_func ("/wrap-box/right-to-left-begins-at-the-right", test_right_to_left_begins_at_the_right);
  g_test_add_func ("/wrap-box/wide-child-is-squeezed-not-cut", test_wide_child_is_squeezed_not_cut);
  return g_test_run ();
}
