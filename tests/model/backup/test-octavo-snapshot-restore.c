/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-test.h"

#include "octavo-error.h"
#include "octavo-note-return.h"
#include "octavo-snapshot-notes.h"
#include "octavo-snapshot-restore.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_restore (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *body = NULL;
  g_autofree char *verdict = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "before", "a");
  gint64 later, last;
  guint n_everything = self->model.n_everything;

  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "UPDATE note SET body = 'after'");
  later = model_test_add_note (&self->model, "Two", "later", "b");

  g_assert_true (octavo_snapshot_restore (self->snapshots, made->path, &kept, NULL, &error));
  g_assert_no_error (error);
  body = model_test_query_text (self->model.path, "SELECT group_concat (id || body) FROM note");
  g_assert_cmpstr (body, ==, "1before");
  g_assert_cmpint (id, ==, 1);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM tag"), ==, 1);

  /* what was there is kept, and can be had again; no id is given twice; who has the file open hears of it */
  g_assert_cmpint (model_test_query_int (kept, "SELECT count(*) FROM note WHERE body IN ('after', 'later')"), ==, 2);
  g_assert_true (g_file_test (made->path, G_FILE_TEST_EXISTS));
  last = model_test_add_note (&self->model, "Three", "text", NULL);
  g_assert_cmpint (last, >, later);
  model_test_wait_for (self->model.n_everything > n_everything);

  g_assert_true (octavo_snapshot_restore (self->snapshots, kept, NULL, NULL, &error));
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count(*) FROM note WHERE body IN ('after', 'later')"),
                   ==, 2);
  verdict = model_test_query_text (self->model.path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
}

static void
test_restore_refused (BackupTest *self, gconstpointer data)
{
  g_autofree char *text = g_build_filename (self->model.folder, "text.db", NULL);
  g_autofree char *other = g_build_filename (self->model.folder, "other.db", NULL);
  g_autofree char *newer = g_build_filename (self->model.folder, "newer.db", NULL);
  g_autofree char *none = g_build_filename (self->model.folder, "none.db", NULL);
  const struct
  {
    const char *path;
    OctavoError code;
  } cases[] = { { text, OCTAVO_ERROR_NOT_A_DATABASE },
                { other, OCTAVO_ERROR_NOT_A_DATABASE },
                { newer, OCTAVO_ERROR_NEWER_VERSION },
                { none, OCTAVO_ERROR_CANT_OPEN } };
  g_autoptr (GError) error = NULL;

  model_test_add_note (&self->model, "One", "mine", NULL);
  g_assert_true (g_file_set_contents (text, "This is not a file of notes, but a text of some length.", -1, NULL));
  g_assert_true (g_file_set_contents (other, "", 0, NULL));
  model_test_execute (other, "CREATE TABLE note (id INTEGER)");
  g_assert_true (octavo_store_backup (self->model.store, newer, NULL, &error));
  model_test_execute (newer, "PRAGMA user_version = 999");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (octavo_snapshot_restore (self->snapshots, cases[i].path, NULL, NULL, &error));
      g_assert_error (error, OCTAVO_ERROR, (int) cases[i].code);
      g_clear_error (&error);
    }
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note WHERE body = 'mine'"), ==, 1);
  g_assert_cmpuint (backup_test_count_files (octavo_snapshots_get_folder (self->snapshots)), ==, 0);
}

/* A file that cannot be read is given another name, and nothing of it goes away. */
static void
test_restore_over_a_damaged_file (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_note (&self->model, "One", "text", NULL);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  octavo_store_close (self->model.store);
  backup_test_damage (self->model.path, 0);
  g_assert_true (octavo_snapshot_restore (self->snapshots, made->path, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (kept, "notes.db.damaged-"));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note"), ==, 1);
  g_assert_cmpuint (backup_test_get_mode (self->model.path), ==, 0600);

  g_unlink (self->model.path);
  g_clear_pointer (&kept, g_free);
  g_assert_true (octavo_snapshot_restore (self->snapshots, made->path, &kept, NULL, &error));
  g_assert_null (kept);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note"), ==, 1);
}

/* Nor is one that can be read, and to which SQLite does not write. */
static void
test_restore_over_an_unknown_format (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  FILE *file;

  model_test_add_note (&self->model, "One", "text", NULL);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_add_note (&self->model, "Two", "later", NULL);
  octavo_store_close (self->model.store);
  file = g_fopen (self->model.path, "r+");
  g_assert_nonnull (file);
  fseek (file, 18, SEEK_SET);
  fputc (3, file);
  fclose (file);
  g_assert_true (octavo_snapshot_restore (self->snapshots, made->path, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (kept, "notes.db.damaged-"));
  g_assert_cmpint (model_test_query_int (kept, "SELECT count(*) FROM note"), ==, 2);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note"), ==, 1);
  g_assert_true (octavo_store_open (self->model.store, NULL, &error));
  g_assert_no_error (error);
  model_test_add_note (&self->model, "Three", "text", NULL);
}

static char *
digest_of (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

/* What a later version or another program wrote is not written over; of ours with a damaged head there is a way back.
 */
static void
test_restore_over_what_is_not_understood (BackupTest *self, gconstpointer data)
{
  const struct
  {
    const char *sql;
    int code; /* 0: none */
  } cases[] = { { "PRAGMA user_version = 999; CREATE TABLE future (x)", OCTAVO_ERROR_NEWER_VERSION },
                { "CREATE TABLE places (x); INSERT INTO places VALUES ('theirs')", OCTAVO_ERROR_NOT_A_DATABASE },
                { "PRAGMA application_id = 1", 0 } };
  g_autoptr (OctavoSnapshot) made = NULL;

  model_test_add_note (&self->model, "One", "text", NULL);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  octavo_store_close (self->model.store);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/present-%u.db", self->model.folder, i);
      g_autoptr (OctavoSnapshots) snapshots = octavo_snapshots_new (path, NULL);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      if (cases[i].code != OCTAVO_ERROR_NOT_A_DATABASE)
        {
          g_assert_true (g_file_get_contents (self->model.path, &bytes, &length, NULL));
          g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
        }
      model_test_execute (path, cases[i].sql);
      before = digest_of (path);
      g_assert_cmpint (octavo_snapshot_restore (snapshots, made->path, NULL, NULL, &error), ==, cases[i].code == 0);
      after = digest_of (path);
      if (cases[i].code == 0)
        {
          g_assert_no_error (error);
          g_assert_cmpint (model_test_query_int (path, "SELECT count(*) FROM note"), ==, 1);
          continue;
        }
      g_assert_error (error, OCTAVO_ERROR, cases[i].code);
      g_assert_cmpstr (after, ==, before);
      g_assert_nonnull (strstr (error->message, path));
    }
}

static void
test_look_through (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (OctavoNoteValues) note = NULL;
  g_autoptr (OctavoNoteValues) missing = NULL;
  g_autoptr (GError) error = NULL;
  guint n_found;
  gint64 id = model_test_add_note (&self->model, "Größe der Äpfel", "text", "a,b");

  for (guint i = 0; i < 20; i++)
    model_test_add_note (&self->model, "Other", "text", NULL);
  model_test_apply (&self->model, OCTAVO_NOTES_TRASH, 21, NULL);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);

  all = octavo_snapshot_notes_find (made->path, "", 10, &n_found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_found, ==, 21);
  g_assert_cmpuint (all->len, ==, 10);
  some = octavo_snapshot_notes_find (made->path, " GRÖSSE  äp ", 10, &n_found, NULL, &error);
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_cmpint (((OctavoNoteValues *) some->pdata[0])->id, ==, id);
  none = octavo_snapshot_notes_find (made->path, "missing", 10, &n_found, NULL, &error);
  g_assert_cmpuint (none->len, ==, 0);

  note = octavo_snapshot_notes_read (made->path, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (note->body, ==, "text");
  g_assert_cmpstr (note->tags[1], ==, "b");
  missing = octavo_snapshot_notes_read (made->path, 777, &error);
  g_assert_null (missing);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
}

static OctavoNoteReturn *
bring_back (BackupTest *self, const char *path, gint64 id, OctavoNoteReturnKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNoteValues) note = octavo_snapshot_notes_read (path, id, &error);
  OctavoNoteReturn *note_return = octavo_note_return_new (path, note, kind);

  g_assert_no_error (error);
  g_assert_true (octavo_note_return_run (note_return, self->model.store, &error));
  g_assert_no_error (error);
  return note_return;
}

static gboolean
undo (BackupTest *self, OctavoNoteReturn *note_return, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *place = NULL;

  octavo_note_return_undo_async (note_return, self->model.store, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_note_return_finish (self->model.store, result, error);
}

static void
assert_note (BackupTest *self, gint64 id, const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT title || '/' || body || '/' || (trashed > 0) || '/' || ifnull ("
                                          "(SELECT group_concat (name) FROM note_tag JOIN tag ON tag.id = tag_id "
                                          "WHERE note_id = note.id), '') FROM note WHERE id = %" G_GINT64_FORMAT,
                                          id);
  g_autofree char *found = model_test_query_text (self->model.path, sql);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_note_in_place (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoNoteReturn) note_return = NULL;
  g_autoptr (OctavoNoteReturn) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "before", "a");

  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "UPDATE note SET title = 'New', body = 'after'");
  model_test_apply (&self->model, OCTAVO_NOTES_ADD_TAG, id, "b");

  note_return = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_IN_PLACE);
  g_assert_cmpint (octavo_note_return_get_id (note_return), ==, id);
  assert_note (self, id, "One/before/0/a");
  assert_note (self, octavo_note_return_get_kept_id (note_return), "New/after/1/a,b");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note_version WHERE reason = 'restore'"
                                                           " AND title = 'New' AND body = CAST ('after' AS BLOB)"),
                   ==, 1);

  g_assert_true (undo (self, note_return, &error));
  assert_note (self, id, "New/after/0/a,b");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note"), ==, 1);

  /* what was typed since is not thrown away */
  again = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_IN_PLACE);
  model_test_execute (self->model.path, "UPDATE note SET body = 'typed' WHERE id = 1");
  g_assert_false (undo (self, again, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  assert_note (self, id, "One/typed/0/a");
  assert_note (self, octavo_note_return_get_kept_id (again), "New/after/1/a,b");
}

static void
test_note_as_new (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoNoteReturn) note_return = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "before", "a");
  gint64 new_id;

  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "UPDATE note SET body = 'after'");
  note_return = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_AS_NEW);
  new_id = octavo_note_return_get_id (note_return);
  g_assert_cmpint (new_id, !=, id);
  assert_note (self, id, "One/after/0/a");
  assert_note (self, new_id, "One/before/0/a");
  g_assert_true (undo (self, note_return, &error));
  assert_note (self, new_id, "One/before/1/a");
}

/* Under its own id, so that links lead to it again. */
static void
test_note_that_is_gone (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoNoteReturn) note_return = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "before", "a");

  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, id, NULL);
  note_return = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_AS_NEW);
  g_assert_cmpint (octavo_note_return_get_id (note_return), ==, id);
  assert_note (self, id, "One/before/0/a");
  g_assert_cmpint (model_test_add_note (&self->model, "Two", "text", NULL), >, id);
}

/* A file of an earlier version is kept before it is brought up to date; one that has its version is not. */
static void
test_before_migration (BackupTest *self, gconstpointer data)
{
  g_autofree char *folder = g_strdup (octavo_snapshots_get_folder (self->snapshots));
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const OctavoSnapshot *kept;
  OctavoStore *store;

  model_test_add_note (&self->model, "One", "text", NULL);
  octavo_store_close (self->model.store);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  model_test_execute (self->model.path, "DROP TABLE IF EXISTS saved_search; PRAGMA user_version = 1");
  store = octavo_store_new (self->model.path);
  if (!octavo_store_open (store, NULL, &error))
    g_clear_error (&error); /* later steps may be there already: what counts is the copy */
  octavo_store_close (store);
  g_assert_finalize_object (store);

  list = octavo_snapshots_list (self->snapshots);
  g_assert_cmpuint (list->len, ==, 1);
  kept = g_ptr_array_index (list, 0);
  g_assert_cmpint (kept->kind, ==, OCTAVO_SNAPSHOT_BEFORE_MIGRATION);
  g_assert_cmpint (kept->n_notes, ==, 1);
  g_assert_cmpint (model_test_query_int (kept->path, "PRAGMA user_version"), ==, 1);
}

static void
add_version (BackupTest *self, gint64 note_id, const char *body, const char *made)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO note_version (note_id, made, updated, reason, title, size, format, body) VALUES (%" G_GINT64_FORMAT
      ", %s, %s, 'left', 'One', length ('%s'), 'plain', CAST ('%s' AS BLOB))",
      note_id, made, made, body, body);

  model_test_execute (self->model.path, sql);
}

static void
assert_versions (BackupTest *self, gint64 note_id, const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat (CAST (body AS TEXT), ' ') FROM (SELECT body FROM "
                                          "note_version WHERE note_id = %" G_GINT64_FORMAT " ORDER BY id)",
                                          note_id);
  g_autofree char *found = model_test_query_text (self->model.path, sql);

  g_assert_cmpstr (found, ==, expected);
}

/* What is missing comes to its place among those that are there, once. */
static void
test_versions_in_place (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoNoteReturn) first = NULL;
  g_autoptr (OctavoNoteReturn) second = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "present", NULL);

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *body = g_strdup_printf ("v%u", i);
      g_autofree char *time = g_strdup_printf ("%u", i);

      add_version (self, id, body, time);
    }
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "DELETE FROM note_version WHERE id IN (1, 3);"
                                        "UPDATE note_version SET body = x'00' WHERE id = 4");
  add_version (self, id, "v5", "5");
  model_test_execute (self->model.path, "UPDATE note SET body = 'later'");

  /* of one that was damaged since there is a sound one, too */
  first = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_IN_PLACE);
  model_test_execute (self->model.path, "DELETE FROM note_version WHERE body = x'00'");
  assert_versions (self, id, "v1 v2 v3 v5 v4 later");
  second = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_IN_PLACE);
  assert_versions (self, id, "v1 v2 v3 v5 v4 later present");
}

/* A snapshot of a file that went its own way: the ids of its versions are those of others here. */
static void
test_versions_with_ids_of_others (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoNoteReturn) note_return = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "present", NULL);
  gint64 other = model_test_add_note (&self->model, "Two", "text", NULL);

  add_version (self, id, "a1", "1");
  add_version (self, id, "a2", "2");
  add_version (self, id, "a3", "3");
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "DELETE FROM note_version; DELETE FROM sqlite_sequence WHERE "
                                        "name = 'note_version'");
  add_version (self, id, "b1", "7");
  add_version (self, other, "b2", "8");
  note_return = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_IN_PLACE);
  assert_versions (self, id, "b1 a1 a2 a3 present");
  assert_versions (self, other, "b2");
}

static void
test_versions_of_a_new_note (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoNoteReturn) beside = NULL;
  g_autoptr (OctavoNoteReturn) back = NULL;
  g_autoptr (OctavoNoteReturn) old = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "present", NULL);

  add_version (self, id, "v1", "1");
  add_version (self, id, "v2", "2");
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "DELETE FROM note_version WHERE id = 1");
  beside = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_AS_NEW);
  assert_versions (self, id, "v2");
  assert_versions (self, octavo_note_return_get_id (beside), "v1 v2");

  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, id, NULL);
  back = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_AS_NEW);
  g_assert_cmpint (octavo_note_return_get_id (back), ==, id);
  assert_versions (self, id, "v1 v2");

  /* of the time before there were any */
  model_test_execute (made->path, "DROP TABLE note_version");
  old = bring_back (self, made->path, id, OCTAVO_NOTE_RETURN_AS_NEW);
  assert_note (self, octavo_note_return_get_id (old), "One/present/0/");
}

static void
fail_to_migrate (BackupTest *self)
{
  g_autoptr (GError) error = NULL;
  OctavoStore *store = octavo_store_new (self->model.path);

  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_nonnull (error);
  octavo_store_close (store);
  g_assert_finalize_object (store);
}

/* A migration that fails at each start does not fill the disk; what changed in between is kept, and so is what was kept
 * first. */
static void
test_migration_that_fails (BackupTest *self, gconstpointer data)
{
  const char *folder = octavo_snapshots_get_folder (self->snapshots);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) later = NULL;
  const OctavoSnapshot *kept;

  model_test_add_note (&self->model, "One", "text", "tag");
  octavo_store_close (self->model.store);
  /* the second step makes a table that is there already */
  model_test_execute (self->model.path, "PRAGMA user_version = 1");
  fail_to_migrate (self);
  first = octavo_snapshots_list (self->snapshots);
  g_assert_cmpuint (first->len, ==, 1);
  kept = g_ptr_array_index (first, 0);
  for (guint i = 0; i < 3; i++)
    fail_to_migrate (self);
  g_assert_cmpuint (backup_test_count_files (folder), ==, 1);
  g_assert_true (g_file_test (kept->path, G_FILE_TEST_EXISTS));

  /* of a change that moves no date either, there is no other copy */
  model_test_execute (self->model.path, "UPDATE note SET body = 'tent'");
  fail_to_migrate (self);
  fail_to_migrate (self);
  later = octavo_snapshots_list (self->snapshots);
  g_assert_cmpuint (later->len, ==, 2);
  g_assert_cmpstr (((OctavoSnapshot *) g_ptr_array_index (later, 1))->path, ==, kept->path);
  g_assert_cmpint (model_test_query_int (kept->path, "SELECT count(*) FROM note WHERE body = 'text'"), ==, 1);

  /* one that was damaged since is not the same */
  backup_test_damage (kept->path, 4096);
  model_test_execute (self->model.path, "UPDATE note SET body = 'text'");
  fail_to_migrate (self);
  g_assert_cmpuint (backup_test_count_files (folder), ==, 3);
}

/* Where it cannot be kept it is not touched. */
static void
test_migration_without_a_place (BackupTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  OctavoStore *store;

  octavo_store_close (self->model.store);
  model_test_execute (self->model.path, "DROP TABLE IF EXISTS saved_search; PRAGMA user_version = 1");
  g_assert_true (g_file_set_contents (octavo_snapshots_get_folder (self->snapshots), "x", -1, NULL));
  store = octavo_store_new (self->model.path);
  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
  g_assert_cmpint (model_test_query_int (self->model.path, "PRAGMA user_version"), ==, 1);
  octavo_store_close (store);
  g_assert_finalize_object (store);
}

#define ADD(name, func)                                                                                                \
  g_test_add ("/snapshot-restore/" name, BackupTest, NULL, backup_test_set_up, func, backup_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("restore", test_restore);
  ADD ("restore-refused", test_restore_refused);
  ADD ("restore-over-a-damaged-file", test_restore_over_a_damaged_file);
  ADD ("restore-over-an-unknown-format", test_restore_over_an_unknown_format);
  ADD ("restore-over-what-is-not-understood", test_restore_over_what_is_not_understood);
  ADD ("look-through", test_look_through);
  ADD ("note-in-place", test_note_in_place);
  ADD ("note-as-new", test_note_as_new);
  ADD ("note-that-is-gone", test_note_that_is_gone);
  ADD ("versions-in-place", test_versions_in_place);
  ADD ("versions-with-ids-of-others", test_versions_with_ids_of_others);
  ADD ("versions-of-a-new-note", test_versions_of_a_new_note);
  ADD ("before-migration", test_before_migration);
  ADD ("migration-that-fails", test_migration_that_fails);
  ADD ("migration-without-a-place", test_migration_without_a_place);
  return g_test_run ();
}
