/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-ids.h"
#include "octavo-note-repository.h"

G_BEGIN_DECLS

/* The rows of a list by id, read a page at a time: those that somebody holds, and those of the last pages. */
typedef struct _OctavoNoteCache OctavoNoteCache;

OctavoNoteCache                *octavo_note_cache_new (OctavoNoteRepository *notes) G_GNUC_WARN_UNUSED_RESULT;
void                            octavo_note_cache_free (OctavoNoteCache *self);

/* The row of the id at a position, with its page where it is not there yet. (transfer full) */
OctavoNoteRow *octavo_note_cache_get (OctavoNoteCache *self, const OctavoNoteIds *ids, guint position);

/* The ids of all rows there are, but for those that only the cache holds. (element-type gint64) (transfer full) */
GArray *octavo_note_cache_get_held (OctavoNoteCache *self);
/* Reads these rows again, where they are there; gives the ids of those that differ, which are replaced.
 * (element-type gint64) both */
GArray *octavo_note_cache_refresh (OctavoNoteCache *self, GArray *ids);

guint   octavo_note_cache_get_n_pages_read (OctavoNoteCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteCache, octavo_note_cache_free)

G_END_DECLS
