/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OCTAVO_READING_STEP 48 /* pixels, by an arrow */

void octavo_reading_keys_install (GtkWidgetClass *widget_class);

G_END_DECLS
