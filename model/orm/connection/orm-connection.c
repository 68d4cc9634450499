/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-error.h"

#include <string.h>

#define MAX_STATEMENTS 256

/* What a connection adds to SQLite is what every caller would have to remember: the pragmas, statements
 * prepared once, transactions that nest, and a log of the rows that changed, for the report after the commit. */

void
orm_connection_set_error (OrmConnection *self, int result, const char *sql, GError **error)
{
  gboolean is_cancelled = (result & 0xff) == SQLITE_INTERRUPT ||
                          ((result & 0xff) == SQLITE_BUSY && g_cancellable_is_cancelled (self->cancellable));

  /* what SQLite says of a virtual table is between that and whoever uses it */
  if ((result & 0xff) == SQLITE_CORRUPT && result != SQLITE_CORRUPT_VTAB && self->damaged != NULL)
    self->damaged (self->damaged_data);
  if (is_cancelled)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
  else if ((result & 0xff) == SQLITE_ERROR)
    g_set_error (error, ORM_ERROR, ORM_ERROR_FAILED, "%s: %s", sqlite3_errmsg (self->handle), sql);
  else
    g_set_error (error, ORM_ERROR, orm_error_of_connection (self->handle, result), "%s", sqlite3_errmsg (self->handle));
}

/* Values are a person's own: they are in the log for those who ask for them, and never in the signal. */
void
orm_connection_traced (OrmConnection *self, sqlite3_stmt *handle, gint64 microseconds, gint64 rows)
{
  char *expanded = self->logs && self->shows_values ? sqlite3_expanded_sql (handle) : NULL;

  if (self->logs)
    g_log ("orm-sql", G_LOG_LEVEL_DEBUG, "%.3f ms, %" G_GINT64_FORMAT " rows: %s", (double) microseconds / 1000, rows,
           expanded != NULL ? expanded : sqlite3_sql (handle));
  sqlite3_free (expanded);
  if (self->trace != NULL)
    self->trace (sqlite3_sql (handle), microseconds, rows, self->trace_data);
}

/* What begins or ends a transaction is told apart by its rows: nobody asked for it, and nobody could spare it. */
static void
orm_connection_traced_control (OrmConnection *self, const char *sql, gint64 microseconds)
{
  if (self->logs)
    g_log ("orm-sql", G_LOG_LEVEL_DEBUG, "%.3f ms: %s", (double) microseconds / 1000, sql);
  if (self->trace != NULL)
    self->trace (sql, microseconds, -1, self->trace_data);
}

gboolean
orm_connection_is_outdated (OrmConnection *self, const char *path)
{
  OrmFileLook look;

  if (!self->is_still)
    return FALSE;
  look = orm_file_look (path);
  return !orm_file_look_equal (&look, &self->look);
}

static const char *
orm_connection_intern_table (OrmConnection *self, const char *table)
{
  if (self->last_table == NULL || strcmp (self->last_table, table) != 0)
    self->last_table = g_intern_string (table);
  return self->last_table;
}

void
orm_connection_log_change (OrmConnection *self, const char *table, OrmChangeKind kind, gint64 key)
{
  OrmChange change = { .table = orm_connection_intern_table (self, table), .key = key, .kind = kind };

  g_array_append_val (self->log, change);
}

/**
 * orm_connection_free:
 * @self: (transfer full): a connection
 *
 * Rolls back what is open, and closes. Statements of the connection are gone with it.
 */
void
orm_connection_free (OrmConnection *self)
{
  GHashTableIter iter;
  gpointer statement;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    orm_statement_free (statement);
  g_hash_table_unref (self->statements);
  sqlite3_finalize (self->data_version);
  sqlite3_finalize (self->schema_version);
  sqlite3_close_v2 (self->handle);
  g_array_unref (self->log);
  g_free (self->file);
  g_free (self);
}

/* The next thread that uses the connection owns it. */
void
orm_connection_claim (OrmConnection *self)
{
  self->owner = NULL;
}

static void
orm_connection_assert_owner (OrmConnection *self)
{
#ifndef G_DISABLE_ASSERT
  if (self->owner == NULL)
    self->owner = g_thread_self ();
  if (self->owner != g_thread_self ())
    g_error ("A database connection was used on a thread that does not own it");
#endif
}

static void
orm_connection_forget_statement (OrmConnection *self, OrmStatement *statement)
{
  g_queue_unlink (&self->recent, &statement->link);
  g_hash_table_remove (self->statements, sqlite3_sql (statement->handle));
  orm_statement_free (statement);
}

static void
orm_connection_forget_one (OrmConnection *self)
{
  for (GList *link = self->recent.tail; link != NULL; link = link->prev)
    {
      OrmStatement *statement = link->data;

      if (statement->active)
        continue;
      orm_connection_forget_statement (self, statement);
      return;
    }
}

/**
 * orm_connection_prepare:
 * @self: a connection
 * @sql: one statement; values stand as `?`
 * @error: return location
 *
 * Gives the statement of that text, prepared at its first use and kept. The same text gives the same statement, reset.
 *
 * Returns: (transfer none) (nullable): the statement without bound values, or %NULL with %ORM_ERROR
 */
OrmStatement *
orm_connection_prepare (OrmConnection *self, const char *sql, GError **error)
{
  OrmStatement *statement;
  sqlite3_stmt *handle = NULL;
  const char *rest = NULL;
  int result;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);
  orm_connection_assert_owner (self);

  /* Often it is the one before again. */
  statement = self->recent.head != NULL ? self->recent.head->data : NULL;
  if (statement == NULL || strcmp (sqlite3_sql (statement->handle), sql) != 0)
    statement = g_hash_table_lookup (self->statements, sql);
  /* Explained, SQLite does not look whether the schema is still the one that it was prepared for. */
  if (statement != NULL && sqlite3_stmt_isexplain (statement->handle) != 0)
    {
      orm_connection_forget_statement (self, statement);
      statement = NULL;
    }
  if (statement != NULL)
    {
      orm_statement_reset (statement);
      sqlite3_clear_bindings (statement->handle);
      if (self->recent.head != &statement->link)
        {
          g_queue_unlink (&self->recent, &statement->link);
          g_queue_push_head_link (&self->recent, &statement->link);
        }
      return statement;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  if (result != SQLITE_OK)
    {
      orm_connection_set_error (self, result, sql, error);
      return NULL;
    }
  if (handle == NULL || rest[strspn (rest, " \t\r\n;")] != '\0')
    {
      sqlite3_finalize (handle);
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "Not exactly one statement: %s", sql);
      return NULL;
    }
  if (g_hash_table_size (self->statements) >= MAX_STATEMENTS)
    orm_connection_forget_one (self);
  statement = orm_statement_new (self, handle);
  g_queue_push_head_link (&self->recent, &statement->link);
  g_hash_table_insert (self->statements, (gpointer) sqlite3_sql (handle), statement);
  return statement;
}

/**
 * orm_connection_execute:
 * @self: a connection
 * @sql: a script: any number of statements, without parameters
 * @error: return location
 *
 * Runs a script, statement by statement, up to the first that fails.
 *
 * Returns: whether all of it ran
 */
gboolean
orm_connection_execute (OrmConnection *self, const char *sql, GError **error)
{
  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);
  orm_connection_assert_owner (self);

  while (*sql != '\0')
    {
      sqlite3_stmt *handle = NULL;
      OrmStatement *statement;
      const char *text = sql;
      int result = sqlite3_prepare_v2 (self->handle, text, -1, &handle, &sql);
      gboolean ran;

      if (result != SQLITE_OK)
        {
          orm_connection_set_error (self, result, text, error);
          return FALSE;
        }
      if (handle == NULL)
        continue;
      statement = orm_statement_new (self, handle);
      ran = orm_statement_run (statement, error);
      orm_statement_free (statement);
      if (!ran)
        return FALSE;
    }
  return TRUE;
}

/**
 * orm_connection_get_int64:
 * @self: a connection
 * @sql: a statement without parameters
 * @value: (out): the first column of its first row; 0 for NULL
 * @error: return location
 *
 * Reads one whole number.
 *
 * Returns: whether there was a row; %ORM_ERROR_NO_ROW where there was none
 */
gboolean
orm_connection_get_int64 (OrmConnection *self, const char *sql, gint64 *value, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (self, sql, error);
  OrmStep step;

  g_return_val_if_fail (value != NULL, FALSE);

  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *value = orm_statement_get_int64 (statement, 0);
  else if (step == ORM_STEP_DONE)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NO_ROW, "No row: %s", sql);
  orm_statement_reset (statement);
  return step == ORM_STEP_ROW;
}

static gboolean
orm_connection_control (OrmConnection *self, const char *sql, GError **error)
{
  gboolean is_traced = orm_connection_is_traced (self);
  gint64 started = is_traced ? g_get_monotonic_time () : 0;
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (is_traced)
    orm_connection_traced_control (self, sql, g_get_monotonic_time () - started);
  if (result == SQLITE_OK)
    return TRUE;
  orm_connection_set_error (self, result, sql, error);
  return FALSE;
}

/* A statement that is still at a row would keep the commit from ending the snapshot, and make a rollback fail it. */
static void
orm_connection_reset_statements (OrmConnection *self)
{
  for (GList *link = self->recent.head; link != NULL; link = link->next)
    orm_statement_reset (link->data);
}

/* SQLite ends a transaction by itself where a write in it is interrupted, or the disk is full. Where a part of it could
 * not be taken back, the whole must be. */
static gboolean
orm_connection_is_lost (OrmConnection *self, GError **error)
{
  if (self->depth == 0 || (!sqlite3_get_autocommit (self->handle) && !self->is_spoilt))
    return FALSE;
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "The transaction was rolled back by an earlier error");
  return TRUE;
}

/* What is written to a file that has no name any more is gone with the program; and what is meant for one of two files
 * is not to go into the other. */
static gboolean
orm_connection_is_displaced (OrmConnection *self, GError **error)
{
  OrmFileIdentity now;

  if (self->file == NULL)
    return FALSE;
  now = orm_file_identify (self->file);
  if (orm_file_identity_equal (&now, &self->identity))
    return FALSE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_DISPLACED, "“%s” is %s", self->file,
               now.inode == 0 ? "not there any more" : "another file than the one that was opened");
  return TRUE;
}

/* Another process may be of a later version of the program, and have brought the file to its own schema since it was
 * opened. Within the transaction, as nobody can do so any more then. Not traced: nobody asked. */
static gboolean
orm_connection_knows_schema (OrmConnection *self, GError **error)
{
  static const char sql[] = "PRAGMA user_version";
  int result = SQLITE_OK;
  gint64 version = 0;

  if (self->newest_version == 0)
    return TRUE;
  if (self->schema_version == NULL)
    result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->schema_version, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_step (self->schema_version);
  if (result == SQLITE_ROW)
    version = sqlite3_column_int64 (self->schema_version, 0);
  else
    orm_connection_set_error (self, result, sql, error);
  sqlite3_reset (self->schema_version);
  if (result == SQLITE_ROW && version > self->newest_version)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA,
                 "The database has version %" G_GINT64_FORMAT " now, this program knows up to %u", version,
                 self->newest_version);
  return result == SQLITE_ROW && version <= self->newest_version;
}

/* A rollback needs some memory, too: where there was none the transaction is still there. */
gboolean
orm_connection_end_left (OrmConnection *self, GError **error)
{
  if (self->depth > 0)
    return TRUE;
  self->is_spoilt = FALSE;
  return sqlite3_get_autocommit (self->handle) || orm_connection_control (self, "ROLLBACK", error);
}

/**
 * orm_connection_begin:
 * @self: a connection
 * @error: return location
 *
 * Begins a transaction: one that writes takes the lock of the file at once; one inside another is a savepoint.
 *
 * Returns: whether it began; %ORM_ERROR_BUSY where another process kept the lock for too long, %ORM_ERROR_DISPLACED
 *   where the file is not at its place any more, %ORM_ERROR_NEWER_SCHEMA where a later version has migrated it
 */
gboolean
orm_connection_begin (OrmConnection *self, GError **error)
{
  char savepoint[32];

  g_return_val_if_fail (self != NULL, FALSE);
  orm_connection_assert_owner (self);

  if (orm_connection_is_lost (self, error) || !orm_connection_end_left (self, error) ||
      (self->depth == 0 && orm_connection_is_displaced (self, error)))
    return FALSE;
  if (self->depth == G_N_ELEMENTS (self->marks))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "Transactions are nested more than %u deep", self->depth);
      return FALSE;
    }
  g_snprintf (savepoint, sizeof savepoint, "SAVEPOINT level_%u", self->depth);
  if (!orm_connection_control (self,
                               self->depth > 0   ? savepoint
                               : self->read_only ? "BEGIN"
                                                 : "BEGIN IMMEDIATE",
                               error))
    return FALSE;
  if (self->depth == 0 && !orm_connection_knows_schema (self, error))
    {
      orm_connection_end_left (self, NULL);
      return FALSE;
    }
  self->marks[self->depth++] = self->log->len;
  return TRUE;
}

/**
 * orm_connection_commit:
 * @self: a connection within orm_connection_begin()
 * @error: return location
 *
 * Ends the innermost transaction and keeps what it did. Where that fails it is rolled back.
 *
 * Returns: whether it is kept
 */
gboolean
orm_connection_commit (OrmConnection *self, GError **error)
{
  char release[32];

  g_return_val_if_fail (self != NULL && self->depth > 0, FALSE);
  orm_connection_assert_owner (self);

  if (self->depth == 1)
    orm_connection_reset_statements (self);
  g_snprintf (release, sizeof release, "RELEASE level_%u", self->depth - 1);
  if (orm_connection_is_lost (self, error) || (self->depth == 1 && orm_connection_is_displaced (self, error)) ||
      !orm_connection_control (self, self->depth > 1 ? release : "COMMIT", error))
    {
      orm_connection_rollback (self);
      return FALSE;
    }
  self->depth--;
  if (self->depth == 0)
    orm_connection_deliver_changes (self);
  return TRUE;
}

/**
 * orm_connection_rollback:
 * @self: a connection within orm_connection_begin()
 *
 * Ends the innermost transaction and undoes what it did.
 */
void
orm_connection_rollback (OrmConnection *self)
{
  char sql[64];

  g_return_if_fail (self != NULL && self->depth > 0);
  orm_connection_assert_owner (self);

  self->depth--;
  g_array_set_size (self->log, self->marks[self->depth]);
  if (self->depth == 0)
    orm_connection_reset_statements (self);
  /* After a full disk or the like SQLite has done it already. */
  if (sqlite3_get_autocommit (self->handle))
    return;
  g_snprintf (sql, sizeof sql, "ROLLBACK TO level_%u; RELEASE level_%u", self->depth, self->depth);
  if (!orm_connection_control (self, self->depth > 0 ? sql : "ROLLBACK", NULL))
    self->is_spoilt = TRUE;
}

/**
 * orm_connection_get_last_insert_id:
 * @self: a connection
 *
 * Returns: the key of the row that was inserted last
 */
gint64
orm_connection_get_last_insert_id (OrmConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * orm_connection_get_n_changes:
 * @self: a connection
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed, without those of triggers and foreign keys
 */
gint64
orm_connection_get_n_changes (OrmConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes64 (self->handle);
}

/**
 * orm_connection_interrupt:
 * @self: a connection
 *
 * Makes the statements that run now end with %G_IO_ERROR_CANCELLED. Any thread, while the connection lives.
 */
void
orm_connection_interrupt (OrmConnection *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_interrupt (self->handle);
}

/**
 * orm_connection_report_change:
 * @self: a connection
 * @table: the name of a table
 * @kind: what becomes of the row
 * @key: its key
 *
 * Adds to the report of the transaction a row that SQLite does not tell of: one of a table without rowid, or one that
 * INSERT OR REPLACE removed.
 */
void
orm_connection_report_change (OrmConnection *self, const char *table, OrmChangeKind kind, gint64 key)
{
  g_return_if_fail (self != NULL && table != NULL);
  orm_connection_assert_owner (self);

  orm_connection_log_change (self, table, kind, key);
}

void
orm_connection_set_origin (OrmConnection *self,
                           guint start,
                           const char *table,
                           OrmChangeKind kind,
                           gint64 key,
                           gconstpointer origin)
{
  for (guint i = start; i < self->log->len; i++)
    {
      OrmChange *change = &g_array_index (self->log, OrmChange, i);

      if (change->key != key || change->kind != kind || strcmp (change->table, table) != 0)
        continue;
      change->origin = origin;
      return;
    }
}

/* By what nobody said that it was theirs: the schema, or SQL. */
gboolean
orm_connection_has_changed (OrmConnection *self, const char *table, gint64 key)
{
  for (guint i = self->log->len; i > 0; i--)
    {
      const OrmChange *change = &g_array_index (self->log, OrmChange, i - 1);

      if (change->key == key && change->origin == NULL && g_str_equal (change->table, table))
        return TRUE;
    }
  return FALSE;
}

void
orm_connection_deliver_changes (OrmConnection *self)
{
  if (self->log->len == 0)
    return;
  if (self->committed != NULL)
    self->committed ((const OrmChange *) (gpointer) self->log->data, self->log->len, self->committed_data);
  g_array_set_size (self->log, 0);
}

/* A number that changes when another connection commits; -1 where it cannot be read. Not traced: nobody asked. */
gint64
orm_connection_get_data_version (OrmConnection *self)
{
  gint64 version = -1;

  orm_connection_assert_owner (self);
  if (self->data_version == NULL &&
      sqlite3_prepare_v3 (self->handle, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT, &self->data_version,
                          NULL) != SQLITE_OK)
    return -1;
  if (sqlite3_step (self->data_version) == SQLITE_ROW)
    version = sqlite3_column_int64 (self->data_version, 0);
  sqlite3_reset (self->data_version);
  return version;
}

/**
 * orm_connection_get_handle:
 * @self: a connection
 *
 * Returns: (transfer none): SQLite's own connection, for functions and tokenizers
 */
struct sqlite3 *
orm_connection_get_handle (OrmConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->handle;
}
