/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-sidebar-model.h"

G_BEGIN_DECLS

/* Opens and closes branches of the tags by keyboard, and remembers which are closed. */
void octavo_sidebar_tree_init (GtkWidget *list_view, GtkSingleSelection *selection, OctavoSidebarModel *model);
void octavo_sidebar_tree_toggle (GtkSingleSelection *selection, OctavoSidebarModel *model, OctavoSidebarItem *item);

G_END_DECLS
