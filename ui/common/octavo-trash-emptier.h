/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Empties the trash by itself, of what has been in it for as long as the settings say: soon after it is made, and then
 * once a day.
 *
 * Signal "emptied" (guint n_notes): so many notes were deleted for ever. */
#define OCTAVO_TYPE_TRASH_EMPTIER (octavo_trash_emptier_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTrashEmptier, octavo_trash_emptier, OCTAVO, TRASH_EMPTIER, GObject)

OctavoTrashEmptier *octavo_trash_emptier_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;
gboolean            octavo_trash_emptier_run (OctavoTrashEmptier *self, gint64 now);

G_END_DECLS
