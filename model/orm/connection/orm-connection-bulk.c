/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-error.h"

/* What work asks for that writes very much, in many transactions. */

#define DEFAULT_CACHE      "PRAGMA cache_size = -2000" /* SQLite's own: KiB */
#define DEFAULT_CHECKPOINT 1000                        /* SQLite's own: pages */
#define LOG_SIZE           4 /* times the cache: a page that is written many times is then copied once */
#define MAX_MEBIBYTES      256
#define FULL               2

/**
 * orm_connection_set_cache:
 * @self: what the work was called with
 * @mebibytes: up to 256; 0 for as much as at first
 * @error: return location
 *
 * Sets how much of the file is kept in memory, and with it how far the log grows before it is copied into the file: for
 * work that writes all over a large file, in many transactions. Where the pages that one of them writes do not fit,
 * they go into the log many times. Thread of the connection.
 *
 * Returns: whether it is set
 */
gboolean
orm_connection_set_cache (OrmConnection *self, guint mebibytes, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 page_size;

  g_return_val_if_fail (self != NULL && mebibytes <= MAX_MEBIBYTES, FALSE);

  if (!orm_connection_get_int64 (self, "PRAGMA page_size", &page_size, error))
    return FALSE;
  sql = g_strdup_printf ("PRAGMA cache_size = -%u", mebibytes * 1024);
  sqlite3_wal_autocheckpoint (self->handle, mebibytes > 0 ? (int) (LOG_SIZE * mebibytes * 1024 * 1024 / page_size)
                                                          : DEFAULT_CHECKPOINT);
  return orm_connection_execute (self, mebibytes > 0 ? sql : DEFAULT_CACHE, error);
}

static int
on_level (void *level, int n_columns, char **texts, char **names)
{
  if (texts[0] == NULL)
    return SQLITE_ABORT; /* there was no memory for it */
  *(gint64 *) level = g_ascii_strtoll (texts[0], NULL, 10);
  return SQLITE_OK;
}

/* Lets commits come back before the disk has them, until orm_connection_end_relaxed(): they stay whole and in order,
 * but a power cut may take the last of them. Does nothing where that is so in any case. Not traced: nobody asked. */
void
orm_connection_begin_relaxed (OrmConnection *self)
{
  gint64 level = 0;

  if (sqlite3_exec (self->handle, "PRAGMA synchronous", on_level, &level, NULL) != SQLITE_OK || level != FULL)
    return;
  self->is_relaxed = TRUE;
  sqlite3_exec (self->handle, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
}

/* May run twice. Where it fails, as there is no memory, no other work must be told that it is done. */
gboolean
orm_connection_end_relaxed (OrmConnection *self, GError **error)
{
  static const char sql[] = "PRAGMA synchronous = FULL";
  int result;

  if (!self->is_relaxed)
    return TRUE;
  if (!orm_connection_end_left (self, error))
    return FALSE;
  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  self->is_relaxed = result != SQLITE_OK;
  if (self->is_relaxed)
    orm_connection_set_error (self, result, sql, error);
  return !self->is_relaxed;
}

/* Waits until the disk has the log, and with it all that was committed: what is in the file itself was brought to the
 * disk before the log was begun anew. */
gboolean
orm_connection_force (OrmConnection *self, GError **error)
{
  sqlite3_file *log = NULL;
  int result = sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);

  if (result == SQLITE_OK && log != NULL && log->pMethods != NULL)
    result = log->pMethods->xSync (log, SQLITE_SYNC_NORMAL);
  if (result == SQLITE_OK)
    return TRUE;
  g_set_error (error, ORM_ERROR, orm_error_from_sqlite (result), "%s", sqlite3_errstr (result));
  return FALSE;
}
