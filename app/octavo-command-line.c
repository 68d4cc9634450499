/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-config.h"

#include "octavo-command-line.h"

#include "octavo-command-table.h"
#include "octavo-help.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

/* The first word that is no option decides: a command, if it is exactly the name of one; else octavo was asked for a
 * window. So `octavo list` lists, and `octavo ./list` or `octavo list.md` open a file. */

/* Of what may stand before a command. */
static gboolean
has_value_after (const char *word)
{
  const OctavoOption *option = octavo_command_table_get_window_options ();

  for (; option->name != NULL; option++)
    if (option->value != NULL && g_str_has_prefix (word, "--") && g_str_equal (word + 2, option->name))
      return TRUE;

  return FALSE;
}

/* The index of the first word that is neither an option nor the value of one; argc where there is none. */
static int
find_first_word (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--"))
        return argc;

      if (argv[i][0] != '-' || argv[i][1] == '\0')
        return i;

      if (has_value_after (argv[i]))
        i++;
    }

  return argc;
}

static const OctavoCommand *
find_command (int argc, char **argv, int *index)
{
  *index = find_first_word (argc, argv);

  return *index < argc ? octavo_command_table_find (argv[*index]) : NULL;
}

static gboolean
has_option (int argc, char **argv, const char *name)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    {
      if (g_str_equal (argv[i], name))
        return TRUE;

      if (has_value_after (argv[i]))
        i++;
    }

  return FALSE;
}

/**
 * octavo_command_line_is_meant:
 * @argc: the number of arguments
 * @argv: the arguments
 *
 * Finds out whether a call is answered by octavo_command_line_run(), or by a window.
 *
 * Returns: TRUE for a command, --help and --version
 */
gboolean
octavo_command_line_is_meant (int argc, char **argv)
{
  int index = 0;

  return find_command (argc, argv, &index) != NULL || has_option (argc, argv, "--help") ||
         has_option (argc, argv, "-h") || has_option (argc, argv, "--version");
}

/* The arguments without the word of the command. */
static GStrv
dup_arguments (int argc, char **argv, int command_index)
{
  GPtrArray *arguments = g_ptr_array_new ();

  for (int i = 0; i < argc; i++)
    if (i != command_index)
      g_ptr_array_add (arguments, g_strdup (argv[i]));

  g_ptr_array_add (arguments, NULL);

  return (GStrv) g_ptr_array_free (arguments, FALSE);
}

static void
run_command (OctavoInvocation *invocation, int argc, char **argv, int index)
{
  invocation->arguments = dup_arguments (argc, argv, index);
  invocation->command->run (invocation);
}

/* A command says itself what went wrong, in one line; what the libraries remark on the way is for who asks for it. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if ((level & G_LOG_LEVEL_MASK) > G_LOG_LEVEL_WARNING && g_getenv ("G_MESSAGES_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, data);
}

/* GLib takes a writer once in a process. */
static void
be_quiet (void)
{
  static gsize is_quiet = 0;

  if (g_once_init_enter (&is_quiet))
    {
      g_log_set_writer_func (write_log, NULL, NULL);
      g_once_init_leave (&is_quiet, 1);
    }
}

/**
 * octavo_command_line_run:
 * @argc: the number of arguments
 * @argv: the arguments, for which octavo_command_line_is_meant() is TRUE
 *
 * Runs a command to its end. Needs no display. Has the process ignore SIGPIPE.
 *
 * Returns: the exit status, an OctavoExit
 */
int
octavo_command_line_run (int argc, char **argv)
{
  OctavoInvocation invocation = { 0 };
  g_autoptr (GError) error = NULL;
  int index = 0;

  signal (SIGPIPE, SIG_IGN);
  be_quiet ();
  octavo_output_init (&invocation.output);
  invocation.command = find_command (argc, argv, &index);

  if (invocation.command != NULL)
    run_command (&invocation, argc, argv, index);
  else if (has_option (argc, argv, "--version"))
    octavo_output_printf (&invocation.output, "octavo %s\n", OCTAVO_VERSION);
  else
    octavo_help_print (&invocation.output);

  octavo_invocation_clear (&invocation);

  if (!octavo_output_finish (&invocation.output, &error) && invocation.status == OCTAVO_EXIT_DONE)
    octavo_invocation_fail (&invocation, error);

  return invocation.status;
}

/**
 * octavo_command_line_refuse:
 * @error: what is wrong with a call that is no command
 *
 * Says what is wrong, and how octavo is called.
 *
 * Returns: the exit status that goes with it
 */
int
octavo_command_line_refuse (const GError *error)
{
  octavo_output_complain (error->message);
  fprintf (stderr, "%s octavo %s\n", _ ("Usage:"), OCTAVO_WINDOW_PARAMETERS);

  return OCTAVO_EXIT_USAGE;
}
