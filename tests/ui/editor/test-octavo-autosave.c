/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-autosave"

#include "octavo-autosave.h"

#include "octavo-note-beside.h"
#include "octavo-store-private.h"
#include "octavo-user-repository.h"
#include "orm-database.h"
#include "ui-test.h"

#define FAIL                                                                                                           \
  "CREATE TRIGGER fail BEFORE UPDATE OF body ON note BEGIN SELECT RAISE (ABORT, 'no'); END;"                           \
  "CREATE TRIGGER fail_insert BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no'); END;"
#define MEND "DROP TRIGGER fail; DROP TRIGGER fail_insert"

typedef struct
{
  ModelTest model;
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer;
  int n_recreated;
} Test;

static void
on_recreated (Test *self)
{
  self->n_recreated++;
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->autosave = octavo_autosave_new (self->model.store);
  g_signal_connect_swapped (self->autosave, "recreated", G_CALLBACK (on_recreated), self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer) || octavo_note_buffer_is_blank (self->buffer));
  /* the callbacks of saves hold both */
  model_test_wait_for (G_OBJECT (self->autosave)->ref_count == 1);
  g_assert_finalize_object (self->autosave);
  g_assert_finalize_object (self->buffer);
  model_test_tear_down (&self->model, data);
}

static void
open_note (Test *self)
{
  self->buffer = ui_test_read_note (&self->model, model_test_add_note (&self->model, "Title", "Text", NULL));
  octavo_autosave_watch (self->autosave, self->buffer);
}

static void
create_note (Test *self)
{
  self->buffer = octavo_note_buffer_new_for_user (
      octavo_user_repository_get_default_id (octavo_store_get_users (self->model.store)));
  octavo_autosave_watch (self->autosave, self->buffer);
}

static void
type (Test *self, const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->buffer), &end, text, -1);
}

static void
assert_file (Test *self, const char *bodies)
{
  g_autofree char *found =
      model_test_query_text (self->model.path,
                             "SELECT coalesce (group_concat (body, '|'), '') FROM (SELECT body FROM note ORDER BY id)");

  g_assert_cmpstr (found, ==, bodies);
}

static void
test_what_is_typed_is_saved_by_itself (Test *self, gconstpointer data)
{
  open_note (self);
  type (self, " more");
  assert_file (self, "Text");
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text more");
  g_assert_null (octavo_autosave_get_problem (self->autosave));
}

static void
test_save_now_does_not_wait (Test *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  open_note (self);
  type (self, " more");
  octavo_autosave_save (self->autosave);
  type (self, " during");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text more during");
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
}

static void
test_flush_has_written_when_it_returns (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_note (self);
  type (self, " more");
  octavo_autosave_save (self->autosave);
  type (self, " at once");
  octavo_autosave_flush (self->autosave, &error);
  g_assert_no_error (error);
  assert_file (self, "Text more at once");
  g_assert_false (octavo_note_buffer_is_unsaved (self->buffer));
}

static void
test_new_note_is_inserted_once (Test *self, gconstpointer data)
{
  create_note (self);
  octavo_note_buffer_set_title (self->buffer, "New");
  octavo_autosave_save (self->autosave);
  type (self, "note");
  octavo_autosave_save (self->autosave);
  type (self, "s");
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "notes");
  g_assert_cmpint (octavo_note_buffer_get_id (self->buffer), >, 0);
}

static void
test_blank_note_is_not_inserted (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  create_note (self);
  type (self, "x");
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (self->buffer));
  octavo_autosave_save (self->autosave);
  octavo_autosave_flush (self->autosave, &error);
  g_assert_no_error (error);
  assert_file (self, "");
}

static void
test_failed_save_is_kept_said_and_tried_again (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_note (self);
  model_test_execute (self->model.path, FAIL);
  type (self, " more");
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) != NULL);
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
  type (self, " and more");
  g_assert_false (octavo_autosave_flush (self->autosave, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  assert_file (self, "Text");

  model_test_execute (self->model.path, MEND);
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) == NULL);
  assert_file (self, "Text more and more");
  g_assert_false (octavo_note_buffer_has_conflict (self->buffer));
}

static void
test_new_note_survives_a_failure (Test *self, gconstpointer data)
{
  create_note (self);
  model_test_execute (self->model.path, FAIL);
  type (self, "new");
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) != NULL);
  type (self, " text");
  model_test_execute (self->model.path, MEND);
  octavo_autosave_save (self->autosave);
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) == NULL);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "new text");
}

/* A write that takes longer than a save waits for. */
static gboolean
write_long (OrmConnection *connection, gpointer may_end, GCancellable *cancellable, GError **error)
{
  while (!g_atomic_int_get ((int *) may_end))
    g_usleep (1000);
  return TRUE;
}

static void
keep_busy (Test *self, int *may_end)
{
  OrmDatabase *database = octavo_store_get_database (self->model.store);
  g_autoptr (GError) error = NULL;

  orm_database_close (database);
  orm_database_set_busy_timeout (database, 20);
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  orm_database_write_async (database, write_long, may_end, NULL, NULL, NULL, NULL);
}

static void
test_save_that_waits_for_too_long_is_tried_again (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int may_end = FALSE;

  open_note (self);
  keep_busy (self, &may_end);
  type (self, " more");
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) != NULL);
  assert_file (self, "Text");
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
  g_assert_false (octavo_autosave_flush (self->autosave, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_BUSY);
  g_assert_true (octavo_note_buffer_is_unsaved (self->buffer));
  type (self, " text");

  g_atomic_int_set (&may_end, TRUE);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text more text");
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) == NULL);
}

static void
test_new_note_that_waits_for_too_long_is_inserted_once (Test *self, gconstpointer data)
{
  int may_end = FALSE;

  create_note (self);
  keep_busy (self, &may_end);
  type (self, "new");
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) != NULL);
  assert_file (self, "");
  g_atomic_int_set (&may_end, TRUE);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "new");
}

/* What another process wrote is in a note beside this one. */
static void
assert_beside (Test *self)
{
  OctavoNoteBuffer *beside = octavo_note_beside_get (self->buffer);
  g_autofree char *body = NULL;

  g_assert_nonnull (beside);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (beside));
  body = octavo_note_buffer_dup_body (beside);
  g_assert_cmpstr (body, ==, "Text theirs");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note WHERE body = 'Text theirs'"), ==,
                   1);
}

static void
test_write_of_another_process_is_not_lost (Test *self, gconstpointer data)
{
  open_note (self);
  type (self, " mine");
  model_test_execute (self->model.path, "UPDATE note SET body = 'Text theirs'");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text mine|Text theirs");
  assert_beside (self);
}

static void
test_write_of_another_process_during_a_failure_is_not_lost (Test *self, gconstpointer data)
{
  open_note (self);
  model_test_execute (self->model.path, FAIL);
  type (self, " mine");
  model_test_wait_for (octavo_autosave_get_problem (self->autosave) != NULL);
  model_test_execute (self->model.path, MEND "; UPDATE note SET body = 'Text theirs'");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text mine|Text theirs");
  assert_beside (self);
}

/* Writes to the note, when all that is to be saved was handed over already, and just before it is written. */
static gboolean
write_between (OrmConnection *connection, gpointer sql, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, sql, error);
}

static void
write_before_next_save (Test *self, const char *sql)
{
  OrmDatabase *database = octavo_store_get_database (self->model.store);

  orm_database_write_async (database, write_between, (gpointer) sql, NULL, NULL, NULL, NULL);
}

static void
test_what_comes_between_is_not_written_over (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_note (self);
  type (self, " mine");
  write_before_next_save (self, "UPDATE note SET body = 'Text theirs'");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text mine|Text theirs");
  assert_beside (self);

  type (self, " again");
  write_before_next_save (self, "UPDATE note SET body = 'A word. ' || body WHERE body = 'Text mine'");
  g_assert_true (octavo_autosave_flush (self->autosave, &error));
  g_assert_no_error (error);
  assert_file (self, "A word. Text mine again|Text theirs");
  g_assert_null (octavo_autosave_get_problem (self->autosave));
}

/* Each time a save gets its turn somebody else was faster; nothing of anybody is lost. */
static void
test_titles_that_two_give_at_once_are_both_kept (Test *self, gconstpointer data)
{
  open_note (self);
  octavo_note_buffer_set_title (self->buffer, "Mine");
  write_before_next_save (self, "UPDATE note SET title = 'Theirs', pinned = 1");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text|Text");
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count (*) FROM note WHERE title = 'Mine' AND pinned"),
                   ==, 1);
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count (*) FROM note WHERE title = 'Theirs (other version)'"),
                   ==, 1);
}

/* One write takes along what was handed over of all notes. */
static void
test_a_note_changed_elsewhere_does_not_keep_others_from_being_saved (Test *self, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) other = octavo_note_buffer_new_for_user (1);
  g_autoptr (GError) error = NULL;

  open_note (self);
  octavo_autosave_watch (self->autosave, other);
  model_test_execute (self->model.path, FAIL);
  type (self, "\nmine");
  g_assert_false (octavo_autosave_flush (self->autosave, NULL));
  model_test_execute (self->model.path, MEND "; UPDATE note SET body = 'Theirs'");
  octavo_note_buffer_set_title (other, "Other");
  g_assert_true (octavo_autosave_flush (self->autosave, &error));
  g_assert_no_error (error);
  assert_file (self, "Theirs\nmine|");
}

/* Who looks twice a second may have read the note before it is saved; then nothing stands in the way of the save. */
static void
test_what_was_noticed_before_is_not_written_over (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->buffer = ui_test_read_note (&self->model, model_test_add_note (&self->model, "Title", "Text", NULL));
  type (self, " mi");
  model_test_execute (self->model.path, "UPDATE note SET body = 'Text theirs'");
  model_test_wait_for (octavo_note_buffer_has_conflict (self->buffer));
  octavo_autosave_watch (self->autosave, self->buffer);
  type (self, "ne");
  if (GPOINTER_TO_INT (data))
    {
      model_test_execute (self->model.path,
                          "CREATE TRIGGER fail BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
      g_assert_false (octavo_autosave_flush (self->autosave, NULL));
      assert_file (self, "Text theirs");
      model_test_execute (self->model.path, "DROP TRIGGER fail");
      g_assert_true (octavo_autosave_flush (self->autosave, &error));
      g_assert_no_error (error);
    }
  else
    octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_beside (self);
  assert_file (self, "Text mine|Text theirs");
}

/* What no buffer takes is beside the note as well, and whole. */
static void
test_what_is_written_over_is_whole (Test *self, gconstpointer data)
{
  OctavoNoteBuffer *beside;

  open_note (self);
  type (self, " mine");
  model_test_execute (self->model.path, "UPDATE note SET body = 'Text theirs' || hex (zeroblob (3000000))");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  beside = octavo_note_beside_get (self->buffer);
  g_assert_nonnull (beside);
  model_test_wait_for (octavo_note_buffer_get_id (beside) > 0);
  g_assert_true (octavo_note_buffer_is_truncated (beside));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note WHERE body = 'Text mine'"), ==,
                   1);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note WHERE length (body) = 6000011"),
                   ==, 1);
}

/* It is in the file before it is written over. */
static void
test_what_is_written_over_is_safe_first (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_note (self);
  type (self, " mine");
  model_test_execute (self->model.path,
                      "UPDATE note SET body = 'Text theirs'; "
                      "CREATE TRIGGER fail BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_assert_false (octavo_autosave_flush (self->autosave, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  assert_file (self, "Text theirs");
  model_test_execute (self->model.path, "DROP TRIGGER fail");
  g_assert_true (octavo_autosave_flush (self->autosave, NULL));
  assert_file (self, "Text mine|Text theirs");
  assert_beside (self);
}

static void
test_changes_of_two_are_brought_together (Test *self, gconstpointer data)
{
  open_note (self);
  type (self, "\nmine");
  model_test_execute (self->model.path, "UPDATE note SET body = 'Their text'");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Their text\nmine");
  g_assert_null (octavo_note_beside_get (self->buffer));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 1);
}

static void
test_note_deleted_elsewhere_is_made_anew (Test *self, gconstpointer data)
{
  gint64 id;

  open_note (self);
  id = octavo_note_buffer_get_id (self->buffer);
  type (self, " mine");
  model_test_execute (self->model.path, "DELETE FROM note");
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "Text mine");
  g_assert_cmpint (self->n_recreated, ==, 1);
  g_assert_cmpint (octavo_note_buffer_get_id (self->buffer), !=, id);
  g_assert_cmpint (octavo_note_buffer_get_id (self->buffer), >, 0);
  g_assert_null (octavo_autosave_get_problem (self->autosave));
}

static void
test_flush_makes_a_deleted_note_anew (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_note (self);
  type (self, " mine");
  model_test_execute (self->model.path, "DELETE FROM note");
  octavo_autosave_flush (self->autosave, &error);
  g_assert_no_error (error);
  assert_file (self, "Text mine");
}

static void
on_ensured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  octavo_autosave_ensure_note_finish (OCTAVO_AUTOSAVE (source), result, &error);
  g_assert_no_error (error);
  *(int *) data += 1;
}

static void
test_a_note_can_be_had_before_anything_is_typed (Test *self, gconstpointer data)
{
  int n = 0;

  create_note (self);
  octavo_autosave_ensure_note_async (self->autosave, self->buffer, on_ensured, &n);
  octavo_autosave_ensure_note_async (self->autosave, self->buffer, on_ensured, &n);
  model_test_wait_for (n == 2);
  g_assert_cmpint (octavo_note_buffer_get_id (self->buffer), >, 0);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 1);
}

static void
on_adopted (int *n_adopted)
{
  (*n_adopted)++;
}

/* By another program, before the note was saved once. */
static void
test_a_new_note_outlives_its_user (Test *self, gconstpointer data)
{
  OctavoUserRepository *users = octavo_store_get_users (self->model.store);
  g_autoptr (GError) error = NULL;
  gint64 id = octavo_user_repository_ensure (users, "Ada", &error);
  int n_adopted = 0;

  g_assert_no_error (error);
  model_test_wait_for (octavo_user_repository_get (users, id) != NULL);
  g_signal_connect_swapped (self->autosave, "adopted", G_CALLBACK (on_adopted), &n_adopted);
  self->buffer = octavo_note_buffer_new_for_user (id);
  octavo_autosave_watch (self->autosave, self->buffer);
  model_test_execute (self->model.path, "DELETE FROM user WHERE name = 'Ada'");
  type (self, "precious");
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  assert_file (self, "precious");
  g_assert_cmpint (n_adopted, ==, 1);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT user_id FROM note"), ==, 1);
  g_assert_null (octavo_autosave_get_problem (self->autosave));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/autosave/" name, Test, NULL, set_up, func, tear_down)
  ADD ("what-is-typed-is-saved-by-itself", test_what_is_typed_is_saved_by_itself);
  ADD ("save-now-does-not-wait", test_save_now_does_not_wait);
  ADD ("flush-has-written-when-it-returns", test_flush_has_written_when_it_returns);
  ADD ("new-note-is-inserted-once", test_new_note_is_inserted_once);
  ADD ("blank-note-is-not-inserted", test_blank_note_is_not_inserted);
  ADD ("failed-save-is-kept-said-and-tried-again", test_failed_save_is_kept_said_and_tried_again);
  ADD ("new-note-survives-a-failure", test_new_note_survives_a_failure);
  ADD ("save-that-waits-for-too-long-is-tried-again", test_save_that_waits_for_too_long_is_tried_again);
  ADD ("new-note-that-waits-for-too-long-is-inserted-once", test_new_note_that_waits_for_too_long_is_inserted_once);
  ADD ("what-is-written-over-is-safe-first", test_what_is_written_over_is_safe_first);
  ADD ("what-is-written-over-is-whole", test_what_is_written_over_is_whole);
  g_test_add ("/autosave/what-was-noticed-before-is-not-written-over/save", Test, GINT_TO_POINTER (FALSE), set_up,
              test_what_was_noticed_before_is_not_written_over, tear_down);
  g_test_add ("/autosave/what-was-noticed-before-is-not-written-over/flush", Test, GINT_TO_POINTER (TRUE), set_up,
              test_what_was_noticed_before_is_not_written_over, tear_down);
  ADD ("what-comes-between-is-not-written-over", test_what_comes_between_is_not_written_over);
  ADD ("titles-that-two-give-at-once-are-both-kept", test_titles_that_two_give_at_once_are_both_kept);
  ADD ("a-note-changed-elsewhere-does-not-keep-others-from-being-saved",
       test_a_note_changed_elsewhere_does_not_keep_others_from_being_saved);
  ADD ("changes-of-two-are-brought-together", test_changes_of_two_are_brought_together);
  ADD ("write-of-another-process-is-not-lost", test_write_of_another_process_is_not_lost);
  ADD ("write-of-another-process-during-a-failure-is-not-lost",
       test_write_of_another_process_during_a_failure_is_not_lost);
  ADD ("note-deleted-elsewhere-is-made-anew", test_note_deleted_elsewhere_is_made_anew);
  ADD ("flush-makes-a-deleted-note-anew", test_flush_makes_a_deleted_note_anew);
  ADD ("a-new-note-outlives-its-user", test_a_new_note_outlives_its_user);
  ADD ("a-note-can-be-had-before-anything-is-typed", test_a_note_can_be_had_before_anything_is_typed);
  return g_test_run ();
}
