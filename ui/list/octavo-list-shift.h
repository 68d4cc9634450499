/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-list.h"

G_BEGIN_DECLS

int octavo_list_shift_find (OctavoNoteList *list, const GArray *seen, guint first_seen);

G_END_DECLS
