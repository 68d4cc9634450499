/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-list-layout.h"
#include "octavo-note-list-view.h"

G_BEGIN_DECLS

/* For the view: what of its rows can be seen. */
OctavoListLayout octavo_note_list_scroll_get_layout (OctavoNoteListView *self);
double           octavo_note_list_scroll_get_value (OctavoNoteListView *self);
void             octavo_note_list_scroll_configure (OctavoNoteListView *self,
                                                    GtkOrientation      orientation,
                                                    double              value,
                                                    double              upper,
                                                    double              page_size);
void             octavo_note_list_scroll_to_value (OctavoNoteListView *self, double value);
void             octavo_note_list_scroll_to_row (OctavoNoteListView *self, guint position);
void             octavo_note_list_scroll_measure_rows (OctavoNoteListView *self);
void             octavo_note_list_scroll_find_visible (OctavoNoteListView *self, guint *start, guint *end);

G_END_DECLS
