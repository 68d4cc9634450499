/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-banner"

#include "octavo-banner.h"

static void
test_it_is_there_while_it_says_something (void)
{
  OctavoBanner *banner = g_object_ref_sink (OCTAVO_BANNER (octavo_banner_new ()));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
  octavo_banner_set_text (banner, "Not saved yet.");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_cmpstr (octavo_banner_get_text (banner), ==, "Not saved yet.");
  octavo_banner_set_text (banner, "");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_null (octavo_banner_get_text (banner));
  g_assert_finalize_object (banner);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
count (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  *(int *) data += 1;
}

static void
test_its_buttons_activate_actions (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *banner = g_object_ref_sink (g_object_new (OCTAVO_TYPE_BANNER, "text", "It went wrong", "label",
                                                       "Try Again", "action-name", "test.again", NULL));
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("again", NULL);
  GtkWidget *button, *second;
  int n = 0;

  g_signal_connect (action, "activate", G_CALLBACK (count), &n);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (window, "test", G_ACTION_GROUP (group));

  gtk_window_set_child (GTK_WINDOW (window), banner);

  button = find_button (banner, "Try Again");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (n, ==, 1);

  second = gtk_widget_get_next_sibling (button);
  g_assert_false (gtk_widget_get_visible (second));
  g_object_set (banner, "second-label", "Save a Copy…", NULL);
  g_assert_true (gtk_widget_get_visible (second));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (banner);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/banner/it-is-there-while-it-says-something", test_it_is_there_while_it_says_something);
  g_test_add_func ("/banner/its-buttons-activate-actions", test_its_buttons_activate_actions);
  return g_test_run ();
}
