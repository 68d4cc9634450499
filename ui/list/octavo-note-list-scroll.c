/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-list-scroll.h"

#include "octavo-note-list-view-private.h"

#define HEIGHT_TO_COME 800 /* pixels, where the list has no height yet: rows are ready for its first frame */

/* Which part of the list of notes can be seen: all of it is a matter of arithmetic. */

/* How many notes there are. */
guint
octavo_note_list_view_get_n_items (OctavoNoteListView *self)
{
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

/* Where the rows stand. */
OctavoListLayout
octavo_note_list_scroll_get_layout (OctavoNoteListView *self)
{
  OctavoListLayout layout = { .n_items = octavo_note_list_view_get_n_items (self),
                              .row_height = MAX (1, self->row_height) };

  if (self->groups != NULL)
    layout.starts = octavo_list_groups_get_starts (self->groups, &layout.n_starts);
  if (layout.n_starts > 0)
    layout.header_height = octavo_list_headers_get_height (self->headers);
  return layout;
}

double
octavo_note_list_scroll_get_value (OctavoNoteListView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

void
octavo_note_list_scroll_configure (OctavoNoteListView *self,
                                   GtkOrientation orientation,
                                   double value,
                                   double upper,
                                   double page_size)
{
  if (self->adjustments[orientation] == NULL)
    return;

  upper = MAX (upper, page_size);
  self->is_configuring = TRUE;
  gtk_adjustment_configure (self->adjustments[orientation], CLAMP (value, 0, upper - page_size), 0, upper,
                            page_size * 0.1, page_size * 0.9, page_size);
  self->is_configuring = FALSE;
}

void
octavo_note_list_scroll_to_value (OctavoNoteListView *self, double value)
{
  OctavoListLayout layout = octavo_note_list_scroll_get_layout (self);

  octavo_note_list_scroll_configure (self, GTK_ORIENTATION_VERTICAL, value, octavo_list_layout_get_height (&layout),
                                     self->height);
}

/* The least that has the row of a position seen as a whole, with what stands above it. */
void
octavo_note_list_scroll_to_row (OctavoNoteListView *self, guint position)
{
  OctavoListLayout layout = octavo_note_list_scroll_get_layout (self);
  double end = octavo_list_layout_get_top (&layout, position) + self->row_height;
  double start = MAX (octavo_list_layout_get_start (&layout, position), end - MAX (self->height, self->row_height));

  octavo_note_list_scroll_to_value (self, CLAMP (octavo_note_list_scroll_get_value (self), end - self->height, start));
}

/* All rows are alike, so one of them says how large they are. */
void
octavo_note_list_scroll_measure_rows (OctavoNoteListView *self)
{
  GtkWidget *row;
  int height, width;

  if (octavo_note_list_view_get_n_items (self) == 0)
    return;

  if (self->row_height == 0)
    octavo_note_row_pool_show (self->pool, 0, 1);
  row = gtk_widget_get_first_child (GTK_WIDGET (self));
  if (!gtk_widget_get_visible (row))
    return;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  self->row_width = width;
  if (height == self->row_height)
    return;

  if (self->row_height > 0)
    octavo_note_list_scroll_to_value (self, octavo_note_list_scroll_get_value (self) / self->row_height * height);
  self->row_height = height;
}

void
octavo_note_list_scroll_find_visible (OctavoNoteListView *self, guint *start, guint *end)
{
  OctavoListLayout layout = octavo_note_list_scroll_get_layout (self);
  int height = self->height > 0 ? self->height : HEIGHT_TO_COME;

  *start = octavo_list_layout_find (&layout, octavo_note_list_scroll_get_value (self));
  *end = MIN (layout.n_items,
              octavo_list_layout_find (&layout, octavo_note_list_scroll_get_value (self) + height - 1) + 1);
}
