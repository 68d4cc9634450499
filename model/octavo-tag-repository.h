/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag.h"

G_BEGIN_DECLS

#define OCTAVO_TYPE_TAG_REPOSITORY (octavo_tag_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTagRepository, octavo_tag_repository, OCTAVO, TAG_REPOSITORY, GObject)

/* All tags with their counts, by name (locale order), kept in step with the store: items come, go, and their "n-notes"
 * notifies; filled in the background after the store opened. (element-type OctavoTag) (transfer none) */
GListModel *octavo_tag_repository_get_list (OctavoTagRepository *self);

/* The same, read now. Blocks. (element-type OctavoTag) (transfer full) */
GPtrArray *octavo_tag_repository_read (OctavoTagRepository *self, GError **error);

G_END_DECLS
