/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-two-editors"

#include "octavo-editor.h"
#include "octavo-note-view.h"
#include "octavo-view-cursor.h"
#include "ui-test.h"

#include <string.h>

/* One store, and two windows on it. */

typedef struct
{
  OctavoEditor *editor;
  GtkWidget *window;
} Place;

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  Place places[2];
} Test;

static void
open_place (Test *self, Place *place)
{
  place->editor = OCTAVO_EDITOR (octavo_editor_new (self->buffers));
  place->window = ui_test_show (GTK_WIDGET (place->editor));
}

static void
close_place (Place *place)
{
  gpointer editor = place->editor;

  g_object_add_weak_pointer (G_OBJECT (editor), &editor);
  ui_test_close (g_steal_pointer (&place->window));
  model_test_wait_for (editor == NULL);
  place->editor = NULL;
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->buffers = octavo_note_buffers_new (self->model.store);
  open_place (self, &self->places[0]);
  open_place (self, &self->places[1]);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  octavo_note_buffers_flush (self->buffers, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 2; i++)
    if (self->places[i].window != NULL)
      close_place (&self->places[i]);
  g_assert_cmpuint (octavo_note_buffers_get_n_viewers (self->buffers), ==, 0);
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, data);
}

static OctavoNoteView *
get_view (Place *place)
{
  return OCTAVO_NOTE_VIEW (ui_test_find (GTK_WIDGET (place->editor), OCTAVO_TYPE_NOTE_VIEW));
}

static GtkEditable *
get_title (Place *place)
{
  return GTK_EDITABLE (ui_test_find (GTK_WIDGET (place->editor), GTK_TYPE_ENTRY));
}

static GtkTextBuffer *
get_buffer (Place *place)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_view (place)));
}

static gboolean
is_ready (Place *place)
{
  OctavoNoteView *view = get_view (place);

  return view != NULL && gtk_text_view_get_editable (GTK_TEXT_VIEW (view));
}

static void
open_in_both (Test *self, gint64 id)
{
  octavo_editor_open (self->places[0].editor, id);
  octavo_editor_open (self->places[1].editor, id);
  model_test_wait_for (is_ready (&self->places[0]) && is_ready (&self->places[1]));
}

static void
type (Place *place, const char *text)
{
  octavo_note_view_claim_cursor (get_view (place));
  g_signal_emit_by_name (get_view (place), "insert-at-cursor", text);
}

static void
put_cursor (Place *place, int offset, int bound)
{
  GtkTextIter iter, other;

  octavo_note_view_claim_cursor (get_view (place));
  gtk_text_buffer_get_iter_at_offset (get_buffer (place), &iter, offset);
  gtk_text_buffer_get_iter_at_offset (get_buffer (place), &other, bound);
  gtk_text_buffer_select_range (get_buffer (place), &iter, &other);
}

static void
assert_cursor (Place *place, int offset, int bound)
{
  GtkTextBuffer *buffer = get_buffer (place);
  GtkTextIter iter;

  octavo_note_view_claim_cursor (get_view (place));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, offset);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_selection_bound (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, bound);
}

static void
assert_text (Place *place, const char *expected)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (get_buffer (place), &start, &end);
  text = gtk_text_buffer_get_text (get_buffer (place), &start, &end, TRUE);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_file (Test *self, const char *column, gint64 id, const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM note WHERE id = %" G_GINT64_FORMAT, column, id);
  g_autofree char *found = model_test_query_text (self->model.path, sql);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_the_same_note_is_the_same_text (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "text", NULL);
  Place *one = &self->places[0], *two = &self->places[1];

  open_in_both (self, id);
  g_assert_true (get_buffer (one) == get_buffer (two));
  g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), ==, 1);
  type (one, "some ");
  assert_text (two, "some text");
  gtk_editable_set_text (get_title (two), "Another");
  g_assert_cmpstr (gtk_editable_get_text (get_title (one)), ==, "Another");
  g_assert_cmpstr (octavo_editor_get_note_title (one->editor), ==, "Another");

  /* one history, and nothing that was written by somebody else */
  gtk_text_buffer_undo (get_buffer (two));
  assert_text (one, "text");
  type (two, "more ");
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  assert_file (self, "body", id, "more text");
  assert_file (self, "title", id, "Another");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 1);
}

static void
test_typing_in_turns_is_no_conflict (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "", NULL);
  OctavoNoteBuffer *buffer;
  g_autoptr (GString) expected = g_string_new (NULL);

  open_in_both (self, id);
  buffer = OCTAVO_NOTE_BUFFER (get_buffer (&self->places[0]));
  for (int i = 0; i < 40; i++)
    {
      Place *place = &self->places[i % 2];

      put_cursor (place, i, i);
      type (place, i % 2 == 0 ? "a" : "b");
      g_string_append_c (expected, i % 2 == 0 ? 'a' : 'b');
      octavo_editor_save (place->editor);
      g_main_context_iteration (NULL, FALSE);
    }
  model_test_wait_for (!octavo_note_buffer_is_unsaved (buffer));
  g_assert_false (octavo_note_buffer_has_conflict (buffer));
  assert_file (self, "body", id, expected->str);
}

static void
test_each_has_its_cursor (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "one two three four", NULL);
  gint64 other = model_test_add_note (&self->model, "Other", "text", NULL);
  Place *one = &self->places[0], *two = &self->places[1];

  open_in_both (self, id);
  put_cursor (one, 8, 13);
  put_cursor (two, 4, 4);
  assert_cursor (one, 8, 13);
  assert_cursor (two, 4, 4);
  type (two, "and a ");
  assert_cursor (two, 10, 10);
  assert_cursor (one, 14, 19);

  /* the place of one that goes is not that of the other, but of who comes next */
  put_cursor (two, 2, 2);
  put_cursor (one, 7, 7);
  octavo_editor_open (one->editor, other);
  model_test_wait_for (get_buffer (one) != get_buffer (two));
  assert_cursor (two, 2, 2);
  octavo_editor_open (one->editor, id);
  assert_cursor (one, 2, 2);
}

static void
test_a_note_that_is_shown_is_kept (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "text", NULL);
  OctavoNoteBuffer *buffer;

  open_in_both (self, id);
  buffer = OCTAVO_NOTE_BUFFER (get_buffer (&self->places[0]));
  for (int i = 0; i < 2 * OCTAVO_NOTE_BUFFERS_MAX; i++)
    {
      gint64 other = model_test_add_note (&self->model, "Other", "text", NULL);

      octavo_editor_open (self->places[0].editor, other);
      model_test_wait_for (is_ready (&self->places[0]) && octavo_note_buffers_use (self->buffers, other) != NULL);
    }
  g_assert_true (octavo_note_buffers_use (self->buffers, id) == buffer);
  g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), <=, OCTAVO_NOTE_BUFFERS_MAX + 2);
  octavo_editor_open (self->places[0].editor, id);
  g_assert_true (get_buffer (&self->places[0]) == get_buffer (&self->places[1]));
}

static void
test_closing_one_leaves_the_other_what_it_has (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "text", NULL);
  g_autoptr (GError) error = NULL;

  open_in_both (self, id);
  type (&self->places[0], "mine ");
  model_test_execute (self->model.path, "UPDATE note SET body = 'theirs'");
  g_assert_true (octavo_editor_flush (self->places[0].editor, &error));
  g_assert_no_error (error);
  close_place (&self->places[0]);

  /* what was not noticed is still to be */
  assert_text (&self->places[1], "mine text");
  model_test_wait_for (ui_test_find_button (GTK_WIDGET (self->places[1].editor), "Show It") != NULL);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 2);
}

static void
test_what_cannot_be_saved_outlives_its_window (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "text", NULL);
  g_autoptr (GError) error = NULL;

  octavo_editor_open (self->places[0].editor, id);
  model_test_wait_for (is_ready (&self->places[0]));
  model_test_execute (self->model.path,
                      "CREATE TRIGGER fail BEFORE UPDATE ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  type (&self->places[0], "kept ");
  g_assert_false (octavo_editor_flush (self->places[0].editor, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  g_clear_error (&error);
  close_place (&self->places[0]);

  /* the other window has nothing to do with it, but says so; it is the last to go */
  octavo_editor_open (self->places[1].editor, id);
  assert_text (&self->places[1], "kept text");
  model_test_wait_for (ui_test_find_button (GTK_WIDGET (self->places[1].editor), "Try Again") != NULL);
  octavo_editor_open (self->places[1].editor, 0);
  g_assert_false (octavo_editor_flush (self->places[1].editor, &error));
  model_test_execute (self->model.path, "DROP TRIGGER fail");
  g_assert_true (octavo_editor_flush (self->places[1].editor, NULL));
  assert_file (self, "body", id, "kept text");
}

static void
test_deleted_note_leaves_both (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "text", NULL);

  open_in_both (self, id);
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, id, NULL);
  model_test_wait_for (!octavo_editor_get_has_note (self->places[0].editor) &&
                       !octavo_editor_get_has_note (self->places[1].editor));
  g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/two-editors/" name, Test, NULL, set_up, func, tear_down)
  ADD ("the-same-note-is-the-same-text", test_the_same_note_is_the_same_text);
  ADD ("typing-in-turns-is-no-conflict", test_typing_in_turns_is_no_conflict);
  ADD ("each-has-its-cursor", test_each_has_its_cursor);
  ADD ("a-note-that-is-shown-is-kept", test_a_note_that_is_shown_is_kept);
  ADD ("closing-one-leaves-the-other-what-it-has", test_closing_one_leaves_the_other_what_it_has);
  ADD ("what-cannot-be-saved-outlives-its-window", test_what_cannot_be_saved_outlives_its_window);
  ADD ("deleted-note-leaves-both", test_deleted_note_leaves_both);
  return g_test_run ();
}
