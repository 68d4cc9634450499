/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-date-groups.h"

#include <locale.h>

/* 2026-03-05 10:00, a Thursday. */
static OctavoDateGroups *
make_groups (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autoptr (GDateTime) now = g_date_time_new (zone, 2026, 3, 5, 10, 0, 0);

  return octavo_date_groups_new (now);
}

static gint64
at (int year, int month, int day, int hour)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
assert_group (OctavoDateGroups *groups, gboolean pinned, gint64 when, const char *expected)
{
  g_autofree char *label = octavo_date_groups_describe (groups, octavo_date_groups_classify (groups, pinned, when));

  g_assert_cmpstr (label, ==, expected);
}

static void
test_names (void)
{
  g_autoptr (OctavoDateGroups) groups = make_groups ();

  assert_group (groups, TRUE, at (2001, 1, 1, 0), "Pinned");
  assert_group (groups, FALSE, at (2026, 3, 6, 0), "Today");
  assert_group (groups, FALSE, at (2026, 3, 5, 0), "Today");
  assert_group (groups, FALSE, at (2026, 3, 5, 0) - 1, "Yesterday");
  assert_group (groups, FALSE, at (2026, 3, 4, 0), "Yesterday");
  assert_group (groups, FALSE, at (2026, 3, 4, 0) - 1, "Previous 7 Days");
  assert_group (groups, FALSE, at (2026, 2, 26, 0), "Previous 7 Days");
  assert_group (groups, FALSE, at (2026, 2, 26, 0) - 1, "Previous 30 Days");
  assert_group (groups, FALSE, at (2026, 2, 3, 0), "Previous 30 Days");
  assert_group (groups, FALSE, at (2026, 2, 2, 23), "February");
  assert_group (groups, FALSE, at (2026, 1, 1, 0), "January");
  assert_group (groups, FALSE, at (2026, 1, 1, 0) - 1, "2025");
  assert_group (groups, FALSE, at (1969, 7, 20, 0), "1969");
}

static GArray *
find (ModelTest *self, OctavoDateGroups *groups, GArray *ids, OctavoSort sort)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *starts;

  octavo_date_groups_find_async (groups, self->store, ids, sort, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  starts = octavo_date_groups_find_finish (self->store, result, &error);
  g_assert_no_error (error);
  return starts;
}

/* expected: “position label, …” */
static void
assert_starts (OctavoDateGroups *groups, GArray *starts, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < starts->len; i++)
    {
      const OctavoGroupStart *start = &g_array_index (starts, OctavoGroupStart, i);
      g_autofree char *label = octavo_date_groups_describe (groups, start->group);

      g_string_append_printf (text, "%s%u %s", i > 0 ? ", " : "", start->position, label);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
add_dated (ModelTest *self, GArray *ids, gint64 updated, gint64 created, gboolean pinned, guint n_notes)
{
  for (guint i = 0; i < n_notes; i++)
    {
      gint64 id = model_test_add_note (self, "a", "", "");
      g_autofree char *sql =
          g_strdup_printf ("UPDATE note SET updated = %" G_GINT64_FORMAT ", created = %" G_GINT64_FORMAT
                           ", pinned = %d WHERE id = %" G_GINT64_FORMAT,
                           updated, created, pinned, id);

      model_test_execute (self->path, sql);
      g_array_append_val (ids, id);
    }
}

static void
test_find (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoDateGroups) groups = make_groups ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) by_update = NULL;
  g_autoptr (GArray) by_creation = NULL;
  g_autoptr (GArray) of_none = NULL;

  of_none = find (self, groups, none, OCTAVO_SORT_UPDATED);
  assert_starts (groups, of_none, "");
  add_dated (self, ids, at (2020, 1, 1, 0), at (2020, 1, 1, 0), TRUE, 2);
  add_dated (self, ids, at (2026, 3, 5, 9), at (2019, 1, 1, 0), FALSE, 1);
  add_dated (self, ids, at (2026, 2, 1, 0), at (2019, 1, 1, 0), FALSE, 30);
  add_dated (self, ids, at (2024, 2, 1, 0), at (2018, 1, 1, 0), FALSE, 7);
  by_update = find (self, groups, ids, OCTAVO_SORT_UPDATED);
  assert_starts (groups, by_update, "0 Pinned, 2 Today, 3 February, 33 2024");
  by_creation = find (self, groups, ids, OCTAVO_SORT_CREATED);
  assert_starts (groups, by_creation, "0 Pinned, 2 2019, 33 2018");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date-groups/names", test_names);
  g_test_add ("/date-groups/find", ModelTest, NULL, model_test_set_up, test_find, model_test_tear_down);

  return g_test_run ();
}
