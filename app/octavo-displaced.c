/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-displaced.h"

#include "octavo-capture-window.h"
#include "octavo-stand-in.h"
#include "octavo-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* A file that was removed or replaced while it is open is on the disk, nameless, until it is closed. So it is given a
 * name before that: its own where nothing is there, another beside the file that took its place. */

#define MAX_KEPT 100
#define NOTICE   "octavo-displaced-notice" /* to be said in a window */

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

static gboolean
on_idle_after_window (gpointer window)
{
  g_autofree char *notice = g_object_steal_data (window, NOTICE);

  if (gtk_window_get_application (window) != NULL)
    octavo_stand_in_complain (window, _ ("The File of Notes Was Changed by Another Program"), notice);
  return G_SOURCE_REMOVE;
}

/* It is still being put together. */
static void
on_window_added (GtkApplication *application, GtkWindow *window, char *notice)
{
  if (!OCTAVO_IS_WINDOW (window) && !OCTAVO_IS_CAPTURE_WINDOW (window))
    return;
  g_object_set_data_full (G_OBJECT (window), NOTICE, g_strdup (notice), g_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_idle_after_window, g_object_ref (window), g_object_unref);
  g_signal_handlers_disconnect_by_func (application, on_window_added, notice);
}

static void
free_notice (gpointer notice, GClosure *closure)
{
  g_free (notice);
}

/**
 * octavo_displaced_tell:
 * @application: whose next window of notes says it, be it a small one: there may be no other
 * @store: the store that was opened
 *
 * Says what happened to the file before it was opened.
 */
void
octavo_displaced_tell (GtkApplication *application, OctavoStore *store)
{
  char *notice = octavo_store_take_notice (store);

  if (notice != NULL)
    g_signal_connect_data (application, "window-added", G_CALLBACK (on_window_added), notice, free_notice, 0);
}
