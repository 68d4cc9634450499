/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"
#include "octavo-note-view.h"

G_BEGIN_DECLS

/* Has a page show its note as it reads, in place of its text.
 *
 * Property: "active", which notifies. */
#define OCTAVO_TYPE_NOTE_READING (octavo_note_reading_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteReading, octavo_note_reading, OCTAVO, NOTE_READING, GObject)

OctavoNoteReading *octavo_note_reading_new (GtkBox *box, OctavoNoteView *text) G_GNUC_WARN_UNUSED_RESULT;

void               octavo_note_reading_set_buffer (OctavoNoteReading *self, OctavoNoteBuffer *buffer);
OctavoNoteBuffer  *octavo_note_reading_get_buffer (OctavoNoteReading *self);
void               octavo_note_reading_set_editable (OctavoNoteReading *self, gboolean editable);
gboolean           octavo_note_reading_get_active (OctavoNoteReading *self);
void               octavo_note_reading_set_active (OctavoNoteReading *self, gboolean active);
void               octavo_note_reading_show_place (OctavoNoteReading *self, int place);
gboolean           octavo_note_reading_grab (OctavoNoteReading *self);

G_END_DECLS
