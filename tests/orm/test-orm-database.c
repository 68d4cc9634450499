/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

#include <glib/gstdio.h>

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function) g_test_add ("/orm/database/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("open/new", test_open_new);
  ADD ("open/again", test_open_again);
  g_test_add_func ("/orm/database/open/memory", test_open_memory);
  ADD ("write/rolls-back", test_write_rolls_back);
  ADD ("write/async", test_write_async);
  ADD ("closed", test_closed);
  ADD ("changed", test_changed);
  ADD ("changed/elsewhere", test_changed_elsewhere);

  return g_test_run ();
}
