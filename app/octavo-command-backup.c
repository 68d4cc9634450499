/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-backup.h"

#include "octavo-backup-folder.h"
#include "octavo-json.h"
#include "octavo-note-return.h"
#include "octavo-snapshot-notes.h"
#include "octavo-snapshot-restore.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* Backups are listed and restored without opening the file of notes: it may be what cannot be opened. */

static OctavoSnapshots *
get_snapshots (OctavoInvocation *invocation)
{
  g_autofree char *path = octavo_invocation_dup_path (invocation);

  return octavo_backup_folder_get_snapshots (path);
}

static void
copy_to (OctavoInvocation *invocation)
{
  g_autofree char *path = g_canonicalize_filename (invocation->words[0], NULL);
  g_autoptr (GError) error = NULL;

  if (octavo_invocation_open (invocation) && !octavo_store_backup (invocation->store, path, NULL, &error))
    octavo_invocation_fail (invocation, error);
}

static void
print_path (OctavoInvocation *invocation, const char *path)
{
  octavo_output_printf (&invocation->output, "%s\n", path);
}

/* The path is for scripts, which take it as it is. */
static void
make_now (OctavoInvocation *invocation)
{
  g_autoptr (OctavoSnapshots) snapshots = NULL;
  g_autoptr (OctavoSnapshot) made = NULL;
  g_autoptr (GError) error = NULL;

  if (!octavo_invocation_open (invocation))
    return;
  snapshots = get_snapshots (invocation);
  made = octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_ASKED, OCTAVO_SNAPSHOT_AT_ONCE, g_get_real_time (), NULL,
                                &error);
  if (made != NULL)
    print_path (invocation, made->path);
  else
    octavo_invocation_fail (invocation, error);
}

static const char *
describe_kind (OctavoSnapshotKind kind)
{
  switch (kind)
    {
    case OCTAVO_SNAPSHOT_BEFORE_MIGRATION:
      return _ ("before an update");
    case OCTAVO_SNAPSHOT_BEFORE_RESTORE:
      return _ ("before going back");
    case OCTAVO_SNAPSHOT_ASKED:
      return _ ("asked for");
    case OCTAVO_SNAPSHOT_DAILY:
    default:
      return C_ ("backup", "daily");
    }
}

static void
print_snapshot (OctavoInvocation *invocation, const OctavoSnapshot *snapshot)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (snapshot->time / G_USEC_PER_SEC);
  g_autofree char *date = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
  g_autofree char *size = g_format_size ((guint64) snapshot->size);
  g_autofree char *notes = NULL;
  const char *separator = invocation->output.terminal ? "  " : "\t";

  if (snapshot->n_notes < 0)
    notes = g_strdup (_ ("damaged"));
  else
    notes = g_strdup_printf (ngettext ("%'" PRId64 " note", "%'" PRId64 " notes", (gulong) snapshot->n_notes),
                             snapshot->n_notes);
  octavo_output_printf (&invocation->output, "%s%s%s%s%s%s%s%s%s\n", date, separator, notes, separator, size, separator,
                        describe_kind (snapshot->kind), separator, snapshot->path);
}

static void
list (OctavoInvocation *invocation, gboolean json)
{
  g_autoptr (OctavoSnapshots) snapshots = get_snapshots (invocation);
  g_autoptr (GPtrArray) found = octavo_snapshots_list (snapshots);
  OctavoJsonArray array;

  if (json)
    {
      octavo_json_array_begin (&array, &invocation->output);
      for (guint i = 0; i < found->len; i++)
        octavo_json_array_take (&array, octavo_json_snapshot_new (g_ptr_array_index (found, i)));
      octavo_json_array_end (&array);
      return;
    }
  for (guint i = 0; i < found->len; i++)
    print_snapshot (invocation, g_ptr_array_index (found, i));
}

/**
 * octavo_command_backup:
 * @invocation: the call
 *
 * Makes a checked copy of the whole file; or one in the folder of backups; or lists those.
 */
void
octavo_command_backup (OctavoInvocation *invocation)
{
  gboolean asks_now = FALSE, asks_list = FALSE, json = FALSE;
  const GOptionEntry options[] = {
    { "now", 0, 0, G_OPTION_ARG_NONE, &asks_now, N_ ("Add one to the daily backups"), NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &asks_list, N_ ("List the backups that there are"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  guint n_words;

  if (!octavo_invocation_parse (invocation, options, OCTAVO_INVOCATION_NO_USER, 0, 1))
    return;
  n_words = g_strv_length (invocation->words);
  if (n_words + (asks_now ? 1 : 0) + (asks_list ? 1 : 0) == 0)
    octavo_invocation_usage (invocation, _ ("Something is missing after “%s”."), invocation->command->name);
  else if (n_words + (asks_now ? 1 : 0) + (asks_list ? 1 : 0) > 1)
    octavo_invocation_usage (invocation, _ ("A file, --now and --list do not go together."));
  else if (json && !asks_list)
    octavo_invocation_usage (invocation, _ ("--json says nothing without --list."));
  else if (asks_list)
    list (invocation, json);
  else if (asks_now)
    make_now (invocation);
  else
    copy_to (invocation);
}

static void
restore_all (OctavoInvocation *invocation, OctavoSnapshots *snapshots, const OctavoSnapshot *snapshot)
{
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  if (!octavo_snapshot_restore (snapshots, snapshot->path, &kept, NULL, &error))
    {
      octavo_invocation_fail (invocation, error);
      return;
    }
  octavo_output_printf (&invocation->output, _ ("The notes are those of %s.\n"), snapshot->path);
  if (kept != NULL)
    octavo_output_printf (&invocation->output, _ ("What was there before is kept as %s.\n"), kept);
}

/* The id comes first, for scripts. */
static void
restore_note (OctavoInvocation *invocation, const OctavoSnapshot *snapshot, gint64 id, OctavoNoteReturnKind kind)
{
  g_autoptr (OctavoNoteReturn) note_return = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNoteValues) note = octavo_snapshot_notes_read (snapshot->path, id, &error);

  if (note == NULL)
    {
      octavo_invocation_fail (invocation, error);
      return;
    }
  note_return = octavo_note_return_new (note, kind);
  if (!octavo_invocation_open (invocation))
    return;
  if (octavo_note_return_run (note_return, invocation->store, &error))
    octavo_output_printf (&invocation->output, "%" G_GINT64_FORMAT "\n", octavo_note_return_get_id (note_return));
  else
    octavo_invocation_fail (invocation, error);
}

/**
 * octavo_command_restore_backup:
 * @invocation: the call
 *
 * Makes the notes what they were, or one of them.
 */
void
octavo_command_restore_backup (OctavoInvocation *invocation)
{
  g_autofree char *id_text = NULL;
  gboolean as_new = FALSE;
  const GOptionEntry options[] = {
    { "note", 0, 0, OCTAVO_OPTION_TEXT, &id_text, N_ ("Only this note"), N_ ("ID") },
    { "as-new", 0, 0, G_OPTION_ARG_NONE, &as_new, N_ ("As a new note, beside the one that is there"), NULL },
    { NULL },
  };
  g_autoptr (OctavoSnapshots) snapshots = NULL;
  g_autoptr (OctavoSnapshot) snapshot = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  guint64 id = 0;

  if (!octavo_invocation_parse (invocation, options, OCTAVO_INVOCATION_NO_USER, 0, 1))
    return;
  if (id_text != NULL && !g_ascii_string_to_unsigned (id_text, 10, 1, G_MAXINT64, &id, NULL))
    {
      octavo_invocation_usage (invocation, _ ("“%s” is no id of a note. An id is a number, as “octavo list” shows."),
                               id_text);
      return;
    }
  if (as_new && id == 0)
    {
      octavo_invocation_usage (invocation, _ ("--as-new says nothing without --note."));
      return;
    }

  snapshots = get_snapshots (invocation);
  snapshot = octavo_snapshots_find (snapshots, invocation->words[0], zone, &error);
  if (snapshot == NULL)
    octavo_invocation_fail (invocation, error);
  else if (id != 0)
    restore_note (invocation, snapshot, (gint64) id, as_new ? OCTAVO_NOTE_RETURN_AS_NEW : OCTAVO_NOTE_RETURN_IN_PLACE);
  else
    restore_all (invocation, snapshots, snapshot);
}
