/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-sittings.h"

#define NOON G_GINT64_CONSTANT (1700000000000000)

static gboolean
is_over (OctavoSittings *self, gint64 note_id, gint64 after, OctavoVersionReason expected)
{
  OctavoVersionReason reason;
  gboolean over = octavo_sittings_is_over (self, note_id, NOON, NOON + after, &reason);

  if (over)
    g_assert_cmpint (reason, ==, expected);
  return over;
}

/* One that was never written in here was left at some time. */
static void
test_first (void)
{
  g_autoptr (OctavoSittings) self = octavo_sittings_new ();

  g_assert_true (is_over (self, 1, 0, OCTAVO_VERSION_LEFT));
  octavo_sittings_begin (self, 1);
  g_assert_false (is_over (self, 1, G_TIME_SPAN_SECOND, OCTAVO_VERSION_LEFT));
  g_assert_true (is_over (self, 2, 0, OCTAVO_VERSION_LEFT));
}

static void
test_end (void)
{
  g_autoptr (OctavoSittings) self = octavo_sittings_new ();

  octavo_sittings_begin (self, 1);
  octavo_sittings_end (self, 1, OCTAVO_VERSION_LEFT);
  g_assert_true (is_over (self, 1, 0, OCTAVO_VERSION_LEFT));
  octavo_sittings_begin (self, 1);
  octavo_sittings_end (self, 1, OCTAVO_VERSION_MERGE);
  g_assert_true (is_over (self, 1, 0, OCTAVO_VERSION_MERGE));
  octavo_sittings_begin (self, 1);
  g_assert_false (is_over (self, 1, 0, OCTAVO_VERSION_LEFT));
}

/* By the clock, which may have been set back. */
static void
test_rest (void)
{
  g_autoptr (OctavoSittings) self = octavo_sittings_new ();

  octavo_sittings_begin (self, 1);
  g_assert_false (is_over (self, 1, OCTAVO_SITTINGS_REST - 1, OCTAVO_VERSION_REST));
  g_assert_true (is_over (self, 1, OCTAVO_SITTINGS_REST, OCTAVO_VERSION_REST));
  g_assert_false (is_over (self, 1, -G_TIME_SPAN_DAY, OCTAVO_VERSION_REST));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sittings/first", test_first);
  g_test_add_func ("/sittings/end", test_end);
  g_test_add_func ("/sittings/rest", test_rest);
  return g_test_run ();
}
