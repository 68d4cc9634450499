/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-row-line.h"

#define TAG_PADDING 6
#define DOT         7
#define DOT_GAP     4
#define LEAST_WIDTH 2 /* pixels of a letter, on average: no more of them than that are laid out */

/**
 * octavo_note_row_line_append:
 * @snapshot: where to draw it
 * @layout: a text
 * @color: its colour
 * @x: where it begins
 * @baseline: what it stands on
 *
 * Draws a text. Each line stands on a base line that the font sets, so that a row with tall glyphs of another font
 * keeps its place.
 */
void
octavo_note_row_line_append (GtkSnapshot *snapshot, PangoLayout *layout, const GdkRGBA *color, float x, float baseline)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, baseline - (float) PANGO_PIXELS (
                                                                            pango_layout_get_baseline (layout))));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/**
 * octavo_note_row_line_fit:
 * @layout: a text
 * @width: that there is for it
 *
 * Cuts a text to a width, if need be. One that cannot fit is not laid out as a whole to find that out.
 *
 * Returns: the width that it takes
 */
float
octavo_note_row_line_fit (PangoLayout *layout, float width)
{
  int text_width;

  if ((float) pango_layout_get_character_count (layout) * LEAST_WIDTH > width)
    {
      pango_layout_set_width (layout, (int) width * PANGO_SCALE);
      return width;
    }

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  if ((float) text_width <= width)
    return (float) text_width;

  pango_layout_set_width (layout, (int) width * PANGO_SCALE);
  return width;
}

static void
append_round (GtkSnapshot *snapshot, const graphene_rect_t *place, const GdkRGBA *color)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, place, place->size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, place);
  gtk_snapshot_pop (snapshot);
}

/**
 * octavo_note_row_line_draw_tag:
 * @self: a line
 * @layout: the name of a tag
 * @dot: (nullable): the colour of the tag; %NULL where it has none
 * @least: how much room it needs at least
 *
 * Draws a tag after what is there.
 *
 * Returns: whether there was room for it
 */
gboolean
octavo_note_row_line_draw_tag (OctavoNoteRowLine *self, PangoLayout *layout, const GdkRGBA *dot, float least)
{
  float before = dot != NULL ? DOT + DOT_GAP : 0; /* the name */
  float room = self->width - self->x - 2 * TAG_PADDING - before;
  float width, x, top;
  GdkRGBA background = *self->color;
  int height;

  if (room < least)
    return FALSE;

  width = octavo_note_row_line_fit (layout, room) + 2 * TAG_PADDING + before;
  x = self->rtl ? self->width - self->x - width : self->x;
  pango_layout_get_pixel_size (layout, NULL, &height);
  top = self->baseline - (float) PANGO_PIXELS (pango_layout_get_baseline (layout));
  background.alpha *= 0.13f;
  append_round (self->snapshot, &GRAPHENE_RECT_INIT (x, top, width, (float) height), &background);
  if (dot != NULL)
    append_round (self->snapshot,
                  &GRAPHENE_RECT_INIT (self->rtl ? x + width - TAG_PADDING - DOT : x + TAG_PADDING,
                                       top + ((float) height - DOT) / 2, DOT, DOT),
                  dot);
  octavo_note_row_line_append (self->snapshot, layout, self->color,
                               self->rtl ? x + TAG_PADDING : x + TAG_PADDING + before, self->baseline);
  self->x += width + OCTAVO_NOTE_ROW_LINE_GAP;

  return TRUE;
}
