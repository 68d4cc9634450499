/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The tags that what is being typed may become, in a popover under it. The focus stays where one types.
 *
 * Property "tags" (GListModel of OctavoTag). Signal "chosen" (const char *name): by a click. */
#define OCTAVO_TYPE_TAG_COMPLETION (octavo_tag_completion_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTagCompletion, octavo_tag_completion, OCTAVO, TAG_COMPLETION, GtkPopover)

#define OCTAVO_TAG_COMPLETION_MAX 8

GtkWidget  *octavo_tag_completion_new (void);

void        octavo_tag_completion_set_tags (OctavoTagCompletion *self, GListModel *tags);
void        octavo_tag_completion_offer (OctavoTagCompletion *self, const char *typed, const char *const *besides);
gboolean    octavo_tag_completion_move (OctavoTagCompletion *self, int step);
const char *octavo_tag_completion_get_selected (OctavoTagCompletion *self);
guint       octavo_tag_completion_get_n_offers (OctavoTagCompletion *self);

G_END_DECLS
