/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-buffer"

#include "octavo-note-buffer.h"

#include "ui-test.h"

#include <string.h>

typedef struct
{
  ModelTest model;
  OctavoNote *note;
  OctavoNoteBuffer *buffer;
  int n_edited;
} Test;

static void
on_edited (Test *self)
{
  self->n_edited++;
}

static void
open_note (Test *self, const char *title, const char *body)
{
  g_autoptr (GError) error = NULL;
  gint64 id = model_test_add_note (&self->model, title, body, NULL);

  self->note = octavo_note_repository_get (octavo_store_get_notes (self->model.store), id, NULL, &error);
  g_assert_no_error (error);
  self->buffer = octavo_note_buffer_new (self->note);
  g_signal_connect_swapped (self->buffer, "edited", G_CALLBACK (on_edited), self);
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (self->buffer);
  /* a note with changes is held until they are saved */
  octavo_note_repository_save (octavo_store_get_notes (self->model.store), self->note, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (self->note);
  model_test_tear_down (&self->model, data);
}

static void
assert_body (OctavoNoteBuffer *buffer, const char *expected)
{
  g_autofree char *body = octavo_note_buffer_dup_body (buffer);

  g_assert_cmpstr (body, ==, expected);
}

static void
type (OctavoNoteBuffer *buffer, const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (buffer), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (buffer), &end, text, -1);
}

static void
save (Test *self)
{
  guint64 serial = octavo_note_buffer_commit (self->buffer);
  g_autoptr (GError) error = NULL;

  octavo_note_repository_save (octavo_store_get_notes (self->model.store), self->note, NULL, &error);
  g_assert_no_error (error);
  octavo_note_buffer_committed (self->buffer, serial);
}

static void
test_typing_is_unsaved_until_it_is_committed (Test *self, gconstpointer data)
{
  guint64 serial;

  open_note (self, "Title", "Text");
  g_assert_false (octavo_note_buffer_is_unsaved (self->buffer));
  g_assert_cmpint (self->n_edited, ==, 0);

  type (self->buffer, " more");
  octavo_note_buffer_set_title (self->buffer, "New\ntitle");
  g_assert_cmpint (self->n_edited, ==, 2);
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
  g_assert_cmpstr (octavo_note_get_body (self->note), ==, "Text");

  serial = octavo_note_buffer_commit (self->buffer);
  g_assert_cmpstr (octavo_note_get_body (self->note), ==, "Text more");
  g_assert_cmpstr (octavo_note_get_title (self->note), ==, "New title");
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));

  type (self->buffer, " and more");
  octavo_note_buffer_committed (self->buffer, serial);
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
  save (self);
  g_assert_false (octavo_note_buffer_is_unsaved (self->buffer));
  g_assert_cmpstr (octavo_note_get_body (self->note), ==, "Text more and more");
}

static void
test_it_follows_what_others_write (Test *self, gconstpointer data)
{
  open_note (self, "Title", "first\nsecond");
  octavo_note_set_title (self->note, "Their title");
  octavo_note_set_body (self->note, "zeroth\nfirst\nsecond");

  g_assert_cmpstr (octavo_note_buffer_get_title (self->buffer), ==, "Their title");
  assert_body (self->buffer, "zeroth\nfirst\nsecond");
  g_assert_false (octavo_note_buffer_is_unsaved (self->buffer));
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
  g_assert_cmpint (self->n_edited, ==, 0);

  gtk_text_buffer_undo (GTK_TEXT_BUFFER (self->buffer));
  assert_body (self->buffer, "first\nsecond");
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
}

static void
test_what_is_typed_wins_and_theirs_is_kept (Test *self, gconstpointer data)
{
  const char *title;

  open_note (self, "Title", "Text");
  type (self->buffer, " mine");
  octavo_note_set_body (self->note, "Text theirs");

  assert_body (self->buffer, "Text mine");
  g_assert_true (octavo_note_buffer_has_conflict (self->buffer));
  g_assert_cmpstr (octavo_note_buffer_get_other (self->buffer, &title), ==, "Text theirs");
  g_assert_cmpstr (title, ==, "Title");

  save (self);
  g_assert_cmpstr (octavo_note_get_body (self->note), ==, "Text mine");
  g_assert_true (octavo_note_buffer_has_conflict (self->buffer));
  octavo_note_buffer_clear_conflict (self->buffer);
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
}

/* What stands between the two places does not move: the cursor stays where it is. */
static void
test_changes_of_two_are_brought_together (Test *self, gconstpointer data)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  open_note (self, "Title", "first\nsecond\nthird");
  buffer = GTK_TEXT_BUFFER (self->buffer);
  gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, 1, 3);
  gtk_text_buffer_insert (buffer, &iter, "X", 1);
  gtk_text_buffer_place_cursor (buffer, &iter);
  octavo_note_set_body (self->note, "1st and first\nsecond\nthird and last");
  assert_body (self->buffer, "1st and first\nsecXond\nthird and last");
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 1);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&iter), ==, 4);
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));

  gtk_text_buffer_undo (buffer);
  assert_body (self->buffer, "first\nsecXond\nthird");
  save (self);
  g_assert_cmpstr (octavo_note_get_body (self->note), ==, "first\nsecXond\nthird");
}

static void
test_title_and_text_are_two_things (Test *self, gconstpointer data)
{
  const char *title;

  open_note (self, "Title", "Text");
  type (self->buffer, " mine");
  octavo_note_set_title (self->note, "Their title");
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
  g_assert_cmpstr (octavo_note_buffer_get_title (self->buffer), ==, "Their title");
  assert_body (self->buffer, "Text mine");

  octavo_note_buffer_set_title (self->buffer, "My title");
  octavo_note_buffer_meet (self->buffer, "Title again", "Text");
  g_assert_true (octavo_note_buffer_has_conflict (self->buffer));
  g_assert_cmpstr (octavo_note_buffer_get_title (self->buffer), ==, "My title");
  octavo_note_buffer_get_other (self->buffer, &title);
  g_assert_cmpstr (title, ==, "Title again");
}

static void
test_the_same_from_both_is_no_conflict (Test *self, gconstpointer data)
{
  open_note (self, "Title", "Text");
  type (self->buffer, " same");
  octavo_note_buffer_meet (self->buffer, "Title", "Text same");
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));

  /* what is known is no news */
  type (self->buffer, " and mine");
  octavo_note_buffer_meet (self->buffer, "Title", "Text same");
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
  save (self);
  type (self->buffer, "!");
  octavo_note_buffer_meet (self->buffer, "Title", "Text same and mine");
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
}

static void
assert_truncated (Test *self, const char *body)
{
  GtkTextIter end;
  guint64 serial;

  open_note (self, "Large", body);
  g_assert_true (octavo_note_buffer_is_truncated (self->buffer));
  g_assert_cmpint (gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self->buffer)), <, 110 * 1000);
  g_assert_cmpuint (octavo_note_buffer_get_size (self->buffer), ==, strlen (body));
  assert_body (self->buffer, body);

  /* The beginning must never be saved for the whole. */
  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->buffer), &end, "typed", -1);
  octavo_note_buffer_set_title (self->buffer, "Large note");
  serial = octavo_note_buffer_commit (self->buffer);
  octavo_note_buffer_committed (self->buffer, serial);
  g_assert_cmpstr (octavo_note_get_title (self->note), ==, "Large note");
  g_assert_cmpstr (octavo_note_get_body (self->note), ==, body);
}

static void
test_large_text_is_shown_cut_and_kept_whole (Test *self, gconstpointer data)
{
  GString *body = g_string_new (NULL);

  for (int i = 0; i < 30; i++)
    g_string_append (body, "A long line of a large note, with Ünïcödé in it. ");
  g_string_append_c (body, '\n');
  while (body->len <= OCTAVO_NOTE_BUFFER_MAX_SIZE)
    g_string_append_len (body, body->str, (gssize) body->len);
  assert_truncated (self, body->str);
  g_string_free (body, TRUE);
}

static void
test_long_line_is_shown_cut_and_kept_whole (Test *self, gconstpointer data)
{
  g_autofree char *line = g_strnfill (OCTAVO_NOTE_BUFFER_MAX_LINE + 1, 'x');
  g_autofree char *body = g_strconcat ("first\n", line, "\nlast", NULL);

  assert_truncated (self, body);
}

static void
test_what_grows_too_large_elsewhere_is_cut (Test *self, gconstpointer data)
{
  g_autofree char *line = g_strnfill (OCTAVO_NOTE_BUFFER_MAX_LINE + 1, 'x');

  open_note (self, "Title", "Text");
  octavo_note_set_body (self->note, line);
  g_assert_true (octavo_note_buffer_is_truncated (self->buffer));
  assert_body (self->buffer, line);
  octavo_note_set_body (self->note, "Small again");
  g_assert_false (octavo_note_buffer_is_truncated (self->buffer));
  assert_body (self->buffer, "Small again");
}

/* The file tells sooner than the main loop that it has what was handed over. */
static void
test_what_was_handed_over_is_nobody_elses (Test *self, gconstpointer data)
{
  guint64 serial;

  open_note (self, "Title", "Text");
  type (self->buffer, " one");
  octavo_note_buffer_set_title (self->buffer, "Title one");
  serial = octavo_note_buffer_commit (self->buffer);
  type (self->buffer, " two");
  octavo_note_buffer_meet (self->buffer, "Title one", "Text one");
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
  octavo_note_buffer_committed (self->buffer, serial);
  assert_body (self->buffer, "Text one two");
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
  save (self);
}

static void
test_new_note_is_blank_until_something_stands_in_it (Test *self, gconstpointer data)
{
  self->buffer = octavo_note_buffer_new_for_user (1);
  g_assert_true (octavo_note_buffer_is_blank (self->buffer));
  type (self->buffer, "x");
  g_assert_false (octavo_note_buffer_is_blank (self->buffer));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", -1);
  g_assert_true (octavo_note_buffer_is_blank (self->buffer));

  self->note = octavo_note_repository_create (octavo_store_get_notes (self->model.store), 1);
  octavo_note_buffer_set_note (self->buffer, self->note);
  g_assert_false (octavo_note_buffer_is_blank (self->buffer));
  g_assert_cmpint (octavo_note_buffer_get_id (self->buffer), ==, 0);
  octavo_note_buffer_set_title (self->buffer, "Now it is something");
  save (self);
  g_assert_cmpint (octavo_note_buffer_get_id (self->buffer), >, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-buffer/" name, Test, NULL, set_up, func, tear_down)
  ADD ("typing-is-unsaved-until-it-is-committed", test_typing_is_unsaved_until_it_is_committed);
  ADD ("it-follows-what-others-write", test_it_follows_what_others_write);
  ADD ("what-is-typed-wins-and-theirs-is-kept", test_what_is_typed_wins_and_theirs_is_kept);
  ADD ("changes-of-two-are-brought-together", test_changes_of_two_are_brought_together);
  ADD ("title-and-text-are-two-things", test_title_and_text_are_two_things);
  ADD ("the-same-from-both-is-no-conflict", test_the_same_from_both_is_no_conflict);
  ADD ("large-text-is-shown-cut-and-kept-whole", test_large_text_is_shown_cut_and_kept_whole);
  ADD ("long-line-is-shown-cut-and-kept-whole", test_long_line_is_shown_cut_and_kept_whole);
  ADD ("what-grows-too-large-elsewhere-is-cut", test_what_grows_too_large_elsewhere_is_cut);
  ADD ("what-was-handed-over-is-nobody-elses", test_what_was_handed_over_is_nobody_elses);
  ADD ("new-note-is-blank-until-something-stands-in-it", test_new_note_is_blank_until_something_stands_in_it);
  return g_test_run ();
}
