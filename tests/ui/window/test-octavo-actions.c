/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "octavo-actions.h"

static void
test_no_key_twice (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  g_assert_cmpuint (n_actions, >, 20);
  for (gsize i = 0; i < n_actions; i++)
    {
      g_auto (GStrv) keys = g_strsplit (actions[i].keys, " ", -1);

      g_assert_true ((keys[0] == NULL) == (actions[i].place == OCTAVO_KEYS_NONE));
      for (gsize j = 0; keys[j] != NULL; j++)
        {
          guint keyval;
          GdkModifierType modifiers;
          g_autofree char *accel = NULL;
          char *name;

          g_assert_true (gtk_accelerator_parse (keys[j], &keyval, &modifiers));
          g_assert_cmpuint (keyval, !=, 0);
          accel = gtk_accelerator_name (keyval, modifiers);
          name = g_strdup_printf ("%d %s", actions[i].place, accel);
          if (!g_hash_table_add (seen, name))
            g_error ("%s is bound twice, the second time to “%s”", keys[j], actions[i].title);
        }
    }
}

static void
test_window_keys_leave_editing_alone (void)
{
  const char *const editing[] = { "Delete", "<Control>Delete", "<Control>z", "<Control><Shift>z", "Return",
                                  "Escape", "<Control>a",      "<Control>c", "<Control>v",        "<Control>x",
                                  "Tab",    "<Control>period", "BackSpace" };
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    for (gsize j = 0; actions[i].place == OCTAVO_KEYS_WINDOW && j < G_N_ELEMENTS (editing); j++)
      g_assert_cmpstr (actions[i].keys, !=, editing[j]);
}

static void
collect_shortcuts (GtkWidget *widget, GHashTable *found)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *title = NULL;
      g_autofree char *keys = NULL;

      g_object_get (widget, "title", &title, "accelerator", &keys, NULL);
      g_hash_table_insert (found, g_steal_pointer (&title), g_steal_pointer (&keys));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_shortcuts (child, found);
}

static void
test_shortcuts_window_shows_all (void)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GtkWidget *window = octavo_actions_make_shortcuts_window ();
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);
  guint n_expected = 0;

  collect_shortcuts (window, found);
  for (gsize i = 0; i < n_actions; i++)
    if (actions[i].place != OCTAVO_KEYS_NONE)
      {
        const char *shown = g_hash_table_lookup (found, actions[i].title);

        if (actions[i].place == OCTAVO_KEYS_NUMBERED)
          g_assert_cmpstr (shown, ==, "<Control><Alt>1...<Control><Alt>9");
        else
          g_assert_cmpstr (shown, ==, actions[i].keys);
        n_expected++;
      }
  g_assert_cmpuint (g_hash_table_size (found), ==, n_expected);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_places_hear_their_keys (gconstpointer data)
{
  OctavoKeysPlace place = (OctavoKeysPlace) GPOINTER_TO_INT (data);
  g_autoptr (GtkEventController) controller = octavo_actions_make_shortcuts (place);
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);
  guint n_expected = 0;

  for (gsize i = 0; i < n_actions; i++)
    n_expected += actions[i].place == place && actions[i].action != NULL;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (controller)), ==, n_expected);
  g_assert_cmpuint (n_expected, >, 2);
}

static void
test_application_gets_accels (void)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) accels = NULL;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  octavo_window_install_accels (application);

  accels = gtk_application_get_accels_for_action (application, "win.new-note");
  g_assert_cmpuint (g_strv_length (accels), ==, 1);
  g_assert_cmpstr (accels[0], ==, "<Control>n");
  g_strfreev (g_steal_pointer (&accels));
  accels = gtk_application_get_accels_for_action (application, "win.switch-user(9)");
  g_assert_cmpuint (g_strv_length (accels), ==, 1);
  g_assert_cmpstr (accels[0], ==, "<Control><Alt>9");
  g_strfreev (g_steal_pointer (&accels));
  accels = gtk_application_get_accels_for_action (application, "win.trash");
  g_assert_cmpuint (g_strv_length (accels), ==, 0);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/actions/no-key-twice", test_no_key_twice);
  g_test_add_func ("/actions/window-keys-leave-editing-alone", test_window_keys_leave_editing_alone);
  g_test_add_func ("/actions/shortcuts-window-shows-all", test_shortcuts_window_shows_all);
  g_test_add_data_func ("/actions/list-hears-its-keys", GINT_TO_POINTER (OCTAVO_KEYS_LIST),
                        test_places_hear_their_keys);
  g_test_add_data_func ("/actions/sidebar-hears-its-keys", GINT_TO_POINTER (OCTAVO_KEYS_SIDEBAR),
                        test_places_hear_their_keys);
  g_test_add_func ("/actions/application-gets-accels", test_application_gets_accels);

  return g_test_run ();
}
