/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the editor shows instead of a note: pages of its stack, each made when it is first needed. */
void octavo_editor_status_show_none (GtkStack *stack);
void octavo_editor_status_show_loading (GtkStack *stack);
void octavo_editor_status_show_error (GtkStack *stack, const GError *error);

G_END_DECLS
