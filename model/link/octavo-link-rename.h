/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* The links to a note that got another title: which notes have them, and what these were before they were changed.
 * Atomically counted. Main thread. */
typedef struct _OctavoLinkRename OctavoLinkRename;

OctavoLinkRename                *octavo_link_rename_ref (OctavoLinkRename *self);
void                             octavo_link_rename_unref (OctavoLinkRename *self);

const char                      *octavo_link_rename_get_old_title (OctavoLinkRename *self);
guint                            octavo_link_rename_get_n_notes (OctavoLinkRename *self);

/* (transfer full): the links that no longer lead anywhere; NULL where there are none, with or without error */
void              octavo_link_rename_find_async (OctavoStore        *store,
                                                 gint64              id,
                                                 const char         *old_title,
                                                 const char         *title,
                                                 const char         *aliases,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
OctavoLinkRename *octavo_link_rename_find_finish (OctavoStore *store, GAsyncResult *result, GError **error);

/* All of them, in one transaction, or none. step_id (out) (optional): for octavo_undo_run_async(). */
void     octavo_link_rename_run_async (OctavoStore        *store,
                                       OctavoLinkRename   *self,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean octavo_link_rename_run_finish (OctavoStore  *store,
                                        GAsyncResult *result,
                                        guint        *n_done,
                                        gint64       *step_id,
                                        GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLinkRename, octavo_link_rename_unref)

G_END_DECLS
