/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-date-range.h"

/* Sunday, the 22nd of November 2026, in a zone that moved its clocks four weeks before. */
#define NOW "2026-11-22T15:30:00"

static char *
to_text (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (time == G_MININT64 || time == G_MAXINT64)
    return g_strdup ("*");
  g_assert_cmpint (time % G_USEC_PER_SEC, ==, 0);
  utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);
  g_assert_cmpint (g_date_time_get_hour (local) + g_date_time_get_minute (local), ==, 0);
  return g_date_time_format (local, "%Y-%m-%d");
}

/* From the first day to the first that is out. */
static void
test_ranges (void)
{
  static const struct
  {
    const char *text;
    const char *from;
    const char *until;
  } rows[] = {
    { "2026", "2026-01-01", "2027-01-01" },
    { "2026-11", "2026-11-01", "2026-12-01" },
    { "2026-12", "2026-12-01", "2027-01-01" },
    { "2024-02-29", "2024-02-29", "2024-03-01" },
    { "2026-10-25", "2026-10-25", "2026-10-26" }, /* has 25 hours */
    { "day-0", "2026-11-22", "*" },
    { "day-7", "2026-11-15", "*" },
    { "DAY-60", "2026-09-23", "*" },
    { "week-0", "2026-11-16", "*" },
    { "week-1", "2026-11-09", "*" },
    { "month-0", "2026-11-01", "*" },
    { "month-1", "2026-10-01", "*" },
    { "month-11", "2025-12-01", "*" },
    { "year-1", "2025-01-01", "*" },
    { "year-9999", "*", "*" },
    { ">2026", "2027-01-01", "*" },
    { ">=2026", "2026-01-01", "*" },
    { ">2026-11-22", "2026-11-23", "*" },
    { "<2026-11", "*", "2026-11-01" },
    { "<=2026-11", "*", "2026-12-01" },
    { "<week-1", "*", "2026-11-09" },
    { ">month-1", "2026-11-01", "*" },
    { "2024..2025", "2024-01-01", "2026-01-01" },
    { "2024-05..2024-05-06", "2024-05-01", "2024-05-07" },
    { "day-7..day-1", "2026-11-15", "2026-11-22" },
    { "2024..", "2024-01-01", "*" },
    { "..2024", "*", "2025-01-01" },
    { "2024..*", "2024-01-01", "*" },
    { "2025..2024", "2025-01-01", "2025-01-01" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (NOW, zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OctavoDateRange range;
      gint64 from, until;
      g_autofree char *from_text = NULL, *until_text = NULL;

      g_assert_true (octavo_date_range_parse (rows[i].text, &range));
      octavo_date_range_resolve (&range, now, &from, &until);
      from_text = to_text (from, zone);
      until_text = to_text (until, zone);
      g_assert_cmpstr (from_text, ==, rows[i].from);
      g_assert_cmpstr (until_text, ==, rows[i].until);
    }
}

static void
test_no_dates (void)
{
  static const char *const texts[] = { "",           "soon",        "26",   "2026-", "2026-13", "2026-1",
                                       "2026-02-30", "2026-11-22x", "0000", "day",   "day-",    "day--1",
                                       "day-x",      "hour-1",      ">",    "<=",    "..",      "*..*",
                                       "2026..x",    "9999",        ">day", "2026 ", " 2026",   "day-12345" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      OctavoDateRange range;

      g_assert_false (octavo_date_range_parse (texts[i], &range));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-range/ranges", test_ranges);
  g_test_add_func ("/date-range/what-is-no-date", test_no_dates);
  return g_test_run ();
}
