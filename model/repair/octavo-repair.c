/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair.h"

#include "octavo-damage.h"
#include "octavo-error.h"
#include "octavo-new-file.h"
#include "octavo-repair-place.h"
#include "octavo-repair-private.h"
#include "octavo-salvage-model.h"
#include "octavo-schema.h"
#include "octavo-search-private.h"
#include "octavo-snapshot-writer.h"
#include "octavo-stray-log.h"
#include "octavo-task.h"
#include "orm-error.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Nobody else may have the file open meanwhile. The new file is made beside it, is read from end to end, and takes its
 * place last; until then nothing is changed. */

#define APPLICATION_ID_AT 68
#define USER_VERSION_AT   60
#define PROGRESS_INTERVAL 100 /* milliseconds */

typedef struct
{
  OctavoSnapshots *snapshots;
  const char *path;
  OctavoRepairReport *report;
  OctavoProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  char *temporary; /* the new file */
} Run;

static void
advance (double fraction, gpointer data)
{
  Run *self = data;

  if (self->progress != NULL)
    self->progress (fraction, self->user_data);
}

static void
on_scanned (double fraction, gpointer data)
{
  advance (0.1 + 0.5 * fraction, data);
}

/* A file of a later version has tables that nobody here knows. */
static gboolean
check_version (OctavoPageFile *file, const char *path, guint n_versions, GError **error)
{
  if (octavo_page_file_get_head (file, APPLICATION_ID_AT) != OCTAVO_SCHEMA_FILE_ID ||
      octavo_page_file_get_head (file, USER_VERSION_AT) <= n_versions)
    return TRUE;
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA, "a later version");
  octavo_error_for_person (error, path);
  return FALSE;
}

static gboolean
refuse (const char *path, GError **error)
{
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE, "no notes");
  octavo_error_for_person (error, path);
  return FALSE;
}

/* The newest one that is sound. */
static void
find_backup (Run *self)
{
  g_autoptr (GPtrArray) list = octavo_snapshots_list (self->snapshots);

  for (guint i = 0; i < list->len && self->report->backup == NULL; i++)
    {
      const OctavoSnapshot *snapshot = g_ptr_array_index (list, i);

      if (!octavo_snapshots_is_own (self->snapshots, snapshot) || snapshot->n_notes < 0 ||
          !octavo_snapshot_check (snapshot->path, self->cancellable, NULL))
        continue;
      self->report->backup = g_strdup (snapshot->path);
      self->report->backup_time = snapshot->time;
    }
}

/* An empty file of the present version. */
static gboolean
make_file (Run *self, GArray *migrations, GError **error)
{
  g_autofree char *place = g_strconcat (self->path, ".repaired", NULL);
  g_autoptr (OrmConnection) connection = NULL;

  self->temporary = octavo_new_file_make_temporary (place, NULL, error);
  if (self->temporary == NULL)
    return FALSE;
  connection = orm_connection_new (self->temporary, ORM_OPEN_DEFAULT, error);
  return connection != NULL && octavo_search_setup_connection (connection, NULL, error) &&
         orm_connection_execute (connection, "PRAGMA application_id = " G_STRINGIFY (OCTAVO_SCHEMA_FILE_ID), error) &&
         orm_migrate (connection, (const OrmMigration *) (gpointer) migrations->data, migrations->len, error) &&
         orm_connection_execute (connection, "PRAGMA journal_mode = DELETE", error);
}

/* What triggers wrote on the way; and nobody takes the log of changes for one that goes on from what they know. */
static gboolean
finish_file (Run *self, GError **error)
{
  g_autoptr (OrmConnection) connection = orm_connection_new (self->temporary, ORM_OPEN_DEFAULT, error);

  if (connection == NULL || !octavo_search_setup_connection (connection, NULL, error) ||
      !orm_connection_begin (connection, error))
    return FALSE;
  if (orm_connection_execute (connection, "DELETE FROM search_queue", error) &&
      octavo_schema_break_log (connection, error) && orm_connection_commit (connection, error))
    return orm_connection_execute (connection, "PRAGMA journal_mode = DELETE", error);
  orm_connection_rollback (connection);
  return FALSE;
}

static gboolean
fill (Run *self, OctavoRepair *repair, GError **error)
{
  if (!octavo_sqlite_execute (repair->copy,
                              "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF", error))
    return FALSE;
  if (self->report->backup != NULL)
    {
      g_autofree char *uri = octavo_sqlite_dup_uri (self->report->backup, FALSE);

      repair->has_backup = octavo_sqlite_execute_text (repair->copy, "ATTACH ? AS backup", uri, error);
      if (!repair->has_backup)
        return FALSE;
    }
  return octavo_sqlite_execute (repair->copy, "BEGIN", error) && octavo_repair_sequences (repair, error) &&
         octavo_repair_tables (repair, error) && octavo_repair_notes (repair, error) &&
         octavo_repair_fill_in (repair, error) && octavo_repair_references (repair, error) &&
         octavo_sqlite_execute (repair->copy, "COMMIT", error);
}

static gboolean
rebuild (Run *self, OctavoPageFile *file, GPtrArray *tables, GError **error)
{
  g_autoptr (OctavoSalvage) salvage = octavo_salvage_new (file, tables, on_scanned, self, self->cancellable);
  g_autoptr (GHashTable) fates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree gboolean *lacks = g_new0 (gboolean, tables->len);
  OctavoRepair repair = {
    .salvage = salvage,
    .tables = tables,
    .fates = fates,
    .lacks = lacks,
    .report = self->report,
    .cancellable = self->cancellable,
  };
  gboolean is_done;

  if (salvage == NULL)
    return g_cancellable_set_error_if_cancelled (self->cancellable, error), FALSE;
  if (!octavo_salvage_has_notes (salvage) && self->report->backup == NULL)
    return refuse (self->path, error);
  repair.copy = octavo_sqlite_open (self->temporary, SQLITE_OPEN_READWRITE, error);
  is_done = repair.copy != NULL && fill (self, &repair, error);
  sqlite3_close (repair.copy);
  return is_done;
}

static gboolean
check_result (Run *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (octavo_snapshot_check (self->temporary, self->cancellable, &failure))
    return TRUE;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED,
                 _ ("The repaired file could not be read back, and was not used: the disk may be failing. Try again on "
                    "another disk."));
  return FALSE;
}

/* Beside what it is about; that there is no room for it does not undo the repair. */
static void
write_down (Run *self)
{
  g_autofree char *text = octavo_repair_report_dup_text (self->report);
  g_autofree char *file = g_strconcat (self->report->kept, ".txt", NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    self->report->file = g_steal_pointer (&file);
  else
    g_message ("The report was not written down: %s", error->message);
}

static gboolean
repair_locked (Run *self, GError **error)
{
  g_autoptr (OctavoPageFile) file = octavo_page_file_open (self->path, error);
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  g_autoptr (GPtrArray) tables = octavo_salvage_model_new (error);

  if (file == NULL || tables == NULL || !check_version (file, self->path, migrations->len, error))
    return FALSE;
  find_backup (self);
  if (!make_file (self, migrations, error) || !rebuild (self, file, tables, error))
    return FALSE;
  advance (0.8, self);
  if (!finish_file (self, error) || !check_result (self, error) ||
      g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !octavo_repair_place_put (self->temporary, self->path, &self->report->kept, error))
    return FALSE;
  write_down (self);
  advance (1, self);
  return TRUE;
}

static void
remove_temporary (Run *self)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; self->temporary != NULL && i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->temporary, endings[i], NULL);

      g_unlink (path);
    }
}

static gboolean
run (Run *self, GError **error)
{
  g_autofree char *fault = NULL;
  gboolean is_done;
  int lock;

  if (!octavo_stray_log_set_aside (self->path, NULL, error))
    return FALSE;
  octavo_repair_place_clean (self->path);
  if (!octavo_damage_find (self->path, &fault, error))
    return FALSE;
  self->report->is_sound = fault == NULL;
  if (!octavo_repair_place_lock (self->path, &lock, fault != NULL ? error : NULL))
    return self->report->is_sound;
  g_debug ("%s: %s", self->path, fault != NULL ? fault : "sound");
  octavo_repair_place_tidy (self->path);
  is_done = self->report->is_sound || repair_locked (self, error);
  remove_temporary (self);
  close (lock);
  return is_done;
}

/**
 * octavo_repair_run:
 * @snapshots: those of the file
 * @progress: (nullable) (scope call): told how far it is, on this thread
 * @user_data: for @progress
 * @cancellable: (nullable): stops it
 * @error: %OCTAVO_ERROR_BUSY: somebody has it open; %OCTAVO_ERROR_NOT_A_DATABASE: there are no notes in it;
 *   %OCTAVO_ERROR_NEWER_VERSION; and others
 *
 * Reads a file from end to end and, where it is damaged, makes a new one of what can be read and of what the newest
 * backup has beside that. The damaged file is kept as it is, by another name, with its log. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL: nothing was, and everything is as it was
 */
OctavoRepairReport *
octavo_repair_run (OctavoSnapshots *snapshots,
                   OctavoProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (OctavoRepairReport) report = octavo_repair_report_new (octavo_snapshots_get_path (snapshots));
  Run self = {
    .snapshots = snapshots,
    .path = octavo_snapshots_get_path (snapshots),
    .report = report,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
  };
  g_autoptr (GError) failure = NULL;
  gboolean is_done = run (&self, &failure);

  g_free (self.temporary);
  if (is_done)
    return g_steal_pointer (&report);
  octavo_error_for_person (&failure, self.path);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* On a thread of its own; how far it is is looked at from time to time, as threads do not call each other. */
typedef struct
{
  OctavoSnapshots *snapshots;
  OctavoProgress progress;
  gpointer progress_data;
  guint timer;
  int permille; /* atomic */
  OctavoRepairReport *report;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timer, g_source_remove);
  octavo_snapshots_unref (job->snapshots);
  octavo_repair_report_unref (job->report);
  g_free (job);
}

static void
on_advanced (double fraction, gpointer data)
{
  g_atomic_int_set (&((Job *) data)->permille, (int) (1000 * fraction));
}

static gboolean
on_timer (gpointer data)
{
  Job *job = data;

  job->progress (g_atomic_int_get (&job->permille) / 1000.0, job->progress_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
run_on_thread (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->report = octavo_repair_run (job->snapshots, on_advanced, job, cancellable, error);
  return job->report != NULL;
}

/**
 * octavo_repair_run_async:
 * @snapshots: those of the file
 * @progress: (nullable): told how far it is, on the main thread, until @callback is called
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As octavo_repair_run(), without blocking. Main thread.
 */
void
octavo_repair_run_async (OctavoSnapshots *snapshots,
                         OctavoProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->snapshots = octavo_snapshots_ref (snapshots);
  job->progress = progress;
  job->progress_data = progress_data;
  if (progress != NULL)
    job->timer = g_timeout_add (PROGRESS_INTERVAL, on_timer, job);
  g_task_set_source_tag (task, octavo_repair_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  octavo_task_run_in_thread (task, run_on_thread);
}

/**
 * octavo_repair_run_finish:
 * @result: what the callback was given
 * @error: as of octavo_repair_run()
 *
 * Returns: (transfer full) (nullable): what was done
 */
OctavoRepairReport *
octavo_repair_run_finish (GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_clear_handle_id (&job->timer, g_source_remove);
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&job->report) : NULL;
}
