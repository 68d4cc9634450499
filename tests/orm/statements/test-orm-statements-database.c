/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-book.h"
#include "orm-test-statements.h"

#include <string.h>

/* The statements of a database: opening it, its tables and its steps, transactions and snapshots, the report, and SQL.
 */

/* A database of a new file, made by a script where there is one. Its statements are told from here on. */
static OrmDatabase *
trace_file (StatementTest *test, const char *sql, OrmOpenFlags flags)
{
  OrmDatabase *other;

  test->folder = orm_test_make_folder ();
  test->path = g_build_filename (test->folder, "app.db", NULL);
  if (sql != NULL)
    orm_test_make_file (test->path, sql);
  other = orm_database_new (test->path, flags);
  g_ptr_array_unref (test->statements);
  test->statements = orm_test_trace (other);
  return other;
}

static const OrmMigration steps[] = {
  { 1, "items", "CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT" },
  { 2, "names", "ALTER TABLE item ADD COLUMN name TEXT" },
};

/* create_engine ("sqlite://") */
static void
ask_open_memory (StatementTest *test)
{
  OrmDatabase *other = orm_database_new (":memory:", ORM_OPEN_CREATE);

  g_ptr_array_unref (test->statements);
  test->statements = orm_test_trace (other);

  g_assert_true (orm_database_open (other, NULL, NULL));
  g_assert_finalize_object (other);
}

/* create_engine ("sqlite:///app.db") */
static void
ask_open (StatementTest *test)
{
  OrmDatabase *other = trace_file (test, NULL, ORM_OPEN_CREATE);

  g_assert_true (orm_database_open (other, NULL, NULL));
  g_assert_finalize_object (other);
}

/* "alembic upgrade head": the steps that are not there, each in a transaction with a check of the keys */
static void
ask_upgrade (StatementTest *test)
{
  OrmDatabase *other =
      trace_file (test, "CREATE TABLE item (id INTEGER PRIMARY KEY); PRAGMA user_version = 1", ORM_OPEN_DEFAULT);

  statement_test_trace_transactions (test, other);
  orm_database_set_migrations (other, steps, 2);
  g_assert_true (orm_database_open (other, NULL, NULL));
  g_assert_finalize_object (other);
}

/* "alembic downgrade": a file of a later version is not touched */
static void
ask_downgrade (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *other =
      trace_file (test, "CREATE TABLE item (id INTEGER PRIMARY KEY); PRAGMA user_version = 3", ORM_OPEN_DEFAULT);

  orm_database_set_migrations (other, steps, 2);
  g_assert_false (orm_database_open (other, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA);
  g_assert_finalize_object (other);
}

/* create_engine ("sqlite:///file:app.db?mode=ro&uri=true"): reads, and nothing else */
static void
ask_open_read_only (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *other =
      trace_file (test, "CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1)", ORM_OPEN_READ_ONLY);

  g_assert_true (orm_database_open (other, NULL, NULL));
  g_assert_cmpint (orm_test_get_int64 (other, "SELECT count (*) FROM item"), ==, 1);
  g_assert_cmpint (orm_database_execute (other, "DELETE FROM item", NULL, 0, NULL, &error), ==, -1);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
  g_assert_finalize_object (other);
}

static void
on_echo (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  *(gint64 *) data = rows;
}

/* create_engine (echo=True): the statement without its values, its time and its rows */
static void
ask_echo (StatementTest *test)
{
  gint64 n_rows = -1;
  gulong id = g_signal_connect (test->database, "statement", G_CALLBACK (on_echo), &n_rows);

  statement_test_filter (test, orm_compare ("size", ">=", &test->number));
  g_assert_cmpint (n_rows, ==, 2);
  g_signal_handler_disconnect (test->database, id);
}

static const StatementLine engine_lines[] = {
  { "memory", ask_open_memory, { "PRAGMA synchronous = OFF" } },
  { "file", ask_open, { NULL } },
  { "read-only", ask_open_read_only, { "SELECT count (*) FROM item" } },
  { "echo", ask_echo, { ITEM_SELECT " WHERE (\"size\" >= ?)" } },
};

static const GType *
get_book_types (void)
{
  static GType types[2];

  types[0] = ORM_TYPE_TEST_BOOK;
  types[1] = ORM_TYPE_TEST_AUTHOR;
  return types;
}

/* DeclarativeBase, Column, String (50), unique, nullable, default, index, ForeignKey, CheckConstraint, Integer, Float,
 * LargeBinary; Base.metadata.create_all (), and what it finds to be there already */
static void
ask_create_all (StatementTest *test)
{
  g_assert_true (orm_database_create_all (test->database, get_book_types (), 2, NULL, NULL));
  g_assert_cmpuint (test->statements->len, >, 4);
  g_ptr_array_set_size (test->statements, 4); /* then the check of the columns, below */
}

/* Boolean, DateTime, Enum: the types of a file are four */
static void
ask_create_item (StatementTest *test)
{
  const GType type = ORM_TYPE_TEST_ITEM;

  orm_test_execute (test->database, "DROP TABLE item");
  g_ptr_array_set_size (test->statements, 0);
  g_assert_true (orm_database_create_all (test->database, &type, 1, NULL, NULL));
  g_ptr_array_set_size (test->statements, 1);
}

/* Column (default=-1): in a new object at once, so that its INSERT has it; a book that has no next refers to none */
static void
ask_default (StatementTest *test)
{
  g_autoptr (OrmTestBook) book = g_object_new (ORM_TYPE_TEST_BOOK, "author-id", G_GINT64_CONSTANT (1), NULL);

  g_assert_true (orm_database_create_all (test->database, get_book_types (), 2, NULL, NULL));
  orm_test_execute (test->database, "INSERT INTO author VALUES (1, 'Ende')");
  g_ptr_array_set_size (test->statements, 0);
  orm_session_add (test->session, ORM_ENTITY (book));
  statement_test_commit (test);
  g_assert_cmpint (book->pages, ==, -1);
}

/* nullable=False, String (20), unique=True: a text that is too long is found before a statement runs */
static void
ask_what_does_not_fit (StatementTest *test)
{
  static const char *const names[] = { NULL, "a name of more than twenty characters", "a" };
  static const OrmError codes[] = { ORM_ERROR_CONSTRAINT, ORM_ERROR_INVALID, ORM_ERROR_CONSTRAINT };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (OrmTestItem) item = orm_test_item_new (names[i], 1);
      g_autoptr (GError) error = NULL;

      orm_session_add (test->session, ORM_ENTITY (item));
      g_assert_false (orm_session_commit (test->session, NULL, &error));
      g_assert_error (error, ORM_ERROR, (int) codes[i]);
      g_assert_nonnull (strstr (error->message, "item"));
      orm_session_rollback (test->session);
    }
}

/* inspect (engine).get_columns ("item"): what the schema says of each column */
static void
ask_check_mapping (StatementTest *test)
{
  const GType type = ORM_TYPE_TEST_BOX;

  g_assert_true (orm_database_check_mapping (test->database, &type, 1, NULL, NULL));
}

#define SELECT_KEY_INDEX "SELECT 1 FROM pragma_index_list (?) WHERE origin = 'pk'"
#define SELECT_DEFAULT   "SELECT dflt_value FROM pragma_table_info (?) WHERE name = ? COLLATE NOCASE"
#define SELECT_UNIQUE                                                                                                  \
  "SELECT 1 FROM pragma_index_list (?) AS list JOIN pragma_index_info (list.name) AS info "                            \
  "WHERE list.\"unique\" AND NOT list.partial GROUP BY list.name HAVING count(*) = 1 AND max(info.name) = ? "          \
  "COLLATE NOCASE"
#define SELECT_NEEDED "SELECT name FROM pragma_table_info (?) WHERE \"notnull\" AND dflt_value IS NULL"

static const StatementLine schema_lines[] = {
  { "create_all",
    ask_create_all,
    { ORM_TEST_CREATE_AUTHOR, ORM_TEST_CREATE_BOOK, ORM_TEST_INDEX_TITLE, ORM_TEST_INDEX_AUTHOR } },
  { "create_all-of-each-type",
    ask_create_item,
    { "CREATE TABLE IF NOT EXISTS \"item\" (\"id\" INTEGER PRIMARY KEY, "
      "\"name\" TEXT NOT NULL UNIQUE CHECK (length (\"name\") <= 20), \"size\" INTEGER NOT NULL DEFAULT 0, "
      "\"weight\" REAL NOT NULL DEFAULT 0, \"is_done\" INTEGER NOT NULL DEFAULT 0, \"data\" BLOB, "
      "\"created\" INTEGER, \"kind\" INTEGER NOT NULL DEFAULT 0, \"marks\" INTEGER NOT NULL DEFAULT 0) STRICT" } },
  { "upgrade",
    ask_upgrade,
    { "PRAGMA user_version", "PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE", "PRAGMA user_version",
      "ALTER TABLE item ADD COLUMN name TEXT", "PRAGMA foreign_key_check", "PRAGMA user_version = 2", "COMMIT",
      "PRAGMA foreign_keys = ON" } },
  { "downgrade", ask_downgrade, { NULL } },
  { "default",
    ask_default,
    { "INSERT INTO \"book\" (\"title\", \"pages\", \"price\", \"cover\", \"printed\", \"author_id\", \"next_id\") "
      "VALUES (?, ?, ?, ?, ?, ?, ?)" } },
  { "what-does-not-fit",
    ask_what_does_not_fit,
    { "INSERT INTO \"item\" (\"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES (?, ?, ?, ?, ?)",
      ITEM_INSERT } },
  { "check_mapping",
    ask_check_mapping,
    { "SELECT count (*) FROM sqlite_schema", SELECT_KEY_INDEX, SELECT_DEFAULT, SELECT_UNIQUE, SELECT_DEFAULT,
      SELECT_UNIQUE, SELECT_NEEDED } },
};

/* with_for_update (): what is read in a scope is not changed by another until its end */
static void
ask_with_for_update (StatementTest *test)
{
  OrmSession *other = orm_session_new (test->database);
  g_autoptr (OrmTestItem) same = orm_session_get (other, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);
  g_autoptr (OrmTestItem) two = NULL;
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (GError) error = NULL;

  statement_test_trace_transactions (test, test->database);
  scope = orm_session_begin (test->session, NULL);
  two = orm_session_get (test->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);
  orm_entity_set_int64 (ORM_ENTITY (same), ORM_TEST_ITEM_SIZE, 9);
  g_assert_false (orm_session_commit (other, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_BUSY);
  orm_session_rollback (other);
  orm_entity_set_int64 (ORM_ENTITY (two), ORM_TEST_ITEM_SIZE, two->size + 1);
  g_assert_true (orm_scope_commit (scope, NULL, NULL));
  g_clear_object (&same);
  g_assert_finalize_object (other);
}

/* QueuePool: a reader has a snapshot, and keeps no writer waiting */
static void
ask_snapshot (StatementTest *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  OrmTestSnapshot snapshot = { .sql = "SELECT sum (size) FROM item" };

  g_clear_object (&test->item); /* which would follow the UPDATE */
  orm_database_read_async (test->database, orm_test_read_twice, &snapshot, NULL, NULL, orm_test_keep_result, &result);
  while (!g_atomic_int_get (&snapshot.has_read))
    g_thread_yield ();
  orm_test_execute (test->database, "UPDATE item SET size = size + 1 WHERE id = 2");
  g_atomic_int_set (&snapshot.may_go_on, TRUE);
  orm_test_wait_result (&result);
  g_assert_true (orm_database_read_finish (test->database, result, NULL, NULL));
  g_assert_cmpint (snapshot.before, ==, snapshot.after);
}

/* connect_args={"timeout": 0.05}: another process has the lock, and the error is clear */
static void
ask_busy (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  OrmConnection *locker;
  OrmDatabase *other = trace_file (test, "CREATE TABLE item (id INTEGER PRIMARY KEY)", ORM_OPEN_DEFAULT);

  orm_database_set_busy_timeout (other, 50);
  g_assert_true (orm_database_open (other, NULL, NULL));
  locker = orm_connection_new (test->path, ORM_OPEN_DEFAULT, NULL);
  g_assert_true (orm_connection_begin (locker, NULL));
  g_assert_cmpint (orm_database_execute (other, "DELETE FROM item", NULL, 0, NULL, &error), ==, -1);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_BUSY);
  orm_connection_free (locker);
  g_assert_cmpint (orm_database_execute (other, "DELETE FROM item", NULL, 0, NULL, NULL), ==, 0);
  g_assert_finalize_object (other);
}

/* task.cancel (): what was cancelled runs nothing */
static void
ask_cancelled (StatementTest *test)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (orm_session_all (test->session, test->query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* isolation: BEGIN IMMEDIATE, so that what is read in it is right until its end; a savepoint in another; a snapshot */
static void
ask_transactions (StatementTest *test)
{
  OrmScope *outer, *inner;

  statement_test_trace_transactions (test, test->database);
  outer = orm_session_begin (test->session, NULL);
  inner = orm_session_begin (test->session, NULL);
  orm_entity_set_int64 (ORM_ENTITY (test->item), ORM_TEST_ITEM_SIZE, 5);
  g_assert_true (orm_scope_commit (inner, NULL, NULL));
  g_assert_finalize_object (inner);
  inner = orm_session_begin (test->session, NULL);
  g_assert_finalize_object (inner);
  g_assert_true (orm_scope_commit (outer, NULL, NULL));
  g_assert_finalize_object (outer);
}

static void
ask_commit (StatementTest *test)
{
  statement_test_trace_transactions (test, test->database);
  orm_entity_set_int64 (ORM_ENTITY (test->item), ORM_TEST_ITEM_SIZE, 5);
  statement_test_commit (test);
  g_assert_cmpint (orm_test_get_int64 (test->database, "SELECT size FROM item WHERE id = 1"), ==, 5);
}

static const StatementLine pool_lines[] = {
  { "transactions",
    ask_transactions,
    { "BEGIN IMMEDIATE", "SAVEPOINT level_1", "SAVEPOINT level_2", ITEM_UPDATE_SIZE, "RELEASE level_2",
      "RELEASE level_1", "SAVEPOINT level_1", "ROLLBACK TO level_1; RELEASE level_1", "COMMIT" } },
  { "commit",
    ask_commit,
    { "BEGIN IMMEDIATE", ITEM_UPDATE_SIZE, "COMMIT", "BEGIN", "SELECT size FROM item WHERE id = 1", "COMMIT" } },
  { "with_for_update",
    ask_with_for_update,
    { ITEM_SELECT " WHERE \"id\" = ?", "BEGIN IMMEDIATE", ITEM_SELECT " WHERE \"id\" = ?", "SAVEPOINT level_1",
      ITEM_UPDATE_SIZE, "RELEASE level_1", "COMMIT" } },
  { "snapshot",
    ask_snapshot,
    { "SELECT sum (size) FROM item", "UPDATE item SET size = size + 1 WHERE id = 2", "SELECT sum (size) FROM item" } },
  { "timeout", ask_busy, { "DELETE FROM item" } },
  { "cancelled", ask_cancelled, { NULL } },
};

typedef struct
{
  guint n_changed;
  guint n_everything;
  guint n_inserted;
  guint n_updated;
} Report;

static void
on_changed (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  Report *report = data;
  gsize n_keys = 0;

  report->n_changed++;
  if (orm_changes_is_everything (changes))
    {
      report->n_everything++;
      return;
    }
  orm_changes_get_keys (changes, "item", ORM_CHANGE_INSERT, &n_keys);
  report->n_inserted += (guint) n_keys;
  orm_changes_get_keys (changes, "item", ORM_CHANGE_UPDATE, &n_keys);
  report->n_updated += (guint) n_keys;
}

static gboolean
has_everything (gpointer data)
{
  return ((Report *) data)->n_everything > 0;
}

/* event.listen (Session, "after_commit"): one report of both commits, that costs no statement */
static void
ask_after_commit (StatementTest *test)
{
  Report report = { 0 };
  gulong id = g_signal_connect (test->database, "changed", G_CALLBACK (on_changed), &report);

  orm_session_add (test->session, ORM_ENTITY (test->fresh));
  statement_test_commit (test);
  orm_entity_set_int64 (ORM_ENTITY (test->item), ORM_TEST_ITEM_SIZE, 5);
  statement_test_commit (test);
  g_assert_cmpuint (report.n_changed, ==, 0);
  orm_test_settle ();
  g_assert_cmpuint (report.n_changed, ==, 1);
  g_assert_cmpuint (report.n_inserted, ==, 1);
  g_assert_cmpuint (report.n_updated, ==, 1);
  g_signal_handler_disconnect (test->database, id);
}

/* event.listen (Session, "after_rollback"): nothing */
static void
ask_after_rollback (StatementTest *test)
{
  Report report = { 0 };
  gulong id = g_signal_connect (test->database, "changed", G_CALLBACK (on_changed), &report);
  OrmScope *scope = orm_session_begin (test->session, NULL);

  orm_session_add (test->session, ORM_ENTITY (test->fresh));
  g_assert_true (orm_session_flush (test->session, NULL, NULL));
  g_object_unref (scope);
  orm_test_settle ();
  g_assert_cmpuint (report.n_changed, ==, 0);
  g_signal_handler_disconnect (test->database, id);
}

/* changes of another process */
static void
ask_another_process (StatementTest *test)
{
  Report report = { 0 };
  OrmDatabase *other = trace_file (test, "CREATE TABLE item (id INTEGER PRIMARY KEY)", ORM_OPEN_DEFAULT);

  g_assert_true (orm_database_open (other, NULL, NULL));
  g_signal_connect (other, "changed", G_CALLBACK (on_changed), &report);
  orm_test_make_file (test->path, "INSERT INTO item VALUES (1)");
  orm_database_poll (other);
  orm_test_wait (has_everything, &report);
  g_assert_finalize_object (other);
}

static const StatementLine event_lines[] = {
  { "after_commit", ask_after_commit, { ITEM_INSERT, ITEM_UPDATE_SIZE } },
  { "after_rollback", ask_after_rollback, { ITEM_INSERT } },
  { "another-process", ask_another_process, { NULL } },
};

static const OrmParameter named = { "size", { .type = ORM_VALUE_INT64, .int64 = 1 } };
static const OrmParameter positional = { NULL, { .type = ORM_VALUE_INT64, .int64 = 1 } };

/* connection.execute (text ("… :size"), {"size": 1}), and by position: plain values */
static void
ask_select (StatementTest *test)
{
  g_autoptr (OrmRows) by_name =
      orm_database_select (test->database, "SELECT count (*) FROM item WHERE size = :size", &named, 1, NULL, NULL);
  g_autoptr (OrmRows) by_position =
      orm_database_select (test->database, "SELECT count (*) FROM item WHERE size = ?", &positional, 1, NULL, NULL);

  g_assert_cmpint (orm_rows_get (by_name, 0, 0)->int64, ==, 1);
  g_assert_cmpint (orm_rows_get (by_position, 0, 0)->int64, ==, 1);
}

/* connection.execute (text ("UPDATE …")) */
static void
ask_execute (StatementTest *test)
{
  g_assert_cmpint (orm_database_execute (test->database, "UPDATE item SET weight = 1 WHERE size = :size", &named, 1,
                                         NULL, NULL),
                   ==, 1);
}

/* select (Item).from_statement (text ("…")): objects */
static void
ask_from_statement (StatementTest *test)
{
  g_autoptr (GPtrArray) items = orm_session_all_sql (test->session, ORM_TYPE_TEST_ITEM,
                                                     "SELECT * FROM item WHERE size = :size", &named, 1, NULL, NULL);

  g_assert_true (items->pdata[0] == (gpointer) test->item);
}

/* a parameter too few, and one too many: nothing is run */
static void
ask_wrong_count (StatementTest *test)
{
  static const char *const statements[] = { "SELECT * FROM item WHERE size = :size AND name = :name",
                                            "SELECT * FROM item" };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (orm_database_select (test->database, statements[i], &named, 1, NULL, &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
    }
}

static const StatementLine raw_lines[] = {
  { "select",
    ask_select,
    { "SELECT count (*) FROM item WHERE size = :size", "SELECT count (*) FROM item WHERE size = ?" } },
  { "execute", ask_execute, { "UPDATE item SET weight = 1 WHERE size = :size" } },
  { "from_statement", ask_from_statement, { "SELECT * FROM item WHERE size = :size" } },
  { "wrong-count", ask_wrong_count, { NULL } },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  statement_test_add ("create_engine", engine_lines, G_N_ELEMENTS (engine_lines));
  statement_test_add ("declarative", schema_lines, G_N_ELEMENTS (schema_lines));
  statement_test_add ("pool", pool_lines, G_N_ELEMENTS (pool_lines));
  statement_test_add ("events", event_lines, G_N_ELEMENTS (event_lines));
  statement_test_add ("text", raw_lines, G_N_ELEMENTS (raw_lines));

  return g_test_run ();
}
