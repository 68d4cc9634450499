/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

/* The functions have the names that the C library has for them, with 64 and without. */
#undef _FILE_OFFSET_BITS
#define _LARGEFILE64_SOURCE

#include "fault-calls.h"
#include "fault-count.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A function of a program goes before that of a library, also where another library calls it: so SQLite, GLib and what
 * is tested all come by here. A layer below SQLite alone would not see the renames and folders of backups. */

#define REAL(name) ((typeof (&name)) find_real (#name))

typedef enum
{
  CALL_READS,
  CALL_CHANGES,    /* what is on the disk, which needs no room for it */
  CALL_NEEDS_ROOM, /* the same, and does */
} CallKind;

static GMutex lock;
static char watched[PATH_MAX];
static FaultDisk *disk;
static FaultCount count;
static int refusal;
static gboolean shows;

static void *
find_real (const char *name)
{
  void *found = dlsym (RTLD_NEXT, name);

  if (found == NULL)
    g_error ("The C library has no %s", name);
  return found;
}

void
fault_calls_watch (const char *folder)
{
  g_mutex_lock (&lock);
  g_strlcpy (watched, folder != NULL ? folder : "", sizeof watched);
  g_mutex_unlock (&lock);
}

void
fault_calls_record (FaultDisk *to)
{
  g_mutex_lock (&lock);
  disk = to;
  g_mutex_unlock (&lock);
}

guint
fault_calls_get_n_acts (void)
{
  guint n_acts;

  g_mutex_lock (&lock);
  n_acts = disk != NULL ? fault_disk_get_n_acts (disk) : 0;
  g_mutex_unlock (&lock);
  return n_acts;
}

void
fault_calls_arm (int reason, guint nth, guint n_more)
{
  refusal = reason;
  shows = g_getenv ("OCTAVO_SHOW_FAULTS") != NULL;
  fault_count_arm (&count, nth, n_more);
}

gboolean
fault_calls_disarm (void)
{
  return fault_count_disarm (&count);
}

static gboolean
is_watched (const char *path)
{
  gsize length = strlen (watched);

  return length > 0 && path != NULL && strncmp (path, watched, length) == 0 &&
         (path[length] == '/' || path[length] == '\0');
}

/* What is under a name no more does not count. path: of PATH_MAX bytes */
static gboolean
find_path (int descriptor, char *path)
{
  char link_path[32];
  ssize_t length;

  if (*watched == '\0')
    return FALSE;
  snprintf (link_path, sizeof link_path, "/proc/self/fd/%d", descriptor);
  length = readlink (link_path, path, PATH_MAX - 1);
  path[MAX (length, 0)] = '\0';
  return is_watched (path);
}

/* The memory that connections share is made anew after a power cut. */
static gboolean
is_recorded (const char *path)
{
  return disk != NULL && !g_str_has_suffix (path, "-shm") && !g_str_has_suffix (path, " (deleted)");
}

static gboolean
is_refused (CallKind kind, const char *name, const char *path)
{
  if ((refusal == ENOSPC && kind != CALL_NEEDS_ROOM) || (refusal == EROFS && kind == CALL_READS) ||
      !fault_count_refuses (&count))
    return FALSE;
  if (shows)
    fprintf (stderr, "# refused: %s %s\n", name, path);
  errno = refusal;
  return TRUE;
}

/* Names */

static int
open_watched (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  gboolean is_new;
  int descriptor;

  if (!is_watched (path))
    return real (path, flags, mode);
  is_new = (flags & O_CREAT) != 0 && access (path, F_OK) != 0;
  if (is_refused (is_new ? CALL_NEEDS_ROOM : (flags & O_ACCMODE) != O_RDONLY ? CALL_CHANGES : CALL_READS, "open", path))
    return -1;
  g_mutex_lock (&lock);
  descriptor = real (path, flags, mode);
  if (descriptor >= 0 && is_recorded (path) && is_new)
    fault_disk_create (disk, path, FALSE);
  else if (descriptor >= 0 && is_recorded (path) && (flags & O_TRUNC) != 0)
    fault_disk_truncate (disk, path, 0);
  g_mutex_unlock (&lock);
  return descriptor;
}

/* The mode goes where a third argument goes, whether or not there is one. */
int fault_open (const char *path, int flags, mode_t mode) __asm__("open");
int fault_open64 (const char *path, int flags, mode_t mode) __asm__("open64");

int
fault_open (const char *path, int flags, mode_t mode)
{
  return open_watched (REAL (open), path, flags, mode);
}

int
fault_open64 (const char *path, int flags, mode_t mode)
{
  return open_watched (REAL (open64), path, flags, mode);
}

static int
end_name (int result, const char *path, const char *to)
{
  if (result == 0 && is_recorded (path))
    {
      if (to != NULL)
        fault_disk_rename (disk, path, to);
      else
        fault_disk_remove (disk, path);
    }
  g_mutex_unlock (&lock);
  return result;
}

int
unlink (const char *path)
{
  if (!is_watched (path))
    return REAL (unlink) (path);
  if (is_refused (CALL_CHANGES, "unlink", path))
    return -1;
  g_mutex_lock (&lock);
  return end_name (REAL (unlink) (path), path, NULL);
}

int
rmdir (const char *path)
{
  if (!is_watched (path))
    return REAL (rmdir) (path);
  if (is_refused (CALL_CHANGES, "rmdir", path))
    return -1;
  g_mutex_lock (&lock);
  return end_name (REAL (rmdir) (path), path, NULL);
}

int
rename (const char *path, const char *to)
{
  if (!is_watched (to))
    return REAL (rename) (path, to);
  if (is_refused (CALL_NEEDS_ROOM, "rename", path))
    return -1;
  g_mutex_lock (&lock);
  return end_name (REAL (rename) (path, to), path, to);
}

int
renameat2 (int folder, const char *path, int to_folder, const char *to, unsigned int flags)
{
  if (!is_watched (to))
    return REAL (renameat2) (folder, path, to_folder, to, flags);
  if (is_refused (CALL_NEEDS_ROOM, "renameat2", path))
    return -1;
  g_mutex_lock (&lock);
  return end_name (REAL (renameat2) (folder, path, to_folder, to, flags), path, to);
}

int
mkdir (const char *path, mode_t mode)
{
  int result;

  if (!is_watched (path) || access (path, F_OK) == 0)
    return REAL (mkdir) (path, mode);
  if (is_refused (CALL_NEEDS_ROOM, "mkdir", path))
    return -1;
  g_mutex_lock (&lock);
  result = REAL (mkdir) (path, mode);
  if (result == 0 && is_recorded (path))
    fault_disk_create (disk, path, TRUE);
  g_mutex_unlock (&lock);
  return result;
}

/* Contents */

typedef ssize_t (*Write) (int, const void *, size_t, off64_t);

static ssize_t
write_watched (Write real, int descriptor, const void *data, size_t length, off64_t offset, const char *path)
{
  ssize_t written;

  if (is_refused (CALL_NEEDS_ROOM, "write", path))
    return -1;
  g_mutex_lock (&lock);
  written = real (descriptor, data, length, offset);
  if (written > 0 && is_recorded (path))
    fault_disk_write (disk, path, offset, data, (gsize) written);
  g_mutex_unlock (&lock);
  return written;
}

ssize_t
pwrite64 (int descriptor, const void *data, size_t length, off64_t offset)
{
  char path[PATH_MAX];

  if (!find_path (descriptor, path))
    return REAL (pwrite64) (descriptor, data, length, offset);
  return write_watched (REAL (pwrite64), descriptor, data, length, offset, path);
}

ssize_t
pwrite (int descriptor, const void *data, size_t length, off_t offset)
{
  return pwrite64 (descriptor, data, length, offset);
}

/* At the place where the file is being written. */
static ssize_t
write_on (int descriptor, const void *data, size_t length, off64_t offset)
{
  return REAL (write) (descriptor, data, length);
}

ssize_t
write (int descriptor, const void *data, size_t length)
{
  char path[PATH_MAX];

  if (!find_path (descriptor, path))
    return REAL (write) (descriptor, data, length);
  return write_watched (write_on, descriptor, data, length, lseek64 (descriptor, 0, SEEK_CUR), path);
}

ssize_t
pread64 (int descriptor, void *data, size_t length, off64_t offset)
{
  char path[PATH_MAX];

  if (find_path (descriptor, path) && is_refused (CALL_READS, "pread", path))
    return -1;
  return REAL (pread64) (descriptor, data, length, offset);
}

ssize_t
pread (int descriptor, void *data, size_t length, off_t offset)
{
  return pread64 (descriptor, data, length, offset);
}

int
ftruncate64 (int descriptor, off64_t size)
{
  char path[PATH_MAX];
  int result;

  if (!find_path (descriptor, path))
    return REAL (ftruncate64) (descriptor, size);
  if (is_refused (CALL_NEEDS_ROOM, "ftruncate", path))
    return -1;
  g_mutex_lock (&lock);
  result = REAL (ftruncate64) (descriptor, size);
  if (result == 0 && is_recorded (path))
    fault_disk_truncate (disk, path, size);
  g_mutex_unlock (&lock);
  return result;
}

int
ftruncate (int descriptor, off_t size)
{
  return ftruncate64 (descriptor, size);
}

/* No disk is waited for: that which is modelled needs no real one, and no power is cut for real. */
static int
sync_watched (int descriptor)
{
  char path[PATH_MAX];

  if (!find_path (descriptor, path))
    return 0;
  if (is_refused (CALL_NEEDS_ROOM, "sync", path))
    return -1;
  g_mutex_lock (&lock);
  if (is_recorded (path))
    fault_disk_sync (disk, path);
  g_mutex_unlock (&lock);
  return 0;
}

int
fsync (int descriptor)
{
  return sync_watched (descriptor);
}

int
fdatasync (int descriptor)
{
  return sync_watched (descriptor);
}
