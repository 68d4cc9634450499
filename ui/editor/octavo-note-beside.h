/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"

G_BEGIN_DECLS

OctavoNoteBuffer *octavo_note_beside_make (OctavoNoteBuffer *buffer);
OctavoNoteBuffer *octavo_note_beside_get (OctavoNoteBuffer *buffer);
void              octavo_note_beside_forget (OctavoNoteBuffer *buffer);

G_END_DECLS
