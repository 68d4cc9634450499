/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-displaced.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* A file that was removed or replaced while it is open is on the disk, nameless, until it is closed. So it is given a
 * name before that: its own where nothing is there, another beside the file that took its place. */

#define MAX_KEPT 100

/**
 * octavo_displaced_get_disk:
 * @path: a file
 *
 * Returns: what the disk that it is on is called; 0 where there is no such file
 */
guint64
octavo_displaced_get_disk (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_dev : 0;
}

/* What is on a disk that is not there now is there still: to write it where the disk is to be would hide it later. */
static gboolean
is_on_disk (const char *path, guint64 disk)
{
  g_autofree char *folder = g_path_get_dirname (path);
  guint64 found = octavo_displaced_get_disk (folder);

  if (found == 0 && !g_str_equal (folder, path))
    return is_on_disk (folder, disk);
  return found == disk;
}

/**
 * octavo_displaced_dup_target:
 * @path: the absolute path of the file that is open
 * @disk: what octavo_displaced_get_disk() said when it was opened
 *
 * Finds where what is open is to be written to, and makes the folder if that is gone, too. Blocks for a moment.
 *
 * Returns: (transfer full) (nullable): a path at which nothing is; %NULL where nothing can be done but wait
 */
char *
octavo_displaced_dup_target (const char *path, guint64 disk)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  if (!is_on_disk (path, disk) || g_mkdir_with_parents (folder, 0700) != 0)
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_strdup (path);
  for (guint i = 1; i < MAX_KEPT; i++)
    {
      g_autofree char *kept = i == 1 ? g_strdup_printf ("%s.replaced-%s", path, date)
                                     : g_strdup_printf ("%s.replaced-%s-%u", path, date, i);

      if (!g_file_test (kept, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&kept);
    }
  return NULL;
}

/**
 * octavo_displaced_describe:
 * @path: the file that was open
 * @target: where it was written to
 *
 * Returns: (transfer full): what happened, for a person
 */
char *
octavo_displaced_describe (const char *path, const char *target)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *kept = g_filename_display_basename (target);

  if (g_str_equal (path, target))
    return g_strdup_printf (
        _ ("“%s” was removed or moved while it was open. It was written again, with everything that "
           "was in it."),
        name);
  return g_strdup_printf (
      _ ("Another program put a file of its own in the place of “%s”. You see the notes of that file "
         "now, with what you typed last; what was in the old one is kept beside it, as “%s”."),
      name, kept);
}
