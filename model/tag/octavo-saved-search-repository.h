/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-saved-search.h"

G_BEGIN_DECLS

/* The searches that are kept in the file. */
#define OCTAVO_TYPE_SAVED_SEARCH_REPOSITORY (octavo_saved_search_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSavedSearchRepository,
                      octavo_saved_search_repository,
                      OCTAVO,
                      SAVED_SEARCH_REPOSITORY,
                      GObject)

/* All of them in their order. Filled in the background, follows the file. (element-type OctavoSavedSearch) */
GListModel        *octavo_saved_search_repository_get_list (OctavoSavedSearchRepository *self);
OctavoSavedSearch *octavo_saved_search_repository_find (OctavoSavedSearchRepository *self,
                                                        const char                  *name); /* in it; (nullable) */

/* OCTAVO_ERROR_EXISTS where there is one of that name, OCTAVO_ERROR_INVALID_TEXT where name or query cannot be.
 * position: -1: after all others. finish: its id; 0 with error. */
void     octavo_saved_search_repository_add_async (OctavoSavedSearchRepository *self,
                                                   const char                  *name,
                                                   const char                  *query,
                                                   gint64                       position,
                                                   GCancellable                *cancellable,
                                                   GAsyncReadyCallback          callback,
                                                   gpointer                     user_data);
gint64   octavo_saved_search_repository_add_finish (OctavoSavedSearchRepository *self,
                                                    GAsyncResult                *result,
                                                    GError                     **error);

void     octavo_saved_search_repository_change_async (OctavoSavedSearchRepository *self,
                                                      gint64                       id,
                                                      const char                  *name,
                                                      const char                  *query,
                                                      GCancellable                *cancellable,
                                                      GAsyncReadyCallback          callback,
                                                      gpointer                     user_data);
gboolean octavo_saved_search_repository_change_finish (OctavoSavedSearchRepository *self,
                                                       GAsyncResult                *result,
                                                       GError                     **error);

/* step_id (out) (optional): for octavo_undo_run_async(). */
void     octavo_saved_search_repository_delete_async (OctavoSavedSearchRepository *self,
                                                      gint64                       id,
                                                      GCancellable                *cancellable,
                                                      GAsyncReadyCallback          callback,
                                                      gpointer                     user_data);
gboolean octavo_saved_search_repository_delete_finish (OctavoSavedSearchRepository *self,
                                                       GAsyncResult                *result,
                                                       gint64                      *step_id,
                                                       GError                     **error);

G_END_DECLS
