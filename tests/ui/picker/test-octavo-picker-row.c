/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-picker-row"

#include "octavo-picker-row.h"

#include "ui-test.h"

#define LONG_TITLE  "Go on to the next place in this note where there is what was found"
#define LONG_DETAIL "What can be done with several notes at once"

typedef struct
{
  GtkWidget *parent; /* in the place of the row of a list */
  GtkWidget *row;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->parent = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  test->row = octavo_picker_row_new ();
  gtk_box_append (GTK_BOX (test->parent), test->row);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_assert_finalize_object (test->parent);
}

static void
show (Test *test, const char *title, const char *detail, const char *keys)
{
  g_autoptr (OctavoPickerItem) item = octavo_picker_item_new (title, detail, keys, NULL);

  octavo_picker_row_show (OCTAVO_PICKER_ROW (test->row), item);
}

static void
test_shows_an_item (Test *test, gconstpointer data)
{
  show (test, "Bold", "Format", "Ctrl+B");
  g_assert_nonnull (ui_test_find_label (test->row, "Bold"));
  g_assert_nonnull (ui_test_find_label (test->row, "Format"));
  g_assert_nonnull (ui_test_find_label (test->row, "Ctrl+B"));

  /* rows are used again: nothing of the one before stays */
  show (test, "Tea", NULL, NULL);
  g_assert_nonnull (ui_test_find_label (test->row, "Tea"));
  g_assert_null (ui_test_find_label (test->row, "Bold"));
  g_assert_null (ui_test_find_label (test->row, "Format"));
  g_assert_null (ui_test_find_label (test->row, "Ctrl+B"));
  g_assert_null (ui_test_find_label (test->row, ""));
}

static void
test_names_the_row_of_the_list (Test *test, gconstpointer data)
{
  show (test, "Bold", "Format", "Ctrl+B");
  gtk_test_accessible_assert_property (test->parent, GTK_ACCESSIBLE_PROPERTY_LABEL, "Bold");
  gtk_test_accessible_assert_property (test->parent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Format, Ctrl+B");
  show (test, "Pin", "Note", NULL);
  gtk_test_accessible_assert_property (test->parent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Note");
  show (test, "Save", NULL, "Ctrl+S");
  gtk_test_accessible_assert_property (test->parent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Ctrl+S");
  show (test, "Tea", NULL, NULL);
  gtk_test_accessible_assert_property (test->parent, GTK_ACCESSIBLE_PROPERTY_LABEL, "Tea");
  gtk_test_accessible_assert_property (test->parent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
}

static int
get_least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Words may be as long as they like, the keys are shown whole. */
static void
test_fits_a_narrow_window (Test *test, gconstpointer data)
{
  GtkWidget *keys;
  int natural;

  show (test, LONG_TITLE, LONG_DETAIL, "Ctrl+Alt+Shift+Page Down");
  g_assert_cmpint (get_least_width (test->row), <, 360);
  g_assert_cmpint (get_least_width (ui_test_find_label (test->row, LONG_TITLE)), >, 100);
  keys = ui_test_find_label (test->row, "Ctrl+Alt+Shift+Page Down");
  gtk_widget_measure (keys, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (get_least_width (keys), ==, natural);
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/picker-row/" name, Test, NULL, set_up, func, tear_down)
  ADD ("shows-an-item", test_shows_an_item);
  ADD ("names-the-row-of-the-list", test_names_the_row_of_the_list);
  ADD ("fits-a-narrow-window", test_fits_a_narrow_window);
  return g_test_run ();
}
