/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-find-pattern.h"

G_BEGIN_DECLS

/* Hits in a text that is edited: they move along, at a cost that does not grow with how many there are. */
typedef struct _OctavoFindHits OctavoFindHits;

OctavoFindHits                *octavo_find_hits_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                           octavo_find_hits_free (OctavoFindHits *self);

void                           octavo_find_hits_set (OctavoFindHits *self, GArray *hits, guint length);
void                           octavo_find_hits_edit (OctavoFindHits *self, guint at, guint n_removed, guint n_added);
guint                          octavo_find_hits_get_length (OctavoFindHits *self);
guint                          octavo_find_hits_get_n_hits (OctavoFindHits *self);
OctavoFindHit                  octavo_find_hits_get (OctavoFindHits *self, guint index);
guint                          octavo_find_hits_find (OctavoFindHits *self, guint offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoFindHits, octavo_find_hits_free)

G_END_DECLS
