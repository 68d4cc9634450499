/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-tags"

#include "octavo-note-tags.h"

#include "ui-test.h"

#include <string.h>

#define FAIL                                                                                                           \
  "CREATE TRIGGER fail_add BEFORE INSERT ON note_tag BEGIN SELECT RAISE (ABORT, 'no'); END;"                           \
  "CREATE TRIGGER fail_remove BEFORE DELETE ON note_tag BEGIN SELECT RAISE (ABORT, 'no'); END;"

typedef struct
{
  ModelTest model;
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer; /* with the tags work and tea */
  OctavoNoteTags *tags;
  guint n_changed;
  GString *problems;
} Test;

static void
on_changed (Test *test)
{
  test->n_changed++;
}

static void
on_problem (Test *test, const char *name, const char *message)
{
  g_assert_cmpstr (message, !=, "");
  g_string_append_printf (test->problems, "%s ", name != NULL ? name : "(removed)");
}

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  test->autosave = octavo_autosave_new (test->model.store);
  test->buffer = ui_test_read_note (&test->model, model_test_add_note (&test->model, "Green", "", "work,tea"));
  test->tags = octavo_note_tags_new (test->model.store, test->autosave);
  test->problems = g_string_new (NULL);
  g_signal_connect_swapped (test->tags, "changed", G_CALLBACK (on_changed), test);
  g_signal_connect_swapped (test->tags, "problem", G_CALLBACK (on_problem), test);
  octavo_autosave_watch (test->autosave, test->buffer);
  octavo_note_tags_set_buffer (test->tags, test->buffer);
}

static void
tear_down (Test *test, gconstpointer data)
{
  octavo_note_tags_set_buffer (test->tags, NULL);
  g_assert_null (octavo_note_tags_get_names (test->tags)[0]);
  /* the callbacks of what was done last hold them */
  model_test_wait_for (G_OBJECT (test->tags)->ref_count == 1);
  g_assert_finalize_object (test->tags);
  model_test_wait_for (G_OBJECT (test->autosave)->ref_count == 1 && G_OBJECT (test->buffer)->ref_count == 1);
  g_assert_finalize_object (test->autosave);
  g_assert_finalize_object (test->buffer);
  g_string_free (test->problems, TRUE);
  model_test_tear_down (&test->model, data);
}

static gboolean
are (Test *test, const char *expected)
{
  g_autofree char *names = g_strjoinv (",", (char **) octavo_note_tags_get_names (test->tags));

  return g_str_equal (names, expected);
}

static void
test_follows_the_file (Test *test, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) other =
      ui_test_read_note (&test->model, model_test_add_note (&test->model, "Black", "", "tea,work"));

  g_assert_true (are (test, "tea,work"));
  g_assert_cmpuint (test->n_changed, ==, 1);
  /* another note with the same ones, and a tag that this note does not get */
  octavo_note_tags_set_buffer (test->tags, other);
  model_test_apply (&test->model, OCTAVO_NOTES_ADD_TAG, 1, "alpha");
  g_assert_cmpuint (test->n_changed, ==, 1);
  octavo_note_tags_set_buffer (test->tags, test->buffer);
  g_assert_true (are (test, "alpha,tea,work"));
  model_test_apply (&test->model, OCTAVO_NOTES_REMOVE_TAG, 1, "tea");
  model_test_wait_for (are (test, "alpha,work"));
  g_assert_cmpuint (test->n_changed, ==, 3);
}

static void
test_adds_and_removes (Test *test, gconstpointer data)
{
  octavo_note_tags_add (test->tags, "cup");
  model_test_wait_for (are (test, "cup,tea,work"));
  octavo_note_tags_remove (test->tags, "work");
  model_test_wait_for (are (test, "cup,tea"));
  g_assert_cmpint (model_test_query_int (test->model.path, "SELECT count (*) FROM note_tag WHERE note_id = 1"), ==, 2);
  g_assert_cmpstr (test->problems->str, ==, "");
}

/* It has no place in the file that could have a tag. */
static void
test_new_note_is_saved_first (Test *test, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) new_one = octavo_note_buffer_new_for_user (1);

  octavo_autosave_watch (test->autosave, new_one);
  octavo_note_tags_set_buffer (test->tags, new_one);
  g_assert_true (are (test, ""));
  octavo_note_tags_add (test->tags, "cup");
  model_test_wait_for (are (test, "cup"));
  g_assert_cmpint (octavo_note_buffer_get_id (new_one), ==, 2);
  g_assert_cmpint (model_test_query_int (test->model.path, "SELECT note_id FROM note_tag JOIN tag ON tag.id = tag_id "
                                                           "WHERE name = 'cup'"),
                   ==, 2);
}

static void
test_problems_are_told (Test *test, gconstpointer data)
{
  model_test_execute (test->model.path, FAIL);
  octavo_note_tags_add (test->tags, "cup");
  model_test_wait_for (test->problems->len > 0);
  g_assert_cmpstr (test->problems->str, ==, "cup ");
  octavo_note_tags_remove (test->tags, "tea");
  model_test_wait_for (test->problems->len > strlen ("cup "));
  g_assert_cmpstr (test->problems->str, ==, "cup (removed) ");
  g_assert_true (are (test, "tea,work"));

  /* it is of no use to the note that is shown by then */
  octavo_note_tags_add (test->tags, "pot");
  octavo_note_tags_set_buffer (test->tags, NULL);
  model_test_wait_for (G_OBJECT (test->tags)->ref_count == 1);
  g_assert_cmpstr (test->problems->str, ==, "cup (removed) ");
}

static gint64
count_tags (Test *test)
{
  return model_test_query_int (test->model.path, "SELECT count (*) FROM note_tag");
}

/* The window closes, and with it the program may end: nobody waits for anything any more. */
static void
test_no_time_to_wait (Test *test, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) new_one = octavo_note_buffer_new_for_user (1);
  g_autoptr (GError) error = NULL;

  octavo_note_tags_add (test->tags, "cup");
  octavo_note_tags_remove (test->tags, "work");
  g_assert_true (octavo_note_tags_flush (test->tags, &error));
  g_assert_no_error (error);
  g_assert_true (are (test, "cup,tea"));
  g_assert_cmpint (count_tags (test), ==, 2);

  octavo_autosave_watch (test->autosave, new_one);
  octavo_note_tags_set_buffer (test->tags, new_one);
  octavo_note_tags_add (test->tags, "pot");
  g_assert_true (octavo_note_tags_flush (test->tags, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_tags (test), ==, 3);

  /* and it is not done once more by who waited */
  model_test_apply (&test->model, OCTAVO_NOTES_REMOVE_TAG, 1, "cup");
  octavo_note_tags_set_buffer (test->tags, test->buffer);
  model_test_wait_for (are (test, "tea") && G_OBJECT (test->tags)->ref_count == 1);
  g_assert_cmpint (count_tags (test), ==, 2);
  g_assert_cmpstr (test->problems->str, ==, "");
}

static void
test_no_time_and_a_problem (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  model_test_execute (test->model.path, FAIL);
  octavo_note_tags_add (test->tags, "cup");
  g_assert_false (octavo_note_tags_flush (test->tags, &error));
  g_assert_nonnull (error);
  /* who stays after all is told as well */
  model_test_wait_for (test->problems->len > 0);
  g_assert_cmpstr (test->problems->str, ==, "cup ");
  g_assert_true (octavo_note_tags_flush (test->tags, NULL));
  g_assert_true (are (test, "tea,work"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-tags/" name, Test, NULL, set_up, func, tear_down)
  ADD ("follows-the-file", test_follows_the_file);
  ADD ("adds-and-removes", test_adds_and_removes);
  ADD ("new-note-is-saved-first", test_new_note_is_saved_first);
  ADD ("problems-are-told", test_problems_are_told);
  ADD ("no-time-to-wait", test_no_time_to_wait);
  ADD ("no-time-and-a-problem", test_no_time_and_a_problem);
  return g_test_run ();
}
