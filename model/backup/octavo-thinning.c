/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-thinning.h"

/* Days, weeks and months are those on which there are snapshots, not those before today: neither a clock that is set
 * wrong nor a long time without a note takes the last ones away. What a clock dated that went ahead takes no place of
 * what is made after it: that is thinned by itself. */

#define N_DAYS    7
#define N_WEEKS   4
#define N_MONTHS  12
#define N_SPECIAL 5

typedef enum
{
  DAY,
  WEEK,
  MONTH,
  N_PERIODS
} Period;

static const guint n_kept[N_PERIODS] = { N_DAYS, N_WEEKS, N_MONTHS };

/* A number that is the same throughout the period, and another one in any other. */
static int
get_period (gint64 time, Period period, GTimeZone *zone)
{
  gint64 seconds = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0 ? 1 : 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) date = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (date == NULL) /* no calendar has a day for it */
    return 0;
  if (period == DAY)
    return g_date_time_get_year (date) * 1000 + g_date_time_get_day_of_year (date);
  if (period == WEEK)
    return g_date_time_get_week_numbering_year (date) * 100 + g_date_time_get_week_of_year (date);
  return g_date_time_get_year (date) * 100 + g_date_time_get_month (date);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const OctavoThinning *first = *(const OctavoThinning *const *) a;
  const OctavoThinning *second = *(const OctavoThinning *const *) b;

  if (first->time != second->time)
    return first->time > second->time ? -1 : 1;
  return first < second ? 1 : -1; /* of the same moment, what stands later came later */
}

/* The newest of each of the last few periods. */
static void
keep_periods (GPtrArray *newest_first, Period period, GTimeZone *zone)
{
  int last = 0;
  guint n_periods = 0;

  for (guint i = 0; i < newest_first->len; i++)
    {
      OctavoThinning *snapshot = g_ptr_array_index (newest_first, i);
      int current = get_period (snapshot->time, period, zone);

      if (n_periods > 0 && current == last)
        continue;
      if (n_periods == n_kept[period])
        break;
      snapshot->is_kept = TRUE;
      last = current;
      n_periods++;
    }
}

static void
keep_special (GPtrArray *newest_first)
{
  guint n_special = 0;

  for (guint i = 0; i < newest_first->len && n_special < N_SPECIAL; i++)
    {
      OctavoThinning *snapshot = g_ptr_array_index (newest_first, i);

      if (!snapshot->is_special)
        continue;
      snapshot->is_kept = TRUE;
      n_special++;
    }
}

static void
keep (GPtrArray *snapshots, GTimeZone *zone)
{
  g_ptr_array_sort (snapshots, compare_newest_first);
  for (int period = 0; period < N_PERIODS; period++)
    keep_periods (snapshots, (Period) period, zone);
  keep_special (snapshots);
}

/**
 * octavo_thinning_run:
 * @snapshots: (array length=n_snapshots) (inout): in any order
 * @n_snapshots: how many there are
 * @now: the time, in microseconds since 1970, UTC
 * @zone: whose days, weeks (from Monday) and months count
 *
 * Sets is_kept of each: of the newest in each of the last seven days, four weeks and twelve months that have any, of
 * the last five special ones, and of the sacred ones; and the same of those that are more than a day ahead. Any thread.
 */
void
octavo_thinning_run (OctavoThinning *snapshots, guint n_snapshots, gint64 now, GTimeZone *zone)
{
  g_autoptr (GPtrArray) newest_first = g_ptr_array_sized_new (n_snapshots);
  g_autoptr (GPtrArray) ahead = g_ptr_array_new ();
  gint64 latest = MIN (now, G_MAXINT64 - G_TIME_SPAN_DAY) + G_TIME_SPAN_DAY;

  g_return_if_fail (snapshots != NULL || n_snapshots == 0);
  g_return_if_fail (zone != NULL);

  for (guint i = 0; i < n_snapshots; i++)
    {
      snapshots[i].is_kept = snapshots[i].is_sacred;
      g_ptr_array_add (snapshots[i].time > latest ? ahead : newest_first, &snapshots[i]);
    }
  keep (newest_first, zone);
  keep (ahead, zone);
}

/**
 * octavo_thinning_is_same_day:
 * @a: a time in microseconds since 1970, UTC
 * @b: another one
 * @zone: whose days count
 *
 * Returns: whether both are on one day
 */
gboolean
octavo_thinning_is_same_day (gint64 a, gint64 b, GTimeZone *zone)
{
  return get_period (a, DAY, zone) == get_period (b, DAY, zone);
}
