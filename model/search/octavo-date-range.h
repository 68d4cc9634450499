/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One end of a range as it was typed: a year, a month, a day, or so many units before the present one. */
typedef struct
{
  enum
  {
    OCTAVO_DATE_NONE, /* open */
    OCTAVO_DATE_YEAR,
    OCTAVO_DATE_MONTH,
    OCTAVO_DATE_WEEK,
    OCTAVO_DATE_DAY,
  } unit;
  gboolean is_relative;
  int      year;
  int      month;
  int      day;
  int      n_back;
} OctavoDatePoint;

typedef struct
{
  OctavoDatePoint first; /* the range starts with the start of this */
  OctavoDatePoint last;  /* and ends with the end of this */
  gboolean        after_first;
  gboolean        before_last; /* the end points themselves are out: >first, <last */
} OctavoDateRange;

gboolean octavo_date_range_parse (const char *text, OctavoDateRange *range);
void     octavo_date_range_resolve (const OctavoDateRange *self, GDateTime *now, gint64 *from, gint64 *until);

G_END_DECLS
