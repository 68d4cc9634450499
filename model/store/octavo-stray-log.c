/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-stray-log.h"

#include "octavo-error.h"
#include "octavo-new-file.h"
#include "octavo-place.h"
#include "orm-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>

/* Octavo that is killed leaves the log beside the file, and the next one plays it into that. SQLite does not know for
 * which file it was written: where another program has put a file of its own there meanwhile, the pages of the one
 * would be written into the other. So it is remembered which log belongs to which file, by their places on the disk,
 * for as long as the file is open. Only what is known for certain is kept from SQLite: that very log, beside another
 * file.
 *
 * The file itself is never opened here, as to close it would drop the locks that this process has on it. */

typedef struct
{
  guint64 device;
  guint64 inode; /* 0: there is none */
} Identity;

typedef struct
{
  Identity file;
  Identity log;
} Pair;

/* size: (out) (optional): of the file */
static Identity
identify (const char *path, goffset *size)
{
  Identity identity = { 0 };
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return identity;
  if (size != NULL)
    *size = info.st_size;
  identity.device = info.st_dev;
  identity.inode = info.st_ino;
  return identity;
}

static gboolean
is_same (Identity a, Identity b)
{
  return a.inode != 0 && a.inode == b.inode && a.device == b.device;
}

static char *
dup_memory (const char *real)
{
  g_autofree char *digits = octavo_place_dup_digits (real);
  g_autofree char *name = g_strconcat (digits, ".opened", NULL);

  return g_build_filename (g_get_user_state_dir (), "octavo", name, NULL);
}

static gboolean
recall (const char *real, Pair *pair)
{
  guint64 *const numbers[] = { &pair->file.device, &pair->file.inode, &pair->log.device, &pair->log.inode };
  g_autofree char *memory = dup_memory (real);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (memory, &text, NULL, NULL))
    return FALSE;
  words = g_strsplit (g_strchomp (text), " ", -1);
  if (g_strv_length (words) != G_N_ELEMENTS (numbers))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_ascii_string_to_unsigned (words[i], 10, 0, G_MAXUINT64, numbers[i], NULL))
      return FALSE;
  return TRUE;
}

/* (transfer full): a name that nothing has, by which SQLite would find it beside the file that it is of */
static char *
dup_kept_name (const char *real)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%dT%H%M%SZ");
  char *name = g_strdup_printf ("%s.replaced-%s-wal", real, date);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.replaced-%s-%u-wal", real, date, n);
    }
  return name;
}

static char *
describe (const char *path, const char *kept)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *kept_name = g_filename_display_basename (kept);

  return g_strdup_printf (
      _ ("Another program put a file of its own in the place of “%s” after Octavo was ended by force. "
         "These are the notes of that file. What was written last to the old one may not be among "
         "them; it is kept beside it, as “%s”, and belongs to the old file."),
      name, kept_name);
}

static gboolean
is_stray (const char *real, const char *log)
{
  goffset size = 0;
  Identity found = identify (log, &size);
  Pair pair = { 0 };

  return size > 0 && recall (real, &pair) && is_same (found, pair.log) && !is_same (identify (real, NULL), pair.file);
}

/**
 * octavo_stray_log_check:
 * @path: the path of a file of notes that is about to be opened by who only looks into it
 * @error: %OCTAVO_ERROR_CANT_OPEN
 *
 * Like octavo_stray_log_set_aside(), but touches nothing: that is for who can tell a person. Any thread; blocks for a
 * moment.
 *
 * Returns: whether the file can be opened
 */
gboolean
octavo_stray_log_check (const char *path, GError **error)
{
  g_autofree char *real = octavo_place_dup_real (path);
  g_autofree char *log = g_strconcat (real, "-wal", NULL);

  if (!is_stray (real, log))
    return TRUE;
  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                       "the log is of another file"); /* said to nobody: who asks looks into nothing then */
  return FALSE;
}

/**
 * octavo_stray_log_set_aside:
 * @path: the path of a file of notes that is about to be opened
 * @notice: (out) (optional) (nullable) (transfer full): what to say to the person; %NULL where nothing happened
 * @error: %OCTAVO_ERROR_READ_ONLY
 *
 * Gives another name to a log that was written for another file than the one that is there. Where nothing is known of
 * it, it is trusted. Any thread; blocks for a moment.
 *
 * Returns: whether the file can be opened; else the log is still there, and would be played into it
 */
gboolean
octavo_stray_log_set_aside (const char *path, char **notice, GError **error)
{
  g_autofree char *real = octavo_place_dup_real (path);
  g_autofree char *log = g_strconcat (real, "-wal", NULL);
  g_autofree char *memory = g_strconcat (real, "-shm", NULL);
  g_autofree char *folder = g_path_get_dirname (real);
  g_autofree char *kept = NULL;

  if (notice != NULL)
    *notice = NULL;
  if (!is_stray (real, log))
    return TRUE;
  kept = dup_kept_name (real);
  if (g_rename (log, kept) != 0)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_READ_ONLY, "the log of another file cannot be set aside");
      octavo_error_for_person (error, path);
      return FALSE;
    }
  g_unlink (memory);
  octavo_new_file_sync (folder);
  if (notice != NULL)
    *notice = describe (path, kept);
  return TRUE;
}

/**
 * octavo_stray_log_remember:
 * @path: the path of a file of notes that was opened, and has its log
 *
 * Remembers which log is of which file. Where that cannot be written down nothing happens. Any thread; blocks for a
 * moment.
 */
void
octavo_stray_log_remember (const char *path)
{
  g_autofree char *real = octavo_place_dup_real (path);
  g_autofree char *log = g_strconcat (real, "-wal", NULL);
  g_autofree char *memory = dup_memory (real);
  g_autofree char *folder = g_path_get_dirname (memory);
  g_autofree char *text = NULL;
  Pair pair = { .file = identify (real, NULL), .log = identify (log, NULL) };
  Pair known = { 0 };

  if (pair.file.inode == 0 || pair.log.inode == 0 ||
      (recall (real, &known) && is_same (known.file, pair.file) && is_same (known.log, pair.log)))
    return;
  text = g_strdup_printf ("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", pair.file.device, pair.file.inode,
                          pair.log.device, pair.log.inode);
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (memory, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    g_debug ("%s: it is not remembered which log it has", path);
}

/**
 * octavo_stray_log_forget:
 * @path: the path of a file of notes that was closed
 *
 * Forgets the log where it is gone: another one may come to be at its place on the disk. Any thread; blocks for a
 * moment.
 */
void
octavo_stray_log_forget (const char *path)
{
  g_autofree char *real = octavo_place_dup_real (path);
  g_autofree char *log = g_strconcat (real, "-wal", NULL);
  g_autofree char *memory = dup_memory (real);

  if (!g_file_test (log, G_FILE_TEST_EXISTS))
    g_unlink (memory);
}
