/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-file.h"

#include "octavo-progress-bar.h"

#include <glib/gi18n.h>

/**
 * octavo_command_backup:
 * @invocation: the call
 *
 * Makes a checked copy of the whole file.
 */
void
octavo_command_backup (OctavoInvocation *invocation)
{
  const GOptionEntry none[] = { { NULL } };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (!octavo_invocation_parse (invocation, none, OCTAVO_INVOCATION_NO_USER, 1, 1) ||
      !octavo_invocation_open (invocation))
    return;

  path = g_canonicalize_filename (invocation->words[0], NULL);
  if (!octavo_store_backup (invocation->store, path, NULL, &error))
    octavo_invocation_fail (invocation, error);
}

/**
 * octavo_command_check:
 * @invocation: the call
 *
 * Looks the whole file over, mends what can be derived, and says what was wrong. It failed where something is left.
 */
void
octavo_command_check (OctavoInvocation *invocation)
{
  const GOptionEntry none[] = { { NULL } };
  g_auto (GStrv) problems = NULL;
  g_autoptr (GError) error = NULL;
  OctavoProgressBar bar;
  gboolean checked = FALSE;
  guint n_left = 0;

  if (!octavo_invocation_parse (invocation, none, OCTAVO_INVOCATION_NO_USER, 0, 0) ||
      !octavo_invocation_open (invocation))
    return;

  octavo_progress_bar_init (&bar, _ ("Checking"));
  checked = octavo_store_check (invocation->store, octavo_progress_bar_update, &bar, &problems, &n_left, NULL, &error);
  octavo_progress_bar_clear (&bar);

  if (!checked)
    {
      octavo_invocation_fail (invocation, error);
      return;
    }

  for (gsize i = 0; problems != NULL && problems[i] != NULL; i++)
    octavo_output_printf (&invocation->output, "%s\n", problems[i]);

  if (n_left > 0)
    {
      octavo_output_complain (_ ("The file has the problems above. Where they were not mended, go back to a backup."));
      invocation->status = OCTAVO_EXIT_FAILED;
    }
  else
    octavo_output_printf (&invocation->output, "%s\n", _ ("All is well."));
}
