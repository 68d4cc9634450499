/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag.h"

G_BEGIN_DECLS

#define OCTAVO_TYPE_TAG_REPOSITORY (octavo_tag_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTagRepository, octavo_tag_repository, OCTAVO, TAG_REPOSITORY, GObject)

/* All tags with their counts, by name (locale order), children right after their parent, and each has one: where only
 * tags under it have a path it is in the list as such. Kept in step with the store: items come, go, and their "n-notes"
 * and "color" notify; filled in the background after the store opened. (element-type OctavoTag) (transfer none) */
GListModel *octavo_tag_repository_get_list (OctavoTagRepository *self);
OctavoTag  *octavo_tag_repository_find (OctavoTagRepository *self, const char *name); /* in it; (nullable) */

const char *octavo_tag_repository_get_color (OctavoTagRepository *self, const char *name); /* "": none */

guint       octavo_tag_repository_count_under (OctavoTagRepository *self, OctavoTag *tag); /* how many, without paths */

/* All tags without such paths, read now. Blocks. (element-type OctavoTag) (transfer full) */
GPtrArray *octavo_tag_repository_read (OctavoTagRepository *self, GError **error);

/* What is done to a tag is done to those under it, in one transaction. Where tags would become one it is refused with
 * OCTAVO_ERROR_EXISTS, unless they may. */
void octavo_tag_repository_rename_async (OctavoTagRepository *self,
                                         const char          *path,
                                         const char          *new_path,
                                         gboolean             may_merge,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* step_id (out) (optional): for octavo_undo_run_async(), as below. */
gboolean octavo_tag_repository_rename_finish (OctavoTagRepository *self,
                                              GAsyncResult        *result,
                                              gint64              *step_id,
                                              GError             **error);

/* Of the tag alone; "" for none. A tag with a colour stays where no note has it any more. */
void     octavo_tag_repository_set_color_async (OctavoTagRepository *self,
                                                const char          *path,
                                                const char          *color,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean octavo_tag_repository_set_color_finish (OctavoTagRepository *self, GAsyncResult *result, GError **error);

void     octavo_tag_repository_delete_async (OctavoTagRepository *self,
                                             const char          *path,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean octavo_tag_repository_delete_finish (OctavoTagRepository *self,
                                              GAsyncResult        *result,
                                              gint64              *step_id,
                                              GError             **error);

G_END_DECLS
