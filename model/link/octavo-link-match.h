/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-link.h"
#include "octavo-types.h"

G_BEGIN_DECLS

/* Which links lead to a note: by one of its titles, or by its id. Immutable, atomically counted, safe on every thread.
 */
typedef struct _OctavoLinkMatch OctavoLinkMatch;

/* Whether another note has a title, which a link then means. */
typedef gboolean (*OctavoLinkIsTitle) (const char *title, gpointer user_data);

OctavoLinkMatch *octavo_link_match_new (gint64 id, const char *const *titles) G_GNUC_WARN_UNUSED_RESULT;
OctavoLinkMatch *octavo_link_match_ref (OctavoLinkMatch *self);
void             octavo_link_match_unref (OctavoLinkMatch *self);

gint64           octavo_link_match_get_id (OctavoLinkMatch *self);
OctavoQuery     *octavo_link_match_make_query (OctavoLinkMatch *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean         octavo_link_match_fits (OctavoLinkMatch               *self,
                                         const OctavoMarkdownFoundLink *link,
                                         OctavoLinkIsTitle              is_title,
                                         gpointer                       user_data,
                                         gsize                         *length);
char            *octavo_link_match_rename (OctavoLinkMatch  *self,
                                           const char       *text,
                                           gint64            id,
                                           const char       *title,
                                           OctavoLinkIsTitle is_title,
                                           gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLinkMatch, octavo_link_match_unref)

G_END_DECLS
