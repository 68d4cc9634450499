/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-sidebar-item.h"

G_BEGIN_DECLS

/* Icon, label and count of a place in the sidebar. Signal "toggled" (): the rows under it are to be shown, or hidden.
 */
#define OCTAVO_TYPE_SIDEBAR_ROW (octavo_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSidebarRow, octavo_sidebar_row, OCTAVO, SIDEBAR_ROW, GtkBox)

GtkWidget         *octavo_sidebar_row_new (void) G_GNUC_WARN_UNUSED_RESULT;

OctavoSidebarItem *octavo_sidebar_row_get_item (OctavoSidebarRow *self);
void               octavo_sidebar_row_set_item (OctavoSidebarRow *self, OctavoSidebarItem *item);

G_END_DECLS
