/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-date-range.h"

#include <string.h>

/* The value of created: and updated:. What was typed is kept, and becomes times when a query is answered, so that
 * "day-1" asked again tomorrow means tomorrow's. Days, months and years are those of the clock on the wall.
 *
 * A relative point goes back to the start of its unit: month-0 is this month, day-7 the days since the one a week ago.
 * Weeks start on Monday. */

static gboolean
parse_number (const char **text, guint n_digits, int low, int high, int *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *number = *number * 10 + (**text - '0');
    }
  return *number >= low && *number <= high;
}

static gboolean
parse_relative (const char *text, OctavoDatePoint *point)
{
  static const struct
  {
    const char *name;
    int unit;
  } units[] = { { "year-", OCTAVO_DATE_YEAR },
                { "month-", OCTAVO_DATE_MONTH },
                { "week-", OCTAVO_DATE_WEEK },
                { "day-", OCTAVO_DATE_DAY } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const char *digits = text + strlen (units[i].name);

      if (g_ascii_strncasecmp (text, units[i].name, strlen (units[i].name)) != 0)
        continue;
      if (*digits == '\0' || strlen (digits) > 4 || strspn (digits, "0123456789") != strlen (digits))
        return FALSE;
      point->unit = units[i].unit;
      point->is_relative = TRUE;
      point->n_back = (int) g_ascii_strtoll (digits, NULL, 10);
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_point (const char *text, OctavoDatePoint *point)
{
  memset (point, 0, sizeof *point);
  if (parse_relative (text, point))
    return TRUE;
  point->month = point->day = 1;
  if (!parse_number (&text, 4, 1, 9998, &point->year))
    return FALSE;
  point->unit = OCTAVO_DATE_YEAR;
  if (*text == '\0')
    return TRUE;
  if (*text++ != '-' || !parse_number (&text, 2, 1, 12, &point->month))
    return FALSE;
  point->unit = OCTAVO_DATE_MONTH;
  if (*text == '\0')
    return TRUE;
  if (*text++ != '-' || !parse_number (&text, 2, 1, 31, &point->day) || *text != '\0')
    return FALSE;
  point->unit = OCTAVO_DATE_DAY;
  return g_date_valid_dmy (point->day, point->month, point->year);
}

static gboolean
parse_open_point (const char *text, OctavoDatePoint *point)
{
  memset (point, 0, sizeof *point);
  return *text == '\0' || strcmp (text, "*") == 0 || parse_point (text, point);
}

/* octavo_date_range_parse:
 * @text: 2026, 2026-11, 2026-11-22, day-7, week-1, month-1, year-1, >…, >=…, <…, <=… or a..b
 * @range: (out caller-allocates)
 *
 * Returns: %FALSE where @text is no date */
gboolean
octavo_date_range_parse (const char *text, OctavoDateRange *range)
{
  const char *dots = strstr (text, "..");

  memset (range, 0, sizeof *range);
  if (dots != NULL)
    {
      g_autofree char *first = g_strndup (text, dots - text);

      return parse_open_point (first, &range->first) && parse_open_point (dots + 2, &range->last) &&
             (range->first.unit != OCTAVO_DATE_NONE || range->last.unit != OCTAVO_DATE_NONE);
    }
  if (*text == '>')
    {
      range->after_first = text[1] != '=';
      return parse_point (text + (range->after_first ? 1 : 2), &range->first);
    }
  if (*text == '<')
    {
      range->before_last = text[1] != '=';
      return parse_point (text + (range->before_last ? 1 : 2), &range->last);
    }
  if (!parse_point (text, &range->first))
    return FALSE;
  if (!range->first.is_relative)
    range->last = range->first;
  return TRUE;
}

/* The start of a point's unit, so many units later. Years are clamped to those that GDateTime knows. */
static gint64
start_of (const OctavoDatePoint *point, GDateTime *now, int n_later)
{
  g_autoptr (GDateTime) day = NULL, start = NULL, midnight = NULL;
  int units = n_later - (point->is_relative ? point->n_back : 0);

  if (!point->is_relative)
    day = g_date_time_new_utc (point->year, point->month, point->day, 0, 0, 0);
  else if (point->unit == OCTAVO_DATE_DAY || point->unit == OCTAVO_DATE_WEEK)
    {
      g_autoptr (GDateTime) today = g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                                                         g_date_time_get_day_of_month (now), 0, 0, 0);

      day = g_date_time_add_days (today, point->unit == OCTAVO_DATE_WEEK ? 1 - g_date_time_get_day_of_week (today) : 0);
    }
  else
    day = g_date_time_new_utc (g_date_time_get_year (now),
                               point->unit == OCTAVO_DATE_MONTH ? g_date_time_get_month (now) : 1, 1, 0, 0, 0);

  if (point->unit == OCTAVO_DATE_YEAR)
    start = g_date_time_add_years (day, units);
  else if (point->unit == OCTAVO_DATE_MONTH)
    start = g_date_time_add_months (day, units);
  else
    start = g_date_time_add_days (day, point->unit == OCTAVO_DATE_WEEK ? 7 * units : units);
  if (start == NULL) /* before the year 1 */
    return G_MININT64;

  /* Counted in UTC, where every day has 24 hours, and only then read as a time of the zone of now. */
  midnight = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (start),
                              g_date_time_get_month (start), g_date_time_get_day_of_month (start), 0, 0, 0);
  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

/* octavo_date_range_resolve:
 * @now: the present time, in the time zone whose days are meant
 * @from: (out): microseconds since 1970, UTC: the first that is in the range
 * @until: (out): the first that is not any more
 *
 * Turns a range into times. Any thread. */
void
octavo_date_range_resolve (const OctavoDateRange *self, GDateTime *now, gint64 *from, gint64 *until)
{
  *from = G_MININT64;
  *until = G_MAXINT64;
  if (self->first.unit != OCTAVO_DATE_NONE)
    *from = start_of (&self->first, now, self->after_first ? 1 : 0);
  if (self->last.unit != OCTAVO_DATE_NONE)
    *until = start_of (&self->last, now, self->before_last ? 0 : 1);
}
