/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-focus-mode"

#include "octavo-focus-mode.h"

#include "octavo-note-decor.h"
#include "ui-test.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *header;
  OctavoFocusMode *mode;
  int n_notified;
  gboolean header_was_there; /* when the last notification came */
} Test;

static void
on_active (Test *test)
{
  test->n_notified++;
  test->header_was_there = gtk_widget_get_visible (test->header);
}

static void
set_up (Test *test, gconstpointer data)
{
  test->window = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  test->header = gtk_label_new ("header");
  gtk_box_append (GTK_BOX (test->window), test->header);
  test->mode = octavo_focus_mode_new (test->window, test->header);
  g_signal_connect_swapped (test->mode, "notify::active", G_CALLBACK (on_active), test);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_assert_finalize_object (test->mode);
  g_assert_finalize_object (test->window);
}

static void
move_pointer (Test *test, double x, double y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (test->window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", x, y);
    }
}

static gboolean
has_header (Test *test)
{
  return gtk_widget_get_visible (test->header);
}

/* The window hears of it while what had the focus is still there. */
static void
test_takes_the_rest_away (Test *test, gconstpointer data)
{
  g_assert_false (octavo_focus_mode_get_active (test->mode));
  octavo_focus_mode_set_active (test->mode, TRUE);
  g_assert_true (octavo_focus_mode_get_active (test->mode));
  g_assert_false (has_header (test));
  g_assert_true (gtk_widget_has_css_class (test->window, OCTAVO_NOTE_DECOR_FOCUS_CLASS));
  g_assert_cmpint (test->n_notified, ==, 1);
  g_assert_true (test->header_was_there);
  octavo_focus_mode_set_active (test->mode, TRUE);
  g_assert_cmpint (test->n_notified, ==, 1);

  octavo_focus_mode_set_active (test->mode, FALSE);
  g_assert_true (has_header (test));
  g_assert_false (gtk_widget_has_css_class (test->window, OCTAVO_NOTE_DECOR_FOCUS_CLASS));
  g_assert_cmpint (test->n_notified, ==, 2);
}

static void
test_pointer_brings_the_header_back (Test *test, gconstpointer data)
{
  octavo_focus_mode_set_active (test->mode, TRUE);
  move_pointer (test, 100, 100);
  move_pointer (test, 110, 110);
  g_assert_false (has_header (test));
  move_pointer (test, 100, 140);
  g_assert_true (has_header (test));
  g_assert_true (octavo_focus_mode_get_active (test->mode));

  /* a key takes it away, and what counts is how far the pointer goes from then on */
  g_assert_false (ui_test_press (test->window, GDK_KEY_a, 0));
  g_assert_false (has_header (test));
  move_pointer (test, 200, 200);
  g_assert_false (has_header (test));
  move_pointer (test, 230, 200);
  g_assert_true (has_header (test));
}

static void
test_escape_ends_it (Test *test, gconstpointer data)
{
  octavo_focus_mode_set_active (test->mode, TRUE);
  g_assert_true (ui_test_press (test->window, GDK_KEY_Escape, 0));
  g_assert_false (octavo_focus_mode_get_active (test->mode));
  g_assert_true (has_header (test));

  /* from then on no key is its */
  g_assert_false (ui_test_press (test->window, GDK_KEY_Escape, 0));
  g_assert_false (ui_test_press (test->window, GDK_KEY_a, 0));
  g_assert_true (has_header (test));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/focus-mode/" name, Test, NULL, set_up, func, tear_down)
  ADD ("takes-the-rest-away", test_takes_the_rest_away);
  ADD ("pointer-brings-the-header-back", test_pointer_brings_the_header_back);
  ADD ("escape-ends-it", test_escape_ends_it);
  return g_test_run ();
}
