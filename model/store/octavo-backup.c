/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-backup.h"

#include "octavo-error.h"
#include "octavo-new-file.h"
#include "octavo-sqlite.h"
#include "octavo-tokenizer.h"
#include "orm-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

/* A backup that turns out to be no good on the day it is needed is worse than none. So the copy is made of one
 * snapshot, is read from end to end, is on the disk, and only then gets its name. */

#define PAGES_AT_ONCE 1024

typedef struct
{
  const char *path; /* of the copy, while it has no name */
} Copy;

static gboolean
set_sqlite_error (GError **error, int result)
{
  g_set_error_literal (error, ORM_ERROR, (int) orm_error_from_sqlite (result), sqlite3_errstr (result));
  return FALSE;
}

static gboolean
copy_pages (sqlite3 *from, sqlite3 *to, GCancellable *cancellable, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int result = SQLITE_OK;

  if (backup == NULL)
    return set_sqlite_error (error, sqlite3_extended_errcode (to));
  while (result == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    result = sqlite3_backup_step (backup, PAGES_AT_ONCE);
  sqlite3_backup_finish (backup);

  if (result == SQLITE_DONE)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return set_sqlite_error (error, result);
}

/* One file without a log beside it, that reads well from end to end. */
static gboolean
finish_copy (sqlite3 *copy, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_exec (copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  gboolean is_good = FALSE, is_refused = FALSE;

  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (copy, "PRAGMA integrity_check (1)", -1, &statement, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    {
      const char *verdict = (const char *) sqlite3_column_text (statement, 0);

      is_good = g_strcmp0 (verdict, "ok") == 0;
      is_refused = octavo_sqlite_is_refusal (verdict, error);
    }
  sqlite3_finalize (statement);

  if (result != SQLITE_ROW)
    return set_sqlite_error (error, result);
  if (is_refused)
    return FALSE;
  if (!is_good)
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT,
                         _ ("The file of notes is damaged, and was not copied. Run “octavo check” to learn more."));
  return is_good;
}

/* OrmWork, in a snapshot of the file. */
static gboolean
copy_database (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Copy *copy = data;
  sqlite3 *to = NULL;
  int result = sqlite3_open_v2 (copy->path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
  gboolean is_copied;

  /* The check of the copy looks into the search index, too. */
  if (result == SQLITE_OK && octavo_tokenizer_register (to))
    is_copied = copy_pages (orm_connection_get_handle (connection), to, cancellable, error) && finish_copy (to, error);
  else
    is_copied = set_sqlite_error (error, result);
  sqlite3_close (to);
  return is_copied;
}

/**
 * octavo_backup_run:
 * @database: an open database
 * @path: where the copy goes
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Copies the database as it is now. Sets %OCTAVO_ERROR_EXISTS, %OCTAVO_ERROR_CANT_OPEN, %OCTAVO_ERROR_FULL,
 * %OCTAVO_ERROR_CORRUPT; nothing is left at @path then. Any thread; blocks, while the copy is made on a reading thread.
 *
 * Returns: whether there is a good copy at @path
 */
gboolean
octavo_backup_run (OrmDatabase *database, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *temporary = NULL;
  gboolean is_done;

  g_return_val_if_fail (ORM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  temporary = octavo_new_file_make_temporary (path, NULL, error);
  if (temporary == NULL)
    return FALSE;

  is_done = orm_database_read (database, copy_database, &(Copy){ temporary }, cancellable, error);
  if (!is_done)
    octavo_error_for_person (error, path);
  else
    is_done = octavo_new_file_put_in_place (temporary, path, error);
  if (!is_done)
    g_unlink (temporary);
  return is_done;
}
