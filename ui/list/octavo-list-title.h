/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-note-selection.h"

G_BEGIN_DECLS

/* What stands above the list: where one is, and how many notes are there, or of how many something can be done to. */
void octavo_list_title_update (AdwWindowTitle *title, OctavoNoteSelection *selection, const char *place);

/* “12 notes selected”. (transfer full) */
char *octavo_list_title_describe_selected (guint n_selected) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
