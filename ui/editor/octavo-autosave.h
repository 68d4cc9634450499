/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Saves what is typed into buffers, by itself.
 *
 * Property "problem" (string, nullable, notifies): why something typed is not in the file; NULL when all is well.
 * Signal "recreated" (OctavoNoteBuffer *buffer): its note was deleted by somebody else, and what is typed became a new
 * one. Signal "adopted" (OctavoNoteBuffer *buffer): the user of its new note was, and it is the first user's.
 * Signal "unsafe" (): something was typed, after all had been in the file. Signal "saved" (): what was typed until the
 * save began is in the file. */
#define OCTAVO_TYPE_AUTOSAVE (octavo_autosave_get_type ())
G_DECLARE_FINAL_TYPE (OctavoAutosave, octavo_autosave, OCTAVO, AUTOSAVE, GObject)

OctavoAutosave *octavo_autosave_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;

void            octavo_autosave_watch (OctavoAutosave *self, OctavoNoteBuffer *buffer);
void            octavo_autosave_save (OctavoAutosave *self);
gboolean        octavo_autosave_flush (OctavoAutosave *self, GError **error);
const char     *octavo_autosave_get_problem (OctavoAutosave *self);
gint64          octavo_autosave_get_unsafe_since (OctavoAutosave *self, guint *n_edits);
GPtrArray      *octavo_autosave_rescue (OctavoAutosave *self) G_GNUC_WARN_UNUSED_RESULT;
char           *octavo_autosave_dup_unsaved (OctavoAutosave *self, char **title) G_GNUC_WARN_UNUSED_RESULT;

/* A note that has an id, even of a buffer in which nothing stands yet. */
void     octavo_autosave_ensure_note_async (OctavoAutosave     *self,
                                            OctavoNoteBuffer   *buffer,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
gboolean octavo_autosave_ensure_note_finish (OctavoAutosave *self, GAsyncResult *result, GError **error);

G_END_DECLS
