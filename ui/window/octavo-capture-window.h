/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-note-buffers.h"

G_BEGIN_DECLS

/* A small window for one new note: written down, saved, gone. */
#define OCTAVO_TYPE_CAPTURE_WINDOW (octavo_capture_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoCaptureWindow, octavo_capture_window, OCTAVO, CAPTURE_WINDOW, AdwApplicationWindow)

GtkWindow *octavo_capture_window_new (GtkApplication    *application,
                                      OctavoNoteBuffers *buffers,
                                      gint64             user_id,
                                      const char        *title) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
