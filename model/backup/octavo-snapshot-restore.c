/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-snapshot-restore.h"

#include "octavo-damage.h"
#include "octavo-error.h"
#include "octavo-new-file.h"
#include "octavo-repair-place.h"
#include "octavo-schema.h"
#include "octavo-search-private.h"
#include "octavo-sqlite.h"
#include "octavo-stray-log.h"
#include "orm-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* The snapshot is copied and brought up to the present version first, where nobody sees it. Then the file is locked for
 * writing, what it holds is kept, and its pages become those of the copy in one commit: other windows and processes
 * that have it open see the one or the other, and nothing that anybody wrote falls between. */

#define WORKSHOP ".restore-"
#define PATIENCE 10000 /* milliseconds, for others to let go of the file */

typedef struct
{
  OctavoSnapshots *snapshots;
  const char *path;      /* of the file of notes */
  char *workshop;        /* a folder beside it, locked for as long as somebody works there */
  char *ready;           /* in there: what it is to become */
  char *kept;            /* what became of it */
  gboolean has_bad_head; /* it can be read, and SQLite refuses to write to it */
  GCancellable *cancellable;
} Restore;

static gboolean
is_damaged (const GError *error)
{
  return g_error_matches (error, ORM_ERROR, ORM_ERROR_CORRUPT) ||
         g_error_matches (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE) ||
         g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT) ||
         g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_NOT_A_DATABASE);
}

/* What was written for another program is not looked for notes. */
static gboolean
check_kind (const char *from, GError **error)
{
  sqlite3 *file = octavo_sqlite_open (from, SQLITE_OPEN_READONLY, error);
  gint64 id = 0;
  gboolean is_read = file != NULL && octavo_sqlite_get_int64 (file, "PRAGMA application_id", &id, error);

  sqlite3_close (file);
  if (is_read && id != OCTAVO_SCHEMA_FILE_ID)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE, "another application_id");
      return FALSE;
    }
  return is_read;
}

/* No id is given twice, and nobody takes the log of changes for one that goes on from what they know. */
static gboolean
follow_numbers (Restore *self, OrmConnection *connection, GError **error)
{
  sqlite3 *present = octavo_sqlite_open (self->path, SQLITE_OPEN_READONLY, NULL);
  g_autofree char *sql = NULL;
  gint64 last_id = 0, last_change = 0;

  if (present != NULL)
    {
      octavo_sqlite_get_int64 (present, "SELECT seq FROM sqlite_sequence WHERE name = 'note'", &last_id, NULL);
      octavo_sqlite_get_int64 (present, "SELECT max(seq) FROM note_change", &last_change, NULL);
    }
  sqlite3_close (present);

  sql = g_strdup_printf ("INSERT INTO sqlite_sequence (name, seq) SELECT 'note', 0 "
                         "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'note');"
                         "UPDATE sqlite_sequence SET seq = max (seq, %" G_GINT64_FORMAT ") WHERE name = 'note';"
                         "INSERT OR REPLACE INTO note_change (seq, note_id) SELECT %" G_GINT64_FORMAT ", 0 "
                         "WHERE %" G_GINT64_FORMAT " > (SELECT ifnull (max (seq), 0) FROM note_change)",
                         last_id, last_change, last_change);
  return orm_connection_execute (connection, sql, error) && octavo_schema_break_log (connection, error);
}

/* A log beside it would have to go with it. */
static gboolean
bring_up_to_date (Restore *self, GError **error)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  g_autoptr (OrmConnection) connection = orm_connection_new (self->ready, ORM_OPEN_DEFAULT, error);

  if (connection == NULL || !octavo_search_setup_connection (connection, NULL, error) ||
      !orm_migrate (connection, (const OrmMigration *) (gpointer) migrations->data, migrations->len, error) ||
      !orm_connection_begin (connection, error))
    return FALSE;
  if (!follow_numbers (self, connection, error))
    {
      orm_connection_rollback (connection);
      return FALSE;
    }
  return orm_connection_commit (connection, error) &&
         orm_connection_execute (connection, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
keep_present (Restore *self, GError **error)
{
  g_autoptr (OctavoSnapshot) made =
      octavo_snapshots_make (self->snapshots, OCTAVO_SNAPSHOT_BEFORE_RESTORE, OCTAVO_SNAPSHOT_AT_ONCE,
                             g_get_real_time (), self->cancellable, error);

  if (made == NULL)
    return FALSE;
  self->kept = g_strdup (made->path);
  return TRUE;
}

/* backup: with nothing copied yet */
static gboolean
copy_pages (Restore *self, sqlite3_backup *backup, GError **error)
{
  int result = sqlite3_backup_step (backup, 0);

  if (result != SQLITE_OK)
    return octavo_sqlite_set_error (NULL, result, error);
  if (!keep_present (self, error) || g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  result = sqlite3_backup_step (backup, -1);
  return result == SQLITE_DONE || octavo_sqlite_set_error (NULL, result, error);
}

static gboolean
replace_pages (Restore *self, GError **error)
{
  sqlite3 *from = octavo_sqlite_open (self->ready, SQLITE_OPEN_READONLY, error);
  sqlite3 *to = from != NULL ? octavo_sqlite_open (self->path, SQLITE_OPEN_READWRITE, error) : NULL;
  sqlite3_backup *backup = NULL;
  gboolean is_done = FALSE;

  if (to != NULL)
    {
      sqlite3_busy_timeout (to, PATIENCE);
      is_done = octavo_sqlite_execute (to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", error);
      self->has_bad_head = !octavo_sqlite_has_known_format (to);
    }
  if (is_done)
    {
      backup = sqlite3_backup_init (to, "main", from, "main");
      is_done =
          backup != NULL ? copy_pages (self, backup, error) : octavo_sqlite_set_error (to, sqlite3_errcode (to), error);
      if (sqlite3_backup_finish (backup) != SQLITE_OK && is_done)
        is_done = octavo_sqlite_set_error (to, sqlite3_errcode (to), error);
    }
  sqlite3_close (to);
  sqlite3_close (from);
  return is_done;
}

/* A read that failed once, or the copy's being damaged, is not enough. */
static gboolean
is_present_damaged (Restore *self, const GError *failure)
{
  g_autoptr (GError) found = NULL;

  if (self->has_bad_head && g_error_matches (failure, ORM_ERROR, ORM_ERROR_READ_ONLY))
    return TRUE;
  return is_damaged (failure) && !octavo_snapshot_check (self->path, self->cancellable, &found) && is_damaged (found);
}

/* What a later version or another program wrote is not ours to write over. One of ours with a damaged head is told from
 * that by its notes; and what cannot be read at all is set aside. */
static gboolean
is_understood (Restore *self, GError **error)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  g_autoptr (GError) failure = NULL;
  sqlite3 *present = octavo_sqlite_open (self->path, SQLITE_OPEN_READWRITE, NULL);
  gint64 id = 0, version = 0, n_objects = 0;
  gboolean is_read = present != NULL && octavo_sqlite_get_int64 (present, "PRAGMA application_id", &id, NULL) &&
                     octavo_sqlite_get_int64 (present, "PRAGMA user_version", &version, NULL) &&
                     octavo_sqlite_get_int64 (present, "SELECT count (*) FROM sqlite_schema", &n_objects, NULL);

  sqlite3_close (present);
  if (!is_read || (id == OCTAVO_SCHEMA_FILE_ID ? version <= (gint64) migrations->len : version == 0 && n_objects == 0))
    return TRUE;
  g_set_error_literal (&failure, ORM_ERROR,
                       id == OCTAVO_SCHEMA_FILE_ID ? ORM_ERROR_NEWER_SCHEMA : ORM_ERROR_NOT_A_DATABASE,
                       "the file that it would replace");
  octavo_damage_explain (self->path, &failure);
  if (g_error_matches (failure, ORM_ERROR, ORM_ERROR_CORRUPT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
put (Restore *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return octavo_new_file_put_in_place (self->ready, self->path, error);
  if (!is_understood (self, error))
    return FALSE;
  if (replace_pages (self, &failure))
    return TRUE;
  /* What cannot be read cannot be kept as a snapshot: it is kept as it is, with its log, in which there may be notes,
   * too. */
  if (self->kept == NULL && is_present_damaged (self, failure))
    return octavo_repair_place_put (self->ready, self->path, &self->kept, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_source (Restore *self, const char *from, GError **error)
{
  return check_kind (from, error) && octavo_snapshot_check (from, self->cancellable, error) &&
         octavo_snapshot_write (from, self->ready, OCTAVO_SNAPSHOT_AT_ONCE, self->cancellable, error);
}

/* What cannot be written was to become the file of notes; all else is about what it was to be made of. */
static void
explain (Restore *self, const char *from, gboolean is_read, GError **error)
{
  gboolean is_full =
      g_error_matches (*error, ORM_ERROR, ORM_ERROR_FULL) || g_error_matches (*error, OCTAVO_ERROR, OCTAVO_ERROR_FULL);
  gboolean is_written = is_read && (g_error_matches (*error, ORM_ERROR, ORM_ERROR_IO) ||
                                    g_error_matches (*error, ORM_ERROR, ORM_ERROR_CANT_OPEN) ||
                                    g_error_matches (*error, ORM_ERROR, ORM_ERROR_READ_ONLY));

  if (is_full)
    {
      g_clear_error (error);
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FULL, "no room for the copy");
    }
  octavo_error_for_person (error, is_full || is_written ? self->path : from);
}

static gboolean
prepare (Restore *self, const char *from, GError **error)
{
  gboolean had_companions = octavo_repair_place_has_companions (from);
  g_autoptr (GError) failure = NULL;
  gboolean is_read = read_source (self, from, &failure);

  if (!had_companions)
    octavo_repair_place_tidy_read (from);
  if (is_read && bring_up_to_date (self, &failure))
    return TRUE;
  explain (self, from, is_read, &failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
remove_if_left (const char *path)
{
  int descriptor = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW, 0);

  if (descriptor < 0)
    return;
  if (flock (descriptor, LOCK_EX | LOCK_NB) == 0)
    remove_folder (path);
  close (descriptor);
}

/* What processes left that were killed while they worked there. */
static void
clean (Restore *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *beginning = g_strconcat (name, WORKSHOP, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *each;

  while (dir != NULL && (each = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, each, NULL);

      if (g_str_has_prefix (each, beginning))
        remove_if_left (path);
    }
}

/* lock: (out): to be closed at the end */
static gboolean
make_workshop (Restore *self, int *lock, GError **error)
{
  self->workshop = g_strconcat (self->path, WORKSHOP "XXXXXX", NULL);
  if (g_mkdtemp_full (self->workshop, 0700) == NULL)
    {
      int reason = errno;
      g_autofree char *name = g_filename_display_name (self->path);

      *self->workshop = '\0';
      g_set_error (error, OCTAVO_ERROR, reason == ENOSPC ? OCTAVO_ERROR_FULL : OCTAVO_ERROR_READ_ONLY,
                   _ ("Beside “%s” nothing can be written (%s). Check that you may write to its folder."), name,
                   g_strerror (reason));
      return FALSE;
    }
  *lock = g_open (self->workshop, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (*lock >= 0)
    flock (*lock, LOCK_EX | LOCK_NB);
  self->ready = g_build_filename (self->workshop, "notes.db", NULL);
  return TRUE;
}

/**
 * octavo_snapshot_restore:
 * @snapshots: the snapshots of the file of notes
 * @from: the path of a snapshot, or of any file of notes
 * @kept: (out) (optional) (transfer full) (nullable): the path of what the file was until now: a snapshot; a damaged
 *   file as it is, by another name; %NULL where there was none
 * @cancellable: (nullable): stops it
 * @error: %OCTAVO_ERROR
 *
 * Makes the file what the snapshot says, in one commit. What it was is kept before that, and checked. A file of a later
 * version or of another program is refused, and left as it is. The snapshot stays as it is. The search index is made
 * anew by whoever has the file open. Any thread; blocks.
 *
 * Returns: whether it is done; else the file is as it was
 */
gboolean
octavo_snapshot_restore (OctavoSnapshots *snapshots,
                         const char *from,
                         char **kept,
                         GCancellable *cancellable,
                         GError **error)
{
  Restore self = { .snapshots = snapshots, .path = octavo_snapshots_get_path (snapshots), .cancellable = cancellable };
  g_autofree char *absolute = g_canonicalize_filename (from, NULL);
  g_autoptr (GError) failure = NULL;
  int lock = -1;
  gboolean is_done;

  clean (&self);
  is_done = make_workshop (&self, &lock, &failure) && prepare (&self, absolute, &failure) &&
            octavo_stray_log_set_aside (self.path, NULL, &failure) && put (&self, &failure);
  if (*self.workshop != '\0')
    remove_folder (self.workshop);
  if (lock >= 0)
    close (lock);
  octavo_error_for_person (&failure, self.path);
  if (!is_done)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (is_done && kept != NULL)
    *kept = g_steal_pointer (&self.kept);
  g_free (self.workshop);
  g_free (self.ready);
  g_free (self.kept);
  return is_done;
}
