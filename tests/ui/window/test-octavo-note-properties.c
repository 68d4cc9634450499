/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-properties"

#include "octavo-note-properties.h"

#include "ui-test.h"

#include <string.h>

/* The text below a title; NULL: no such row. */
static const char *
find_value (GtkWidget *widget, const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return adw_action_row_get_subtitle (ADW_ACTION_ROW (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      const char *found = find_value (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
present (ModelTest *test, gint64 id)
{
  g_autoptr (GListModel) windows = NULL;
  guint n;

  octavo_note_properties_present (NULL, test->store, id);
  windows = g_object_ref (gtk_window_get_toplevels ());
  n = g_list_model_get_n_items (windows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (OCTAVO_IS_NOTE_PROPERTIES (window))
        return window;
    }
  return NULL;
}

static void
close_window (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  model_test_wait_for (window == NULL);
}

static void
test_facts (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "A <note>", "one *two*\nthree", "home,work");
  GtkWidget *window = present (test, id);

  model_test_wait_for (find_value (window, "Words") != NULL);
  g_assert_cmpstr (find_value (window, "Words"), ==, "3");
  g_assert_cmpstr (find_value (window, "Characters"), ==, "14");
  g_assert_cmpstr (find_value (window, "Tags"), ==, "home, work");
  g_assert_cmpstr (find_value (window, "Link to It"), ==, "[[A <note>]]");
  g_assert_nonnull (find_value (window, "Created"));
  g_assert_null (find_value (window, "Imported From"));
  g_assert_null (find_value (window, "Moved to the Trash"));
  close_window (window);
}

static void
test_imported_and_trashed (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "", "", "");
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO note_origin VALUES (%" G_GINT64_FORMAT ", '/v/a.md', '', '')", id);
  GtkWidget *window;

  model_test_apply (test, OCTAVO_NOTES_TRASH, id, NULL);
  model_test_execute (test->path, sql);
  window = present (test, id);
  model_test_wait_for (find_value (window, "Imported From") != NULL);
  g_assert_cmpstr (find_value (window, "Imported From"), ==, "/v/a.md");
  g_assert_nonnull (find_value (window, "Moved to the Trash"));
  g_assert_cmpstr (find_value (window, "Tags"), ==, "None");
  g_assert_null (find_value (window, "Link to It"));
  close_window (window);
}

static void
test_gone (ModelTest *test, gconstpointer data)
{
  GtkWidget *window = present (test, 77);
  GtkWidget *group = ui_test_find (window, ADW_TYPE_PREFERENCES_GROUP);

  model_test_wait_for (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)) != NULL);
  g_assert_null (find_value (window, "Words"));
  close_window (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func)                                                                                                \
  g_test_add ("/note-properties/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("facts", test_facts);
  ADD ("imported-and-trashed", test_imported_and_trashed);
  ADD ("gone", test_gone);
  return g_test_run ();
}
