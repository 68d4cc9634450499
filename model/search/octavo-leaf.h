/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-text-finder.h"
#include "octavo-tokenizer.h"

G_BEGIN_DECLS

/* What is known of one node of text. */
typedef struct
{
  OctavoBitmap *found[OCTAVO_N_COLUMNS]; /* (nullable) until asked for */
  OctavoBitmap *fresh[OCTAVO_N_COLUMNS]; /* among the notes that are not indexed */
  GPtrArray    *matches[OCTAVO_N_COLUMNS];
  OctavoBitmap *tagged; /* (nullable): one of whose tags has it */
} OctavoLeaf;

/* The answers to the nodes of text of one query, and to what is asked about facts, with notes that the index does not
 * know looked at one by one. */
typedef struct
{
  OctavoTextFinder *finder;
  GPtrArray        *nodes;                 /* of OctavoNode */
  GPtrArray        *leaves;                /* of OctavoLeaf, by the number of the node */
  gsize             max_stale;             /* how much of these to look at, in bytes; 0: all */
  OctavoBitmap     *stale;                 /* what the index says of these is not so */
  OctavoBitmap     *missing;               /* (nullable): those that were not looked at */
  OctavoBitmap     *facts[OCTAVO_N_FACTS]; /* of the stale ones */
  GArray           *tags;                  /* (nullable) until asked for */
} OctavoLeaves;

gboolean            octavo_leaves_init (OctavoLeaves     *self,
                                        OctavoTextFinder *finder,
                                        OctavoQuery      *query,
                                        gsize             max_stale,
                                        GError          **error);
void                octavo_leaves_clear (OctavoLeaves *self);

const OctavoBitmap *octavo_leaves_find (OctavoLeaves       *self,
                                        const OctavoNode   *node,
                                        OctavoColumn        column,
                                        const OctavoBitmap *mask,
                                        GError            **error);
const OctavoBitmap *octavo_leaves_find_tagged (OctavoLeaves *self, const OctavoNode *node, GError **error);
gboolean            octavo_leaves_asks_for_texts (const OctavoNode *node);
gboolean            octavo_leaves_match_stale (OctavoLeaves *self, GError **error);
gboolean            octavo_leaves_add_fact (OctavoLeaves *self, OctavoFacts fact, OctavoBitmap *notes, GError **error);
/* Notes that have a tag that a TAG node asks for. */
gboolean octavo_leaves_add_tag (OctavoLeaves *self, const OctavoNode *node, OctavoBitmap *notes, GError **error);
/* Notes of a tag and its children. */
gboolean octavo_leaves_add_tag_id (OctavoLeaves *self, gint64 tag_id, OctavoBitmap *notes, GError **error);

G_END_DECLS
