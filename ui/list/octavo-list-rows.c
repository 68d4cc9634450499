/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-list-rows.h"

/* The row that a widget is, or is in. */
static GtkWidget *
get_row_of (GtkWidget *list_view, GtkWidget *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != list_view)
    widget = gtk_widget_get_parent (widget);

  return widget;
}

/**
 * octavo_list_rows_find:
 * @list_view: a #GtkListView
 * @is_wanted: says of the child of a row whether it shows what is looked for
 * @wanted: (nullable): for @is_wanted
 *
 * Looks among the rows that have a widget: those that can be seen, and some around them.
 *
 * Returns: (transfer none) (nullable): the row, which is what takes the focus
 */
GtkWidget *
octavo_list_rows_find (GtkWidget *list_view, OctavoListRowFunc is_wanted, gconstpointer wanted)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list_view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (child != NULL && is_wanted (child, wanted))
        return row;
    }

  return NULL;
}

/**
 * octavo_list_rows_focus:
 * @list_view: a #GtkListView
 * @position: where the row is
 * @is_wanted: says of the child of a row whether it shows what is there
 * @wanted: (nullable): for @is_wanted
 *
 * Scrolls to a row and gives it the focus.
 *
 * Returns: whether it has the focus
 */
gboolean
octavo_list_rows_focus (GtkWidget *list_view, guint position, OctavoListRowFunc is_wanted, gconstpointer wanted)
{
  GtkWidget *row;

  gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position);
  row = octavo_list_rows_find (list_view, is_wanted, wanted);
  return row != NULL && gtk_widget_grab_focus (row);
}

/**
 * octavo_list_rows_get_focused:
 * @list_view: a list
 *
 * Returns: (transfer none) (nullable): the row that has the focus
 */
GtkWidget *
octavo_list_rows_get_focused (GtkWidget *list_view)
{
  GtkRoot *root = gtk_widget_get_root (list_view);

  return root != NULL ? get_row_of (list_view, gtk_root_get_focus (root)) : NULL;
}

/**
 * octavo_list_rows_pick:
 * @list_view: a list
 * @x: pixels from the left of the list
 * @y: pixels from its top
 *
 * Returns: (transfer none) (nullable): the row at that place
 */
GtkWidget *
octavo_list_rows_pick (GtkWidget *list_view, double x, double y)
{
  return get_row_of (list_view, gtk_widget_pick (list_view, x, y, GTK_PICK_DEFAULT));
}
