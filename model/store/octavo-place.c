/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-place.h"

#include "octavo-error.h"
#include "octavo-new-file.h"
#include "octavo-stray-log.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DIGITS 16 /* so that no two files have the same ones */

static char *
get_memory (void)
{
  return g_build_filename (g_get_user_config_dir (), "octavo", "notes-file", NULL);
}

/* (nullable): the notes were never moved */
static char *
dup_moved_to (void)
{
  g_autofree char *memory = get_memory ();
  char *path = NULL;

  if (!g_file_get_contents (memory, &path, NULL, NULL))
    return NULL;
  path[strcspn (path, "\n")] = '\0';
  if (!g_path_is_absolute (path))
    g_clear_pointer (&path, g_free);
  return path;
}

/**
 * octavo_place_get:
 *
 * Returns: (transfer full): the path of the file of notes
 */
char *
octavo_place_get (void)
{
  char *path = dup_moved_to ();

  return path != NULL ? path : g_build_filename (g_get_user_data_dir (), "octavo", "notes.db", NULL);
}

/**
 * octavo_place_set:
 * @path: an absolute path
 * @error: %OCTAVO_ERROR_FAILED
 *
 * Remembers where the notes were moved to; it is on the disk when this returns.
 *
 * Returns: whether it is
 */
gboolean
octavo_place_set (const char *path, GError **error)
{
  g_autofree char *memory = get_memory ();
  g_autofree char *folder = g_path_get_dirname (memory);
  g_autofree char *line = g_strconcat (path, "\n", NULL);
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_path_is_absolute (path), FALSE);

  g_mkdir_with_parents (folder, 0700);
  if (strchr (path, '\n') == NULL &&
      g_file_set_contents_full (memory, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &failure))
    return TRUE;
  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED,
               _ ("It could not be remembered where the notes are from now on (%s)."),
               failure != NULL ? failure->message : _ ("the name has two lines"));
  return FALSE;
}

/**
 * octavo_place_dup_real:
 * @path: the path of a file, which need not be there
 *
 * A file goes by one name, whatever links and dots it is named by; SQLite has its log beside that. Any thread; blocks
 * for a moment.
 *
 * Returns: (transfer full): its path, as links lead to it
 */
char *
octavo_place_dup_real (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (path, NULL);
  char *real_folder = realpath (folder, NULL);
  char *found =
      real != NULL ? g_strdup (real) : g_build_filename (real_folder != NULL ? real_folder : folder, name, NULL);

  free (real);
  free (real_folder);
  return found;
}

/**
 * octavo_place_dup_digits:
 * @path: the path of a file
 *
 * Makes a short name of a path, for what belongs to that file and is elsewhere. Any thread; blocks for a moment.
 *
 * Returns: (transfer full): digits; the same for whatever leads to the same file
 */
char *
octavo_place_dup_digits (const char *path)
{
  g_autofree char *real = octavo_place_dup_real (path);
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real, -1);

  digest[DIGITS] = '\0';
  return digest;
}

/**
 * octavo_place_is_lent:
 * @path: an absolute path
 *
 * What a person chooses for an application in a sandbox is shown to that in a folder of the desktop's portal of
 * documents. A file there comes without those beside it, locks on it hold nobody else off, and what SQLite's log has
 * would be lost with it: it can be read from there, but notes cannot be kept there.
 *
 * Returns: whether it is in that folder
 */
gboolean
octavo_place_is_lent (const char *path)
{
  g_autofree char *shown = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);
  const char *const folders[] = { shown, "/run/flatpak/doc" }; /* in a sandbox the first is a link to the second */

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_has_prefix (path, folders[i]) && path[strlen (folders[i])] == G_DIR_SEPARATOR)
      return TRUE;
  return FALSE;
}

/**
 * octavo_place_is_missing:
 * @path: a path
 *
 * A file that was moved there and is not there, as the disk may be elsewhere, must not be made anew.
 *
 * Returns: whether the notes were moved there, and there is no file now
 */
gboolean
octavo_place_is_missing (const char *path)
{
  g_autofree char *moved_to = dup_moved_to ();

  return g_strcmp0 (path, moved_to) == 0 && !g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
check (const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *base_name = g_filename_display_name (base);

  if (octavo_place_is_missing (path))
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                 _ ("The notes were moved to “%s”, and are not there now. If that is on another disk, connect it."),
                 name);
  else if (octavo_place_is_lent (path))
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                 _ ("“%s” is only lent to Octavo, which is in a sandbox: notes cannot be kept there without a risk of "
                    "losing them. What is in it can be taken over with Backups, Open a File."),
                 base_name);
  else
    return TRUE;
  return FALSE;
}

/* Notes are private: so is a folder that is made for them. */
static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = NULL;
  int reason;

  if (g_str_equal (path, ":memory:") || octavo_new_file_make_folder (folder))
    return TRUE;

  reason = errno;
  name = g_filename_display_name (folder);
  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
               _ ("The folder “%s” cannot be made (%s). Choose a place that you may write to."), name,
               g_strerror (reason));
  return FALSE;
}

/**
 * octavo_place_prepare:
 * @path: the path of a file of notes that is about to be opened, or ":memory:"
 * @may_make: whether the folder is made where it is missing, and a log that belongs to another file is set aside
 * @notice: (out) (nullable) (transfer full): what to say of that to the person
 * @error: %OCTAVO_ERROR_CANT_OPEN, which says what to do
 *
 * Sees to it that a file of notes can be kept there. Any thread; blocks for a moment.
 *
 * Returns: whether it can
 */
gboolean
octavo_place_prepare (const char *path, gboolean may_make, char **notice, GError **error)
{
  if (!check (path, error))
    return FALSE;
  if (!may_make)
    return octavo_stray_log_check (path, error);
  return make_folder (path, error) && octavo_stray_log_set_aside (path, notice, error);
}

/* Takes away what a folder or file of this user allows to others. */
static void
close_to_others (const char *path)
{
  GStatBuf info;

  if (g_lstat (path, &info) == 0 && !S_ISLNK (info.st_mode) && info.st_uid == geteuid () && (info.st_mode & 077) != 0 &&
      g_chmod (path, (int) (info.st_mode & 0700)) != 0)
    g_info ("%s stays readable to others: %s", path, g_strerror (errno));
}

/**
 * octavo_place_make_private:
 * @path: the path of a file of notes
 *
 * Has nobody else read the file and its folder, where that is the folder that is made for notes and nothing else. A
 * copy that came from elsewhere may have brought other rights along. What lies in a folder of the user's choice keeps
 * them: somebody may have shared it on purpose. Any thread.
 */
void
octavo_place_make_private (const char *path)
{
  const char *const companions[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "octavo", NULL);

  if (!g_str_equal (folder, own))
    return;

  close_to_others (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *file = g_strconcat (path, companions[i], NULL);

      close_to_others (file);
    }
}
