/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Notes that are dragged from a list to wherever something can be done with them: what a GtkDropTarget for
 * OCTAVO_TYPE_NOTE_DRAG gets. */
#define OCTAVO_TYPE_NOTE_DRAG (octavo_note_drag_get_type ())
typedef struct _OctavoNoteDrag OctavoNoteDrag;

GType                          octavo_note_drag_get_type (void);
OctavoNoteDrag                *octavo_note_drag_new (const gint64 *ids, gsize n_ids) G_GNUC_WARN_UNUSED_RESULT;
OctavoNoteDrag                *octavo_note_drag_ref (OctavoNoteDrag *self);
void                           octavo_note_drag_unref (OctavoNoteDrag *self);
const gint64                  *octavo_note_drag_get_ids (OctavoNoteDrag *self, gsize *n_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteDrag, octavo_note_drag_unref)

G_END_DECLS
