/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-store.h"

G_BEGIN_DECLS

#define OCTAVO_NOTE_DRAG_MAX_FILES 500 /* notes; more than that are dragged as text alone */

/* What a file manager gets of notes that are dragged to it: Markdown files. They are written when they are dropped. */
#define OCTAVO_TYPE_NOTE_DRAG_FILES (octavo_note_drag_files_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteDragFiles, octavo_note_drag_files, OCTAVO, NOTE_DRAG_FILES, GdkContentProvider)

GdkContentProvider *octavo_note_drag_files_new (OctavoStore *store, GArray *ids) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
