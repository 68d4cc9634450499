/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The help, to be read beside what it is about. */
#define OCTAVO_TYPE_HELP_WINDOW (octavo_help_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoHelpWindow, octavo_help_window, OCTAVO, HELP_WINDOW, AdwWindow)

OctavoHelpWindow *octavo_help_window_present (GtkWindow *over, const char *page);
const char       *octavo_help_window_get_page (OctavoHelpWindow *self);

G_END_DECLS
