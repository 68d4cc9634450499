/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-order.h"

G_BEGIN_DECLS

/* The two texts of a note that are indexed, each by a table of its own. */
typedef enum
{
  OCTAVO_COLUMN_TITLE, /* the title and the aliases, a line each */
  OCTAVO_COLUMN_BODY,
} OctavoColumn;

#define OCTAVO_N_COLUMNS 2

/* Terms are listed by column, and by whether parts of them are looked for: words and gaps; or not: characters of
 * scripts without spaces, facts, and the first one and two characters of words. */
typedef guint OctavoTermList;

#define OCTAVO_N_TERM_LISTS (2 * OCTAVO_N_COLUMNS)
#define OCTAVO_TERM_START   2 /* characters of the longest start of words that is listed */

static inline OctavoTermList
octavo_term_list (OctavoColumn column, gboolean has_parts)
{
  return column + (has_parts ? 0 : OCTAVO_N_COLUMNS);
}

/* id (out): of the term in the index; 0: no note has it */
gboolean octavo_term_find (OrmConnection *connection,
                           OctavoTermList list,
                           const char    *text,
                           gint64        *id,
                           GError       **error);

/* Adds the notes that have one of some terms. terms: (element-type char *) */
gboolean octavo_terms_add_notes (OrmConnection *connection,
                                 OctavoTermList list,
                                 GPtrArray     *terms,
                                 OctavoOrder   *order,
                                 OctavoBitmap  *notes,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* How large the sets of the notes are that have one of some terms, about. */
gboolean octavo_terms_estimate (OrmConnection *connection,
                                OctavoTermList list,
                                GPtrArray     *terms,
                                OctavoOrder   *order,
                                gsize         *n_bytes,
                                GError       **error);

/* Appends a text as a string of FTS5's grammar. */
void octavo_term_append_quoted (GString *match, const char *text, gsize length);

/* A statement that gives the ids of the notes that a query of FTS5 finds, ascending. */
OrmStatement *octavo_term_prepare_match (OrmConnection *connection,
                                         OctavoColumn   column,
                                         const char    *match,
                                         GError       **error);

G_END_DECLS
