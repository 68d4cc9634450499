/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-note-table.h"

#include <glib/gi18n.h>

#define DATE_WIDTH      16
#define GAP             2
#define MIN_TITLE_WIDTH 12
#define MAX_TITLE_WIDTH 60

/**
 * octavo_note_table_init:
 * @self: a table that was not used yet
 * @output: where it goes; has to outlive the table
 * @greatest_id: the widest of what will stand in the first column
 *
 * Shares the width of the terminal out: what ids and dates leave, two thirds of it to the titles.
 */
void
octavo_note_table_init (OctavoNoteTable *self, OctavoOutput *output, gint64 greatest_id)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, greatest_id);
  int left = 0;

  *self = (OctavoNoteTable){ .output = output, .id_width = (int) strlen (id) };
  left = output->columns - self->id_width - DATE_WIDTH - 3 * GAP;
  self->title_width = CLAMP (left * 2 / 3, MIN_TITLE_WIDTH, MAX_TITLE_WIDTH);
}

/* In the time zone of the reader; the same width for every date. */
static char *
format_time (gint64 microseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (microseconds / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

/* A note without a title is shown by its first words, as nothing else tells it from others without one. */
static char *
dup_title (const OctavoNoteValues *values)
{
  g_autofree char *title = octavo_output_clean (values->title, FALSE);

  g_strstrip (title);
  if (title[0] != '\0')
    return g_steal_pointer (&title);

  if (values->excerpt != NULL && values->excerpt[0] != '\0')
    return octavo_output_clean (values->excerpt, FALSE);

  return g_strdup (_ ("Untitled"));
}

static char *
dup_tags (const OctavoNoteValues *values)
{
  g_autofree char *tags = values->tags != NULL ? g_strjoinv (", ", values->tags) : g_strdup ("");

  return octavo_output_clean (tags, FALSE);
}

static gboolean
write_painted (OctavoOutput *output, OctavoPaint paint, const char *text, const char *separator)
{
  g_autofree char *painted = octavo_paint (paint, output->colours, text);

  return octavo_output_printf (output, "%s%s", painted, separator);
}

/**
 * octavo_note_table_add:
 * @self: a table
 * @values: a note
 *
 * Writes the line of a note: id, when it was changed, title (in bold where it is pinned), tags.
 *
 * Returns: FALSE where there is no point in writing more
 */
gboolean
octavo_note_table_add (OctavoNoteTable *self, const OctavoNoteValues *values)
{
  g_autofree char *date = format_time (values->updated);
  g_autofree char *title = dup_title (values);
  g_autofree char *tags = dup_tags (values);
  g_autofree char *fitted_date = NULL;
  g_autofree char *fitted_title = NULL;
  g_autofree char *fitted_tags = NULL;
  int tags_width = 0;

  if (!self->output->terminal)
    return octavo_output_printf (self->output, "%" G_GINT64_FORMAT "\t%s\t%s\t%s\n", values->id, date, title, tags);

  tags_width = self->output->columns - self->id_width - DATE_WIDTH - self->title_width - 3 * GAP;
  fitted_date = octavo_output_fit (date, DATE_WIDTH);
  fitted_title = octavo_output_fit (title, self->title_width);
  fitted_tags = octavo_output_fit (tags, MIN (octavo_output_measure (tags), MAX (tags_width, 0)));

  return octavo_output_printf (self->output, "%*" G_GINT64_FORMAT "  ", self->id_width, values->id) &&
         write_painted (self->output, OCTAVO_PAINT_FAINT, fitted_date, "  ") &&
         write_painted (self->output, values->pinned ? OCTAVO_PAINT_HEADING : OCTAVO_PAINT_PLAIN, fitted_title, "  ") &&
         write_painted (self->output, OCTAVO_PAINT_TAG, fitted_tags, "\n");
}

static void
show_line (OctavoOutput *output, const char *name, const char *value)
{
  g_autofree char *clean = octavo_output_clean (value, FALSE);

  if (clean[0] == '\0')
    return;

  write_painted (output, OCTAVO_PAINT_FAINT, name, " ");
  octavo_output_printf (output, "%s\n", clean);
}

/**
 * octavo_note_table_show:
 * @output: where it goes
 * @values: a note with its body
 *
 * Writes a whole note: what is known about it, an empty line, its text. The text is written as it is, but for control
 * characters where it goes to a terminal.
 */
void
octavo_note_table_show (OctavoOutput *output, const OctavoNoteValues *values)
{
  g_autofree char *created = format_time (values->created);
  g_autofree char *updated = format_time (values->updated);
  g_autofree char *trashed = values->trashed != 0 ? format_time (values->trashed) : g_strdup ("");
  g_autofree char *tags = dup_tags (values);
  g_autofree char *aliases = g_strdelimit (g_strdup (values->aliases != NULL ? values->aliases : ""), "\n", ';');

  show_line (output, _ ("Title:"), values->title[0] != '\0' ? values->title : _ ("Untitled"));
  show_line (output, _ ("Also called:"), aliases);
  show_line (output, _ ("Tags:"), tags);
  show_line (output, _ ("User:"), values->user_name);
  show_line (output, _ ("Created:"), created);
  show_line (output, _ ("Changed:"), updated);
  show_line (output, _ ("In the trash since:"), trashed);

  if (values->pinned)
    octavo_output_printf (output, "%s\n", _ ("Pinned"));

  if (values->body[0] == '\0')
    return;

  octavo_output_printf (output, "\n");
  octavo_output_write_text (output, values->body);

  if (!g_str_has_suffix (values->body, "\n"))
    octavo_output_printf (output, "\n");
}
