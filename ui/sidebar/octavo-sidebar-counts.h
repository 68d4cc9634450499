/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-sidebar-model.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Counts the notes of the places and of the saved searches of a sidebar; tags bring their counts. */
#define OCTAVO_TYPE_SIDEBAR_COUNTS (octavo_sidebar_counts_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSidebarCounts, octavo_sidebar_counts, OCTAVO, SIDEBAR_COUNTS, GObject)

#define OCTAVO_SIDEBAR_MAX_SEARCHED 100000 /* notes: where there are more, searches are not counted */

OctavoSidebarCounts *octavo_sidebar_counts_new (OctavoStore        *store,
                                                OctavoSidebarModel *model) G_GNUC_WARN_UNUSED_RESULT;
void                 octavo_sidebar_counts_start (OctavoSidebarCounts *self);
void                 octavo_sidebar_counts_set_user (OctavoSidebarCounts *self, gint64 user_id);
void                 octavo_sidebar_counts_stop (OctavoSidebarCounts *self);

G_END_DECLS
