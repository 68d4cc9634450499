/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-find-bar"

#include "octavo-find-bar.h"

#include "ui-test.h"

typedef struct
{
  OctavoFindBar *bar;
  GtkWidget *window;
  GString *asked; /* what the bar told, in order */
} Test;

static void
on_changed (Test *test)
{
  g_string_append (test->asked, " changed");
}

static void
on_step (Test *test, int direction)
{
  g_string_append_printf (test->asked, " step %d", direction);
}

static void
on_replace (Test *test, gboolean all)
{
  g_string_append (test->asked, all ? " all" : " replace");
}

static void
on_close (Test *test)
{
  g_string_append (test->asked, " close");
}

static void
set_up (Test *test, gconstpointer data)
{
  test->bar = OCTAVO_FIND_BAR (octavo_find_bar_new ());
  test->asked = g_string_new (NULL);
  g_signal_connect_swapped (test->bar, "changed", G_CALLBACK (on_changed), test);
  g_signal_connect_swapped (test->bar, "step", G_CALLBACK (on_step), test);
  g_signal_connect_swapped (test->bar, "replace", G_CALLBACK (on_replace), test);
  g_signal_connect_swapped (test->bar, "close", G_CALLBACK (on_close), test);
  test->window = ui_test_show (GTK_WIDGET (test->bar));
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  g_string_free (test->asked, TRUE);
}

static void
assert_asked (Test *test, const char *asked)
{
  g_assert_cmpstr (test->asked->str, ==, asked);
  g_string_truncate (test->asked, 0);
}

static GtkWidget *
find_button (Test *test, const char *label)
{
  return ui_test_find_button (GTK_WIDGET (test->bar), label);
}

static GtkWidget *
get_entry (Test *test)
{
  return ui_test_find (GTK_WIDGET (test->bar), GTK_TYPE_SEARCH_ENTRY);
}

static void
test_what_to_find (Test *test, gconstpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (test)), "words");
  g_assert_cmpstr (octavo_find_bar_get_text (test->bar), ==, "words");
  assert_asked (test, " changed");
  g_assert_cmpint (octavo_find_bar_get_flags (test->bar), ==, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_button (test, "Aa")), TRUE);
  g_assert_cmpint (octavo_find_bar_get_flags (test->bar), ==, OCTAVO_FIND_CASE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_button (test, "“a b”")), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_button (test, ".*")), TRUE);
  g_assert_cmpint (octavo_find_bar_get_flags (test->bar), ==, OCTAVO_FIND_CASE | OCTAVO_FIND_WORD | OCTAVO_FIND_REGEX);
  assert_asked (test, " changed changed changed");
}

static void
test_steps (Test *test, gconstpointer data)
{
  g_signal_emit_by_name (get_entry (test), "activate");
  g_assert_true (ui_test_press (get_entry (test), GDK_KEY_Return, GDK_SHIFT_MASK));
  assert_asked (test, " step 1 step -1");
  g_signal_emit_by_name (get_entry (test), "stop-search");
  gtk_widget_activate_action (GTK_WIDGET (test->bar), "find.close", NULL);
  assert_asked (test, " close close");
}

/* What cannot be written in has no replacing, and where nothing was found nothing is replaced. */
static void
test_replacing (Test *test, gconstpointer data)
{
  g_assert_null (find_button (test, "_Replace"));
  octavo_find_bar_grab (test->bar, TRUE, FALSE);
  g_assert_nonnull (find_button (test, "_Replace"));
  octavo_find_bar_set_can_step (test->bar, FALSE);
  g_assert_false (gtk_widget_get_sensitive (find_button (test, "Replace _All")));
  octavo_find_bar_set_can_step (test->bar, TRUE);
  g_signal_emit_by_name (find_button (test, "_Replace"), "clicked");
  g_signal_emit_by_name (find_button (test, "Replace _All"), "clicked");
  assert_asked (test, " replace all");
  octavo_find_bar_set_editable (test->bar, FALSE);
  g_assert_null (find_button (test, "_Replace"));
}

static gboolean
has_focus (Test *test, GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (test->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* A button that was clicked and has nothing left to do hands the focus on: Escape and Ctrl+Z must reach something. */
static void
test_focus (Test *test, gconstpointer data)
{
  GtkWidget *replacing;

  octavo_find_bar_set_can_step (test->bar, TRUE);
  octavo_find_bar_grab (test->bar, TRUE, FALSE);
  replacing = gtk_widget_get_parent (find_button (test, "Replace _All"));
  gtk_widget_grab_focus (find_button (test, "Replace _All"));
  octavo_find_bar_set_can_step (test->bar, FALSE);
  g_assert_true (has_focus (test, replacing));
  g_assert_false (has_focus (test, find_button (test, "Replace _All")));
  octavo_find_bar_set_editable (test->bar, FALSE);
  g_assert_true (has_focus (test, get_entry (test)));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/find-bar/" name, Test, NULL, set_up, func, tear_down)
  ADD ("what-to-find", test_what_to_find);
  ADD ("steps", test_steps);
  ADD ("replacing", test_replacing);
  ADD ("focus", test_focus);
  return g_test_run ();
}
