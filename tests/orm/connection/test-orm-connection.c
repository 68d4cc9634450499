/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-connection-private.h"
#include "orm-test.h"

typedef struct
{
  char *folder;
  char *path;
  OrmConnection *connection;
  GString *log;
} Fixture;

static void
on_committed (const OrmChange *log, gsize n_log, gpointer data)
{
  for (gsize i = 0; i < n_log; i++)
    g_string_append_printf (data, "%s%c%" G_GINT64_FORMAT " ", log[i].table, "+~-"[log[i].kind], log[i].key);
  g_string_append (data, "; ");
}

static void
run (OrmConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_connection_execute (connection, sql, &error);
  g_assert_no_error (error);
}

static gint64
number (OrmConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  orm_connection_get_int64 (connection, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = orm_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
  fixture->connection = orm_connection_new (fixture->path, ORM_OPEN_CREATE, &error);
  g_assert_no_error (error);
  run (fixture->connection, "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT) STRICT");
  fixture->log = g_string_new (NULL);
  fixture->connection->committed = on_committed;
  fixture->connection->committed_data = fixture->log;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->connection, orm_connection_free);
  g_string_free (fixture->log, TRUE);
  g_free (fixture->path);
  orm_test_remove_folder (fixture->folder);
}

static void
test_pragmas (Fixture *fixture, gconstpointer data)
{
  OrmStatement *statement = orm_connection_prepare (fixture->connection, "PRAGMA journal_mode", NULL);

  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  g_assert_cmpstr (orm_statement_get_text (statement, 0, NULL), ==, "wal");
  orm_statement_reset (statement);
  g_assert_cmpint (number (fixture->connection, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (number (fixture->connection, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpuint (fixture->connection->busy_timeout, ==, 5000);
}

static void
test_cache (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (number (fixture->connection, "PRAGMA cache_size"), ==, -2000);
  g_assert_cmpint (number (fixture->connection, "PRAGMA wal_autocheckpoint"), ==, 1000);
  g_assert_true (orm_connection_set_cache (fixture->connection, 8, &error));
  g_assert_cmpint (number (fixture->connection, "PRAGMA cache_size"), ==, -8192);
  g_assert_cmpint (number (fixture->connection, "PRAGMA wal_autocheckpoint"), ==, 8192);
  g_assert_true (orm_connection_set_cache (fixture->connection, 0, &error));
  g_assert_cmpint (number (fixture->connection, "PRAGMA cache_size"), ==, -2000);
  g_assert_cmpint (number (fixture->connection, "PRAGMA wal_autocheckpoint"), ==, 1000);
  g_assert_no_error (error);
}

static void
test_relaxed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  orm_connection_begin_relaxed (fixture->connection);
  g_assert_cmpint (number (fixture->connection, "PRAGMA synchronous"), ==, 1);
  run (fixture->connection, "INSERT INTO item (name) VALUES ('one')");
  g_assert_true (orm_connection_force (fixture->connection, &error));
  g_assert_no_error (error);
  g_assert_true (orm_connection_end_relaxed (fixture->connection, &error));
  g_assert_true (orm_connection_end_relaxed (fixture->connection, &error));
  g_assert_cmpint (number (fixture->connection, "PRAGMA synchronous"), ==, 2);

  /* also where the transaction could not be rolled back, in which nobody may change it */
  orm_connection_begin_relaxed (fixture->connection);
  run (fixture->connection, "BEGIN IMMEDIATE");
  g_assert_true (orm_connection_end_relaxed (fixture->connection, &error));
  g_assert_cmpint (number (fixture->connection, "PRAGMA synchronous"), ==, 2);

  /* Who wants no waiting at all is left alone. */
  run (fixture->connection, "PRAGMA synchronous = OFF");
  orm_connection_begin_relaxed (fixture->connection);
  g_assert_true (orm_connection_end_relaxed (fixture->connection, &error));
  g_assert_cmpint (number (fixture->connection, "PRAGMA synchronous"), ==, 0);
}

/* As where there was no memory for a ROLLBACK. */
static void
test_left_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n_items = number (fixture->connection, "SELECT count(*) FROM item");

  run (fixture->connection, "BEGIN IMMEDIATE");
  run (fixture->connection, "INSERT INTO item (name) VALUES ('left')");
  g_assert_true (orm_connection_begin (fixture->connection, &error));
  g_assert_cmpint (number (fixture->connection, "SELECT count(*) FROM item"), ==, n_items);
  g_assert_true (orm_connection_commit (fixture->connection, &error));
  g_assert_no_error (error);
}

static void
test_prepare_is_cached (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_strdup ("SELECT name FROM item WHERE id = ?");
  OrmStatement *statement = orm_connection_prepare (fixture->connection, "SELECT name FROM item WHERE id = ?", NULL);

  orm_statement_bind_int64 (statement, 1, 1);
  g_assert_true (statement == orm_connection_prepare (fixture->connection, copy, NULL));
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (number (fixture->connection, sql), ==, i);
    }
  g_assert_cmpuint (g_hash_table_size (fixture->connection->statements), <=, 256);
}

static void
test_prepare_refuses (Fixture *fixture, gconstpointer data)
{
  const char *const bad[] = { "", "  -- nothing", "SELECT 1; SELECT 2" };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (orm_connection_prepare (fixture->connection, bad[i], &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_nonnull (orm_connection_prepare (fixture->connection, "SELECT 1; \n", NULL));
  g_assert_null (orm_connection_prepare (fixture->connection, "SELEKT 1", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "SELEKT"));
  g_clear_error (&error);
}

static void
test_execute_stops_at_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_connection_execute (fixture->connection,
                                          "INSERT INTO item VALUES (1, 'a'); -- one\n"
                                          "INSERT INTO item VALUES (1, 'b'); INSERT INTO item VALUES (2, 'c')",
                                          &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_cmpint (number (fixture->connection, "SELECT count (*) FROM item"), ==, 1);
}

static void
test_get_int64_without_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 5;

  g_assert_false (orm_connection_get_int64 (fixture->connection, "SELECT id FROM item", &value, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_ROW);
  g_assert_cmpint (value, ==, 5);
}

static void
begin (OrmConnection *connection)
{
  g_assert_true (orm_connection_begin (connection, NULL));
}

static void
commit (OrmConnection *connection)
{
  g_assert_true (orm_connection_commit (connection, NULL));
}

static void
test_savepoints (Fixture *fixture, gconstpointer data)
{
  OrmConnection *connection = fixture->connection;

  begin (connection);
  run (connection, "INSERT INTO item VALUES (1, 'a')");
  begin (connection);
  run (connection, "INSERT INTO item VALUES (2, 'b')");
  begin (connection);
  run (connection, "INSERT INTO item VALUES (3, 'c')");
  commit (connection);
  orm_connection_rollback (connection);
  begin (connection);
  run (connection, "INSERT INTO item VALUES (4, 'd')");
  commit (connection);
  g_assert_cmpstr (fixture->log->str, ==, "");
  commit (connection);
  g_assert_cmpstr (fixture->log->str, ==, "item+1 item+4 ; ");
  g_assert_cmpint (number (connection, "SELECT group_concat (id, '') FROM item"), ==, 14);
}

static void
test_rollback_reports_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_true (orm_connection_begin (fixture->connection, NULL));
  run (fixture->connection, "INSERT INTO item VALUES (1, 'a')");
  orm_connection_report_change (fixture->connection, "pair", ORM_CHANGE_INSERT, 1);
  orm_connection_rollback (fixture->connection);
  run (fixture->connection, "INSERT INTO item VALUES (2, 'b')");
  g_assert_cmpstr (fixture->log->str, ==, "item+2 ; ");
}

static void
test_commit_fails_on_foreign_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run (fixture->connection,
       "CREATE TABLE part (item INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
  g_assert_true (orm_connection_begin (fixture->connection, NULL));
  run (fixture->connection, "INSERT INTO part VALUES (5)");
  g_assert_false (orm_connection_commit (fixture->connection, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_cmpint (number (fixture->connection, "SELECT count (*) FROM part"), ==, 0);
  g_assert_cmpstr (fixture->log->str, ==, "");
  g_assert_true (orm_connection_begin (fixture->connection, NULL));
  orm_connection_rollback (fixture->connection);
}

static void
test_delete_of_all_is_reported (Fixture *fixture, gconstpointer data)
{
  run (fixture->connection, "INSERT INTO item VALUES (1, 'a'), (2, 'b')");
  g_string_truncate (fixture->log, 0);
  run (fixture->connection, "DELETE FROM item");
  g_assert_cmpstr (fixture->log->str, ==, "item-1 item-2 ; ");
}

static void
test_drop_drops (Fixture *fixture, gconstpointer data)
{
  run (fixture->connection,
       "CREATE INDEX item_by_name ON item (name);"
       "CREATE VIEW named AS SELECT * FROM item;"
       "CREATE TRIGGER forget AFTER DELETE ON item BEGIN DELETE FROM item WHERE name = old.name; END;"
       "CREATE VIRTUAL TABLE words USING fts5 (text);"
       "INSERT INTO words VALUES ('hello');"
       "CREATE TEMP TABLE scratch (x); INSERT INTO scratch VALUES (1); DELETE FROM scratch;"
       "DROP TRIGGER forget; DROP VIEW named; DROP INDEX item_by_name; DROP TABLE words;"
       "DROP TABLE scratch; DROP TABLE item");
  g_assert_cmpint (number (fixture->connection, "SELECT count (*) FROM sqlite_schema"), ==, 0);
  g_assert_cmpint (number (fixture->connection, "SELECT count (*) FROM sqlite_temp_schema"), ==, 0);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) reader = orm_connection_new (fixture->path, ORM_OPEN_READ_ONLY, &error);

  g_assert_no_error (error);
  g_assert_cmpint (number (reader, "SELECT count (*) FROM item"), ==, 0);
  g_assert_false (orm_connection_execute (reader, "INSERT INTO item VALUES (1, 'a')", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (orm_connection_new ("/nowhere/at/all.db", ORM_OPEN_CREATE, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN);
}

static gpointer
prepare_elsewhere (gpointer connection)
{
  orm_connection_prepare (connection, "SELECT 1", NULL);
  return NULL;
}

static void
test_wrong_thread (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_thread_join (g_thread_new ("other", prepare_elsewhere, fixture->connection));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*used on a thread that does not own it*");
}

static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  OrmStatement *statement = orm_connection_prepare (fixture->connection,
                                                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                                    "SELECT i FROM n",
                                                    NULL);

  g_assert_cmpint (orm_statement_step (statement, NULL), ==, ORM_STEP_ROW);
  orm_connection_interrupt (fixture->connection);
  g_assert_cmpint (orm_statement_step (statement, &error), ==, ORM_STEP_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (number (fixture->connection, "SELECT 1"), ==, 1);
}

/* Values are in the log for those who ask for them. */
static void
log_statement (void)
{
  g_autoptr (OrmConnection) connection = NULL;
  OrmStatement *statement;

  if (g_test_subprocess ())
    {
      connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, NULL);
      statement = orm_connection_prepare (connection, "SELECT ?, 'written'", NULL);
      orm_statement_bind_text (statement, 1, "secret", -1);
      g_assert_true (orm_statement_run (statement, NULL));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_log (void)
{
  g_setenv ("G_MESSAGES_DEBUG", "orm-sql", TRUE);
  log_statement ();
  if (!g_test_subprocess ())
    {
      g_test_trap_assert_stdout ("*1 rows: SELECT ?, 'written'*");
      g_test_trap_assert_stdout_unmatched ("*secret*");
    }
  g_unsetenv ("G_MESSAGES_DEBUG");
}

static void
test_log_with_values (void)
{
  g_setenv ("G_MESSAGES_DEBUG", "orm-sql", TRUE);
  g_setenv ("ORM_SHOW_VALUES", "1", TRUE);
  log_statement ();
  if (!g_test_subprocess ())
    g_test_trap_assert_stdout ("*1 rows: SELECT 'secret', 'written'*");
  g_unsetenv ("ORM_SHOW_VALUES");
  g_unsetenv ("G_MESSAGES_DEBUG");
}

/* Cancelling ends the wait for another process too: here before its first look. */
static void
test_cancelled_while_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (fixture->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  orm_connection_set_busy_timeout (fixture->connection, G_MAXUINT);
  fixture->connection->cancellable = cancellable;
  g_cancellable_cancel (cancellable);
  g_assert_false (orm_connection_begin (fixture->connection, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fixture->connection->cancellable = NULL;
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  g_assert_true (orm_connection_begin (fixture->connection, NULL));
  orm_connection_rollback (fixture->connection);
}

static gpointer
end_other (gpointer other)
{
  g_usleep (20000);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  return NULL;
}

/* It is not in write-ahead mode yet, and SQLite does not ask whether the second would wait. */
static void
test_new_file_is_begun_by_two (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new.db", NULL);
  g_autoptr (OrmConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other;
  GThread *thread;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  sqlite3_busy_timeout (other, 5000); /* who looks at the file keeps it from ending, for a moment */
  g_assert_cmpint (sqlite3_exec (other, "CREATE TABLE t (id); BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  thread = g_thread_new ("other", end_other, other);
  connection = orm_connection_new (path, ORM_OPEN_CREATE, &error);
  g_assert_no_error (error);
  g_thread_join (thread);
  sqlite3_close (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/orm/connection/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("pragmas", test_pragmas);
  ADD ("prepare/is-cached", test_prepare_is_cached);
  ADD ("prepare/refuses", test_prepare_refuses);
  ADD ("execute-stops-at-error", test_execute_stops_at_error);
  ADD ("get-int64-without-row", test_get_int64_without_row);
  ADD ("cache", test_cache);
  ADD ("relaxed", test_relaxed);
  ADD ("left-transaction", test_left_transaction);
  ADD ("savepoints", test_savepoints);
  ADD ("rollback-reports-nothing", test_rollback_reports_nothing);
  ADD ("commit-fails-on-foreign-key", test_commit_fails_on_foreign_key);
  ADD ("delete-of-all-is-reported", test_delete_of_all_is_reported);
  ADD ("drop-drops", test_drop_drops);
  ADD ("read-only", test_read_only);
  ADD ("new-file-is-begun-by-two", test_new_file_is_begun_by_two);
  g_test_add_func ("/orm/connection/missing", test_missing);
  ADD ("wrong-thread", test_wrong_thread);
  ADD ("interrupt", test_interrupt);
  ADD ("cancelled-while-busy", test_cancelled_while_busy);

  g_test_add_func ("/orm/connection/log-without-values", test_log);
  g_test_add_func ("/orm/connection/log-with-values", test_log_with_values);

  return g_test_run ();
}
