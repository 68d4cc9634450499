/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* How many of some notes have which tags: for adding a tag to many notes, and taking it off. */
void octavo_tag_counts_read_async (OctavoStore        *store,
                                   const GArray       *ids, /* of gint64 */
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
/* From the name of a tag to how many of the notes have it (GUINT_TO_POINTER); tags that none has are not in it. */
GHashTable *octavo_tag_counts_read_finish (OctavoStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
