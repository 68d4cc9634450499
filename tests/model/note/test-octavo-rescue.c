/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-rescue"

#include "octavo-rescue.h"

#include "model-test.h"
#include "octavo-error.h"

#include <glib/gstdio.h>

typedef struct
{
  ModelTest model;
  char *path;
} Test;

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->path = g_build_filename (self->model.folder, "state", "notes.unsaved", NULL);
}

static void
tear_down (Test *self, gconstpointer data)
{
  model_test_tear_down (&self->model, data);
  g_free (self->path);
}

/* What was typed into a note that had a title and a text. */
static OctavoRescued *
make (Test *self, gint64 id, const char *old_body, const char *title, const char *body)
{
  OctavoRescued *rescued = g_new0 (OctavoRescued, 1);
  g_autofree char *sql =
      g_strdup_printf ("SELECT coalesce ((SELECT created FROM note WHERE id = %" G_GINT64_FORMAT "), 1)", id);

  rescued->id = id;
  rescued->created = model_test_query_int (self->model.path, sql);
  rescued->user_id = 1;
  rescued->base_title = g_strdup (id != 0 ? "Title" : "");
  rescued->base_body = g_strdup (old_body);
  rescued->title = g_strdup (title);
  rescued->body = g_strdup (body);
  return rescued;
}

/* Through a file, as after the end of the program. */
static void
take_in (Test *self, OctavoRescued *rescued)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_rescued_free);
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_understood;

  g_ptr_array_add (written, rescued);
  text = octavo_rescue_to_text (written);
  g_assert_true (octavo_rescue_write (self->path, text, &error));
  notes = octavo_rescue_read (self->path, &is_understood);
  g_assert_true (is_understood);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (octavo_rescue_take_in (self->model.store, notes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 0);
}

static void
assert_notes (Test *self, const char *expected)
{
  g_autofree char *found = model_test_query_text (
      self->model.path,
      "SELECT coalesce (group_concat (title || ': ' || body, '|'), '') FROM (SELECT * FROM note ORDER BY id)");

  g_assert_cmpstr (found, ==, expected);
}

static void
test_only_its_owner_can_read_it (Test *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  GStatBuf info;

  take_in (self, make (self, 0, "", "New", "text"));
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_every_letter_comes_back (Test *self, gconstpointer data)
{
  take_in (self, make (self, 0, "", " a\\n;=#[x] ", "\n  lines\r\n\tand \\ “生存” \n\n"));
  assert_notes (self, " a\\n;=#[x] : \n  lines\r\n\tand \\ “生存” \n\n");
}

static void
test_goes_into_its_note (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  take_in (self, make (self, id, "Text", "Mine", "Text and more"));
  assert_notes (self, "Mine: Text and more");
  take_in (self, make (self, id, "Text", "Mine", "Text and more"));
  assert_notes (self, "Mine: Text and more");
}

static void
test_goes_together_with_what_others_wrote (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "one\ntwo\nthree", NULL);

  model_test_execute (self->model.path,
                      "UPDATE note SET body = 'theirs' || char (10) || 'two' || char (10) || 'three'");
  take_in (self, make (self, id, "one\ntwo\nthree", "Title", "one\ntwo\nmine"));
  assert_notes (self, "Title: theirs\ntwo\nmine");
}

static void
test_goes_beside_what_others_wrote_in_the_same_place (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  model_test_execute (self->model.path, "UPDATE note SET body = 'Theirs'");
  take_in (self, make (self, id, "Text", "Title", "Mine"));
  assert_notes (self, "Title: Theirs|Title (other version): Mine");
}

/* The program was killed after it had saved, and somebody went on writing before it came back. */
static void
test_what_was_saved_and_written_over_is_not_made_again (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Theirs", NULL);
  OctavoRescued *rescued = make (self, id, "Text", "Title", "Mine");

  model_test_execute (self->model.path,
                      "INSERT INTO note_version (note_id, made, updated, reason, title, size, format, body) "
                      "VALUES (1, 9, 5, 'other', 'Title', 4, 'plain', CAST ('Mine' AS BLOB)), "
                      "(1, 10, 9, 'other', 'Title', 4, 'plain', CAST ('More' AS BLOB))");
  rescued->since = 5;
  take_in (self, rescued);
  assert_notes (self, "Title: Theirs");

  /* nor is it where that was taken back */
  rescued = make (self, id, "Theirs", "Title", "Mine");
  rescued->since = 5;
  take_in (self, rescued);
  assert_notes (self, "Title: Theirs");

  /* typed again, what the note said long before is new */
  rescued = make (self, id, "Text", "Title", "Mine");
  rescued->since = 6;
  take_in (self, rescued);
  assert_notes (self, "Title: Theirs|Title (other version): Mine");
}

/* Deleted, or another file took the place of the one that it was of. */
static void
test_becomes_a_note_where_there_is_none (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Another's", NULL);
  OctavoRescued *rescued = make (self, id, "Text", "Title", "Text of mine");

  rescued->created--;
  take_in (self, rescued);
  take_in (self, make (self, id + 100, "Text", "Title", "Text of a note that is gone"));
  assert_notes (self, "Title: Another's|Title: Text of mine|Title: Text of a note that is gone");
}

static void
test_what_cannot_be_saved_stays_and_is_saved_once (Test *self, gconstpointer data)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_rescued_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (notes, make (self, 0, "", "New", "text"));
  model_test_execute (self->model.path,
                      "CREATE TRIGGER fail BEFORE INSERT ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  for (int i = 0; i < 3; i++)
    {
      g_assert_false (octavo_rescue_take_in (self->model.store, notes, &error));
      g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
      g_clear_error (&error);
      g_assert_cmpuint (notes->len, ==, 1);
    }
  model_test_execute (self->model.path, "DROP TRIGGER fail");
  g_assert_true (octavo_rescue_take_in (self->model.store, notes, &error));
  assert_notes (self, "New: text");
}

static void
test_what_is_not_understood_is_passed_over (Test *self, gconstpointer data)
{
  static const char *const texts[] = { "", "\xff\xfe", "[Note 1]\nTitle=x\n", "no key file at all",
                                       "[Note 1]\nText=\xff" };
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_mkdir_with_parents (folder, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) notes = NULL;
      gboolean is_understood;

      g_assert_true (g_file_set_contents (self->path, texts[i], -1, NULL));
      notes = octavo_rescue_read (self->path, &is_understood);
      g_assert_cmpuint (notes->len, ==, 0);
      g_assert_cmpint (is_understood, ==, *texts[i] == '\0');
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/rescue/" name, Test, NULL, set_up, func, tear_down)
  ADD ("only-its-owner-can-read-it", test_only_its_owner_can_read_it);
  ADD ("every-letter-comes-back", test_every_letter_comes_back);
  ADD ("goes-into-its-note", test_goes_into_its_note);
  ADD ("goes-together-with-what-others-wrote", test_goes_together_with_what_others_wrote);
  ADD ("goes-beside-what-others-wrote-in-the-same-place", test_goes_beside_what_others_wrote_in_the_same_place);
  ADD ("what-was-saved-and-written-over-is-not-made-again", test_what_was_saved_and_written_over_is_not_made_again);
  ADD ("becomes-a-note-where-there-is-none", test_becomes_a_note_where_there_is_none);
  ADD ("what-cannot-be-saved-stays-and-is-saved-once", test_what_cannot_be_saved_stays_and_is_saved_once);
  ADD ("what-is-not-understood-is-passed-over", test_what_is_not_understood_is_passed_over);
  return g_test_run ();
}
