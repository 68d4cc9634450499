/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-date-groups.h"
#include "octavo-note-list.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* The groups of a list: “Pinned”, “Today”, “Yesterday”, … where it is sorted by date, none where it is not. What can be
 * seen first is known at once, the rest is found out in the background. Signal "changed" (): other groups than before.
 */
#define OCTAVO_TYPE_LIST_GROUPS (octavo_list_groups_get_type ())
G_DECLARE_FINAL_TYPE (OctavoListGroups, octavo_list_groups, OCTAVO, LIST_GROUPS, GObject)

OctavoListGroups       *octavo_list_groups_new (OctavoStore *store, OctavoNoteList *list) G_GNUC_WARN_UNUSED_RESULT;
void                    octavo_list_groups_set_enabled (OctavoListGroups *self, gboolean enabled);
void                    octavo_list_groups_refresh (OctavoListGroups *self); /* another day has begun */
void                    octavo_list_groups_follow (OctavoListGroups *self, guint first_seen); /* the list changed */

const OctavoGroupStart *octavo_list_groups_get_starts (OctavoListGroups *self, guint *n_starts);
/* What the group is called that begins there. (nullable) (transfer none) */
const char *octavo_list_groups_get_label (OctavoListGroups *self, guint position);

G_END_DECLS
