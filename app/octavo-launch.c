/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-launch.h"

#include "octavo-command-table.h"
#include "octavo-link.h"
#include "octavo-options.h"
#include "octavo-place.h"
#include "octavo-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define SCHEME    "octavo:"
#define SERVICE   "gapplication-service"
#define MAX_SHOWN 200 /* bytes of a link that is refused */

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

/* GFile makes octavo:///note/7 of octavo:note/7 where it takes the scheme for one of a file system. */
static const char *
skip_scheme (const char *word)
{
  const char *path = word + strlen (SCHEME);

  if (g_ascii_strncasecmp (word, SCHEME, strlen (SCHEME)) != 0)
    return NULL;
  return g_str_has_prefix (path, "///") ? path + 3 : path;
}

/* Links to notes alone: whatever else there is within Octavo, a page of the web need not lead there. */
static gboolean
take_link (OctavoLaunch *self, const char *word, GError **error)
{
  g_autofree char *uri = g_strconcat (SCHEME, skip_scheme (word), NULL);
  g_autofree char *shown = g_utf8_make_valid (word, (gssize) strnlen (word, MAX_SHOWN));
  g_autoptr (OctavoLink) link = octavo_link_new_from_uri (uri);

  if (link->kind != OCTAVO_LINK_NOTE)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no link to a note. Such a link ends in a number: octavo:note/7."), shown);
      return FALSE;
    }
  self->note_id = link->id;
  self->is_link = TRUE;
  return TRUE;
}

/* What is left are files. */
static gboolean
take_links (OctavoLaunch *self, GError **error)
{
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();

  for (gsize i = 0; self->files != NULL && self->files[i] != NULL; i++)
    if (skip_scheme (self->files[i]) == NULL)
      g_strv_builder_add (files, self->files[i]);
    else if (!take_link (self, self->files[i], error))
      return FALSE;
  g_strfreev (self->files);
  self->files = g_strv_builder_end (files);
  return TRUE;
}

/* GOptionContext takes a value of what has none for granted, and does not say what was meant. The bus has an option of
 * its own. */
static gboolean
check_options (const char *const *arguments, GError **error)
{
  g_autofree char *wrong =
      g_strv_contains (arguments, "--" SERVICE) ? NULL : octavo_options_find_wrong (arguments, NULL);

  if (wrong != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, wrong);
  return wrong == NULL;
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
    { SERVICE, 0, 0, G_OPTION_ARG_NONE, &self->is_service, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files, NULL, NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!check_options (arguments, error) || !g_option_context_parse_strv (context, &words, error) ||
      !adopt_text (&self->user, error) || !adopt_text (&self->query, error) ||
      !read_note_id (note_id, &self->note_id, error) || !take_links (self, error))
    return NULL;

  if (self->database != NULL && self->database[0] == '\0')
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--database needs the name of a file."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

static char *
take_address (OctavoLaunch *self, GFile *file, GError **error)
{
  char *path = g_file_get_path (file);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *shown = g_utf8_make_valid (uri, (gssize) strnlen (uri, MAX_SHOWN));

  if (path != NULL)
    return path;
  if (skip_scheme (uri) != NULL)
    take_link (self, uri, error);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s” is neither a file on this computer nor a link to a note."), shown);
  return NULL;
}

/**
 * octavo_launch_new_for_files:
 * @files: (array length=n_files): files, and links to notes
 * @n_files: how many there are
 *
 * Makes of what the desktop wants opened what a call would ask for. What is neither is a problem, which is to be shown.
 *
 * Returns: (transfer full): what it asks for
 */
OctavoLaunch *
octavo_launch_new_for_files (GFile **files, int n_files)
{
  OctavoLaunch *self = g_new0 (OctavoLaunch, 1);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (int i = 0; i < n_files; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = take_address (self, files[i], &error);

      if (path != NULL)
        g_strv_builder_add (paths, path);
      else if (error != NULL && self->problem == NULL)
        self->problem = g_strdup (error->message);
    }
  self->files = g_strv_builder_end (paths);
  return self;
}

/**
 * octavo_launch_new_for_result:
 * @query: what was searched for
 * @note_id: which of the notes that were found; 0: all
 *
 * Returns: (transfer full): what a search of the desktop asks for
 */
OctavoLaunch *
octavo_launch_new_for_result (const char *query, gint64 note_id)
{
  OctavoLaunch *self = octavo_launch_new_for_files (NULL, 0);

  self->query = g_strdup (query);
  self->note_id = note_id;
  self->is_link = note_id != 0;
  return self;
}

/**
 * octavo_launch_new_for_title:
 * @title: a title
 *
 * Returns: (transfer full): what asks for a new note that is called so
 */
OctavoLaunch *
octavo_launch_new_for_title (const char *title)
{
  OctavoLaunch *self = octavo_launch_new_for_files (NULL, 0);

  self->title = g_strdup (title);
  self->new_note = TRUE;
  return self;
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
  g_free (self->title);
  g_free (self->problem);
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
         self->note_id == 0 && !self->new_note && self->problem == NULL;
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
  g_autofree char *default_digits = octavo_place_dup_digits (default_path);
  g_autofree char *digits = octavo_place_dup_digits (path);

  if (g_str_equal (digits, default_digits))
    return g_strdup (APPLICATION_ID);

  return g_strconcat (APPLICATION_ID, ".File", digits, NULL);
}
