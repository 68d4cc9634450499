/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* ids: (transfer full) (nullable): with error */
typedef void (*OctavoNoteAnswer) (gpointer owner, GCancellable *request, GArray *ids, gboolean is_whole, GError *error);

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
                                OctavoNoteAnswer          answer);

G_END_DECLS
