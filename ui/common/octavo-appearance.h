/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

float octavo_appearance_get_dimming (void);
void  octavo_appearance_follow_settings (void);

G_END_DECLS
