/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-mover.h"
#include "octavo-place.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  GError *error;
  gboolean is_done;
} Copied;

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copied *copied = user_data;

  g_assert_true (octavo_mover_copy_finish (OCTAVO_STORE (source), result, &copied->error) == (copied->error == NULL));
  copied->is_done = TRUE;
}

/* Returns: (transfer full) (nullable): why not */
static GError *
copy (ModelTest *self, const char *path)
{
  Copied copied = { 0 };

  octavo_mover_copy_async (self->store, path, on_copied, &copied);
  model_test_wait_for (copied.is_done);
  return copied.error;
}

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("octavo-mover-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
test_a_copy_has_all (ModelTest *self, gconstpointer data)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;

  model_test_add_note (self, "One", "text", "tag");
  error = copy (self, path);
  g_assert_no_error (error);
  g_assert_cmpint (model_test_query_int (path, "SELECT count (*) FROM note WHERE title = 'One'"), ==, 1);
  g_unlink (path);
  g_rmdir (folder);
}

/* What is there already stays as it is. */
static void
test_never_over_another_file (ModelTest *self, gconstpointer data)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "mine", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  error = copy (self, path);
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_nowhere (ModelTest *self, gconstpointer data)
{
  static const char *const paths[] = { "/no/such/folder/notes.db", "/proc/notes.db" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = copy (self, paths[i]);

      g_assert_nonnull (error);
      g_assert_false (g_file_test (paths[i], G_FILE_TEST_EXISTS));
    }
}

static void
assert_has (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* Each file that is put away has a name of its own, and a file that is not there has none. */
static void
test_put_away (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "notes.db", NULL);
  g_autofree char *one = NULL, *two = NULL, *none = NULL;

  g_assert_true (g_file_set_contents (path, "one", -1, NULL));
  one = octavo_mover_put_away (path);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_str_has_prefix (one, path));
  g_assert_nonnull (strstr (one, ".moved-"));
  g_assert_true (g_file_set_contents (path, "two", -1, NULL));
  two = octavo_mover_put_away (path);
  g_assert_cmpstr (two, !=, one);
  assert_has (one, "one");
  assert_has (two, "two");
  none = octavo_mover_put_away (path);
  g_assert_cmpstr (none, ==, path);
  g_unlink (one);
  g_unlink (two);
  g_rmdir (folder);
}

/* Another process that has it open would go on to write beside it. */
static void
test_in_use (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "notes.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (path, "one", -1, NULL));
  g_assert_true (g_file_set_contents (log, "", 0, NULL));
  kept = octavo_mover_put_away (path);
  g_assert_cmpstr (kept, ==, path);
  assert_has (path, "one");
  g_unlink (log);
  g_unlink (path);
  g_rmdir (folder);
}

/* Only the file that is remembered can be moved, not one that was named for this time. */
static void
test_what_can_be_moved (void)
{
  g_autofree char *place = octavo_place_get ();

  g_unsetenv ("OCTAVO_DATABASE");
  g_assert_true (octavo_mover_can_move (place));
  g_assert_false (octavo_mover_can_move ("/another.db"));
  g_setenv ("OCTAVO_DATABASE", "", TRUE);
  g_assert_true (octavo_mover_can_move (place));
  g_setenv ("OCTAVO_DATABASE", place, TRUE);
  g_assert_false (octavo_mover_can_move (place));
  g_unsetenv ("OCTAVO_DATABASE");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/mover/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("a-copy-has-all", test_a_copy_has_all);
  ADD ("never-over-another-file", test_never_over_another_file);
  ADD ("nowhere", test_nowhere);
  g_test_add_func ("/mover/put-away", test_put_away);
  g_test_add_func ("/mover/in-use", test_in_use);
  g_test_add_func ("/mover/what-can-be-moved", test_what_can_be_moved);

  return model_test_run_isolated ();
}
