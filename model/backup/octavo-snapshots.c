/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-snapshots.h"

#include "octavo-error.h"
#include "octavo-fingerprint.h"
#include "octavo-new-file.h"
#include "octavo-thinning.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* All in a folder that begin with the name of the file can be looked through and restored; only those that were made of
 * this very file on this machine are thinned, as a folder may be shared by several machines, each with its notes. */

#define BLOCK 65536 /* bytes that are compared at once */

struct _OctavoSnapshots
{
  char *path;           /* as links lead to it */
  char *stem;           /* its name without ".db" */
  char *place;          /* names the file and the machine */
  char *folder;         /* where new ones go */
  char *default_folder; /* where else some may be */
};

static char *
resolve (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  char *real = realpath (absolute, NULL);

  return real != NULL ? real : g_steal_pointer (&absolute);
}

static char *
dup_place (const char *path)
{
  g_autofree char *machine = NULL;
  g_autofree char *text = NULL;
  char *place;

  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup (g_get_host_name ());
  text = g_strconcat (machine, "\n", path, NULL);
  place = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  place[8] = '\0';
  return place;
}

/**
 * octavo_snapshots_dup_default_folder:
 * @path: the path of a file of notes
 *
 * Returns: (transfer full): where its snapshots are unless somebody wants them elsewhere
 */
char *
octavo_snapshots_dup_default_folder (const char *path)
{
  g_autofree char *real = resolve (path);
  g_autofree char *folder = g_path_get_dirname (real);

  return g_build_filename (folder, "backups", NULL);
}

/**
 * octavo_snapshots_new:
 * @path: the path of a file of notes
 * @folder: (nullable): where somebody wants its snapshots
 *
 * Returns: (transfer full): the snapshots of that file
 */
OctavoSnapshots *
octavo_snapshots_new (const char *path, const char *folder)
{
  OctavoSnapshots *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_atomic_rc_box_new0 (OctavoSnapshots);
  self->path = resolve (path);
  self->stem = g_path_get_basename (self->path);
  if (g_str_has_suffix (self->stem, ".db") && strlen (self->stem) > strlen (".db"))
    self->stem[strlen (self->stem) - strlen (".db")] = '\0';
  self->place = dup_place (self->path);
  self->default_folder = octavo_snapshots_dup_default_folder (path);
  self->folder = g_strdup (folder != NULL && *folder != '\0' ? folder : self->default_folder);
  return self;
}

/**
 * octavo_snapshots_ref:
 * @self: snapshots
 *
 * Returns: (transfer full): @self
 */
OctavoSnapshots *
octavo_snapshots_ref (OctavoSnapshots *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  OctavoSnapshots *self = data;

  g_free (self->path);
  g_free (self->stem);
  g_free (self->place);
  g_free (self->folder);
  g_free (self->default_folder);
}

/**
 * octavo_snapshots_unref:
 * @self: (transfer full) (nullable): snapshots
 */
void
octavo_snapshots_unref (OctavoSnapshots *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/**
 * octavo_snapshots_get_path:
 * @self: snapshots
 *
 * Returns: (transfer none): the path of the file of notes
 */
const char *
octavo_snapshots_get_path (OctavoSnapshots *self)
{
  return self->path;
}

/**
 * octavo_snapshots_get_folder:
 * @self: snapshots
 *
 * Returns: (transfer none): where new ones go
 */
const char *
octavo_snapshots_get_folder (OctavoSnapshots *self)
{
  return self->folder;
}

static gboolean
is_ours (OctavoSnapshots *self, const char *name)
{
  gsize length = strlen (self->stem);

  /* the year comes next: those of "notes" are not those of "notes-old" */
  return g_str_has_prefix (name, self->stem) && name[length] == '-' && g_ascii_isdigit (name[length + 1]);
}

static void
add_folder (OctavoSnapshots *self, const char *folder, GPtrArray *list)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      OctavoSnapshot *snapshot = is_ours (self, name) ? octavo_snapshot_new (path) : NULL;

      if (snapshot != NULL)
        g_ptr_array_add (list, snapshot);
    }
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const OctavoSnapshot *first = *(const OctavoSnapshot *const *) a;
  const OctavoSnapshot *second = *(const OctavoSnapshot *const *) b;

  if (first->time != second->time)
    return first->time > second->time ? -1 : 1;
  return strcmp (first->path, second->path);
}

/* Without a look into them. */
static GPtrArray *
find_all (OctavoSnapshots *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_snapshot_free);

  add_folder (self, self->folder, list);
  if (!g_str_equal (self->folder, self->default_folder))
    add_folder (self, self->default_folder, list);
  g_ptr_array_sort (list, compare_newest_first);
  return list;
}

/**
 * octavo_snapshots_list:
 * @self: snapshots
 *
 * Looks which there are, and how many notes each has. Any thread; blocks.
 *
 * Returns: (transfer full) (element-type OctavoSnapshot): the newest first
 */
GPtrArray *
octavo_snapshots_list (OctavoSnapshots *self)
{
  GPtrArray *list;

  g_return_val_if_fail (self != NULL, NULL);

  list = find_all (self);
  for (guint i = 0; i < list->len; i++)
    octavo_snapshot_look (g_ptr_array_index (list, i));
  return list;
}

/**
 * octavo_snapshots_is_own:
 * @self: snapshots
 * @snapshot: one of them
 *
 * Returns: whether it was made of this very file on this machine
 */
gboolean
octavo_snapshots_is_own (OctavoSnapshots *self, const OctavoSnapshot *snapshot)
{
  return g_str_equal (snapshot->place, self->place);
}

/**
 * octavo_snapshots_has_any:
 * @self: snapshots
 *
 * Returns: whether there is a snapshot of this very file. Any thread; blocks.
 */
gboolean
octavo_snapshots_has_any (OctavoSnapshots *self)
{
  g_autoptr (GPtrArray) list = find_all (self);

  for (guint i = 0; i < list->len; i++)
    if (octavo_snapshots_is_own (self, g_ptr_array_index (list, i)))
      return TRUE;
  return FALSE;
}

/**
 * octavo_snapshots_is_due:
 * @self: snapshots
 * @now: the time, microseconds since 1970, UTC
 * @zone: whose days count
 *
 * Looks whether the notes are other ones than those of the last snapshot, and there is none of today. A snapshot of a
 * day to come, as the clock was wrong, is not the last one. Any thread; blocks.
 *
 * Returns: whether it is time for one
 */
gboolean
octavo_snapshots_is_due (OctavoSnapshots *self, gint64 now, GTimeZone *zone)
{
  g_autoptr (GPtrArray) list = find_all (self);
  const OctavoSnapshot *last = NULL;
  g_autofree char *present = NULL;
  g_autofree char *then = NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const OctavoSnapshot *snapshot = g_ptr_array_index (list, i);

      if (!g_str_equal (snapshot->place, self->place))
        continue;
      if (octavo_thinning_is_same_day (snapshot->time, now, zone) && snapshot->kind == OCTAVO_SNAPSHOT_DAILY)
        return FALSE;
      if (last == NULL || last->time > now)
        last = snapshot;
    }
  present = octavo_fingerprint_new (self->path);
  then = last != NULL ? octavo_fingerprint_new (last->path) : NULL;
  return present != NULL && g_strcmp0 (present, then) != 0;
}

/* A folder that somebody chose is not made: it may be on a disk that is not there now. */
static gboolean
make_folder (OctavoSnapshots *self, const char *folder, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  int reason;

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  errno = ENOENT;
  if (g_str_equal (folder, self->default_folder) && octavo_new_file_make_folder (folder))
    return TRUE;
  reason = errno;
  if (reason == ENOENT)
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                 _ ("The folder for backups, “%s”, is not there. If it is on another disk, connect it; or choose "
                    "another folder in the preferences."),
                 name);
  else
    g_set_error (error, OCTAVO_ERROR, reason == ENOSPC ? OCTAVO_ERROR_FULL : OCTAVO_ERROR_CANT_OPEN,
                 _ ("The folder for backups, “%s”, cannot be made (%s). Choose another folder in the preferences."),
                 name, g_strerror (reason));
  return FALSE;
}

/* Those of this file in this folder. made: the one that is there now */
static void
thin (OctavoSnapshots *self, const char *folder, const OctavoSnapshot *made)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_snapshot_free);
  g_autoptr (GArray) times = g_array_new (FALSE, TRUE, sizeof (OctavoThinning));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  add_folder (self, folder, list);
  g_ptr_array_sort (list, compare_newest_first);
  for (guint i = 0; i < list->len; i++)
    {
      const OctavoSnapshot *snapshot = g_ptr_array_index (list, i);
      OctavoThinning thinning = {
        .time = snapshot->time,
        .is_special = snapshot->kind != OCTAVO_SNAPSHOT_DAILY,
        .is_sacred = !g_str_equal (snapshot->place, self->place) || g_str_equal (snapshot->path, made->path),
      };

      g_array_append_val (times, thinning);
    }
  octavo_thinning_run ((OctavoThinning *) (gpointer) times->data, times->len, made->time, zone);
  for (guint i = 0; i < list->len; i++)
    if (!g_array_index (times, OctavoThinning, i).is_kept)
      g_unlink (((OctavoSnapshot *) g_ptr_array_index (list, i))->path);
}

static OctavoSnapshot *
make_in (OctavoSnapshots *self,
         const char *folder,
         OctavoSnapshotKind kind,
         OctavoSnapshotPace pace,
         gint64 now,
         GCancellable *cancellable,
         GError **error)
{
  gint64 time = now - now % G_USEC_PER_SEC;

  if (!make_folder (self, folder, error))
    return NULL;
  octavo_snapshot_clean (folder, self->stem);
  for (;;)
    {
      g_autofree char *name = octavo_snapshot_dup_name (self->stem, time, self->place, kind);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) failure = NULL;

      if (octavo_snapshot_write (self->path, path, pace, cancellable, &failure))
        return octavo_snapshot_new (path);
      if (!g_error_matches (failure, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      time += G_USEC_PER_SEC; /* two within a second */
    }
}

/* To the last byte. Any answer but yes leaves a snapshot more; so does a disk that does not answer. */
static gboolean
is_same_stream (FILE *one, FILE *other)
{
  g_autofree char *first = g_malloc (BLOCK);
  g_autofree char *second = g_malloc (BLOCK);

  for (;;)
    {
      gsize length = fread (first, 1, BLOCK, one);

      if (fread (second, 1, BLOCK, other) != length || memcmp (first, second, length) != 0 || ferror (one) ||
          ferror (other))
        return FALSE;
      if (length < BLOCK)
        return TRUE;
    }
}

static gboolean
is_same_file (const char *one, const char *other)
{
  FILE *first = g_fopen (one, "re");
  FILE *second = g_fopen (other, "re");
  gboolean is_same = first != NULL && second != NULL && is_same_stream (first, second);

  g_clear_pointer (&first, fclose);
  g_clear_pointer (&second, fclose);
  return is_same;
}

/* A migration that fails is tried at each start, and each time the notes are kept first. Where they were kept before as
 * they are now, the later copy goes: it was read from end to end, so the earlier one is as good. */
static void
take_earlier (OctavoSnapshots *self, const char *folder, OctavoSnapshot **made)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_snapshot_free);

  add_folder (self, folder, list);
  for (guint i = 0; i < list->len; i++)
    {
      const OctavoSnapshot *earlier = g_ptr_array_index (list, i);

      if (earlier->kind != (*made)->kind || !octavo_snapshots_is_own (self, earlier) ||
          g_str_equal (earlier->path, (*made)->path) || !is_same_file (earlier->path, (*made)->path))
        continue;
      g_unlink ((*made)->path);
      octavo_snapshot_free (*made);
      *made = octavo_snapshot_copy (earlier);
      return;
    }
}

/**
 * octavo_snapshots_make:
 * @self: snapshots
 * @kind: why
 * @pace: whether to take time
 * @now: the time, microseconds since 1970, UTC
 * @cancellable: (nullable): stops it
 * @error: as of octavo_snapshot_write()
 *
 * Makes a snapshot. What has to be kept before something is replaced is kept beside the file where the chosen folder
 * cannot take it; and what was kept before a migration that then failed is not kept again while it is the same. Any
 * thread; blocks.
 *
 * Returns: (transfer full) (nullable): the snapshot, which was looked at
 */
OctavoSnapshot *
octavo_snapshots_make (OctavoSnapshots *self,
                       OctavoSnapshotKind kind,
                       OctavoSnapshotPace pace,
                       gint64 now,
                       GCancellable *cancellable,
                       GError **error)
{
  gboolean is_before = kind == OCTAVO_SNAPSHOT_BEFORE_MIGRATION || kind == OCTAVO_SNAPSHOT_BEFORE_RESTORE;
  const char *folder = self->folder;
  g_autoptr (GError) failure = NULL;
  OctavoSnapshot *made = make_in (self, folder, kind, pace, now, cancellable, &failure);

  if (made == NULL && is_before && !g_str_equal (folder, self->default_folder) &&
      !g_cancellable_is_cancelled (cancellable))
    {
      g_clear_error (&failure);
      folder = self->default_folder;
      made = make_in (self, folder, kind, pace, now, cancellable, &failure);
    }
  if (made == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (kind == OCTAVO_SNAPSHOT_BEFORE_MIGRATION)
    take_earlier (self, folder, &made);
  octavo_snapshot_look (made);
  /* Which one somebody is about to go back to is not known here. */
  if (!is_before)
    thin (self, folder, made);
  return made;
}

/* As somebody writes a date, down to the second or to the month. */
static gboolean
is_of_date (const OctavoSnapshot *snapshot, const char *word, GTimeZone *zone)
{
  static const char *const formats[] = { "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S" };
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (snapshot->time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *iso = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = g_date_time_format (local, formats[i]);

      if (strlen (word) >= strlen ("2026-11") && g_str_has_prefix (text, word))
        return TRUE;
    }
  return g_str_equal (iso, word);
}

/* Any file may be one that somebody copied. */
static OctavoSnapshot *
new_from_path (const char *path)
{
  OctavoSnapshot *snapshot = octavo_snapshot_new (path);
  GStatBuf status;

  if (snapshot == NULL)
    {
      snapshot = g_new0 (OctavoSnapshot, 1);
      snapshot->path = g_strdup (path);
      snapshot->place = g_strdup ("");
      snapshot->kind = OCTAVO_SNAPSHOT_ASKED;
      if (g_stat (path, &status) == 0)
        snapshot->time = (gint64) status.st_mtime * G_USEC_PER_SEC;
    }
  octavo_snapshot_look (snapshot);
  return snapshot;
}

/**
 * octavo_snapshots_find:
 * @self: snapshots
 * @word: (nullable): the path of a file; the name of a snapshot; or the beginning of when it was made, in local time
 * @zone: whose time
 * @error: %OCTAVO_ERROR_CANT_OPEN
 *
 * Finds the snapshot that somebody means. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): the newest that fits
 */
OctavoSnapshot *
octavo_snapshots_find (OctavoSnapshots *self, const char *word, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) list = find_all (self);

  for (guint i = 0; i < list->len; i++)
    {
      OctavoSnapshot *snapshot = g_ptr_array_index (list, i);
      g_autofree char *name = g_path_get_basename (snapshot->path);

      if (word != NULL && !g_str_equal (name, word) && !is_of_date (snapshot, word, zone))
        continue;
      octavo_snapshot_look (snapshot);
      return octavo_snapshot_copy (snapshot);
    }
  if (word != NULL && g_file_test (word, G_FILE_TEST_IS_REGULAR))
    {
      g_autofree char *path = g_canonicalize_filename (word, NULL);

      return new_from_path (path);
    }
  if (word == NULL)
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN, _ ("There is no backup of “%s” yet."), self->path);
  else
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                 _ ("“%s” is neither a file nor the date of a backup. “octavo backup --list” lists those that there "
                    "are."),
                 word);
  return NULL;
}
