/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-sqlite.h"

#include "octavo-place.h"
#include "octavo-tokenizer.h"
#include "orm-error.h"

#include <fcntl.h>
#include <string.h>

/* SQLite asks each file to be no symbolic link, and has followed those in its name before. The file system of the
 * portal of documents opens files by links of its own, and so would give it none. */
static int
open_lent (const char *path, int flags, int mode)
{
  return open (path, octavo_place_is_lent (path) ? flags & ~O_NOFOLLOW : flags, mode);
}

static gpointer
allow_lent (gpointer data)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  if (vfs != NULL && vfs->iVersion >= 3 && vfs->xSetSystemCall != NULL)
    vfs->xSetSystemCall (vfs, "open", (sqlite3_syscall_ptr) open_lent);
  return NULL;
}

/**
 * octavo_sqlite_set_error:
 * @self: a connection
 * @result: what a call of it gave
 * @error: where to put the error
 *
 * Returns: %FALSE
 */
gboolean
octavo_sqlite_set_error (sqlite3 *self, int result, GError **error)
{
  g_set_error_literal (error, ORM_ERROR,
                       (int) (self != NULL ? orm_error_of_connection (self, result) : orm_error_from_sqlite (result)),
                       self != NULL ? sqlite3_errmsg (self) : sqlite3_errstr (result));
  return FALSE;
}

/**
 * octavo_sqlite_dup_uri:
 * @path: a file
 * @may_write: whether it is opened for writing
 *
 * By this name a file can be opened, or attached to any connection. What is lent to a sandbox knows no locks: it is
 * read as something that nobody writes to, and is written as a file that nobody else knows.
 *
 * Returns: (transfer full): the URI
 */
char *
octavo_sqlite_dup_uri (const char *path, gboolean may_write)
{
  static GOnce once = G_ONCE_INIT;
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  const char *scheme = g_path_is_absolute (path) ? "file://" : "file:"; /* after two slashes an authority would come */
  const char *mode = may_write ? "" : "&mode=ro";

  if (!octavo_place_is_lent (path))
    return g_strconcat (scheme, escaped, "?vfs=unix", mode, NULL);
  g_once (&once, allow_lent, NULL);
  return g_strconcat (scheme, escaped, may_write ? "?vfs=unix-none" : "?vfs=unix&immutable=1", mode, NULL);
}

/**
 * octavo_sqlite_open:
 * @path: a file
 * @flags: of SQLite
 * @error: where to put an error
 *
 * Opens a file as it is. What is attached to it may be named by a URI.
 *
 * Returns: (transfer full) (nullable): a connection, for sqlite3_close()
 */
sqlite3 *
octavo_sqlite_open (const char *path, int flags, GError **error)
{
  g_autofree char *uri = octavo_sqlite_dup_uri (path, (flags & SQLITE_OPEN_READWRITE) != 0);
  sqlite3 *self = NULL;
  int result =
      sqlite3_open_v2 (uri, &self, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  /* Whoever reads a whole file looks into its search index, too. */
  if (result == SQLITE_OK && !octavo_tokenizer_register (self))
    result = SQLITE_NOMEM;
  if (result == SQLITE_OK)
    return self;
  octavo_sqlite_set_error (self, result, error);
  sqlite3_close (self);
  return NULL;
}

/**
 * octavo_sqlite_prepare:
 * @self: a connection
 * @sql: a statement
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable): the statement, for sqlite3_finalize()
 */
sqlite3_stmt *
octavo_sqlite_prepare (sqlite3 *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (self, sql, -1, &statement, NULL);

  if (result != SQLITE_OK)
    octavo_sqlite_set_error (self, result, error);
  return statement;
}

/**
 * octavo_sqlite_execute:
 * @self: a connection
 * @sql: statements without parameters
 * @error: where to put an error
 *
 * Returns: whether they ran
 */
gboolean
octavo_sqlite_execute (sqlite3 *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || octavo_sqlite_set_error (self, result, error);
}

/**
 * octavo_sqlite_execute_text:
 * @self: a connection
 * @sql: a statement with one parameter
 * @text: the parameter
 * @error: where to put an error
 *
 * Returns: whether it ran
 */
gboolean
octavo_sqlite_execute_text (sqlite3 *self, const char *sql, const char *text, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  result = sqlite3_step (statement);
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    octavo_sqlite_set_error (self, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE || result == SQLITE_ROW;
}

/**
 * octavo_sqlite_get_int64:
 * @self: a connection
 * @sql: a statement that gives one row with a number
 * @value: (out): the number
 * @error: where to put an error
 *
 * Returns: whether it was read
 */
gboolean
octavo_sqlite_get_int64 (sqlite3 *self, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (self, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  else
    octavo_sqlite_set_error (self, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_ROW;
}

/**
 * octavo_sqlite_get_text:
 * @self: a connection
 * @sql: a statement that gives at most one row with a text
 * @text: (out) (transfer full) (nullable): the text; %NULL where there is no row
 * @error: where to put an error
 *
 * Returns: whether it was read
 */
gboolean
octavo_sqlite_get_text (sqlite3 *self, const char *sql, char **text, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (self, sql, error);
  int result;

  *text = NULL;
  if (statement == NULL)
    return FALSE;
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    *text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  else if (result != SQLITE_DONE)
    octavo_sqlite_set_error (self, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_ROW || result == SQLITE_DONE;
}

/**
 * octavo_sqlite_is_refusal:
 * @verdict: (nullable): a line of PRAGMA integrity_check
 * @error: where to put an error
 *
 * Tells damage from pages that could not be looked at, as there was no memory, or the disk did not answer: SQLite has
 * one line for both.
 *
 * Returns: whether it is no verdict; @error is set then
 */
gboolean
octavo_sqlite_is_refusal (const char *verdict, GError **error)
{
  static const char words[] = "error code=";
  const char *code = verdict != NULL ? strstr (verdict, words) : NULL;
  int result = code != NULL ? (int) g_ascii_strtoll (code + strlen (words), NULL, 10) : SQLITE_OK;

  if ((result & 0xff) != SQLITE_NOMEM && (result & 0xff) != SQLITE_IOERR)
    return FALSE;
  return !octavo_sqlite_set_error (NULL, result, error);
}

/**
 * octavo_sqlite_has_known_format:
 * @self: a connection that has read from its file
 *
 * Looks at the numbers in the head that say who may read and write the file: one that SQLite does not know makes it
 * read such a file, and refuse to write to it. Through SQLite, as to close a file lets go of its locks.
 *
 * Returns: whether it knows them
 */
gboolean
octavo_sqlite_has_known_format (sqlite3 *self)
{
  sqlite3_file *file = NULL;
  guint8 formats[2];

  if (sqlite3_file_control (self, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == NULL ||
      file->pMethods == NULL || file->pMethods->xRead (file, formats, sizeof formats, 18) != SQLITE_OK)
    return TRUE;
  return formats[0] <= 2 && formats[1] <= 2;
}

/**
 * octavo_sqlite_quote_name:
 * @name: of a table
 *
 * Returns: (transfer full): as SQL writes it
 */
char *
octavo_sqlite_quote_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s\"", doubled);
}
