/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void octavo_note_format_install (GtkWidgetClass *widget_class);
void octavo_note_format_add (GtkTextView *view);
void octavo_note_format_move (GtkTextView *view, gboolean down);

G_END_DECLS
