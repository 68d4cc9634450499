/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list of words in a popover that leaves the keyboard to what is typed into. */
GtkListBox *octavo_offer_list_new (GtkPopover *popover) G_GNUC_WARN_UNUSED_RESULT;
void        octavo_offer_list_clear (GtkListBox *list);
void        octavo_offer_list_add (GtkListBox *list, const char *word);
const char *octavo_offer_list_get_word (GtkListBoxRow *row);

G_END_DECLS
