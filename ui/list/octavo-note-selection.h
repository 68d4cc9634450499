/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-list.h"

G_BEGIN_DECLS

/* Which note of a list is selected: a GtkSelectionModel over an OctavoNoteList that remembers an id, not a position,
 * and never walks the list. Property "selected-id" (gint64; 0: none). */
#define OCTAVO_TYPE_NOTE_SELECTION (octavo_note_selection_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteSelection, octavo_note_selection, OCTAVO, NOTE_SELECTION, GObject)

OctavoNoteSelection *octavo_note_selection_new (OctavoNoteList *list) G_GNUC_WARN_UNUSED_RESULT;

OctavoNoteList      *octavo_note_selection_get_list (OctavoNoteSelection *self);
gint64               octavo_note_selection_get_selected_id (OctavoNoteSelection *self);
void                 octavo_note_selection_select_id (OctavoNoteSelection *self, gint64 id);
gboolean             octavo_note_selection_get_position (OctavoNoteSelection *self, guint *position);
gint64               octavo_note_selection_get_neighbour (OctavoNoteSelection *self, int step);

G_END_DECLS
