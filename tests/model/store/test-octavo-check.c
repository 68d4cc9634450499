/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-search.h"
#include "octavo-version-repository.h"

#include <locale.h>

static void
on_progress (double fraction, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
}

static void
assert_check (ModelTest *self, guint expected_left, const char *expected)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  double progress = 0;
  guint n_left = 0;

  g_assert_true (octavo_store_check (self->store, on_progress, &progress, &problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (progress, ==, 1);
  for (guint i = 0; i < problems->len; i++)
    {
      const OctavoProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", problem->text);
      n_left += !problem->is_mended;
    }
  g_assert_cmpuint (n_left, ==, expected_left);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_check (ModelTest *self, gconstpointer data)
{
  g_autofree char *excerpt = NULL;
  g_autofree char *folded = NULL;

  model_test_add_note (self, "one", "# Head\n\ntext", "Tag");
  assert_check (self, 0, "");

  model_test_execute (self->path, "UPDATE note SET excerpt = 'wrong'; UPDATE tag SET folded = 'TAG'");
  assert_check (self, 0,
                "The excerpt of 1 note was not that of its text; mended.\n"
                "The name “Tag” was not found in every case; mended.");
  assert_check (self, 0, "");
  excerpt = model_test_query_text (self->path, "SELECT excerpt FROM note");
  g_assert_cmpstr (excerpt, ==, "Head text");
  folded = model_test_query_text (self->path, "SELECT folded FROM tag");
  g_assert_cmpstr (folded, ==, "tag");
}

static void
test_check_references (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", NULL);
  model_test_execute (self->path, "PRAGMA foreign_keys = OFF; INSERT INTO note_tag (note_id, tag_id) VALUES (1, 77)");
  assert_check (self, 1, "A row of “note_tag” belongs to one of “tag” that is not there.");
}

/* What another program can do to the index, and what is said of it. */
static void
test_check_index (ModelTest *self, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *problem;
  } faults[] = {
    { "DROP TABLE search_posting", "The search index, or a part of it, was missing; made anew." },
    { "DROP TABLE search_meta", "The search index, or a part of it, was missing; made anew." },
    { "UPDATE search_meta SET version = '1/2.74'", "The search index was made by another version; made anew." },
    { "UPDATE note SET body = 'behind its back', excerpt = 'behind its back'; DELETE FROM search_queue",
      "The search index did not agree with the notes; made anew." },
    { "UPDATE search_body_data SET block = x'00' WHERE id > 10", "The search index could not be read; made anew." },
    { "DELETE FROM search_body_data WHERE id > 10", "The search index could not be read; made anew." },
    { "UPDATE search_posting SET notes = x'ffffffffffff'",
      "The search index did not agree with the notes; made anew." },
    { "DELETE FROM search_posting", "The search index did not agree with the notes; made anew." },
  };

  model_test_add_notes (self, 3);
  assert_check (self, 0, "");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      model_test_execute (self->path, faults[i].sql);
      assert_check (self, 0, faults[i].problem);
      assert_check (self, 0, "");
    }
}

static void
assert_finds (ModelTest *self, const char *text, guint n_notes)
{
  g_autoptr (OctavoQuery) query = text != NULL ? octavo_query_new (text) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids =
      octavo_search_run (octavo_store_get_search (self->store), query, NULL, OCTAVO_SORT_UPDATED, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, n_notes);
}

#define MADE_ANEW ", which keeps lists and searches right, was missing or changed; made anew."

/* Triggers and indexes that another program took away, or changed; and what was not found meanwhile. */
static void
test_check_schema (ModelTest *self, gconstpointer data)
{
  model_test_add_notes (self, 3);
  assert_check (self, 0, "");
  assert_finds (self, "\"note 2\"", 1);

  model_test_execute (self->path, "DROP TRIGGER search_queue_update; UPDATE note SET title = 'bell' WHERE id = 2");
  assert_finds (self, "bell", 0);
  assert_check (self, 0,
                "“search_queue_update”" MADE_ANEW "\nThe search index did not agree with the notes; made anew.");
  assert_finds (self, "bell", 1);
  model_test_execute (self->path, "UPDATE note SET title = 'book' WHERE id = 2");
  assert_finds (self, "book", 1);

  /* The order of all notes is in memory. */
  model_test_execute (self->path, "DROP TRIGGER note_change_delete; DROP TRIGGER note_change_update;"
                                  "CREATE TRIGGER note_change_update AFTER UPDATE ON note BEGIN SELECT 1; END;"
                                  "UPDATE note SET trashed = 9 WHERE id = 2; DELETE FROM note WHERE id = 3");
  assert_check (self, 0, "“note_change_update”" MADE_ANEW "\n“note_change_delete”" MADE_ANEW);
  assert_finds (self, "is:trashed", 1);
  assert_finds (self, NULL, 1);

  model_test_execute (self->path, "DROP TABLE search_queue; DROP TABLE note_change; DROP INDEX note_by_updated");
  assert_check (self, 0,
                "“search_queue”" MADE_ANEW "\n“note_change”" MADE_ANEW "\n“note_by_updated”" MADE_ANEW
                "\n“note_change_trim”" MADE_ANEW);
  assert_check (self, 0, "");
  model_test_execute (self->path, "UPDATE note SET title = 'candle', trashed = 0 WHERE id = 2");
  assert_finds (self, "candle", 1);
  assert_finds (self, NULL, 2);
}

/* What SQLite finds fault with itself, in a table that nobody wrote. */
static void
test_check_rows_of_index (ModelTest *self, gconstpointer data)
{
  model_test_add_notes (self, 3);
  assert_check (self, 0, "");
  model_test_execute (self->path, "PRAGMA writable_schema = ON;"
                                  "UPDATE sqlite_schema SET sql = replace (sql, 'BLOB NOT NULL', 'BLOB') "
                                  "WHERE name = 'search_posting';"
                                  "PRAGMA writable_schema = RESET;"
                                  "INSERT INTO search_posting (key, notes) VALUES (77, NULL);"
                                  "PRAGMA writable_schema = ON;"
                                  "UPDATE sqlite_schema SET sql = replace (sql, 'BLOB', 'BLOB NOT NULL') "
                                  "WHERE name = 'search_posting';"
                                  "PRAGMA writable_schema = RESET");
  assert_check (self, 0, "The search index could not be read; made anew.");
  assert_check (self, 0, "");
}

/* What a note said before, of which no other part of the file knows. */
static void
test_check_versions (ModelTest *self, gconstpointer data)
{
  static const char *const texts[] = { "the first words, again and again: the first words, the first words", "€" };
  g_autofree char *date = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (1795424400);
  gint64 id = model_test_add_note (self, "One", "present", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GAsyncResult *place = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      octavo_version_repository_keep_async (octavo_store_get_versions (self->store), id, "Old", texts[i],
                                            OCTAVO_VERSION_LEFT, model_test_on_result, &place);
      result = model_test_take_result (&place);
      g_assert_true (octavo_version_repository_keep_finish (octavo_store_get_versions (self->store), result, NULL));
    }
  assert_check (self, 0, "");

  model_test_execute (self->path,
                      "UPDATE note_version SET made = 1795424400000000, "
                      "body = CAST (substr (body, 1, 9) || x'00' || substr (body, 11) AS BLOB) WHERE id = 1");
  date = g_date_time_format (time, "%Y-%m-%d %H:%M");
  expected = g_strdup_printf ("Version 1 of “One”, of %s, is damaged, and cannot be read. The note itself is not. A "
                              "backup may have the version: take the note out of it.",
                              date);
  assert_check (self, 1, expected);
  model_test_execute (self->path, "UPDATE note_version SET body = x'e282' WHERE id = 2; DELETE FROM note_version "
                                  "WHERE id = 1; UPDATE note_version SET made = 1795424400000000; "
                                  "UPDATE note SET title = ''");
  g_free (expected);
  expected = g_strdup_printf ("Version 2 of “Untitled”, of %s, is damaged, and cannot be read. The note itself is not. "
                              "A backup may have the version: take the note out of it.",
                              date);
  assert_check (self, 1, expected);
}

static void
test_check_many (ModelTest *self, gconstpointer data)
{
  model_test_add_notes (self, 2500);
  assert_check (self, 0, "");
  model_test_execute (self->path, "UPDATE note SET excerpt = '' WHERE id % 100 = 0");
  assert_check (self, 0, "The excerpts of 25 notes were not those of their texts; mended.");
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note WHERE excerpt = ''"), ==, 0);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/check/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)
  ADD ("derived", test_check);
  ADD ("references", test_check_references);
  ADD ("index", test_check_index);
  ADD ("rows-of-the-index", test_check_rows_of_index);
  ADD ("schema", test_check_schema);
  ADD ("versions", test_check_versions);
  ADD ("many", test_check_many);
  return g_test_run ();
}
