/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-version-reading.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows how two states of a note differ: what came is marked with a plus and underlined, what went with a minus and
 * struck through. */
#define OCTAVO_TYPE_VERSION_DIFF (octavo_version_diff_get_type ())
G_DECLARE_FINAL_TYPE (OctavoVersionDiff, octavo_version_diff, OCTAVO, VERSION_DIFF, GtkBox)

#define OCTAVO_VERSION_DIFF_MAX_LINES 1000

void octavo_version_diff_show (OctavoVersionDiff *self, const OctavoVersionComparison *comparison);
void octavo_version_diff_show_message (OctavoVersionDiff *self, const char *message); /* nothing beside it */

G_END_DECLS
