/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-config.h"

#include "octavo-command-line.h"

#include "octavo-command-backup.h"
#include "octavo-command-exchange.h"
#include "octavo-command-file.h"
#include "octavo-command-names.h"
#include "octavo-command-read.h"
#include "octavo-command-versions.h"
#include "octavo-command-write.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

/* The first word that is no option decides: a command, if it is exactly the name of one; else octavo was asked for a
 * window. So `octavo list` lists, and `octavo ./list` or `octavo list.md` open a file. */

static const OctavoCommand commands[] = {
  { "add", "[--title TEXT] [--tag NAME]… [--user NAME] [TEXT | -]", N_ ("Make a note, and print its id."),
    octavo_command_add },
  { "list", "[--sort updated|created|title] [--limit N] [--offset N] [--user NAME] [--json]", N_ ("List the notes."),
    octavo_command_list },
  { "search", "[--sort updated|created|title|relevance] [--limit N] [--offset N] [--user NAME] [--json] QUERY",
    N_ ("List the notes that a query finds."), octavo_command_search },
  { "show", "ID [--version N] [--json]", N_ ("Print a note, or what it said before."), octavo_command_show },
  { "edit", "ID [--title TEXT] [--body TEXT|-] [--tag NAME]… [--untag NAME]… [--pin|--unpin]", N_ ("Change a note."),
    octavo_command_edit },
  { "trash", "ID…", N_ ("Put notes into the trash."), octavo_command_trash },
  { "restore", "ID… | ID --version N", N_ ("Take notes out of the trash, or go back to what one said before."),
    octavo_command_restore },
  { "delete", "ID…", N_ ("Delete notes for ever."), octavo_command_delete },
  { "versions", "ID [--json]", N_ ("List what a note said before."), octavo_command_versions },
  { "tags", "[--json]", N_ ("List the tags, and how many notes have each."), octavo_command_tags },
  { "users", "[--json]", N_ ("List the users, and how many notes each has."), octavo_command_users },
  { "import", "[--dry-run] [--folders-as-tags] [--user NAME] PATH…",
    N_ ("Import folders of Markdown files, and single ones."), octavo_command_import },
  { "undo-import", "", N_ ("Take back the last import, for a day after it."), octavo_command_undo_import },
  { "export", "[--user NAME] DIR", N_ ("Write each note into a Markdown file of its own."), octavo_command_export },
  { "backup", "FILE | --now | --list [--json]", N_ ("Copy the whole file of notes, and check the copy."),
    octavo_command_backup },
  { "restore-backup", "[FILE | DATE] [--note ID [--as-new]]", N_ ("Go back to a backup, or take one note out of it."),
    octavo_command_restore_backup },
  { "check", "[--json]", N_ ("Look the file of notes over, and mend what can be mended."), octavo_command_check },
  { "repair", "[--json]", N_ ("Make a sound file of a damaged one, which is kept, and say what became of the notes."),
    octavo_command_repair },
};

#define WINDOW_PARAMETERS "[--database FILE] [--user NAME] [--new-note] [--search QUERY] [--note ID] [FILE.md …]"

static const char *const options_with_a_value[] = { "--database", "--user", "--search", "--note", NULL };

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

      if (g_strv_contains (options_with_a_value, argv[i]))
        i++;
    }

  return argc;
}

static const OctavoCommand *
find_command (int argc, char **argv, int *index)
{
  *index = find_first_word (argc, argv);

  for (gsize i = 0; *index < argc && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[*index], commands[i].name))
      return &commands[i];

  return NULL;
}

static gboolean
has_option (int argc, char **argv, const char *name)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    {
      if (g_str_equal (argv[i], name))
        return TRUE;

      if (g_strv_contains (options_with_a_value, argv[i]))
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

static void
print_help (OctavoOutput *output)
{
  octavo_output_printf (output, "%s\n  octavo %s\n  octavo [--database FILE] %s\n\n", _ ("Usage:"), WINDOW_PARAMETERS,
                        _ ("COMMAND …"));
  octavo_output_printf (output, "%s\n\n%s\n", _ ("Without a command, octavo opens its window."), _ ("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    octavo_output_printf (output, "  %-14s %s\n", commands[i].name, _ (commands[i].summary));

  octavo_output_printf (output, "\n%s\n", _ ("Options:"));
  octavo_output_printf (output, "  --database FILE   %s\n", _ ("Work on this file of notes"));
  octavo_output_printf (output, "  --user NAME       %s\n", _ ("Whose notes: a name"));
  octavo_output_printf (output, "  --new-note        %s\n", _ ("Begin a note"));
  octavo_output_printf (output, "  --search QUERY    %s\n", _ ("Search for this"));
  octavo_output_printf (output, "  --note ID         %s\n", _ ("Open this note"));
  octavo_output_printf (output, "  --help            %s\n", _ ("Show this help; after a command, its own"));
  octavo_output_printf (output, "  --version         %s\n", _ ("Show the version"));
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
  g_autofree char *name = g_strdup_printf ("octavo %s", invocation->command->name);

  /* GOptionContext takes the first words of its help from there. */
  g_set_prgname (name);
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
    print_help (&invocation.output);

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
  fprintf (stderr, "%s octavo %s\n", _ ("Usage:"), WINDOW_PARAMETERS);

  return OCTAVO_EXIT_USAGE;
}
