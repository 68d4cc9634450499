/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-text-finder.h"
#include "octavo-tokenizer.h"

G_BEGIN_DECLS

/* What is known of a text that is looked for, in whichever nodes it stands. */
typedef struct
{
  const OctavoNode *node;                     /* the first of those that ask for it */
  OctavoBitmap     *found[OCTAVO_N_COLUMNS];  /* (nullable) until asked for, and when there are too many of these */
  OctavoBitmap     *within[OCTAVO_N_COLUMNS]; /* (nullable): the notes it was looked for in; NULL: all */
  OctavoBitmap     *fresh[OCTAVO_N_COLUMNS];  /* (nullable): among those that were looked at, by their places there */
  OctavoBitmap     *tagged;                   /* (nullable): one of whose tags has it */
} OctavoLeaf;

/* The answers to the nodes of text of one query, and to what is asked about facts, with notes that the index does not
 * know looked at one by one. */
typedef struct
{
  OctavoTextFinder *finder;
  GPtrArray        *leaves;    /* of OctavoLeaf: each text once */
  GArray           *of_node;   /* guint: the leaf of each node, by the number of the node */
  gboolean          wants_all; /* what is found is to be counted: never just within some notes */
  guint             n_sets;    /* that are kept */
  guint             max_sets;
  gsize             max_stale;             /* how much of the stale ones to look at, in bytes; 0: all */
  OctavoBitmap     *stale;                 /* (nullable): what the index says of these is not so */
  OctavoBitmap     *missing;               /* (nullable): those that were not looked at */
  GArray           *looked;                /* guint: the slots of those that were */
  OctavoBitmap     *facts[OCTAVO_N_FACTS]; /* (nullable): of those, by slot */
  GArray           *tags;                  /* (nullable) until asked for */
} OctavoLeaves;

void octavo_leaves_init (OctavoLeaves     *self,
                         OctavoTextFinder *finder,
                         OctavoQuery      *query,
                         gsize             max_stale,
                         gboolean          wants_all);
void octavo_leaves_clear (OctavoLeaves *self);

/* Looks into those of some notes that the index does not know; before anything is found in texts. */
gboolean            octavo_leaves_look (OctavoLeaves *self, const OctavoBitmap *mask, GError **error);
gboolean            octavo_leaves_find_stale (OctavoLeaves *self, GError **error);

const OctavoBitmap *octavo_leaves_find (OctavoLeaves       *self,
                                        const OctavoNode   *node,
                                        OctavoColumn        column,
                                        const OctavoBitmap *mask,
                                        GError            **error);
const OctavoBitmap *octavo_leaves_find_tagged (OctavoLeaves *self, const OctavoNode *node, GError **error);
gboolean            octavo_leaves_asks_for_texts (const OctavoNode *node);
gboolean            octavo_leaves_match_stale (OctavoLeaves *self, const OctavoBitmap *notes, GError **error);
gboolean            octavo_leaves_add_fact (OctavoLeaves *self, OctavoFacts fact, OctavoBitmap *notes, GError **error);
/* Notes that have a tag that a TAG node asks for. */
gboolean octavo_leaves_add_tag (OctavoLeaves *self, const OctavoNode *node, OctavoBitmap *notes, GError **error);
/* Notes of a tag and its children. */
gboolean octavo_leaves_add_tag_of_scope (OctavoLeaves      *self,
                                         const OctavoScope *scope,
                                         OctavoBitmap      *notes,
                                         GError           **error);

G_END_DECLS
