/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-input.h"

/* Runs a fuzz target over the inputs of a folder, one test for all of them: fuzz-replay FOLDER. */

static void
test_replay (gconstpointer data)
{
  const char *folder = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n_inputs = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *input = NULL;
      gsize length;

      g_file_get_contents (path, &input, &length, &error);
      g_assert_no_error (error);
      g_test_message ("%s", name);
      LLVMFuzzerTestOneInput ((const uint8_t *) input, length);
      n_inputs++;
    }
  g_assert_cmpuint (n_inputs, >, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *name = NULL;
  g_autofree char *base = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  base = g_path_get_basename (argv[1]);
  name = g_strdup_printf ("/fuzz/%s", base);
  g_test_add_data_func (name, argv[1], test_replay);
  return g_test_run ();
}
