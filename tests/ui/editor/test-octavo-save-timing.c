/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-save-timing"

#include "octavo-save-timing.h"

#define MS    G_TIME_SPAN_MILLISECOND
#define START (1000 * MS)

static gint64
get_due (OctavoSaveTiming *timing)
{
  gint64 due = -1;

  g_assert_true (octavo_save_timing_get_due (timing, &due));
  return due;
}

static void
test_nothing_typed_nothing_due (void)
{
  OctavoSaveTiming timing = { 0 };
  gint64 due;

  g_assert_false (octavo_save_timing_get_due (&timing, &due));
  octavo_save_timing_edited (&timing, START);
  octavo_save_timing_started (&timing);
  octavo_save_timing_succeeded (&timing);
  g_assert_false (octavo_save_timing_get_due (&timing, &due));
}

static void
test_a_pause_is_the_moment (void)
{
  OctavoSaveTiming timing = { 0 };

  octavo_save_timing_edited (&timing, START);
  g_assert_cmpint (get_due (&timing), ==, START + OCTAVO_SAVE_TIMING_REST);
  octavo_save_timing_edited (&timing, START + 300 * MS);
  g_assert_cmpint (get_due (&timing), ==, START + 300 * MS + OCTAVO_SAVE_TIMING_REST);
}

static void
test_never_later_than_a_second (void)
{
  OctavoSaveTiming timing = { 0 };

  for (gint64 now = START; now < START + 10 * G_TIME_SPAN_SECOND; now += 50 * MS)
    {
      octavo_save_timing_edited (&timing, now);
      g_assert_cmpint (get_due (&timing), <=, START + OCTAVO_SAVE_TIMING_LIMIT);
    }
  g_assert_cmpint (OCTAVO_SAVE_TIMING_LIMIT, <, G_TIME_SPAN_SECOND);
}

static void
test_typing_during_a_save_is_due_again (void)
{
  OctavoSaveTiming timing = { 0 };

  octavo_save_timing_edited (&timing, START);
  octavo_save_timing_started (&timing);
  octavo_save_timing_edited (&timing, START + 700 * MS);
  octavo_save_timing_succeeded (&timing);
  g_assert_cmpint (get_due (&timing), ==, START + 700 * MS + OCTAVO_SAVE_TIMING_REST);
}

static void
test_failures_are_tried_again_ever_later (void)
{
  static const int seconds[] = { 1, 2, 4, 8, 16, 30, 30, 30 };
  OctavoSaveTiming timing = { 0 };
  gint64 now = START;

  octavo_save_timing_edited (&timing, now);
  for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      octavo_save_timing_started (&timing);
      octavo_save_timing_failed (&timing, now);
      octavo_save_timing_edited (&timing, now + 1);
      g_assert_cmpint (get_due (&timing), ==, now + seconds[i] * G_TIME_SPAN_SECOND);
      now = get_due (&timing);
    }

  octavo_save_timing_started (&timing);
  octavo_save_timing_succeeded (&timing);
  octavo_save_timing_edited (&timing, now);
  octavo_save_timing_started (&timing);
  octavo_save_timing_failed (&timing, now);
  g_assert_cmpint (get_due (&timing), ==, now + G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/save-timing/nothing-typed-nothing-due", test_nothing_typed_nothing_due);
  g_test_add_func ("/save-timing/a-pause-is-the-moment", test_a_pause_is_the_moment);
  g_test_add_func ("/save-timing/never-later-than-a-second", test_never_later_than_a_second);
  g_test_add_func ("/save-timing/typing-during-a-save-is-due-again", test_typing_during_a_save_is_due_again);
  g_test_add_func ("/save-timing/failures-are-tried-again-ever-later", test_failures_are_tried_again_ever_later);
  return g_test_run ();
}
