/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Following links from the text of a note. */
void     octavo_note_links_install (GtkWidgetClass *widget_class);
void     octavo_note_links_add (GtkTextView *view);
gboolean octavo_note_links_follow (GtkTextView *view, gboolean only_inside);
gboolean octavo_note_links_go_to_heading (GtkTextView *view, const char *heading);

G_END_DECLS
