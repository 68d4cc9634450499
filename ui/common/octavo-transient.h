/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void octavo_transient_set_over (GtkWindow *window, GtkWindow *over);

G_END_DECLS
