/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"

G_BEGIN_DECLS

/* Things that are done to notes, one after the other, in one transaction: all of them or none. Doing them gives the act
 * that undoes them, which is about those notes alone that were really changed. Main thread. */
typedef struct _OctavoNotesAct OctavoNotesAct;

OctavoNotesAct                *octavo_notes_act_new (void) G_GNUC_WARN_UNUSED_RESULT;
OctavoNotesAct                *octavo_notes_act_ref (OctavoNotesAct *self);
void                           octavo_notes_act_unref (OctavoNotesAct *self);

/* Not OCTAVO_NOTES_DELETE, which nothing undoes. */
gboolean octavo_notes_act_add (OctavoNotesAct   *self,
                               OctavoNotesAction action,
                               const gint64     *ids,
                               gsize             n_ids,
                               const char       *tag,
                               GError          **error);
/* One note of the texts of all, in this order, which then go to the trash. */
void     octavo_notes_act_add_merge (OctavoNotesAct *self, const gint64 *ids, gsize n_ids);

gboolean octavo_notes_act_is_empty (OctavoNotesAct *self);
/* How many notes its longest step is about, and the first note of the first step; 0 where it is empty. */
guint  octavo_notes_act_get_n_notes (OctavoNotesAct *self);
gint64 octavo_notes_act_get_first_id (OctavoNotesAct *self);

void   octavo_notes_act_perform_async (OctavoNotesAct       *self,
                                       OctavoNoteRepository *notes,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* What undoes it; empty where nothing was changed. (transfer full) */
OctavoNotesAct *octavo_notes_act_perform_finish (OctavoNoteRepository *notes, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNotesAct, octavo_notes_act_unref)

G_END_DECLS
