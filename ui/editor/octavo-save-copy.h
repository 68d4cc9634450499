/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where to, and writes a note's text into a file of its own there. */
void octavo_save_copy (GtkWindow *parent, const char *title, const char *body);

G_END_DECLS
