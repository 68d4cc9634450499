/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-recent-changes"

#include "octavo-recent-changes.h"

#include "octavo-undo.h"
#include "ui-test.h"

#include <string.h>

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
on_undo (gint64 *asked, gint64 step_id)
{
  *asked = step_id;
}

static void
close_window (OctavoRecentChanges *changes)
{
  g_object_add_weak_pointer (G_OBJECT (changes), (gpointer *) &changes);
  gtk_window_destroy (GTK_WINDOW (changes));
  model_test_wait_for (changes == NULL);
}

static void
test_what_was_done (ModelTest *test, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (test, "One", "", ""), model_test_add_note (test, "Two", "", "") };
  gint64 asked = 0;
  OctavoRecentChanges *changes;
  GtkWidget *row, *button;

  model_test_apply (test, OCTAVO_NOTES_TRASH, ids[0], NULL);
  changes = octavo_recent_changes_new (test->store);
  g_signal_connect_swapped (changes, "undo", G_CALLBACK (on_undo), &asked);
  gtk_window_present (GTK_WINDOW (changes));
  model_test_wait_for (octavo_recent_changes_get_n_rows (changes) == 1);

  /* it follows what is done meanwhile */
  model_test_apply (test, OCTAVO_NOTES_DELETE, ids[1], NULL);
  model_test_wait_for (octavo_recent_changes_get_n_rows (changes) == 2);
  row = find_row (GTK_WIDGET (changes), "1 note deleted");
  g_assert_nonnull (row);
  button = ui_test_find (row, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (asked, >, 0);

  /* what is undone says so, and has no button */
  model_test_undo (test, asked, NULL);
  octavo_recent_changes_refresh (changes);
  model_test_wait_for ((row = find_row (GTK_WIDGET (changes), "1 note deleted")) != NULL &&
                       strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "undone") != NULL);
  g_assert_null (ui_test_find (row, GTK_TYPE_BUTTON));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  close_window (changes);
}

static void
test_nothing (ModelTest *test, gconstpointer data)
{
  OctavoRecentChanges *changes = octavo_recent_changes_new (test->store);
  GtkWidget *stack = ui_test_find (GTK_WIDGET (changes), GTK_TYPE_STACK);

  model_test_wait_for (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "nothing") == 0);
  g_assert_cmpuint (octavo_recent_changes_get_n_rows (changes), ==, 0);
  close_window (changes);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func)                                                                                                \
  g_test_add ("/recent-changes/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("what-was-done", test_what_was_done);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
