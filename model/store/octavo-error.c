/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-error.h"
#include "orm-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (octavo - error - quark, octavo_error)

static OctavoError
get_code (OrmError error)
{
  switch (error)
    {
    case ORM_ERROR_CANT_OPEN:
      return OCTAVO_ERROR_CANT_OPEN;
    case ORM_ERROR_NOT_A_DATABASE:
      return OCTAVO_ERROR_NOT_A_DATABASE;
    case ORM_ERROR_CORRUPT:
    case ORM_ERROR_MISMATCH:
    case ORM_ERROR_UNKNOWN_FORMAT:
      return OCTAVO_ERROR_CORRUPT;
    case ORM_ERROR_NEWER_SCHEMA:
      return OCTAVO_ERROR_NEWER_VERSION;
    case ORM_ERROR_READ_ONLY:
      return OCTAVO_ERROR_READ_ONLY;
    case ORM_ERROR_FULL:
      return OCTAVO_ERROR_FULL;
    case ORM_ERROR_BUSY:
      return OCTAVO_ERROR_BUSY;
    case ORM_ERROR_TOO_BIG:
      return OCTAVO_ERROR_TOO_BIG;
    case ORM_ERROR_STALE:
      return OCTAVO_ERROR_CHANGED;
    case ORM_ERROR_DISPLACED:
      return OCTAVO_ERROR_DISPLACED;
    case ORM_ERROR_FAILED:
    case ORM_ERROR_IO:
    case ORM_ERROR_CONSTRAINT:
    case ORM_ERROR_NO_ROW:
    case ORM_ERROR_MANY_ROWS:
    case ORM_ERROR_INVALID:
    case ORM_ERROR_NO_MEMORY:
    default:
      return OCTAVO_ERROR_FAILED;
    }
}

static char *
describe (OrmError error, const char *name, const char *reason)
{
  switch ((int) error)
    {
    case ORM_ERROR_CANT_OPEN:
      return g_strdup_printf (
          _ ("“%s” cannot be opened. Check that its folder exists, and that you may read and write both."), name);
    case ORM_ERROR_NOT_A_DATABASE:
      return g_strdup_printf (_ ("“%s” is not a file of notes, and was left untouched. Choose another file."), name);
    case ORM_ERROR_CORRUPT:
      return g_strdup_printf (
          _ ("“%s” is damaged. “octavo repair” saves what can be read and keeps the damaged file; or go back to a "
             "backup."),
          name);
    case ORM_ERROR_UNKNOWN_FORMAT:
      return g_strdup_printf (
          _ ("“%s” is in a format that this version of Octavo does not know, or is damaged. Update Octavo; where that "
             "does not help, “octavo repair” saves what can be read and keeps the file."),
          name);
    case ORM_ERROR_MISMATCH:
      return g_strdup_printf (_ ("“%s” does not have the tables that Octavo expects. Go back to a backup of it."),
                              name);
    case ORM_ERROR_NEWER_SCHEMA:
      return g_strdup_printf (
          _ ("“%s” was written by a newer version of Octavo, and was left untouched. Update Octavo to open it."), name);
    case ORM_ERROR_READ_ONLY:
      return g_strdup_printf (_ ("“%s” cannot be written to. Check that you may write to it and to its folder."), name);
    case ORM_ERROR_FULL:
      return g_strdup_printf (_ ("There is no room left to write “%s”. Make room on the disk, and try again."), name);
    case ORM_ERROR_BUSY:
      return g_strdup_printf (
          _ ("“%s” is being written to, by Octavo or by another program. Wait until that is done, and try again."),
          name);
    case ORM_ERROR_IO:
      return g_strdup_printf (_ ("“%s” could not be read or written. Check the disk that it is on, and try again."),
                              name);
    case ORM_ERROR_NO_MEMORY:
      return g_strdup_printf (
          _ ("There is not enough memory to read or write “%s”. Close other programs, and try again."), name);
    case ORM_ERROR_TOO_BIG:
      return g_strdup (_ ("The note is too big to be kept. Split it into several notes."));
    case ORM_ERROR_DISPLACED:
      return g_strdup_printf (
          _ ("“%s” is not the file any more that was opened: it was removed, moved or replaced. Put it back, or save a "
             "copy of what you typed elsewhere."),
          name);
    case ORM_ERROR_STALE:
      return g_strdup (_ ("It was changed elsewhere at the same moment. Look at it, and try again."));
    case ORM_ERROR_FAILED:
    case ORM_ERROR_NO_ROW:
    case ORM_ERROR_INVALID:
      /* What SQLite says of these is for who reads its statements. */
      return g_strdup_printf (
          _ ("“%s” could not be used as it is. Try again; “octavo check” mends what can be mended."), name);
    default:
      return g_strdup_printf (_ ("“%s” could not be used (%s). Try again."), name, reason);
    }
}

/**
 * octavo_error_for_person:
 * @error: (inout) (optional): the place of an error
 * @path: (nullable): the file that it is about
 *
 * Turns an error of the mapper into an [error@Octavo.Error] with a sentence that says what happened and what to do, in
 * place. Errors of other domains, a cancelled call among them, are left alone. Any thread.
 */
void
octavo_error_for_person (GError **error, const char *path)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  OrmError code;

  if (error == NULL || *error == NULL || (*error)->domain != ORM_ERROR)
    return;

  code = (OrmError) (*error)->code;
  name = path != NULL ? g_filename_display_name (path) : g_strdup (_ ("The file of notes"));
  /* Where a file cannot be opened the mapper has looked why, and says so of the file by name; SQLite does not. */
  if (code == ORM_ERROR_CANT_OPEN && strstr ((*error)->message, name) != NULL)
    message = g_strdup ((*error)->message);
  else
    message = describe (code, name, (*error)->message);
  g_debug ("%s: %s", name, (*error)->message);
  g_clear_error (error);
  g_set_error_literal (error, OCTAVO_ERROR, (int) get_code (code), message);
}
