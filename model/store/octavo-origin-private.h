/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity.h"

G_BEGIN_DECLS

/* For the repository: the row that says where a note came from. Its key is that of the note. */
#define OCTAVO_TYPE_ORIGIN (octavo_origin_get_type ())
G_DECLARE_FINAL_TYPE (OctavoOrigin, octavo_origin, OCTAVO, ORIGIN, OrmEntity)

G_END_DECLS
