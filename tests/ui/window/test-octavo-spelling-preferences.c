/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-spelling-preferences"

#include "octavo-spelling-preferences.h"

#include "fake-speller.h"
#include "octavo-settings.h"
#include "ui-test.h"

static GtkWidget *
show_group (OctavoSpelling *spelling)
{
  GtkWidget *group = g_object_new (OCTAVO_TYPE_SPELLING_PREFERENCES, NULL);

  if (octavo_spelling_get () == NULL)
    {
      g_assert_false (gtk_widget_get_visible (group)); /* where there is nothing to choose */
      octavo_spelling_preferences_set_spelling (OCTAVO_SPELLING_PREFERENCES (group), spelling);
    }
  return ui_test_show (group);
}

static void
test_choices (void)
{
  GSettings *settings = octavo_settings_get ();
  OctavoSpelling *spelling = NULL;
  GtkWidget *window;
  GtkSwitch *check;
  AdwComboRow *language;
  g_autofree char *code = NULL;

  if (octavo_spelling_get () != NULL)
    {
      g_test_skip ("built with libspelling, whose languages are those of the machine");
      return;
    }
  spelling = fake_speller_new_spelling ();
  window = show_group (spelling);
  check = GTK_SWITCH (ui_test_find (window, GTK_TYPE_SWITCH));
  language = ADW_COMBO_ROW (ui_test_find (window, ADW_TYPE_COMBO_ROW));

  g_assert_true (gtk_switch_get_active (check));
  g_assert_cmpuint (adw_combo_row_get_selected (language), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (language)), ==, 4);
  adw_combo_row_set_selected (language, 2);
  code = g_settings_get_string (settings, "spelling-language");
  g_assert_cmpstr (code, ==, "en_GB");
  model_test_wait_for (g_strcmp0 (octavo_spelling_get_language (spelling), "en_GB") == 0);
  g_settings_set_string (settings, "spelling-language", "de_DE");
  g_assert_cmpuint (adw_combo_row_get_selected (language), ==, 1);
  g_settings_reset (settings, "spelling-language");
  g_assert_cmpuint (adw_combo_row_get_selected (language), ==, 0);
  gtk_switch_set_active (check, FALSE);
  g_assert_false (g_settings_get_boolean (settings, "check-spelling"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (language)));

  ui_test_close (window);
  fake_speller_drop_spelling (spelling);
}

static GPtrArray *
list_none (void)
{
  return g_ptr_array_new ();
}

static void
test_no_dictionary (void)
{
  OctavoSpeller speller = *fake_speller_get ();
  OctavoSpelling *spelling;
  GtkWidget *window, *group;

  if (octavo_spelling_get () != NULL)
    {
      g_test_skip ("built with libspelling, whose languages are those of the machine");
      return;
    }
  speller.list_languages = list_none;
  spelling = octavo_spelling_new (&speller, octavo_settings_get ());
  window = show_group (spelling);
  group = ui_test_find (window, OCTAVO_TYPE_SPELLING_PREFERENCES);
  model_test_wait_for (octavo_spelling_get_languages (spelling) != NULL);
  g_assert_false (gtk_widget_get_sensitive (group));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (ui_test_find (window, ADW_TYPE_ACTION_ROW))), ==,
                   "No dictionary is installed");
  ui_test_close (window);
  fake_speller_drop_spelling (spelling);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/spelling-preferences/choices", test_choices);
  g_test_add_func ("/spelling-preferences/no-dictionary", test_no_dictionary);
  return g_test_run ();
}
