/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

/* Opening without waiting: the same as the plain form, which test-orm-database.c and test-orm-file.c look at. */

static const OrmMigration migrations[] = {
  { 1, "first", "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)" },
  { 2, "second", "INSERT INTO item (name) VALUES ('one')" },
};

typedef struct
{
  char *folder;
  char *path;
  OrmDatabase *database;
  GAsyncResult *result;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = orm_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->database = orm_database_new (fixture->path, ORM_OPEN_CREATE);
  orm_database_set_migrations (fixture->database, migrations, G_N_ELEMENTS (migrations));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_clear_object (&fixture->result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->database);
  g_free (fixture->path);
  orm_test_remove_folder (fixture->folder);
}

static gboolean
open_and_wait (Fixture *fixture, GCancellable *cancellable)
{
  g_clear_object (&fixture->result);
  orm_database_open_async (fixture->database, cancellable, orm_test_keep_result, &fixture->result);
  g_assert_null (fixture->result);
  orm_test_wait_result (&fixture->result);
  return orm_database_open_finish (fixture->database, fixture->result, &fixture->error);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_assert_true (open_and_wait (fixture, NULL));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 1);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "PRAGMA user_version"), ==, 2);
  g_assert_nonnull (orm_database_get_page_connection (fixture->database));
  orm_database_close (fixture->database);
  g_assert_true (open_and_wait (fixture, NULL));
}

/* Until it is open it is closed. */
static void
test_closed_meanwhile (Fixture *fixture, gconstpointer data)
{
  orm_database_open_async (fixture->database, NULL, orm_test_keep_result, &fixture->result);
  g_assert_cmpint (orm_database_execute (fixture->database, "DELETE FROM item", NULL, 0, NULL, &fixture->error), ==,
                   -1);
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_FAILED);
  g_clear_error (&fixture->error);
  orm_database_close (fixture->database);
  orm_test_wait_result (&fixture->result);
  g_assert_true (orm_database_open_finish (fixture->database, fixture->result, &fixture->error));
  g_assert_cmpint (orm_database_execute (fixture->database, "DELETE FROM item", NULL, 0, NULL, &fixture->error), ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  orm_test_make_file (fixture->path, "PRAGMA user_version = 3; CREATE TABLE item (id INTEGER PRIMARY KEY)");
  g_assert_false (open_and_wait (fixture, NULL));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA);
  g_clear_error (&fixture->error);
  orm_test_make_file (fixture->path, "PRAGMA user_version = 0; DROP TABLE item");
  g_assert_true (open_and_wait (fixture, NULL));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (open_and_wait (fixture, cancellable));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_false (orm_database_open (fixture->database, cancellable, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
  g_assert_true (open_and_wait (fixture, NULL));
}

/* The task holds the database. */
static void
test_forgotten (void)
{
  OrmDatabase *database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  gpointer watched = database;

  g_object_add_weak_pointer (G_OBJECT (database), &watched);
  orm_database_open_async (database, NULL, NULL, NULL);
  g_object_unref (database);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/database-open/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("async", test_open);
  ADD ("closed-meanwhile", test_closed_meanwhile);
  ADD ("refused", test_refused);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/orm/database-open/forgotten", test_forgotten);

  return g_test_run ();
}
