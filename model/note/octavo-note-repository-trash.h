/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"

G_BEGIN_DECLS

/* Deletes for ever what has been in the trash for longer than that (microseconds). */
void     octavo_note_repository_empty_trash_async (OctavoNoteRepository *self,
                                                   gint64                age,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean octavo_note_repository_empty_trash_finish (OctavoNoteRepository *self,
                                                    GAsyncResult         *result,
                                                    guint                *n_deleted,
                                                    GError              **error);

G_END_DECLS
