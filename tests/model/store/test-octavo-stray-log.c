/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-stray-log.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  char *log;
} Fixture;

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* The place on the disk is another one, as the old file is there still. */
static void
replace (const char *path)
{
  g_autofree char *old = g_strconcat (path, ".old", NULL);

  g_assert_cmpint (g_rename (path, old), ==, 0);
  write_file (path, "new");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("octavo-stray-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "notes.db", NULL);
  self->log = g_strconcat (self->path, "-wal", NULL);
  write_file (self->path, "file");
  write_file (self->log, "log");
  octavo_stray_log_remember (self->path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->log);
  octavo_stray_log_forget (self->path);
  model_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->log);
}

static gboolean
is_set_aside (Fixture *self)
{
  g_autofree char *notice = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_stray_log_set_aside (self->path, &notice, &error));
  g_assert_no_error (error);
  g_assert_true ((notice == NULL) == g_file_test (self->log, G_FILE_TEST_EXISTS));
  return notice != NULL;
}

static void
test_beside_its_file (Fixture *self, gconstpointer data)
{
  g_assert_false (is_set_aside (self));
}

static void
test_beside_another_file (Fixture *self, gconstpointer data)
{
  g_autofree char *memory = g_strconcat (self->path, "-shm", NULL);

  write_file (memory, "memory");
  replace (self->path);
  g_assert_true (is_set_aside (self));
  g_assert_false (g_file_test (memory, G_FILE_TEST_EXISTS));
}

static void
test_beside_none (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_true (is_set_aside (self));
}

static void
test_both_are_new (Fixture *self, gconstpointer data)
{
  replace (self->path);
  replace (self->log);
  g_assert_false (is_set_aside (self));
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (truncate (self->log, 0), ==, 0);
  replace (self->path);
  g_assert_false (is_set_aside (self));
}

static void
test_by_a_link (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->folder, "link.db", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);

  g_assert_true (g_file_make_symbolic_link (file, "notes.db", NULL, NULL));
  replace (self->path);
  g_assert_true (octavo_stray_log_set_aside (link, NULL, NULL));
  g_assert_false (g_file_test (self->log, G_FILE_TEST_EXISTS));
}

/* It is remembered as long as the log is there. */
static void
test_forgotten (Fixture *self, gconstpointer data)
{
  g_autofree char *away = g_strconcat (self->log, ".away", NULL);

  octavo_stray_log_forget (self->path);
  g_assert_cmpint (g_rename (self->log, away), ==, 0);
  replace (self->path);
  g_assert_cmpint (g_rename (away, self->log), ==, 0);
  g_assert_true (is_set_aside (self));

  octavo_stray_log_forget (self->path);
  write_file (self->log, "log");
  g_assert_false (is_set_aside (self));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/stray-log/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("beside-its-file", test_beside_its_file);
  ADD ("beside-another-file", test_beside_another_file);
  ADD ("beside-none", test_beside_none);
  ADD ("both-are-new", test_both_are_new);
  ADD ("empty", test_empty);
  ADD ("by-a-link", test_by_a_link);
  ADD ("forgotten", test_forgotten);
  return model_test_run_isolated ();
}
