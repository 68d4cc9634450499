/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-offers.h"

/* The text keeps the focus, and its owner hears the keys: so Return goes on with a list, and ends a line, where nothing
 * is selected. */

struct _OctavoOffers
{
  GtkPopover parent_instance;

  GtkListBox *list;
  int n_words;
};

G_DEFINE_FINAL_TYPE (OctavoOffers, octavo_offers, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear (OctavoOffers *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_words = 0;
}

static void
add_word (OctavoOffers *self, const char *word)
{
  GtkWidget *label = gtk_label_new (word);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  gtk_list_box_append (self->list, row);
  self->n_words++;
}

static void
on_row_activated (OctavoOffers *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
octavo_offers_class_init (OctavoOffersClass *klass)
{
  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", OCTAVO_TYPE_OFFERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
octavo_offers_init (OctavoOffers *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_widget_set_focusable (GTK_WIDGET (self->list), FALSE);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);

  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
  gtk_widget_add_css_class (GTK_WIDGET (self), "octavo-completion");
}

/**
 * octavo_offers_new:
 *
 * Returns: (transfer floating): a list that is not shown yet
 */
GtkWidget *
octavo_offers_new (void)
{
  return g_object_new (OCTAVO_TYPE_OFFERS, NULL);
}

/**
 * octavo_offers_show:
 * @self: a list that has a parent
 * @name: what a screen reader calls it
 * @words: (array zero-terminated=1): what is offered, at least one
 * @selects_first: whether the first is selected to begin with
 * @place: where the words would go, in the parent
 *
 * Shows other words.
 */
void
octavo_offers_show (OctavoOffers *self,
                    const char *name,
                    const char *const *words,
                    gboolean selects_first,
                    const GdkRectangle *place)
{
  g_return_if_fail (OCTAVO_IS_OFFERS (self));
  g_return_if_fail (words != NULL && words[0] != NULL);

  clear (self);
  for (gsize i = 0; words[i] != NULL; i++)
    add_word (self, words[i]);
  gtk_list_box_select_row (self->list, selects_first ? gtk_list_box_get_row_at_index (self->list, 0) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
}

/**
 * octavo_offers_move:
 * @self: a list that is shown
 * @step: 1 for the next, -1 for the one before
 *
 * Selects another; after the last comes the first.
 */
void
octavo_offers_move (OctavoOffers *self, int step)
{
  int selected;

  g_return_if_fail (OCTAVO_IS_OFFERS (self));

  if (self->n_words == 0)
    return;
  selected = octavo_offers_get_selected (self) + step;
  selected = selected < 0 ? self->n_words - 1 : selected % self->n_words;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, selected));
}

/**
 * octavo_offers_get_selected:
 * @self: a list
 *
 * Returns: which is selected; -1 for none
 */
int
octavo_offers_get_selected (OctavoOffers *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (OCTAVO_IS_OFFERS (self), -1);

  row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

/**
 * octavo_offers_get_word:
 * @self: a list
 * @position: one of those that are offered
 *
 * Returns: (transfer none) (nullable): the word; %NULL where @position is none
 */
const char *
octavo_offers_get_word (OctavoOffers *self, int position)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (OCTAVO_IS_OFFERS (self), NULL);

  row = position >= 0 ? gtk_list_box_get_row_at_index (self->list, position) : NULL;
  return row != NULL ? gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row))) : NULL;
}
