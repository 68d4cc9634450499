/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-file-io.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define UPDATED G_GINT64_CONSTANT (1619887200123456)

static void
test_write_and_read (void)
{
  g_autofree char *folder = g_dir_make_tmp ("octavo-io-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "n.md", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  gint64 created = 0, updated = 0;

  g_assert_true (octavo_file_io_write_new (folder, "n.md", "a\0b", 3, UPDATED, &error));
  bytes = octavo_file_io_read (path, &length, &created, &updated, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (bytes, length, "a\0b", 3);
  g_assert_cmpint (bytes[length], ==, '\0');
  g_assert_cmpint (updated, ==, UPDATED);
  g_assert_cmpint (created, !=, 0);
  exchange_test_remove (folder);
}

static void
test_never_replaced (void)
{
  g_autofree char *folder = g_dir_make_tmp ("octavo-io-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "n.md", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_file_io_write_new (folder, "n.md", "old", 3, UPDATED, NULL));
  g_assert_false (octavo_file_io_write_new (folder, "n.md", "new", 3, UPDATED, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "old");
  exchange_test_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else was left in it */
}

static void
test_cannot_write (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (octavo_file_io_write_new ("/nonexistent/folder", "n.md", "x", 1, 0, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* As on a full disk: nothing is left of what did not go in whole. */
static void
test_no_room (void)
{
  g_autofree char *folder = g_dir_make_tmp ("octavo-io-XXXXXX", NULL);
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 5000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (octavo_file_io_write_new (folder, "n.md", text, 10000, UPDATED, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
check_refused (const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  gint64 created, updated;

  bytes = octavo_file_io_read (path, &length, &created, &updated, &error);
  g_assert_null (bytes);
  g_assert_error (error, G_FILE_ERROR, code);
}

static void
test_cannot_read (void)
{
  g_autofree char *folder = g_dir_make_tmp ("octavo-io-XXXXXX", NULL);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe.md", NULL);
  g_autofree char *big = g_build_filename (folder, "big.md", NULL);

  check_refused ("/nonexistent.md", G_FILE_ERROR_NOENT);
  check_refused (folder, G_FILE_ERROR_INVAL);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  check_refused (pipe_path, G_FILE_ERROR_INVAL); /* and does not wait for a writer */
  g_assert_true (g_file_set_contents (big, "", 0, NULL));
  g_assert_cmpint (truncate (big, OCTAVO_FILE_IO_MAX_BYTES + 1), ==, 0);
  check_refused (big, G_FILE_ERROR_INVAL);
  exchange_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-io/what-is-written-is-read", test_write_and_read);
  g_test_add_func ("/file-io/no-file-is-replaced", test_never_replaced);
  g_test_add_func ("/file-io/no-folder", test_cannot_write);
  g_test_add_func ("/file-io/no-room", test_no_room);
  g_test_add_func ("/file-io/what-is-no-file-is-refused", test_cannot_read);
  return g_test_run ();
}
