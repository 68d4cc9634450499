/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is shown where the file of notes cannot be opened: what happened, and what to do next.
 *
 * Signal "retry" (const char *path): the person wants that file opened; the window stays until it is destroyed. Of a
 * damaged file: "repair" (const char *snapshot): it is to be repaired; or to become what that backup says. */
#define OCTAVO_TYPE_OPEN_ERROR_WINDOW (octavo_open_error_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoOpenErrorWindow, octavo_open_error_window, OCTAVO, OPEN_ERROR_WINDOW, AdwApplicationWindow)

GtkWindow *octavo_open_error_window_new (GtkApplication *application,
                                         const char     *path,
                                         const GError   *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
