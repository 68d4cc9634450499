/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many words and characters a note has, or what is selected of it; at its foot. */
#define OCTAVO_TYPE_NOTE_COUNT (octavo_note_count_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteCount, octavo_note_count, OCTAVO, NOTE_COUNT, GtkWidget)

void octavo_note_count_set_buffer (OctavoNoteCount *self, GtkTextBuffer *buffer);

G_END_DECLS
