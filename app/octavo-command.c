/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-config.h"

#include "octavo-command.h"

#include "octavo-command-table.h"
#include "octavo-help.h"
#include "octavo-options.h"
#include "octavo-text.h"
#include "octavo-user-repository.h"

#include <glib/gi18n.h>
#include <stdio.h>

static gboolean
check_words (OctavoInvocation *self)
{
  guint n_words = g_strv_length (self->words);
  guint max_words = self->command->max_words;

  if (n_words < self->command->min_words)
    return octavo_invocation_usage (self, _ ("Something is missing after “%s”."), self->command->name);

  if (n_words > max_words)
    return octavo_invocation_usage (self, _ ("“%s” is one word too many. What belongs together goes in quotes."),
                                    self->words[max_words]);

  if (self->database != NULL && self->database[0] == '\0')
    return octavo_invocation_usage (self, _ ("--database needs the name of a file."));

  if (self->user == NULL)
    return TRUE;

  if (!self->command->has_user)
    return octavo_invocation_usage (self, _ ("“%s” takes no --user."), self->command->name);

  if (self->user[0] == '\0')
    return octavo_invocation_usage (self, _ ("--user needs a name."));

  return TRUE;
}

static gboolean
adopt_user (OctavoInvocation *self)
{
  g_autofree char *given = g_steal_pointer (&self->user);
  g_autoptr (GError) error = NULL;

  if (given == NULL)
    return TRUE;

  self->user = octavo_text_from_argument (given, &error);

  return self->user != NULL || octavo_invocation_fail (self, error);
}

/* What the command reads its options into, and what the table says that it has, are the same. */
static void
assert_table_is_right (const OctavoCommand *command, const GOptionEntry *entries)
{
  const OctavoOption *option = command->options;

  for (; option->name != NULL && entries->long_name != NULL; option++, entries++)
    {
      g_assert_cmpstr (option->name, ==, entries->long_name);
      g_assert_true ((option->value == NULL) == (entries->arg == G_OPTION_ARG_NONE));
    }
  g_assert_true (option->name == NULL && entries->long_name == NULL);
}

/* GOptionContext takes a value of what has none for granted. */
static gboolean
check_options (OctavoInvocation *self)
{
  g_autofree char *wrong = octavo_options_find_wrong ((const char *const *) self->arguments, self->command);

  return wrong == NULL || octavo_invocation_usage (self, "%s", wrong);
}

/**
 * octavo_invocation_parse:
 * @self: a call that was not parsed yet
 * @entries: where the options go that the table says the command has, in that order
 *
 * Takes the call apart. Answers --help.
 *
 * Returns: whether the command is to go on
 */
gboolean
octavo_invocation_parse (OctavoInvocation *self, const GOptionEntry *entries)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_strdupv (self->arguments);
  g_autoptr (GError) error = NULL;
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &self->database },
    { "user", 0, 0, OCTAVO_OPTION_TEXT, &self->user },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words },
    { NULL },
  };

  assert_table_is_right (self->command, entries);
  if (!check_options (self))
    return FALSE;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common, NULL);

  if (!g_option_context_parse_strv (context, &arguments, &error))
    return octavo_invocation_usage (self, "%s.", error->message);

  if (help)
    {
      octavo_help_print_command (&self->output, self->command);
      return FALSE;
    }

  if (self->words == NULL)
    self->words = g_new0 (char *, 1);

  return check_words (self) && adopt_user (self);
}

/**
 * octavo_invocation_dup_path:
 * @self: a parsed call
 *
 * Returns: (transfer full): the absolute path of the file of notes that is meant
 */
char *
octavo_invocation_dup_path (OctavoInvocation *self)
{
  if (self->database == NULL)
    return octavo_store_get_default_path ();
  return g_canonicalize_filename (self->database, NULL);
}

static gboolean
open_store (OctavoInvocation *self, OctavoStore *(*make) (const char *path))
{
  g_autofree char *path = octavo_invocation_dup_path (self);
  g_autofree char *notice = NULL;
  g_autoptr (GError) error = NULL;

  self->store = make (path);
  if (!octavo_store_open (self->store, NULL, &error))
    return octavo_invocation_fail (self, error);
  notice = octavo_store_take_notice (self->store);
  if (notice != NULL)
    octavo_output_complain (notice);
  return TRUE;
}

/**
 * octavo_invocation_open:
 * @self: a parsed call
 *
 * Opens the file of notes. Blocks.
 *
 * Returns: whether the store is there
 */
gboolean
octavo_invocation_open (OctavoInvocation *self)
{
  return open_store (self, octavo_store_new);
}

/**
 * octavo_invocation_open_for_reading:
 * @self: a parsed call of a command that only reads
 *
 * Opens the file of notes, also where it cannot be written. Where a shell asks (OCTAVO_COMPLETING), one that is not
 * there is not made. Blocks.
 *
 * Returns: whether the store is there
 */
gboolean
octavo_invocation_open_for_reading (OctavoInvocation *self)
{
  g_autofree char *path = octavo_invocation_dup_path (self);

  /* A key that completes a word is no reason to make a file. */
  if (g_getenv ("OCTAVO_COMPLETING") != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      self->status = OCTAVO_EXIT_FAILED;
      return FALSE;
    }

  return open_store (self, octavo_store_new_for_reading);
}

/**
 * octavo_invocation_find_user:
 * @self: a call with an open store
 * @user_id: (out): the id of the user that --user names, 0 for everyone
 *
 * Finds whose notes are meant. Blocks.
 *
 * Returns: whether there is such a user, or none was named
 */
gboolean
octavo_invocation_find_user (OctavoInvocation *self, gint64 *user_id)
{
  g_autoptr (OctavoUser) user = NULL;
  g_autoptr (GError) error = NULL;

  *user_id = 0;

  if (self->user == NULL)
    return TRUE;

  user = octavo_user_repository_find (octavo_store_get_users (self->store), self->user, &error);
  if (user == NULL)
    return octavo_invocation_fail (self, error);

  *user_id = octavo_user_get_id (user);
  return TRUE;
}

/**
 * octavo_invocation_ensure_user:
 * @self: a call with an open store
 * @user_id: (out): the id of the user that --user names, or of the first one
 *
 * Finds who writes; a new name makes a new user. Blocks.
 *
 * Returns: whether there is such a user
 */
gboolean
octavo_invocation_ensure_user (OctavoInvocation *self, gint64 *user_id)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  g_autoptr (GError) error = NULL;

  if (self->user == NULL)
    {
      *user_id = octavo_user_repository_get_default_id (users);
      return TRUE;
    }

  *user_id = octavo_user_repository_ensure (users, self->user, &error);
  return *user_id != 0 || octavo_invocation_fail (self, error);
}

/**
 * octavo_invocation_parse_ids:
 * @self: a parsed call whose words are ids
 * @ids: (out) (transfer full) (element-type gint64): the numbers
 *
 * Reads the words as ids of notes. A number that is too great for an id is the id of no note.
 *
 * Returns: whether all of them can be ids
 */
gboolean
octavo_invocation_parse_ids (OctavoInvocation *self, GArray **ids)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; self->words[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      guint64 number = 0;
      gint64 id = 0;

      if (!g_ascii_string_to_unsigned (self->words[i], 10, 0, G_MAXINT64, &number, &error))
        {
          if (g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
            return octavo_invocation_no_such_note (self, self->words[i]);

          return octavo_invocation_usage (self,
                                          _ ("“%s” is no id of a note. An id is a number, as “octavo list” shows."),
                                          self->words[i]);
        }

      id = (gint64) number;
      g_array_append_val (numbers, id);
    }

  *ids = g_steal_pointer (&numbers);
  return TRUE;
}

/**
 * octavo_invocation_fail:
 * @self: a call
 * @error: why it cannot be done
 *
 * Says what went wrong, and sets the status that goes with it.
 *
 * Returns: FALSE
 */
gboolean
octavo_invocation_fail (OctavoInvocation *self, const GError *error)
{
  g_autoptr (GError) told = g_error_copy (error);

  /* The engine of searches knows nothing of files and people, and passes on what SQLite says. */
  octavo_error_for_person (&told, self->store != NULL ? octavo_store_get_path (self->store) : NULL);
  octavo_output_complain (told->message);
  self->status =
      g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE) ? OCTAVO_EXIT_NO_SUCH_NOTE : OCTAVO_EXIT_FAILED;
  return FALSE;
}

/**
 * octavo_invocation_usage:
 * @self: a call
 * @format: what is wrong with its words, as for printf()
 * @...: what the format asks for
 *
 * Says how the command is used, and sets the status that goes with it.
 *
 * Returns: FALSE
 */
gboolean
octavo_invocation_usage (OctavoInvocation *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  octavo_output_complain (message);
  fprintf (stderr, "%s octavo %s%s%s\n", _ ("Usage:"), self->command->name,
           self->command->parameters[0] != '\0' ? " " : "", self->command->parameters);
  self->status = OCTAVO_EXIT_USAGE;
  return FALSE;
}

/**
 * octavo_invocation_no_such_note:
 * @self: a call
 * @id: the number that was asked for
 *
 * Says that there is no such note, and sets the status that goes with it.
 *
 * Returns: FALSE
 */
gboolean
octavo_invocation_no_such_note (OctavoInvocation *self, const char *id)
{
  g_autoptr (GError) error =
      g_error_new (OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE,
                   _ ("There is no note %s. “octavo list” and “octavo search” show the ids there are."), id);

  return octavo_invocation_fail (self, error);
}

/**
 * octavo_invocation_clear:
 * @self: a call
 *
 * Closes the store and frees what the call holds.
 */
void
octavo_invocation_clear (OctavoInvocation *self)
{
  if (self->store != NULL)
    {
      octavo_store_close (self->store);
      g_clear_object (&self->store);

      /* What the store was about to tell the main context keeps references to it until it is told. */
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }

  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->words, g_strfreev);
}
