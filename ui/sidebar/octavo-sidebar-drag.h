/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-sidebar.h"

G_BEGIN_DECLS

/* Has rows of the sidebar take notes and tags that are dropped on them, and tags dragged. */
void octavo_sidebar_drag_init (OctavoSidebar *sidebar, GtkWidget *list_view);

G_END_DECLS
