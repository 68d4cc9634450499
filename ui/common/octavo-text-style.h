/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How notes are shown, in all windows: font, size, zoom and width, as the settings have it, live.
 *
 * What shows the text of a note has the style class OCTAVO_TEXT_STYLE_CLASS, from which all that is in it inherits the
 * font; and its clamp is given to octavo_text_style_bind_width().
 *
 * Properties, notifying: "zoom" (percent), "width" (the most that lines take, in pixels; read-only). */
#define OCTAVO_TYPE_TEXT_STYLE (octavo_text_style_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTextStyle, octavo_text_style, OCTAVO, TEXT_STYLE, GObject)

#define OCTAVO_TEXT_STYLE_CLASS "octavo-text"

OctavoTextStyle      *octavo_text_style_get (void);

int                   octavo_text_style_get_zoom (OctavoTextStyle *self);
int                   octavo_text_style_get_width (OctavoTextStyle *self);
int                   octavo_text_style_get_system_size (void);
PangoFontDescription *octavo_text_style_dup_print_font (OctavoTextStyle *self) G_GNUC_WARN_UNUSED_RESULT;

void                  octavo_text_style_zoom (OctavoTextStyle *self, int steps);
void                  octavo_text_style_reset_zoom (OctavoTextStyle *self);

void                  octavo_text_style_bind_width (OctavoTextStyle *self, GObject *clamp);
void                  octavo_text_style_add_scroll (OctavoTextStyle *self, GtkWidget *widget);

G_END_DECLS
