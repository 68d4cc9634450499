/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has a window show nothing but its text.
 *
 * Property: "active", which notifies; the window takes the rest away then. */
#define OCTAVO_TYPE_FOCUS_MODE (octavo_focus_mode_get_type ())
G_DECLARE_FINAL_TYPE (OctavoFocusMode, octavo_focus_mode, OCTAVO, FOCUS_MODE, GObject)

OctavoFocusMode *octavo_focus_mode_new (GtkWidget *window, GtkWidget *header) G_GNUC_WARN_UNUSED_RESULT;

gboolean         octavo_focus_mode_get_active (OctavoFocusMode *self);
void             octavo_focus_mode_set_active (OctavoFocusMode *self, gboolean active);

G_END_DECLS
