/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-link.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The one way by which links are followed, wherever they are shown: the window has the action, with the address of
 * octavo_link_to_uri(). */
#define OCTAVO_LINK_FOLLOW "link.follow"

gboolean octavo_link_follow (GtkWidget *from, const OctavoLink *link);
char    *octavo_link_describe (const OctavoLink *link) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
