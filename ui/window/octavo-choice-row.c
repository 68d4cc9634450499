/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-choice-row.h"

/* Libadwaita shows what is chosen in a list of one row, and gives neither a name. */

static const char *
find_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      const char *text = find_text (child);

      if (text != NULL)
        return text;
    }
  return NULL;
}

static void
name_lists (GtkWidget *widget, const char *name)
{
  if (GTK_IS_LIST_VIEW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      const char *text = GTK_IS_LIST_VIEW (widget) ? find_text (child) : NULL;

      if (text != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      name_lists (child, name);
    }
}

/**
 * octavo_choice_row_name:
 * @row: an #AdwComboRow
 *
 * Gives a name to each list in a row, for those who hear it. To be called again when another choice is shown.
 */
void
octavo_choice_row_name (GtkWidget *row)
{
  g_auto (GStrv) parts = g_strsplit (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  name_lists (row, name);
}
