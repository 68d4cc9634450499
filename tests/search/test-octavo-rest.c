/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-rest.h"

#include <glib.h>

#define SECOND (G_GINT64_CONSTANT (1000000))
#define MINUTE (60 * SECOND)

/* Somebody types for ten minutes: what is typed is saved every second for 20 s, then there is a pause of 5 s. */
static guint
count_updates (gint64 cost, gint64 *spent)
{
  OctavoRest rest = { 0 };
  gint64 due = G_MAXINT64;
  guint n_updates = 0;

  *spent = 0;
  for (gint64 now = MINUTE; now < 11 * MINUTE; now += SECOND / 10)
    {
      if (now % (25 * SECOND) < 20 * SECOND && now % SECOND == 0)
        due = octavo_rest_change (&rest, now);
      if (now < due)
        continue;
      if (!octavo_rest_is_over (&rest, now))
        {
          due = now + octavo_rest_put_off (&rest, now);
          continue;
        }
      octavo_rest_update (&rest, now + cost, cost);
      *spent += cost;
      due = G_MAXINT64;
      n_updates++;
    }
  return n_updates;
}

static void
test_typing (void)
{
  gint64 spent;
  guint n_small = count_updates (SECOND / 500, &spent);
  guint n_large;

  /* A small note: whenever it rests, and every 10 s where it does not. */
  g_assert_cmpuint (n_small, >=, 40);
  g_assert_cmpuint (n_small, <=, 72);

  /* A large one: at most so often that it takes one part of a hundred, and still every few minutes. */
  n_large = count_updates (SECOND / 4, &spent);
  g_test_message ("2 ms: %u updates; 250 ms: %u", n_small, n_large);
  g_assert_cmpint (spent, <=, 10 * MINUTE / 100 + SECOND / 4);
  g_assert_cmpuint (n_large, >=, 15);
  g_assert_cmpuint (n_large, <, n_small);
  g_assert_cmpuint (count_updates (60 * SECOND, &spent), ==, 2);
}

static void
test_when (void)
{
  OctavoRest rest = { 0 };
  gint64 now = MINUTE;

  g_assert_cmpint (octavo_rest_change (&rest, now), ==, now + 3 * SECOND);
  g_assert_cmpint (octavo_rest_change (&rest, now + SECOND), ==, now + 4 * SECOND);
  /* Changes that do not end. */
  g_assert_cmpint (octavo_rest_change (&rest, now + 9 * SECOND), ==, now + 10 * SECOND);
  g_assert_cmpint (octavo_rest_change (&rest, now + 15 * SECOND), ==, now + 15 * SECOND);
  g_assert_true (octavo_rest_is_over (&rest, now));

  octavo_rest_update (&rest, now, SECOND / 10);
  g_assert_false (octavo_rest_is_over (&rest, now + 10 * SECOND - 1));
  g_assert_true (octavo_rest_is_over (&rest, now + 10 * SECOND));
  g_assert_cmpint (octavo_rest_put_off (&rest, now + 4 * SECOND), ==, 6 * SECOND);
  g_assert_cmpint (octavo_rest_put_off (&rest, now + 40 * SECOND), ==, 0);
  octavo_rest_update (&rest, now, 60 * SECOND);
  g_assert_true (octavo_rest_is_over (&rest, now + 5 * MINUTE));

  /* What cost nothing again needs no rest. */
  octavo_rest_update (&rest, now, 0);
  g_assert_true (octavo_rest_is_over (&rest, now));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rest/ten-minutes-of-typing", test_typing);
  g_test_add_func ("/rest/when", test_when);
  return g_test_run ();
}
