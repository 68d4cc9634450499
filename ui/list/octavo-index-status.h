/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-list.h"
#include "octavo-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says, while a search may lack notes that the index does not know yet, how many are to go. Hidden otherwise. */
#define OCTAVO_TYPE_INDEX_STATUS (octavo_index_status_get_type ())
G_DECLARE_FINAL_TYPE (OctavoIndexStatus, octavo_index_status, OCTAVO, INDEX_STATUS, GtkWidget)

void octavo_index_status_watch (OctavoIndexStatus *self, OctavoSearch *search, OctavoNoteList *list);

G_END_DECLS
