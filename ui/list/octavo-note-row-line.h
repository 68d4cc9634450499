/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of a row, while it is drawn. */
typedef struct
{
  GtkSnapshot   *snapshot;
  const GdkRGBA *color;
  gboolean       rtl;
  float          width;
  float          baseline;
  float          x; /* how much is taken, from the side where reading begins */
} OctavoNoteRowLine;

#define OCTAVO_NOTE_ROW_LINE_GAP 6

void     octavo_note_row_line_append (GtkSnapshot   *snapshot,
                                      PangoLayout   *layout,
                                      const GdkRGBA *color,
                                      float          x,
                                      float          baseline);
float    octavo_note_row_line_fit (PangoLayout *layout, float width);
gboolean octavo_note_row_line_draw_tag (OctavoNoteRowLine *self, PangoLayout *layout, const GdkRGBA *dot, float least);

G_END_DECLS
