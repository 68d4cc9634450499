/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-values.h"

/**
 * octavo_note_values_new:
 *
 * Makes a note of nothing: every text is %NULL, which is written as an empty one. Any thread.
 *
 * Returns: (transfer full): empty values
 */
OctavoNoteValues *
octavo_note_values_new (void)
{
  return g_new0 (OctavoNoteValues, 1);
}

/**
 * octavo_note_values_free:
 * @self: (transfer full) (nullable): the values
 *
 * Frees the values and their texts. Any thread.
 */
void
octavo_note_values_free (OctavoNoteValues *self)
{
  if (self == NULL)
    return;

  g_free (self->user_name);
  g_free (self->user_color);
  g_free (self->title);
  g_free (self->body);
  g_free (self->excerpt);
  g_free (self->aliases);
  g_free (self->front_matter);
  g_strfreev (self->tags);
  g_free (self);
}
