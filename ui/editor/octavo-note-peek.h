/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"

G_BEGIN_DECLS

/* What the file holds of a note right now, whatever its object holds. NULL without an error: there is no such note. */
OctavoNoteValues *octavo_note_peek (OctavoNoteRepository *notes, gint64 id, GError **error);
/* The caller keeps the repository alive until the callback. */
void octavo_note_peek_async (OctavoNoteRepository *notes, gint64 id, GAsyncReadyCallback callback, gpointer user_data);
OctavoNoteValues *octavo_note_peek_finish (GAsyncResult *result, GError **error);

G_END_DECLS
