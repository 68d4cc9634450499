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
  octavo_output_write_path (&invocation->output, path);
  octavo_output_write (&invocation->output, "\n");
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

/* What is said of a backup beside where it is. */
enum
{
  CELL_DATE,
  CELL_NOTES,
  CELL_SIZE,
  CELL_KIND,
  N_CELLS,
};

static GStrv
describe_snapshot (const OctavoSnapshot *snapshot)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (snapshot->time / G_USEC_PER_SEC);
  GStrv cells = g_new0 (char *, N_CELLS + 1);

  cells[CELL_DATE] = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
  if (snapshot->n_notes < 0)
    cells[CELL_NOTES] = g_strdup (_ ("damaged"));
  else
    cells[CELL_NOTES] =
        g_strdup_printf (ngettext ("%'" PRId64 " note", "%'" PRId64 " notes", (gulong) snapshot->n_notes),
                         snapshot->n_notes);
  cells[CELL_SIZE] = g_format_size ((guint64) snapshot->size);
  cells[CELL_KIND] = g_strdup (describe_kind (snapshot->kind));
  return cells;
}

/* In columns on a terminal; with tabs for programs. */
static void
print_snapshots (OctavoOutput *output, GPtrArray *found)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  int widths[N_CELLS] = { 0 };

  for (guint i = 0; i < found->len; i++)
    {
      GStrv cells = describe_snapshot (g_ptr_array_index (found, i));

      for (int j = 0; j < N_CELLS; j++)
        widths[j] = MAX (widths[j], octavo_output_measure (cells[j]));
      g_ptr_array_add (rows, cells);
    }

  for (guint i = 0; i < found->len; i++)
    {
      const OctavoSnapshot *snapshot = g_ptr_array_index (found, i);
      GStrv cells = g_ptr_array_index (rows, i);

      for (int j = 0; j < N_CELLS; j++)
        {
          g_autofree char *fitted = octavo_output_fit (cells[j], widths[j]);

          octavo_output_printf (output, "%s%s", output->terminal ? fitted : cells[j], output->terminal ? "  " : "\t");
        }
      octavo_output_write_path (output, snapshot->path);
      octavo_output_write (output, "\n");
    }
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
  print_snapshots (&invocation->output, found);
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
    { "now", 0, 0, G_OPTION_ARG_NONE, &asks_now },
    { "list", 0, 0, G_OPTION_ARG_NONE, &asks_list },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json },
    { NULL },
  };
  guint n_words;

  if (!octavo_invocation_parse (invocation, options))
    return;
  n_words = g_strv_length (invocation->words);
  if (n_words + (asks_now ? 1 : 0) + (asks_list ? 1 : 0) == 0)
    octavo_invocation_usage (invocation, _ ("Name a FILE for the copy, or use --now or --list."));
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

/* A sentence with %s for the path. */
static void
print_with_path (OctavoOutput *output, const char *sentence, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", 2);

  octavo_output_write (output, parts[0]);
  octavo_output_write_path (output, path);
  octavo_output_write (output, parts[1] != NULL ? parts[1] : "");
  octavo_output_write (output, "\n");
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
  print_with_path (&invocation->output, _ ("The notes are those of %s."), snapshot->path);
  if (kept != NULL)
    print_with_path (&invocation->output, _ ("What was there before is kept as %s."), kept);
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
  note_return = octavo_note_return_new (snapshot->path, note, kind);
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
    { "note", 0, 0, OCTAVO_OPTION_TEXT, &id_text },
    { "as-new", 0, 0, G_OPTION_ARG_NONE, &as_new },
    { NULL },
  };
  g_autoptr (OctavoSnapshots) snapshots = NULL;
  g_autoptr (OctavoSnapshot) snapshot = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  guint64 id = 0;

  if (!octavo_invocation_parse (invocation, options))
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
