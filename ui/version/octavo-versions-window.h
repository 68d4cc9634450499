/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a note said before: when, why, how that differs, and back to it. */
#define OCTAVO_TYPE_VERSIONS_WINDOW (octavo_versions_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoVersionsWindow, octavo_versions_window, OCTAVO, VERSIONS_WINDOW, AdwWindow)

OctavoVersionsWindow *octavo_versions_window_new (OctavoNoteBuffers *buffers, gint64 note_id);
void                  octavo_versions_window_present (GtkWindow *over, OctavoNoteBuffers *buffers, gint64 note_id);

guint                 octavo_versions_window_get_n_rows (OctavoVersionsWindow *self);

G_END_DECLS
