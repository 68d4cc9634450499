/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-changes.h"

G_BEGIN_DECLS

void octavo_change_read_notes (OrmChanges *changes, GArray **added, GArray **removed, GArray **updated);

G_END_DECLS
