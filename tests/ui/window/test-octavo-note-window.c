/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-window"

#include "octavo-note-window-private.h"
#include "octavo-window.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  GtkApplication *application;
  OctavoNoteBuffers *buffers;
  OctavoNoteWindow *window;
  gint64 id;
} Test;

static guint
count_windows (Test *self)
{
  return g_list_length (gtk_application_get_windows (self->application));
}

static gboolean
is_ready (Test *self)
{
  GtkWidget *view = ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_TEXT_VIEW);

  return view != NULL && gtk_text_view_get_editable (GTK_TEXT_VIEW (view));
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, NULL);
  self->application = (gpointer) data;
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->id = model_test_add_note (&self->model, "A title", "Some text", "tag");
  octavo_note_window_open (self->application, self->buffers, self->id);
  self->window = gtk_application_get_windows (self->application)->data;
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  model_test_wait_for (is_ready (self));
}

static void
tear_down (Test *self, gconstpointer data)
{
  GList *windows;

  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  while ((windows = gtk_application_get_windows (self->application)) != NULL)
    gtk_window_destroy (windows->data);
  model_test_wait_for (self->window == NULL && G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, NULL);
}

static gboolean
can (Test *self, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action);
}

static void
activate (Test *self, const char *action)
{
  g_assert_true (can (self, action));
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
}

static void
test_it_is_about_its_note (Test *self, gconstpointer data)
{
  GtkEditable *title = GTK_EDITABLE (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_ENTRY));

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "A title — Octavo");
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, self->id);
  gtk_editable_set_text (title, "");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Untitled — Octavo");
  gtk_window_close (GTK_WINDOW (self->window));
  model_test_wait_for (self->window == NULL);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT title = '' FROM note"), ==, 1);
}

static void
test_a_note_has_one_window (Test *self, gconstpointer data)
{
  gint64 other = model_test_add_note (&self->model, "Other", "Text", NULL);

  octavo_note_window_open (self->application, self->buffers, self->id);
  g_assert_cmpuint (count_windows (self), ==, 1);
  octavo_note_window_open (self->application, self->buffers, other);
  g_assert_cmpuint (count_windows (self), ==, 2);
  octavo_note_window_open (self->application, self->buffers, 4711); /* there is no such note */
  g_assert_cmpuint (count_windows (self), ==, 2);
}

static void
test_what_can_be_done_depends_on_the_trash (Test *self, gconstpointer data)
{
  g_assert_false (can (self, "restore"));
  g_assert_false (can (self, "delete"));
  g_action_group_change_action_state (G_ACTION_GROUP (self->window), "pin", g_variant_new_boolean (TRUE));
  model_test_wait_for (octavo_editor_get_pinned (self->window->editor));
  activate (self, "trash");
  model_test_wait_for (can (self, "restore"));
  g_assert_false (can (self, "rename"));
  g_assert_false (can (self, "edit-tags"));
  g_assert_false (can (self, "pin"));
  g_assert_false (gtk_widget_get_visible (self->window->trash_button));
  g_assert_true (gtk_widget_get_visible (self->window->delete_button));
  activate (self, "restore");
  model_test_wait_for (can (self, "trash"));
  g_assert_true (gtk_widget_get_visible (self->window->pin_button));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT pinned FROM note"), ==, 1);
}

static void
test_it_goes_with_its_note (Test *self, gconstpointer data)
{
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, self->id, NULL);
  model_test_wait_for (self->window == NULL);
}

static void
test_what_is_about_all_notes_brings_up_their_window (Test *self, gconstpointer data)
{
  GtkWindow *window;

  activate (self, "search");
  g_assert_cmpuint (count_windows (self), ==, 2);
  window = gtk_application_get_windows (self->application)->data;
  if (window == GTK_WINDOW (self->window))
    window = gtk_application_get_windows (self->application)->next->data;
  g_assert_true (OCTAVO_IS_WINDOW (window));
  activate (self, "show-in-list");
  g_assert_cmpuint (count_windows (self), ==, 2);
  model_test_wait_for (g_strcmp0 (gtk_window_get_title (window), "A title — Octavo") == 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  application = adw_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
#define ADD(name, func) g_test_add ("/note-window/" name, Test, application, set_up, func, tear_down)
  ADD ("it-is-about-its-note", test_it_is_about_its_note);
  ADD ("a-note-has-one-window", test_a_note_has_one_window);
  ADD ("what-can-be-done-depends-on-the-trash", test_what_can_be_done_depends_on_the_trash);
  ADD ("it-goes-with-its-note", test_it_goes_with_its_note);
  ADD ("what-is-about-all-notes-brings-up-their-window", test_what_is_about_all_notes_brings_up_their_window);
  return g_test_run ();
}
