/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-actions.h"
#include "orm-session.h"

G_BEGIN_DECLS

OrmDatabase *octavo_note_repository_get_database (OctavoNoteRepository *self);
OrmSession  *octavo_note_repository_get_session (OctavoNoteRepository *self);
void         octavo_note_repository_explain (OctavoNoteRepository *self, GError **error);
void         octavo_note_repository_end_apply (OctavoNoteRepository *self, OctavoNoteActions *actions);

/* Ends a GTask of the repository with the number of notes that OctavoNoteActions found. */
void octavo_note_repository_return_found (GObject *database, GAsyncResult *result, gpointer task);

G_END_DECLS
