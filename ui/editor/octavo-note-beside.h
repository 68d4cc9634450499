/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"
#include "octavo-note-repository.h"

G_BEGIN_DECLS

OctavoNoteBuffer *octavo_note_beside_make (OctavoNoteBuffer *buffer, OctavoNoteRepository *notes);
OctavoNoteBuffer *octavo_note_beside_get (OctavoNoteBuffer *buffer);
void              octavo_note_beside_forget (OctavoNoteBuffer *buffer);

G_END_DECLS
