/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Chooses a row, as a menu is to be opened for it. Returns the menu: (nullable) (transfer none). */
typedef GMenuModel *(*OctavoContextMenuFunc) (GtkWidget *owner, GtkWidget *row);

void octavo_context_menu_add (GtkWidget *owner, GtkWidget *list_view, OctavoContextMenuFunc choose);

G_END_DECLS
