/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-file-io.h"

#include "octavo-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files whole, in and out: never waiting for a pipe that is called note.md, never leaving half a file behind, and never
 * replacing one. */

static gboolean
set_error_from_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
  return FALSE;
}

static gint64
to_microseconds (const struct statx_timestamp *time)
{
  return time->tv_sec * G_USEC_PER_SEC + time->tv_nsec / 1000;
}

static gboolean
check_file (int fd, struct statx *info, GError **error)
{
  if (statx (fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, info) != 0)
    return set_error_from_errno (error);
  if (!S_ISREG (info->stx_mode))
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("it is not a file"));
      return FALSE;
    }
  if (info->stx_size > OCTAVO_FILE_IO_MAX_BYTES)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                           _ ("it is bigger than 200 MB; split it into several files"));
      return FALSE;
    }
  return TRUE;
}

static char *
read_all (int fd, gsize expected, gsize *length, GError **error)
{
  gsize size = expected + 1;
  g_autofree char *bytes = g_malloc (size + 1);

  *length = 0;
  for (;;)
    {
      gssize n = read (fd, bytes + *length, size - *length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_error_from_errno (error);
          return NULL;
        }
      if (n == 0)
        break;
      *length += n;
      if (*length == size) /* it grew while it was read */
        {
          size += 64 * 1024;
          bytes = g_realloc (bytes, size + 1);
        }
      if (*length > OCTAVO_FILE_IO_MAX_BYTES)
        {
          g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("it is bigger than 200 MB"));
          return NULL;
        }
    }
  bytes[*length] = '\0';
  return g_steal_pointer (&bytes);
}

/**
 * octavo_file_io_read:
 * @path: a file
 * @length: (out): its bytes
 * @created: (out): when it was made, or where nobody knows, last written; microseconds since 1970, UTC
 * @updated: (out): when it was last written
 * @error: where to put an error, which is %G_FILE_ERROR
 *
 * Reads a regular file of at most OCTAVO_FILE_IO_MAX_BYTES. Any thread, blocks.
 *
 * Returns: (transfer full): what is in it, with a NUL after it
 */
char *
octavo_file_io_read (const char *path, gsize *length, gint64 *created, gint64 *updated, GError **error)
{
  struct statx info;
  char *bytes = NULL;
  int fd;

  g_return_val_if_fail (path != NULL && length != NULL && created != NULL && updated != NULL, NULL);

  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      set_error_from_errno (error);
      return NULL;
    }
  if (check_file (fd, &info, error))
    bytes = read_all (fd, info.stx_size, length, error);
  close (fd);
  if (bytes == NULL)
    return NULL;
  *updated = to_microseconds (&info.stx_mtime);
  *created = info.stx_mask & STATX_BTIME ? to_microseconds (&info.stx_btime) : *updated;
  return bytes;
}

static gboolean
write_all (int fd, const char *bytes, gsize length, gint64 updated, GError **error)
{
  gint64 seconds = updated / G_USEC_PER_SEC - (updated % G_USEC_PER_SEC < 0 ? 1 : 0);
  struct timespec times[2];

  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_error_from_errno (error);
      bytes += n;
      length -= n;
    }
  times[0] = times[1] = (struct timespec){ .tv_sec = seconds, .tv_nsec = (updated - seconds * G_USEC_PER_SEC) * 1000 };
  /* a file system that does not know such a date keeps its own: the front matter has the right one */
  if (futimens (fd, times) != 0)
    g_debug ("cannot set the time of a file: %s", g_strerror (errno));
  return TRUE;
}

/* renameat2() where the file system can, a second name for the same file where it cannot. */
static gboolean
publish (const char *temporary, const char *path, GError **error)
{
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return set_error_from_errno (error);
  if (link (temporary, path) != 0)
    return set_error_from_errno (error);
  g_unlink (temporary);
  return TRUE;
}

/**
 * octavo_file_io_write_new:
 * @folder: a folder that is there
 * @name: the name of the file
 * @bytes: what is to be in it
 * @length: how much that is
 * @updated: what the file is to say it was last written; microseconds since 1970, UTC
 * @error: where to put an error, which is %G_FILE_ERROR; G_FILE_ERROR_EXIST where the name is taken
 *
 * Writes a file that appears whole or not at all. Any thread, blocks.
 *
 * Returns: whether it is there
 */
gboolean
octavo_file_io_write_new (const char *folder,
                          const char *name,
                          const char *bytes,
                          gsize length,
                          gint64 updated,
                          GError **error)
{
  g_autofree char *temporary = g_build_filename (folder, ".octavo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gboolean written;
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);

  if (fd < 0)
    return set_error_from_errno (error);
  written = write_all (fd, bytes, length, updated, error);
  if (close (fd) != 0 && written)
    written = set_error_from_errno (error);
  written = written && publish (temporary, path, error);
  if (!written)
    g_unlink (temporary);
  return written;
}
