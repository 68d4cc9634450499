/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-save-search-button.h"
#include "ui-test.h"

static void
test_it_is_there_while_something_is_typed (void)
{
  GtkWidget *entry = g_object_ref_sink (gtk_search_entry_new ());
  GtkWidget *button = g_object_ref_sink (g_object_new (OCTAVO_TYPE_SAVE_SEARCH_BUTTON, "entry", entry, NULL));

  g_assert_false (gtk_widget_get_visible (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "words");
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (ui_test_find (button, GTK_TYPE_BUTTON))), ==,
                   "win.save-search");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_assert_false (gtk_widget_get_visible (button));

  g_assert_finalize_object (button);
  g_assert_finalize_object (entry);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/save-search-button/it-is-there-while-something-is-typed",
                   test_it_is_there_while_something_is_typed);
  return g_test_run ();
}
