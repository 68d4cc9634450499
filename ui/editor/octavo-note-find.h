/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-view.h"

G_BEGIN_DECLS

/* Finding in the note that is open: what is typed into a bar, or what a search of all notes looked for. */
#define OCTAVO_TYPE_NOTE_FIND (octavo_note_find_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteFind, octavo_note_find, OCTAVO, NOTE_FIND, GObject)

OctavoNoteFind *octavo_note_find_new (GtkBox *page, OctavoNoteView *view) G_GNUC_WARN_UNUSED_RESULT;

void            octavo_note_find_set_buffer (OctavoNoteFind *self, GtkTextBuffer *buffer);
void            octavo_note_find_set_query (OctavoNoteFind *self, const char *query);
void            octavo_note_find_show_first (OctavoNoteFind *self);

void            octavo_note_find_open (OctavoNoteFind *self, gboolean replace);
void            octavo_note_find_step (OctavoNoteFind *self, int direction);
gboolean        octavo_note_find_close (OctavoNoteFind *self);

G_END_DECLS
