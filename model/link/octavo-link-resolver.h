/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Which note a link to a title leads to. */
typedef struct
{
  gint64   id;      /* 0: there is none */
  guint    n_notes; /* that have the title */
  gboolean is_trashed;
  char    *title;   /* of the note; where there is none what it could be called */
  char    *heading; /* in it; NULL for none */
} OctavoLinkNote;

/* target: that of an OCTAVO_LINK_TITLE. besides: a note that is not meant; 0 for none. (transfer full), NULL with
 * error. Main thread. */
void            octavo_link_resolver_find_async (OctavoStore        *store,
                                                 const char         *target,
                                                 gint64              besides,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
OctavoLinkNote *octavo_link_resolver_find_finish (OctavoStore *store, GAsyncResult *result, GError **error);

void            octavo_link_note_free (OctavoLinkNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLinkNote, octavo_link_note_free)

G_END_DECLS
