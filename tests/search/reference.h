/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-query-private.h"

G_BEGIN_DECLS

/* A note as the reference sees it. */
typedef struct
{
  gint64     id;
  gint64     user_id;
  gint64     created;
  gint64     updated;
  gint64     trashed;
  gboolean   pinned;
  char      *title;
  char      *aliases;
  char      *body;
  GPtrArray *tags; /* (element-type char *) */

  /* The reference's own, NULL until they are needed: for whoever changes the above to clear. */
  char      *folded_titles;
  char      *folded_body;
  char      *title_key;
  GPtrArray *folded_tags;
  char      *created_date;
  char      *updated_date;
  gboolean   has_open;
  gboolean   has_ticked;
  gboolean   has_link;
} ReferenceNote;

void reference_note_free (ReferenceNote *self);

/* Takes the engine's word for what a letter is, and what it is folded to: where texts are of every script, and not what
 * folding is, but finding is looked at. Before the first note. */
void reference_share_letters (void);

/* So many notes, of those that a query finds, are put in order by the whole measure. */
#define REFERENCE_N_READ 128

/* Answers a query by looking at every note, the obvious way. It shares the parser with the engine, and nothing else.
 * users: names by id, from 1. (element-type gint64) (transfer full) */
GArray *reference_run (GPtrArray         *notes,
                       const char *const *users,
                       OctavoQuery       *query,
                       const OctavoScope *scope,
                       const char        *scope_tag,
                       OctavoSort         sort);

/* Whether ids that were found are in the order of relevance: by a BM25 of the reference's own. by_date: the same ids,
 * as reference_run() gives them for that order. */
gboolean reference_is_by_relevance (GPtrArray *notes, OctavoQuery *query, GArray *found, GArray *by_date);

G_END_DECLS
