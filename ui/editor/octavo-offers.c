/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-offers.h"

#include "octavo-offer-list.h"

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
  self->list = octavo_offer_list_new (GTK_POPOVER (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
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

  octavo_offer_list_clear (self->list);
  self->n_words = (int) g_strv_length ((char **) words);
  for (int i = 0; i < self->n_words; i++)
    octavo_offer_list_add (self->list, words[i]);
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
  return row != NULL ? octavo_offer_list_get_word (row) : NULL;
}
