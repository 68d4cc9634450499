/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-list-view.h"

G_BEGIN_DECLS

/* Has the rows of a list dragged with the mouse, as OctavoNoteDrag. */
void octavo_note_list_drag_init (OctavoNoteListView *view);
void octavo_note_list_drag_set_notes (OctavoNoteListView *view, OctavoNoteRepository *notes);

G_END_DECLS
