/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "octavo-note-version.h"

G_BEGIN_DECLS

/* All reading and writing of what notes said before. Main thread, but where it says something else. */
#define OCTAVO_TYPE_VERSION_REPOSITORY (octavo_version_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoVersionRepository, octavo_version_repository, OCTAVO, VERSION_REPOSITORY, GObject)

/* The versions of a note, the last first, without their texts. (element-type OctavoNoteVersion) (transfer full) */
GPtrArray *octavo_version_repository_list (OctavoVersionRepository *self, gint64 note_id, GError **error); /* blocks */
void       octavo_version_repository_list_async (OctavoVersionRepository *self,
                                                 gint64                   note_id,
                                                 GCancellable            *cancellable,
                                                 GAsyncReadyCallback      callback,
                                                 gpointer                 user_data);
GPtrArray *octavo_version_repository_list_finish (OctavoVersionRepository *self, GAsyncResult *result, GError **error);

/* What a note said: id (of the note), title, body, updated are set. Any thread; blocks. (transfer full) */
OctavoNoteValues *octavo_version_repository_read (OctavoVersionRepository *self, gint64 version_id, GError **error);

/* Keeps what a note said, or says in a window, as its last version, unless one of the last few is that. */
void     octavo_version_repository_keep_async (OctavoVersionRepository *self,
                                               gint64                   note_id,
                                               const char              *title,
                                               const char              *body,
                                               OctavoVersionReason      reason,
                                               GAsyncReadyCallback      callback,
                                               gpointer                 user_data);
gboolean octavo_version_repository_keep_finish (OctavoVersionRepository *self, GAsyncResult *result, GError **error);

/* Takes all versions of a note away. step_id (out): what octavo_undo_run_async() takes back; 0: there were none. */
void     octavo_version_repository_clear_async (OctavoVersionRepository *self,
                                                gint64                   note_id,
                                                GAsyncReadyCallback      callback,
                                                gpointer                 user_data);
gboolean octavo_version_repository_clear_finish (OctavoVersionRepository *self,
                                                 GAsyncResult            *result,
                                                 gint64                  *step_id,
                                                 GError                 **error);

G_END_DECLS
