/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-date-text.h"

#include <time.h>

/* The zone of these tests: UTC+1, +2 in summer. */
#define ZONE "Europe/Berlin"

static void
check (const char *text, const char *expected)
{
  gint64 date = 0;
  g_autofree char *found = NULL;

  if (octavo_date_text_parse (text, &date))
    found = octavo_date_text_format (date);
  if (g_strcmp0 (found, expected) != 0)
    g_error ("“%s” was read as %s, not as %s", text, found, expected);
}

static void
test_zones (void)
{
  check ("2021-05-01T16:40:00Z", "2021-05-01T16:40:00Z");
  check ("2021-05-01 16:40:00Z", "2021-05-01T16:40:00Z");
  check ("2021-05-01 16:40:00 Z", "2021-05-01T16:40:00Z");
  check ("2021-05-01 16:40:00 UTC", "2021-05-01T16:40:00Z");
  check ("2021-05-01T16:40:00+02:00", "2021-05-01T14:40:00Z");
  check ("2021-05-01 16:40:00 +0200", "2021-05-01T14:40:00Z");
  check ("2021-05-01T16:40:00-0530", "2021-05-01T22:10:00Z");
  check ("2001-12-14t21:59:43.10-05:00", "2001-12-15T02:59:43.100000Z");
  check ("2001-12-14 21:59:43.10 -5", "2001-12-15T02:59:43.100000Z");
  check ("2021-05-01 16:40 America/New_York", "2021-05-01T20:40:00Z");
}

static void
test_local_time (void)
{
  check ("2021-05-01 16:40:00", "2021-05-01T14:40:00Z");
  check ("2021-01-01 16:40", "2021-01-01T15:40:00Z");
  check ("2021-05-01T16:40", "2021-05-01T14:40:00Z");
  check ("2021-05-01", "2021-04-30T22:00:00Z");
  check ("  2021-05-01 ", "2021-04-30T22:00:00Z");
  check ("2021/05/01", "2021-04-30T22:00:00Z");
  check ("2021-5-1 9:05", "2021-05-01T07:05:00Z");
  check ("2021-05-01 4:40 PM", "2021-05-01T14:40:00Z");
  check ("2021-05-01 12:10 am", "2021-04-30T22:10:00Z");
  check ("2021-05-01, 16:40", "2021-05-01T14:40:00Z");
  check ("2021-05-01 24:00", "2021-05-01T22:00:00Z");
  check ("[[2021-05-01]]", "2021-04-30T22:00:00Z");
}

static void
test_compact (void)
{
  check ("20210501", "2021-04-30T22:00:00Z");
  check ("20210501T164000Z", "2021-05-01T16:40:00Z");
  check ("202105011640", "2021-05-01T14:40:00Z");
  check ("20210501164005", "2021-05-01T14:40:05Z");
  check ("20210501 16:40", "2021-05-01T14:40:00Z");
}

static void
test_words (void)
{
  check ("Sat, 1 May 2021 16:40:00 +0200", "2021-05-01T14:40:00Z");
  check ("Sat, 01 May 2021 16:40:00 GMT", "2021-05-01T16:40:00Z");
  check ("1 May 2021", "2021-04-30T22:00:00Z");
  check ("May 1st, 2021 4:40 pm", "2021-05-01T14:40:00Z");
  check ("Saturday, May 1, 2021 at 16:40", "2021-05-01T14:40:00Z");
  check ("01-May-2021", "2021-04-30T22:00:00Z");
  check ("Sat May 01 2021 16:40:00 GMT+0200 (Central European Summer Time)", "2021-05-01T14:40:00Z");
}

static void
test_counts (void)
{
  check ("1619887200", "2021-05-01T16:40:00Z");
  check ("1619887200123", "2021-05-01T16:40:00.123000Z");
  check ("1619887200123456", "2021-05-01T16:40:00.123456Z");
  check ("@1619887200.5", "2021-05-01T16:40:00.500000Z");
  check ("@-1.5", "1969-12-31T23:59:58.500000Z");
}

static void
test_no_dates (void)
{
  static const char *const texts[] = { "",
                                       "yesterday",
                                       "2021",
                                       "2021-05",
                                       "01/05/2021",
                                       "2021-13-01",
                                       "2021-02-30",
                                       "2021-05-01 25:00",
                                       "1 Smarch 21",
                                       "12:30",
                                       "2021-05-01 16:40 XQ",
                                       "2021-05-01T",
                                       "May",
                                       "2021-05-01x",
                                       "+02:00",
                                       "2021-05-012",
                                       "@",
                                       "99999999999999999999",
                                       "[[]]",
                                       "2021-05-01 16:4",
                                       "2021-05-01T16:40:00+99:00" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], NULL);
}

static void
test_format_and_back (void)
{
  const gint64 dates[] = { 0,
                           1,
                           -1,
                           -1000000,
                           1619887200123456,
                           -62135596800000000,
                           -62135596800000001, /* before year 1 */
                           253402300799999999,
                           253402300800000000, /* after year 9999 */
                           G_MAXINT64 - 2000000,
                           G_MININT64 + 2000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *text = octavo_date_text_format (dates[i]);
      gint64 read = 42;

      g_assert_true (octavo_date_text_parse (text, &read));
      g_assert_cmpint (read, ==, dates[i]);
    }
  for (int i = 0; i < 20000; i++)
    {
      gint64 date = g_test_rand_int () * G_GINT64_CONSTANT (2000003) + g_test_rand_int ();
      g_autofree char *text = octavo_date_text_format (date);
      gint64 read = 42;

      g_assert_true (octavo_date_text_parse (text, &read));
      g_assert_cmpint (read, ==, date);
    }
}

/* Whatever the bytes, it answers and reads nothing beyond them. */
static void
test_noise (void)
{
  static const char letters[] = "0123456789-:/.,TZ +@[]()MaySt PM\t";

  for (int i = 0; i < 50000; i++)
    {
      char noise[24] = { 0 };
      gint64 date;

      for (int n = g_test_rand_int_range (0, sizeof noise - 1); n > 0; n--)
        noise[n - 1] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      octavo_date_text_parse (noise, &date);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", ZONE, TRUE);
  tzset ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-text/zones-are-obeyed", test_zones);
  g_test_add_func ("/date-text/no-zone-is-local-time", test_local_time);
  g_test_add_func ("/date-text/compact", test_compact);
  g_test_add_func ("/date-text/months-by-name", test_words);
  g_test_add_func ("/date-text/counts-since-1970", test_counts);
  g_test_add_func ("/date-text/what-is-no-date-is-refused", test_no_dates);
  g_test_add_func ("/date-text/format-reads-back-to-the-microsecond", test_format_and_back);
  g_test_add_func ("/date-text/noise-is-survived", test_noise);
  return g_test_run ();
}
