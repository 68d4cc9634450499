/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-date-groups.h"

#include "octavo-error.h"
#include "octavo-store-private.h"

#include <glib/gi18n-lib.h>

/* A list of a million notes has some thirty parts, and a part ends where a note is of another one than the note before:
 * so a few hundred of the notes say where all of them begin. */

enum
{
  GROUP_PINNED = 1,
  GROUP_TODAY,
  GROUP_YESTERDAY,
  GROUP_WEEK,
  GROUP_MONTH,
  GROUP_MONTHS = 100,  /* and the number of a month of this year */
  GROUP_YEARS = 100000 /* and the number of a year */
};

struct _OctavoDateGroups
{
  GTimeZone *zone;
  int year;
  gint64 starts[GROUP_MONTH + 1]; /* of the groups that are so many days; microseconds since 1970, UTC */
};

static gint64
get_start_of_day (GDateTime *now, int days_ago)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -days_ago);
  g_autoptr (GDateTime) start =
      g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (day), g_date_time_get_month (day),
                       g_date_time_get_day_of_month (day), 0, 0, 0);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

/**
 * octavo_date_groups_new:
 * @now: the time it is, in the zone to go by
 *
 * Returns: (transfer full): the calendar of that day
 */
OctavoDateGroups *
octavo_date_groups_new (GDateTime *now)
{
  OctavoDateGroups *self;

  g_return_val_if_fail (now != NULL, NULL);

  self = g_atomic_rc_box_new0 (OctavoDateGroups);
  self->zone = g_time_zone_ref (g_date_time_get_timezone (now));
  self->year = g_date_time_get_year (now);
  self->starts[GROUP_TODAY] = get_start_of_day (now, 0);
  self->starts[GROUP_YESTERDAY] = get_start_of_day (now, 1);
  self->starts[GROUP_WEEK] = get_start_of_day (now, 7);
  self->starts[GROUP_MONTH] = get_start_of_day (now, 30);
  return self;
}

/**
 * octavo_date_groups_ref:
 * @self: a calendar
 *
 * Returns: (transfer full): @self
 */
OctavoDateGroups *
octavo_date_groups_ref (OctavoDateGroups *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_time_zone_unref (((OctavoDateGroups *) data)->zone);
}

/**
 * octavo_date_groups_unref:
 * @self: (transfer full) (nullable): a calendar
 */
void
octavo_date_groups_unref (OctavoDateGroups *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/**
 * octavo_date_groups_classify:
 * @self: a calendar
 * @pinned: whether the note is pinned
 * @when: the date it is sorted by, microseconds since 1970, UTC
 *
 * Returns: the group of the note
 */
int
octavo_date_groups_classify (OctavoDateGroups *self, gboolean pinned, gint64 when)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (pinned)
    return GROUP_PINNED;
  for (int group = GROUP_TODAY; group <= GROUP_MONTH; group++)
    if (when >= self->starts[group])
      return group;

  utc = g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC);
  time = utc != NULL ? g_date_time_to_timezone (utc, self->zone) : NULL;
  if (time == NULL)
    return GROUP_YEARS;
  if (g_date_time_get_year (time) == self->year)
    return GROUP_MONTHS + g_date_time_get_month (time);
  return GROUP_YEARS + g_date_time_get_year (time);
}

/**
 * octavo_date_groups_describe:
 * @self: a calendar
 * @group: a group
 *
 * Returns: (transfer full): what it is called
 */
char *
octavo_date_groups_describe (OctavoDateGroups *self, int group)
{
  g_autoptr (GDateTime) day = NULL;

  switch (group)
    {
    case GROUP_PINNED:
      return g_strdup (C_ ("group of notes", "Pinned"));
    case GROUP_TODAY:
      return g_strdup (C_ ("group of notes", "Today"));
    case GROUP_YESTERDAY:
      return g_strdup (C_ ("group of notes", "Yesterday"));
    case GROUP_WEEK:
      return g_strdup (C_ ("group of notes", "Previous 7 Days"));
    case GROUP_MONTH:
      return g_strdup (C_ ("group of notes", "Previous 30 Days"));
    default:
      break;
    }
  if (group >= GROUP_YEARS)
    return g_strdup_printf ("%d", group - GROUP_YEARS);
  day = g_date_time_new (self->zone, self->year, group - GROUP_MONTHS, 1, 0, 0, 0);
  return g_date_time_format (day, "%OB");
}

typedef struct
{
  OctavoDateGroups *groups;
  GArray *ids;
  OctavoSort sort;
  GArray *found;
} Find;

static void
find_free (gpointer data)
{
  Find *self = data;

  octavo_date_groups_unref (self->groups);
  g_array_unref (self->ids);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self);
}

/* group: (inout): left alone where the note is gone. Two columns of one row, for any thread: no object of the class. */
static gboolean
read_group (Find *self, OrmConnection *connection, guint position, int *group, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT pinned, created, updated FROM note WHERE id = ?", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, g_array_index (self->ids, gint64, position));
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *group =
        octavo_date_groups_classify (self->groups, orm_statement_get_int64 (statement, 0) != 0,
                                     orm_statement_get_int64 (statement, self->sort == OCTAVO_SORT_CREATED ? 1 : 2));
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/* The first position after this one that is of another group. */
static gboolean
find_end (Find *self, OrmConnection *connection, guint position, int group, guint *end, GError **error)
{
  guint low = position + 1;
  guint high = self->ids->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int there = group;

      if (!read_group (self, connection, middle, &there, error))
        return FALSE;
      if (there == group)
        low = middle + 1;
      else
        high = middle;
    }
  *end = low;
  return TRUE;
}

static gboolean
work_find (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Find *self = data;
  guint position = 0;

  g_clear_pointer (&self->found, g_array_unref);
  self->found = g_array_new (FALSE, FALSE, sizeof (OctavoGroupStart));
  while (position < self->ids->len && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      OctavoGroupStart start = { position, 0 };

      if (!read_group (self, connection, position, &start.group, error) ||
          !find_end (self, connection, position, start.group, &position, error))
        return FALSE;
      if (start.group != 0)
        g_array_append_val (self->found, start);
    }
  return position >= self->ids->len;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoStore *store = g_task_get_source_object (task);
  gpointer find = NULL;
  GError *error = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, &find, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&((Find *) find)->found), (GDestroyNotify) g_array_unref);
      return;
    }
  octavo_error_for_person (&error, octavo_store_get_path (store));
  g_task_return_error (task, error);
}

/**
 * octavo_date_groups_find_async:
 * @self: a calendar
 * @store: an open store
 * @ids: (element-type gint64): notes as a list has them, the pinned ones first, then the newest
 * @sort: %OCTAVO_SORT_UPDATED or %OCTAVO_SORT_CREATED: the date they are sorted by
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds where the groups begin. Main thread.
 */
void
octavo_date_groups_find_async (OctavoDateGroups *self,
                               OctavoStore *store,
                               GArray *ids,
                               OctavoSort sort,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  Find *find;

  g_return_if_fail (self != NULL && OCTAVO_IS_STORE (store) && ids != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_date_groups_find_async);
  find = g_new0 (Find, 1);
  find->groups = octavo_date_groups_ref (self);
  find->ids = g_array_ref (ids);
  find->sort = sort;
  orm_database_read_async (octavo_store_get_database (store), work_find, find, find_free, cancellable, on_found, task);
}

/**
 * octavo_date_groups_find_finish:
 * @store: the store that was asked
 * @result: what the callback got
 * @error: where to put an error
 *
 * Returns: (transfer full) (element-type OctavoGroupStart): where the groups begin, in order; %NULL with @error set
 */
GArray *
octavo_date_groups_find_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
