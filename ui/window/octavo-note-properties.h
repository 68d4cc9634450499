/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What there is to know about a note, in a window of its own. */
#define OCTAVO_TYPE_NOTE_PROPERTIES (octavo_note_properties_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteProperties, octavo_note_properties, OCTAVO, NOTE_PROPERTIES, AdwPreferencesWindow)

void octavo_note_properties_present (GtkWindow *over, OctavoStore *store, gint64 id);

G_END_DECLS
