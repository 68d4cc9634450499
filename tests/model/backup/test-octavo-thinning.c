/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-thinning.h"

#include <string.h>

/* Times are written as somebody writes them, one a word: "2026-11-23T09:15:00Z", "!" before one that is special, "+"
 * before one that is sacred. */

static gint64
time_of (const char *text, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, zone);

  g_assert_nonnull (date);
  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static GArray *
parse (const char *const *words, GTimeZone *zone)
{
  GArray *snapshots = g_array_new (FALSE, TRUE, sizeof (OctavoThinning));

  for (guint i = 0; words[i] != NULL; i++)
    {
      OctavoThinning snapshot = { .is_special = words[i][0] == '!', .is_sacred = words[i][0] == '+' };

      snapshot.time = time_of (words[i] + (snapshot.is_special || snapshot.is_sacred ? 1 : 0), zone);
      g_array_append_val (snapshots, snapshot);
    }
  return snapshots;
}

/* Those that stay, in the order in which they were given. */
static void
assert_kept_at (const char *all, const char *kept, const char *zone_name, const char *now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_auto (GStrv) words = g_strsplit (all, " ", -1);
  g_autoptr (GArray) snapshots = parse ((const char *const *) words, zone);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_nonnull (zone);
  octavo_thinning_run ((OctavoThinning *) (gpointer) snapshots->data, snapshots->len,
                       now != NULL ? time_of (now, zone) : G_MAXINT64, zone);
  for (guint i = 0; i < snapshots->len; i++)
    if (g_array_index (snapshots, OctavoThinning, i).is_kept)
      g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", words[i]);
  g_assert_cmpstr (found->str, ==, kept);
}

static void
assert_kept (const char *all, const char *kept, const char *zone_name)
{
  assert_kept_at (all, kept, zone_name, NULL);
}

static void
test_none (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  octavo_thinning_run (NULL, 0, 0, zone);
  assert_kept ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z", "UTC");
}

static void
test_several_a_day (void)
{
  assert_kept ("2026-11-23T08:00:00Z 2026-11-23T20:00:00Z 2026-11-23T12:00:00Z", "2026-11-23T20:00:00Z", "UTC");
}

/* Of the same second, what stands later came later. */
static void
test_same_moment (void)
{
  assert_kept ("2026-11-23T08:00:00Z +2026-11-23T08:00:00Z 2026-11-23T08:00:00Z",
               "+2026-11-23T08:00:00Z 2026-11-23T08:00:00Z", "UTC");
}

/* A year of days: seven days, the Sundays of three weeks more, and the last days of the months. */
static void
test_each_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GArray) snapshots = g_array_new (FALSE, TRUE, sizeof (OctavoThinning));
  g_autoptr (GString) kept = g_string_new (NULL);
  gint64 first = time_of ("2025-08-01T10:00:00Z", zone);

  for (int day = 0; day < 480; day++) /* to 2026-11-23, a Monday */
    {
      OctavoThinning snapshot = { .time = first + day * (gint64) G_TIME_SPAN_DAY };

      g_array_append_val (snapshots, snapshot);
    }
  octavo_thinning_run ((OctavoThinning *) (gpointer) snapshots->data, snapshots->len, G_MAXINT64, zone);
  for (guint i = 0; i < snapshots->len; i++)
    {
      const OctavoThinning *snapshot = &g_array_index (snapshots, OctavoThinning, i);
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (snapshot->time / G_USEC_PER_SEC);
      g_autofree char *text = g_date_time_format (date, "%Y-%m-%d ");

      if (snapshot->is_kept)
        g_string_append (kept, text);
    }
  g_assert_cmpstr (kept->str, ==,
                   "2025-12-31 2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31 "
                   "2026-08-31 2026-09-30 2026-10-31 2026-11-08 2026-11-15 2026-11-17 2026-11-18 2026-11-19 2026-11-20 "
                   "2026-11-21 2026-11-22 2026-11-23 ");
}

/* Thinned each day, as it is, what is left is what thinning all at once would leave. */
static void
test_day_after_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GArray) left = g_array_new (FALSE, TRUE, sizeof (OctavoThinning));
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (OctavoThinning));
  gint64 first = time_of ("2024-01-01T10:00:00Z", zone);
  guint n_kept = 0;

  for (int day = 0; day < 1000; day++)
    {
      OctavoThinning snapshot = { .time = first + day * (gint64) G_TIME_SPAN_DAY };

      g_array_append_val (left, snapshot);
      g_array_append_val (all, snapshot);
      octavo_thinning_run ((OctavoThinning *) (gpointer) left->data, left->len, G_MAXINT64, zone);
      for (guint i = left->len; i > 0; i--)
        if (!g_array_index (left, OctavoThinning, i - 1).is_kept)
          g_array_remove_index (left, i - 1);
      g_assert_cmpuint (left->len, <=, 7 + 4 + 12);
    }
  octavo_thinning_run ((OctavoThinning *) (gpointer) all->data, all->len, G_MAXINT64, zone);
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, OctavoThinning, i).is_kept)
      {
        gint64 expected = g_array_index (left, OctavoThinning, n_kept).time;

        g_assert_cmpint (g_array_index (all, OctavoThinning, i).time, ==, expected);
        n_kept++;
      }
  g_assert_cmpuint (n_kept, ==, left->len);
}

/* Who writes once a year loses nothing by that. */
static void
test_gaps (void)
{
  const char *years = "2015-03-01T00:00:00Z 2018-03-01T00:00:00Z 2021-05-01T00:00:00Z 2026-11-23T00:00:00Z";

  assert_kept (years, years, "UTC");
}

/* Back to 1970, and on to 2099: neither takes the place of more than one. */
static void
test_clock_set_wrong (void)
{
  assert_kept ("2026-11-20T10:00:00Z 2026-11-21T10:00:00Z +1970-01-01T00:00:10Z",
               "2026-11-20T10:00:00Z 2026-11-21T10:00:00Z +1970-01-01T00:00:10Z", "UTC");
  assert_kept ("2026-11-14T10:00:00Z 2026-11-15T10:00:00Z 2026-11-16T10:00:00Z 2026-11-17T10:00:00Z "
               "2026-11-18T10:00:00Z 2026-11-19T10:00:00Z 2026-11-20T10:00:00Z 2099-01-01T10:00:00Z",
               "2026-11-15T10:00:00Z 2026-11-16T10:00:00Z 2026-11-17T10:00:00Z "
               "2026-11-18T10:00:00Z 2026-11-19T10:00:00Z 2026-11-20T10:00:00Z 2099-01-01T10:00:00Z",
               "UTC");
}

/* What was just made stays, whatever the clock says, until the next one is. */
static void
test_made_with_a_clock_set_back (void)
{
  g_autoptr (GString) all = g_string_new ("+2001-01-01T10:00:00Z 2001-01-01T09:00:00Z");

  for (int month = 1; month <= 12; month++)
    g_string_append_printf (all, " 2026-%02d-10T10:00:00Z", month);
  {
    g_autofree char *without = g_strdup (all->str);
    char *middle = strstr (without, " 2001-01-01T09");

    memmove (middle, middle + strlen (" 2001-01-01T09:00:00Z"), strlen (middle + strlen (" 2001-01-01T09:00:00Z")) + 1);
    assert_kept (all->str, without, "UTC");
  }
}

/* 23:30 and 00:30 are one day in one place, and two in another. */
static void
test_time_zones (void)
{
  const char *both = "2026-11-22T23:30:00Z 2026-11-23T00:30:00Z";

  assert_kept (both, both, "UTC");
  assert_kept (both, "2026-11-23T00:30:00Z", "+01:00");
  assert_kept (both, "2026-11-23T00:30:00Z", "-05:00");
  assert_kept ("2026-11-22T11:30:00Z 2026-11-22T12:30:00Z", "2026-11-22T11:30:00Z 2026-11-22T12:30:00Z", "+12:00");
}

/* The hour that comes twice in the autumn. */
static void
test_summer_time (void)
{
  assert_kept ("2026-10-25T00:30:00Z 2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z", "Europe/Berlin");
}

/* The 29th of December 2025 is in the first week of 2026, the 1st of January 2027 in the last one of 2026. */
static void
test_weeks_at_the_turn_of_the_year (void)
{
  g_autoptr (GString) all = g_string_new ("2025-12-28T10:00:00Z 2025-12-29T10:00:00Z 2026-01-04T10:00:00Z");
  g_autofree char *kept = NULL;

  /* seven days of one week, so that only weeks and months speak for what is before */
  for (int day = 5; day <= 11; day++)
    g_string_append_printf (all, " 2026-01-%02dT10:00:00Z", day);
  kept = g_strdup (all->str);
  {
    char *middle = strstr (kept, " 2025-12-29");

    /* last of December: 29th; last of the weeks: 28th, 4th */
    g_assert_nonnull (middle);
  }
  assert_kept (all->str, kept, "UTC");
}

static void
test_special (void)
{
  assert_kept ("!2026-11-23T01:00:00Z !2026-11-23T02:00:00Z !2026-11-23T03:00:00Z !2026-11-23T04:00:00Z "
               "!2026-11-23T05:00:00Z !2026-11-23T06:00:00Z 2026-11-23T07:00:00Z 2026-11-23T08:00:00Z",
               "!2026-11-23T02:00:00Z !2026-11-23T03:00:00Z !2026-11-23T04:00:00Z !2026-11-23T05:00:00Z "
               "!2026-11-23T06:00:00Z 2026-11-23T08:00:00Z",
               "UTC");
}

/* No calendar has a day for them. */
static void
test_times_beyond (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  OctavoThinning snapshots[] = { { .time = G_MAXINT64 }, { .time = G_MININT64 }, { .time = -1 }, { .time = 0 } };

  octavo_thinning_run (snapshots, G_N_ELEMENTS (snapshots), G_MAXINT64, zone);
  g_assert_true (snapshots[0].is_kept);
  g_assert_true (snapshots[3].is_kept);
  g_assert_true (snapshots[2].is_kept); /* the last second of 1969 */
}

static void
test_same_day (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) east = g_time_zone_new_identifier ("+02:00");
  gint64 evening = time_of ("2026-11-22T23:00:00Z", utc);
  gint64 morning = time_of ("2026-11-23T08:00:00Z", utc);

  g_assert_false (octavo_thinning_is_same_day (evening, morning, utc));
  g_assert_true (octavo_thinning_is_same_day (evening, morning, east));
  g_assert_false (octavo_thinning_is_same_day (evening, evening + 365 * (gint64) G_TIME_SPAN_DAY, utc));
}

/* What a clock dated that was ten years ahead for a week takes no place of what is made since. */
static void
test_clock_that_was_ahead (void)
{
  static const char ahead[] = "2036-05-01T09:00:00Z 2036-05-02T09:00:00Z 2036-05-03T09:00:00Z 2036-05-04T09:00:00Z "
                              "2036-05-05T09:00:00Z 2036-05-06T09:00:00Z 2036-05-07T09:00:00Z";
  static const char since[] = "2026-11-17T09:00:00Z 2026-11-18T09:00:00Z 2026-11-19T09:00:00Z 2026-11-20T09:00:00Z "
                              "2026-11-21T09:00:00Z 2026-11-22T09:00:00Z 2026-11-23T09:00:00Z";
  g_autofree char *all = g_strdup_printf ("%s 2026-11-16T09:00:00Z %s 2026-11-23T08:00:00Z", ahead, since);
  g_autofree char *both = g_strdup_printf ("%s %s", ahead, since);

  assert_kept_at (all, both, "UTC", "2026-11-23T09:00:00Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thinning/none", test_none);
  g_test_add_func ("/thinning/clock-that-was-ahead", test_clock_that_was_ahead);
  g_test_add_func ("/thinning/several-a-day", test_several_a_day);
  g_test_add_func ("/thinning/same-moment", test_same_moment);
  g_test_add_func ("/thinning/each-day", test_each_day);
  g_test_add_func ("/thinning/day-after-day", test_day_after_day);
  g_test_add_func ("/thinning/gaps", test_gaps);
  g_test_add_func ("/thinning/clock-set-wrong", test_clock_set_wrong);
  g_test_add_func ("/thinning/made-with-a-clock-set-back", test_made_with_a_clock_set_back);
  g_test_add_func ("/thinning/time-zones", test_time_zones);
  g_test_add_func ("/thinning/summer-time", test_summer_time);
  g_test_add_func ("/thinning/weeks-at-the-turn-of-the-year", test_weeks_at_the_turn_of_the_year);
  g_test_add_func ("/thinning/special", test_special);
  g_test_add_func ("/thinning/times-beyond", test_times_beyond);
  g_test_add_func ("/thinning/same-day", test_same_day);
  return g_test_run ();
}
