/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-mover.h"

#include "octavo-place.h"
#include "octavo-task.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>

/* First a checked copy, never over another file; then it is remembered where that is; and only then the file that was
 * is given another name, by which it stays where it was. */

/**
 * octavo_mover_can_move:
 * @path: the absolute path of the file that is open
 *
 * A file that was named for one call, or by the environment, is not the one that is remembered. In a sandbox there is
 * no other place where notes could be kept.
 *
 * Returns: whether it may be moved
 */
gboolean
octavo_mover_can_move (const char *path)
{
  g_autofree char *place = octavo_place_get ();
  const char *named = g_getenv ("OCTAVO_DATABASE");

  return (named == NULL || *named == '\0') && g_str_equal (path, place) && g_getenv ("FLATPAK_ID") == NULL;
}

static gboolean
copy (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_store_backup (source, data, cancellable, error);
}

/**
 * octavo_mover_copy_async:
 * @store: an open store that nobody writes to any more
 * @path: where the copy goes
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Copies the file of notes on a thread, and checks the copy. Main thread.
 */
void
octavo_mover_copy_async (OctavoStore *store, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);

  g_task_set_source_tag (task, octavo_mover_copy_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  octavo_task_run_in_thread (task, copy);
}

/**
 * octavo_mover_copy_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: as of octavo_store_backup()
 *
 * Returns: whether there is a good copy
 */
gboolean
octavo_mover_copy_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What another process has open stays under its name, as that would go on to write beside it. */
static gboolean
is_in_use (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

/**
 * octavo_mover_put_away:
 * @old_path: the file that was moved, which is closed
 *
 * Gives the file that was another name. Main thread; blocks for a moment.
 *
 * Returns: (transfer full): the name by which it is kept; that which it had where another process has it open
 */
char *
octavo_mover_put_away (const char *old_path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  for (guint i = 1; i < 100 && !is_in_use (old_path); i++)
    {
      g_autofree char *kept = i == 1 ? g_strdup_printf ("%s.moved-%s", old_path, date)
                                     : g_strdup_printf ("%s.moved-%s-%u", old_path, date, i);

      if (renameat2 (AT_FDCWD, old_path, AT_FDCWD, kept, RENAME_NOREPLACE) == 0)
        return g_steal_pointer (&kept);
      if (errno != EEXIST)
        break;
    }
  return g_strdup (old_path);
}
