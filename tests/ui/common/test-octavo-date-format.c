/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "octavo-date-format.h"

static void
check (const char *when, const char *now, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("UTC");
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (when, zone);
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (now, zone);
  g_autofree char *text = octavo_date_format_relative (g_date_time_to_unix (then) * G_USEC_PER_SEC, at);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_near (void)
{
  check ("2026-11-22T09:05:00Z", "2026-11-22T23:59:00Z", "09:05");
  check ("2026-11-21T23:59:00Z", "2026-11-22T00:01:00Z", "Yesterday");
  check ("2026-11-20T12:00:00Z", "2026-11-22T00:01:00Z", "Friday");
  check ("2026-11-16T12:00:00Z", "2026-11-22T12:00:00Z", "Monday");
}

static void
test_far (void)
{
  check ("2026-11-15T12:00:00Z", "2026-11-22T12:00:00Z", "15 Nov");
  check ("2025-12-31T12:00:00Z", "2026-01-20T12:00:00Z", "31 Dec 2025");
  check ("1970-01-01T00:00:00Z", "2026-01-20T12:00:00Z", "1 Jan 1970");
}

static void
test_over_new_year (void)
{
  check ("2025-12-31T23:00:00Z", "2026-01-01T08:00:00Z", "Yesterday");
}

static void
test_future (void)
{
  check ("2026-11-23T12:00:00Z", "2026-11-22T12:00:00Z", "23 Nov");
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-22T08:00:00+09:00", zone);
  /* 23:30 UTC on the 21st is half past eight in the morning of the 22nd there */
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 ("2026-11-21T23:30:00Z", zone);
  g_autofree char *text = octavo_date_format_relative (g_date_time_to_unix (then) * G_USEC_PER_SEC, now);

  g_assert_cmpstr (text, ==, "08:30");
}

static void
test_out_of_range (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *late = octavo_date_format_relative (G_MAXINT64, now);

  g_assert_cmpstr (late, ==, "");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date-format/near", test_near);
  g_test_add_func ("/date-format/far", test_far);
  g_test_add_func ("/date-format/over-new-year", test_over_new_year);
  g_test_add_func ("/date-format/future", test_future);
  g_test_add_func ("/date-format/zone", test_zone);
  g_test_add_func ("/date-format/out-of-range", test_out_of_range);

  return g_test_run ();
}
