/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

void
backup_test_set_up (BackupTest *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->snapshots = octavo_snapshots_new (self->model.path, NULL);
  self->zone = g_time_zone_new_utc ();
  self->now = G_GINT64_CONSTANT (1795424400) * G_USEC_PER_SEC; /* 2026-11-23 09:00 */
}

void
backup_test_tear_down (BackupTest *self, gconstpointer data)
{
  octavo_snapshots_unref (self->snapshots);
  g_time_zone_unref (self->zone);
  model_test_tear_down (&self->model, data);
}

OctavoSnapshot *
backup_test_make (BackupTest *self, OctavoSnapshotKind kind)
{
  g_autoptr (GError) error = NULL;
  OctavoSnapshot *made =
      octavo_snapshots_make (self->snapshots, kind, OCTAVO_SNAPSHOT_AT_ONCE, self->now, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (made);
  return made;
}

guint
backup_test_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

guint
backup_test_get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

void
backup_test_damage (const char *path, gsize offset)
{
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (long) offset, SEEK_SET), ==, 0);
  for (guint i = 0; i < 4096; i++)
    fputc (0xa5, file);
  fclose (file);
}
