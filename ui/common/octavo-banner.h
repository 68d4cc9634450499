/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line that slides in over what it is about, with up to two buttons that activate actions.
 *
 * Properties: "text" (string; NULL or "" hides it), "label", "action-name", "second-label", "second-action-name". */
#define OCTAVO_TYPE_BANNER (octavo_banner_get_type ())
G_DECLARE_FINAL_TYPE (OctavoBanner, octavo_banner, OCTAVO, BANNER, GtkWidget)

GtkWidget  *octavo_banner_new (void);

const char *octavo_banner_get_text (OctavoBanner *self);
void        octavo_banner_set_text (OctavoBanner *self, const char *text);

G_END_DECLS
