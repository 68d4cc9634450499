/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"

G_BEGIN_DECLS

/* What a person must know of the note that is open, and what can be done about it, above the note. Each line has its
 * place: that something is not saved, that somebody else changed or deleted the note, that it is in the trash, that it
 * is too large. */
#define OCTAVO_TYPE_NOTE_BANNERS (octavo_note_banners_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteBanners, octavo_note_banners, OCTAVO, NOTE_BANNERS, GtkWidget)

void octavo_note_banners_set_autosave (OctavoNoteBanners *self, OctavoAutosave *autosave);
void octavo_note_banners_set_buffer (OctavoNoteBanners *self, OctavoNoteBuffer *buffer);

G_END_DECLS
