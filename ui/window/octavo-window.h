/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-actions.h"
#include "octavo-note-buffers.h"
#include "octavo-open-error-window.h"
#include "octavo-window-state.h"

G_BEGIN_DECLS

/* The main window: sidebar, list and editor side by side, or one at a time where there is little room.
 *
 * Signal "settled" (): the first notes are there, and one of them is open. Once. */
#define OCTAVO_TYPE_WINDOW (octavo_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoWindow, octavo_window, OCTAVO, WINDOW, AdwApplicationWindow)

GtkWindow    *octavo_window_new (GtkApplication *application, OctavoNoteBuffers *buffers) G_GNUC_WARN_UNUSED_RESULT;
OctavoWindow *octavo_window_find_last (GtkApplication *application);

void          octavo_window_open_note (OctavoWindow *self, gint64 id);
void          octavo_window_search (OctavoWindow *self, const char *query);
void          octavo_window_set_user (OctavoWindow *self, gint64 user_id);
void          octavo_window_greet (OctavoWindow *self);
void          octavo_window_create_note (OctavoWindow *self);
void          octavo_window_import_files (OctavoWindow *self, const char *const *paths, gint64 user_id);
void          octavo_window_tell (OctavoWindow *self, const char *text);
void          octavo_window_tell_emptied (OctavoWindow *self, guint n_notes);
void          octavo_window_tell_damage (OctavoWindow *self);
void          octavo_window_tell_backup_problem (OctavoWindow *self, const char *problem); /* NULL: none */
void          octavo_window_restore (OctavoWindow *self, const OctavoWindowState *state);
void          octavo_window_get_state (OctavoWindow *self, OctavoWindowState *state);

G_END_DECLS
