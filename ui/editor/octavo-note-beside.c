/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-note-beside.h"

#include "octavo-text-edit.h"

#include <glib/gi18n-lib.h>

/* Two changed the same words of a note at once. What is typed here stays in the note, and what the other wrote becomes
 * a note beside it; the person decides when there is time for it. */

#define BESIDE "octavo-beside" /* of a buffer */

/* A buffer has the beginning of such a text only, and its note the whole. */
static OctavoNoteBuffer *
make_large (OctavoNoteRepository *notes, gint64 user_id, const char *title, const char *text)
{
  g_autoptr (OctavoNote) note = octavo_note_repository_create (notes, user_id);

  octavo_note_set_title (note, title);
  octavo_note_set_body (note, text);
  return octavo_note_buffer_new (note);
}

/**
 * octavo_note_beside_make:
 * @buffer: a buffer with a conflict
 * @notes: where a note is made at once of a version that is too large for a buffer
 *
 * Puts the version that lost into a buffer of its own, which is to be saved before the note is written over.
 *
 * Returns: (transfer none): that buffer
 */
OctavoNoteBuffer *
octavo_note_beside_make (OctavoNoteBuffer *buffer, OctavoNoteRepository *notes)
{
  OctavoNoteBuffer *beside;
  g_autofree char *title = NULL;
  const char *name, *text;

  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer), NULL);
  g_return_val_if_fail (octavo_note_buffer_has_conflict (buffer), NULL);

  text = octavo_note_buffer_get_other (buffer, &name);
  /* Translators: the title of a note that holds what was written elsewhere at the same time */
  title = g_strdup_printf (_ ("%s (other version)"), *name != '\0' ? name : _ ("Untitled"));
  if (octavo_text_exceeds (text, OCTAVO_NOTE_BUFFER_MAX_SIZE, OCTAVO_NOTE_BUFFER_MAX_LINE))
    beside = make_large (notes, octavo_note_buffer_get_user_id (buffer), title, text);
  else
    {
      beside = octavo_note_buffer_new_for_user (octavo_note_buffer_get_user_id (buffer));
      octavo_note_buffer_set_title (beside, title);
      octavo_markdown_buffer_replace (OCTAVO_MARKDOWN_BUFFER (beside), text);
    }
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
