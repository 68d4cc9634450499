/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-return.h"
#include "octavo-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The snapshots of the notes: a list of them, and each to be looked through. What is to come back is told, and done by
 * whoever has it opened.
 *
 * Signals: "restore-note" (const char *path, OctavoNoteValues *note, transfer none; int kind: an
 * OctavoNoteReturnKind), "restore-all" (const char *path, const char *date). */
#define OCTAVO_TYPE_BACKUPS_WINDOW (octavo_backups_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoBackupsWindow, octavo_backups_window, OCTAVO, BACKUPS_WINDOW, AdwWindow)

OctavoBackupsWindow *octavo_backups_window_new (OctavoStore *store);

/* While what was told is being done nothing else can be asked for. */
void octavo_backups_window_set_busy (OctavoBackupsWindow *self, gboolean busy);
void octavo_backups_window_show_error (OctavoBackupsWindow *self, const char *message);

G_END_DECLS
