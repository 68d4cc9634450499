/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define MIB            (1024 * 1024)
#define APPLICATION_ID 0x4f637476

static const OrmMigration migrations[] = {
  { 1, "first", "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT" },
  { 2, "second", "ALTER TABLE item ADD COLUMN size INTEGER NOT NULL DEFAULT 0" },
};

typedef struct
{
  char *folder;
  char *path;
  OrmDatabase *database;
} Fixture;

static OrmDatabase *
make_database (const char *path, OrmOpenFlags flags)
{
  OrmDatabase *database = orm_database_new (path, flags);

  orm_database_set_application_id (database, APPLICATION_ID);
  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  return database;
}

static OrmDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *database = make_database (path, ORM_OPEN_CREATE);

  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  return database;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = orm_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "a #1?%20.db", NULL);
  fixture->database = open_database (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  orm_database_close (fixture->database);
  g_assert_finalize_object (fixture->database);
  g_free (fixture->path);
  orm_test_remove_folder (fixture->folder);
}

/* Opening */

static void
test_open_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "PRAGMA application_id"), ==, APPLICATION_ID);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "PRAGMA user_version"), ==, 2);
  g_assert_cmpstr (orm_database_get_path (fixture->database), ==, fixture->path);
  g_assert_false (orm_database_is_read_only (fixture->database));
}

/* Made where the link leads, and no more open to others for that. */
static void
test_open_new_by_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target.db", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "link.db", NULL);
  OrmDatabase *database;
  GStatBuf info;

  g_assert_cmpint (symlink ("target.db", path), ==, 0);
  database = open_database (path);
  g_assert_cmpint (g_stat (target, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (orm_test_get_int64 (database, "PRAGMA user_version"), ==, 2);
  orm_database_close (database);
  g_assert_finalize_object (database);
}

static void
test_open_again (Fixture *fixture, gconstpointer data)
{
  OrmDatabase *again;

  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('one')");
  orm_database_close (fixture->database);
  again = open_database (fixture->path);
  g_assert_cmpint (orm_test_get_int64 (again, "SELECT count (*) FROM item"), ==, 1);
  g_assert_finalize_object (again);
}

static void
test_open_memory (void)
{
  OrmDatabase *database = open_database (":memory:");

  orm_test_execute (database, "INSERT INTO item (name) VALUES ('one')");
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM item"), ==, 1);
  g_assert_cmpstr (orm_database_get_path (database), ==, ":memory:");
  g_assert_finalize_object (database);
}

/* Rest */

static gboolean
look_at_all (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_get_int64 (connection, "SELECT sum (instr (name, 'x')) FROM item", data, error);
}

static gboolean
is_given_back (gpointer most)
{
  return sqlite3_memory_used () < *(sqlite3_int64 *) most;
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* What a thread has read it gives back when nothing is asked of it any more, and reads once more what is. */
static void
test_pages_are_given_back_at_rest (Fixture *fixture, gconstpointer data)
{
  guint waker = g_timeout_add (50, wake, NULL);
  g_autoptr (GError) error = NULL;
  sqlite3_int64 most;
  gint64 sum = 0;

  orm_test_execute (fixture->database,
                    "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT "
                    "2000) INSERT INTO item (name) SELECT hex (randomblob (1000)) FROM number");
  orm_database_read (fixture->database, look_at_all, &sum, NULL, &error);
  g_assert_no_error (error);

  most = sqlite3_memory_used ();
  g_assert_cmpint (most, >, 3 * MIB);
  most = 2 * MIB;
  orm_test_wait (is_given_back, &most);

  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 2000);
  g_source_remove (waker);
}

/* Writing and reading */

static gboolean
add_and_fail (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!orm_connection_execute (connection, "INSERT INTO item (name) VALUES ('gone')", error))
    return FALSE;
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID, "no");
  return FALSE;
}

static void
test_write_rolls_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_database_write (fixture->database, add_and_fail, NULL, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 0);
}

static gboolean
add_one (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "INSERT INTO item (name) VALUES (?)", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, data, -1);
  return orm_statement_run (statement, error);
}

static void
test_write_async (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  gpointer data;

  orm_database_write_async (fixture->database, add_one, g_strdup ("one"), g_free, NULL, orm_test_keep_result, &first);
  orm_database_write_async (fixture->database, add_one, g_strdup ("one"), g_free, NULL, orm_test_keep_result, &second);
  g_assert_null (first);
  orm_test_wait_result (&first);
  orm_test_wait_result (&second);
  g_assert_true (orm_database_write_finish (fixture->database, first, &data, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (data, ==, "one");
  g_assert_false (orm_database_write_finish (fixture->database, second, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
}

#define ENDLESS "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n"

/* Says when it starts, and never ends by itself. */
static gboolean
run_for_ever (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 value;

  g_atomic_int_set ((int *) data, TRUE);
  return orm_connection_get_int64 (connection, ENDLESS, &value, error);
}

static gboolean
is_set (gpointer data)
{
  return g_atomic_int_get ((int *) data);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_cancel_interrupts (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint source = g_timeout_add (1, tick, NULL);
      int started = FALSE;

      if (i % 2 == 0)
        orm_database_write_async (fixture->database, run_for_ever, &started, NULL, cancellable, orm_test_keep_result,
                                  &result);
      else
        orm_database_read_async (fixture->database, run_for_ever, &started, NULL, cancellable, orm_test_keep_result,
                                 &result);
      orm_test_wait (is_set, &started);
      g_cancellable_cancel (cancellable);
      orm_test_wait_result (&result);
      g_assert_false (orm_database_write_finish (fixture->database, result, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_source_remove (source);
    }
}

static gpointer
cancel_when_set (gpointer data)
{
  gpointer *both = data;

  while (!is_set (both[0]))
    g_thread_yield ();
  g_cancellable_cancel (both[1]);
  return NULL;
}

static void
test_cancel_of_plain_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int started = FALSE;
  gpointer both[] = { &started, cancellable };
  g_autoptr (GThread) thread = g_thread_new ("cancel", cancel_when_set, both);

  g_assert_false (orm_database_read (fixture->database, run_for_ever, &started, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (g_steal_pointer (&thread));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT 1"), ==, 1);
}

static gboolean
add_and_cancel (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!orm_connection_execute (connection, "INSERT INTO item (name) VALUES ('gone')", error))
    return FALSE;
  g_cancellable_cancel (cancellable);
  return TRUE;
}

static void
test_cancelled_is_not_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_database_write (fixture->database, add_and_cancel, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (orm_database_write (fixture->database, add_one, (gpointer) "x", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 0);
}

/* A read that is under way while rows are written sees none of them, and holds nobody up. */

static void
test_read_is_a_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  OrmTestSnapshot snapshot = { .sql = "SELECT count (*) FROM item" };
  guint source = g_timeout_add (1, tick, NULL);

  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('one')");
  orm_database_read_async (fixture->database, orm_test_read_twice, &snapshot, NULL, NULL, orm_test_keep_result,
                           &result);
  orm_test_wait (is_set, &snapshot.has_read);
  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('two')");
  /* On the other reading thread. */
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 2);
  g_atomic_int_set (&snapshot.may_go_on, TRUE);
  orm_test_wait_result (&result);
  g_assert_true (orm_database_read_finish (fixture->database, result, NULL, &error));
  g_assert_cmpint (snapshot.before, ==, 1);
  g_assert_cmpint (snapshot.after, ==, 1);
  g_source_remove (source);
}

/* Many threads */

#define N_THREADS 10
#define N_ROUNDS  100

static gboolean
raise_size (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 size;

  /* Read, then write: the lock is held from the start, so no update is lost. */
  if (!orm_connection_get_int64 (connection, "SELECT size FROM item", &size, error))
    return FALSE;
  return orm_connection_execute (connection, "UPDATE item SET size = size + 1", error);
}

static gboolean
read_size (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_get_int64 (connection, "SELECT size FROM item", data, error);
}

static gpointer
raise_and_read (gpointer data)
{
  gint64 last = 0;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 size = 0;

      g_assert_true (orm_database_write (data, raise_size, NULL, NULL, &error));
      g_assert_true (orm_database_read (data, read_size, &size, NULL, &error));
      g_assert_cmpint (size, >, last);
      last = size;
    }
  return NULL;
}

static void
test_many_threads (Fixture *fixture, gconstpointer data)
{
  OrmDatabase *other = open_database (fixture->path);
  GThread *threads[N_THREADS];

  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('one')");
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("raise", raise_and_read, i % 2 == 0 ? fixture->database : other);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (orm_test_get_int64 (other, "SELECT size FROM item"), ==, N_THREADS * N_ROUNDS);
  g_assert_finalize_object (other);
}

static gpointer
close_at_once (gpointer data)
{
  orm_database_close (data);
  return NULL;
}

static void
test_close_waits (Fixture *fixture, gconstpointer unused)
{
  GAsyncResult *results[50] = { NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    orm_database_write_async (fixture->database, add_one, g_strdup_printf ("%u", i), g_free, NULL, orm_test_keep_result,
                              &results[i]);
  g_thread_join (g_thread_new ("close", close_at_once, fixture->database));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      orm_test_wait_result (&results[i]);
      g_assert_true (orm_database_write_finish (fixture->database, results[i], NULL, &error));
      g_clear_object (&results[i]);
    }
  g_assert_true (orm_database_open (fixture->database, NULL, &error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 50);
}

/* Connections */

static gboolean
count_setup (OrmConnection *connection, gpointer data, GError **error)
{
  g_atomic_int_inc ((int *) data);
  return orm_connection_execute (connection, "PRAGMA busy_timeout = 0", error);
}

static gboolean
fail_setup (OrmConnection *connection, gpointer data, GError **error)
{
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID, "no");
  return FALSE;
}

static void
test_setup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *database = make_database (fixture->path, ORM_OPEN_DEFAULT);
  int count = 0;

  orm_database_set_setup (database, fail_setup, NULL);
  g_assert_false (orm_database_open (database, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&error);
  orm_database_set_setup (database, count_setup, &count);
  g_assert_true (orm_database_open (database, NULL, &error));
  orm_database_close (database);
  /* One writes, two read, one is for pages. */
  g_assert_cmpint (count, ==, 4);
  g_assert_finalize_object (database);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmConnection) other = NULL;
  g_autoptr (GError) error = NULL;
  OrmDatabase *impatient = make_database (fixture->path, ORM_OPEN_DEFAULT);
  int count = 0;

  orm_database_set_setup (impatient, count_setup, &count);
  g_assert_true (orm_database_open (impatient, NULL, &error));
  other = orm_connection_new (fixture->path, ORM_OPEN_DEFAULT, &error);
  g_assert_true (orm_connection_begin (other, &error));
  g_assert_false (orm_database_write (impatient, add_one, (gpointer) "x", NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_BUSY);
  g_clear_error (&error);
  orm_connection_rollback (other);
  g_assert_true (orm_database_write (impatient, add_one, (gpointer) "x", NULL, &error));
  g_assert_finalize_object (impatient);
}

static void
test_page_connection (Fixture *fixture, gconstpointer data)
{
  OrmConnection *page = orm_database_get_page_connection (fixture->database);
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('one')");
  g_assert_true (orm_connection_get_int64 (page, "SELECT count (*) FROM item", &count, &error));
  g_assert_cmpint (count, ==, 1);
  g_assert_false (orm_connection_execute (page, "DELETE FROM item", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
}

static void
test_statements_are_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) statements = orm_test_trace (fixture->database);
  gint64 count;

  orm_database_write (fixture->database, add_one, (gpointer) "secret", NULL, NULL);
  orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item");
  orm_connection_get_int64 (orm_database_get_page_connection (fixture->database), "SELECT 1", &count, NULL);
  g_assert_cmpuint (statements->len, ==, 3);
  g_assert_cmpstr (statements->pdata[0], ==, "INSERT INTO item (name) VALUES (?)");
  g_assert_cmpstr (statements->pdata[1], ==, "SELECT count (*) FROM item");
  g_assert_cmpstr (statements->pdata[2], ==, "SELECT 1");
  g_signal_handlers_disconnect_matched (fixture->database, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, statements);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_database_close (fixture->database);
  orm_database_close (fixture->database);
  g_assert_false (orm_database_write (fixture->database, add_one, (gpointer) "x", NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FAILED);
  g_assert_null (orm_database_get_page_connection (fixture->database));
}

/* Telling */

static void
on_changed (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  g_ptr_array_add (data, orm_changes_ref (changes));
}

static gboolean
has_one (gpointer data)
{
  return ((GPtrArray *) data)->len >= 1;
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_changes_unref);
  const gint64 *keys;
  gsize n_keys;

  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), all);
  orm_test_execute (fixture->database, "INSERT INTO item (id, name) VALUES (1, 'one'), (2, 'two')");
  orm_test_execute (fixture->database, "UPDATE item SET name = 'deux' WHERE id = 2");
  orm_test_wait (has_one, all);
  g_assert_cmpuint (all->len, ==, 1);
  keys = orm_changes_get_keys (all->pdata[0], "item", ORM_CHANGE_INSERT, &n_keys);
  g_assert_cmpuint (n_keys, ==, 2);
  g_assert_cmpint (keys[0], ==, 1);
  g_assert_cmpint (keys[1], ==, 2);
}

static gboolean
add_and_ask (OrmConnection *connection, gpointer level, GCancellable *cancellable, GError **error)
{
  return orm_connection_get_int64 (connection, "PRAGMA synchronous", level, error) &&
         orm_connection_execute (connection, "INSERT INTO item (name) VALUES ('item ' || random ())", error);
}

/* Only its own commit: who writes in between waits for the disk. */
static void
test_write_relaxed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 level = -1;

  orm_database_write_relaxed (fixture->database, add_and_ask, &level, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (level, ==, 1);
  orm_database_write (fixture->database, add_and_ask, &level, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (level, ==, 2);
  g_assert_false (orm_database_write_relaxed (fixture->database, add_and_fail, NULL, NULL, NULL));
  orm_database_write (fixture->database, add_and_ask, &level, NULL, &error);
  g_assert_cmpint (level, ==, 2);
  g_assert_true (orm_database_force (fixture->database, &error));
  g_assert_no_error (error);
}

static void
on_changed_count (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  g_assert_true (g_main_context_is_owner (NULL));
  ++*(guint *) data;
}

static void
test_rollback_tells_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_changes_unref);
  guint n_changed = 0;
  gsize n_keys;

  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed_count), &n_changed);
  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), all);
  orm_database_write (fixture->database, add_and_fail, NULL, NULL, NULL);
  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('kept')");
  orm_test_wait (has_one, all);
  g_assert_cmpuint (n_changed, ==, 1);
  orm_changes_get_keys (all->pdata[0], "item", ORM_CHANGE_INSERT, &n_keys);
  g_assert_cmpuint (n_keys, ==, 1);
}

static void
test_changed_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_changes_unref);
  OrmDatabase *other = open_database (fixture->path);

  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), all);
  orm_test_execute (other, "INSERT INTO item (name) VALUES ('one')");
  orm_test_wait (has_one, all);
  g_assert_true (orm_changes_is_everything (all->pdata[0]));
  g_assert_finalize_object (other);
}

static int
execute_elsewhere (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;
  int result = sqlite3_open (path, &handle);

  if (result == SQLITE_OK)
    result = sqlite3_exec (handle, sql, NULL, NULL, NULL);
  sqlite3_close (handle);
  return result;
}

/* A later version of the program brings the file to its schema while this one has it open. */
static void
test_migrated_by_a_later_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('one')");
  g_assert_cmpint (execute_elsewhere (fixture->path, "PRAGMA user_version = 3"), ==, SQLITE_OK);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (orm_database_execute (fixture->database, "DELETE FROM item", NULL, 0, NULL, &error), ==, -1);
      g_assert_error (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA);
      g_clear_error (&error);
    }
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 1);
  /* The lock is not held meanwhile. */
  g_assert_cmpint (execute_elsewhere (fixture->path, "BEGIN IMMEDIATE; PRAGMA user_version = 2; COMMIT"), ==,
                   SQLITE_OK);
  orm_test_execute (fixture->database, "DELETE FROM item");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function) g_test_add ("/orm/database/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("open/new", test_open_new);
  ADD ("open/new-by-link", test_open_new_by_link);
  ADD ("open/again", test_open_again);
  g_test_add_func ("/orm/database/open/memory", test_open_memory);
  ADD ("pages-are-given-back-at-rest", test_pages_are_given_back_at_rest);
  ADD ("write/rolls-back", test_write_rolls_back);
  ADD ("write/async", test_write_async);
  ADD ("cancel/interrupts", test_cancel_interrupts);
  ADD ("cancel/of-plain-form", test_cancel_of_plain_form);
  ADD ("cancel/is-not-written", test_cancelled_is_not_written);
  ADD ("read-is-a-snapshot", test_read_is_a_snapshot);
  ADD ("many-threads", test_many_threads);
  ADD ("close-waits", test_close_waits);
  ADD ("setup", test_setup);
  ADD ("busy", test_busy);
  ADD ("page-connection", test_page_connection);
  ADD ("statements-are-told", test_statements_are_told);
  ADD ("write-relaxed", test_write_relaxed);
  ADD ("migrated-by-a-later-version", test_migrated_by_a_later_version);
  ADD ("closed", test_closed);
  ADD ("changed/not-by-rollback", test_rollback_tells_nothing);
  ADD ("changed", test_changed);
  ADD ("changed/elsewhere", test_changed_elsewhere);

  return g_test_run ();
}
