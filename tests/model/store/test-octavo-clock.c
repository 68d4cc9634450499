/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-clock.h"

#include "model-test.h"
#include "octavo-schema.h"

#define DAY  G_TIME_SPAN_DAY
#define YEAR (365 * DAY)
#define NOW  (56 * YEAR)

static OrmConnection *
make_connection (void)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  g_autoptr (GError) error = NULL;
  OrmConnection *connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, &error);

  g_assert_no_error (error);
  orm_migrate (connection, (const OrmMigration *) (gpointer) migrations->data, migrations->len, &error);
  g_assert_no_error (error);
  return connection;
}

static void
assert_sure (OrmConnection *connection, gint64 now, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  gint64 peeked, sure;

  octavo_clock_peek (connection, now, &peeked, &error);
  g_assert_no_error (error);
  octavo_clock_look (connection, now, &sure, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sure, ==, expected);
  g_assert_cmpint (peeked, ==, expected);
}

static void
test_goes_on (void)
{
  g_autoptr (OrmConnection) connection = make_connection ();

  assert_sure (connection, NOW, NOW);
  assert_sure (connection, NOW + 1, NOW + 1);
  assert_sure (connection, NOW - 10 * G_TIME_SPAN_MINUTE, NOW - 10 * G_TIME_SPAN_MINUTE);
  for (int week = 1; week < 100; week++)
    assert_sure (connection, NOW + week * 7 * DAY, NOW + week * 7 * DAY);
}

static void
test_ahead_and_back (void)
{
  g_autoptr (OrmConnection) connection = make_connection ();

  assert_sure (connection, NOW, NOW);
  assert_sure (connection, NOW + 10 * YEAR, 0);
  assert_sure (connection, NOW + 10 * YEAR + DAY - 1, 0);
  assert_sure (connection, NOW + DAY, NOW + DAY);
  assert_sure (connection, NOW + 20 * YEAR, NOW + DAY); /* when the last jump was over */
  assert_sure (connection, NOW + 2 * DAY, NOW + 2 * DAY);
}

/* Somebody lives with it, or was away for long. */
static void
test_believed_after_a_day (void)
{
  g_autoptr (OrmConnection) connection = make_connection ();

  assert_sure (connection, NOW, NOW);
  assert_sure (connection, NOW + 60 * DAY, 0);
  assert_sure (connection, NOW + 61 * DAY, NOW + 61 * DAY);
  assert_sure (connection, NOW + 121 * DAY, NOW + 60 * DAY);
  assert_sure (connection, NOW + 181 * DAY, NOW + 121 * DAY);
}

/* What was dated meanwhile is not old at once when it is set right. */
static void
test_first_day_of_all (void)
{
  g_autoptr (OrmConnection) connection = make_connection ();

  assert_sure (connection, NOW, NOW);
  assert_sure (connection, YEAR, 0);
  assert_sure (connection, NOW + DAY, YEAR);
  assert_sure (connection, NOW + 2 * DAY - 1, YEAR);
  assert_sure (connection, NOW + 2 * DAY, NOW + 2 * DAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/goes-on", test_goes_on);
  g_test_add_func ("/clock/ahead-and-back", test_ahead_and_back);
  g_test_add_func ("/clock/believed-after-a-day", test_believed_after_a_day);
  g_test_add_func ("/clock/first-day-of-all", test_first_day_of_all);
  return g_test_run ();
}
