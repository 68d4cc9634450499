/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-window.h"

G_BEGIN_DECLS

/* Which windows are open on a file of notes, and what they show, kept in a small file of its own over a restart. */
#define OCTAVO_TYPE_SESSION (octavo_session_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSession, octavo_session, OCTAVO, SESSION, GObject)

OctavoSession *octavo_session_new (GtkApplication    *application,
                                   OctavoNoteBuffers *buffers,
                                   const char        *path) G_GNUC_WARN_UNUSED_RESULT;

void           octavo_session_restore (OctavoSession *self);
OctavoWindow  *octavo_session_open_window (OctavoSession *self);
void           octavo_session_hold (OctavoSession *self);
void           octavo_session_release (OctavoSession *self);
void           octavo_session_save (OctavoSession *self);

G_END_DECLS
