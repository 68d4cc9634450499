/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-preferences"

#include "octavo-preferences.h"

#include "octavo-appearance.h"
#include "octavo-settings.h"
#include "octavo-text-style.h"
#include "ui-test.h"

#include <string.h>

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
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
assert_choice (GtkWidget *window, const char *title, guint selected, const char *key, const char *value)
{
  GSettings *settings = octavo_settings_get ();
  GtkWidget *row = find_row (window, title);
  g_autofree char *chosen = NULL;

  g_assert_nonnull (row);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0 + (strcmp (key, "line-width") == 0));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  chosen = g_settings_get_string (settings, key);
  g_assert_cmpstr (chosen, ==, value);
  g_settings_reset (settings, key);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), !=, selected);
}

static void
test_choices (void)
{
  OctavoPreferences *preferences = octavo_preferences_new ("/a <b>/notes.db");
  GtkWidget *window = GTK_WIDGET (preferences);
  GtkWidget *font = find_row (window, "_Which font");

  g_object_add_weak_pointer (G_OBJECT (preferences), (gpointer *) &preferences);
  gtk_window_present (GTK_WINDOW (window));
  assert_choice (window, "_Style", 2, "style", "dark");
  assert_choice (window, "_Font", 1, "font", "serif");
  assert_choice (window, "Width of _lines", 3, "line-width", "full");
  assert_choice (window, "So_rted by", 2, "sort", "title");
  g_assert_false (gtk_widget_get_visible (font));
  g_settings_set_string (octavo_settings_get (), "font", "custom");
  g_assert_true (gtk_widget_get_visible (font));
  g_settings_reset (octavo_settings_get (), "font");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (window, "File of all notes"))), ==,
                   "/a <b>/notes.db");
  gtk_window_destroy (GTK_WINDOW (window));
  model_test_wait_for (preferences == NULL);
}

static void
test_days (void)
{
  GSettings *settings = octavo_settings_get ();
  GtkWidget *window = GTK_WIDGET (octavo_preferences_new ("/notes.db"));
  AdwComboRow *row = ADW_COMBO_ROW (find_row (window, "_Empty the trash"));

  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  adw_combo_row_set_selected (row, 2);
  g_assert_cmpint (g_settings_get_int (settings, "trash-days"), ==, 30);
  g_settings_set_int (settings, "trash-days", 100);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 3);
  g_assert_cmpint (g_settings_get_int (settings, "trash-days"), ==, 100);
  g_settings_reset (settings, "trash-days");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_size (void)
{
  GSettings *settings = octavo_settings_get ();
  GtkWidget *window = GTK_WIDGET (octavo_preferences_new ("/notes.db"));
  GtkSpinButton *size = GTK_SPIN_BUTTON (ui_test_find (window, GTK_TYPE_SPIN_BUTTON));

  g_assert_cmpint (gtk_spin_button_get_value_as_int (size), ==, octavo_text_style_get_system_size ());
  gtk_spin_button_set_value (size, 15);
  g_assert_cmpint (g_settings_get_int (settings, "font-size"), ==, 15);
  g_settings_reset (settings, "font-size");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (size), ==, octavo_text_style_get_system_size ());
  g_assert_cmpint (g_settings_get_int (settings, "font-size"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_style (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  octavo_appearance_follow_settings ();
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
  g_settings_set_string (octavo_settings_get (), "style", "dark");
  g_assert_true (adw_style_manager_get_dark (manager));
  g_settings_set_string (octavo_settings_get (), "style", "light");
  g_assert_false (adw_style_manager_get_dark (manager));
  g_settings_reset (octavo_settings_get (), "style");
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/preferences/choices", test_choices);
  g_test_add_func ("/preferences/days", test_days);
  g_test_add_func ("/preferences/size", test_size);
  g_test_add_func ("/preferences/style", test_style);
  return g_test_run ();
}
