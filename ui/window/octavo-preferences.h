/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What can be chosen once and for all, in a window of its own; it holds at once, in all windows.
 *
 * Signal "move-file" (const char *path): the file of notes is to be moved there. */
#define OCTAVO_TYPE_PREFERENCES (octavo_preferences_get_type ())
G_DECLARE_FINAL_TYPE (OctavoPreferences, octavo_preferences, OCTAVO, PREFERENCES, AdwPreferencesWindow)

OctavoPreferences *octavo_preferences_new (const char *path);
void               octavo_preferences_set_can_move (OctavoPreferences *self, gboolean can_move);

G_END_DECLS
