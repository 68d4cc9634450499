/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-session"

#include "octavo-session.h"

#include "octavo-note-window-private.h"
#include "octavo-window-private.h"
#include "ui-test.h"

#include <glib/gstdio.h>

/* Each run of the program is a session on the same file of notes. */

typedef struct
{
  ModelTest model;
  GtkApplication *application;
  OctavoNoteBuffers *buffers;
  OctavoSession *session;
  char *path;
  gint64 ids[3];
} Test;

static void
begin (Test *self)
{
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->session = octavo_session_new (self->application, self->buffers, self->path);
  octavo_session_restore (self->session);
}

static guint
count_windows (Test *self)
{
  return g_list_length (gtk_application_get_windows (self->application));
}

static void
end (Test *self)
{
  GList *windows;

  octavo_session_hold (self->session);
  octavo_session_save (self->session);
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  while ((windows = gtk_application_get_windows (self->application)) != NULL)
    gtk_window_destroy (windows->data);
  g_assert_finalize_object (g_steal_pointer (&self->session));
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (g_steal_pointer (&self->buffers));
}

static void
set_up (Test *self, gconstpointer data)
{
  g_autofree char *folder = NULL;

  model_test_set_up (&self->model, NULL);
  self->application = (gpointer) data;
  folder = g_path_get_dirname (self->model.path);
  self->path = g_build_filename (folder, "state", "session", NULL);
  for (int i = 0; i < 3; i++)
    self->ids[i] = model_test_add_note (&self->model, "Title", "a text\nof several\nlines", i == 0 ? "work" : NULL);
  begin (self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  end (self);
  g_remove (self->path);
  g_rmdir (folder);
  g_free (self->path);
  model_test_tear_down (&self->model, NULL);
}

static void
restart (Test *self)
{
  end (self);
  begin (self);
}

/* The first window of a kind. */
static gpointer
find (Test *self, GType type)
{
  for (GList *link = gtk_application_get_windows (self->application); link != NULL; link = link->next)
    if (g_type_is_a (G_OBJECT_TYPE (link->data), type))
      return link->data;
  return NULL;
}

static OctavoWindow *
get_window (Test *self)
{
  return find (self, OCTAVO_TYPE_WINDOW);
}

static void
wait_for_note (Test *self, gint64 id)
{
  model_test_wait_for (octavo_editor_get_note_id (get_window (self)->editor) == id);
}

static void
test_the_first_time_there_is_one_window (Test *self, gconstpointer data)
{
  g_assert_cmpuint (count_windows (self), ==, 1);
  wait_for_note (self, self->ids[2]);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  octavo_session_save (self->session);
  g_assert_true (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
test_note_order_place_and_size_come_back (Test *self, gconstpointer data)
{
  const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH };
  OctavoWindow *window = get_window (self);
  int width, height;

  wait_for_note (self, self->ids[2]);
  octavo_window_open_note (window, self->ids[1]);
  wait_for_note (self, self->ids[1]);
  g_action_group_change_action_state (G_ACTION_GROUP (window), "sort", g_variant_new_string ("title"));
  g_action_group_change_action_state (G_ACTION_GROUP (window), "sidebar", g_variant_new_boolean (FALSE));
  gtk_window_set_default_size (GTK_WINDOW (window), 950, 555);

  restart (self);
  window = get_window (self);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 950);
  g_assert_cmpint (height, ==, 555);
  g_assert_cmpint (octavo_note_list_get_sort (octavo_note_list_pane_get_list (window->list_pane)), ==,
                   OCTAVO_SORT_TITLE);
  g_assert_false (window->sidebar_wanted);
  g_assert_cmpint (octavo_editor_get_note_id (window->editor), ==, 0); /* not before there is a list */
  wait_for_note (self, self->ids[1]);

  octavo_sidebar_set_scope (window->sidebar, &trash);
  restart (self);
  g_assert_cmpint (octavo_sidebar_get_scope (get_window (self)->sidebar)->place, ==, OCTAVO_PLACE_TRASH);
}

static void
test_a_tag_comes_back_when_there_are_tags (Test *self, gconstpointer data)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_TAG,
                              .tag_id = model_test_query_int (self->model.path, "SELECT id FROM tag") };

  wait_for_note (self, self->ids[2]);
  model_test_wait_for (octavo_sidebar_set_scope (get_window (self)->sidebar, &scope));
  restart (self);
  g_assert_cmpint (octavo_sidebar_get_scope (get_window (self)->sidebar)->place, ==, OCTAVO_PLACE_ALL);
  restart (self); /* before it came back: it does not get lost */
  model_test_wait_for (octavo_sidebar_get_scope (get_window (self)->sidebar)->tag_id == scope.tag_id);

  end (self);
  model_test_execute (self->model.path, "DELETE FROM tag");
  begin (self);
  wait_for_note (self, self->ids[2]);
  g_assert_cmpint (octavo_sidebar_get_scope (get_window (self)->sidebar)->place, ==, OCTAVO_PLACE_ALL);
}

/* NULL until the note is there. */
static GtkTextBuffer *
get_text (Test *self)
{
  OctavoNoteBuffer *buffer = NULL;
  gint64 id = octavo_editor_get_note_id (get_window (self)->editor);

  if (id != 0)
    buffer = octavo_note_buffers_find (self->buffers, id);
  return buffer != NULL ? GTK_TEXT_BUFFER (buffer) : NULL;
}

static int
get_cursor (Test *self)
{
  GtkTextIter iter;

  if (get_text (self) == NULL)
    return -1;
  gtk_text_buffer_get_iter_at_mark (get_text (self), &iter, gtk_text_buffer_get_insert (get_text (self)));
  return gtk_text_iter_get_offset (&iter);
}

static void
test_cursors_come_back (Test *self, gconstpointer data)
{
  GtkTextIter iter;

  wait_for_note (self, self->ids[2]);
  model_test_wait_for (get_text (self) != NULL);
  gtk_text_buffer_get_iter_at_offset (get_text (self), &iter, 9);
  gtk_text_buffer_place_cursor (get_text (self), &iter);
  octavo_window_open_note (get_window (self), self->ids[0]);
  wait_for_note (self, self->ids[0]);
  restart (self);
  wait_for_note (self, self->ids[0]);
  octavo_window_open_note (get_window (self), self->ids[2]);
  model_test_wait_for (get_cursor (self) == 9);

  /* what is shorter by now has its end for it */
  end (self);
  model_test_execute (self->model.path, "UPDATE note SET body = 'short'");
  begin (self);
  wait_for_note (self, self->ids[2]);
  model_test_wait_for (get_cursor (self) == 5);
}

static void
test_windows_of_notes_come_back_after_the_list (Test *self, gconstpointer data)
{
  wait_for_note (self, self->ids[2]);
  octavo_note_window_open (self->application, self->buffers, self->ids[0]);
  octavo_note_window_open (self->application, self->buffers, self->ids[1]);
  octavo_note_window_open (self->application, self->buffers, self->ids[0]); /* that is there already */
  g_assert_cmpuint (count_windows (self), ==, 3);
  restart (self);
  g_assert_cmpuint (count_windows (self), ==, 1);
  restart (self); /* before they are all there: they do not get lost */
  model_test_wait_for (count_windows (self) == 3);

  /* one that is closed while others are open does not come back */
  gtk_window_close (find (self, OCTAVO_TYPE_NOTE_WINDOW));
  g_assert_cmpuint (count_windows (self), ==, 2);
  restart (self);
  model_test_wait_for (count_windows (self) == 2);

  /* nor one whose note is gone */
  end (self);
  model_test_execute (self->model.path, "DELETE FROM note");
  begin (self);
  model_test_wait_for (get_window (self)->settled);
  g_assert_cmpuint (count_windows (self), ==, 1);
  g_assert_false (octavo_editor_get_has_note (get_window (self)->editor));
}

static void
test_the_last_window_comes_back (Test *self, gconstpointer data)
{
  wait_for_note (self, self->ids[2]);
  octavo_note_window_open (self->application, self->buffers, self->ids[0]);
  gtk_window_close (GTK_WINDOW (get_window (self)));
  gtk_window_close (find (self, OCTAVO_TYPE_NOTE_WINDOW));
  g_assert_cmpuint (count_windows (self), ==, 0);
  restart (self);
  wait_for_note (self, self->ids[2]);
  model_test_wait_for (count_windows (self) == 2);
  g_assert_cmpint (octavo_note_window_get_note_id (find (self, OCTAVO_TYPE_NOTE_WINDOW)), ==, self->ids[0]);
}

static void
test_a_quit_that_does_not_happen_is_forgotten (Test *self, gconstpointer data)
{
  wait_for_note (self, self->ids[2]);
  octavo_note_window_open (self->application, self->buffers, self->ids[0]);
  octavo_session_hold (self->session);
  gtk_window_close (find (self, OCTAVO_TYPE_NOTE_WINDOW));
  octavo_session_release (self->session);
  restart (self);
  wait_for_note (self, self->ids[2]);
  model_test_wait_for (get_window (self)->settled);
  g_assert_cmpuint (count_windows (self), ==, 1);
}

static void
test_any_file_is_survived (Test *self, gconstpointer data)
{
  static const char *const texts[] = { "", "\xff\xfe", "[Window 1]\nKind=note\nNote=99\n", "[Session]\nPlaces=1:2\n",
                                       "[Window 1]\nKind=notes\nPlace=tag\nTag=77\nNote=1234567\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      end (self);
      g_file_set_contents (self->path, texts[i], -1, &error);
      g_assert_no_error (error);
      begin (self);
      g_assert_cmpuint (count_windows (self), ==, 1);
      wait_for_note (self, self->ids[2]);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/session/" name, Test, application, set_up, func, tear_down)
  ADD ("the-first-time-there-is-one-window", test_the_first_time_there_is_one_window);
  ADD ("note-order-place-and-size-come-back", test_note_order_place_and_size_come_back);
  ADD ("a-tag-comes-back-when-there-are-tags", test_a_tag_comes_back_when_there_are_tags);
  ADD ("cursors-come-back", test_cursors_come_back);
  ADD ("windows-of-notes-come-back-after-the-list", test_windows_of_notes_come_back_after_the_list);
  ADD ("the-last-window-comes-back", test_the_last_window_comes_back);
  ADD ("a-quit-that-does-not-happen-is-forgotten", test_a_quit_that_does_not_happen_is_forgotten);
  ADD ("any-file-is-survived", test_any_file_is_survived);
  return g_test_run ();
}
