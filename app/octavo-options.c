/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-config.h"

#include "octavo-options.h"

#include "octavo-suggestion.h"

#include <glib/gi18n.h>
#include <string.h>

/* GOptionContext takes calls apart. Here it is found out what was meant where there is no such option. */

/* The options that a call may have. */
typedef struct
{
  const OctavoCommand *command; /* (nullable): none, a window was asked for */
  const OctavoOption *sets[2];
} Known;

static Known
get_known (const OctavoCommand *command)
{
  if (command == NULL)
    return (Known){ .sets = { octavo_command_table_get_window_options () } };

  return (Known){ .command = command, .sets = { command->options, octavo_command_table_get_common_options () } };
}

static const OctavoOption *
find_option (const Known *known, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known->sets); i++)
    for (const OctavoOption *option = known->sets[i]; option != NULL && option->name != NULL; option++)
      if (g_str_equal (option->name, name))
        return option;

  return NULL;
}

static const char *
suggest_option (const Known *known, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (known->sets); i++)
    for (const OctavoOption *option = known->sets[i]; option != NULL && option->name != NULL; option++)
      g_ptr_array_add (names, (gpointer) option->name);
  g_ptr_array_add (names, NULL);

  return octavo_suggestion_find (name, (const char *const *) names->pdata);
}

/* (nullable): the first command that has such an option of its own */
static const OctavoCommand *
find_command_with (const char *name)
{
  for (const OctavoCommand *command = octavo_command_table_get (); command->name != NULL; command++)
    for (const OctavoOption *option = command->options; option->name != NULL; option++)
      if (g_str_equal (option->name, name))
        return command;

  return NULL;
}

static char *
describe_long (const Known *known, const char *name)
{
  const OctavoCommand *other = find_command_with (name);
  const char *suggestion = suggest_option (known, name);

  if (known->command == NULL && other != NULL)
    return g_strdup_printf (_ ("--%s needs a command, as in “octavo %s --%s”."), name, other->name, name);
  if (suggestion != NULL)
    return g_strdup_printf (_ ("There is no option --%s here. Did you mean --%s?"), name, suggestion);

  return g_strdup_printf (_ ("There is no option --%s here. What is no option goes after --."), name);
}

/**
 * octavo_options_find_wrong:
 * @arguments: (array zero-terminated=1): the words of a call, the program's name first
 * @command: (nullable): the command that they are for; %NULL: a window
 *
 * Says which of the words is an option that does not exist, and what was likely meant, or an option that has a value
 * where it must not, or none where it must.
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL: all is right
 */
char *
octavo_options_find_wrong (const char *const *arguments, const OctavoCommand *command)
{
  const Known known = get_known (command);

  for (gsize i = 1; arguments[0] != NULL && arguments[i] != NULL && !g_str_equal (arguments[i], "--"); i++)
    {
      const char *word = arguments[i];
      g_autofree char *name = NULL;
      const OctavoOption *option = NULL;

      if (word[0] != '-' || word[1] == '\0' || g_str_equal (word, "-h"))
        continue;
      if (word[1] != '-')
        return g_strdup_printf (_ ("There is no option %s here. What is no option goes after --."), word);

      name = g_strndup (word + 2, strcspn (word + 2, "="));
      option = find_option (&known, name);
      if (option == NULL)
        return describe_long (&known, name);
      if (option->value == NULL && word[2 + strlen (name)] == '=')
        return g_strdup_printf (_ ("--%s takes no value."), name);
      if (option->value == NULL || word[2 + strlen (name)] == '=')
        continue;
      if (arguments[i + 1] == NULL)
        return g_strdup_printf (_ ("--%s needs a value after it."), name);
      i++;
    }

  return NULL;
}
