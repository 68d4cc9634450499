/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A tag of a note: a button that takes it off, with the tag's colour. */
#define OCTAVO_TYPE_TAG_PILL (octavo_tag_pill_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTagPill, octavo_tag_pill, OCTAVO, TAG_PILL, GtkButton)

GtkWidget  *octavo_tag_pill_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;
const char *octavo_tag_pill_get_name (OctavoTagPill *self);
void        octavo_tag_pill_set_tags (OctavoTagPill *self, GListModel *tags);

G_END_DECLS
