/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-config.h"

#include "octavo-help.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_COLUMNS 80 /* longer lines are hard to read */
#define MIN_COLUMNS 60
#define INDENT      2

static int
get_columns (const OctavoOutput *output)
{
  return output->terminal ? CLAMP (output->columns, MIN_COLUMNS, MAX_COLUMNS) : MAX_COLUMNS;
}

static void
append_spaces (GString *line, int n_spaces)
{
  for (int i = 0; i < n_spaces; i++)
    g_string_append_c (line, ' ');
}

/* The end of what must stay in one line: a word; or what is in brackets, up to their end. */
static const char *
find_end_of_word (const char *word)
{
  gsize length = word[0] == '[' ? strcspn (word, "]") : 0;

  if (word[0] == '[' && word[length] == '\0')
    length = 0;

  return word + length + strcspn (word + length, " ");
}

/* Goes on after @used cells of a line; the lines after it begin below @indent. */
static void
print_wrapped (OctavoOutput *output, const char *text, int used, int indent)
{
  g_autoptr (GString) line = g_string_new (NULL);
  int columns = get_columns (output);
  gboolean begun = FALSE;

  for (const char *word = text; *word != '\0';)
    {
      const char *end = find_end_of_word (word);
      g_autofree char *piece = g_strndup (word, (gsize) (end - word));
      int width = octavo_output_measure (piece);

      if (begun && used + 1 + width > columns)
        {
          g_string_append_c (line, '\n');
          append_spaces (line, indent);
          used = indent;
          begun = FALSE;
        }
      if (begun)
        g_string_append_c (line, ' ');
      g_string_append (line, piece);
      used += width + (begun ? 1 : 0);
      begun = TRUE;
      word = end + strspn (end, " ");
    }

  octavo_output_printf (output, "%s\n", line->str);
}

static void
print_heading (OctavoOutput *output, const char *text)
{
  g_autofree char *heading = octavo_paint (OCTAVO_PAINT_HEADING, output->colours, text);

  octavo_output_printf (output, "%s\n", heading);
}

/* A name, and beside it what it is. */
static void
print_item (OctavoOutput *output, const char *name, int name_width, const char *text)
{
  g_autofree char *fitted = octavo_output_fit (name, name_width);
  int indent = INDENT + name_width + 2;

  octavo_output_printf (output, "%*s%s  ", INDENT, "", fitted);
  print_wrapped (output, text, indent, indent);
}

static char *
dup_option_name (const OctavoOption *option)
{
  if (g_str_equal (option->name, "help"))
    return g_strdup ("-h, --help");
  if (option->value == NULL)
    return g_strdup_printf ("--%s", option->name);

  return g_strdup_printf ("--%s %s", option->name, _ (option->value));
}

static gboolean
is_shown (const OctavoOption *option, const OctavoCommand *command)
{
  return command == NULL || command->has_user || !g_str_equal (option->name, "user");
}

static int
find_width (const OctavoOption *options, const OctavoCommand *command)
{
  int width = 0;

  for (; options->name != NULL; options++)
    {
      g_autofree char *name = dup_option_name (options);

      if (is_shown (options, command))
        width = MAX (width, octavo_output_measure (name));
    }

  return width;
}

static void
print_options (OctavoOutput *output, const OctavoOption *options, const OctavoCommand *command, int width)
{
  for (; options->name != NULL; options++)
    {
      g_autofree char *name = dup_option_name (options);

      if (is_shown (options, command))
        print_item (output, name, width, _ (options->summary));
    }
}

static void
print_examples (OctavoOutput *output, const char *examples)
{
  g_auto (GStrv) lines = g_strsplit (examples, "\n", -1);

  octavo_output_write (output, "\n");
  print_heading (output, _ ("Examples:"));
  for (gsize i = 0; lines[i] != NULL; i++)
    octavo_output_printf (output, "%*soctavo %s\n", INDENT, "", lines[i]);
}

static void
print_usage (OctavoOutput *output, const char *name, const char *parameters)
{
  octavo_output_printf (output, "%*s%s%s", INDENT, "", name, parameters[0] != '\0' ? " " : "");
  print_wrapped (output, parameters, INDENT + (int) strlen (name) + 1, INDENT + (int) strlen (name) + 1);
}

/**
 * octavo_help_print:
 * @output: where it goes
 *
 * Tells of all commands, and of the options of a call without one.
 */
void
octavo_help_print (OctavoOutput *output)
{
  const OctavoOption *options = octavo_command_table_get_window_options ();
  const OctavoCommand *commands = octavo_command_table_get ();
  int width = 0;

  print_heading (output, _ ("Usage:"));
  print_usage (output, "octavo", OCTAVO_WINDOW_PARAMETERS);
  octavo_output_printf (output, "%*soctavo [--database FILE] %s\n\n", INDENT, "", _ ("COMMAND …"));
  print_wrapped (output, _ ("Without a command, octavo opens its window."), 0, 0);

  octavo_output_write (output, "\n");
  print_heading (output, _ ("Commands:"));
  for (const OctavoCommand *command = commands; command->name != NULL; command++)
    width = MAX (width, octavo_output_measure (command->name));
  for (const OctavoCommand *command = commands; command->name != NULL; command++)
    print_item (output, command->name, width, _ (command->summary));

  octavo_output_write (output, "\n");
  print_heading (output, _ ("Options:"));
  print_options (output, options, NULL, find_width (options, NULL));

  octavo_output_write (output, "\n");
  print_wrapped (output, _ ("“octavo help COMMAND” tells more of a command, “man octavo” of everything."), 0, 0);
}

/**
 * octavo_help_print_command:
 * @output: where it goes
 * @command: a command
 *
 * Tells of one command.
 */
void
octavo_help_print_command (OctavoOutput *output, const OctavoCommand *command)
{
  const OctavoOption *common = octavo_command_table_get_common_options ();
  g_autofree char *name = g_strdup_printf ("octavo %s", command->name);
  int width = MAX (find_width (command->options, command), find_width (common, command));

  print_heading (output, _ ("Usage:"));
  print_usage (output, name, command->parameters);

  octavo_output_write (output, "\n");
  print_wrapped (output, _ (command->summary), 0, 0);
  if (command->details != NULL)
    {
      octavo_output_write (output, "\n");
      print_wrapped (output, _ (command->details), 0, 0);
    }

  octavo_output_write (output, "\n");
  print_heading (output, _ ("Options:"));
  print_options (output, command->options, command, width);
  print_options (output, common, command, width);

  if (command->examples != NULL)
    print_examples (output, command->examples);
}
