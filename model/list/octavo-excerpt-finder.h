/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-row.h"
#include "octavo-query.h"

G_BEGIN_DECLS

/* What the rows of a search show of their notes: the line around the first hit, where the start of the text, which a
 * row has anyway, has none. Looked for on a reading thread, and kept for the last few queries. Main thread.
 *
 * Signal "found" (): some that were asked for are there. */
#define OCTAVO_TYPE_EXCERPT_FINDER (octavo_excerpt_finder_get_type ())
G_DECLARE_FINAL_TYPE (OctavoExcerptFinder, octavo_excerpt_finder, OCTAVO, EXCERPT_FINDER, GObject)

/* (nullable) (transfer none): NULL where the start of the text is to be shown, or until "found". */
const char *octavo_excerpt_finder_get (OctavoExcerptFinder *self, OctavoQuery *query, OctavoNoteRow *row);

/* Looks for those of the notes that will be shown first, for some milliseconds at most, so that they are there when the
 * rows are. */
void     octavo_excerpt_finder_prepare_async (OctavoExcerptFinder *self,
                                              OctavoQuery         *query,
                                              const gint64        *ids,
                                              gsize                n_ids,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean octavo_excerpt_finder_prepare_finish (OctavoExcerptFinder *self, GAsyncResult *result, GError **error);

/* Forgets what is known of a note, or (0) of all: they have changed. */
void octavo_excerpt_finder_forget (OctavoExcerptFinder *self, gint64 id);

G_END_DECLS
