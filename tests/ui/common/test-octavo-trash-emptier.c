/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-trash-emptier"

#include "octavo-trash-emptier.h"

#include "octavo-settings.h"
#include "ui-test.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

static gint64
add_trashed (ModelTest *test, gint64 when)
{
  gint64 id = model_test_add_note (test, "Old", "text", "tag");
  g_autofree char *sql = g_strdup_printf ("UPDATE note SET trashed = %" G_GINT64_FORMAT ", updated = %" G_GINT64_FORMAT
                                          " - 1 WHERE id = %" G_GINT64_FORMAT,
                                          when, when, id);

  model_test_execute (test->path, sql);
  return id;
}

static void
on_emptied (OctavoTrashEmptier *emptier, guint n_notes, guint *n_emptied)
{
  *n_emptied += n_notes;
}

static gint64
count (ModelTest *test)
{
  return model_test_query_int (test->path, "SELECT count(*) FROM note");
}

static void
test_only_what_is_old (ModelTest *test, gconstpointer data)
{
  OctavoTrashEmptier *emptier = octavo_trash_emptier_new (test->store);
  gint64 now = g_get_real_time ();
  guint n_emptied = 0;

  g_signal_connect (emptier, "emptied", G_CALLBACK (on_emptied), &n_emptied);
  model_test_add_note (test, "Kept", "text", NULL);
  add_trashed (test, now - 8 * DAY);
  add_trashed (test, now - 7 * DAY - 1);
  add_trashed (test, now - 6 * DAY);
  add_trashed (test, now - 1);

  /* never, unless somebody chose it */
  g_assert_false (octavo_trash_emptier_run (emptier, now));
  g_assert_cmpint (count (test), ==, 5);
  g_settings_set_int (octavo_settings_get (), "trash-days", 7);
  g_assert_true (octavo_trash_emptier_run (emptier, now));
  model_test_wait_for (n_emptied == 2);
  g_assert_cmpint (count (test), ==, 3);

  /* once a day; also after the clock was put back */
  g_assert_false (octavo_trash_emptier_run (emptier, now + DAY - 1));
  model_test_execute (test->path, "UPDATE note SET trashed = trashed - 86400000001 WHERE trashed > 0");
  g_assert_true (octavo_trash_emptier_run (emptier, now + DAY));
  g_assert_true (octavo_trash_emptier_run (emptier, now - 10 * DAY));
  model_test_wait_for (G_OBJECT (emptier)->ref_count == 1);
  g_assert_cmpint (count (test), ==, 3); /* it was written later than it was put there, as the dates have it */
  model_test_execute (test->path, "UPDATE note SET updated = trashed - 1 WHERE trashed > 0");
  g_assert_true (octavo_trash_emptier_run (emptier, now + 8 * DAY));
  model_test_wait_for (n_emptied == 3);
  g_assert_cmpint (count (test), ==, 2);
  g_settings_reset (octavo_settings_get (), "trash-days");
  model_test_wait_for (G_OBJECT (emptier)->ref_count == 1);
  g_assert_finalize_object (emptier);
}

/* It is ten years ahead; who knows since when. */
static void
test_not_by_a_wrong_clock (ModelTest *test, gconstpointer data)
{
  OctavoTrashEmptier *emptier = octavo_trash_emptier_new (test->store);
  gint64 now = g_get_real_time ();
  guint n_emptied = 0;

  g_signal_connect (emptier, "emptied", G_CALLBACK (on_emptied), &n_emptied);
  g_settings_set_int (octavo_settings_get (), "trash-days", 7);
  add_trashed (test, now - 3650 * DAY);
  model_test_execute (test->path, "INSERT INTO clock (id, seen, since, before) "
                                  "VALUES (1, unixepoch () * 1000000 - 3650 * 86400000000, 0, 0)");
  g_assert_true (octavo_trash_emptier_run (emptier, now));
  model_test_wait_for (G_OBJECT (emptier)->ref_count == 1);
  g_assert_cmpint (count (test), ==, 1);
  model_test_execute (test->path, "UPDATE clock SET since = since - 86400000000");
  g_assert_true (octavo_trash_emptier_run (emptier, now + DAY));
  model_test_wait_for (n_emptied == 1);
  g_settings_reset (octavo_settings_get (), "trash-days");
  model_test_wait_for (G_OBJECT (emptier)->ref_count == 1);
  g_assert_finalize_object (emptier);
}

static void
test_a_failure_deletes_nothing (ModelTest *test, gconstpointer data)
{
  OctavoTrashEmptier *emptier = octavo_trash_emptier_new (test->store);
  gint64 now = g_get_real_time ();

  add_trashed (test, now - 8 * DAY);
  model_test_execute (test->path, "CREATE TRIGGER fail BEFORE DELETE ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_settings_set_int (octavo_settings_get (), "trash-days", 7);
  g_test_expect_message ("octavo-ui", G_LOG_LEVEL_MESSAGE, "The trash did not empty itself*");
  g_assert_true (octavo_trash_emptier_run (emptier, now));
  model_test_wait_for (G_OBJECT (emptier)->ref_count == 1);
  g_test_assert_expected_messages ();
  g_assert_cmpint (count (test), ==, 1);
  g_settings_reset (octavo_settings_get (), "trash-days");
  g_assert_finalize_object (emptier);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func)                                                                                                \
  g_test_add ("/trash-emptier/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("only-what-is-old", test_only_what_is_old);
  ADD ("not-by-a-wrong-clock", test_not_by_a_wrong_clock);
  ADD ("a-failure-deletes-nothing", test_a_failure_deletes_nothing);
  return g_test_run ();
}
