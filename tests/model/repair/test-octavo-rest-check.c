/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-test.h"

#include "octavo-rest-check.h"

#include <glib/gstdio.h>
#include <utime.h>

typedef struct
{
  BackupTest backup;
  char *stamp;
  OctavoRestCheck *check;
  guint n_looked;
} CheckTest;

static void
on_looked (CheckTest *self)
{
  self->n_looked++;
}

static void
set_up (CheckTest *self, gconstpointer data)
{
  backup_test_set_up (&self->backup, data);
  self->stamp = g_build_filename (self->backup.model.folder, "stamp", NULL);
  self->check = octavo_rest_check_new (self->backup.model.store, self->stamp);
  g_signal_connect_swapped (self->check, "looked", G_CALLBACK (on_looked), self);
}

static void
tear_down (CheckTest *self, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&self->check));
  g_free (self->stamp);
  backup_test_tear_down (&self->backup, data);
}

/* By another process: to close a file lets go of all locks that a process has on it. */
static void
zero_root (CheckTest *self, const char *table)
{
  const char *path = self->backup.model.path;
  g_autofree char *sql = g_strdup_printf ("SELECT rootpage - 1 FROM sqlite_schema WHERE name = '%s'", table);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;

  model_test_execute (path, "PRAGMA wal_checkpoint (TRUNCATE)");
  command = g_strdup_printf ("dd if=/dev/zero of=%s bs=4096 count=1 seek=%d conv=notrunc status=none", path,
                             (int) model_test_query_int (path, sql));
  g_spawn_command_line_sync (command, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_sound (CheckTest *self, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  const struct utimbuf tomorrow = { .actime = now / G_USEC_PER_SEC + 86400, .modtime = now / G_USEC_PER_SEC + 86400 };

  model_test_add_notes (&self->backup.model, 5);
  g_assert_true (octavo_rest_check_is_due (self->check, now));
  octavo_rest_check_look (self->check);
  model_test_wait_for (self->n_looked > 0);
  g_assert_false (octavo_rest_check_is_damaged (self->check));
  g_assert_false (octavo_rest_check_is_due (self->check, now + G_USEC_PER_SEC));
  g_assert_true (octavo_rest_check_is_due (self->check, now + BACKUP_TEST_DAY));
  /* of a day to come, as the clock was wrong */
  g_assert_cmpint (utime (self->stamp, &tomorrow), ==, 0);
  g_assert_true (octavo_rest_check_is_due (self->check, now));
}

static void
test_damaged (CheckTest *self, gconstpointer data)
{
  model_test_add_notes (&self->backup.model, 5);
  zero_root (self, "note");
  octavo_rest_check_look (self->check);
  model_test_wait_for (octavo_rest_check_is_damaged (self->check));
}

/* The index is made anew by whoever finds it damaged. */
static void
test_index (CheckTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;

  model_test_add_notes (&self->backup.model, 5);
  g_assert_true (octavo_store_check (self->backup.model.store, NULL, NULL, &problems, NULL, NULL));
  zero_root (self, "search_posting");
  octavo_rest_check_look (self->check);
  model_test_wait_for (self->n_looked > 0);
  g_assert_false (octavo_rest_check_is_damaged (self->check));
}

/* Somebody reads what cannot be read: it is looked into at once. */
static void
test_noticed (CheckTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->backup.model, "One", "text", NULL);
  g_autoptr (OctavoNote) note = NULL;

  zero_root (self, "note");
  model_test_execute (self->backup.model.path, "CREATE TABLE bystander (x)");
  note = octavo_note_repository_get (octavo_store_get_notes (self->backup.model.store), id, NULL, NULL);
  g_assert_null (note);
  model_test_wait_for (octavo_rest_check_is_damaged (self->check));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/rest-check/sound", CheckTest, NULL, set_up, test_sound, tear_down);
  g_test_add ("/rest-check/damaged", CheckTest, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/rest-check/index", CheckTest, NULL, set_up, test_index, tear_down);
  g_test_add ("/rest-check/noticed", CheckTest, NULL, set_up, test_noticed, tear_down);
  return model_test_run_isolated ();
}
