/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-place.h"
#include "octavo-store.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
get_memory (void)
{
  return g_build_filename (g_get_user_config_dir (), "octavo", "notes-file", NULL);
}

static void
write_memory (const char *text)
{
  g_autofree char *memory = get_memory ();
  g_autofree char *folder = g_path_get_dirname (memory);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (memory, text, -1, NULL));
}

static void
assert_is (const char *expected)
{
  g_autofree char *place = octavo_place_get ();

  g_assert_cmpstr (place, ==, expected);
}

static char *
get_usual (void)
{
  return g_build_filename (g_get_user_data_dir (), "octavo", "notes.db", NULL);
}

static void
test_never_moved (void)
{
  g_autofree char *usual = get_usual ();

  assert_is (usual);
  g_assert_false (octavo_place_is_missing (usual));
}

static void
test_moved (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "élsewhere", "mine.db", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *usual = get_usual ();

  g_assert_true (octavo_place_set (path, &error));
  g_assert_no_error (error);
  assert_is (path);
  g_assert_true (octavo_place_is_missing (path));
  g_assert_false (octavo_place_is_missing (usual));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (octavo_place_is_missing (path));
}

/* What cannot be a place is passed over: what is there was perhaps cut off by a full disk. */
static void
test_what_is_remembered_is_not_understood (void)
{
  static const char *const texts[] = { "", "\n", "notes.db\n", "\n/a/b.db\n" };
  g_autofree char *usual = get_usual ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_memory (texts[i]);
      assert_is (usual);
    }
  write_memory ("/a/b.db");
  assert_is ("/a/b.db");
  write_memory ("/a/b.db\nand more\n");
  assert_is ("/a/b.db");
}

static void
test_cannot_be_remembered (void)
{
  g_autofree char *memory = get_memory ();
  g_autoptr (GError) error = NULL;

  write_memory ("/before.db\n");
  g_assert_false (octavo_place_set ("/two\nlines.db", &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "two lines"));
  g_clear_error (&error);
  assert_is ("/before.db");

  g_assert_cmpint (g_unlink (memory), ==, 0);
  g_assert_cmpint (g_mkdir (memory, 0700), ==, 0); /* in the way */
  g_assert_false (octavo_place_set ("/after.db", &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  g_assert_cmpint (g_rmdir (memory), ==, 0);
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_private (void)
{
  g_autofree char *usual = get_usual ();
  g_autofree char *log = g_strconcat (usual, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (usual);
  g_autofree char *shared = g_build_filename (g_get_user_data_dir (), "shared", NULL);
  g_autofree char *path = g_build_filename (shared, "notes.db", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (usual, "", 0, NULL));
  g_assert_true (g_file_set_contents (log, "", 0, NULL));
  g_assert_cmpint (g_chmod (usual, 0644), ==, 0);
  g_assert_cmpint (g_chmod (log, 0664), ==, 0);
  octavo_place_make_private (usual);
  g_assert_cmpuint (get_mode (folder), ==, 0700);
  g_assert_cmpuint (get_mode (usual), ==, 0600);
  g_assert_cmpuint (get_mode (log), ==, 0600);

  /* Somebody may have shared it on purpose. */
  g_assert_cmpint (g_mkdir_with_parents (shared, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  octavo_place_make_private (path);
  g_assert_cmpuint (get_mode (path), ==, 0644);
}

static void
test_lent (void)
{
  const char *folder = g_get_user_runtime_dir ();
  g_autofree char *lent = g_build_filename (folder, "doc", "1a2b3c4d", "notes.db", NULL);
  g_autofree char *like = g_build_filename (folder, "documents", "notes.db", NULL);
  g_autofree char *file = g_build_filename (folder, "doc", NULL);
  g_autofree char *usual = get_usual ();
  g_autoptr (OctavoStore) store = octavo_store_new (lent);
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_place_is_lent (lent));
  g_assert_true (octavo_place_is_lent ("/run/flatpak/doc/1a2b3c4d/notes.db"));
  g_assert_false (octavo_place_is_lent (like));
  g_assert_false (octavo_place_is_lent (file));
  g_assert_false (octavo_place_is_lent (usual));

  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
  g_assert_nonnull (strstr (error->message, "“notes.db” is only lent"));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/place/never-moved", test_never_moved);
  g_test_add_func ("/place/moved", test_moved);
  g_test_add_func ("/place/what-is-remembered-is-not-understood", test_what_is_remembered_is_not_understood);
  g_test_add_func ("/place/cannot-be-remembered", test_cannot_be_remembered);
  g_test_add_func ("/place/private", test_private);
  g_test_add_func ("/place/lent-to-a-sandbox", test_lent);

  return model_test_run_isolated ();
}
