/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-repair-window"

#include "octavo-repair-window.h"
#include "ui-test.h"

#include <string.h>

#define PAGE 4096

typedef struct
{
  ModelTest model;
  GtkApplication *application;
  GtkWindow *window;
  guint n_done;
} Test;

/* Three notes in a file that nobody has open. */
static void
set_up (Test *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (3000, 'x');

  model_test_set_up (&self->model, NULL);
  self->application = (gpointer) data;
  for (guint i = 0; i < 3; i++)
    model_test_add_note (&self->model, "A title", text, NULL);
  octavo_store_close (self->model.store);
  model_test_execute (self->model.path, "PRAGMA wal_checkpoint (TRUNCATE)");
}

static void
tear_down (Test *self, gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (self->window);
  model_test_wait_for (self->window == NULL);
  model_test_tear_down (&self->model, NULL);
}

static void
on_done (Test *self)
{
  self->n_done++;
}

static void
open_window (Test *self, const char *snapshot)
{
  self->window = octavo_repair_window_new (self->application, self->model.path, snapshot);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  g_signal_connect_swapped (self->window, "done", G_CALLBACK (on_done), self);
  gtk_window_present (self->window);
}

static GtkWidget *
find (Test *self, GType type)
{
  return ui_test_find (GTK_WIDGET (self->window), type);
}

static gboolean
is_at_end (Test *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (find (self, GTK_TYPE_STACK))), "end");
}

/* What stands there beside the heading and what it says in short; NULL where there is nothing. (transfer full) */
static char *
read_details (Test *self)
{
  GtkWidget *view = find (self, GTK_TYPE_TEXT_VIEW);
  char *text;

  if (!gtk_widget_is_visible (view))
    return NULL;
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "text", &text, NULL);
  return text;
}

static void
wait_for_end (Test *self, const char *heading)
{
  model_test_wait_for (is_at_end (self));
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (self->window), heading));
  g_assert_true (gtk_window_get_deletable (self->window));
}

static void
zero_page_with_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;
  char *found;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  found = memmem (bytes, size, "xxxxxxxxxxxx", 12);
  g_assert_nonnull (found);
  memset (bytes + (gsize) (found - bytes) / PAGE * PAGE, 0, PAGE);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

/* Neither by its button nor by a key: nobody would be told what became of the notes. */
static void
test_is_closed_after_the_end_alone (Test *self, gconstpointer data)
{
  open_window (self, NULL);
  g_assert_false (gtk_window_get_deletable (self->window));
  gtk_window_close (self->window);
  g_assert_false (is_at_end (self));
  wait_for_end (self, "The File Is Sound");
  g_assert_nonnull (self->window);
  gtk_window_close (self->window);
  model_test_wait_for (self->window == NULL);
}

static void
test_opens_the_notes_once (Test *self, gconstpointer data)
{
  GtkWidget *button;

  open_window (self, NULL);
  wait_for_end (self, "The File Is Sound");
  button = ui_test_find_button (GTK_WIDGET (self->window), "_Open the Notes");
  g_assert_true (gtk_window_get_focus (self->window) == button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (self->n_done, ==, 1);
  g_assert_false (gtk_widget_get_sensitive (button));
}

static void
test_tells_what_became_of_the_notes (Test *self, gconstpointer data)
{
  g_autofree char *details = NULL;
  g_autofree char *verdict = NULL;

  zero_page_with_text (self->model.path);
  open_window (self, NULL);
  wait_for_end (self, "The File Was Repaired");
  details = read_details (self);
  g_assert_nonnull (details);
  g_assert_nonnull (strstr (details, "A title"));
  verdict = model_test_query_text (self->model.path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
}

static void
test_goes_back_to_a_backup (Test *self, gconstpointer data)
{
  g_autofree char *snapshot = g_build_filename (self->model.folder, "backup.db", NULL);
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", snapshot);
  g_autofree char *details = NULL;

  model_test_execute (self->model.path, sql);
  model_test_execute (self->model.path, "UPDATE note SET title = 'Another'");
  open_window (self, snapshot);
  wait_for_end (self, "The Backup Was Restored");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note WHERE title = 'A title'"), ==,
                   3);
  details = read_details (self);
  g_assert_nonnull (details);
  g_assert_nonnull (strstr (details, self->model.folder));
}

/* The notes are as before, and it can be tried again. */
static void
test_a_backup_that_is_gone (Test *self, gconstpointer data)
{
  g_autofree char *snapshot = g_build_filename (self->model.folder, "gone.db", NULL);
  GtkWidget *button;

  open_window (self, snapshot);
  wait_for_end (self, "The Backup Was Not Restored");
  g_assert_null (read_details (self));
  button = ui_test_find_button (GTK_WIDGET (self->window), "_Try Again");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (self->n_done, ==, 1);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note WHERE title = 'A title'"), ==,
                   3);
}

static void
test_a_file_that_is_gone (Test *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->model.folder, "folder", "notes.db", NULL);

  g_free (self->model.path);
  self->model.path = g_steal_pointer (&path);
  open_window (self, NULL);
  wait_for_end (self, "The File Was Not Repaired");
  g_assert_nonnull (ui_test_find_button (GTK_WIDGET (self->window), "_Try Again"));
  g_assert_false (g_file_test (self->model.path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/repair-window/" name, Test, application, set_up, func, tear_down)
  ADD ("is-closed-after-the-end-alone", test_is_closed_after_the_end_alone);
  ADD ("opens-the-notes-once", test_opens_the_notes_once);
  ADD ("tells-what-became-of-the-notes", test_tells_what_became_of_the_notes);
  ADD ("goes-back-to-a-backup", test_goes_back_to_a_backup);
  ADD ("a-backup-that-is-gone", test_a_backup_that_is_gone);
  ADD ("a-file-that-is-gone", test_a_file_that_is_gone);
  return g_test_run ();
}
