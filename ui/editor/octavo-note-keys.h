/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void octavo_note_keys_install (GtkWidgetClass *widget_class);
void octavo_note_keys_add (GtkTextView *view);
void octavo_note_keys_paste (GtkTextView *view);

G_END_DECLS
