/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-version-thinning.h"

#include "model-test.h"

#define NOW (G_GINT64_CONSTANT (20600) * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR) /* some noon */

/* As many as are kept of versions that were made every so often, the last one now. */
static guint
count_kept (OctavoVersionThinning *versions, guint n_versions)
{
  guint n_kept = 0;

  octavo_version_thinning_run (versions, n_versions);
  for (guint i = 0; i < n_versions; i++)
    n_kept += versions[i].is_kept;
  return n_kept;
}

static OctavoVersionThinning *
make (guint n_versions, gint64 interval)
{
  OctavoVersionThinning *versions = g_new0 (OctavoVersionThinning, MAX (n_versions, 1));

  for (guint i = 0; i < n_versions; i++)
    versions[i] = (OctavoVersionThinning){ .id = n_versions - i, .made = NOW - i * interval };
  return versions;
}

static void
test_ages (void)
{
  g_autofree OctavoVersionThinning *quarters = make (4 * 24 * 400, 15 * G_TIME_SPAN_MINUTE);
  guint n = 0;

  /* today until noon and yesterday: each; seven days: each hour; thirty days: each day; the rest of 400: each month */
  n += 12 * 4 + 1 + 24 * 4;
  n += 7 * 24;
  n += 30;
  octavo_version_thinning_run (quarters, 4 * 24 * 400);
  for (guint i = 0; i < 4 * 24 * 400; i++)
    if (i < n - 7 * 24 - 30)
      g_assert_true (quarters[i].is_kept);
  g_assert_cmpuint (count_kept (quarters, 4 * 24 * 400), >=, n + 11);
  g_assert_cmpuint (count_kept (quarters, 4 * 24 * 400), <=, n + 13);
  g_assert_true (quarters[4 * 24 * 400 - 1].is_kept);
}

static void
test_last_of_each (void)
{
  g_autofree OctavoVersionThinning *versions = make (4 * 24 * 20, 15 * G_TIME_SPAN_MINUTE);
  gint64 hour = G_TIME_SPAN_HOUR;

  octavo_version_thinning_run (versions, 4 * 24 * 20);
  /* among those of an hour, the last; likewise of a day */
  for (guint i = 1; i < 4 * 24 * 8; i++)
    if (versions[i].made / hour != versions[i - 1].made / hour)
      g_assert_true (versions[i].is_kept);
  for (guint i = 1; i < 4 * 24 * 20; i++)
    if (versions[i].made / (24 * hour) != versions[i - 1].made / (24 * hour))
      g_assert_true (versions[i].is_kept);
}

/* What was thinned is not thinned further by being looked at again, nor by another version: only by getting older. */
static void
test_again (void)
{
  g_autofree OctavoVersionThinning *versions = make (4 * 24 * 100, 15 * G_TIME_SPAN_MINUTE);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (OctavoVersionThinning));
  guint n;

  octavo_version_thinning_run (versions, 4 * 24 * 100);
  for (guint i = 0; i < 4 * 24 * 100; i++)
    if (versions[i].is_kept)
      g_array_append_val (kept, versions[i]);
  n = count_kept ((OctavoVersionThinning *) (gpointer) kept->data, kept->len);
  g_assert_cmpuint (n, ==, kept->len);
}

/* A clock that was years ahead, or behind, once: nothing of the last days is lost by it. */
static void
test_clock (void)
{
  for (int way = -1; way <= 1; way += 2)
    {
      g_autofree OctavoVersionThinning *versions = make (30, 20 * G_TIME_SPAN_MINUTE);

      versions[0].made += way * 3000 * G_TIME_SPAN_DAY;
      g_assert_cmpuint (count_kept (versions, 30), ==, 30);
      g_assert_true (versions[0].is_kept);
    }
}

static void
test_few (void)
{
  g_autofree OctavoVersionThinning *years = make (30, 400 * G_TIME_SPAN_DAY);

  octavo_version_thinning_run (NULL, 0);
  g_assert_cmpuint (count_kept (years, 30), ==, 30);
  g_assert_cmpuint (count_kept (years, 1), ==, 1);
  years[0].made = G_MININT64;
  years[1].made = G_MAXINT64;
  g_assert_cmpuint (count_kept (years, 2), ==, 2);
}

/* Who writes a version every second does not fill the disk. */
static void
test_many (void)
{
  g_autofree OctavoVersionThinning *versions = make (5000, G_TIME_SPAN_SECOND);

  g_assert_cmpuint (count_kept (versions, 5000), <=, OCTAVO_VERSION_THINNING_ALL + 3);
  g_assert_true (versions[OCTAVO_VERSION_THINNING_ALL - 1].is_kept);
  g_assert_true (versions[4999].is_kept);
}

/* A clock that jumps ten years ahead and back, again and again, has only days more. */
static void
test_clock_that_jumps (void)
{
  g_autofree OctavoVersionThinning *versions = make (200, G_TIME_SPAN_MINUTE);

  for (guint i = 0; i < 200; i++)
    if (i % 10 == 9)
      versions[i].made += 3650 * G_TIME_SPAN_DAY;
  g_assert_cmpuint (count_kept (versions, 200), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version-thinning/ages", test_ages);
  g_test_add_func ("/version-thinning/clock-that-jumps", test_clock_that_jumps);
  g_test_add_func ("/version-thinning/last-of-each", test_last_of_each);
  g_test_add_func ("/version-thinning/again", test_again);
  g_test_add_func ("/version-thinning/clock", test_clock);
  g_test_add_func ("/version-thinning/few", test_few);
  g_test_add_func ("/version-thinning/many", test_many);
  return g_test_run ();
}
