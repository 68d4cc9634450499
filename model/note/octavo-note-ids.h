/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ids of notes in order, each once, with the way back from an id to its position. Main thread. */
typedef struct _OctavoNoteIds OctavoNoteIds;

/* A part that differs: at position of the old ids n_removed go, and n_added of the new ones from new_position come. */
typedef struct
{
  guint position;
  guint n_removed;
  guint new_position;
  guint n_added;
} OctavoNoteHunk;

OctavoNoteIds *octavo_note_ids_new (GArray *ids); /* (element-type gint64) (transfer full) */
void           octavo_note_ids_free (OctavoNoteIds *self);
guint          octavo_note_ids_get_length (const OctavoNoteIds *self);
gint64         octavo_note_ids_get (const OctavoNoteIds *self, guint position);
gboolean       octavo_note_ids_find (OctavoNoteIds *self, gint64 id, guint *position);
gboolean       octavo_note_ids_starts_with (const OctavoNoteIds *self, const OctavoNoteIds *start);
void           octavo_note_ids_splice (OctavoNoteIds       *self,
                                       guint                position,
                                       guint                n_removed,
                                       const OctavoNoteIds *from,
                                       guint                start,
                                       guint                n_added);

/* Few parts that differ, in order, or NULL where it is simpler to say that all of it does.
 * (element-type OctavoNoteHunk) (transfer full) (nullable) */
GArray *octavo_note_ids_compare (OctavoNoteIds *old_ids, OctavoNoteIds *new_ids);

/* (element-type OctavoNoteHunk) */
gboolean octavo_note_hunks_have_added (GArray *hunks, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteIds, octavo_note_ids_free)

G_END_DECLS
