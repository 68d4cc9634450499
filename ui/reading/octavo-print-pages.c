/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-print-pages.h"

/* A heading stays with what it is about, the head of a table with its first row; and no page begins with the last line
 * of a paragraph, or ends with the first. */
static gboolean
is_break (const OctavoPrintUnit *units, guint unit)
{
  if (units[unit - 1].keeps)
    return FALSE;
  if (units[unit].piece != units[unit - 1].piece)
    return TRUE;
  return units[unit].line > 1 && !units[unit].is_last;
}

/* Where the page that begins at start is to end, of which no more than what is before end fits. */
static guint
find_break (const OctavoPrintUnit *units, guint start, guint end)
{
  for (guint unit = end; unit > start; unit--)
    if (is_break (units, unit))
      return unit;
  return end;
}

/**
 * octavo_print_pages_break:
 * @units: (array length=n_units): what is to be printed
 * @n_units: how many there are
 * @height: of a page, in points
 * @pages: (element-type guint): the number of the unit each page begins with is added to it
 *
 * Parts a note into pages. Each has at least one unit, however high that is.
 */
void
octavo_print_pages_break (const OctavoPrintUnit *units, guint n_units, double height, GArray *pages)
{
  guint start = 0;
  double y = 0;

  for (guint unit = 0; unit < n_units; unit++)
    {
      double needed = (unit > start ? units[unit].space : 0) + units[unit].height;

      if (unit == start || y + needed > height)
        {
          if (unit > start)
            unit = start = find_break (units, start, unit);
          g_array_append_val (pages, start);
          y = units[start].height;
        }
      else
        y += needed;
    }
}
