/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-note-buffers.h"
#include "octavo-window-state.h"

G_BEGIN_DECLS

/* A window of one note. Its text is that of the other windows that show the note. It goes when the note does. */
#define OCTAVO_TYPE_NOTE_WINDOW (octavo_note_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteWindow, octavo_note_window, OCTAVO, NOTE_WINDOW, AdwApplicationWindow)

void   octavo_note_window_open (GtkApplication *application, OctavoNoteBuffers *buffers, gint64 note_id);
void   octavo_note_window_restore (GtkApplication          *application,
                                   OctavoNoteBuffers       *buffers,
                                   const OctavoWindowState *state);

gint64 octavo_note_window_get_note_id (OctavoNoteWindow *self);
void   octavo_note_window_get_state (OctavoNoteWindow *self, OctavoWindowState *state);

G_END_DECLS
