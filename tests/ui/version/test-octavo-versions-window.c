/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-versions-window"

#include "octavo-versions-window.h"

#include "octavo-note-buffer.h"
#include "octavo-version-repository.h"
#include "octavo-version-restore.h"
#include "octavo-version-row.h"
#include "ui-test.h"

#include <string.h>

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  OctavoVersionsWindow *window; /* (nullable) */
  gint64 id;
} Test;

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->id = model_test_add_note (&self->model, "Title", "one two\nthree four\n", NULL);
}

static void
tear_down (Test *self, gconstpointer data)
{
  OctavoAutosave *autosave = octavo_note_buffers_get_autosave (self->buffers);

  if (self->window != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      gtk_window_destroy (GTK_WINDOW (self->window));
      model_test_wait_for (self->window == NULL);
    }
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1 && G_OBJECT (autosave)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, data);
}

static void
keep (Test *self, const char *title, const char *body)
{
  OctavoVersionRepository *versions = octavo_store_get_versions (self->model.store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  octavo_version_repository_keep_async (versions, self->id, title, body, OCTAVO_VERSION_LEFT, model_test_on_result,
                                        &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_version_repository_keep_finish (versions, result, NULL));
}

static void
open_window (Test *self)
{
  self->window = octavo_versions_window_new (self->buffers, self->id);
  gtk_window_present (GTK_WINDOW (self->window));
}

static GtkListBox *
get_list (Test *self)
{
  return GTK_LIST_BOX (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_LIST_BOX));
}

static GtkWidget *
get_label (GtkWidget *widget, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)));

  for (guint i = 0; i < position; i++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static const char *
get_text (Test *self, int row, guint position)
{
  GtkListBoxRow *widget = gtk_list_box_get_row_at_index (get_list (self), row);

  return widget != NULL ? gtk_label_get_label (GTK_LABEL (get_label (GTK_WIDGET (widget), position))) : "";
}

static void
select_row (Test *self, int row)
{
  gtk_list_box_select_row (get_list (self), gtk_list_box_get_row_at_index (get_list (self), row));
}

static char *
dup_diff (Test *self)
{
  GtkTextBuffer *buffer =
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_TEXT_VIEW)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gboolean
has_diff (Test *self, const char *part)
{
  g_autofree char *text = dup_diff (self);

  return strstr (text, part) != NULL;
}

static void
wait_for_diff (Test *self, const char *part)
{
  model_test_wait_for (has_diff (self, part));
}

static GtkWidget *
find_button (GtkWidget *widget, const char *text)
{
  if (GTK_IS_BUTTON (widget))
    {
      GtkWidget *label = ui_test_find (widget, GTK_TYPE_LABEL);

      if (label != NULL && strcmp (gtk_label_get_text (GTK_LABEL (label)), text) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (Test *self, const char *text)
{
  GtkWidget *button = find_button (GTK_WIDGET (self->window), text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_list (Test *self, gconstpointer data)
{
  keep (self, "Title", "one\n");
  keep (self, "Title", "one two\n");
  open_window (self);
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 2);
  g_assert_cmpstr (get_text (self, 0, 0), ==, "Now");
  g_assert_cmpstr (get_text (self, 1, 1), ==, "The note was left");
  model_test_wait_for (strcmp (get_text (self, 2, 2), "") != 0);
  g_assert_cmpstr (get_text (self, 0, 2), ==, "2 words added");
  g_assert_cmpstr (get_text (self, 1, 2), ==, "1 word added");
  g_assert_cmpstr (get_text (self, 2, 2), ==, "1 word added");

  /* the last one is what is looked at first, and how it differs from the one before */
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (get_list (self))), ==, 1);
  wait_for_diff (self, "+ one two");
  g_signal_emit_by_name (find_button (GTK_WIDGET (self->window), "To the Note Now"), "clicked");
  wait_for_diff (self, "+ three four");
  select_row (self, 2);
  wait_for_diff (self, "\u2212 one\n+ one two\n+ three four");
  g_assert_true (gtk_widget_get_sensitive (find_button (GTK_WIDGET (self->window), "Copy Text")));
  select_row (self, 0);
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (self->window), "Restore This Version")));
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (self->window), "Copy Text")));
}

/* The list follows the file, and what was selected stays. */
static void
test_follows (Test *self, gconstpointer data)
{
  keep (self, "Title", "one\n");
  open_window (self);
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 1);
  model_test_execute (
      self->model.path,
      "INSERT INTO note_version (note_id, made, updated, reason, title, size, format, body) "
      "VALUES (1, 1, 1, 'whim', 'Title', 1, 'plain', CAST ('x' AS BLOB)); UPDATE note SET body = 'new'");
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 2);
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (get_list (self))), ==, 2);
  g_assert_cmpstr (get_text (self, 1, 1), ==, "Kept by another version of Octavo");
}

static void
test_restore (Test *self, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) buffer = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  keep (self, "Before", "one\n");
  open_window (self);
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 1);
  click (self, "Restore This Version");
  /* what it said is a version first; and it is in the file */
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 2);
  g_assert_cmpstr (get_text (self, 1, 1), ==, "Before something earlier was restored");
  model_test_wait_for (model_test_query_int (self->model.path,
                                             "SELECT count (*) FROM note WHERE title = 'Before' AND body = 'one' || "
                                             "char (10)") == 1);

  /* and is undone as if it had been typed */
  buffer = g_object_ref (octavo_note_buffers_find (self->buffers, self->id));
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  text = octavo_note_buffer_dup_body (buffer);
  g_assert_cmpstr (text, ==, "one two\nthree four\n");
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  again = model_test_query_text (self->model.path, "SELECT body FROM note");
  g_assert_cmpstr (again, ==, "one two\nthree four\n");
}

/* What was typed a moment ago is kept, too. */
static void
test_restore_over_unsaved (Test *self, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) buffer = NULL;
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  keep (self, "Before", "one\n");
  octavo_note_buffers_read_async (self->buffers, self->id, NULL, model_test_on_result, &place);
  read = model_test_take_result (&place);
  buffer = octavo_note_buffers_read_finish (self->buffers, read, NULL);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), "typed", -1);
  octavo_version_restore_async (self->buffers, self->id, 1, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_version_restore_finish (self->buffers, result, &error));
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count (*) FROM note WHERE body = 'one' || char (10)"),
                   ==, 1);
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count (*) FROM note_version WHERE reason = 'restore' "
                                         "AND body = CAST ('typed' AS BLOB)"),
                   ==, 1);
}

/* A text that is too large to be edited comes back as it was. */
static void
test_restore_large (Test *self, gconstpointer data)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *wide = g_strnfill (OCTAVO_NOTE_BUFFER_MAX_LINE + 1, 'x');

  keep (self, "Wide", wide);
  octavo_version_restore_async (self->buffers, self->id, 1, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_version_restore_finish (self->buffers, result, &error));
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT length (body) FROM note WHERE title = 'Wide'"), ==,
                   OCTAVO_NOTE_BUFFER_MAX_LINE + 1);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note_version"), ==, 2);
}

static void
test_restore_what_is_gone (Test *self, gconstpointer data)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_version_restore_async (self->buffers, self->id, 7, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_false (octavo_version_restore_finish (self->buffers, result, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
}

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (Test *self, gconstpointer data)
{
  GdkClipboard *clipboard;
  g_autofree char *text = NULL;

  keep (self, "Title", "what it said");
  open_window (self);
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 1);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));
  click (self, "Copy Text");
  model_test_wait_for (gdk_clipboard_is_local (clipboard));
  gdk_clipboard_read_text_async (clipboard, NULL, on_text_read, &text);
  model_test_wait_for (text != NULL);
  g_assert_cmpstr (text, ==, "what it said");
}

static GtkWindow *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      return link->data;
  return NULL;
}

static void
test_clear (Test *self, gconstpointer data)
{
  GtkWidget *stack, *undo;

  keep (self, "Title", "one\n");
  keep (self, "Title", "two\n");
  open_window (self);
  stack = ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_STACK);
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 2);
  click (self, "Clear…");
  model_test_wait_for (find_dialog () != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "clear");
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "nothing");
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (self->window), "Clear…")));

  model_test_wait_for ((undo = find_button (GTK_WIDGET (self->window), "Undo")) != NULL);
  g_signal_emit_by_name (undo, "clicked");
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "versions");
}

static void
test_nothing (Test *self, gconstpointer data)
{
  GtkWidget *stack;

  open_window (self);
  stack = ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_STACK);
  model_test_wait_for (strcmp (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "nothing") == 0);
  g_assert_cmpuint (octavo_versions_window_get_n_rows (self->window), ==, 0);
}

/* One that cannot be read says so, and the others are there. */
static void
test_damaged (Test *self, gconstpointer data)
{
  GtkWidget *label = NULL;

  keep (self, "Title", "one\n");
  keep (self, "Title", "two\n");
  model_test_execute (self->model.path, "UPDATE note_version SET format = 'odd' WHERE id = 1");
  open_window (self);
  model_test_wait_for (octavo_versions_window_get_n_rows (self->window) == 2);
  label = ui_test_find (gtk_widget_get_parent (
                            gtk_widget_get_parent (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_TEXT_VIEW))),
                        GTK_TYPE_LABEL);
  model_test_wait_for (strstr (gtk_label_get_label (GTK_LABEL (label)), "cannot be read") != NULL);
  model_test_wait_for (strcmp (get_text (self, 0, 2), "") != 0);
  g_signal_emit_by_name (find_button (GTK_WIDGET (self->window), "To the Note Now"), "clicked");
  wait_for_diff (self, "\u2212 two");
}

int
main (int argc, char *argv[])
{
  G_GNUC_UNUSED g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/versions-window/" name, Test, NULL, set_up, func, tear_down)
  ADD ("list", test_list);
  ADD ("follows", test_follows);
  ADD ("restore", test_restore);
  ADD ("restore-over-unsaved", test_restore_over_unsaved);
  ADD ("restore-large", test_restore_large);
  ADD ("restore-what-is-gone", test_restore_what_is_gone);
  ADD ("copy", test_copy);
  ADD ("clear", test_clear);
  ADD ("nothing", test_nothing);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
