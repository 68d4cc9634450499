/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-list-layout.h"

/* How many groups begin before a position. */
static guint
count_starts (const OctavoListLayout *self, guint position)
{
  guint low = 0;
  guint high = self->n_starts;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->starts[middle].position < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * octavo_list_layout_get_height:
 * @self: a layout
 *
 * Returns: the height of all rows and headers
 */
double
octavo_list_layout_get_height (const OctavoListLayout *self)
{
  return octavo_list_layout_get_start (self, self->n_items);
}

/**
 * octavo_list_layout_get_start:
 * @self: a layout
 * @position: a row, or the place after the last one
 *
 * Returns: where the row begins, with the line above it where it is the first of a group
 */
double
octavo_list_layout_get_start (const OctavoListLayout *self, guint position)
{
  return (double) position * self->row_height + (double) count_starts (self, position) * self->header_height;
}

/**
 * octavo_list_layout_get_top:
 * @self: a layout
 * @position: a row
 *
 * Returns: where the row itself begins
 */
double
octavo_list_layout_get_top (const OctavoListLayout *self, guint position)
{
  return (double) position * self->row_height + (double) count_starts (self, position + 1) * self->header_height;
}

/**
 * octavo_list_layout_find:
 * @self: a layout
 * @y: pixels from the top of the list
 *
 * Returns: the row that is there, or that has the line above it there; past the end the last one and one
 */
guint
octavo_list_layout_find (const OctavoListLayout *self, double y)
{
  guint low = 0;
  guint high = self->n_starts;
  double rest = MAX (y, 0);
  guint first = 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (octavo_list_layout_get_start (self, self->starts[middle].position) <= y)
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0)
    {
      first = self->starts[low - 1].position;
      rest = MAX (0, y - octavo_list_layout_get_top (self, first));
    }
  rest = rest / self->row_height;
  return rest >= self->n_items - MIN (first, self->n_items) ? self->n_items : first + (guint) rest;
}
