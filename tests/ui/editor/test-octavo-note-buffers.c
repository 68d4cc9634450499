/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-buffers"

#include "octavo-note-buffers.h"

#include "octavo-note-view.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  int n_gone;
} Test;

static void
on_gone (Test *self)
{
  self->n_gone++;
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->buffers = octavo_note_buffers_new (self->model.store);
  g_signal_connect_swapped (self->buffers, "gone", G_CALLBACK (on_gone), self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  OctavoAutosave *autosave = octavo_note_buffers_get_autosave (self->buffers);

  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1 && G_OBJECT (autosave)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, data);
}

static OctavoNoteBuffer *
open_note (Test *self, gint64 id)
{
  OctavoNoteBuffer *buffer = octavo_note_buffers_use (self->buffers, id);
  g_autoptr (OctavoNoteBuffer) read = NULL;
  g_autoptr (GAsyncResult) taken = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  if (buffer != NULL)
    return buffer;
  octavo_note_buffers_read_async (self->buffers, id, NULL, model_test_on_result, &result);
  taken = model_test_take_result (&result);
  read = octavo_note_buffers_read_finish (self->buffers, taken, &error);
  g_assert_no_error (error);
  return octavo_note_buffers_use (self->buffers, id);
}

static void
put_cursor (OctavoNoteBuffer *buffer, int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, offset);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &iter);
}

static int
get_cursor (OctavoNoteBuffer *buffer)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (buffer), &iter,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));
  return gtk_text_iter_get_offset (&iter);
}

static void
test_those_without_anything_of_their_own_are_bounded (Test *self, gconstpointer data)
{
  gint64 ids[30];
  OctavoNoteBuffer *edited;

  for (int i = 0; i < 30; i++)
    ids[i] = model_test_add_note (&self->model, "Title", "A text in which the cursor can be somewhere", NULL);

  edited = open_note (self, ids[0]);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (edited), "edited: ", -1);
  put_cursor (open_note (self, ids[1]), 11);
  octavo_note_view_set_remembered_top (GTK_TEXT_BUFFER (open_note (self, ids[1])), 5);
  for (int i = 2; i < 30; i++)
    {
      open_note (self, ids[i]);
      g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), <=, OCTAVO_NOTE_BUFFERS_MAX + 1);
    }

  g_assert_true (octavo_note_buffers_use (self->buffers, ids[0]) == edited);
  g_assert_true (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (edited)));
  g_assert_null (octavo_note_buffers_use (self->buffers, ids[1]));
  g_assert_cmpint (get_cursor (open_note (self, ids[1])), ==, 11);
  g_assert_cmpint (octavo_note_view_get_remembered_top (GTK_TEXT_BUFFER (open_note (self, ids[1]))), ==, 5);
}

static void
test_large_ones_are_let_go_of (Test *self, gconstpointer data)
{
  GString *body = g_string_new (NULL);
  gint64 ids[7];

  for (int i = 0; i < 60; i++)
    g_string_append (body, "some of the text of a large note, in long lines ");
  g_string_append_c (body, '\n');
  while (body->len < OCTAVO_NOTE_BUFFERS_MAX_SIZE / 6)
    g_string_append_len (body, body->str, (gssize) body->len);
  for (int i = 0; i < 7; i++)
    ids[i] = model_test_add_note (&self->model, "Title", body->str, NULL);
  g_string_free (body, TRUE);

  for (int i = 0; i < 7; i++)
    {
      g_assert_nonnull (open_note (self, ids[i]));
      g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), <=, 6);
    }
}

static void
test_deleted_ones_are_gone (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);
  gint64 other = model_test_add_note (&self->model, "Title", "Text", NULL);

  open_note (self, id);
  open_note (self, other);
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, id, NULL);
  model_test_wait_for (self->n_gone == 1);
  g_assert_null (octavo_note_buffers_use (self->buffers, id));

  model_test_execute (self->model.path, "DELETE FROM note");
  model_test_wait_for (self->n_gone == 2);
  g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), ==, 0);
}

static void
test_no_such_note_is_an_error (Test *self, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) taken = NULL;
  g_autoptr (GError) error = NULL;

  octavo_note_buffers_read_async (self->buffers, 4711, NULL, model_test_on_result, &result);
  taken = model_test_take_result (&result);
  g_assert_null (octavo_note_buffers_read_finish (self->buffers, taken, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
}

static void
test_cancelled_reading_adds_nothing (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) taken = NULL;
  g_autoptr (GError) error = NULL;

  octavo_note_buffers_read_async (self->buffers, id, cancellable, model_test_on_result, &result);
  g_cancellable_cancel (cancellable);
  taken = model_test_take_result (&result);
  g_assert_null (octavo_note_buffers_read_finish (self->buffers, taken, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (octavo_note_buffers_get_n_buffers (self->buffers), ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-buffers/" name, Test, NULL, set_up, func, tear_down)
  ADD ("those-without-anything-of-their-own-are-bounded", test_those_without_anything_of_their_own_are_bounded);
  ADD ("large-ones-are-let-go-of", test_large_ones_are_let_go_of);
  ADD ("deleted-ones-are-gone", test_deleted_ones_are_gone);
  ADD ("no-such-note-is-an-error", test_no_such_note_is_an_error);
  ADD ("cancelled-reading-adds-nothing", test_cancelled_reading_adds_nothing);
  return g_test_run ();
}
