/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-file.h"

#include "octavo-backup-folder.h"
#include "octavo-json.h"
#include "octavo-progress-bar.h"
#include "octavo-repair.h"

#include <glib/gi18n.h>

static void
print_problems (OctavoInvocation *invocation, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const OctavoProblem *problem = g_ptr_array_index (problems, i);

      octavo_output_write_text (&invocation->output, problem->text);
      octavo_output_write (&invocation->output, "\n");
    }
}

static void
print_problems_as_json (OctavoInvocation *invocation, GPtrArray *problems)
{
  OctavoJsonArray array;

  octavo_json_array_begin (&array, &invocation->output);
  for (guint i = 0; i < problems->len; i++)
    octavo_json_array_take (&array, octavo_json_problem_new (g_ptr_array_index (problems, i)));
  octavo_json_array_end (&array);
}

static gboolean
is_left (gconstpointer problem, gconstpointer unused)
{
  return !((const OctavoProblem *) problem)->is_mended;
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
  gboolean json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json },
    { NULL },
  };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  OctavoProgressBar bar;
  gboolean checked = FALSE;

  if (!octavo_invocation_parse (invocation, options) || !octavo_invocation_open (invocation))
    return;

  octavo_progress_bar_init (&bar, _ ("Checking"));
  checked = octavo_store_check (invocation->store, octavo_progress_bar_update, &bar, &problems, NULL, &error);
  octavo_progress_bar_clear (&bar);

  if (!checked)
    {
      octavo_invocation_fail (invocation, error);
      return;
    }

  if (json)
    print_problems_as_json (invocation, problems);
  else
    print_problems (invocation, problems);

  if (g_ptr_array_find_with_equal_func (problems, NULL, is_left, NULL))
    {
      octavo_output_complain (_ ("The file has the problems above. Where they were not mended, “octavo repair” "
                                 "saves what can be read; or go back to a backup."));
      invocation->status = OCTAVO_EXIT_FAILED;
    }
  else if (!json)
    octavo_output_printf (&invocation->output, "%s\n", _ ("All is well."));
}

static void
print_repair (OctavoInvocation *invocation, const OctavoRepairReport *report, gboolean json)
{
  g_autofree char *text = octavo_repair_report_dup_text (report);
  OctavoJsonArray array;

  if (!json)
    {
      octavo_output_write_text (&invocation->output, text);
      return;
    }
  octavo_json_array_begin (&array, &invocation->output);
  octavo_json_array_take (&array, octavo_json_repair_new (report));
  octavo_json_array_end (&array);
}

/**
 * octavo_command_repair:
 * @invocation: the call
 *
 * Makes a sound file of a damaged one, which is kept, and says what became of the notes. The file is not opened for
 * that, as it may be what cannot be opened.
 */
void
octavo_command_repair (OctavoInvocation *invocation)
{
  gboolean json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json },
    { NULL },
  };
  g_autofree char *path = NULL;
  g_autoptr (OctavoSnapshots) snapshots = NULL;
  g_autoptr (OctavoRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;
  OctavoProgressBar bar;

  if (!octavo_invocation_parse (invocation, options))
    return;

  path = octavo_invocation_dup_path (invocation);
  snapshots = octavo_backup_folder_get_snapshots (path);
  octavo_progress_bar_init (&bar, _ ("Repairing"));
  report = octavo_repair_run (snapshots, octavo_progress_bar_update, &bar, NULL, &error);
  octavo_progress_bar_clear (&bar);

  if (report != NULL)
    print_repair (invocation, report, json);
  else
    octavo_invocation_fail (invocation, error);
}
