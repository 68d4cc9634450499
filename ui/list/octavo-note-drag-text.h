/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-repository.h"

G_BEGIN_DECLS

/* What other programs get of notes that are dragged to them: their text, as Markdown. It is read when it is dropped. */
#define OCTAVO_TYPE_NOTE_DRAG_TEXT (octavo_note_drag_text_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteDragText, octavo_note_drag_text, OCTAVO, NOTE_DRAG_TEXT, GdkContentProvider)

GdkContentProvider *octavo_note_drag_text_new (OctavoNoteRepository *notes, GArray *ids) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
