/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-test.h"

#include "octavo-error.h"
#include "octavo-repair.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE 4096

typedef struct
{
  char *bytes;
  gsize size;
} Contents;

static void
contents_clear (Contents *self)
{
  g_free (self->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, contents_clear)

static void
read_file (const char *path, Contents *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents->bytes, &contents->size, &error);
  g_assert_no_error (error);
}

/* Where the text is for the first time from there on. */
static gsize
find_text (const Contents *contents, const char *text, gsize from)
{
  const char *found = memmem (contents->bytes + from, contents->size - from, text, strlen (text));

  g_assert_nonnull (found);
  return (gsize) (found - contents->bytes);
}

static void
write_file (const char *path, const Contents *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents->bytes, (gssize) contents->size, &error);
  g_assert_no_error (error);
}

/* Makes the page zeros that has the text. */
static void
zero_page (const char *path, const char *text)
{
  g_auto (Contents) contents = { 0 };

  read_file (path, &contents);
  memset (contents.bytes + find_text (&contents, text, 0) / PAGE * PAGE, 0, PAGE);
  write_file (path, &contents);
}

static OctavoRepairReport *
repair (BackupTest *self)
{
  g_autoptr (GError) error = NULL;
  OctavoRepairReport *report = octavo_repair_run (self->snapshots, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

static const OctavoRepairNote *
find_note (const OctavoRepairReport *report, gint64 id)
{
  for (guint i = 0; i < report->notes->len; i++)
    if (((OctavoRepairNote *) report->notes->pdata[i])->id == id)
      return report->notes->pdata[i];
  return NULL;
}

static char *
fill (char letter, gsize n)
{
  char *text = g_malloc (n + 1);

  memset (text, letter, n);
  text[n] = '\0';
  return text;
}

static void
test_sound (BackupTest *self, gconstpointer data)
{
  g_auto (Contents) before = { 0 };
  g_auto (Contents) after = { 0 };
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autofree char *text = NULL;

  model_test_add_note (&self->model, "One", "text", "a");
  octavo_store_close (self->model.store);
  read_file (self->model.path, &before);
  report = repair (self);
  read_file (self->model.path, &after);

  g_assert_true (report->is_sound);
  g_assert_cmpmem (before.bytes, before.size, after.bytes, after.size);
  text = octavo_repair_report_dup_text (report);
  g_assert_nonnull (strstr (text, "sound"));
}

/* What was on the page is known by its title from the indexes, and by nothing else. */
static void
test_lost_without_backup (BackupTest *self, gconstpointer data)
{
  g_autofree char *big = fill ('x', 3000);
  g_autofree char *text = NULL;
  g_auto (Contents) damaged = { 0 };
  g_auto (Contents) kept = { 0 };
  g_auto (Contents) written = { 0 };
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autofree char *verdict = NULL;
  gint64 ids[4];
  struct stat status;

  ids[0] = model_test_add_note (&self->model, "Alpha", big, "a,b");
  ids[1] = model_test_add_note (&self->model, "Beta", big, "b");
  memset (big, 'y', 3000);
  ids[2] = model_test_add_note (&self->model, "Gamma", big, "c");
  ids[3] = model_test_add_note (&self->model, "Delta", big, NULL);
  octavo_store_close (self->model.store);
  zero_page (self->model.path, "yyyyyyyyyyyy");
  read_file (self->model.path, &damaged);

  report = repair (self);
  g_assert_false (report->is_sound);
  g_assert_null (report->backup);
  read_file (report->kept, &kept);
  g_assert_cmpmem (damaged.bytes, damaged.size, kept.bytes, kept.size);
  g_assert_cmpint (report->n_whole + report->notes->len, ==, 4);
  g_assert_cmpuint (report->notes->len, ==, octavo_repair_report_count (report, OCTAVO_REPAIR_LOST));
  g_assert_cmpuint (report->notes->len, >, 0);
  g_assert_cmpint (report->n_unknown, ==, 0);
  g_assert_null (find_note (report, ids[0]));
  text = octavo_repair_report_dup_text (report);
  g_assert_nonnull (strstr (text, ((OctavoRepairNote *) report->notes->pdata[0])->title));
  read_file (report->file, &written);
  g_assert_cmpstr (written.bytes, ==, text);

  verdict = model_test_query_text (self->model.path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, report->n_whole);
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count (*) FROM note_tag WHERE note_id = (SELECT min (id) FROM note)"),
                   ==, 2);
  g_assert_cmpint (stat (self->model.path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (status.st_nlink, ==, 1);
  /* and no id comes twice */
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT seq FROM sqlite_sequence WHERE name = 'note'"), ==,
                   ids[3]);
  g_assert_true (octavo_store_open (self->model.store, NULL, NULL));
  g_assert_cmpint (model_test_add_note (&self->model, "New", "text", NULL), >, ids[3]);
}

static void
test_taken_from_backup (BackupTest *self, gconstpointer data)
{
  g_autofree char *big = fill ('x', 3000);
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autofree char *body = NULL;
  g_autofree char *tags = NULL;
  gint64 old, gone;

  old = model_test_add_note (&self->model, "Old", big, "a,b");
  gone = model_test_add_note (&self->model, "Gone", "deleted after the backup", NULL);
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  model_test_execute (self->model.path, "DELETE FROM note WHERE title = 'Gone'");
  octavo_store_close (self->model.store);
  zero_page (self->model.path, "xxxxxxxxxxxx");

  report = repair (self);
  g_assert_cmpstr (report->backup, ==, made->path);
  g_assert_cmpint (find_note (report, old)->fate, ==, OCTAVO_REPAIR_FROM_BACKUP);
  g_assert_null (find_note (report, gone));
  body = model_test_query_text (self->model.path, "SELECT body FROM note WHERE title = 'Old'");
  g_assert_cmpstr (body, ==, big);
  tags = model_test_query_text (self->model.path,
                                "SELECT group_concat (name) FROM (SELECT name FROM tag JOIN note_tag ON tag_id = id "
                                "ORDER BY name)");
  g_assert_cmpstr (tags, ==, "a,b");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 1);
}

/* Of a note that was changed after the backup there is what could be read, and beside it what the backup has. */
static void
test_cut_text (BackupTest *self, gconstpointer data)
{
  g_autofree char *first = fill ('x', 20000);
  g_autofree char *text = g_strconcat (first, "needle", first, NULL);
  g_autofree char *body = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoRepairReport) report = NULL;
  gint64 id = model_test_add_note (&self->model, "Long", "as it was", "a");

  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  sql = g_strdup_printf ("UPDATE note SET body = '%s', updated = updated + 1", text);
  model_test_execute (self->model.path, sql);
  octavo_store_close (self->model.store);
  zero_page (self->model.path, "needle");

  report = repair (self);
  g_assert_cmpuint (report->notes->len, ==, 1);
  g_assert_cmpint (find_note (report, id)->fate, ==, OCTAVO_REPAIR_CUT);
  body = model_test_query_text (self->model.path, "SELECT body FROM note ORDER BY id LIMIT 1");
  g_assert_true (g_str_has_prefix (text, body));
  g_assert_cmpuint (strlen (body), >, 12000);
  g_assert_cmpuint (strlen (body), <=, 20000);
  beside = model_test_query_text (self->model.path, "SELECT body FROM note ORDER BY id DESC LIMIT 1");
  g_assert_cmpstr (beside, ==, "as it was");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT max (id) FROM note"), ==,
                   find_note (report, id)->beside_id);
}

/* The table and its index, both whole, say different things of one note. */
static void
test_tags_in_doubt (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoRepairReport) report = NULL;

  model_test_add_note (&self->model, "One", "text", "a");
  model_test_add_note (&self->model, "Two", "text", "b");
  octavo_store_close (self->model.store);
  model_test_execute (self->model.path,
                      "CREATE TABLE aside AS SELECT * FROM sqlite_schema WHERE name = 'note_tag_by_tag';"
                      "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'note_tag_by_tag'");
  model_test_execute (self->model.path, "INSERT INTO note_tag (note_id, tag_id) SELECT note.id, tag.id FROM note, tag "
                                        "WHERE title = 'Two' AND name = 'a'");
  model_test_execute (self->model.path,
                      "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM aside; DROP TABLE aside");

  report = repair (self);
  g_assert_false (report->is_sound);
  g_assert_cmpint (report->n_whole, ==, 2);
  g_assert_cmpuint (report->remarks->len, ==, 1);
  g_assert_cmpstr (report->remarks->pdata[0], ==, "Some notes may have tags that are not theirs.");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note_tag"), ==, 3);
}

static void
test_destroyed_head (BackupTest *self, gconstpointer data)
{
  g_auto (Contents) contents = { 0 };
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_notes (&self->model, 40);
  octavo_store_close (self->model.store);
  read_file (self->model.path, &contents);
  memset (contents.bytes, 0, PAGE);
  write_file (self->model.path, &contents);

  g_assert_false (octavo_store_open (self->model.store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  report = repair (self);
  g_assert_cmpint (report->n_whole, ==, 40);
  g_assert_cmpuint (report->notes->len, ==, 0);
  g_assert_true (octavo_store_open (self->model.store, NULL, NULL));
}

static void
test_damaged_log (BackupTest *self, gconstpointer data)
{
  g_autofree char *log = g_strconcat (self->model.path, "-wal", NULL);
  g_autofree char *kept_log = NULL;
  g_autofree char *bodies = NULL;
  g_auto (Contents) file = { 0 };
  g_auto (Contents) frames = { 0 };
  g_auto (Contents) kept = { 0 };
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_note (&self->model, "One", "1", NULL);
  model_test_add_note (&self->model, "Two", "2", NULL);
  model_test_execute (self->model.path, "UPDATE note SET body = body || ' later'");
  read_file (self->model.path, &file);
  read_file (log, &frames);
  octavo_store_close (self->model.store);
  write_file (self->model.path, &file);
  frames.bytes[40] ^= 1;
  write_file (log, &frames);

  g_assert_false (octavo_store_open (self->model.store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  report = repair (self);
  kept_log = g_strconcat (report->kept, "-wal", NULL);
  read_file (kept_log, &kept);
  g_assert_cmpmem (frames.bytes, frames.size, kept.bytes, kept.size);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  bodies = model_test_query_text (self->model.path, "SELECT group_concat (body) FROM note");
  g_assert_cmpstr (bodies, ==, "1 later,2 later");
}

static void
test_emptied (BackupTest *self, gconstpointer data)
{
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const Contents nothing = { (char *) "", 0 };

  model_test_add_note (&self->model, "One", "text", "a");
  made = backup_test_make (self, OCTAVO_SNAPSHOT_DAILY);
  octavo_store_close (self->model.store);
  write_file (self->model.path, &nothing);

  g_assert_false (octavo_store_open (self->model.store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  report = repair (self);
  g_assert_cmpuint (octavo_repair_report_count (report, OCTAVO_REPAIR_FROM_BACKUP), ==, 1);
  g_assert_cmpint (report->n_unknown, ==, -1);
}

static void
open_is_refused (BackupTest *self, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (octavo_store_open (self->model.store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, word));
}

/* SQLite reads it, and does not write to it: it takes the number in the head for that of a format to come. */
static void
test_unknown_format (BackupTest *self, gconstpointer data)
{
  g_auto (Contents) file = { 0 };
  g_auto (Contents) kept = { 0 };
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autoptr (OctavoRepairReport) second = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_notes (&self->model, 3);
  octavo_store_close (self->model.store);
  read_file (self->model.path, &file);
  file.bytes[18] = 3;
  write_file (self->model.path, &file);
  open_is_refused (self, "is damaged. ");
  report = repair (self);
  g_assert_false (report->is_sound);
  g_assert_cmpuint (report->n_whole, ==, 3);
  read_file (report->kept, &kept);
  g_assert_cmpmem (file.bytes, file.size, kept.bytes, kept.size);
  g_assert_true (octavo_store_open (self->model.store, NULL, &error));
  g_assert_no_error (error);
  model_test_add_note (&self->model, "Four", "text", NULL);
  octavo_store_close (self->model.store);

  /* Whether it is one, nobody knows where a later SQLite has written it. */
  for (guint i = 18; i <= 19; i++)
    {
      file.bytes[18] = file.bytes[19] = 2;
      file.bytes[i] = 3;
      file.bytes[97] = 0x7f;
      write_file (self->model.path, &file);
      open_is_refused (self, "does not know, or is damaged. ");
    }
  second = repair (self);
  g_assert_cmpuint (second->n_whole, ==, 3);
}

static void
refuse (BackupTest *self, OctavoError code)
{
  g_auto (Contents) before = { 0 };
  g_auto (Contents) after = { 0 };
  g_autoptr (GError) error = NULL;

  read_file (self->model.path, &before);
  g_assert_null (octavo_repair_run (self->snapshots, NULL, NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, (int) code);
  read_file (self->model.path, &after);
  g_assert_cmpmem (before.bytes, before.size, after.bytes, after.size);
}

static void
test_refused (BackupTest *self, gconstpointer data)
{
  const Contents text = { (char *) "These are no notes, and were never.", 35 };

  model_test_add_notes (&self->model, 3);
  octavo_store_close (self->model.store);
  zero_page (self->model.path, "note 1");
  model_test_execute (self->model.path, "PRAGMA user_version = 999");
  refuse (self, OCTAVO_ERROR_NEWER_VERSION);
  write_file (self->model.path, &text);
  refuse (self, OCTAVO_ERROR_NOT_A_DATABASE);
  write_file (self->model.path, &(Contents){ (char *) "", 0 });
  refuse (self, OCTAVO_ERROR_NOT_A_DATABASE);
}

static void
test_busy (BackupTest *self, gconstpointer data)
{
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_notes (&self->model, 3);
  model_test_execute (self->model.path, "PRAGMA wal_checkpoint (TRUNCATE)");
  /* by another process: to close a file lets go of all locks that a process has on it */
  command = g_strdup_printf ("dd if=/dev/zero of=%s bs=4096 count=1 seek=%d conv=notrunc status=none", self->model.path,
                             (int) model_test_query_int (self->model.path, "SELECT rootpage - 1 FROM sqlite_schema "
                                                                           "WHERE name = 'note'"));
  g_spawn_command_line_sync (command, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (octavo_repair_run (self->snapshots, NULL, NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_BUSY);
}

/* Somebody pulled the plug when the log had its new name and the file was still to get it. */
static void
test_half_done (BackupTest *self, gconstpointer data)
{
  g_autofree char *log = g_strconcat (self->model.path, "-wal", NULL);
  g_autofree char *kept = g_strconcat (self->model.path, ".damaged-2026-11-23T120000Z", NULL);
  g_autofree char *kept_log = g_strconcat (kept, "-wal", NULL);
  g_auto (Contents) file = { 0 };
  g_auto (Contents) frames = { 0 };

  model_test_add_note (&self->model, "One", "in the log only", NULL);
  read_file (self->model.path, &file);
  read_file (log, &frames);
  octavo_store_close (self->model.store);
  write_file (self->model.path, &file);
  write_file (kept_log, &frames);
  g_assert_cmpint (link (self->model.path, kept), ==, 0);

  g_assert_true (octavo_store_open (self->model.store, NULL, NULL));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 1);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (kept_log, G_FILE_TEST_EXISTS));
}

/* A person who stops it finds everything as it was. */
static void
test_cancelled (BackupTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_files;

  model_test_add_notes (&self->model, 3);
  octavo_store_close (self->model.store);
  zero_page (self->model.path, "note 1");
  n_files = backup_test_count_files (self->model.folder);
  g_cancellable_cancel (cancellable);
  g_assert_null (octavo_repair_run (self->snapshots, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (backup_test_count_files (self->model.folder), ==, n_files);
}

static void
on_progress (double fraction, gpointer data)
{
  *(double *) data = fraction;
}

static void
test_async (BackupTest *self, gconstpointer data)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;
  double fraction = -1;

  model_test_add_notes (&self->model, 3);
  octavo_store_close (self->model.store);
  zero_page (self->model.path, "note 1");
  octavo_repair_run_async (self->snapshots, on_progress, &fraction, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  report = octavo_repair_run_finish (result, &error);
  g_assert_no_error (error);
  g_assert_false (report->is_sound);
  g_assert_cmpfloat (fraction, <=, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (BackupTest *, gconstpointer);
  } tests[] = {
    { "sound", test_sound },
    { "lost-without-backup", test_lost_without_backup },
    { "taken-from-backup", test_taken_from_backup },
    { "cut-text", test_cut_text },
    { "tags-in-doubt", test_tags_in_doubt },
    { "destroyed-head", test_destroyed_head },
    { "damaged-log", test_damaged_log },
    { "emptied", test_emptied },
    { "unknown-format", test_unknown_format },
    { "refused", test_refused },
    { "busy", test_busy },
    { "half-done", test_half_done },
    { "cancelled", test_cancelled },
    { "async", test_async },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/repair/%s", tests[i].name);

      g_test_add (path, BackupTest, NULL, backup_test_set_up, tests[i].test, backup_test_tear_down);
    }
  return model_test_run_isolated ();
}
