/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

#include <glib/gstdio.h>

/* The file goes while it is open, or another one takes its place. */

typedef struct
{
  char *folder;
  char *path;
  char *other;
  OrmDatabase *database;
  gboolean is_told;
} Fixture;

static void
on_displaced (Fixture *fixture)
{
  fixture->is_told = TRUE;
}

/* Both threads that read have the file open. */
static gboolean
read_beside (OrmConnection *connection, gpointer n_reading, GCancellable *cancellable, GError **error)
{
  g_atomic_int_inc ((int *) n_reading);
  while (g_atomic_int_get ((int *) n_reading) < 2)
    g_usleep (100);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[2] = { NULL };
  g_autoptr (GError) error = NULL;
  int n_reading = 0;

  fixture->folder = orm_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "file.db", NULL);
  fixture->other = g_build_filename (fixture->folder, "other.db", NULL);
  fixture->database = orm_database_new (fixture->path, ORM_OPEN_CREATE);
  g_signal_connect_swapped (fixture->database, "displaced", G_CALLBACK (on_displaced), fixture);
  g_assert_true (orm_database_open (fixture->database, NULL, &error));
  g_assert_no_error (error);
  orm_test_execute (fixture->database, "CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1), (2)");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    orm_database_read_async (fixture->database, read_beside, &n_reading, NULL, NULL, orm_test_keep_result, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      orm_test_wait_result (&results[i]);
      g_object_unref (results[i]);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  orm_database_close (fixture->database);
  g_assert_finalize_object (fixture->database);
  g_free (fixture->path);
  g_free (fixture->other);
  orm_test_remove_folder (fixture->folder);
}

static gboolean
insert (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  if (data != NULL)
    g_assert_cmpint (g_unlink (data), ==, 0);
  return orm_connection_execute (connection, "INSERT INTO item DEFAULT VALUES", error);
}

static void
assert_refused (Fixture *fixture, const char *to_remove)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_database_write (fixture->database, insert, (gpointer) to_remove, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DISPLACED);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 2);
}

static gboolean
is_told (gpointer fixture)
{
  return ((Fixture *) fixture)->is_told;
}

static gboolean
has_log (Fixture *fixture)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  assert_refused (fixture, NULL);
  orm_test_wait (is_told, fixture);
  g_assert_true (has_log (fixture));
}

/* What is written last is not lost in a file without a name. */
static void
test_removed_while_it_is_written (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, fixture->path);
}

/* As a disk that is connected again. */
static void
test_put_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (fixture->path, fixture->other), ==, 0);
  assert_refused (fixture, NULL);
  orm_test_wait (is_told, fixture);
  g_assert_cmpint (g_rename (fixture->other, fixture->path), ==, 0);
  g_assert_true (orm_database_write (fixture->database, insert, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 3);
}

/* The log of the one is not taken for that of the other. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  orm_test_make_file (fixture->other, "CREATE TABLE other (id INTEGER PRIMARY KEY); INSERT INTO other VALUES (7)");
  g_assert_cmpint (g_rename (fixture->other, fixture->path), ==, 0);
  assert_refused (fixture, NULL);
  orm_test_wait (is_told, fixture);
  g_assert_false (has_log (fixture));
  orm_database_close (fixture->database);

  database = orm_database_new (fixture->path, ORM_OPEN_DEFAULT);
  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT sum (id) FROM other"), ==, 7);
  orm_database_close (database);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/displaced/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("removed", test_removed);
  ADD ("removed-while-it-is-written", test_removed_while_it_is_written);
  ADD ("put-back", test_put_back);
  ADD ("replaced", test_replaced);
  return g_test_run ();
}
