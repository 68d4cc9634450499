/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps what is typed in a search entry; it is there while something is. Property "entry" (GtkEditable). */
#define OCTAVO_TYPE_SAVE_SEARCH_BUTTON (octavo_save_search_button_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSaveSearchButton, octavo_save_search_button, OCTAVO, SAVE_SEARCH_BUTTON, GtkWidget)

G_END_DECLS
