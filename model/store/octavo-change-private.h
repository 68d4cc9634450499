/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-change.h"

G_BEGIN_DECLS

/* For the store: an empty change, and what fills it before it is shown to anyone. */
OctavoChange *octavo_change_new (gboolean is_everything, gboolean has_tags, gboolean has_users);
void          octavo_change_set_notes (OctavoChange *self, GArray *added, GArray *removed, GArray *updated);

G_END_DECLS
