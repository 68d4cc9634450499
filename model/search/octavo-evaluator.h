/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-narrowing.h"
#include "octavo-text-finder.h"

G_BEGIN_DECLS

/* What one query is answered with. All borrowed, on the reading thread. */
typedef struct
{
  OctavoTextFinder   finder; /* its vocabulary (nullable): there is no index to ask */
  OctavoQuery       *query;  /* (nullable) */
  const OctavoScope *scope;
  OctavoSort         sort;
  OctavoNarrowing   *narrowing; /* where earlier answers are */
  gsize              max_stale; /* how much to look at of what the index does not know, in bytes; 0: all */

  gboolean           looks_into_texts; /* (out): the index is asked */
  guint              n_stale;          /* (out): then, how many notes it did not know */
  guint              n_missing; /* (out): of these, in the scope, that were not looked at, and are not in the answer */
} OctavoEvaluation;

GArray *octavo_evaluate (OctavoEvaluation *evaluation, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
