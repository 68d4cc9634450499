/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-query.h"

G_BEGIN_DECLS

/* The engine: answers queries on the reading thread. */
#define OCTAVO_TYPE_SEARCH (octavo_search_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSearch, octavo_search, OCTAVO, SEARCH, GObject)

/* The ids of the notes in a scope that a query finds, in order. query (nullable): all of them. A query that says
 * is:trashed looks into the trash whatever the scope. (element-type gint64) (transfer full), NULL with error. A new
 * _async call does not cancel an older one: cancel it, it is interrupted at once. */
GArray *octavo_search_run (OctavoSearch      *self,
                           OctavoQuery       *query,
                           const OctavoScope *scope,
                           OctavoSort         sort,
                           GCancellable      *cancellable,
                           GError           **error);
void    octavo_search_run_async (OctavoSearch       *self,
                                 OctavoQuery        *query,
                                 const OctavoScope  *scope,
                                 OctavoSort          sort,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
GArray *octavo_search_run_finish (OctavoSearch *self, GAsyncResult *result, GError **error);
/* How many notes an answer may lack, as the index does not know them yet. The form that blocks lacks none. */
guint octavo_search_run_get_n_missing (OctavoSearch *self, GAsyncResult *result);

/* Notes that the index does not know yet: the property "n-pending", which notifies while the index is written. */
guint octavo_search_get_n_pending (OctavoSearch *self);

/* The first notes of a list that nobody asked for yet, without reading the others. */
gboolean octavo_search_has_first (OctavoSearch *self, OctavoQuery *query, const OctavoScope *scope, OctavoSort sort);
void     octavo_search_run_first_async (OctavoSearch       *self,
                                        const OctavoScope  *scope,
                                        OctavoSort          sort,
                                        guint               n_notes,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);

G_END_DECLS
