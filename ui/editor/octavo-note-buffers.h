/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"

G_BEGIN_DECLS

/* The buffers of the notes that were open in a window, for as long as it lives.
 *
 * Signal "gone" (OctavoNoteBuffer *buffer): its note was deleted, and nothing in it is unsaved. */
#define OCTAVO_TYPE_NOTE_BUFFERS (octavo_note_buffers_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteBuffers, octavo_note_buffers, OCTAVO, NOTE_BUFFERS, GObject)

#define OCTAVO_NOTE_BUFFERS_MAX      16                 /* that hold nothing of their own */
#define OCTAVO_NOTE_BUFFERS_MAX_SIZE (16 * 1024 * 1024) /* bytes of text in them */

OctavoNoteBuffers *octavo_note_buffers_new (OctavoStore *store, OctavoAutosave *autosave) G_GNUC_WARN_UNUSED_RESULT;

OctavoNoteBuffer  *octavo_note_buffers_use (OctavoNoteBuffers *self, gint64 id);
void               octavo_note_buffers_add (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer);
void               octavo_note_buffers_remove (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer);
guint              octavo_note_buffers_get_n_buffers (OctavoNoteBuffers *self);
OctavoNoteBuffer  *octavo_note_buffers_get_buffer (OctavoNoteBuffers *self, guint position);

/* Reads a note into a buffer of the cache. */
void              octavo_note_buffers_read_async (OctavoNoteBuffers  *self,
                                                  gint64              id,
                                                  GCancellable       *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
OctavoNoteBuffer *octavo_note_buffers_read_finish (OctavoNoteBuffers *self, GAsyncResult *result, GError **error);

G_END_DECLS
