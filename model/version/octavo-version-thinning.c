/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-version-thinning.h"

/* Days and months are those in which there are versions, and not those before today: neither a clock that is set wrong
 * nor a long time in which nobody writes takes the last ones away. The order is that in which they were kept. Days are
 * those of UTC, as the same file is looked at in several places; two of them have the last 24 hours in them, wherever
 * one is. A day counts once, however often a clock that jumps comes back to it. */

#define N_DAYS_OF_ALL   2
#define N_DAYS_OF_HOURS 7
#define N_DAYS_OF_DAYS  30

/* As a day of the calendar has 24 hours, these numbers are those of whole hours and days. */
static gint64
get_hour (gint64 time)
{
  return time / G_TIME_SPAN_HOUR - (time % G_TIME_SPAN_HOUR < 0 ? 1 : 0);
}

static gint64
get_day (gint64 time)
{
  return time / G_TIME_SPAN_DAY - (time % G_TIME_SPAN_DAY < 0 ? 1 : 0);
}

static gint64
get_month (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (get_day (time) * 24 * 60 * 60);

  if (date == NULL) /* no calendar has a day for it */
    return 0;
  return g_date_time_get_year (date) * 12 + g_date_time_get_month (date);
}

/* Which of the days it is, from the last one back: 1, 2, … */
static guint
number_day (GHashTable *days, gint64 day)
{
  gpointer number = g_hash_table_lookup (days, &day);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (days) + 1);
      g_hash_table_insert (days, g_memdup2 (&day, sizeof day), number);
    }
  return GPOINTER_TO_UINT (number);
}

/**
 * octavo_version_thinning_run:
 * @newest_first: (array length=n_versions) (inout): the versions of a note
 * @n_versions: how many there are
 *
 * Sets is_kept of each. Kept are all of the last two days that have any, though no more than the last
 * %OCTAVO_VERSION_THINNING_ALL; the last of each hour in these and the seven days before; the last of each day in the
 * thirty before; the last of each month before that; and the first of all. Any thread.
 */
void
octavo_version_thinning_run (OctavoVersionThinning *newest_first, guint n_versions)
{
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL); /* day → which one */

  g_return_if_fail (newest_first != NULL || n_versions == 0);

  for (guint i = 0; i < n_versions; i++)
    {
      gint64 made = newest_first[i].made;
      gint64 later = i > 0 ? newest_first[i - 1].made : 0;
      gboolean is_last_of_month = i == 0 || get_month (made) != get_month (later);
      gboolean is_last_of_day = is_last_of_month || get_day (made) != get_day (later);
      gboolean is_last_of_hour = is_last_of_day || get_hour (made) != get_hour (later);
      guint n_days = number_day (days, get_day (made));

      newest_first[i].is_kept = is_last_of_month || i == n_versions - 1 ||
                                (is_last_of_day && n_days <= N_DAYS_OF_ALL + N_DAYS_OF_HOURS + N_DAYS_OF_DAYS) ||
                                (is_last_of_hour && n_days <= N_DAYS_OF_ALL + N_DAYS_OF_HOURS) ||
                                (n_days <= N_DAYS_OF_ALL && i < OCTAVO_VERSION_THINNING_ALL);
    }
}
