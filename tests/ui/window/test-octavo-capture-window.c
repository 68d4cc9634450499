/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-capture-window"

#include "octavo-capture-window.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  GtkApplication *application;
  OctavoNoteBuffers *buffers;
  GtkWindow *window;
} Test;

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, NULL);
  self->application = (gpointer) data;
  self->buffers = octavo_note_buffers_new (self->model.store);
}

static void
tear_down (Test *self, gconstpointer data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (self->application)) != NULL)
    gtk_window_destroy (windows->data);
  model_test_wait_for (self->window == NULL && G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, NULL);
}

static GtkTextView *
get_view (Test *self)
{
  return GTK_TEXT_VIEW (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_TEXT_VIEW));
}

static void
open_window (Test *self, gint64 user_id, const char *title)
{
  self->window = octavo_capture_window_new (self->application, self->buffers, user_id, title);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (self->window);
  model_test_wait_for (get_view (self) != NULL && gtk_text_view_get_editable (get_view (self)));
}

static void
type_text (Test *self, const char *text)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (get_view (self)), text, -1);
}

static gint64
count (Test *self, const char *condition)
{
  g_autofree char *sql = g_strconcat ("SELECT count (*) FROM note WHERE ", condition, NULL);

  return model_test_query_int (self->model.path, sql);
}

static void
test_closing_is_all_there_is_to_do (Test *self, gconstpointer data)
{
  open_window (self, 0, "Shopping");
  type_text (self, "Bread and tea");
  g_signal_emit_by_name (ui_test_find_button (GTK_WIDGET (self->window), "_Done"), "clicked");
  model_test_wait_for (self->window == NULL);
  g_assert_cmpint (count (self, "title = 'Shopping' AND body = 'Bread and tea'"), ==, 1);
}

static void
test_keys_close_it (Test *self, gconstpointer data)
{
  const struct
  {
    guint key;
    GdkModifierType modifiers;
  } keys[] = { { GDK_KEY_Return, GDK_CONTROL_MASK }, { GDK_KEY_KP_Enter, GDK_CONTROL_MASK }, { GDK_KEY_Escape, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      open_window (self, 0, NULL);
      type_text (self, "One");
      g_assert_true (ui_test_press_bound (GTK_WIDGET (self->window), keys[i].key, keys[i].modifiers));
      model_test_wait_for (self->window == NULL);
      g_assert_cmpint (count (self, "body = 'One'"), ==, i + 1);
    }
}

static void
test_nothing_typed_is_no_note (Test *self, gconstpointer data)
{
  open_window (self, 0, NULL);
  gtk_window_close (self->window);
  model_test_wait_for (self->window == NULL);
  g_assert_cmpint (count (self, "1"), ==, 0);
}

static void
test_it_says_whose_note_it_will_be (Test *self, gconstpointer data)
{
  gint64 ada;

  open_window (self, 0, NULL);
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (self->window), "Saved as you type, among all notes"));
  gtk_window_close (self->window);
  model_test_wait_for (self->window == NULL);

  ui_test_add_users (&self->model);
  ada = model_test_query_int (self->model.path, "SELECT id FROM user WHERE name = 'Ada'");
  open_window (self, ada, NULL);
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (self->window), "Saved as you type, among the notes of Ada"));
  type_text (self, "Hers");
  gtk_window_close (self->window);
  model_test_wait_for (self->window == NULL);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT user_id FROM note WHERE body = 'Hers'"), ==, ada);
}

/* (nullable): what asks about the note that cannot be saved */
static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (ADW_IS_MESSAGE_DIALOG (each->data))
      return each->data;
  return NULL;
}

static void
test_what_cannot_be_saved_is_asked_about (Test *self, gconstpointer data)
{
  open_window (self, 0, NULL);
  model_test_execute (self->model.path,
                      "CREATE TRIGGER refuse BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  type_text (self, "Not to be lost");
  gtk_window_close (self->window);
  model_test_wait_for (find_question () != NULL);
  g_assert_nonnull (self->window);
  gtk_window_close (GTK_WINDOW (find_question ())); /* which keeps it open */
  model_test_wait_for (find_question () == NULL);

  model_test_execute (self->model.path, "DROP TRIGGER refuse");
  gtk_window_close (self->window);
  model_test_wait_for (self->window == NULL);
  g_assert_cmpint (count (self, "body = 'Not to be lost'"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/capture-window/" name, Test, application, set_up, func, tear_down)
  ADD ("closing-is-all-there-is-to-do", test_closing_is_all_there_is_to_do);
  ADD ("keys-close-it", test_keys_close_it);
  ADD ("nothing-typed-is-no-note", test_nothing_typed_is_no_note);
  ADD ("it-says-whose-note-it-will-be", test_it_says_whose_note_it_will_be);
  ADD ("what-cannot-be-saved-is-asked-about", test_what_cannot_be_saved_is_asked_about);
  return g_test_run ();
}
