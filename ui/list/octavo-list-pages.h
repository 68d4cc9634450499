/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-list-pane.h"

G_BEGIN_DECLS

void octavo_list_pages_show (GtkStack *stack, const char *name, const char *description, OctavoNoteListPane *pane);
void octavo_list_pages_show_nothing (GtkStack           *stack,
                                     OctavoNoteList     *list,
                                     const char         *place,
                                     OctavoNoteListPane *pane);

G_END_DECLS
