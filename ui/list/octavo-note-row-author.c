/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-row-author.h"
#include "octavo-user-colors.h"

#define DOT   9
#define GAP   5
#define AFTER 12
#define SHARE 0.45f /* of the line, for a long name */

/**
 * octavo_note_row_author_is_shown:
 * @list: a list of notes
 * @users: of the same file
 *
 * Returns: whether the notes may be those of several users
 */
gboolean
octavo_note_row_author_is_shown (OctavoNoteList *list, OctavoUserRepository *users)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (list) && OCTAVO_IS_USER_REPOSITORY (users), FALSE);

  return octavo_note_list_get_scope (list)->user_id == 0 &&
         g_list_model_get_n_items (octavo_user_repository_get_list (users)) > 1;
}

/**
 * octavo_note_row_author_draw:
 * @row: a row of the list
 * @layout: the name of its author
 * @snapshot: where to draw it
 * @place: where in there
 *
 * Draws a dot in the author's colour, and the name.
 *
 * Returns: how much of the line is taken, in pixels
 */
float
octavo_note_row_author_draw (OctavoNoteRow *row,
                             PangoLayout *layout,
                             GtkSnapshot *snapshot,
                             const OctavoNoteRowAuthorPlace *place)
{
  float most = place->width * SHARE - DOT - GAP;
  float top = place->baseline - (float) PANGO_PIXELS (pango_layout_get_baseline (layout));
  GskRoundedRect dot;
  GdkRGBA color;
  int width, height;
  float used, x;

  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (row) && PANGO_IS_LAYOUT (layout), 0);

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if ((float) width > most)
    {
      pango_layout_set_width (layout, (int) most * PANGO_SCALE);
      width = (int) most;
    }
  used = DOT + GAP + (float) width;

  octavo_user_colors_parse (octavo_note_row_get_user_color (row), octavo_note_row_get_user_id (row), &color);
  x = place->rtl ? place->width - DOT : 0;
  gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (x, top + ((float) height - DOT) / 2, DOT, DOT),
                                   DOT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, &color, &dot.bounds);
  gtk_snapshot_pop (snapshot);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place->rtl ? place->width - used : DOT + GAP, top));
  gtk_snapshot_append_layout (snapshot, layout, place->color);
  gtk_snapshot_restore (snapshot);
  return used + AFTER;
}
