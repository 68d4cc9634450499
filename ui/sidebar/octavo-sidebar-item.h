/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-saved-search.h"
#include "octavo-tag.h"

G_BEGIN_DECLS

/* Whether there are rows under a row, and whether they are shown. */
typedef enum
{
  OCTAVO_EXPANDER_NONE,
  OCTAVO_EXPANDER_BLANK, /* none, but others have some: there is room for it */
  OCTAVO_EXPANDER_COLLAPSED,
  OCTAVO_EXPANDER_EXPANDED,
} OctavoExpander;

/* A row of the sidebar: a place where notes are. Properties: "label" (what is shown), "name" (what it is called),
 * "icon-name", "color" (of a tag), "depth", "expander" (int), "count" (int64; -1: not known yet), "count-text",
 * "first-of-section". */
#define OCTAVO_TYPE_SIDEBAR_ITEM (octavo_sidebar_item_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSidebarItem, octavo_sidebar_item, OCTAVO, SIDEBAR_ITEM, GObject)

OctavoSidebarItem *octavo_sidebar_item_new (const OctavoScope *scope,
                                            const char        *name,
                                            const char        *icon_name) G_GNUC_WARN_UNUSED_RESULT;

OctavoSidebarItem *octavo_sidebar_item_new_for_search (OctavoSavedSearch *search) G_GNUC_WARN_UNUSED_RESULT;

OctavoSavedSearch *octavo_sidebar_item_get_search (OctavoSidebarItem *self);
OctavoTag         *octavo_sidebar_item_get_tag (OctavoSidebarItem *self);
void               octavo_sidebar_item_set_tag (OctavoSidebarItem *self, OctavoTag *tag, gint64 user_id);
void               octavo_sidebar_item_update_tag (OctavoSidebarItem *self, gint64 user_id);

const OctavoScope *octavo_sidebar_item_get_scope (OctavoSidebarItem *self);
const char        *octavo_sidebar_item_get_name (OctavoSidebarItem *self);
const char        *octavo_sidebar_item_get_label (OctavoSidebarItem *self);
const char        *octavo_sidebar_item_get_icon_name (OctavoSidebarItem *self);
const char        *octavo_sidebar_item_get_color (OctavoSidebarItem *self);
guint              octavo_sidebar_item_get_depth (OctavoSidebarItem *self);
OctavoExpander     octavo_sidebar_item_get_expander (OctavoSidebarItem *self);
gboolean           octavo_sidebar_item_get_first_of_section (OctavoSidebarItem *self);
void   octavo_sidebar_item_set_place (OctavoSidebarItem *self, guint depth, OctavoExpander expander, gboolean first);
gint64 octavo_sidebar_item_get_count (OctavoSidebarItem *self);
void   octavo_sidebar_item_set_count (OctavoSidebarItem *self, gint64 count);

G_END_DECLS
