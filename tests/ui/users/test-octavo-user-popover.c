/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-user-popover"

#include "octavo-user-popover.h"

#include "ui-test.h"

#define ME       1
#define ADA      2
#define EVERYONE 3 /* the last row */

typedef struct
{
  ModelTest model;
  GtkWidget *window;
  GtkMenuButton *button;
  GtkWidget *popover;
  int chosen;
} Test;

static void
on_switch (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ((Test *) data)->chosen = g_variant_get_int32 (parameter);
}

static void
set_up (Test *test, gconstpointer data)
{
  const GActionEntry entry = { .name = "switch-user", .activate = on_switch, .parameter_type = "i" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  model_test_set_up (&test->model, data);
  ui_test_add_users (&test->model);
  test->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  test->window = ui_test_show (GTK_WIDGET (test->button));
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, test);
  gtk_widget_insert_action_group (test->window, "win", G_ACTION_GROUP (group));
  test->chosen = -1;
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  model_test_tear_down (&test->model, data);
}

static void
make (Test *test, gint64 user_id, gboolean everyone)
{
  test->popover = octavo_user_popover_new (octavo_store_get_users (test->model.store), user_id, everyone);
  gtk_menu_button_set_popover (test->button, test->popover);
}

static GtkWidget *
get_row (Test *test, int position)
{
  GtkListBox *list = GTK_LIST_BOX (ui_test_find (test->popover, GTK_TYPE_LIST_BOX));

  return GTK_WIDGET (gtk_list_box_get_row_at_index (list, position));
}

static void
assert_row (Test *test, int position, const char *name, int number)
{
  GtkWidget *row = get_row (test, position);
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row));

  g_assert_nonnull (ui_test_find_label (row, name));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "win.switch-user");
  g_assert_cmpint (g_variant_get_int32 (target), ==, number);
}

static void
test_offers_all (Test *test, gconstpointer data)
{
  make (test, ME, FALSE);
  assert_row (test, 0, "Me", 1);
  assert_row (test, 1, "Ada", 2);
  assert_row (test, 2, "Bob", 3);
  assert_row (test, EVERYONE, "Everyone", 0);
  g_assert_null (get_row (test, EVERYONE + 1));
  gtk_test_accessible_assert_property (get_row (test, 1), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Ctrl+Alt+2");
  g_assert_nonnull (ui_test_find_label (get_row (test, 1), "Ctrl+Alt+2"));

  /* one is everyone */
  model_test_execute (test->model.path, "DELETE FROM user WHERE id > 1");
  model_test_wait_for (get_row (test, 1) == NULL);
  assert_row (test, 0, "Me", 1);
}

static void
assert_ticked (Test *test, int position)
{
  for (int i = 0; i <= EVERYONE; i++)
    gtk_test_accessible_assert_state (get_row (test, i), GTK_ACCESSIBLE_STATE_CHECKED,
                                      i == position ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE);
}

static void
test_says_who_it_is (Test *test, gconstpointer data)
{
  make (test, ADA, FALSE);
  assert_ticked (test, 1);
  gtk_menu_button_popup (test->button);
  model_test_wait_for (gtk_window_get_focus (GTK_WINDOW (test->window)) == get_row (test, 1));
  g_signal_emit_by_name (get_row (test, 2), "activate");
  g_assert_cmpint (test->chosen, ==, 3);
  gtk_menu_button_popdown (test->button);
  model_test_wait_for (!gtk_widget_get_visible (test->popover));
  make (test, ADA, TRUE);
  assert_ticked (test, EVERYONE);
}

static GtkWidget *
find_label (Test *test, const char *text)
{
  return ui_test_find_label (gtk_popover_get_child (GTK_POPOVER (test->popover)), text);
}

static void
assert_button (Test *test, const char *label, const char *action)
{
  GtkWidget *found = find_label (test, label);
  GtkWidget *button;

  g_assert_nonnull (found);
  button = gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, action);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

/* What is done to a user is done to the one who writes, also while all notes are shown. */
static void
test_names_whom_it_changes (Test *test, gconstpointer data)
{
  make (test, ADA, TRUE);
  assert_button (test, "Add User…", "win.add-user");
  assert_button (test, "Edit “Ada”…", "win.edit-user");
  assert_button (test, "Delete “Ada”…", "win.delete-user");
  model_test_execute (test->model.path, "UPDATE user SET name = 'Eve', folded = 'eve' WHERE id = 2");
  model_test_wait_for (find_label (test, "Edit “Eve”…") != NULL);
  assert_button (test, "Delete “Eve”…", "win.delete-user");
  model_test_execute (test->model.path, "DELETE FROM user WHERE id = 2");
  model_test_wait_for (get_row (test, EVERYONE) == NULL);
  g_assert_null (find_label (test, "Edit “Eve”…"));
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/user-popover/" name, Test, NULL, set_up, func, tear_down)
  ADD ("offers-all", test_offers_all);
  ADD ("says-who-it-is", test_says_who_it_is);
  ADD ("names-whom-it-changes", test_names_whom_it_changes);
  return g_test_run ();
}
