/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GtkListView 4.8 does not tell of its rows: which widget shows an item, and which one is at a place. The child
 * of such a row is what the factory made. */
typedef gboolean (*OctavoListRowFunc) (GtkWidget *child, gconstpointer wanted);

GtkWidget *octavo_list_rows_find (GtkWidget *list_view, OctavoListRowFunc is_wanted, gconstpointer wanted);
gboolean   octavo_list_rows_focus (GtkWidget        *list_view,
                                   guint             position,
                                   OctavoListRowFunc is_wanted,
                                   gconstpointer     wanted);
GtkWidget *octavo_list_rows_get_focused (GtkWidget *list_view);
GtkWidget *octavo_list_rows_pick (GtkWidget *list_view, double x, double y);

G_END_DECLS
