/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "octavo-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A note of a snapshot comes back, and may go again. */
typedef struct _OctavoNoteReturn OctavoNoteReturn;

typedef enum
{
  OCTAVO_NOTE_RETURN_AS_NEW,   /* beside the note that is there */
  OCTAVO_NOTE_RETURN_IN_PLACE, /* instead of its text, of which a copy goes into the trash */
} OctavoNoteReturnKind;

OctavoNoteReturn *octavo_note_return_new (const char             *path,
                                          const OctavoNoteValues *note,
                                          OctavoNoteReturnKind    kind) G_GNUC_WARN_UNUSED_RESULT;
OctavoNoteReturn *octavo_note_return_ref (OctavoNoteReturn *self) G_GNUC_WARN_UNUSED_RESULT;
void              octavo_note_return_unref (OctavoNoteReturn *self);

gint64            octavo_note_return_get_id (OctavoNoteReturn *self); /* of the note that is there then; 0: not yet */
gint64            octavo_note_return_get_kept_id (OctavoNoteReturn *self); /* of the copy of what was there; 0: none */

/* The forms without _async block. */
gboolean octavo_note_return_run (OctavoNoteReturn *self, OctavoStore *store, GError **error);
void     octavo_note_return_run_async (OctavoNoteReturn   *self,
                                       OctavoStore        *store,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
void     octavo_note_return_undo_async (OctavoNoteReturn   *self,
                                        OctavoStore        *store,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean octavo_note_return_finish (OctavoStore *store, GAsyncResult *result, GError **error); /* of both */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteReturn, octavo_note_return_unref)

G_END_DECLS
