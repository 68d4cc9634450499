/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"

G_BEGIN_DECLS

/* What stands above the text of a note: its title and its tags. Signal "leave" (): on into the text. */
/* The action of the window that is told when a note got another title, and not at each letter of it: its id, the title
 * that it had, the one that it has, its aliases. */
#define OCTAVO_NOTE_HEAD_RENAMED "link.renamed"

#define OCTAVO_TYPE_NOTE_HEAD    (octavo_note_head_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteHead, octavo_note_head, OCTAVO, NOTE_HEAD, GtkWidget)

void     octavo_note_head_set_store (OctavoNoteHead *self, OctavoStore *store, OctavoAutosave *autosave);
void     octavo_note_head_set_buffer (OctavoNoteHead *self, OctavoNoteBuffer *buffer);
void     octavo_note_head_set_ready (OctavoNoteHead *self, gboolean ready);
void     octavo_note_head_grab_title (OctavoNoteHead *self);
void     octavo_note_head_grab_tags (OctavoNoteHead *self);
gboolean octavo_note_head_flush (OctavoNoteHead *self, GError **error);

G_END_DECLS
