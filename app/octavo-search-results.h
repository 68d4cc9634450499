/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* What the desktop is told of notes: names of results, and what they look like. */
char     *octavo_search_results_join_terms (const char *const *terms) G_GNUC_WARN_UNUSED_RESULT;
GVariant *octavo_search_results_make_ids (const GArray *note_ids, const char *text) G_GNUC_WARN_UNUSED_RESULT;
gint64    octavo_search_results_get_note (const char *id);
char     *octavo_search_results_dup_title (const char *id) G_GNUC_WARN_UNUSED_RESULT;

void      octavo_search_results_describe_async (OctavoStore        *store,
                                                OctavoQuery        *query,
                                                const char *const  *ids,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
GVariant *octavo_search_results_describe_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
