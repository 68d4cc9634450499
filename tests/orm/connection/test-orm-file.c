/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define APPLICATION_ID 0x4f637476

static const OrmMigration migrations[] = {
  { 1, "first", "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT" },
};

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = orm_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  orm_test_remove_folder (fixture->folder);
}

static OrmDatabase *
make_database (const char *path, OrmOpenFlags flags)
{
  OrmDatabase *database = orm_database_new (path, flags);

  orm_database_set_application_id (database, APPLICATION_ID);
  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  return database;
}

static void
assert_refused (const char *path, OrmOpenFlags flags, OrmError code)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *database = make_database (path, flags);

  g_assert_false (orm_database_open (database, NULL, &error));
  g_assert_error (error, ORM_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_finalize_object (database);
}

typedef struct
{
  char *bytes;
  gsize length;
  GStatBuf info;
} Look;

static Look
look_at (const char *path)
{
  Look look;

  g_assert_true (g_file_get_contents (path, &look.bytes, &look.length, NULL));
  g_assert_cmpint (g_stat (path, &look.info), ==, 0);
  return look;
}

static void
assert_no_companion (const char *path, const char *ending)
{
  g_autofree char *companion = g_strconcat (path, ending, NULL);

  g_assert_false (g_file_test (companion, G_FILE_TEST_EXISTS));
}

/* Refused, and neither the file nor its folder is any different. */
static void
assert_refused_untouched (Fixture *fixture, OrmOpenFlags flags, OrmError code)
{
  Look before = look_at (fixture->path);
  Look after;

  assert_refused (fixture->path, flags, code);
  after = look_at (fixture->path);
  g_assert_cmpmem (before.bytes, before.length, after.bytes, after.length);
  g_assert_cmpint (before.info.st_mtim.tv_sec, ==, after.info.st_mtim.tv_sec);
  g_assert_cmpint (before.info.st_mtim.tv_nsec, ==, after.info.st_mtim.tv_nsec);
  assert_no_companion (fixture->path, "-wal");
  assert_no_companion (fixture->path, "-shm");
  g_free (before.bytes);
  g_free (after.bytes);
}

static void
make_ours (const char *path)
{
  OrmDatabase *database = make_database (path, ORM_OPEN_CREATE);
  g_autoptr (GError) error = NULL;

  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  orm_test_execute (database, "INSERT INTO item WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < 1000) SELECT i, printf ('%0100d', i) FROM n");
  orm_database_close (database);
  g_assert_finalize_object (database);
}

static void
test_text_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');

  g_assert_true (g_file_set_contents (fixture->path, "hello", -1, NULL));
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_NOT_A_DATABASE);
  assert_refused_untouched (fixture, ORM_OPEN_READ_ONLY, ORM_ERROR_NOT_A_DATABASE);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_NOT_A_DATABASE);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  make_ours (fixture->path);
  orm_test_make_file (fixture->path, "PRAGMA user_version = 2");
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_NEWER_SCHEMA);
  assert_refused_untouched (fixture, ORM_OPEN_READ_ONLY, ORM_ERROR_NEWER_SCHEMA);
}

static void
test_of_another_program (Fixture *fixture, gconstpointer data)
{
  orm_test_make_file (fixture->path, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_NOT_A_DATABASE);
  orm_test_make_file (fixture->path, "PRAGMA user_version = 1");
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_NOT_A_DATABASE);
  orm_test_make_file (fixture->path, "PRAGMA application_id = 77");
  assert_refused_untouched (fixture, ORM_OPEN_DEFAULT, ORM_ERROR_NOT_A_DATABASE);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  make_ours (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length / 2, NULL));
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_CORRUPT);
}

static void
test_garbled_schema (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  make_ours (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  memset (bytes + 100, 0x55, 3000);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  assert_refused_untouched (fixture, ORM_OPEN_CREATE, ORM_ERROR_CORRUPT);
}

/* Damage in the middle is found where it is read, and is an error like any other. */
static gboolean
count_names (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_get_int64 (connection, "SELECT count (*) FROM item WHERE name LIKE '%9%'", data, error);
}

static void
test_garbled_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  OrmDatabase *database;
  gsize length;
  gint64 count = 0;

  make_ours (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  memset (bytes + 4096 * 5, 0x55, 4096 * 5);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  database = make_database (fixture->path, ORM_OPEN_DEFAULT);
  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_false (orm_database_read (database, count_names, &count, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CORRUPT);
  g_assert_finalize_object (database);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_build_filename (fixture->folder, "no", "such", "folder.db", NULL);

  assert_refused (fixture->path, ORM_OPEN_DEFAULT, ORM_ERROR_CANT_OPEN);
  assert_refused (fixture->path, ORM_OPEN_READ_ONLY, ORM_ERROR_CANT_OPEN);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  assert_refused (deep, ORM_OPEN_CREATE, ORM_ERROR_CANT_OPEN);
  assert_refused (fixture->folder, ORM_OPEN_CREATE, ORM_ERROR_CANT_OPEN);
}

static void
test_empty_file_is_new (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  make_ours (fixture->path);
}

static void
test_without_rights (void)
{
  Fixture fixture;

  if (orm_test_run_without_rights ())
    return;

  set_up (&fixture, NULL);
  make_ours (fixture.path);
  g_assert_cmpint (g_chmod (fixture.path, 0000), ==, 0);
  assert_refused (fixture.path, ORM_OPEN_DEFAULT, ORM_ERROR_CANT_OPEN);
  assert_refused (fixture.path, ORM_OPEN_READ_ONLY, ORM_ERROR_CANT_OPEN);
  g_assert_cmpint (g_chmod (fixture.path, 0400), ==, 0);
  assert_refused_untouched (&fixture, ORM_OPEN_DEFAULT, ORM_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (fixture.path, 0600), ==, 0);
  g_assert_cmpint (g_chmod (fixture.folder, 0500), ==, 0);
  assert_refused_untouched (&fixture, ORM_OPEN_DEFAULT, ORM_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (fixture.folder, 0700), ==, 0);
  g_assert_cmpint (g_remove (fixture.path), ==, 0);
  g_assert_cmpint (g_chmod (fixture.folder, 0500), ==, 0);
  assert_refused (fixture.path, ORM_OPEN_CREATE, ORM_ERROR_CANT_OPEN);
  tear_down (&fixture, NULL);
}

static void
test_read_only_folder (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  OrmDatabase *database;

  if (orm_test_run_without_rights ())
    return;

  set_up (&fixture, NULL);
  make_ours (fixture.path);
  g_assert_cmpint (g_chmod (fixture.path, 0400), ==, 0);
  g_assert_cmpint (g_chmod (fixture.folder, 0500), ==, 0);
  database = make_database (fixture.path, ORM_OPEN_READ_ONLY);
  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (orm_database_is_read_only (database));
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM item"), ==, 1000);
  g_assert_false (orm_database_write (database, count_names, NULL, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
  orm_database_poll (database);
  g_assert_finalize_object (database);
  tear_down (&fixture, NULL);
}

static void
write_format (const char *path, guint8 format)
{
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, 18, SEEK_SET), ==, 0);
  fputc (format, file);
  fclose (file);
}

/* SQLite would open it, and refuse whatever is to be saved. */
static void
test_unknown_format (Fixture *fixture, gconstpointer data)
{
  static const char *const modes[] = { "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = WAL" };

  make_ours (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      OrmDatabase *database = make_database (fixture->path, ORM_OPEN_DEFAULT);
      g_autoptr (OrmConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      connection = orm_connection_new (fixture->path, ORM_OPEN_DEFAULT, NULL);
      g_assert_true (orm_connection_execute (connection, modes[i], NULL));
      g_clear_pointer (&connection, orm_connection_free);
      write_format (fixture->path, 3);
      g_assert_false (orm_database_open (database, NULL, &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_UNKNOWN_FORMAT);
      g_assert_finalize_object (database);
      database = make_database (fixture->path, ORM_OPEN_READ_ONLY);
      g_assert_true (orm_database_open (database, NULL, NULL));
      g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM item"), ==, 1000);
      g_assert_finalize_object (database);
      write_format (fixture->path, (guint8) (i + 1));
    }
}

static void
test_read_only_beside_writer (Fixture *fixture, gconstpointer data)
{
  OrmDatabase *writer, *reader;
  g_autoptr (GError) error = NULL;

  make_ours (fixture->path);
  writer = make_database (fixture->path, ORM_OPEN_DEFAULT);
  reader = make_database (fixture->path, ORM_OPEN_READ_ONLY);
  g_assert_true (orm_database_open (writer, NULL, &error));
  orm_test_execute (writer, "DELETE FROM item WHERE id > 10");
  g_assert_true (orm_database_open (reader, NULL, &error));
  g_assert_cmpint (orm_test_get_int64 (reader, "SELECT count (*) FROM item"), ==, 10);
  orm_test_execute (writer, "DELETE FROM item WHERE id > 5");
  g_assert_cmpint (orm_test_get_int64 (reader, "SELECT count (*) FROM item"), ==, 5);
  g_assert_finalize_object (reader);
  g_assert_finalize_object (writer);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The names in the folder, and what stands in each file. */
static char *
look_around (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      Look look = look_at (path);
      g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) look.bytes, look.length);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s %ld.%09ld\n", name, sum, (long) look.info.st_mtim.tv_sec,
                                               look.info.st_mtim.tv_nsec));
      g_free (look.bytes);
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (NULL, (char **) lines->pdata);
}

static void
assert_reads (Fixture *fixture, OrmOpenFlags flags, gint64 n_items)
{
  g_autofree char *before = look_around (fixture->folder);
  g_autofree char *meanwhile = NULL;
  g_autofree char *after = NULL;
  OrmDatabase *database = make_database (fixture->path, flags);
  OrmSession *session = orm_session_new (database);
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (orm_database_is_read_only (database));
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM item"), ==, n_items);
  meanwhile = look_around (fixture->folder);
  g_assert_cmpstr (before, ==, meanwhile);
  g_assert_null (orm_session_begin (session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
  g_assert_finalize_object (session);
  g_assert_finalize_object (database);
  after = look_around (fixture->folder);
  g_assert_cmpstr (before, ==, after);
}

/* In a folder that could be written. */
static void
test_read_only_leaves_no_trace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link.db", NULL);

  make_ours (fixture->path);
  assert_reads (fixture, ORM_OPEN_READ_ONLY, 1000);
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&link);
  assert_reads (fixture, ORM_OPEN_READ_ONLY, 1000);
}

/* A file and its log, as a program leaves them that was killed, or as they are copied from under a program that runs.
 */
static void
make_left (Fixture *fixture)
{
  g_autofree char *original = g_build_filename (fixture->folder, "original.db", NULL);
  g_autoptr (GError) error = NULL;
  OrmDatabase *writer;

  make_ours (original);
  writer = make_database (original, ORM_OPEN_DEFAULT);
  g_assert_true (orm_database_open (writer, NULL, &error));
  orm_test_execute (writer, "DELETE FROM item WHERE id > 10");
  for (guint i = 0; i < 2; i++)
    {
      const char *ending = i == 0 ? "" : "-wal";
      g_autofree char *from = g_strconcat (original, ending, NULL);
      g_autofree char *to = g_strconcat (fixture->path, ending, NULL);
      Look look = look_at (from);

      g_assert_true (g_file_set_contents (to, look.bytes, (gssize) look.length, NULL));
      g_free (look.bytes);
    }
  g_assert_finalize_object (writer);
}

static void
test_read_only_with_log (Fixture *fixture, gconstpointer data)
{
  make_left (fixture);
  assert_reads (fixture, ORM_OPEN_READ_ONLY, 10);
}

static void
test_may_read_only (void)
{
  Fixture fixture;
  OrmDatabase *database;
  g_autofree char *log = NULL;
  g_autoptr (GError) error = NULL;

  if (orm_test_run_without_rights ())
    return;

  set_up (&fixture, NULL);
  make_left (&fixture);
  log = g_strconcat (fixture.path, "-wal", NULL);
  g_assert_cmpint (g_chmod (fixture.path, 0400), ==, 0);
  assert_reads (&fixture, ORM_OPEN_CREATE | ORM_OPEN_MAY_READ_ONLY, 10);
  g_assert_cmpint (g_chmod (fixture.path, 0600), ==, 0);
  g_assert_cmpint (g_chmod (fixture.folder, 0500), ==, 0);
  assert_reads (&fixture, ORM_OPEN_CREATE | ORM_OPEN_MAY_READ_ONLY, 10);
  g_assert_cmpint (g_chmod (fixture.folder, 0700), ==, 0);

  /* What can be written is. */
  database = make_database (fixture.path, ORM_OPEN_MAY_READ_ONLY);
  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_false (orm_database_is_read_only (database));
  orm_test_execute (database, "DELETE FROM item WHERE id > 5");
  g_assert_finalize_object (database);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_chmod (fixture.path, 0400), ==, 0);
  assert_reads (&fixture, ORM_OPEN_MAY_READ_ONLY, 5);
  tear_down (&fixture, NULL);
}

static void
on_everything (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  g_assert_true (orm_changes_is_everything (changes));
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Read as it stood, until another program writes to it. */
static void
test_read_only_is_outdated (Fixture *fixture, gconstpointer data)
{
  OrmDatabase *reader, *writer;
  OrmConnection *page;
  gboolean was_told = FALSE;
  gint64 n = 0;
  g_autoptr (GError) error = NULL;

  make_ours (fixture->path);
  reader = make_database (fixture->path, ORM_OPEN_READ_ONLY);
  writer = make_database (fixture->path, ORM_OPEN_DEFAULT);
  g_signal_connect (reader, "changed", G_CALLBACK (on_everything), &was_told);
  g_assert_true (orm_database_open (reader, NULL, &error));
  g_assert_cmpint (orm_test_get_int64 (reader, "SELECT count (*) FROM item"), ==, 1000);
  page = orm_database_get_page_connection (reader);
  g_assert_true (orm_connection_get_int64 (page, "SELECT count (*) FROM item", &n, &error));
  g_assert_true (orm_database_open (writer, NULL, &error));
  orm_test_execute (writer, "DELETE FROM item WHERE id > 10");
  g_assert_cmpint (orm_test_get_int64 (reader, "SELECT count (*) FROM item"), ==, 10);
  page = orm_database_get_page_connection (reader);
  g_assert_true (orm_connection_get_int64 (page, "SELECT count (*) FROM item", &n, &error));
  g_assert_cmpint (n, ==, 10);
  orm_test_wait (is_true, &was_told);

  /* Into the file, and alone again. */
  g_assert_finalize_object (writer);
  g_assert_cmpint (orm_test_get_int64 (reader, "SELECT count (*) FROM item"), ==, 10);
  g_assert_finalize_object (reader);
}

static void
test_older_read_only (Fixture *fixture, gconstpointer data)
{
  orm_test_make_file (fixture->path, "PRAGMA application_id = 0x4f637476; CREATE TABLE x (id INTEGER)");
  assert_refused_untouched (fixture, ORM_OPEN_READ_ONLY, ORM_ERROR_MISMATCH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/orm/file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("text-file", test_text_file);
  ADD ("newer", test_newer);
  ADD ("of-another-program", test_of_another_program);
  ADD ("truncated", test_truncated);
  ADD ("garbled-schema", test_garbled_schema);
  ADD ("garbled-rows", test_garbled_rows);
  ADD ("missing", test_missing);
  ADD ("empty-is-new", test_empty_file_is_new);
  g_test_add_func ("/orm/file/without-rights", test_without_rights);
  g_test_add_func ("/orm/file/read-only-folder", test_read_only_folder);
  ADD ("unknown-format", test_unknown_format);
  ADD ("read-only-beside-writer", test_read_only_beside_writer);
  ADD ("older-read-only", test_older_read_only);
  ADD ("read-only/leaves-no-trace", test_read_only_leaves_no_trace);
  ADD ("read-only/with-log", test_read_only_with_log);
  ADD ("read-only/is-outdated", test_read_only_is_outdated);
  g_test_add_func ("/orm/file/may-read-only", test_may_read_only);

  return g_test_run ();
}
