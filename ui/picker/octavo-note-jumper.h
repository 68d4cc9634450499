/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-picker.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Goes to a note by what is typed of its title, or makes one of that title. Signals: "chosen" (gint64 id), "create"
 * (const char *title). */
#define OCTAVO_TYPE_NOTE_JUMPER (octavo_note_jumper_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteJumper, octavo_note_jumper, OCTAVO, NOTE_JUMPER, OctavoPicker)

OctavoNoteJumper *octavo_note_jumper_new (OctavoStore *store);
void              octavo_note_jumper_present (OctavoNoteJumper *self, GtkWindow *over);

G_END_DECLS
