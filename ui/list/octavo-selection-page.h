/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-selection.h"

G_BEGIN_DECLS

/* What is shown in place of a note while several are selected: how many they are, and what can be done to them. */
#define OCTAVO_TYPE_SELECTION_PAGE (octavo_selection_page_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSelectionPage, octavo_selection_page, OCTAVO, SELECTION_PAGE, GtkWidget)

GtkWidget *octavo_selection_page_new (OctavoNoteSelection *selection);

G_END_DECLS
