/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-trash-emptier"

#include "octavo-trash-emptier.h"

#include "octavo-settings.h"
#include "ui-test.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

typedef struct
{
  ModelTest model;
  OctavoTrashEmptier *emptier;
  gint64 now;
  gint64 n_emptied;
} Test;

static gint64
add_trashed (Test *test, gint64 when)
{
  gint64 id = model_test_add_note (&test->model, "Old", "text", "tag");
  g_autofree char *sql = g_strdup_printf ("UPDATE note SET trashed = %" G_GINT64_FORMAT ", updated = %" G_GINT64_FORMAT
                                          " - 1 WHERE id = %" G_GINT64_FORMAT,
                                          when, when, id);

  model_test_execute (test->model.path, sql);
  return id;
}

static void
on_emptied (Test *test, guint n_notes)
{
  test->n_emptied += n_notes;
}

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  test->now = g_get_real_time ();
  test->emptier = octavo_trash_emptier_new (test->model.store);
  g_signal_connect_swapped (test->emptier, "emptied", G_CALLBACK (on_emptied), test);
}

static void
wait_until_it_rests (Test *test)
{
  model_test_wait_for (G_OBJECT (test->emptier)->ref_count == 1);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_settings_reset (octavo_settings_get (), "trash-days");
  wait_until_it_rests (test);
  g_assert_finalize_object (test->emptier);
  model_test_tear_down (&test->model, data);
}

static gint64
count (Test *test)
{
  return model_test_query_int (test->model.path, "SELECT count(*) FROM note");
}

static void
test_only_what_is_old (Test *test, gconstpointer data)
{
  model_test_add_note (&test->model, "Kept", "text", NULL);
  add_trashed (test, test->now - 8 * DAY);
  add_trashed (test, test->now - 7 * DAY - 1);
  add_trashed (test, test->now - 6 * DAY);
  add_trashed (test, test->now - 1);

  /* never, unless somebody chose it */
  g_assert_false (octavo_trash_emptier_run (test->emptier, test->now));
  g_assert_cmpint (count (test), ==, 5);
  g_settings_set_int (octavo_settings_get (), "trash-days", 7);
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now));
  model_test_wait_for (test->n_emptied == 2);
  g_assert_cmpint (count (test), ==, 3);

  /* once a day; also after the clock was put back */
  g_assert_false (octavo_trash_emptier_run (test->emptier, test->now + DAY - 1));
  model_test_execute (test->model.path, "UPDATE note SET trashed = trashed - 86400000001 WHERE trashed > 0");
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now + DAY));
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now - 10 * DAY));
  wait_until_it_rests (test);
  g_assert_cmpint (count (test), ==, 3); /* it was written later than it was put there, as the dates have it */
  model_test_execute (test->model.path, "UPDATE note SET updated = trashed - 1 WHERE trashed > 0");
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now + 8 * DAY));
  model_test_wait_for (test->n_emptied == 3);
  g_assert_cmpint (count (test), ==, 2);
}

/* It is ten years ahead; who knows since when. */
static void
test_not_by_a_wrong_clock (Test *test, gconstpointer data)
{
  g_settings_set_int (octavo_settings_get (), "trash-days", 7);
  add_trashed (test, test->now - 3650 * DAY);
  model_test_execute (test->model.path, "INSERT INTO clock (id, seen, since, before) "
                                        "VALUES (1, unixepoch () * 1000000 - 3650 * 86400000000, 0, 0)");
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now));
  wait_until_it_rests (test);
  g_assert_cmpint (count (test), ==, 1);
  model_test_execute (test->model.path, "UPDATE clock SET since = since - 86400000000");
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now + DAY));
  model_test_wait_for (test->n_emptied == 1);
}

static void
test_a_failure_deletes_nothing (Test *test, gconstpointer data)
{
  add_trashed (test, test->now - 8 * DAY);
  model_test_execute (test->model.path,
                      "CREATE TRIGGER fail BEFORE DELETE ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_settings_set_int (octavo_settings_get (), "trash-days", 7);
  g_test_expect_message ("octavo-ui", G_LOG_LEVEL_MESSAGE, "The trash did not empty itself*");
  g_assert_true (octavo_trash_emptier_run (test->emptier, test->now));
  wait_until_it_rests (test);
  g_test_assert_expected_messages ();
  g_assert_cmpint (count (test), ==, 1);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/trash-emptier/" name, Test, NULL, set_up, func, tear_down)
  ADD ("only-what-is-old", test_only_what_is_old);
  ADD ("not-by-a-wrong-clock", test_not_by_a_wrong_clock);
  ADD ("a-failure-deletes-nothing", test_a_failure_deletes_nothing);
  return g_test_run ();
}
