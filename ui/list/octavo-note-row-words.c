/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-date-format.h"
#include "octavo-note-row-words.h"

/**
 * octavo_note_row_words_dup_name:
 * @row: a row of the list
 *
 * Says what a screen reader calls the row.
 *
 * Returns: (transfer full): its title, or a word for the lack of one
 */
char *
octavo_note_row_words_dup_name (OctavoNoteRow *row)
{
  const char *title;

  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (row), NULL);

  title = octavo_note_row_get_title (row);
  return g_strdup (title != NULL && title[0] != '\0' ? title : _ ("Untitled"));
}

/**
 * octavo_note_row_words_dup_description:
 * @row: a row of the list
 * @hit_excerpt: (nullable): what is shown in place of the start of its text
 * @group: (nullable): what stands above it
 *
 * Says what a screen reader adds to the row's name: what else the row shows.
 *
 * Returns: (transfer full): excerpt, date, tags, whether it is pinned, and the group that begins with it
 */
char *
octavo_note_row_words_dup_description (OctavoNoteRow *row, const char *hit_excerpt, const char *group)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = NULL;
  const char *excerpt;
  const char *const *tags;

  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (row), NULL);

  excerpt = hit_excerpt != NULL ? hit_excerpt : octavo_note_row_get_excerpt (row);
  if (excerpt[0] != '\0')
    g_string_append_printf (text, "%s, ", excerpt);
  date = octavo_date_format_relative (octavo_note_row_get_updated (row), now);
  g_string_append (text, date);
  tags = octavo_note_row_get_tags (row);
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    g_string_append_printf (text, ", %s", tags[i]);
  if (octavo_note_row_get_pinned (row))
    g_string_append_printf (text, ", %s", _ ("pinned"));
  if (group != NULL)
    g_string_append_printf (text, ", %s", group);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
