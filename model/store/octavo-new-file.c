/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-new-file.h"

#include "octavo-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/**
 * octavo_new_file_sync:
 * @path: a file that SQLite does not have open in this process, or a folder, for the names in it
 *
 * Waits until the disk has it. Not every file system can do that with a folder. Any thread; blocks.
 *
 * Returns: whether it has; else errno is set
 */
gboolean
octavo_new_file_sync (const char *path)
{
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_synced = descriptor >= 0 && fsync (descriptor) == 0;
  int reason = errno;

  if (descriptor >= 0)
    close (descriptor);
  errno = reason;
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

static OctavoError
get_code (int reason, OctavoError other)
{
  if (reason == ENOSPC || reason == EDQUOT)
    return OCTAVO_ERROR_FULL;
  return reason == EROFS || reason == EACCES ? OCTAVO_ERROR_READ_ONLY : other;
}

/**
 * octavo_new_file_make_folder:
 * @path: where a folder is to be
 *
 * Makes a folder for its owner alone, and those above it that are missing. A file that is on the disk is lost all the
 * same where the disk has not got the folder, so that is waited for. Any thread; blocks.
 *
 * Returns: whether it is there; else errno is set
 */
gboolean
octavo_new_file_make_folder (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int reason;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!g_str_equal (parent, path) && !octavo_new_file_make_folder (parent))
    return FALSE;
  if (g_mkdir (path, 0700) == 0)
    {
      octavo_new_file_sync (parent);
      return TRUE;
    }
  reason = errno;
  /* Somebody else may have been faster. */
  if (reason == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  errno = reason == EEXIST ? ENOTDIR : reason;
  return FALSE;
}

/**
 * octavo_new_file_put_in_place:
 * @temporary: a file in the folder of @path
 * @path: the name it gets
 * @error: %OCTAVO_ERROR_EXISTS, %OCTAVO_ERROR_FULL, %OCTAVO_ERROR_READ_ONLY, %OCTAVO_ERROR_FAILED
 *
 * Waits until the disk has the file, and gives it its name. Any thread; blocks.
 *
 * Returns: whether it has
 */
gboolean
octavo_new_file_put_in_place (const char *temporary, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder = g_path_get_dirname (path);
  int reason;

  if (octavo_new_file_sync (temporary) && rename_to_nothing (temporary, path))
    {
      /* The file is whole in any case. */
      octavo_new_file_sync (folder);
      return TRUE;
    }

  reason = errno;
  if (reason == EEXIST)
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                 _ ("“%s” is there already, and was left untouched. Choose another name."), name);
  else
    g_set_error (error, OCTAVO_ERROR, (int) get_code (reason, OCTAVO_ERROR_FAILED),
                 _ ("“%s” could not be written (%s). Choose another place."), name, g_strerror (reason));
  return FALSE;
}

/* SQLite takes a file of such a name for what it left beside the file of notes itself: it reads it, and removes it. */
static gboolean
check_name (const char *path, GError **error)
{
  static const char *const endings[] = { "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *other =
          g_str_has_suffix (path, endings[i]) ? g_strndup (path, strlen (path) - strlen (endings[i])) : NULL;
      g_autofree char *name = NULL;
      g_autofree char *other_name = NULL;

      if (other == NULL || !g_file_test (other, G_FILE_TEST_IS_REGULAR))
        continue;
      name = g_filename_display_name (path);
      other_name = g_filename_display_basename (other);
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                   _ ("“%s” would be taken for a part of “%s”, and removed. Choose another name."), name, other_name);
      return FALSE;
    }
  return TRUE;
}

/**
 * octavo_new_file_make_temporary:
 * @path: where a file is to be
 * @descriptor: (out) (optional): the open file, to be closed
 * @error: %OCTAVO_ERROR_EXISTS, %OCTAVO_ERROR_FULL, %OCTAVO_ERROR_READ_ONLY, %OCTAVO_ERROR_CANT_OPEN
 *
 * Makes an empty file beside that place, for its owner alone. %OCTAVO_ERROR_EXISTS, too, where the name belongs to a
 * file that is there, as that of its log. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
octavo_new_file_make_temporary (const char *path, int *descriptor, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  int file, reason;

  if (!check_name (path, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                   _ ("“%s” is there already, and was left untouched. Choose another name."), name);
      return NULL;
    }

  file = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  reason = errno;
  if (file < 0)
    {
      g_set_error (error, OCTAVO_ERROR, (int) get_code (reason, OCTAVO_ERROR_CANT_OPEN),
                   _ ("“%s” cannot be made (%s). Choose a folder that is there and that you may write to."), name,
                   g_strerror (reason));
      return NULL;
    }
  if (descriptor != NULL)
    *descriptor = file;
  else
    close (file);
  return g_steal_pointer (&temporary);
}
