/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-picker.h"

G_BEGIN_DECLS

/* Everything that can be done now in a window, by name, with its key; what was done last comes first. */
#define OCTAVO_TYPE_COMMAND_PALETTE (octavo_command_palette_get_type ())
G_DECLARE_FINAL_TYPE (OctavoCommandPalette, octavo_command_palette, OCTAVO, COMMAND_PALETTE, OctavoPicker)

OctavoCommandPalette *octavo_command_palette_new (void);
void                  octavo_command_palette_present (OctavoCommandPalette *self, GtkApplicationWindow *over);

G_END_DECLS
