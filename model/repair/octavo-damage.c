/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-damage.h"

#include "octavo-backup-folder.h"
#include "octavo-error.h"
#include "octavo-page-file.h"
#include "octavo-repair-place.h"
#include "octavo-salvage-model.h"
#include "octavo-salvage.h"
#include "octavo-schema.h"
#include "octavo-sqlite.h"
#include "orm-error.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PAGES_LOOKED_AT 4096 /* of a file that may be anything */

static gsize
read_log (guint64 offset, guint8 *buffer, gsize size, gpointer data)
{
  ssize_t n = pread (GPOINTER_TO_INT (data), buffer, size, (off_t) offset);

  return n > 0 ? (gsize) n : 0;
}

static gboolean
is_log_damaged (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  int descriptor = g_open (log, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_damaged = FALSE;

  if (descriptor < 0)
    return FALSE;
  /* somebody may be writing to it: what is so twice is so */
  for (guint i = 0; i < 2 && (i == 0 || is_damaged); i++)
    {
      g_autoptr (OctavoWalFrames) frames = octavo_wal_frames_read (read_log, GINT_TO_POINTER (descriptor));

      is_damaged = frames->is_damaged;
    }
  close (descriptor);
  return is_damaged;
}

static gboolean
set_damaged (const char *path, GError **error)
{
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_CORRUPT, "the log is damaged");
  octavo_error_for_person (error, path);
  return FALSE;
}

/* A new file is empty, too; but there are no backups of that. */
static gboolean
is_emptied (const char *path)
{
  g_autoptr (OctavoSnapshots) snapshots = NULL;
  struct stat status;

  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size != 0)
    return FALSE;
  snapshots = octavo_backup_folder_get_snapshots (path);
  return octavo_snapshots_has_any (snapshots);
}

/**
 * octavo_damage_look:
 * @path: the path of a file of notes that is not open in this process
 * @error: %OCTAVO_ERROR_CORRUPT
 *
 * Looks for what SQLite would pass over in silence: it does not read on in a log behind a damaged place, and takes an
 * empty file for a new one. A repair that was cut short is taken back. Any thread; blocks.
 *
 * Returns: whether there is nothing of that
 */
gboolean
octavo_damage_look (const char *path, GError **error)
{
  if (g_str_equal (path, ":memory:"))
    return TRUE;
  octavo_repair_place_clean (path);
  return (!is_emptied (path) && !is_log_damaged (path)) || set_damaged (path, error);
}

static gboolean
has_columns (sqlite3 *file, const OctavoSalvageTable *table, char **fault)
{
  g_autofree char *columns = octavo_salvage_table_dup_columns (table, table->columns->len);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", columns, table->name);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = octavo_sqlite_prepare (file, sql, &failure);

  sqlite3_finalize (statement);
  if (statement == NULL && fault != NULL)
    *fault = g_strdup (failure->message);
  return statement != NULL;
}

/* The tables are those of the version that the file says it has: with all of their columns, and none of a later one. */
static gboolean
check_tables (sqlite3 *file, gint64 version, char **fault, GError **error)
{
  g_autoptr (GPtrArray) tables = octavo_salvage_model_new (error);
  g_autoptr (GPtrArray) old = octavo_salvage_model_new_for_version ((guint) CLAMP (version, 1, G_MAXINT), error);

  if (tables == NULL || old == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len && *fault == NULL; i++)
    {
      const OctavoSalvageTable *table = g_ptr_array_index (tables, i);
      int index = octavo_salvage_schema_find (old, table->name);

      if (table->table != NULL || !table->is_kept)
        continue;
      if (version > 0 && index >= 0)
        has_columns (file, g_ptr_array_index (old, (guint) index), fault);
      else if (has_columns (file, table, NULL))
        *fault = g_strdup ("user_version");
    }
  return TRUE;
}

/* Nobody writes zeros into a text, nor what is no UTF-8. */
static gboolean
is_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  int length = sqlite3_column_bytes (statement, column);

  return text == NULL || g_utf8_validate_len (text, (gsize) length, NULL);
}

/**
 * octavo_damage_find_text:
 * @file: a connection to a file of notes
 * @id: (out): the first note with a text that nobody can have written; 0: there is none
 * @error: %ORM_ERROR
 *
 * Reads all texts. SQLite does not look into them when it checks a file. Thread of the connection.
 *
 * Returns: whether they could be read
 */
gboolean
octavo_damage_find_text (sqlite3 *file, gint64 *id, GError **error)
{
  sqlite3_stmt *statement =
      octavo_sqlite_prepare (file, "SELECT id, title, excerpt, aliases, front_matter, body FROM note", error);
  int result = SQLITE_ERROR;

  *id = 0;
  if (statement == NULL)
    return FALSE;
  while (*id == 0 && (result = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 1; i < sqlite3_column_count (statement); i++)
      if (!is_text (statement, i))
        *id = sqlite3_column_int64 (statement, 0);
  if (*id == 0 && result != SQLITE_DONE)
    octavo_sqlite_set_error (file, result, error);
  sqlite3_finalize (statement);
  return *id != 0 || result == SQLITE_DONE;
}

static gboolean
has_notes (const char *path, gboolean is_head_to_blame)
{
  g_autoptr (OctavoPageFile) file = octavo_page_file_open (path, NULL);
  g_autoptr (GPtrArray) tables = file != NULL ? octavo_salvage_model_new (NULL) : NULL;

  return tables != NULL && (!is_head_to_blame || !file->has_head) &&
         octavo_salvage_find_notes (file, tables, MAX_PAGES_LOOKED_AT);
}

static gboolean
is_of_later_sqlite (const char *path)
{
  g_autoptr (OctavoPageFile) file = octavo_page_file_open (path, NULL);

  return file != NULL && file->is_later;
}

/* It says that it is of an earlier version than it is. */
static gboolean
has_other_version (const char *path)
{
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, NULL);
  g_autofree char *fault = NULL;
  gint64 version;
  gboolean is_other = file != NULL && octavo_sqlite_get_int64 (file, "PRAGMA user_version", &version, NULL) &&
                      check_tables (file, version, &fault, NULL) && fault != NULL;

  sqlite3_close (file);
  return is_other;
}

/**
 * octavo_damage_explain:
 * @path: the path of a file that could not be opened, and is not open in this process
 * @error: (inout) (optional): why, %ORM_ERROR; becomes %ORM_ERROR_CORRUPT where that is so, or
 *   %ORM_ERROR_UNKNOWN_FORMAT where it may be
 *
 * A damaged head makes a file of notes look like no database at all, or like one that may not be written to. Any
 * thread; blocks.
 */
void
octavo_damage_explain (const char *path, GError **error)
{
  gboolean is_later;

  if (error == NULL || *error == NULL)
    return;
  if (!g_error_matches (*error, ORM_ERROR, ORM_ERROR_UNKNOWN_FORMAT) &&
      !(g_error_matches (*error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE) && has_notes (path, FALSE)) &&
      !(g_error_matches (*error, ORM_ERROR, ORM_ERROR_READ_ONLY) && has_notes (path, TRUE)) &&
      !(g_error_matches (*error, ORM_ERROR, ORM_ERROR_FAILED) && has_other_version (path)))
    return;
  is_later = is_of_later_sqlite (path);
  g_clear_error (error);
  g_set_error_literal (error, ORM_ERROR, is_later ? ORM_ERROR_UNKNOWN_FORMAT : ORM_ERROR_CORRUPT,
                       "the head is damaged");
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, ORM_ERROR, ORM_ERROR_CORRUPT) ||
         g_error_matches (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE) ||
         g_error_matches (error, ORM_ERROR, ORM_ERROR_FAILED) ||
         g_error_matches (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
}

static gboolean
look_at_texts (sqlite3 *file, char **fault, GError **error)
{
  gint64 id;

  if (!octavo_damage_find_text (file, &id, error))
    return FALSE;
  if (id != 0)
    *fault = g_strdup_printf ("text of note %" G_GINT64_FORMAT, id);
  return TRUE;
}

static gboolean
look_through (sqlite3 *file, char **fault, GError **error)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  gint64 version, id;

  if (!octavo_sqlite_get_int64 (file, "PRAGMA user_version", &version, error) ||
      !octavo_sqlite_get_int64 (file, "PRAGMA application_id", &id, error))
    return FALSE;
  if (id == OCTAVO_SCHEMA_FILE_ID && version > (gint64) migrations->len)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA, "a later version");
      return FALSE;
    }
  if (!octavo_sqlite_get_text (file, "PRAGMA integrity_check (1)", fault, error))
    return FALSE;
  if (g_strcmp0 (*fault, "ok") != 0)
    return TRUE;
  g_clear_pointer (fault, g_free);
  if (id != OCTAVO_SCHEMA_FILE_ID)
    *fault = g_strdup ("application_id");
  else if (!octavo_sqlite_has_known_format (file))
    *fault = g_strdup ("format");
  return *fault != NULL ||
         (check_tables (file, version, fault, error) && (*fault != NULL || look_at_texts (file, fault, error)));
}

/**
 * octavo_damage_find:
 * @path: the path of a file of notes
 * @fault: (out) (nullable): what is wrong with it, in the words of SQLite; %NULL: nothing is
 * @error: %ORM_ERROR: it could not be looked at
 *
 * Reads a file from end to end. Any thread; blocks.
 *
 * Returns: whether it could be looked at
 */
gboolean
octavo_damage_find (const char *path, char **fault, GError **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3 *file = NULL;
  gboolean is_done;

  *fault = NULL;
  if (is_log_damaged (path) || is_emptied (path))
    {
      *fault = g_strdup ("log");
      return TRUE;
    }
  file = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, &failure);
  is_done = file != NULL && look_through (file, fault, &failure);
  sqlite3_close (file);
  if (is_done)
    return TRUE;
  g_clear_pointer (fault, g_free);
  if (is_damage (failure))
    {
      *fault = g_strdup (failure->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
