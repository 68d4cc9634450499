/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-note-beside.h"

#include <glib/gi18n-lib.h>

/* Two changed the same words of a note at once. What is typed here stays in the note, and what the other wrote becomes
 * a note beside it; the person decides when there is time for it. */

#define BESIDE "octavo-beside" /* of a buffer */

/**
 * octavo_note_beside_make:
 * @buffer: a buffer with a conflict
 *
 * Puts the version that lost into a buffer of its own, which is to be saved before the note is written over.
 *
 * Returns: (transfer none): that buffer
 */
OctavoNoteBuffer *
octavo_note_beside_make (OctavoNoteBuffer *buffer)
{
  OctavoNoteBuffer *beside;
  g_autofree char *title = NULL;
  const char *name, *text;

  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer), NULL);
  g_return_val_if_fail (octavo_note_buffer_has_conflict (buffer), NULL);

  text = octavo_note_buffer_get_other (buffer, &name);
  /* Translators: the title of a note that holds what was written elsewhere at the same time */
  title = g_strdup_printf (_ ("%s (other version)"), *name != '\0' ? name : _ ("Untitled"));
  beside = octavo_note_buffer_new_for_user (octavo_note_buffer_get_user_id (buffer));
  octavo_note_buffer_set_title (beside, title);
  octavo_markdown_buffer_replace (OCTAVO_MARKDOWN_BUFFER (beside), text);
  g_object_set_data_full (G_OBJECT (buffer), BESIDE, beside, g_object_unref);
  octavo_note_buffer_clear_conflict (buffer);
  return beside;
}

/**
 * octavo_note_beside_get:
 * @buffer: a buffer
 *
 * Returns: (transfer none) (nullable): what octavo_note_beside_make() made of it last, until it is forgotten
 */
OctavoNoteBuffer *
octavo_note_beside_get (OctavoNoteBuffer *buffer)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer), NULL);

  return g_object_get_data (G_OBJECT (buffer), BESIDE);
}

/**
 * octavo_note_beside_forget:
 * @buffer: a buffer
 *
 * Lets go of the note beside it, which was noticed.
 */
void
octavo_note_beside_forget (OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  g_object_set_data (G_OBJECT (buffer), BESIDE, NULL);
}
