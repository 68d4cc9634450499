/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list of words to choose from, under what is being typed, which keeps the keyboard.
 *
 * Signal "chosen" (guint position): one was clicked. */
#define OCTAVO_TYPE_OFFERS (octavo_offers_get_type ())
G_DECLARE_FINAL_TYPE (OctavoOffers, octavo_offers, OCTAVO, OFFERS, GtkPopover)

GtkWidget  *octavo_offers_new (void) G_GNUC_WARN_UNUSED_RESULT;

void        octavo_offers_show (OctavoOffers       *self,
                                const char         *name,
                                const char *const  *words,
                                gboolean            selects_first,
                                const GdkRectangle *place);
void        octavo_offers_move (OctavoOffers *self, int step);
int         octavo_offers_get_selected (OctavoOffers *self); /* -1: none */
const char *octavo_offers_get_word (OctavoOffers *self, int position);

G_END_DECLS
