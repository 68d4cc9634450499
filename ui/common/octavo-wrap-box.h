/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sets its children one after the other, each as wide as it likes, and goes on in the next line where one is full.
 * What a line has left goes to its children that expand. Property "spacing" (int, pixels). */
#define OCTAVO_TYPE_WRAP_BOX (octavo_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (OctavoWrapBox, octavo_wrap_box, OCTAVO, WRAP_BOX, GtkWidget)

GtkWidget *octavo_wrap_box_new (int spacing);

G_END_DECLS
