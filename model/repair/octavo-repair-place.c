/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair-place.h"

#include "octavo-error.h"
#include "octavo-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* There is a file of that name at each moment. The damaged one gets its second name first, as a link; then its log
 * goes, as it has its second name, too, and must not meet the new file; then the new file takes the first name, in one
 * step. Who is stopped before the last one leaves a file with two names, by which octavo_repair_place_clean() knows. */

#define DAMAGED    ".damaged-"
#define LOCK_START 0x40000000 /* where SQLite locks; sqlite.org/src/file/src/os.h */
#define LOCK_SIZE  512

static const char *const companions[] = { "-wal", "-shm" };

static gboolean
set_failure (const char *path, int reason, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, OCTAVO_ERROR,
               reason == ENOSPC || reason == EDQUOT                     ? OCTAVO_ERROR_FULL
               : reason == EROFS || reason == EACCES || reason == EPERM ? OCTAVO_ERROR_READ_ONLY
                                                                        : OCTAVO_ERROR_FAILED,
               _ ("“%s” cannot be repaired (%s). Check that you may write to it and to its folder, and that there is "
                  "room."),
               name, g_strerror (reason));
  return FALSE;
}

/**
 * octavo_repair_place_lock:
 * @path: the path of a file
 * @lock: (out): a descriptor, to be closed
 * @error: %OCTAVO_ERROR_BUSY and others
 *
 * Sees to it that nobody has the file open, and nobody opens it with SQLite for as long as the descriptor is open. Any
 * thread.
 *
 * Returns: whether it is so
 */
gboolean
octavo_repair_place_lock (const char *path, int *lock, GError **error)
{
  struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_START, .l_len = LOCK_SIZE };
  int reason;

  *lock = g_open (path, O_RDWR | O_CLOEXEC, 0);
  /* of the open file, as locks of a process say nothing about what the process itself has open */
  if (*lock >= 0 && fcntl (*lock, F_OFD_SETLK, &range) == 0)
    return TRUE;
  reason = errno;
  if (*lock >= 0)
    close (*lock);
  *lock = -1;
  if (reason == EAGAIN)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_BUSY,
                   _ ("“%s” is open in a window or in another program. Close it, and try again."), name);
      return FALSE;
    }
  return set_failure (path, reason, error);
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  octavo_new_file_sync (folder);
}

/* A second name, or a copy where a file can have only one. */
static gboolean
keep (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = NULL;
  g_autoptr (GFile) copy = NULL;

  if (link (from, to) == 0)
    return TRUE;
  if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
    return set_failure (from, errno, error);
  source = g_file_new_for_path (from);
  copy = g_file_new_for_path (to);
  return g_file_copy (source, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, error) &&
         (octavo_new_file_sync (to) || set_failure (from, errno, error));
}

/* A name that nothing has. */
static char *
dup_kept_name (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%dT%H%M%SZ");
  char *name = g_strconcat (path, DAMAGED, date, NULL);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s" DAMAGED "%s-%u", path, date, n);
    }
  return name;
}

static gboolean
keep_all (const char *path, const char *kept, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (path, companions[i], NULL);
      g_autofree char *to = g_strconcat (kept, companions[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !keep (from, to, error))
        return FALSE;
    }
  return keep (path, kept, error);
}

static void
remove_companions (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *name = g_strconcat (path, companions[i], NULL);

      g_unlink (name);
    }
}

/* name: that the file has as well, since a repair that did not come to its end */
static void
take_back (const char *path, const char *name)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *kept_log = g_strconcat (name, "-wal", NULL);

  if (link (kept_log, log) != 0 && errno != EEXIST && errno != ENOENT)
    return;
  sync_folder (path);
  remove_companions (name);
  g_unlink (name);
}

static void
clean (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *beginning = g_strconcat (base, DAMAGED, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  struct stat status;

  if (stat (path, &status) != 0 || status.st_nlink < 2)
    return;
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *other = g_build_filename (folder, name, NULL);
      struct stat kept;

      if (g_str_has_prefix (name, beginning) && stat (other, &kept) == 0 && kept.st_ino == status.st_ino &&
          kept.st_dev == status.st_dev)
        take_back (path, other);
    }
}

/**
 * octavo_repair_place_tidy:
 * @path: the path of a file that is locked
 *
 * Removes the empty log that SQLite makes beside a file that is only read. Any thread; blocks.
 */
void
octavo_repair_place_tidy (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat status;

  if (stat (log, &status) == 0 && status.st_size == 0)
    remove_companions (path);
}

/**
 * octavo_repair_place_has_companions:
 * @path: the path of a file
 *
 * Returns: whether SQLite has a log beside it; that may be in use
 */
gboolean
octavo_repair_place_has_companions (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *name = g_strconcat (path, companions[i], NULL);

      if (g_file_test (name, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/**
 * octavo_repair_place_tidy_read:
 * @path: the path of a file that had no companions, was read, and is not open in this process any more
 *
 * Removes what SQLite left beside it, unless somebody else has opened it meanwhile. Any thread; blocks.
 */
void
octavo_repair_place_tidy_read (const char *path)
{
  int lock;

  if (!octavo_repair_place_has_companions (path) || !octavo_repair_place_lock (path, &lock, NULL))
    return;
  octavo_repair_place_tidy (path);
  close (lock);
}

/**
 * octavo_repair_place_put:
 * @temporary: a file in the folder of @path, or below it
 * @path: the name it gets
 * @kept: (out): the name that the file of that name has from now on
 * @error: %OCTAVO_ERROR
 *
 * Puts a file in the place of a damaged one, which is kept. Any thread; blocks.
 *
 * Returns: whether it is there; else everything is as it was
 */
gboolean
octavo_repair_place_put (const char *temporary, const char *path, char **kept, GError **error)
{
  g_autofree char *name = dup_kept_name (path);

  if (!octavo_new_file_sync (temporary))
    return set_failure (path, errno, error);
  if (!keep_all (path, name, error))
    {
      remove_companions (name);
      g_unlink (name);
      return FALSE;
    }
  sync_folder (path);
  remove_companions (path);
  sync_folder (path);
  if (g_rename (temporary, path) != 0)
    {
      set_failure (path, errno, error);
      clean (path);
      return FALSE;
    }
  sync_folder (path);
  *kept = g_steal_pointer (&name);
  return TRUE;
}

/**
 * octavo_repair_place_clean:
 * @path: the path of a file of notes that is not open in this process
 *
 * Where a repair ended before the new file was in place, the log comes back to the file. Any thread; blocks.
 */
void
octavo_repair_place_clean (const char *path)
{
  struct stat status;
  int lock;

  /* somebody may be about it now */
  if (stat (path, &status) != 0 || status.st_nlink < 2 || !octavo_repair_place_lock (path, &lock, NULL))
    return;
  clean (path);
  close (lock);
}
