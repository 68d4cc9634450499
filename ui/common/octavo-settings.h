/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What Octavo keeps of a person's habits and choices, outside of the file of notes. */
GSettings *octavo_settings_get (void);

G_END_DECLS
