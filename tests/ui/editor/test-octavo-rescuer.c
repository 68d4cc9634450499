/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-rescuer"

#include "octavo-rescuer.h"

#include "octavo-store-private.h"
#include "orm-database.h"
#include "ui-test.h"

#define FAIL "CREATE TRIGGER fail BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no'); END"
#define MEND "DROP TRIGGER fail"

typedef struct
{
  ModelTest model;
  OctavoAutosave *autosave;
  OctavoRescuer *rescuer;
  OctavoNoteBuffer *buffer;
  char *path;
  char *other_path;
} Test;

static void
begin (Test *self)
{
  self->autosave = octavo_autosave_new (self->model.store);
  self->rescuer = octavo_rescuer_new (self->model.store, self->autosave, self->path, self->other_path);
  self->buffer = octavo_note_buffer_new_for_user (1);
  octavo_autosave_watch (self->autosave, self->buffer);
}

/* As where the program is killed: nobody saves anything. */
static void
end (Test *self)
{
  model_test_wait_for (G_OBJECT (self->rescuer)->ref_count == 1);
  g_assert_finalize_object (self->rescuer);
  model_test_wait_for (G_OBJECT (self->autosave)->ref_count == 1);
  g_assert_finalize_object (self->autosave);
  g_assert_finalize_object (self->buffer);
}

/* Another run of the program. */
static void
begin_again (Test *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  end (self);
  octavo_store_close (self->model.store);
  g_assert_finalize_object (self->model.store);
  if (sql != NULL)
    model_test_execute (self->model.path, sql);
  self->model.store = octavo_store_new (self->model.path);
  octavo_store_open (self->model.store, NULL, &error);
  g_assert_no_error (error);
  begin (self);
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->path = g_build_filename (self->model.folder, "state", "notes.unsaved", NULL);
  self->other_path = g_build_filename (self->model.folder, "other", "notes.unsaved", NULL);
  begin (self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  end (self);
  model_test_tear_down (&self->model, data);
  g_free (self->path);
  g_free (self->other_path);
}

static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
has_text (const char *path, const char *text)
{
  g_autofree char *found = NULL;

  return g_file_get_contents (path, &found, NULL, NULL) && strstr (found, text) != NULL;
}

static gint64
read_since (const char *path)
{
  gboolean is_understood;
  g_autoptr (GPtrArray) notes = octavo_rescue_read (path, &is_understood);

  g_assert_cmpuint (notes->len, ==, 1);
  return ((OctavoRescued *) g_ptr_array_index (notes, 0))->since;
}

static void
test_nothing_is_written_while_all_is_well (Test *self, gconstpointer data)
{
  octavo_note_buffer_set_title (self->buffer, "Well");
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  model_test_wait_for (octavo_autosave_get_unsafe_since (self->autosave, NULL) == 0);
  g_assert_true (octavo_rescuer_keep (self->rescuer));
  g_assert_false (is_there (self->path));
  g_assert_cmpuint (octavo_rescuer_bring_back (self->rescuer), ==, 0);
}

static void
test_what_cannot_be_saved_is_kept_and_comes_back (Test *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time (), date = g_get_real_time (), typed;

  model_test_execute (self->model.path, FAIL);
  octavo_note_buffer_set_title (self->buffer, "Unsaved");
  typed = g_get_real_time ();
  model_test_wait_for (has_text (self->path, "Title=Unsaved"));
  g_assert_cmpint (read_since (self->path), >, date - G_TIME_SPAN_MINUTE); /* two clocks are read */
  g_assert_cmpint (read_since (self->path), <=, typed);
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  octavo_note_buffer_set_title (self->buffer, "Unsaved still");
  model_test_wait_for (has_text (self->path, "Title=Unsaved still"));

  begin_again (self, MEND);
  g_assert_cmpuint (octavo_rescuer_bring_back (self->rescuer), ==, 1);
  g_assert_false (is_there (self->path));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note WHERE title = 'Unsaved still'"),
                   ==, 1);
}

static void
test_it_is_gone_once_it_is_saved (Test *self, gconstpointer data)
{
  model_test_execute (self->model.path, FAIL);
  octavo_note_buffer_set_title (self->buffer, "Unsaved");
  model_test_wait_for (is_there (self->path));
  model_test_execute (self->model.path, MEND);
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  model_test_wait_for (!is_there (self->path));
}

/* Another process has the file, for as long as it likes. */
static gboolean
write_long (OrmConnection *connection, gpointer may_end, GCancellable *cancellable, GError **error)
{
  while (!g_atomic_int_get ((int *) may_end))
    g_usleep (1000);
  return TRUE;
}

static void
test_a_save_that_waits_is_not_waited_for (Test *self, gconstpointer data)
{
  int may_end = FALSE;

  orm_database_write_async (octavo_store_get_database (self->model.store), write_long, &may_end, NULL, NULL, NULL,
                            NULL);
  octavo_note_buffer_set_title (self->buffer, "Waiting");
  model_test_wait_for (has_text (self->path, "Title=Waiting"));
  g_assert_null (octavo_autosave_get_problem (self->autosave));
  g_atomic_int_set (&may_end, TRUE);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  model_test_wait_for (!is_there (self->path));
}

static void
test_kept_at_once_where_the_program_ends (Test *self, gconstpointer data)
{
  model_test_execute (self->model.path, FAIL);
  octavo_note_buffer_set_title (self->buffer, "At once");
  g_assert_true (octavo_rescuer_keep (self->rescuer));
  g_assert_true (has_text (self->path, "Title=At once"));
  g_assert_false (octavo_autosave_flush (self->autosave, NULL));
  g_assert_true (has_text (self->path, "Title=At once"));
  model_test_execute (self->model.path, MEND);
  g_assert_true (octavo_autosave_flush (self->autosave, NULL));
  g_assert_false (is_there (self->path));
}

/* The folder cannot be made where a file is. */
static void
test_another_place_is_taken_where_the_first_cannot_be_written (Test *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  octavo_note_buffer_set_title (self->buffer, "Elsewhere");
  g_assert_true (octavo_rescuer_keep (self->rescuer));
  g_assert_true (has_text (self->other_path, "Title=Elsewhere"));
  g_assert_true (octavo_autosave_flush (self->autosave, NULL));
  g_assert_false (is_there (self->other_path));
}

/* What came from an earlier run is not lost by what cannot be saved in this one. */
static void
test_what_cannot_be_brought_back_yet_stays (Test *self, gconstpointer data)
{
  model_test_execute (self->model.path, FAIL);
  octavo_note_buffer_set_title (self->buffer, "First");
  g_assert_true (octavo_rescuer_keep (self->rescuer));
  begin_again (self, NULL);
  g_assert_cmpuint (octavo_rescuer_bring_back (self->rescuer), ==, 0);
  octavo_note_buffer_set_title (self->buffer, "Second");
  g_assert_true (octavo_rescuer_keep (self->rescuer));
  g_assert_true (has_text (self->path, "Title=First"));
  g_assert_true (has_text (self->path, "Title=Second"));

  model_test_execute (self->model.path, MEND);
  octavo_autosave_save (self->autosave);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (self->buffer));
  model_test_wait_for (!is_there (self->path));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 2);
}

/* Of a file that is cut off what can be read comes back, and nothing of it goes away. */
static void
test_what_is_not_understood_is_kept (Test *self, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (self->path, ".damaged", NULL);
  g_autofree char *next = g_strconcat (self->path, ".damaged-2", NULL);
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;

  model_test_execute (self->model.path, FAIL);
  octavo_note_buffer_set_title (self->buffer, "Whole");
  g_assert_true (octavo_rescuer_keep (self->rescuer));
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  cut = g_strconcat (text, "[Note 2]\nTitle=Cut off", NULL);
  g_assert_true (g_file_set_contents (self->path, cut, -1, NULL));

  begin_again (self, MEND);
  g_assert_cmpuint (octavo_rescuer_bring_back (self->rescuer), ==, 1);
  g_assert_true (has_text (aside, "Title=Cut off"));
  g_assert_false (is_there (self->path));

  g_assert_true (g_file_set_contents (self->path, "no key file", -1, NULL));
  g_assert_cmpuint (octavo_rescuer_bring_back (self->rescuer), ==, 0);
  g_assert_true (has_text (next, "no key file"));
  g_assert_true (has_text (aside, "Title=Cut off"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/rescuer/" name, Test, NULL, set_up, func, tear_down)
  ADD ("nothing-is-written-while-all-is-well", test_nothing_is_written_while_all_is_well);
  ADD ("what-cannot-be-saved-is-kept-and-comes-back", test_what_cannot_be_saved_is_kept_and_comes_back);
  ADD ("it-is-gone-once-it-is-saved", test_it_is_gone_once_it_is_saved);
  ADD ("a-save-that-waits-is-not-waited-for", test_a_save_that_waits_is_not_waited_for);
  ADD ("kept-at-once-where-the-program-ends", test_kept_at_once_where_the_program_ends);
  ADD ("another-place-is-taken-where-the-first-cannot-be-written",
       test_another_place_is_taken_where_the_first_cannot_be_written);
  ADD ("what-is-not-understood-is-kept", test_what_is_not_understood_is_kept);
  ADD ("what-cannot-be-brought-back-yet-stays", test_what_cannot_be_brought_back_yet_stays);
  return g_test_run ();
}
