/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-version-repository.h"

#include "model-test.h"
#include "octavo-error.h"
#include "octavo-link-rename.h"
#include "octavo-sittings.h"
#include "octavo-version-thinning.h"

#include <string.h>

static OctavoVersionRepository *
get_versions (ModelTest *test)
{
  return octavo_store_get_versions (test->store);
}

static OctavoNoteRepository *
get_notes (ModelTest *test)
{
  return octavo_store_get_notes (test->store);
}

/* What is kept of a note, the first first: "reason:title/text" of each. */
static char *
tell (ModelTest *test, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = octavo_version_repository_list (get_versions (test), id, &error);
  GString *told = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = versions->len; i > 0; i--)
    {
      OctavoNoteVersion *version = versions->pdata[i - 1];
      g_autoptr (OctavoNoteValues) values =
          octavo_version_repository_read (get_versions (test), octavo_note_version_get_id (version), &error);

      g_assert_no_error (error);
      g_assert_cmpint (values->id, ==, id);
      g_assert_cmpint (octavo_note_version_get_note_id (version), ==, id);
      g_assert_cmpint (octavo_note_version_get_size (version), ==, (gint64) strlen (values->body));
      g_assert_cmpstr (octavo_note_version_get_title (version), ==, values->title);
      g_assert_cmpint (octavo_note_version_get_updated (version), ==, values->updated);
      g_assert_cmpint (octavo_note_version_get_made (version), >=, values->updated);
      g_string_append_printf (told, "%s%s:%s/%s", told->len > 0 ? " " : "",
                              octavo_version_reason_to_string (octavo_note_version_get_reason (version)), values->title,
                              values->body);
    }
  return g_string_free (told, FALSE);
}

static void
assert_versions (ModelTest *test, gint64 id, const char *expected)
{
  g_autofree char *told = tell (test, id);

  g_assert_cmpstr (told, ==, expected);
}

static void
save (ModelTest *test, gint64 id, const char *title, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get (get_notes (test), id, NULL, &error);

  g_assert_no_error (error);
  octavo_note_set_title (note, title);
  octavo_note_set_body (note, body);
  octavo_note_repository_save (get_notes (test), note, NULL, &error);
  g_assert_no_error (error);
}

static void
leave (ModelTest *test, gint64 id)
{
  octavo_note_repository_end_sitting (get_notes (test), id, OCTAVO_VERSION_LEFT);
}

/* What is typed from one moment to the next is one state. What was left is kept once it is written over. */
static void
test_left (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "a", NULL);

  save (test, id, "T", "ab");
  save (test, id, "T", "abc");
  assert_versions (test, id, "");
  leave (test, id);
  assert_versions (test, id, "");
  save (test, id, "T", "abcd");
  assert_versions (test, id, "left:T/abc");
  save (test, id, "T", "abcde");
  leave (test, id);
  leave (test, id);
  save (test, id, "U", "abcde");
  assert_versions (test, id, "left:T/abc left:T/abcde");
}

/* Also of who comes back later: all of it is in the file. */
static void
test_other_sitting (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "before", NULL);
  g_autoptr (GError) error = NULL;

  octavo_store_close (test->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (test->store);
  test->store = octavo_store_new (test->path);
  octavo_store_open (test->store, NULL, &error);
  g_assert_no_error (error);
  save (test, id, "T", "after");
  assert_versions (test, id, "left:T/before");
}

static void
test_rest (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "before", NULL);
  g_autoptr (OctavoNote) note = octavo_note_repository_get (get_notes (test), id, NULL, NULL);
  gint64 ago = g_get_real_time () - OCTAVO_SITTINGS_REST - G_TIME_SPAN_SECOND;

  octavo_note_set_updated (note, ago);
  g_assert_true (octavo_note_repository_save (get_notes (test), note, NULL, NULL));
  save (test, id, "T", "after");
  assert_versions (test, id, "rest:T/before");
  save (test, id, "T", "after that");
  assert_versions (test, id, "rest:T/before");
}

/* What is not written over, or becomes what it was, is not kept; nor what is kept already. */
static void
test_same (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "one", NULL);

  leave (test, id);
  model_test_apply (test, OCTAVO_NOTES_PIN, id, NULL);
  model_test_apply (test, OCTAVO_NOTES_ADD_TAG, id, "tag");
  model_test_apply (test, OCTAVO_NOTES_TRASH, id, NULL);
  save (test, id, "T", "one");
  assert_versions (test, id, "");
  save (test, id, "T", "two");
  save (test, id, "T", "one");
  leave (test, id);
  save (test, id, "T", "three");
  assert_versions (test, id, "left:T/one");
  leave (test, id);
  save (test, id, "T", "");
  leave (test, id);
  save (test, id, "", "");
  leave (test, id);
  save (test, id, "T", "");
  assert_versions (test, id, "left:T/one left:T/three left:T/ left:/");
}

/* A save that fails keeps nothing, and the next one does. */
static void
test_failed (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "before", NULL);
  g_autoptr (OctavoNote) note = octavo_note_repository_get (get_notes (test), id, NULL, NULL);
  g_autoptr (GError) error = NULL;

  leave (test, id);
  model_test_execute (test->path, "CREATE TRIGGER no BEFORE UPDATE OF body ON note BEGIN SELECT raise (ABORT, 'no'); "
                                  "END");
  octavo_note_set_body (note, "after");
  g_assert_false (octavo_note_repository_save (get_notes (test), note, NULL, &error));
  assert_versions (test, id, "");
  model_test_execute (test->path, "DROP TRIGGER no");
  g_assert_true (octavo_note_repository_save (get_notes (test), note, NULL, NULL));
  assert_versions (test, id, "left:T/before");
}

/* A note that somebody else deleted does not keep others from being written, and has nothing to keep. */
static void
test_gone (ModelTest *test, gconstpointer data)
{
  gint64 gone_id = model_test_add_note (test, "T", "gone", NULL);
  gint64 id = model_test_add_note (test, "T", "before", NULL);
  g_autoptr (OctavoNote) gone = octavo_note_repository_get (get_notes (test), gone_id, NULL, NULL);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get (get_notes (test), id, NULL, NULL);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM note WHERE id = %" G_GINT64_FORMAT, gone_id);

  leave (test, gone_id);
  leave (test, id);
  octavo_note_set_body (gone, "typed");
  octavo_note_set_body (note, "after");
  model_test_execute (test->path, sql);
  octavo_note_repository_save_async (get_notes (test), note, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_note_repository_save_finish (get_notes (test), result, NULL));
  assert_versions (test, id, "left:T/before");
  g_assert_cmpint (model_test_query_int (test->path, "SELECT count (*) FROM note_version"), ==, 1);
}

/* Nothing is asked of the file while one goes on typing. */
static void
test_statements (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "a", NULL);

  save (test, id, "T", "b");
  model_test_reset_statements (test);
  save (test, id, "T", "c");
  g_assert_cmpuint (test->n_statements, ==, 1);
  leave (test, id);
  model_test_reset_statements (test);
  save (test, id, "T", "d");
  g_assert_cmpuint (test->n_statements, <=, 5);
}

static void
keep (ModelTest *test, gint64 id, const char *body)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_version_repository_keep_async (get_versions (test), id, "T", body, OCTAVO_VERSION_OTHER, model_test_on_result,
                                        &place);
  result = model_test_take_result (&place);
  octavo_version_repository_keep_finish (get_versions (test), result, &error);
  g_assert_no_error (error);
}

/* What another program wrote over, as it was known here; whoever did may have kept it. */
static void
test_keep (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "now", NULL);

  keep (test, id, "one");
  keep (test, id, "two");
  keep (test, id, "one");
  keep (test, id, "two");
  assert_versions (test, id, "other:T/one other:T/two");
  keep (test, id + 100, "of no note");
  g_assert_cmpint (model_test_query_int (test->path, "SELECT count (*) FROM note_version"), ==, 2);
}

static gint64
clear (ModelTest *test, gint64 id)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 step_id;

  octavo_version_repository_clear_async (get_versions (test), id, model_test_on_result, &place);
  result = model_test_take_result (&place);
  octavo_version_repository_clear_finish (get_versions (test), result, &step_id, &error);
  g_assert_no_error (error);
  return step_id;
}

static void
test_clear (ModelTest *test, gconstpointer data)
{
  gint64 other = model_test_add_note (test, "T", "other", NULL);
  gint64 id = model_test_add_note (test, "T", "now", NULL);
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *title = NULL;
  gint64 step_id;

  g_assert_cmpint (clear (test, id), ==, 0);
  keep (test, id, "one");
  keep (test, other, "another");
  keep (test, id, "two");
  step_id = clear (test, id);
  g_assert_cmpint (step_id, !=, 0);
  assert_versions (test, id, "");
  assert_versions (test, other, "other:T/another");
  steps = octavo_undo_list (test->store, 10, NULL);
  title = octavo_undo_step_dup_title (steps->pdata[0]);
  g_assert_cmpstr (title, ==, "History of “T” cleared");

  keep (test, id, "three");
  model_test_undo (test, step_id, NULL);
  assert_versions (test, id, "other:T/one other:T/two other:T/three");
}

/* A history whose note is gone does not come back without it. */
static void
test_clear_then_delete (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "now", NULL);
  g_auto (OctavoUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("DELETE FROM note WHERE id = %" G_GINT64_FORMAT, id);
  gint64 step_id;

  keep (test, id, "one");
  step_id = clear (test, id);
  model_test_execute (test->path, sql);
  g_assert_false (octavo_undo_run (test->store, step_id, &result, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED);
}

/* What is deleted for ever is gone with its history, and comes back with it for a day. */
static void
test_deleted (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "now", NULL);
  g_autoptr (GPtrArray) steps = NULL;

  keep (test, id, "one");
  keep (test, id, "two");
  model_test_apply (test, OCTAVO_NOTES_TRASH, id, NULL);
  assert_versions (test, id, "other:T/one other:T/two");
  model_test_apply (test, OCTAVO_NOTES_DELETE, id, NULL);
  g_assert_cmpint (model_test_query_int (test->path, "SELECT count (*) FROM note_version"), ==, 0);
  steps = octavo_undo_list (test->store, 1, NULL);
  model_test_undo (test, ((OctavoUndoStep *) steps->pdata[0])->id, NULL);
  assert_versions (test, id, "other:T/one other:T/two");
}

static void
run_rename (ModelTest *test, gint64 id, gint64 *step_id)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (OctavoLinkRename) rename = NULL;
  GAsyncResult *result = NULL;
  guint n_done;

  octavo_link_rename_find_async (test->store, id, "Tea", "Chai", "", NULL, model_test_on_result, &result);
  found = model_test_take_result (&result);
  rename = octavo_link_rename_find_finish (test->store, found, NULL);
  g_assert_nonnull (rename);
  octavo_link_rename_run_async (test->store, rename, model_test_on_result, &result);
  answer = model_test_take_result (&result);
  g_assert_true (octavo_link_rename_run_finish (test->store, answer, &n_done, step_id, NULL));
}

/* Links that are updated, and that taken back again. */
static void
test_links_and_undo (ModelTest *test, gconstpointer data)
{
  gint64 tea = model_test_add_note (test, "Chai", "", NULL);
  gint64 id = model_test_add_note (test, "T", "see [[Tea]]", NULL);
  gint64 step_id;

  run_rename (test, tea, &step_id);
  assert_versions (test, id, "links:T/see [[Tea]]");
  model_test_undo (test, step_id, NULL);
  assert_versions (test, id, "links:T/see [[Tea]] undo:T/see [[Chai]]");
  /* of which there is one already */
  save (test, id, "T", "see nothing");
  assert_versions (test, id, "links:T/see [[Tea]] undo:T/see [[Chai]]");
}

/* Not each of a thousand versions of one day stays; the first and the last do. */
static void
test_thinned (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "now", NULL);
  g_autofree char *sql =
      g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                       "INSERT INTO note_version (note_id, made, updated, reason, title, size, format, body) "
                       "SELECT %" G_GINT64_FORMAT
                       ", i * 1000, i * 1000, 'left', 'T', length (i), 'plain', CAST (i AS BLOB) FROM n",
                       id);
  gint64 n_left;

  model_test_execute (test->path, sql);
  keep (test, id, "another");
  n_left = model_test_query_int (test->path, "SELECT count (*) FROM note_version");
  g_assert_cmpint (n_left, <=, OCTAVO_VERSION_THINNING_ALL + 1);
  g_assert_cmpint (n_left, >=, OCTAVO_VERSION_THINNING_ALL);
  g_assert_cmpint (model_test_query_int (test->path, "SELECT min (id) FROM note_version"), ==, 1);
  g_assert_cmpint (model_test_query_int (test->path, "SELECT max (id) FROM note_version"), ==, 1001);
}

/* As a damaged file has it. */
static void
test_damaged (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "now", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  keep (test, id, "one");
  model_test_execute (test->path, "UPDATE note_version SET body = x'0102', format = 'zlib'");
  g_assert_null (octavo_version_repository_read (get_versions (test), 1, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (octavo_version_repository_read (get_versions (test), 99, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  model_test_execute (test->path, "UPDATE note_version SET reason = 'whim'");
  versions = octavo_version_repository_list (get_versions (test), id, NULL);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_cmpint (octavo_note_version_get_reason (versions->pdata[0]), ==, OCTAVO_VERSION_UNKNOWN);
  g_assert_cmpstr (octavo_version_reason_get_text (OCTAVO_VERSION_UNKNOWN), ==, "Kept by another version of Octavo");
  /* and it is no reason not to write on */
  keep (test, id, "one");
  leave (test, id);
  save (test, id, "T", "then");
  g_assert_cmpint (model_test_query_int (test->path, "SELECT count (*) FROM note_version"), ==, 3);
}

static void
test_reasons (ModelTest *test, gconstpointer data)
{
  for (int reason = OCTAVO_VERSION_LEFT; reason < OCTAVO_VERSION_UNKNOWN; reason++)
    {
      const char *name = octavo_version_reason_to_string ((OctavoVersionReason) reason);

      g_assert_cmpstr (name, !=, "");
      g_assert_cmpint (octavo_version_reason_from_string (name), ==, reason);
      g_assert_cmpstr (octavo_version_reason_get_text ((OctavoVersionReason) reason), !=, "");
    }
  g_assert_cmpstr (octavo_version_reason_to_string (OCTAVO_VERSION_UNKNOWN), ==, "");
  g_assert_cmpint (octavo_version_reason_from_string (NULL), ==, OCTAVO_VERSION_UNKNOWN);
}

static void
test_list_async (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "T", "now", NULL);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;

  keep (test, id, "one");
  keep (test, id, "two");
  octavo_version_repository_list_async (get_versions (test), id, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  versions = octavo_version_repository_list_finish (get_versions (test), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpint (octavo_note_version_get_id (versions->pdata[0]), ==, 2);
}

/* A bit that turned, or another program: what stands behind it is read, kept and written all the same. */
static void
test_what_is_no_text (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "One", "text", NULL);
  g_autofree char *body = NULL;

  leave (test, id);
  model_test_execute (test->path, "UPDATE note SET body = CAST (x'61ff620063' AS TEXT)");
  save (test, id, "One", "a b c");
  body = model_test_query_text (test->path, "SELECT body FROM note");
  g_assert_cmpstr (body, ==, "a b c");
  assert_versions (test, id, "left:One/a\357\277\275b\357\277\275c");
}

#define ADD(name, func)                                                                                                \
  g_test_add ("/version-repository/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("left", test_left);
  ADD ("other-sitting", test_other_sitting);
  ADD ("rest", test_rest);
  ADD ("same", test_same);
  ADD ("failed", test_failed);
  ADD ("gone", test_gone);
  ADD ("statements", test_statements);
  ADD ("keep", test_keep);
  ADD ("clear", test_clear);
  ADD ("clear-then-delete", test_clear_then_delete);
  ADD ("deleted", test_deleted);
  ADD ("links-and-undo", test_links_and_undo);
  ADD ("thinned", test_thinned);
  ADD ("damaged", test_damaged);
  ADD ("what-is-no-text", test_what_is_no_text);
  ADD ("reasons", test_reasons);
  ADD ("list-async", test_list_async);
  return g_test_run ();
}
