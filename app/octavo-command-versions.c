/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-versions.h"

#include "octavo-json.h"
#include "octavo-note-repository.h"
#include "octavo-version-repository.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/**
 * octavo_command_read_version:
 * @invocation: a call whose file is open
 * @note_id: a note
 * @version_id: what is said to be one of its versions
 *
 * Reads what the note said.
 *
 * Returns: (transfer full) (nullable): its title and its text; %NULL where it said what is wrong
 */
OctavoNoteValues *
octavo_command_read_version (OctavoInvocation *invocation, gint64 note_id, gint64 version_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNoteValues) version =
      octavo_version_repository_read (octavo_store_get_versions (invocation->store), version_id, &error);

  if (version != NULL && version->id == note_id)
    return g_steal_pointer (&version);
  if (error != NULL && !g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED))
    {
      octavo_invocation_fail (invocation, error);
      return NULL;
    }
  g_clear_error (&error);
  g_set_error (&error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED,
               _ ("Note %" PRId64 " has no version %" PRId64 ". “octavo versions” lists those that are kept."), note_id,
               version_id);
  octavo_invocation_fail (invocation, error);
  return NULL;
}

/* In the time zone of the reader. */
static char *
format_time (gint64 microseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (microseconds / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

static gboolean
print_version (OctavoOutput *output, OctavoNoteVersion *version)
{
  g_autofree char *date = format_time (octavo_note_version_get_updated (version));
  g_autofree char *title = octavo_output_clean (octavo_note_version_get_title (version), FALSE);
  const char *why = octavo_version_reason_get_text (octavo_note_version_get_reason (version));

  if (output->terminal)
    {
      g_autofree char *line =
          g_strdup_printf ("%7" G_GINT64_FORMAT "  %s  %s (%s)", octavo_note_version_get_id (version), date,
                           title[0] != '\0' ? title : _ ("Untitled"), why);
      g_autofree char *fitted = octavo_output_fit (line, MIN (octavo_output_measure (line), output->columns));

      return octavo_output_printf (output, "%s\n", fitted);
    }

  return octavo_output_printf (output, "%" G_GINT64_FORMAT "\t%s\t%s\t%s\n", octavo_note_version_get_id (version), date,
                               octavo_version_reason_to_string (octavo_note_version_get_reason (version)), title);
}

static void
print_versions (OctavoInvocation *invocation, GPtrArray *versions, gboolean json)
{
  OctavoJsonArray array;

  if (json)
    octavo_json_array_begin (&array, &invocation->output);

  for (guint i = 0; i < versions->len; i++)
    if (json)
      octavo_json_array_take (&array, octavo_json_version_new (versions->pdata[i]));
    else
      print_version (&invocation->output, versions->pdata[i]);

  if (json)
    octavo_json_array_end (&array);
}

static gboolean
note_is_there (OctavoNoteValues *values, gpointer data)
{
  *(gboolean *) data = TRUE;
  return FALSE;
}

/**
 * octavo_command_versions:
 * @invocation: the call
 *
 * Lists what is kept of what a note said before, the last first.
 */
void
octavo_command_versions (OctavoInvocation *invocation)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json },
    { NULL },
  };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_there = FALSE;

  if (!octavo_invocation_parse (invocation, entries) || !octavo_invocation_parse_ids (invocation, &ids) ||
      !octavo_invocation_open_for_reading (invocation))
    return;

  if (octavo_note_repository_foreach (octavo_store_get_notes (invocation->store), (const void *) ids->data, 1, FALSE,
                                      note_is_there, &is_there, NULL, &error))
    versions = octavo_version_repository_list (octavo_store_get_versions (invocation->store),
                                               g_array_index (ids, gint64, 0), &error);

  if (versions == NULL)
    octavo_invocation_fail (invocation, error);
  else if (!is_there)
    octavo_invocation_no_such_note (invocation, invocation->words[0]);
  else
    print_versions (invocation, versions, json);
}
