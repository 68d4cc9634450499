/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"

G_BEGIN_DECLS

/* Keeps what was typed in a file of its own while it cannot be written to the file of notes, and brings it back. */
#define OCTAVO_TYPE_RESCUER (octavo_rescuer_get_type ())
G_DECLARE_FINAL_TYPE (OctavoRescuer, octavo_rescuer, OCTAVO, RESCUER, GObject)

OctavoRescuer *octavo_rescuer_new (OctavoStore    *store,
                                   OctavoAutosave *autosave,
                                   const char     *path,
                                   const char     *other_path) G_GNUC_WARN_UNUSED_RESULT;

guint          octavo_rescuer_bring_back (OctavoRescuer *self);
gboolean       octavo_rescuer_keep (OctavoRescuer *self);

G_END_DECLS
