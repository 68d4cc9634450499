/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-test.h"

#include "octavo-error.h"
#include "octavo-snapshot-restore.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_make (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autofree char *folder = g_build_filename (self->model.folder, "backups", NULL);
  g_autofree char *name = NULL;

  model_test_add_note (&self->model, "One", "text of one", "a,b");
  model_test_add_note (&self->model, "Two", "text of two", NULL);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  name = g_path_get_basename (made->path);

  g_assert_true (g_str_has_prefix (name, "notes-2026-11-23T090000Z-"));
  g_assert_true (g_str_has_suffix (name, "-daily.db"));
  g_assert_cmpint (made->n_notes, ==, 2);
  g_assert_cmpint (made->size, >, 4096);
  g_assert_cmpuint (backup_test_count_files (folder), ==, 1);
  g_assert_cmpuint (backup_test_get_mode (folder), ==, 0700);
  g_assert_cmpuint (backup_test_get_mode (made->path), ==, 0600);
  g_assert_true (octavo_snapshot_check (made->path, NULL, NULL));

  /* what somebody wrote is in it, and nothing of the index */
  g_assert_cmpint (model_test_query_int (made->path, "SELECT count(*) FROM note_tag"), ==, 2);
  g_assert_cmpint (model_test_query_int (made->path, "SELECT count(*) FROM search_queue"), ==, 0);
  g_assert_cmpint (model_test_query_int (made->path,
                                         "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'search_[tbpm]*'"),
                   ==, 0);
  g_assert_cmpint (model_test_query_int (made->path, "PRAGMA application_id"), ==, 0x4f435456);
  g_assert_cmpint (model_test_query_int (made->path, "PRAGMA user_version"), ==,
                   model_test_query_int (self->model.path, "PRAGMA user_version"));
  g_assert_cmpint (model_test_query_int (made->path, "SELECT seq FROM sqlite_sequence WHERE name = 'note'"), ==, 2);
}

/* All that the migrations make is there, but for the index. */
static void
test_has_the_whole_schema (BackupTest *self, gconstpointer data)
{
  static const char sql[] = "SELECT group_concat (type || name || ifnull (sql, ''), char (10)) FROM "
                            "(SELECT * FROM sqlite_schema WHERE name NOT GLOB 'search_[tbpm]*' AND "
                            "name NOT GLOB 'sqlite_autoindex_search*' ORDER BY type, name)";
  g_autoptr (OctavoSnapshot) made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  g_autofree char *expected = model_test_query_text (self->model.path, sql);
  g_autofree char *found = model_test_query_text (made->path, sql);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_opens_and_indexes_itself (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  OctavoStore *store;

  model_test_add_note (&self->model, "One", "some needle", "a");
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  store = octavo_store_new (made->path);
  g_assert_true (octavo_store_open (store, NULL, &error));
  g_assert_true (octavo_store_check (store, NULL, NULL, &problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1); /* the index was made anew */
  g_assert_true (((OctavoProblem *) problems->pdata[0])->is_mended);
  octavo_store_close (store);
  g_assert_finalize_object (store);
  g_assert_cmpint (model_test_query_int (made->path, "SELECT count(*) FROM search_queue"), ==, 0);
  g_assert_cmpint (model_test_query_int (made->path, "SELECT count(*) FROM search_body_docsize"), ==, 1);
}

static void
test_due (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) first = NULL;
  g_autoptr (OctavoSnapshot) second = NULL;
  gint64 id = model_test_add_note (&self->model, "One", "text", NULL);

  g_assert_true (octavo_snapshots_is_due (self->snapshots, self->now, self->zone));
  first = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now, self->zone));
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now + BACKUP_TEST_DAY, self->zone));

  /* on the same day one is enough, on the next it is time for another one */
  model_test_apply (&self->model, OCTAVO_NOTES_PIN, id, NULL);
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now + BACKUP_TEST_DAY / 2, self->zone));
  g_assert_true (octavo_snapshots_is_due (self->snapshots, self->now + BACKUP_TEST_DAY, self->zone));
  self->now += BACKUP_TEST_DAY;
  second = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now + BACKUP_TEST_DAY, self->zone));
}

static void
assert_due_after (BackupTest *self, const char *sql)
{
  G_GNUC_UNUSED g_autoptr (OctavoSnapshot) made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);

  self->now += BACKUP_TEST_DAY;
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now, self->zone));
  model_test_execute (self->model.path, sql);
  g_assert_true (octavo_snapshots_is_due (self->snapshots, self->now, self->zone));
}

static void
test_due_after_each_change (BackupTest *self, gconstpointer data)
{
  model_test_add_note (&self->model, "One", "text", "a");
  model_test_add_note (&self->model, "Two", "text", "b");
  assert_due_after (self, "UPDATE note SET body = 'x', updated = updated + 1 WHERE id = 1");
  assert_due_after (self, "UPDATE tag SET name = 'c' WHERE name = 'a'");
  assert_due_after (self, "UPDATE note_tag SET tag_id = 3 - tag_id");
  assert_due_after (self, "UPDATE user SET name = 'Ada'");
  assert_due_after (self, "INSERT INTO saved_search (name, folded, query, position) VALUES ('n', 'n', 'q', 1)");
  assert_due_after (self, "DELETE FROM note WHERE id = 2");
  assert_due_after (self, "INSERT INTO note (user_id, created, updated) VALUES (1, 1, 1)");
}

/* A snapshot of a day to come does not keep those of the days before it from being made, nor have one made each time.
 */
static void
test_due_with_a_clock_set_back (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) future = NULL;
  g_autoptr (OctavoSnapshot) present = NULL;

  model_test_add_note (&self->model, "One", "text", NULL);
  self->now += 1000 * BACKUP_TEST_DAY;
  future = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  self->now -= 1000 * BACKUP_TEST_DAY;
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now, self->zone)); /* the same notes */
  model_test_add_note (&self->model, "Two", "text", NULL);
  g_assert_true (octavo_snapshots_is_due (self->snapshots, self->now, self->zone));
  present = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now, self->zone));
  g_assert_false (octavo_snapshots_is_due (self->snapshots, self->now + BACKUP_TEST_DAY, self->zone));
}

static void
test_list_and_thin (BackupTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *foreign = g_build_filename (octavo_snapshots_get_folder (self->snapshots),
                                               "notes-2020-01-01T000000Z-00000000-daily.db", NULL);
  g_autofree char *other = g_build_filename (octavo_snapshots_get_folder (self->snapshots),
                                             "notes-old-2020-01-01T000000Z-00000000-daily.db", NULL);
  g_autofree char *mine = g_build_filename (octavo_snapshots_get_folder (self->snapshots), "photo.jpg", NULL);

  model_test_add_note (&self->model, "One", "text", NULL);
  for (guint day = 0; day < 14; day++)
    {
      g_autoptr (OctavoSnapshot) first = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
      g_autoptr (OctavoSnapshot) second = NULL;

      self->now += BACKUP_TEST_DAY / 4;
      second = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
      g_assert_false (g_file_test (first->path, G_FILE_TEST_EXISTS));
      self->now += BACKUP_TEST_DAY - BACKUP_TEST_DAY / 4;
      if (day == 0)
        {
          g_assert_true (g_file_set_contents (foreign, "x", -1, NULL));
          g_assert_true (g_file_set_contents (other, "x", -1, NULL));
          g_assert_true (g_file_set_contents (mine, "x", -1, NULL));
        }
    }
  list = octavo_snapshots_list (self->snapshots);
  /* seven days, the Sunday before them; and one of another machine, which nobody here thins */
  g_assert_cmpuint (list->len, ==, 9);
  for (guint i = 0; i + 1 < list->len; i++)
    {
      g_assert_cmpint (((OctavoSnapshot *) list->pdata[i])->time, >, ((OctavoSnapshot *) list->pdata[i + 1])->time);
      g_assert_cmpint (((OctavoSnapshot *) list->pdata[i])->n_notes, ==, 1);
    }
  g_assert_cmpstr (((OctavoSnapshot *) list->pdata[8])->path, ==, foreign);
  g_assert_cmpint (((OctavoSnapshot *) list->pdata[8])->n_notes, ==, -1);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (mine, G_FILE_TEST_EXISTS));
}

static void
test_two_within_a_second (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) first = backup_test_make (self, OCTAVO_SNAPSHOT_ASKED);
  g_autoptr (OctavoSnapshot) second = backup_test_make (self, OCTAVO_SNAPSHOT_ASKED);

  g_assert_cmpstr (first->path, !=, second->path);
  g_assert_true (g_file_test (first->path, G_FILE_TEST_EXISTS));
}

static void
test_names (void)
{
  static const char *const none[] = { "notes.db",
                                      "notes-2026-11-23T090000Z-0123abcd-daily.db.ABCDEF",
                                      "notes-2026-11-23T090000Z-0123abcd-weekly.db",
                                      "notes-2026-13-23T090000Z-0123abcd-daily.db",
                                      "notes-2026-11-23T09000xZ-0123abcd-daily.db",
                                      "-2026-11-23T090000Z-0123abcd-daily.db",
                                      "notes-daily.db",
                                      "-daily.db",
                                      "daily.db",
                                      ".db",
                                      "" };
  g_autofree char *name = octavo_snapshot_dup_name ("a-b", G_GINT64_CONSTANT (1795424400) * G_USEC_PER_SEC, "0123abcd",
                                                    OCTAVO_SNAPSHOT_BEFORE_RESTORE);
  g_autoptr (OctavoSnapshot) snapshot = octavo_snapshot_new (name);
  g_autoptr (OctavoSnapshot) copy = octavo_snapshot_copy (snapshot);

  g_assert_cmpstr (name, ==, "a-b-2026-11-23T090000Z-0123abcd-restore.db");
  g_assert_cmpint (copy->time, ==, G_GINT64_CONSTANT (1795424400) * G_USEC_PER_SEC);
  g_assert_cmpint (copy->kind, ==, OCTAVO_SNAPSHOT_BEFORE_RESTORE);
  g_assert_cmpstr (copy->place, ==, "0123abcd");
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (octavo_snapshot_new (none[i]));
}

static void
assert_found (BackupTest *self, const char *word, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoSnapshot) found = octavo_snapshots_find (self->snapshots, word, self->zone, &error);

  if (path == NULL)
    g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
  else
    g_assert_no_error (error);
  g_assert_cmpstr (found != NULL ? found->path : NULL, ==, path);
}

static void
test_find (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) old = NULL;
  g_autoptr (OctavoSnapshot) new = NULL;

  assert_found (self, NULL, NULL);
  old = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  self->now += BACKUP_TEST_DAY;
  new = backup_test_make (self, OCTAVO_SNAPSHOT_ASKED);

  assert_found (self, NULL, new->path);
  assert_found (self, "2026-11", new->path);
  assert_found (self, "2026-11-23", old->path);
  assert_found (self, "2026-11-23 09:00", old->path);
  assert_found (self, "2026-11-23T09:00:00", old->path);
  assert_found (self, "2026-11-23T09:00:00Z", old->path);
  assert_found (self, old->path, old->path);
  assert_found (self, self->model.path, self->model.path);
  assert_found (self, "2026-11-25", NULL);
  assert_found (self, "2", NULL);
  assert_found (self, "", NULL);
  assert_found (self, "/nowhere", NULL);
}

static void
test_damaged_snapshot (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_notes;

  model_test_insert_notes (&self->model, 200);
  n_notes = model_test_query_int (self->model.path, "SELECT count(*) FROM note");
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  for (gsize offset = 0; offset < (gsize) made->size; offset += 4096)
    {
      g_autofree char *copy = g_strconcat (made->path, ".copy", NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (made->path, &contents, &length, NULL));
      g_assert_true (g_file_set_contents (copy, contents, (gssize) length, NULL));
      backup_test_damage (copy, offset);
      if (!octavo_snapshot_check (copy, NULL, &error))
        {
          g_assert_cmpuint (error->domain, ==, OCTAVO_ERROR);
          g_assert_nonnull (strstr (error->message, ".copy"));
          g_clear_error (&error);
          g_assert_false (octavo_snapshot_restore (self->snapshots, copy, NULL, NULL, &error));
          g_assert_cmpuint (error->domain, ==, OCTAVO_ERROR);
          g_clear_error (&error);
        }
      else
        g_assert_not_reached ();
      g_unlink (copy);
    }
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note"), ==, n_notes);
  g_assert_cmpuint (backup_test_count_files (self->model.folder), <=, 4); /* the file, its log, backups */
}

static void
test_cut_short (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (GError) error = NULL;

  model_test_insert_notes (&self->model, 50);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  for (gint64 size = made->size - 4096; size >= 0; size -= 4096)
    {
      g_assert_cmpint (truncate (made->path, (off_t) size), ==, 0);
      g_assert_false (octavo_snapshot_check (made->path, NULL, &error));
      g_assert_cmpuint (error->domain, ==, OCTAVO_ERROR);
      g_clear_error (&error);
    }
}

/* Where the file of notes is what is damaged, it is named. */
static void
test_damaged_source (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (GError) error = NULL;
  gint64 root;

  model_test_insert_notes (&self->model, 200);
  octavo_store_close (self->model.store);
  root = model_test_query_int (self->model.path, "SELECT rootpage FROM sqlite_schema WHERE name = 'note'");
  backup_test_damage (self->model.path, (gsize) (root - 1) * 4096);
  made =
      octavo_snapshots_make (self->snapshots, OCTAVO_SNAPSHOT_DAILY, OCTAVO_SNAPSHOT_AT_ONCE, self->now, NULL, &error);
  g_assert_null (made);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, self->model.path));
  g_assert_cmpuint (backup_test_count_files (octavo_snapshots_get_folder (self->snapshots)), ==, 0);
}

static void
test_folders (BackupTest *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->model.folder, "elsewhere", NULL);
  g_autoptr (OctavoSnapshots) snapshots = octavo_snapshots_new (self->model.path, folder);
  g_autoptr (OctavoSnapshot) kept = NULL;
  g_autoptr (OctavoSnapshot) there = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  /* a folder that was chosen is not made: it may be on a disk that is not there */
  g_assert_null (
      octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_DAILY, OCTAVO_SNAPSHOT_AT_ONCE, self->now, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
  g_assert_nonnull (strstr (error->message, "elsewhere"));
  g_clear_error (&error);

  /* what is kept before something is replaced has a place in any case */
  kept = octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_BEFORE_RESTORE, OCTAVO_SNAPSHOT_AT_ONCE, self->now, NULL,
                                &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (kept->path, "/backups/"));

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  there = octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_DAILY, OCTAVO_SNAPSHOT_AT_ONCE, self->now, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (there->path, folder));
  g_assert_cmpuint (backup_test_get_mode (folder), ==, 0755);
  g_assert_cmpuint (backup_test_get_mode (there->path), ==, 0600);

  list = octavo_snapshots_list (snapshots);
  g_assert_cmpuint (list->len, ==, 2);
}

/* A folder that is a file, and a name in the way. */
static void
test_folder_that_cannot_be_made (BackupTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (octavo_snapshots_get_folder (self->snapshots), "x", -1, NULL));
  g_assert_null (
      octavo_snapshots_make (self->snapshots, OCTAVO_SNAPSHOT_DAILY, OCTAVO_SNAPSHOT_AT_ONCE, self->now, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
}

static void
test_cancelled (BackupTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  model_test_insert_notes (&self->model, 2000);
  g_cancellable_cancel (cancellable);
  g_assert_null (octavo_snapshots_make (self->snapshots, OCTAVO_SNAPSHOT_DAILY, OCTAVO_SNAPSHOT_IN_PIECES, self->now,
                                        cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (backup_test_count_files (octavo_snapshots_get_folder (self->snapshots)), ==, 0);
}

static void
test_in_pieces (BackupTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoSnapshot) made = NULL;

  model_test_insert_notes (&self->model, 5000);
  made = octavo_snapshots_make (self->snapshots, OCTAVO_SNAPSHOT_DAILY, OCTAVO_SNAPSHOT_IN_PIECES, self->now, NULL,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpint (made->n_notes, ==, model_test_query_int (self->model.path, "SELECT count(*) FROM note"));
}

/* What a killed process left is taken away; what another one is writing is not. */
static void
test_leftovers (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) first = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  g_autofree char *left = g_strconcat (first->path, ".ABCDEF", NULL);
  g_autofree char *locked = g_strconcat (first->path, ".abcdef", NULL);
  g_autoptr (OctavoSnapshot) second = NULL;
  g_autoptr (GPtrArray) list = NULL;
  int descriptor;

  g_assert_true (g_file_set_contents (left, "half", -1, NULL));
  g_assert_true (g_file_set_contents (locked, "half", -1, NULL));
  descriptor = g_open (locked, O_RDONLY, 0);
  g_assert_cmpint (flock (descriptor, LOCK_EX), ==, 0);

  list = octavo_snapshots_list (self->snapshots);
  g_assert_cmpuint (list->len, ==, 1);
  self->now += BACKUP_TEST_DAY;
  second = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (locked, G_FILE_TEST_EXISTS));
  close (descriptor);
}

static void
run_child (const char *path)
{
  g_autoptr (OctavoSnapshots) snapshots = octavo_snapshots_new (path, NULL);
  g_autoptr (OctavoSnapshot) made =
      octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_ASKED, OCTAVO_SNAPSHOT_AT_ONCE, g_get_real_time (), NULL, NULL);

  _exit (made != NULL ? 0 : 1);
}

/* At whatever moment it is killed: the old ones are there, and what has the name of a snapshot is one. */
static void
test_killed (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) old = NULL;
  g_autoptr (OctavoSnapshot) last = NULL;
  g_autoptr (GError) error = NULL;
  guint n_killed = 0;

  model_test_insert_notes (&self->model, 3000);
  old = backup_test_make (self, OCTAVO_SNAPSHOT_ASKED);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GPtrArray) list = NULL;
      int status;
      pid_t child = fork ();

      if (child == 0)
        run_child (self->model.path);
      g_usleep (i * 2500); /* what is killed is not waited for: any moment will do */
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      n_killed += WIFSIGNALED (status) ? 1 : 0;
      g_assert_true (g_file_test (old->path, G_FILE_TEST_EXISTS) || i > 4); /* the sixth takes its place */
      list = octavo_snapshots_list (self->snapshots);
      g_assert_cmpuint (list->len, >, 0);
      for (guint j = 0; j < list->len; j++)
        {
          octavo_snapshot_check (((OctavoSnapshot *) list->pdata[j])->path, NULL, &error);
          g_assert_no_error (error);
        }
    }
  g_assert_cmpuint (n_killed, >, 0);
  last = backup_test_make (self, OCTAVO_SNAPSHOT_ASKED);
  {
    g_autoptr (GPtrArray) list = octavo_snapshots_list (self->snapshots);

    g_assert_cmpuint (backup_test_count_files (octavo_snapshots_get_folder (self->snapshots)), ==, list->len);
  }
}

#define ADD(name, func)                                                                                                \
  g_test_add ("/snapshots/" name, BackupTest, NULL, backup_test_set_up, func, backup_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("make", test_make);
  ADD ("has-the-whole-schema", test_has_the_whole_schema);
  ADD ("opens-and-indexes-itself", test_opens_and_indexes_itself);
  ADD ("due", test_due);
  ADD ("due-after-each-change", test_due_after_each_change);
  ADD ("due-with-a-clock-set-back", test_due_with_a_clock_set_back);
  ADD ("list-and-thin", test_list_and_thin);
  ADD ("two-within-a-second", test_two_within_a_second);
  g_test_add_func ("/snapshots/names", test_names);
  ADD ("find", test_find);
  ADD ("damaged-snapshot", test_damaged_snapshot);
  ADD ("cut-short", test_cut_short);
  ADD ("damaged-source", test_damaged_source);
  ADD ("folders", test_folders);
  ADD ("folder-that-cannot-be-made", test_folder_that_cannot_be_made);
  ADD ("cancelled", test_cancelled);
  ADD ("in-pieces", test_in_pieces);
  ADD ("leftovers", test_leftovers);
  ADD ("killed", test_killed);
  return g_test_run ();
}
