/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* ids: (transfer full) (nullable): with error; n_missing: how many notes it may lack, as the index does not know them
 */
typedef void (*OctavoNoteAnswer) (gpointer      owner,
                                  GCancellable *request,
                                  GArray       *ids,
                                  gboolean      is_whole,
                                  guint         n_missing,
                                  GError       *error);

/* What is asked for. */
typedef struct
{
  const char *query; /* "" for everything */
  OctavoScope scope;
  OctavoSort  sort;
  guint       n_first; /* so many at once are enough to begin with; 0: all */
} OctavoNoteQuestion;

void octavo_note_request_start (GObject                  *owner,
                                OctavoStore              *store,
                                const OctavoNoteQuestion *question,
                                GCancellable             *request,
                                OctavoNoteAnswer          answer_func);

G_END_DECLS
