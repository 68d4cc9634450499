/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-excerpt-finder.h"
#include "octavo-list-groups.h"
#include "octavo-note-row-widget.h"
#include "octavo-note-selection.h"

G_BEGIN_DECLS

typedef struct _OctavoNoteRowPool OctavoNoteRowPool;

typedef void (*OctavoNoteRowEach) (OctavoNoteRowWidget *row, guint position, gpointer data);

OctavoNoteRowPool *octavo_note_row_pool_new (GtkWidget           *owner,
                                             OctavoNoteSelection *selection) G_GNUC_WARN_UNUSED_RESULT;
void               octavo_note_row_pool_set_groups (OctavoNoteRowPool *self, OctavoListGroups *groups);
void               octavo_note_row_pool_free (OctavoNoteRowPool *self);

void     octavo_note_row_pool_set_query (OctavoNoteRowPool *self, OctavoQuery *query, OctavoExcerptFinder *excerpts);
void     octavo_note_row_pool_follow (OctavoNoteRowPool *self, int shift);
gboolean octavo_note_row_pool_can_show (OctavoNoteRowPool *self, guint start, guint end);
void     octavo_note_row_pool_show (OctavoNoteRowPool *self, guint start, guint end);
gboolean octavo_note_row_pool_fill (OctavoNoteRowPool *self);
void     octavo_note_row_pool_update_selected (OctavoNoteRowPool *self);

OctavoNoteRowWidget *octavo_note_row_pool_find (OctavoNoteRowPool *self, guint position);
gboolean             octavo_note_row_pool_get_position (OctavoNoteRowPool *self, GtkWidget *row, guint *position);
void                 octavo_note_row_pool_foreach (OctavoNoteRowPool *self, OctavoNoteRowEach each, gpointer data);
void                 octavo_note_row_pool_place (OctavoNoteRowPool *self, OctavoNoteRowEach place, gpointer data);
gboolean             octavo_note_row_pool_is_placed (OctavoNoteRowPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteRowPool, octavo_note_row_pool_free)

G_END_DECLS
