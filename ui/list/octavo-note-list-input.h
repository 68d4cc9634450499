/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-list-view.h"

G_BEGIN_DECLS

/* The keys, the mouse and the actions of the list of notes. */
void octavo_note_list_input_class_init (GtkWidgetClass *widget_class);
void octavo_note_list_input_init (OctavoNoteListView *view);

G_END_DECLS
