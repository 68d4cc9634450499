/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair-report.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

G_DEFINE_BOXED_TYPE (OctavoRepairReport, octavo_repair_report, octavo_repair_report_ref, octavo_repair_report_unref)

static void
note_free (gpointer data)
{
  OctavoRepairNote *self = data;

  g_free (self->title);
  g_free (self);
}

/**
 * octavo_repair_report_new:
 * @path: the path of a file of notes
 *
 * Returns: (transfer full): a report about its repair, in which nothing stands
 */
OctavoRepairReport *
octavo_repair_report_new (const char *path)
{
  OctavoRepairReport *self = g_atomic_rc_box_new0 (OctavoRepairReport);

  self->path = g_strdup (path);
  self->time = g_get_real_time ();
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * octavo_repair_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
OctavoRepairReport *
octavo_repair_report_ref (OctavoRepairReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  OctavoRepairReport *self = data;

  g_free (self->path);
  g_free (self->kept);
  g_free (self->file);
  g_free (self->backup);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->remarks);
}

/**
 * octavo_repair_report_unref:
 * @self: (transfer full) (nullable): a report
 */
void
octavo_repair_report_unref (OctavoRepairReport *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/**
 * octavo_repair_report_add:
 * @self: a report
 * @id: of a note
 * @title: (nullable): its title, where somebody knows it
 * @fate: what became of it
 * @beside_id: the id of the note that has what the backup says of it; 0: there is none
 *
 * Tells of a note that was not saved whole.
 */
void
octavo_repair_report_add (OctavoRepairReport *self,
                          gint64 id,
                          const char *title,
                          OctavoRepairFate fate,
                          gint64 beside_id)
{
  OctavoRepairNote *note = g_new0 (OctavoRepairNote, 1);

  note->id = id;
  note->title = g_utf8_make_valid (title != NULL ? title : "", -1);
  note->fate = fate;
  note->beside_id = beside_id;
  g_ptr_array_add (self->notes, note);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const OctavoRepairNote *first = *(const OctavoRepairNote *const *) a;
  const OctavoRepairNote *second = *(const OctavoRepairNote *const *) b;

  return first->id < second->id ? -1 : first->id > second->id;
}

/**
 * octavo_repair_report_sort:
 * @self: a report
 *
 * Puts the notes into the order of their ids.
 */
void
octavo_repair_report_sort (OctavoRepairReport *self)
{
  g_ptr_array_sort (self->notes, compare);
}

/**
 * octavo_repair_report_count:
 * @self: a report
 * @fate: what may have become of a note
 *
 * Returns: of how many notes it did
 */
guint
octavo_repair_report_count (const OctavoRepairReport *self, OctavoRepairFate fate)
{
  guint n = 0;

  for (guint i = 0; i < self->notes->len; i++)
    n += ((OctavoRepairNote *) g_ptr_array_index (self->notes, i))->fate == fate ? 1 : 0;
  return n;
}

/**
 * octavo_repair_fate_get_name:
 * @fate: what became of a note
 *
 * Returns: what it is called in JSON
 */
const char *
octavo_repair_fate_get_name (OctavoRepairFate fate)
{
  static const char *const names[] = { "cut", "doubtful", "from-backup", "lost" };

  return names[fate];
}

static void
add_line (GString *text, char *line)
{
  g_string_append (text, line);
  g_string_append_c (text, '\n');
  g_free (line);
}

static char *
dup_date (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%x %X") : g_strdup ("?");
}

/**
 * octavo_repair_report_dup_summary:
 * @self: a report
 *
 * Returns: (transfer full): how many notes were saved from where, a line each
 */
char *
octavo_repair_report_dup_summary (const OctavoRepairReport *self)
{
  gint64 n_from_backup = octavo_repair_report_count (self, OCTAVO_REPAIR_FROM_BACKUP);
  gint64 n_cut = octavo_repair_report_count (self, OCTAVO_REPAIR_CUT);
  gint64 n_doubtful = octavo_repair_report_count (self, OCTAVO_REPAIR_DOUBTFUL);
  gint64 n_lost = octavo_repair_report_count (self, OCTAVO_REPAIR_LOST);
  GString *text = g_string_new (NULL);

  if (self->is_sound)
    return g_string_free (g_string_append (text, _ ("The file is sound. Nothing was changed.")), FALSE);
  add_line (text, g_strdup_printf (ngettext ("%'" PRId64 " note is as it was.", "%'" PRId64 " notes are as they were.",
                                             (gulong) self->n_whole),
                                   self->n_whole));
  if (n_from_backup > 0)
    add_line (text, g_strdup_printf (ngettext ("%'" PRId64 " note was taken from a backup.",
                                               "%'" PRId64 " notes were taken from a backup.", (gulong) n_from_backup),
                                     n_from_backup));
  if (n_cut > 0)
    add_line (text, g_strdup_printf (ngettext ("Of %'" PRId64 " note the end is missing.",
                                               "Of %'" PRId64 " notes the end is missing.", (gulong) n_cut),
                                     n_cut));
  if (n_doubtful > 0)
    add_line (text, g_strdup_printf (ngettext ("In %'" PRId64 " note something may be wrong.",
                                               "In %'" PRId64 " notes something may be wrong.", (gulong) n_doubtful),
                                     n_doubtful));
  if (n_lost > 0)
    add_line (text,
              g_strdup_printf (ngettext ("%'" PRId64 " note is lost.", "%'" PRId64 " notes are lost.", (gulong) n_lost),
                               n_lost));
  if (self->n_unknown > 0)
    add_line (text,
              g_strdup_printf (ngettext ("%'" PRId64 " more may be lost, unless it was deleted before: the file no "
                                         "longer says which notes there were.",
                                         "Up to %'" PRId64 " more may be lost, those of them that were not deleted "
                                         "before: the file no longer says which notes there were.",
                                         (gulong) self->n_unknown),
                               self->n_unknown));
  if (self->n_unknown < 0)
    add_line (text, g_strdup (_ ("More may be lost: the file no longer says which notes there were.")));
  g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static char *
describe (const OctavoRepairReport *self, const OctavoRepairNote *note)
{
  const char *title = *note->title != '\0' ? note->title : _ ("Untitled");
  g_autofree char *date = dup_date (self->backup_time);

  switch (note->fate)
    {
    case OCTAVO_REPAIR_CUT:
      return g_strdup_printf (_ ("The end of “%s” (note %" PRId64 ") is missing."), title, note->id);
    case OCTAVO_REPAIR_DOUBTFUL:
      return g_strdup_printf (_ ("In “%s” (note %" PRId64 ") something may be wrong. Read it through."), title,
                              note->id);
    case OCTAVO_REPAIR_FROM_BACKUP:
      return g_strdup_printf (_ ("“%s” (note %" PRId64 ") is as in the backup of %s."), title, note->id, date);
    case OCTAVO_REPAIR_LOST:
    default:
      return g_strdup_printf (_ ("“%s” (note %" PRId64 ") is lost."), title, note->id);
    }
}

/**
 * octavo_repair_report_dup_details:
 * @self: a report
 *
 * Returns: (transfer full) (nullable): what was done with which file, and the notes that are not as they were; %NULL
 *   where nothing was done
 */
char *
octavo_repair_report_dup_details (const OctavoRepairReport *self)
{
  GString *text;

  if (self->is_sound)
    return NULL;
  text = g_string_new (NULL);
  add_line (text, g_strdup_printf (_ ("The damaged file is kept as %s."), self->kept));
  if (self->backup != NULL)
    add_line (text, g_strdup_printf (_ ("The backup is %s."), self->backup));
  if (self->notes->len + self->remarks->len > 0)
    g_string_append_c (text, '\n');
  for (guint i = 0; i < self->remarks->len; i++)
    add_line (text, g_strdup (g_ptr_array_index (self->remarks, i)));
  for (guint i = 0; i < self->notes->len; i++)
    {
      const OctavoRepairNote *note = g_ptr_array_index (self->notes, i);

      add_line (text, describe (self, note));
      if (note->beside_id != 0)
        add_line (text, g_strdup_printf (_ ("  As the backup has it, it is note %" PRId64 "."), note->beside_id));
    }
  return g_string_free (text, FALSE);
}

/**
 * octavo_repair_report_dup_text:
 * @self: a report
 *
 * Returns: (transfer full): all of it, for a person
 */
char *
octavo_repair_report_dup_text (const OctavoRepairReport *self)
{
  g_autofree char *summary = octavo_repair_report_dup_summary (self);
  g_autofree char *details = octavo_repair_report_dup_details (self);

  return g_strconcat (summary, "\n", details != NULL ? "\n" : NULL, details, NULL);
}
