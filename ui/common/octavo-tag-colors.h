/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colours that a tag may have: each is a name in the file, a word, and a class of the style sheets, which have
 * shades of it that can be told from light and from dark. */
typedef struct
{
  const char *name;
  const char *title; /* not translated yet */
} OctavoTagColor;

#define OCTAVO_TAG_COLOR_ICON "octavo-dot-symbolic"

const OctavoTagColor *octavo_tag_colors_get (gsize *n_colors);
const char           *octavo_tag_color_get_title (const char *name);
gboolean              octavo_tag_color_look_up (GtkWidget *widget, const char *name, GdkRGBA *color);
void                  octavo_tag_color_apply (GtkWidget *widget, const char *name);

G_END_DECLS
