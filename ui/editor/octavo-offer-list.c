/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-offer-list.h"

/* What the offers under a text and those under an entry have in common. */

/**
 * octavo_offer_list_new:
 * @popover: where the words are shown
 *
 * Makes the list of a popover, and both such that they take neither the focus nor the keys.
 *
 * Returns: (transfer none): the list, which is the popover's
 */
GtkListBox *
octavo_offer_list_new (GtkPopover *popover)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_SINGLE);
  gtk_widget_set_focusable (GTK_WIDGET (list), FALSE);

  gtk_popover_set_child (popover, GTK_WIDGET (list));
  gtk_popover_set_autohide (popover, FALSE);
  gtk_popover_set_has_arrow (popover, FALSE);
  gtk_popover_set_position (popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (popover), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (popover), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (popover), "menu");
  gtk_widget_add_css_class (GTK_WIDGET (popover), "octavo-completion");
  return list;
}

/**
 * octavo_offer_list_clear:
 * @list: a list
 *
 * Takes all words away.
 */
void
octavo_offer_list_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/**
 * octavo_offer_list_add:
 * @list: a list
 * @word: what is offered
 *
 * Adds a word after the others.
 */
void
octavo_offer_list_add (GtkListBox *list, const char *word)
{
  GtkWidget *label = gtk_label_new (word);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  gtk_list_box_append (list, row);
}

/**
 * octavo_offer_list_get_word:
 * @row: one of the list's
 *
 * Returns: (transfer none): its word
 */
const char *
octavo_offer_list_get_word (GtkListBoxRow *row)
{
  return gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row)));
}
