/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-store.h"

G_BEGIN_DECLS

/* A window that lists what was done within a day, the newest first, each with a button that undoes it. Signal "undo"
 * (gint64 step_id): that is asked for; who does it calls octavo_recent_changes_refresh() then. */
#define OCTAVO_TYPE_RECENT_CHANGES (octavo_recent_changes_get_type ())
G_DECLARE_FINAL_TYPE (OctavoRecentChanges, octavo_recent_changes, OCTAVO, RECENT_CHANGES, AdwWindow)

OctavoRecentChanges *octavo_recent_changes_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;
void                 octavo_recent_changes_refresh (OctavoRecentChanges *self);
guint                octavo_recent_changes_get_n_rows (OctavoRecentChanges *self); /* for tests */

G_END_DECLS
