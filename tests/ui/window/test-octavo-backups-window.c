/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-backups-window"

#include "octavo-backups-window.h"

#include "octavo-backup-folder.h"
#include "octavo-banner.h"
#include "octavo-note-values.h"
#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  ModelTest model;
  OctavoBackupsWindow *window;
  char *restored; /* the title of the note that is to come back */
  int kind;
  char *all; /* the path of the backup that all are to come back from */
} Test;

static void
on_restore_note (OctavoBackupsWindow *window, const char *path, const OctavoNoteValues *note, int kind, Test *test)
{
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_free (test->restored);
  test->restored = g_strdup (note->title);
  test->kind = kind;
}

static void
on_restore_all (OctavoBackupsWindow *window, const char *path, const char *date, Test *test)
{
  g_free (test->all);
  test->all = g_strdup (path);
  g_assert_cmpstr (date, !=, "");
}

static void
open_window (Test *test, int width)
{
  test->window = octavo_backups_window_new (test->model.store);
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 500);
  g_object_add_weak_pointer (G_OBJECT (test->window), (gpointer *) &test->window);
  g_signal_connect (test->window, "restore-note", G_CALLBACK (on_restore_note), test);
  g_signal_connect (test->window, "restore-all", G_CALLBACK (on_restore_all), test);
  gtk_window_present (GTK_WINDOW (test->window));
}

/* Two notes, one of them in the trash. data: how wide the window is */
static void
set_up (Test *test, gconstpointer data)
{
  gint64 id;

  model_test_set_up (&test->model, NULL);
  model_test_add_note (&test->model, "One", "the first text", "");
  id = model_test_add_note (&test->model, "Two", "the second text", "");
  model_test_apply (&test->model, OCTAVO_NOTES_TRASH, id, NULL);
  open_window (test, GPOINTER_TO_INT (data));
}

static void
tear_down (Test *test, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  model_test_wait_for (test->window == NULL);
  g_clear_pointer (&test->restored, g_free);
  g_clear_pointer (&test->all, g_free);
  model_test_tear_down (&test->model, NULL);
}

static const char *
get_page (Test *test)
{
  GtkWidget *stack = ui_test_find (GTK_WIDGET (test->window), GTK_TYPE_STACK);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
is_at (Test *test, const char *page)
{
  return g_strcmp0 (get_page (test), page) == 0;
}

/* The list of the page that is shown. */
static GtkListBox *
get_list (Test *test)
{
  GtkWidget *stack = ui_test_find (GTK_WIDGET (test->window), GTK_TYPE_STACK);

  return GTK_LIST_BOX (ui_test_find (gtk_stack_get_visible_child (GTK_STACK (stack)), GTK_TYPE_LIST_BOX));
}

static guint
get_n_rows (Test *test)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (get_list (test), (int) n) != NULL)
    n++;
  return n;
}

static void
activate_row (Test *test, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (get_list (test), index);

  gtk_list_box_select_row (get_list (test), row);
  g_signal_emit_by_name (get_list (test), "row-activated", row);
}

/* A note by its title. */
static void
choose (Test *test, const char *title)
{
  for (int i = 0; i < (int) get_n_rows (test); i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (test), i));

      if (strcmp (gtk_label_get_text (GTK_LABEL (ui_test_find (row, GTK_TYPE_LABEL))), title) == 0)
        activate_row (test, i);
    }
}

static void
click (Test *test, const char *label)
{
  GtkWidget *button;

  model_test_wait_for ((button = ui_test_find_button (GTK_WIDGET (test->window), label)) != NULL);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_back (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "go-previous-symbolic") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_back (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
go_back (Test *test)
{
  GtkWidget *back = find_back (GTK_WIDGET (test->window));

  g_assert_true (gtk_widget_get_visible (back));
  g_signal_emit_by_name (back, "clicked");
}

static char *
dup_text (Test *test)
{
  GtkTextBuffer *buffer =
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_test_find (GTK_WIDGET (test->window), GTK_TYPE_TEXT_VIEW)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
says (Test *test, const char *text)
{
  g_autofree char *shown = dup_text (test);

  return g_str_equal (shown, text);
}

static void
make_backup_and_look_through (Test *test)
{
  model_test_wait_for (is_at (test, "empty"));
  click (test, "_Back Up Now");
  model_test_wait_for (is_at (test, "list"));
  g_assert_cmpuint (get_n_rows (test), ==, 1);
  activate_row (test, 0);
  model_test_wait_for (is_at (test, "notes") && get_n_rows (test) == 2);
}

static void
test_note_comes_back (Test *test, gconstpointer data)
{
  GtkWidget *search;

  make_backup_and_look_through (test);
  choose (test, "One");
  model_test_wait_for (says (test, "the first text"));
  click (test, "_Restore This Text");
  g_assert_cmpstr (test->restored, ==, "One");
  g_assert_cmpint (test->kind, ==, OCTAVO_NOTE_RETURN_IN_PLACE);

  search = ui_test_find (GTK_WIDGET (test->window), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "tw");
  model_test_wait_for (get_n_rows (test) == 1 && says (test, "the second text"));
  click (test, "Restore as _New Note");
  g_assert_cmpstr (test->restored, ==, "Two");
  g_assert_cmpint (test->kind, ==, OCTAVO_NOTE_RETURN_AS_NEW);

  gtk_editable_set_text (GTK_EDITABLE (search), "nowhere");
  model_test_wait_for (get_n_rows (test) == 0 && says (test, ""));
  g_assert_false (gtk_widget_is_sensitive (ui_test_find_button (GTK_WIDGET (test->window), "_Restore This Text")));

  go_back (test);
  model_test_wait_for (is_at (test, "list"));
  g_assert_false (gtk_widget_get_visible (find_back (GTK_WIDGET (test->window))));
}

static AdwMessageDialog *
find_dialog (Test *test)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (ADW_IS_MESSAGE_DIALOG (each->data))
      return each->data;
  return NULL;
}

static void
answer (Test *test, const char *button)
{
  GtkWidget *found;

  model_test_wait_for (find_dialog (test) != NULL &&
                       (found = ui_test_find_button (GTK_WIDGET (find_dialog (test)), button)) != NULL);
  g_signal_emit_by_name (found, "clicked");
  model_test_wait_for (find_dialog (test) == NULL);
}

static void
test_all_come_back_once_asked (Test *test, gconstpointer data)
{
  make_backup_and_look_through (test);
  click (test, "Restore _All Notes…");
  answer (test, "_Cancel");
  g_assert_null (test->all);
  click (test, "Restore _All Notes…");
  answer (test, "_Go Back");
  g_assert_true (g_file_test (test->all, G_FILE_TEST_IS_REGULAR));
}

static void
test_damaged_one_is_said (Test *test, gconstpointer data)
{
  OctavoBanner *banner = OCTAVO_BANNER (ui_test_find (GTK_WIDGET (test->window), OCTAVO_TYPE_BANNER));
  g_autoptr (OctavoSnapshots) all = octavo_backup_folder_get_snapshots (test->model.path);
  g_autoptr (GPtrArray) list = NULL;

  make_backup_and_look_through (test);
  go_back (test);
  model_test_wait_for (is_at (test, "list"));
  list = octavo_snapshots_list (all);
  g_assert_true (g_file_set_contents (((OctavoSnapshot *) list->pdata[0])->path, "not notes", -1, NULL));
  activate_row (test, 0);
  model_test_wait_for (octavo_banner_get_text (banner) != NULL);
  g_assert_nonnull (strstr (octavo_banner_get_text (banner), "not a file of notes"));
  go_back (test);
  model_test_wait_for (is_at (test, "list"));
  g_assert_null (octavo_banner_get_text (banner));
}

static void
test_nothing_else_while_it_is_done (Test *test, gconstpointer data)
{
  GtkWidget *make;

  model_test_wait_for (is_at (test, "empty"));
  model_test_wait_for ((make = ui_test_find_button (GTK_WIDGET (test->window), "_Back Up Now")) != NULL);
  octavo_backups_window_set_busy (test->window, TRUE);
  g_assert_false (gtk_widget_is_sensitive (make));
  octavo_backups_window_set_busy (test->window, FALSE);
  g_assert_true (gtk_widget_is_sensitive (make));
}

static int
get_minimum_width (Test *test)
{
  int minimum;

  gtk_widget_measure (adw_window_get_content (ADW_WINDOW (test->window)), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  return minimum;
}

/* No title is cut, no button out of sight; of the notes and the text one is seen. */
static void
test_fits_360_pixels (Test *test, gconstpointer data)
{
  GtkWidget *title = ui_test_find (GTK_WIDGET (test->window), ADW_TYPE_WINDOW_TITLE);
  AdwLeaflet *panes;
  GtkWidget *list_pane;
  int natural;

  model_test_wait_for (is_at (test, "empty"));
  g_assert_cmpint (get_minimum_width (test), <=, 360);
  make_backup_and_look_through (test);
  g_assert_cmpint (get_minimum_width (test), <=, 360);

  panes = ADW_LEAFLET (ui_test_find (GTK_WIDGET (test->window), ADW_TYPE_LEAFLET));
  model_test_wait_for (adw_leaflet_get_folded (panes));
  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_width (title), >=, natural);
  list_pane = adw_leaflet_get_visible_child (panes);
  g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (get_list (test)), list_pane));
  choose (test, "One");
  g_assert_false (adw_leaflet_get_visible_child (panes) == list_pane);
  model_test_wait_for (says (test, "the first text"));
  go_back (test);
  g_assert_true (adw_leaflet_get_visible_child (panes) == list_pane);
  g_assert_true (is_at (test, "notes"));
  go_back (test);
  model_test_wait_for (is_at (test, "list"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, func, width)                                                                                         \
  g_test_add ("/backups-window/" name, Test, GINT_TO_POINTER (width), set_up, func, tear_down)
  ADD ("note-comes-back", test_note_comes_back, 720);
  ADD ("all-come-back-once-asked", test_all_come_back_once_asked, 720);
  ADD ("damaged-one-is-said", test_damaged_one_is_said, 720);
  ADD ("nothing-else-while-it-is-done", test_nothing_else_while_it_is_done, 720);
  ADD ("fits-360-pixels", test_fits_360_pixels, 360);

  return g_test_run ();
}
