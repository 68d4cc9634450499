/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-order.h"

G_BEGIN_DECLS

/* Which notes have a term: sets of ids in the file, beside FTS5. */

/* A note that has a term now, or no more. */
typedef struct
{
  gint64   id;
  gboolean is_gone;
} OctavoPostingChange;

/* The changes of a term: (element-type OctavoPostingChange) (transfer none) */
typedef struct
{
  gint64  term_id;
  GArray *changes;
} OctavoPostingChanges;

gboolean octavo_postings_change (OrmConnection              *connection,
                                 const OctavoPostingChanges *terms,
                                 guint                       n_terms,
                                 GError                    **error);

/* Whether the sets have room for a note of this id. */
gboolean octavo_postings_hold (gint64 id);

/* Whether the sets are the quick way, and not FTS5. */
gboolean octavo_postings_suit (OctavoOrder *order);

/* Adds the notes that have one of the terms. term_ids: (element-type gint64), ascending */
gboolean octavo_postings_read (OrmConnection *connection,
                               GArray        *term_ids,
                               OctavoOrder   *order,
                               OctavoBitmap  *notes,
                               GCancellable  *cancellable,
                               GError       **error);

/* How large the set of a term is, in bytes; at least 1. */
gboolean octavo_postings_weigh (OrmConnection *connection,
                                gint64         term_id,
                                OctavoOrder   *order,
                                gsize         *n_bytes,
                                GError       **error);

/* Calls func with each id of each set. */
typedef void (*OctavoPostingFunc) (gint64 term_id, gint64 note_id, gpointer data);
gboolean octavo_postings_foreach (OrmConnection *connection, OctavoPostingFunc func, gpointer data, GError **error);

G_END_DECLS
