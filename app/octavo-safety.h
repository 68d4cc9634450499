/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffers.h"
#include "octavo-window.h"

G_BEGIN_DECLS

/* Sees to it that what is typed outlives the end of the program, whoever ends it. */
#define OCTAVO_TYPE_SAFETY (octavo_safety_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSafety, octavo_safety, OCTAVO, SAFETY, GObject)

OctavoSafety *octavo_safety_new (GtkApplication    *application,
                                 OctavoNoteBuffers *buffers,
                                 const char        *name) G_GNUC_WARN_UNUSED_RESULT;

void          octavo_safety_tell (OctavoSafety *self, GtkWindow *window);
gboolean      octavo_safety_flush (OctavoSafety *self, GError **error);

G_END_DECLS
