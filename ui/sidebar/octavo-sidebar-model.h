/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-sidebar-item.h"

G_BEGIN_DECLS

/* The rows of the sidebar: a GListModel of OctavoSidebarItem: all notes, untagged, trash, the saved searches, then
 * the tags as a tree without what is under those that are collapsed. */
#define OCTAVO_TYPE_SIDEBAR_MODEL (octavo_sidebar_model_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSidebarModel, octavo_sidebar_model, OCTAVO, SIDEBAR_MODEL, GObject)

#define OCTAVO_SIDEBAR_N_PLACES 3

OctavoSidebarModel *octavo_sidebar_model_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* of OctavoTag, children right after their parents, as the repository gives them */
void octavo_sidebar_model_set_tags (OctavoSidebarModel *self, GListModel *tags);

/* of OctavoSavedSearch */
void octavo_sidebar_model_set_searches (OctavoSidebarModel *self, GListModel *searches);

/* Whose notes are counted (0: everyone's): tags that only others use have no row, but for one that is kept. */
void               octavo_sidebar_model_set_user (OctavoSidebarModel *self, gint64 user_id);
void               octavo_sidebar_model_keep (OctavoSidebarModel *self, const char *name);
gboolean           octavo_sidebar_model_reveal (OctavoSidebarModel *self, const OctavoScope *scope, guint *position);

OctavoSidebarItem *octavo_sidebar_model_peek (OctavoSidebarModel *self, guint position);
gboolean           octavo_sidebar_model_find (OctavoSidebarModel *self, const OctavoScope *scope, guint *position);
gboolean           octavo_sidebar_model_find_tag (OctavoSidebarModel *self, const char *name, guint *position);
gboolean           octavo_sidebar_model_find_search (OctavoSidebarModel *self, gint64 id, guint *position);
guint              octavo_sidebar_model_get_parent (OctavoSidebarModel *self, guint position);

void               octavo_sidebar_model_set_expanded (OctavoSidebarModel *self, guint position, gboolean expanded);
void               octavo_sidebar_model_set_collapsed (OctavoSidebarModel *self, const char *const *names);
GStrv              octavo_sidebar_model_dup_collapsed (OctavoSidebarModel *self);

G_END_DECLS
