/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-leaf.h"

G_BEGIN_DECLS

/* So many of the notes that a query finds are read to put them in order. */
#define OCTAVO_RELEVANCE_N_READ 128

/* Appends the ids of a set of notes, those that matter most first. leaves: that want all. ids: (element-type gint64) */
gboolean octavo_relevance_append (OctavoLeaves       *leaves,
                                  const OctavoNode   *root,
                                  const guint32      *sorted,
                                  gsize               n_sorted,
                                  const OctavoBitmap *notes,
                                  GArray             *ids,
                                  GError            **error);

G_END_DECLS
