/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-query.h"

G_BEGIN_DECLS

/* What makes the rows of a list of OctavoNoteRow, and names them for screen readers. */
GtkListItemFactory *octavo_note_row_factory_new (void) G_GNUC_WARN_UNUSED_RESULT;

void octavo_note_row_factory_set_query (GtkListItemFactory *factory, GtkWidget *list_view, OctavoQuery *query);

G_END_DECLS
