/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"

G_BEGIN_DECLS

/* Things that are done to notes, one after the other, in one transaction, as one step that can be undone: all of them
 * or none. Main thread. */
typedef struct _OctavoNotesAct OctavoNotesAct;

OctavoNotesAct                *octavo_notes_act_new (void) G_GNUC_WARN_UNUSED_RESULT;
OctavoNotesAct                *octavo_notes_act_ref (OctavoNotesAct *self);
void                           octavo_notes_act_unref (OctavoNotesAct *self);

gboolean                       octavo_notes_act_add (OctavoNotesAct   *self,
                                                     OctavoNotesAction action,
                                                     const gint64     *ids,
                                                     gsize             n_ids,
                                                     const char       *tag,
                                                     GError          **error);
/* One note of the texts of all, in this order, which then go to the trash. */
void octavo_notes_act_add_merge (OctavoNotesAct *self, const gint64 *ids, gsize n_ids);

void octavo_notes_act_perform_async (OctavoNotesAct       *self,
                                     OctavoNoteRepository *notes,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* step_id (out): for octavo_undo_run_async(); 0 where nothing was changed. made_id (out) (optional): the note that came
 * of merging. */
gboolean octavo_notes_act_perform_finish (OctavoNoteRepository *notes,
                                          GAsyncResult         *result,
                                          gint64               *step_id,
                                          gint64               *made_id,
                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNotesAct, octavo_notes_act_unref)

G_END_DECLS
