/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The tags of a note, each a button that removes it, and the entry that adds one.
 *
 * It changes nothing by itself. Signals: "add" (const char *name) with a name in its normal form, "remove" (const char
 * *name), "leave" (): done here, the text is next. Property "editable". */
#define OCTAVO_TYPE_TAG_BAR (octavo_tag_bar_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTagBar, octavo_tag_bar, OCTAVO, TAG_BAR, GtkWidget)

GtkWidget         *octavo_tag_bar_new (void);

void               octavo_tag_bar_set_tags (OctavoTagBar *self, const char *const *tags);
const char *const *octavo_tag_bar_get_tags (OctavoTagBar *self);
void               octavo_tag_bar_set_completions (OctavoTagBar *self, GListModel *tags);
void               octavo_tag_bar_set_editable (OctavoTagBar *self, gboolean editable);
gboolean           octavo_tag_bar_get_editable (OctavoTagBar *self);
void               octavo_tag_bar_show_problem (OctavoTagBar *self, const char *name, const char *message);
void               octavo_tag_bar_clear (OctavoTagBar *self);
void               octavo_tag_bar_take (OctavoTagBar *self);

G_END_DECLS
