/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A row of the sidebar: a place where notes are. Properties: "label" (what is shown), "name" (what it is called),
 * "icon-name", "indent" (pixels), "count" (int64; -1: not known yet), "count-text", "first-of-section". */
#define OCTAVO_TYPE_SIDEBAR_ITEM (octavo_sidebar_item_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSidebarItem, octavo_sidebar_item, OCTAVO, SIDEBAR_ITEM, GObject)

OctavoSidebarItem *octavo_sidebar_item_new (const OctavoScope *scope,
                                            const char        *name,
                                            const char        *icon_name) G_GNUC_WARN_UNUSED_RESULT;

const OctavoScope *octavo_sidebar_item_get_scope (OctavoSidebarItem *self);
const char        *octavo_sidebar_item_get_name (OctavoSidebarItem *self);
void               octavo_sidebar_item_set_name (OctavoSidebarItem *self, const char *name);
const char        *octavo_sidebar_item_get_label (OctavoSidebarItem *self);
guint              octavo_sidebar_item_get_depth (OctavoSidebarItem *self);
void     octavo_sidebar_item_set_place (OctavoSidebarItem *self, const char *label, guint depth, gboolean first);
gint64   octavo_sidebar_item_get_count (OctavoSidebarItem *self);
void     octavo_sidebar_item_set_count (OctavoSidebarItem *self, gint64 count);
gboolean octavo_sidebar_item_get_first_of_section (OctavoSidebarItem *self);

G_END_DECLS
