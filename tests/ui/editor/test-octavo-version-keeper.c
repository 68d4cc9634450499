/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-version-keeper"

#include "octavo-version-keeper.h"

#include "octavo-note-buffers.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  OctavoNoteBuffer *buffer; /* of note 1 */
} Test;

static void
set_up (Test *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) taken = NULL;
  GAsyncResult *result = NULL;
  gint64 id;

  model_test_set_up (&self->model, data);
  self->buffers = octavo_note_buffers_new (self->model.store);
  id = model_test_add_note (&self->model, "T", "one line\nand more\n", NULL);
  octavo_note_buffers_read_async (self->buffers, id, NULL, model_test_on_result, &result);
  taken = model_test_take_result (&result);
  self->buffer = octavo_note_buffers_read_finish (self->buffers, taken, NULL);
  g_assert_nonnull (self->buffer);
  octavo_note_buffers_hold (self->buffers, self->buffer);
}

static void
tear_down (Test *self, gconstpointer data)
{
  OctavoAutosave *autosave = octavo_note_buffers_get_autosave (self->buffers);

  octavo_note_buffers_release (self->buffers, self->buffer);
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  g_clear_object (&self->buffer);
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1 && G_OBJECT (autosave)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, data);
}

static void
type (Test *self, const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->buffer), &end, text, -1);
}

static void
flush (Test *self)
{
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
}

/* "reason:text" of each version, the first first; line ends as slashes. */
static char *
tell (Test *self)
{
  return model_test_query_text (
      self->model.path, "SELECT ifnull (group_concat (reason || ':' || replace (CAST (body AS TEXT), char (10), "
                        "'/'), ' '), '') FROM (SELECT * FROM note_version ORDER BY id)");
}

static gboolean
has_versions (Test *self, const char *expected)
{
  g_autofree char *told = tell (self);

  return g_strcmp0 (told, expected) == 0;
}

static void
wait_for_versions (Test *self, const char *expected)
{
  model_test_wait_for (has_versions (self, expected));
}

static void
assert_versions (Test *self, const char *expected)
{
  g_autofree char *told = tell (self);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_left (Test *self, gconstpointer data)
{
  type (self, "a");
  flush (self);
  assert_versions (self, "");
  octavo_note_buffers_release (self->buffers, self->buffer);
  /* another window shows it, and nobody types */
  octavo_note_buffers_hold (self->buffers, self->buffer);
  flush (self);
  assert_versions (self, "");
  type (self, "b");
  flush (self);
  type (self, "c");
  flush (self);
  assert_versions (self, "left:one line/and more/a");
}

/* What was typed last is on its way to the file when the note is left. */
static void
test_left_unsaved (Test *self, gconstpointer data)
{
  type (self, "a");
  flush (self);
  type (self, "b");
  octavo_note_buffers_release (self->buffers, self->buffer);
  octavo_note_buffers_hold (self->buffers, self->buffer);
  flush (self);
  assert_versions (self, "");
  type (self, "c");
  flush (self);
  assert_versions (self, "left:one line/and more/ab");
}

/* Two windows show it: it is left with the second. */
static void
test_left_in_one_of_two (Test *self, gconstpointer data)
{
  octavo_note_buffers_hold (self->buffers, self->buffer);
  type (self, "a");
  flush (self);
  octavo_note_buffers_release (self->buffers, self->buffer);
  type (self, "b");
  flush (self);
  assert_versions (self, "");
}

/* By a program that keeps nothing; nothing is typed here. */
static void
test_replaced (Test *self, gconstpointer data)
{
  model_test_execute (self->model.path, "UPDATE note SET body = 'theirs', title = 'Theirs'");
  wait_for_versions (self, "other:one line/and more/");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note_version WHERE title = 'T'"), ==,
                   1);
  model_test_wait_for (gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->buffer)) == 6);
  type (self, "a");
  flush (self);
  wait_for_versions (self, "other:one line/and more/ merge:theirs");
}

/* The same, while something is typed: what is saved is both, and each of them is kept. */
static void
test_merged (Test *self, gconstpointer data)
{
  g_autofree char *both = NULL;

  type (self, "first\n");
  flush (self);
  type (self, "second\n");
  model_test_execute (self->model.path, "UPDATE note SET body = replace (body, 'one', 'THE')");
  flush (self);
  both = model_test_query_text (self->model.path, "SELECT body FROM note");
  g_assert_cmpstr (both, ==, "THE line\nand more\nfirst\nsecond\n");
  wait_for_versions (self, "other:one line/and more/first/ merge:THE line/and more/first/");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/version-keeper/" name, Test, NULL, set_up, func, tear_down)
  ADD ("left", test_left);
  ADD ("left-unsaved", test_left_unsaved);
  ADD ("left-in-one-of-two", test_left_in_one_of_two);
  ADD ("replaced", test_replaced);
  ADD ("merged", test_merged);
  return g_test_run ();
}
