/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"

G_BEGIN_DECLS

/* The tags of the note in a buffer, kept in step with the store.
 *
 * Signals: "changed" (); "problem" (const char *name, const char *message): a tag could not be added (name) or removed
 * (name is NULL). */
#define OCTAVO_TYPE_NOTE_TAGS (octavo_note_tags_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteTags, octavo_note_tags, OCTAVO, NOTE_TAGS, GObject)

OctavoNoteTags    *octavo_note_tags_new (OctavoStore *store, OctavoAutosave *autosave) G_GNUC_WARN_UNUSED_RESULT;

void               octavo_note_tags_set_buffer (OctavoNoteTags *self, OctavoNoteBuffer *buffer);
const char *const *octavo_note_tags_get_names (OctavoNoteTags *self);
void               octavo_note_tags_add (OctavoNoteTags *self, const char *name);
void               octavo_note_tags_remove (OctavoNoteTags *self, const char *name);
gboolean           octavo_note_tags_flush (OctavoNoteTags *self, GError **error);

G_END_DECLS
