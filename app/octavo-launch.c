/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-launch.h"

#include "octavo-command-table.h"
#include "octavo-place.h"
#include "octavo-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdlib.h>

#define DIGITS_OF_A_FILE 16

/* The words of a call are taken apart twice: by the process that was started, which knows what is wrong with them and
 * ends with the right status, and by the instance that runs already, which does what they ask for. */

static gboolean
adopt_text (char **text, GError **error)
{
  g_autofree char *given = g_steal_pointer (text);

  if (given == NULL)
    return TRUE;

  *text = octavo_text_from_argument (given, error);

  return *text != NULL;
}

static gboolean
read_note_id (const char *text, gint64 *id, GError **error)
{
  guint64 number = 0;

  if (text == NULL)
    return TRUE;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no id of a note. An id is a number, as “octavo list” shows."), text);
      return FALSE;
    }

  *id = (gint64) number;
  return TRUE;
}

/**
 * octavo_launch_new:
 * @arguments: (array zero-terminated=1): the words of the call, the program's name first
 * @error: return location: G_OPTION_ERROR, OCTAVO_ERROR_INVALID_TEXT
 *
 * Takes a call apart.
 *
 * Returns: (transfer full) (nullable): what it asks for
 */
OctavoLaunch *
octavo_launch_new (const char *const *arguments, GError **error)
{
  g_autoptr (OctavoLaunch) self = g_new0 (OctavoLaunch, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) words = g_strdupv ((GStrv) arguments);
  g_autofree char *note_id = NULL;
  GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &self->database, NULL, NULL },
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &self->user, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_FILENAME, &self->query, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &note_id, NULL, NULL },
    { "new-note", 0, 0, G_OPTION_ARG_NONE, &self->new_note, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files, NULL, NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, &words, error) || !adopt_text (&self->user, error) ||
      !adopt_text (&self->query, error) || !read_note_id (note_id, &self->note_id, error))
    return NULL;

  if (self->database != NULL && self->database[0] == '\0')
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--database needs the name of a file."));
      return NULL;
    }

  if (self->files == NULL)
    self->files = g_new0 (char *, 1);

  return g_steal_pointer (&self);
}

/**
 * octavo_launch_free:
 * @self: (transfer full): what a call asks for
 *
 * Frees it.
 */
void
octavo_launch_free (OctavoLaunch *self)
{
  g_free (self->database);
  g_free (self->user);
  g_free (self->query);
  g_strfreev (self->files);
  g_free (self);
}

/**
 * octavo_launch_check_files:
 * @self: what a call asks for
 * @error: return location: G_OPTION_ERROR_FAILED
 *
 * Looks whether the files that were named are there: a word that is none is likely a command that was mistyped. Only
 * the process that was called knows the folder they are named from. Blocks.
 *
 * Returns: whether all of them are there
 */
gboolean
octavo_launch_check_files (const OctavoLaunch *self, GError **error)
{
  for (gsize i = 0; self->files[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->files[i]);

      if (!g_file_query_exists (file, NULL))
        {
          const char *suggestion = octavo_command_table_suggest (self->files[i]);

          if (suggestion != NULL)
            g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                         _ ("“%s” is neither a command nor a file. Did you mean “octavo %s”?"), self->files[i],
                         suggestion);
          else
            g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("“%s” is neither a command nor a file."),
                         self->files[i]);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * octavo_launch_wants_greeting:
 * @self: what a call asks for
 * @application_id: of the application that has the file open
 *
 * Whoever asks for the window alone, and has the notes in their usual place, may be new to it.
 *
 * Returns: whether the window may greet
 */
gboolean
octavo_launch_wants_greeting (const OctavoLaunch *self, const char *application_id)
{
  return g_strcmp0 (application_id, APPLICATION_ID) == 0 && self->files[0] == NULL && self->query == NULL &&
         self->note_id == 0 && !self->new_note;
}

/* A file goes by one name, whatever links and dots it was named by. */
static char *
dup_real_path (const char *path)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *real_folder = NULL;
  char *real = realpath (path, NULL);

  if (real != NULL)
    return real;

  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  real_folder = realpath (folder, NULL);

  return g_build_filename (real_folder != NULL ? real_folder : folder, name, NULL);
}

/**
 * octavo_launch_dup_application_id:
 * @path: the absolute path of the file of notes
 *
 * Names the application that has a file open, such that a second start for the same file finds it, and one for another
 * file does not. The default file goes by the name that the desktop knows.
 *
 * Returns: (transfer full): an id for GApplication
 */
char *
octavo_launch_dup_application_id (const char *path)
{
  g_autofree char *default_path = octavo_place_get ();
  g_autofree char *real_default_path = dup_real_path (default_path);
  g_autofree char *real_path = dup_real_path (path);
  g_autofree char *digest = NULL;

  if (g_str_equal (real_path, real_default_path))
    return g_strdup (APPLICATION_ID);

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real_path, -1);
  digest[DIGITS_OF_A_FILE] = '\0';

  return g_strconcat (APPLICATION_ID, ".File", digest, NULL);
}
