/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"
#include "octavo-undo.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* What octavo_note_repository_apply() does, as plain values for the writing thread. */
typedef struct
{
  OctavoNotesAction action;
  GArray           *ids; /* (element-type gint64) */
  char             *tag; /* (nullable): as normalized */
  gint64            now;
  gint64            trash_age; /* instead of ids: what has been in the trash for longer, in microseconds; 0: not */
  gint64            n_found;   /* (out): how many of the ids there are */
} OctavoNoteActions;

OctavoNoteActions *octavo_note_actions_new (OctavoNotesAction action,
                                            const gint64     *ids,
                                            gsize             n_ids,
                                            const char       *tag,
                                            GError          **error);
void               octavo_note_actions_free (OctavoNoteActions *self);
gboolean           octavo_note_actions_run (OrmConnection *connection,
                                            gpointer       data,
                                            GCancellable  *cancellable,
                                            GError       **error); /* OrmWork */

gboolean           octavo_note_actions_run_step (OrmConnection *connection,
                                                 gpointer       data,
                                                 GCancellable  *cancellable,
                                                 GError       **error); /* OrmWork */
OctavoUndoKind     octavo_note_actions_get_kind (const OctavoNoteActions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteActions, octavo_note_actions_free)

G_END_DECLS
