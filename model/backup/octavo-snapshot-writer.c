/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-snapshot-writer.h"

#include "octavo-error.h"
#include "octavo-new-file.h"
#include "octavo-sqlite.h"
#include "orm-error.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A copy of the tables in one read transaction, so that it is of one moment, and the writer goes on meanwhile. SQLite's
 * own copies, page by page, take the search index along, which is a third of the file and can be made anew; and where
 * the index of a table is damaged in the file, it is made anew here.
 *
 * The temporary file is locked for as long as it is written: what is not, was left by a process that is gone. */

#define STEPS       2000              /* of SQLite's machine, between two looks at the clock */
#define WORK        4000              /* microseconds at a time */
#define PAUSE       4000              /* microseconds */
#define PIECE       (2 * 1024 * 1024) /* bytes that the disk gets at once */
#define PATIENCE    10000             /* milliseconds, for another process to let go of the file */
#define CACHE_PAGES "-2048"

typedef struct
{
  sqlite3 *copy; /* the file that it is of is attached as "source" */
  OctavoSnapshotPace pace;
  GCancellable *cancellable;
  int descriptor;
  gint64 began; /* to work, after the last pause */
  goffset synced;
  gint64 n_notes;
} Writer;

/* What has to reach the disk in the end reaches it bit by bit, so that no write of the notes waits behind all of it. */
static void
write_through (Writer *self)
{
  struct stat status;

  if (fstat (self->descriptor, &status) != 0 || status.st_size - self->synced < PIECE)
    return;
  fdatasync (self->descriptor);
  self->synced = status.st_size;
}

static int
on_progress (void *data)
{
  Writer *self = data;
  gint64 now;

  if (self->pace == OCTAVO_SNAPSHOT_IN_PIECES)
    {
      now = g_get_monotonic_time ();
      if (now - self->began >= WORK)
        {
          write_through (self);
          g_usleep (PAUSE);
          self->began = g_get_monotonic_time ();
        }
    }
  return g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
attach (Writer *self, const char *from, GError **error)
{
  g_autofree char *uri = octavo_sqlite_dup_uri (from, FALSE);

  return octavo_sqlite_execute_text (self->copy, "ATTACH ? AS source", uri, error);
}

/* The tables of the search index, with those that FTS5 makes for its own. */
static gboolean
is_of_index (const char *table)
{
  static const char *const beginnings[] = { "search_title", "search_body", "search_term", "search_posting",
                                            "search_meta" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (table, beginnings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
copy_table (Writer *self, const char *name, const char *sql, GError **error)
{
  g_autofree char *quoted = NULL;
  g_autofree char *fill = NULL;

  if (is_of_index (name))
    return TRUE;
  if (!octavo_sqlite_execute (self->copy, sql, error))
    return FALSE;
  /* What the index does not have yet means nothing without the index. */
  if (g_str_equal (name, "search_queue"))
    return TRUE;
  quoted = octavo_sqlite_quote_name (name);
  fill = g_strdup_printf ("INSERT INTO main.%s SELECT * FROM source.%s", quoted, quoted);
  return octavo_sqlite_execute (self->copy, fill, error);
}

/* Any column of its own is a table's or follows one: tables, then what is made of them, in the order they were made. */
static gboolean
copy_parts (Writer *self, gboolean tables, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (self->copy,
                                                   tables ? "SELECT name, sql, tbl_name FROM source.sqlite_schema "
                                                            "WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
                                                            "ESCAPE '~' ORDER BY rowid"
                                                          : "SELECT name, sql, tbl_name FROM source.sqlite_schema "
                                                            "WHERE type <> 'table' AND sql IS NOT NULL "
                                                            "ORDER BY type = 'trigger', rowid",
                                                   error);
  gboolean is_good = statement != NULL;
  int result = SQLITE_DONE;

  while (is_good && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);
      const char *sql = (const char *) sqlite3_column_text (statement, 1);

      if (tables)
        is_good = copy_table (self, name, sql, error);
      else if (!is_of_index ((const char *) sqlite3_column_text (statement, 2)))
        is_good = octavo_sqlite_execute (self->copy, sql, error);
    }
  if (is_good && result != SQLITE_DONE)
    is_good = octavo_sqlite_set_error (self->copy, result, error);
  sqlite3_finalize (statement);
  return is_good;
}

/* The numbers in the head of the file, and the last ids that were given, so that none is given twice. */
static gboolean
copy_numbers (Writer *self, GError **error)
{
  static const char *const pragmas[] = { "application_id", "user_version" };
  gint64 n_sequences;

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *get = g_strdup_printf ("PRAGMA source.%s", pragmas[i]);
      g_autofree char *set = NULL;
      gint64 value;

      if (!octavo_sqlite_get_int64 (self->copy, get, &value, error))
        return FALSE;
      set = g_strdup_printf ("PRAGMA main.%s = %" G_GINT64_FORMAT, pragmas[i], value);
      if (!octavo_sqlite_execute (self->copy, set, error))
        return FALSE;
    }
  if (!octavo_sqlite_get_int64 (self->copy, "SELECT count(*) FROM source.sqlite_schema WHERE name = 'sqlite_sequence'",
                                &n_sequences, error))
    return FALSE;
  return n_sequences == 0 ||
         octavo_sqlite_execute (self->copy,
                                "DELETE FROM main.sqlite_sequence;"
                                "INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence",
                                error);
}

/* All of it in one transaction: the first statement that reads the file says of which moment the copy is. */
static gboolean
copy_all (Writer *self, const char *from, GError **error)
{
  return octavo_sqlite_execute (self->copy,
                                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = " CACHE_PAGES,
                                error) &&
         attach (self, from, error) && octavo_sqlite_execute (self->copy, "BEGIN", error) &&
         octavo_sqlite_get_int64 (self->copy, "SELECT count(*) FROM source.note", &self->n_notes, error) &&
         copy_parts (self, TRUE, error) && copy_numbers (self, error) && copy_parts (self, FALSE, error) &&
         octavo_sqlite_execute (self->copy, "COMMIT", error);
}

static gboolean
set_damaged (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT,
               _ ("The backup “%s” is damaged, and cannot be relied on. Choose another one."), name);
  return FALSE;
}

/* n_notes: (out): how many there are */
static gboolean
check_copy (Writer *self, const char *path, gint64 *n_notes, GError **error)
{
  g_autofree char *verdict = NULL;
  g_autofree char *reference = NULL;

  if (!octavo_sqlite_get_text (self->copy, "PRAGMA integrity_check (1)", &verdict, error) ||
      !octavo_sqlite_get_text (self->copy, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", &reference,
                               error) ||
      !octavo_sqlite_get_int64 (self->copy, "SELECT count(*) FROM note", n_notes, error))
    return FALSE;
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;
  if (octavo_sqlite_is_refusal (verdict, error))
    return FALSE;
  g_debug ("%s: %s", path, verdict);
  return set_damaged (path, error);
}

static gboolean
check (const char *path, OctavoSnapshotPace pace, gint64 *n_notes, GCancellable *cancellable, GError **error)
{
  Writer self = { .pace = pace, .cancellable = cancellable, .descriptor = -1, .began = g_get_monotonic_time () };
  gboolean is_good;

  self.copy = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, error);
  if (self.copy == NULL)
    return FALSE;
  sqlite3_progress_handler (self.copy, STEPS, on_progress, &self);
  is_good = check_copy (&self, path, n_notes, error);
  sqlite3_close (self.copy);
  return is_good;
}

/* SQLite tells of a cancelled statement in its own words. */
static gboolean
end (gboolean is_good, const char *path, GCancellable *cancellable, GError **error)
{
  if (is_good)
    return TRUE;
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  octavo_error_for_person (error, path);
  return FALSE;
}

static gboolean
write_temporary (Writer *self, const char *from, const char *temporary, GError **error)
{
  gint64 n_notes = -1;
  gboolean is_good;

  self->copy = octavo_sqlite_open (temporary, SQLITE_OPEN_READWRITE, error);
  if (self->copy == NULL)
    return FALSE;
  sqlite3_busy_timeout (self->copy, PATIENCE);
  sqlite3_progress_handler (self->copy, STEPS, on_progress, self);
  is_good = copy_all (self, from, error);
  sqlite3_close (self->copy);
  /* What SQLite calls damaged is what it read; the person knows it by this name. */
  if (!is_good && (g_error_matches (*error, ORM_ERROR, ORM_ERROR_CORRUPT) ||
                   g_error_matches (*error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE)))
    octavo_error_for_person (error, from);
  if (!is_good || !check (temporary, self->pace, &n_notes, self->cancellable, error))
    return FALSE;
  return n_notes == self->n_notes || set_damaged (temporary, error);
}

/**
 * octavo_snapshot_write:
 * @from: the absolute path of a file of notes, which may be open
 * @path: the absolute path of the snapshot; nothing may be there yet
 * @pace: whether to take time
 * @cancellable: (nullable): stops it
 * @error: %OCTAVO_ERROR_EXISTS, %OCTAVO_ERROR_CANT_OPEN, %OCTAVO_ERROR_READ_ONLY, %OCTAVO_ERROR_FULL,
 *   %OCTAVO_ERROR_CORRUPT, %G_IO_ERROR_CANCELLED; nothing is left then
 *
 * Copies what is in the file now, but for the search index, reads the copy from end to end, and gives it its name once
 * the disk has it. Whoever writes to the file is not kept waiting. Any thread; blocks.
 *
 * Returns: whether there is a good snapshot at @path
 */
gboolean
octavo_snapshot_write (const char *from,
                       const char *path,
                       OctavoSnapshotPace pace,
                       GCancellable *cancellable,
                       GError **error)
{
  Writer self = { .pace = pace, .cancellable = cancellable, .began = g_get_monotonic_time () };
  g_autofree char *temporary = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_done;

  g_return_val_if_fail (from != NULL && path != NULL, FALSE);

  temporary = octavo_new_file_make_temporary (path, &self.descriptor, error);
  if (temporary == NULL)
    return FALSE;
  flock (self.descriptor, LOCK_EX | LOCK_NB);

  is_done = end (write_temporary (&self, from, temporary, &failure), path, cancellable, &failure) &&
            octavo_new_file_put_in_place (temporary, path, &failure);
  if (!is_done)
    {
      g_unlink (temporary);
      g_propagate_error (error, g_steal_pointer (&failure));
    }
  close (self.descriptor);
  return is_done;
}

static void
remove_if_left (const char *path)
{
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);

  if (descriptor < 0)
    return;
  if (flock (descriptor, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);
  close (descriptor);
}

/* octavo_new_file_make_temporary() adds a dot and six characters. */
static gboolean
is_temporary (const char *name, const char *stem)
{
  gsize length = strlen (name);

  return g_str_has_prefix (name, stem) && length > 10 && strncmp (name + length - 10, ".db.", 4) == 0 &&
         strchr (name + length - 6, '.') == NULL;
}

/**
 * octavo_snapshot_clean:
 * @folder: where snapshots are
 * @stem: what the names of those begin with that are looked after
 *
 * Removes what processes left there that were killed while they wrote a snapshot. Any thread; blocks.
 */
void
octavo_snapshot_clean (const char *folder, const char *stem)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_temporary (name, stem))
        remove_if_left (path);
    }
}

/**
 * octavo_snapshot_check:
 * @path: the path of a snapshot
 * @cancellable: (nullable): stops it
 * @error: %OCTAVO_ERROR_CORRUPT and others
 *
 * Reads a snapshot from end to end. Any thread; blocks.
 *
 * Returns: whether it is whole
 */
gboolean
octavo_snapshot_check (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 n_notes;

  g_return_val_if_fail (path != NULL, FALSE);

  if (end (check (path, OCTAVO_SNAPSHOT_AT_ONCE, &n_notes, cancellable, &failure), path, cancellable, &failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
