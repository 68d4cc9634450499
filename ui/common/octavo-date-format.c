/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-date-format.h"

static gint64
day_number (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return g_date_get_julian (&date);
}

/**
 * octavo_date_format_relative:
 * @when: microseconds since 1970, UTC
 * @now: the time it is, in the zone to show
 *
 * Says when something was as short as it can be said: the time today, the day's name this week, else the date.
 *
 * Returns: (transfer full): the words, in the language of the locale
 */
char *
octavo_date_format_relative (gint64 when, GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = utc != NULL ? g_date_time_to_timezone (utc, g_date_time_get_timezone (now)) : NULL;
  gint64 days;

  if (time == NULL)
    return g_strdup ("");

  days = day_number (now) - day_number (time);
  if (days == 0)
    return g_date_time_format (time, _ ("%H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < 7)
    return g_date_time_format (time, "%A");
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: day and month of a date in this year, as strftime has it. */
    return g_date_time_format (time, _ ("%-d %b"));
  /* Translators: a date in another year. */
  return g_date_time_format (time, _ ("%-d %b %Y"));
}
