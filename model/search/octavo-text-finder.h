/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-fold-cache.h"
#include "octavo-leaf-cache.h"
#include "octavo-order.h"
#include "octavo-query-private.h"
#include "octavo-vocabulary.h"

G_BEGIN_DECLS

/* How what was asked was answered. */
typedef struct
{
  guint n_narrowed;  /* queries that were looked for in the answer to an earlier one only */
  guint n_looked_up; /* texts that the index was asked for */
  guint n_known;     /* texts whose answer was remembered */
  guint n_read;      /* notes that were read, as few were left */
  guint n_scored;    /* notes that were read to put them in order */
} OctavoSearchCounts;

/* What is needed to ask the index; all borrowed, on the reading thread. */
typedef struct
{
  OrmConnection     *connection;
  OctavoOrder       *order;
  OctavoVocabulary  *vocabulary;
  OctavoLeafCache   *cache;
  OctavoFoldCache   *folds;
  OctavoLeafState    state;
  GCancellable      *cancellable;
  OctavoSearchCounts counts;
} OctavoTextFinder;

gboolean octavo_text_finder_find (OctavoTextFinder   *self,
                                  OctavoColumn        column,
                                  const OctavoNode   *text_node,
                                  const OctavoBitmap *mask,
                                  OctavoBitmap       *notes,
                                  gboolean           *is_exact,
                                  GError            **error);
gboolean octavo_text_finder_filter (OctavoTextFinder *self,
                                    OctavoColumn      column,
                                    const OctavoNode *text_node,
                                    OctavoBitmap     *candidates,
                                    gsize             max_bytes,
                                    gboolean         *is_done,
                                    GError          **error);
gboolean octavo_text_finder_estimate (OctavoTextFinder *self,
                                      OctavoColumn      column,
                                      const OctavoNode *text_node,
                                      gsize            *n_bytes,
                                      GError          **error);
gboolean octavo_text_finder_find_fact (OctavoTextFinder *self, const char *fact, OctavoBitmap *notes, GError **error);

G_END_DECLS
