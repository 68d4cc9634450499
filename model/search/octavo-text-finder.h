/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-fold-cache.h"
#include "octavo-leaf-cache.h"
#include "octavo-order.h"
#include "octavo-query-private.h"
#include "octavo-vocabulary.h"

G_BEGIN_DECLS

/* What is needed to ask the index; all borrowed, on the reading thread. */
typedef struct
{
  OrmConnection    *connection;
  OctavoOrder      *order;
  OctavoVocabulary *vocabulary;
  OctavoLeafCache  *cache; /* (nullable) */
  OctavoFoldCache  *folds;
  OctavoLeafState   state;
  gboolean          wants_matches; /* to score notes by them */
  GCancellable     *cancellable;
} OctavoTextFinder;

gboolean octavo_text_finder_find (OctavoTextFinder   *self,
                                  OctavoColumn        column,
                                  const OctavoNode   *text_node,
                                  const OctavoBitmap *mask,
                                  OctavoBitmap       *notes,
                                  GPtrArray          *matches,
                                  gboolean           *is_exact,
                                  GError            **error);
gboolean octavo_text_finder_find_fact (OctavoTextFinder *self, const char *fact, OctavoBitmap *notes, GError **error);

G_END_DECLS
