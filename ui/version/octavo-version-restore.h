/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffers.h"

G_BEGIN_DECLS

/* Gives a note the title and text of one of its versions. */
void     octavo_version_restore_async (OctavoNoteBuffers  *buffers,
                                       gint64              note_id,
                                       gint64              version_id,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean octavo_version_restore_finish (OctavoNoteBuffers *buffers, GAsyncResult *result, GError **error);

G_END_DECLS
