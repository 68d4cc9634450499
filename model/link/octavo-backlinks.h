/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-link-match.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* A note that links to another. */
typedef struct
{
  gint64 id;
  char  *title;
  char  *line; /* the words around the link */
} OctavoBacklink;

void octavo_backlink_free (OctavoBacklink *self);

/* The notes that have such a link, those that changed last first; not the note itself, nor what is in the trash.
 * n_max: 0 for all. Main thread. */
void       octavo_backlinks_find_async (OctavoStore        *store,
                                        OctavoLinkMatch    *match,
                                        guint               n_max,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
GPtrArray *octavo_backlinks_find_finish (OctavoStore  *store,
                                         GAsyncResult *result,
                                         gboolean     *has_more, /* (out) (optional): there may be */
                                         GError      **error);

G_END_DECLS
