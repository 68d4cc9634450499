/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"
#include "octavo-note-places.h"

G_BEGIN_DECLS

/* The notes that are or were open in any window of the program, and what saves them: one for each open store, so that
 * a note is the same buffer wherever it is shown.
 *
 * Signal "gone" (OctavoNoteBuffer *buffer): its note was deleted, and nothing in it is unsaved. */
#define OCTAVO_TYPE_NOTE_BUFFERS (octavo_note_buffers_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteBuffers, octavo_note_buffers, OCTAVO, NOTE_BUFFERS, GObject)

#define OCTAVO_NOTE_BUFFERS_MAX      16                 /* that hold nothing of their own */
#define OCTAVO_NOTE_BUFFERS_MAX_SIZE (16 * 1024 * 1024) /* bytes of text in them */

OctavoNoteBuffers *octavo_note_buffers_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;

OctavoStore       *octavo_note_buffers_get_store (OctavoNoteBuffers *self);
OctavoAutosave    *octavo_note_buffers_get_autosave (OctavoNoteBuffers *self);

OctavoNoteBuffer  *octavo_note_buffers_use (OctavoNoteBuffers *self, gint64 id);
void               octavo_note_buffers_add (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer);
guint              octavo_note_buffers_get_n_buffers (OctavoNoteBuffers *self);
OctavoNoteBuffer  *octavo_note_buffers_find (OctavoNoteBuffers *self, gint64 id);

/* Who shows notes says so, and which. */
void  octavo_note_buffers_enter (OctavoNoteBuffers *self);
void  octavo_note_buffers_leave (OctavoNoteBuffers *self);
guint octavo_note_buffers_get_n_viewers (OctavoNoteBuffers *self);
void  octavo_note_buffers_hold (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer);
void  octavo_note_buffers_release (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer);

/* Where notes were left: of those that are open it is known by remembering it. */
OctavoNotePlaces *octavo_note_buffers_get_places (OctavoNoteBuffers *self);
void              octavo_note_buffers_remember_places (OctavoNoteBuffers *self);

gboolean          octavo_note_buffers_flush (OctavoNoteBuffers *self, GError **error);

/* Reads a note into a buffer of the cache. */
void              octavo_note_buffers_read_async (OctavoNoteBuffers  *self,
                                                  gint64              id,
                                                  GCancellable       *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
OctavoNoteBuffer *octavo_note_buffers_read_finish (OctavoNoteBuffers *self, GAsyncResult *result, GError **error);

G_END_DECLS
