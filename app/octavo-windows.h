/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-launch.h"
#include "octavo-window.h"

G_BEGIN_DECLS

/* The windows on an open store: does what calls ask for, and brings back the windows that were open. */
#define OCTAVO_TYPE_WINDOWS (octavo_windows_get_type ())
G_DECLARE_FINAL_TYPE (OctavoWindows, octavo_windows, OCTAVO, WINDOWS, GObject)

OctavoWindows *octavo_windows_new (GtkApplication    *application,
                                   OctavoNoteBuffers *buffers,
                                   const char        *name) G_GNUC_WARN_UNUSED_RESULT;

GtkWindow     *octavo_windows_find_teller (GtkApplication *application);
void           octavo_windows_ask_to_close (GtkApplication *application);
void           octavo_windows_close_all (GtkApplication *application, GtkWindow *kept);

void           octavo_windows_run (OctavoWindows *self, const OctavoLaunch *launch);
void           octavo_windows_hold (OctavoWindows *self);
void           octavo_windows_release (OctavoWindows *self);
void           octavo_windows_save (OctavoWindows *self);

G_END_DECLS
