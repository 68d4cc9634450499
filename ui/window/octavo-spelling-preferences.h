/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-spelling.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Whether spelling is checked, and in which language; hidden where Octavo was built without. */
#define OCTAVO_TYPE_SPELLING_PREFERENCES (octavo_spelling_preferences_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSpellingPreferences,
                      octavo_spelling_preferences,
                      OCTAVO,
                      SPELLING_PREFERENCES,
                      AdwPreferencesGroup)

void octavo_spelling_preferences_set_spelling (OctavoSpellingPreferences *self, OctavoSpelling *spelling);

G_END_DECLS
