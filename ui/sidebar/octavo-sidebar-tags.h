/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which tags have rows in a sidebar that shows the notes of a user. */
typedef struct _OctavoSidebarTags OctavoSidebarTags;

OctavoSidebarTags *octavo_sidebar_tags_new (GCallback on_hidden_changed, gpointer owner) G_GNUC_WARN_UNUSED_RESULT;
void               octavo_sidebar_tags_free (OctavoSidebarTags *self);
void               octavo_sidebar_tags_clear (OctavoSidebarTags *self);

gint64             octavo_sidebar_tags_get_user (OctavoSidebarTags *self);
gboolean   octavo_sidebar_tags_set_user (OctavoSidebarTags *self, gint64 user_id); /* whether it is another one */
gboolean   octavo_sidebar_tags_keep (OctavoSidebarTags *self, const char *name);   /* the same of the tag */

GPtrArray *octavo_sidebar_tags_list (OctavoSidebarTags *self, GListModel *tags, guint at_once, gboolean *has_more)
    G_GNUC_WARN_UNUSED_RESULT;
OctavoTag *octavo_sidebar_tags_find_hidden (OctavoSidebarTags *self, const OctavoScope *scope);

gboolean   octavo_sidebar_tags_is_under (const char *path, const char *parent);

G_END_DECLS
