/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-picker.h"

G_BEGIN_DECLS

/* Everything that can be done now in a window, by name, with its key; what was done last comes first. */
#define OCTAVO_TYPE_COMMAND_PALETTE (octavo_command_palette_get_type ())
G_DECLARE_FINAL_TYPE (OctavoCommandPalette, octavo_command_palette, OCTAVO, COMMAND_PALETTE, OctavoPicker)

OctavoCommandPalette *octavo_command_palette_new (void);
void                  octavo_command_palette_present (OctavoCommandPalette *self, GtkApplicationWindow *over);

/* For what has another name in each file; before it is shown. */
void octavo_command_palette_add (OctavoCommandPalette *self,
                                 const char           *group,
                                 const char           *title,
                                 const char           *action,
                                 const char           *keys);

G_END_DECLS
