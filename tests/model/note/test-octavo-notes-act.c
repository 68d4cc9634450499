/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-notes-act.h"
#include "octavo-tag-counts.h"

/* The step; made_id (out) (nullable) */
static gint64
perform (ModelTest *self, OctavoNotesAct *act, gint64 *made_id, GError **error)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 step_id;

  octavo_notes_act_perform_async (act, notes, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_notes_act_perform_finish (notes, result, &step_id, made_id, error) ? step_id : -1;
}

/* Does one thing to notes; gives what undoes it. */
static gint64
do_to (ModelTest *self, OctavoNotesAction action, const gint64 *ids, gsize n_ids, const char *tag)
{
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();
  g_autoptr (GError) error = NULL;
  gint64 step_id;

  g_assert_true (octavo_notes_act_add (act, action, ids, n_ids, tag, &error));
  step_id = perform (self, act, NULL, &error);
  g_assert_no_error (error);
  return step_id;
}

static void
assert_text (ModelTest *self, const char *sql, const char *expected)
{
  g_autofree char *text = model_test_query_text (self->path, sql);

  g_assert_cmpstr (text, ==, expected);
}

#define TRASHED "SELECT group_concat (title, ' ') FROM (SELECT title FROM note WHERE trashed <> 0 ORDER BY title)"
#define PINNED  "SELECT group_concat (title, ' ') FROM (SELECT title FROM note WHERE pinned ORDER BY title)"
#define TAGGED                                                                                                         \
  "SELECT group_concat (title || ':' || name, ' ') FROM (SELECT title, name FROM note "                                \
  "JOIN note_tag ON note_id = note.id JOIN tag ON tag_id = tag.id ORDER BY title, name)"

static void
test_undo_is_about_what_changed (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "a", "", ""), model_test_add_note (self, "b", "", ""),
                   model_test_add_note (self, "c", "", ""), 999 };
  gint64 step_id;

  model_test_apply (self, OCTAVO_NOTES_TRASH, ids[1], NULL);
  model_test_apply (self, OCTAVO_NOTES_PIN, ids[2], NULL);

  step_id = do_to (self, OCTAVO_NOTES_TRASH, ids, G_N_ELEMENTS (ids), NULL);
  assert_text (self, TRASHED, "a b c");
  model_test_undo (self, step_id, NULL);
  assert_text (self, TRASHED, "b");

  step_id = do_to (self, OCTAVO_NOTES_PIN, ids, G_N_ELEMENTS (ids), NULL);
  assert_text (self, PINNED, "a b c");
  model_test_undo (self, step_id, NULL);
  assert_text (self, PINNED, "c");
}

static void
test_tags (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "a", "", "Work"), model_test_add_note (self, "b", "", "other"),
                   model_test_add_note (self, "c", "", "") };
  gint64 step_id = do_to (self, OCTAVO_NOTES_ADD_TAG, ids, 3, "work");
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();
  g_autoptr (GError) error = NULL;

  assert_text (self, TAGGED, "a:Work b:Work b:other c:Work");
  model_test_undo (self, step_id, NULL);
  assert_text (self, TAGGED, "a:Work b:other");

  step_id = do_to (self, OCTAVO_NOTES_REMOVE_TAG, ids, 3, "other");
  assert_text (self, TAGGED, "a:Work");
  model_test_undo (self, step_id, NULL);
  assert_text (self, TAGGED, "a:Work b:other");

  g_assert_false (octavo_notes_act_add (act, OCTAVO_NOTES_ADD_TAG, ids, 3, "//", &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG);
}

static void
test_nothing_to_undo (ModelTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (self, "a", "", "");

  g_assert_cmpint (do_to (self, OCTAVO_NOTES_RESTORE, &id, 1, NULL), ==, 0);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count(*) FROM undo_step"), ==, 0);
}

static void
test_merge (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "First", "one\n\n", "x,y"), model_test_add_note (self, "Second", "", "y"),
                   model_test_add_note (self, "", "\nthree", "z"), model_test_add_note (self, "Fourth", "four", "") };
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  gint64 step_id, made_id;

  model_test_apply (self, OCTAVO_NOTES_PIN, ids[1], NULL);
  octavo_notes_act_add_merge (act, ids, G_N_ELEMENTS (ids));
  step_id = perform (self, act, &made_id, &error);
  g_assert_no_error (error);

  sql = g_strdup_printf ("SELECT title || '|' || body || '|' || aliases || '|' || pinned FROM note WHERE id = %d",
                         (int) made_id);
  assert_text (self, sql, "First|one\n\n## Second\n\n---\n\nthree\n\n## Fourth\n\nfour|Second\nFourth|1");
  assert_text (self, "SELECT group_concat (title, ' ') FROM note WHERE trashed = 0", "First");
  assert_text (
      self,
      "SELECT group_concat (name, ' ') FROM (SELECT name FROM tag JOIN note_tag ON tag_id = tag.id JOIN note ON "
      "note.id = note_id WHERE trashed = 0 ORDER BY name)",
      "x y z");
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note"), ==, 5);

  model_test_undo (self, step_id, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note"), ==, 4);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note WHERE trashed = 0"), ==, 4);
  assert_text (self, TAGGED, ":z First:x First:y Second:y");
}

static void
test_merge_of_nothing_changes_nothing (ModelTest *self, gconstpointer data)
{
  const gint64 ids[] = { 900, 901 };
  gint64 id = model_test_add_note (self, "a", "", "");
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_notes_act_add (act, OCTAVO_NOTES_TRASH, &id, 1, NULL, &error));
  octavo_notes_act_add_merge (act, ids, G_N_ELEMENTS (ids));
  g_assert_cmpint (perform (self, act, NULL, &error), ==, -1);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note WHERE trashed <> 0"), ==, 0);
}

static void
test_tag_counts (ModelTest *self, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 id = model_test_add_note (self, "a", "", "x,y");

  g_array_append_val (ids, id);
  id = model_test_add_note (self, "b", "", "y");
  g_array_append_val (ids, id);
  model_test_add_note (self, "c", "", "y,z");
  octavo_tag_counts_read_async (self->store, ids, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  counts = octavo_tag_counts_read_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "x")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "y")), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/notes-act/" path, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("undo-is-about-what-changed", test_undo_is_about_what_changed);
  ADD ("tags", test_tags);
  ADD ("nothing-to-undo", test_nothing_to_undo);
  ADD ("merge", test_merge);
  ADD ("merge-of-nothing-changes-nothing", test_merge_of_nothing_changes_nothing);
  ADD ("tag-counts", test_tag_counts);

  return g_test_run ();
}
