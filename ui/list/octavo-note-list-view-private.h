/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-list-view.h"

G_BEGIN_DECLS

/* For what hears the keys and the mouse. */
OctavoNoteSelection *octavo_note_list_view_get_selection (OctavoNoteListView *self);
gboolean             octavo_note_list_view_get_focused (OctavoNoteListView *self, guint *position);
guint                octavo_note_list_view_get_cursor (OctavoNoteListView *self);
guint                octavo_note_list_view_get_page (OctavoNoteListView *self);
gboolean             octavo_note_list_view_find_row (OctavoNoteListView *self, double x, double y, guint *position);

G_END_DECLS
