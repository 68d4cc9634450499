/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"
#include "octavo-note-printer.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* The notes that are to be printed, as they are read. */
typedef struct _OctavoPrintNotes OctavoPrintNotes;

OctavoPrintNotes                *octavo_print_notes_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                             octavo_print_notes_free (OctavoPrintNotes *self);
void                             octavo_print_notes_add_buffer (OctavoPrintNotes *self, OctavoNoteBuffer *buffer);
void                             octavo_print_notes_add_id (OctavoPrintNotes *self, gint64 id);

void                             octavo_print_notes_read_async (OctavoPrintNotes   *self,
                                                                OctavoStore        *store,
                                                                GCancellable       *cancellable,
                                                                GAsyncReadyCallback callback,
                                                                gpointer            user_data);
OctavoNotePrinter *octavo_print_notes_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
