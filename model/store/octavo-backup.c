/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-backup.h"

#include "octavo-error.h"
#include "octavo-tokenizer.h"
#include "orm-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

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
  gboolean is_good = FALSE;

  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (copy, "PRAGMA integrity_check (1)", -1, &statement, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    is_good = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);

  if (result != SQLITE_ROW)
    return set_sqlite_error (error, result);
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

static gboolean
sync_path (const char *path, int flags)
{
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC | flags, 0);
  gboolean is_synced = descriptor >= 0 && fsync (descriptor) == 0;

  if (descriptor >= 0)
    close (descriptor);
  return is_synced;
}

/* File systems that cannot rename without overwriting can link. */
static gboolean
rename_to_nothing (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  return link (from, to) == 0 && g_unlink (from) == 0;
}

static gboolean
put_in_place (const char *from, const char *to, GError **error)
{
  g_autofree char *name = g_filename_display_name (to);
  g_autofree char *folder = g_path_get_dirname (to);
  int reason;

  if (sync_path (from, 0) && rename_to_nothing (from, to))
    {
      /* Not every file system can sync a folder; the copy is whole in any case. */
      sync_path (folder, O_DIRECTORY);
      return TRUE;
    }

  reason = errno;
  if (reason == EEXIST)
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                 _ ("“%s” is there already, and was left untouched. Choose another name."), name);
  else
    g_set_error (error, OCTAVO_ERROR, reason == ENOSPC ? OCTAVO_ERROR_FULL : OCTAVO_ERROR_FAILED,
                 _ ("“%s” could not be written (%s). Choose another place."), name, g_strerror (reason));
  return FALSE;
}

/* An empty file beside the place of the copy, for the owner alone. (transfer full) */
static char *
make_temporary (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  int descriptor, reason;

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                   _ ("“%s” is there already, and was left untouched. Choose another name."), name);
      return NULL;
    }

  descriptor = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  reason = errno;
  if (descriptor < 0)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                   _ ("“%s” cannot be made (%s). Choose a folder that is there and that you may write to."), name,
                   g_strerror (reason));
      return NULL;
    }
  close (descriptor);
  return g_steal_pointer (&temporary);
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

  temporary = make_temporary (path, error);
  if (temporary == NULL)
    return FALSE;

  is_done = orm_database_read (database, copy_database, &(Copy){ temporary }, cancellable, error);
  if (!is_done)
    octavo_error_for_person (error, path);
  else
    is_done = put_in_place (temporary, path, error);
  if (!is_done)
    g_unlink (temporary);
  return is_done;
}
