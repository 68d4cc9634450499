/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-help.h"

#include "octavo-command-table.h"
#include "octavo-help.h"

#include <glib/gi18n.h>

/**
 * octavo_command_help:
 * @invocation: the call
 *
 * Tells of all commands, or of the one that is named.
 */
void
octavo_command_help (OctavoInvocation *invocation)
{
  const GOptionEntry none[] = { { NULL } };
  const OctavoCommand *command = NULL;
  const char *name = NULL;
  const char *suggestion = NULL;

  if (!octavo_invocation_parse (invocation, none))
    return;

  name = invocation->words[0];
  if (name == NULL)
    {
      octavo_help_print (&invocation->output);
      return;
    }

  command = octavo_command_table_find (name);
  if (command != NULL)
    {
      octavo_help_print_command (&invocation->output, command);
      return;
    }

  suggestion = octavo_command_table_suggest (name);
  if (suggestion != NULL)
    octavo_invocation_usage (invocation, _ ("There is no command “%s”. Did you mean “%s”?"), name, suggestion);
  else
    octavo_invocation_usage (invocation, _ ("There is no command “%s”. “octavo --help” shows those there are."), name);
}
