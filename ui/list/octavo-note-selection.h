/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-list.h"

G_BEGIN_DECLS

/* Which notes of a list are selected: a GtkSelectionModel over an OctavoNoteList that remembers ids, not positions, and
 * reads no row. Properties "selected-id" (gint64; 0: none; of several the first), "n-selected" (guint). */
#define OCTAVO_TYPE_NOTE_SELECTION (octavo_note_selection_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteSelection, octavo_note_selection, OCTAVO, NOTE_SELECTION, GObject)

OctavoNoteSelection *octavo_note_selection_new (OctavoNoteList *list) G_GNUC_WARN_UNUSED_RESULT;

OctavoNoteList      *octavo_note_selection_get_list (OctavoNoteSelection *self);
gint64               octavo_note_selection_get_selected_id (OctavoNoteSelection *self);
void                 octavo_note_selection_select_id (OctavoNoteSelection *self, gint64 id);
gboolean             octavo_note_selection_has_id (OctavoNoteSelection *self, gint64 id);
guint                octavo_note_selection_get_n_selected (OctavoNoteSelection *self);
GArray              *octavo_note_selection_dup_ids (OctavoNoteSelection *self); /* of gint64, in the list's order */
void                 octavo_note_selection_toggle (OctavoNoteSelection *self, guint position);
void                 octavo_note_selection_extend (OctavoNoteSelection *self, guint position, gboolean keep);
gint64               octavo_note_selection_find_other (OctavoNoteSelection *self);
gboolean             octavo_note_selection_get_position (OctavoNoteSelection *self, guint *position);
gint64               octavo_note_selection_get_neighbour (OctavoNoteSelection *self, int step);

G_END_DECLS
