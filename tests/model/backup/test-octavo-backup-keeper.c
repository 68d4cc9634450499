/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-test.h"

#include "octavo-backup-keeper.h"

#include <glib/gstdio.h>
#include <string.h>

static void
on_looked (OctavoBackupKeeper *keeper, guint *n_looked)
{
  ++*n_looked;
}

static void
look (OctavoBackupKeeper *keeper)
{
  guint n_looked = 0;
  gulong handler = g_signal_connect (keeper, "looked", G_CALLBACK (on_looked), &n_looked);

  octavo_backup_keeper_look (keeper);
  model_test_wait_for (n_looked > 0);
  g_signal_handler_disconnect (keeper, handler);
}

static guint
count (BackupTest *self)
{
  return backup_test_count_files (octavo_snapshots_get_folder (self->snapshots));
}

static void
test_once_a_day (BackupTest *self, gconstpointer data)
{
  OctavoBackupKeeper *keeper = octavo_backup_keeper_new (self->model.store);

  model_test_add_note (&self->model, "One", "text", NULL);
  g_assert_cmpuint (count (self), ==, 0);
  look (keeper);
  g_assert_cmpuint (count (self), ==, 1);
  model_test_add_note (&self->model, "Two", "text", NULL);
  look (keeper);
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_null (octavo_backup_keeper_get_problem (keeper));
  g_assert_finalize_object (keeper);
}

/* Said, and not said any more once it can be made. */
static void
test_problem (BackupTest *self, gconstpointer data)
{
  const char *folder = octavo_snapshots_get_folder (self->snapshots);
  OctavoBackupKeeper *keeper = octavo_backup_keeper_new (self->model.store);

  model_test_add_note (&self->model, "One", "text", NULL);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  g_test_expect_message ("octavo-model", G_LOG_LEVEL_MESSAGE, "No backup was made: *");
  look (keeper);
  g_test_assert_expected_messages ();
  g_assert_nonnull (strstr (octavo_backup_keeper_get_problem (keeper), "backups"));

  g_assert_cmpint (g_unlink (folder), ==, 0);
  look (keeper);
  g_assert_null (octavo_backup_keeper_get_problem (keeper));
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_finalize_object (keeper);
}

/* Of a small file while the program ends, where one is due. */
static void
test_finish (BackupTest *self, gconstpointer data)
{
  OctavoBackupKeeper *keeper = octavo_backup_keeper_new (self->model.store);

  model_test_add_note (&self->model, "One", "text", NULL);
  octavo_backup_keeper_finish (keeper);
  g_assert_cmpuint (count (self), ==, 1);
  octavo_backup_keeper_finish (keeper);
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_finalize_object (keeper);
}

/* What is being written when the keeper goes leaves nothing behind. */
static void
test_given_up (BackupTest *self, gconstpointer data)
{
  OctavoBackupKeeper *keeper = octavo_backup_keeper_new (self->model.store);
  g_autoptr (GPtrArray) list = NULL;

  model_test_insert_notes (&self->model, 20000);
  octavo_backup_keeper_look (keeper);
  g_assert_finalize_object (keeper);
  list = octavo_snapshots_list (self->snapshots);
  g_assert_cmpuint (count (self), ==, list->len);
}

/* What is only in memory is nobody's loss. */
static void
test_in_memory (void)
{
  OctavoStore *store = octavo_store_new (":memory:");
  OctavoBackupKeeper *keeper;
  g_autoptr (GError) error = NULL;

  octavo_store_open (store, NULL, &error);
  g_assert_no_error (error);
  keeper = octavo_backup_keeper_new (store);
  octavo_backup_keeper_look (keeper);
  octavo_backup_keeper_finish (keeper);
  g_assert_false (g_file_test ("backups", G_FILE_TEST_EXISTS));
  g_assert_finalize_object (keeper);
  octavo_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  model_test_wait_for (g_atomic_int_get (&G_OBJECT (store)->ref_count) == 1);
  g_assert_finalize_object (store);
}

#define ADD(name, func)                                                                                                \
  g_test_add ("/backup-keeper/" name, BackupTest, NULL, backup_test_set_up, func, backup_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("once-a-day", test_once_a_day);
  ADD ("problem", test_problem);
  ADD ("finish", test_finish);
  ADD ("given-up", test_given_up);
  g_test_add_func ("/backup-keeper/in-memory", test_in_memory);
  return g_test_run ();
}
