/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm-test"

#include "orm-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 65534

char *
orm_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("orm-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
orm_test_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_chmod (folder, 0700);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

static gboolean
on_late (gpointer data)
{
  g_error ("What the test waits for did not come");
  return G_SOURCE_REMOVE;
}

void
orm_test_wait (gboolean (*condition) (gpointer data), gpointer data)
{
  guint late = g_timeout_add_seconds (30, on_late, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

void
orm_test_wait_result (GAsyncResult **result)
{
  orm_test_wait (has_result, result);
}

void
orm_test_keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
execute (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, data, error);
}

void
orm_test_execute (OrmDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_database_write (database, execute, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *sql;
  gint64 value;
} Number;

static gboolean
read_number (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Number *number = data;

  return orm_connection_get_int64 (connection, number->sql, &number->value, error);
}

gint64
orm_test_get_int64 (OrmDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Number number = { .sql = sql };

  orm_database_read (database, read_number, &number, NULL, &error);
  g_assert_no_error (error);
  return number.value;
}

void
orm_test_make_file (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static GMutex statement_lock;

/* On any thread of the database. */
static void
on_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  g_assert_cmpint (microseconds, >=, 0);
  /* Nobody asked for the transaction around them. */
  if (rows < 0)
    return;
  g_mutex_lock (&statement_lock);
  g_ptr_array_add (data, g_strdup (sql));
  g_mutex_unlock (&statement_lock);
}

GPtrArray *
orm_test_trace (OrmDatabase *database)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect_data (database, "statement", G_CALLBACK (on_statement), g_ptr_array_ref (statements),
                         (GClosureNotify) (void (*) (void)) g_ptr_array_unref, 0);
  return statements;
}

void
orm_test_assert_statements (GPtrArray *statements, ...)
{
  va_list arguments;
  const char *expected;
  guint n = 0;

  va_start (arguments, statements);
  while ((expected = va_arg (arguments, const char *)) != NULL)
    {
      g_assert_cmpuint (n, <, statements->len);
      g_assert_cmpstr (statements->pdata[n], ==, expected);
      n++;
    }
  va_end (arguments);
  g_assert_cmpuint (n, ==, statements->len);
  g_ptr_array_set_size (statements, 0);
}

void
orm_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

gboolean
orm_test_has_text (gpointer string)
{
  return ((GString *) string)->len > 0;
}

gboolean
orm_test_read_twice (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OrmTestSnapshot *snapshot = data;

  if (!orm_connection_get_int64 (connection, snapshot->sql, &snapshot->before, error))
    return FALSE;
  g_atomic_int_set (&snapshot->has_read, TRUE);
  while (!g_atomic_int_get (&snapshot->may_go_on))
    g_thread_yield ();
  return orm_connection_get_int64 (connection, snapshot->sql, &snapshot->after, error);
}

void
orm_test_assert_readme_has (const char *file, guint n_examples)
{
  g_autofree char *code = NULL;
  g_autofree char *readme = NULL;
  g_autofree char *code_path = g_test_build_filename (G_TEST_DIST, "orm", file, NULL);
  g_autofree char *readme_path = g_test_build_filename (G_TEST_DIST, "..", "model", "orm", "README.md", NULL);
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (code_path, &code, NULL, NULL));
  g_assert_true (g_file_get_contents (readme_path, &readme, NULL, NULL));
  parts = g_strsplit (code, "\n/* example */\n", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2 * n_examples + 1);
  for (guint i = 1; i < g_strv_length (parts); i += 2)
    g_assert_nonnull (strstr (readme, parts[i]));
}

gboolean
orm_test_run_without_rights (void)
{
  if (geteuid () != 0)
    return FALSE;
  if (g_test_subprocess ())
    {
      g_assert_cmpint (setresgid (NOBODY, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (setresuid (NOBODY, NOBODY, NOBODY), ==, 0);
      return FALSE;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return TRUE;
}
