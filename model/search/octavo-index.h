/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-term.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which index there is, and how it is. */
typedef struct
{
  gboolean is_usable;
  gboolean is_other_version;
  guint    n_tables;   /* that are there */
  gboolean is_whole;   /* all of them are, whatever they say */
  gint64   generation; /* another one where it was made anew */
  gint64   revision;   /* how often that was written */
} OctavoIndexState;

/* What is wrong with an index. */
typedef enum
{
  OCTAVO_INDEX_RIGHT,
  OCTAVO_INDEX_MISSING, /* all or part of it */
  OCTAVO_INDEX_OTHER_VERSION,
  OCTAVO_INDEX_UNREADABLE,
  OCTAVO_INDEX_DIFFERENT, /* it does not say what the notes say */
} OctavoIndexFault;

/* Some of the notes that the index does not know as they are, and what became of them. */
typedef struct
{
  gint64   from_id;       /* (inout): a walk over the queue begins with G_MININT64 */
  guint    max_notes;     /* where it ends */
  gsize    max_bytes;     /* of text, or with the note that reaches them */
  gboolean has_more;      /* (out) */
  guint    n_notes;       /* (out): how many were taken */
  gsize    n_bytes;       /* (out) */
  gsize    n_bytes_again; /* (out): of them, those of notes that the index knew otherwise */
} OctavoIndexBatch;

gboolean octavo_index_get_state (OrmConnection *connection, OctavoIndexState *state, GError **error);
gboolean octavo_index_is_to_blame (const GError *error);
gboolean octavo_index_drop (OrmConnection *connection, GError **error);
gboolean octavo_index_create (OrmConnection *connection, GError **error);
void     octavo_index_look_again (OrmConnection *connection);
gboolean octavo_index_update (OrmConnection    *connection,
                              OctavoIndexBatch *batch,
                              GCancellable     *cancellable,
                              GError          **error);
gboolean octavo_index_forget_totals (OrmConnection *connection, GError **error);
gboolean octavo_index_merge (OrmConnection *connection, gboolean is_first, gboolean *has_more, GError **error);
gboolean octavo_index_verify (OrmConnection    *connection,
                              OctavoIndexFault *fault,
                              GCancellable     *cancellable,
                              GError          **error);
gboolean octavo_index_verify_pages (OrmConnection *connection, OctavoIndexFault *fault, GError **error);

G_END_DECLS
