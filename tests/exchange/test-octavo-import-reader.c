/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-import-reader.h"

#include <string.h>

#define N_FILES 3000 /* more than are read ahead */

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("octavo-reader-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  exchange_test_remove (fixture->folder);
  g_free (fixture->folder);
}

static void
write_files (Fixture *fixture, guint n_files)
{
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%05u.md", i);
      g_autofree char *text = g_strdup_printf ("text %u\n", i);

      exchange_test_write (fixture->folder, name, text);
    }
}

static OctavoImportReader *
read_folder (Fixture *fixture)
{
  const char *paths[] = { fixture->folder, NULL };

  return octavo_import_reader_new (paths, FALSE);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoImportReader) reader = NULL;
  double fraction = 0.0;

  write_files (fixture, N_FILES);
  reader = read_folder (fixture);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autoptr (OctavoImportFile) file = octavo_import_reader_next (reader);
      g_autofree char *text = g_strdup_printf ("text %u\n", i);

      g_assert_nonnull (file);
      g_assert_cmpstr (file->item->values->body, ==, text);
      g_assert_cmpuint (file->n_bytes, ==, strlen (text));
      g_assert_false (file->has_failed);
      g_assert_null (file->messages);
      g_assert_cmpfloat (file->fraction, >=, fraction);
      fraction = file->fraction;
    }
  g_assert_cmpfloat (fraction, ==, 1.0);
  g_assert_null (octavo_import_reader_next (reader));
  g_assert_null (octavo_import_reader_next (reader));
  g_assert_cmpuint (octavo_import_reader_count_rest (reader), ==, 0);
}

static void
test_count_rest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoImportReader) reader = NULL;

  write_files (fixture, N_FILES);
  reader = read_folder (fixture);
  for (guint i = 0; i < 10; i++)
    octavo_import_file_free (octavo_import_reader_next (reader));
  g_assert_cmpuint (octavo_import_reader_count_rest (reader), ==, N_FILES - 10);
  g_assert_null (octavo_import_reader_next (reader));
}

/* What was read ahead is freed, and the thread ends: that is for the sanitizers to see. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoImportReader) at_once = NULL;
  g_autoptr (OctavoImportReader) later = NULL;

  write_files (fixture, N_FILES);
  at_once = read_folder (fixture);
  later = read_folder (fixture);
  octavo_import_file_free (octavo_import_reader_next (later));
}

/* A file that is larger than what is read ahead comes all the same. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr (OctavoImportReader) reader = NULL;

  exchange_test_write (fixture->folder, "1.md", "small");
  exchange_test_write (fixture->folder, "2.md", large);
  exchange_test_write (fixture->folder, "3.md", large);
  exchange_test_write (fixture->folder, "4.md", "small");
  reader = read_folder (fixture);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (OctavoImportFile) file = octavo_import_reader_next (reader);

      g_assert_cmpstr (file->item->values->body, ==, i == 0 || i == 3 ? "small" : large);
    }
  g_assert_null (octavo_import_reader_next (reader));
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.md", NULL);
  const char *paths[] = { missing, fixture->folder, NULL };
  g_autoptr (OctavoImportReader) reader = NULL;
  g_autoptr (OctavoImportFile) problem = NULL;
  g_autoptr (OctavoImportFile) remark = NULL;

  exchange_test_write (fixture->folder, "picture.png", "x");
  reader = octavo_import_reader_new (paths, FALSE);
  problem = octavo_import_reader_next (reader);
  g_assert_true (problem->has_failed);
  g_assert_null (problem->item);
  g_assert_cmpuint (problem->messages->len, ==, 1);
  remark = octavo_import_reader_next (reader);
  g_assert_false (remark->has_failed);
  g_assert_cmpuint (remark->messages->len, ==, 1);
  g_assert_null (octavo_import_reader_next (reader));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/import-reader/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("in-the-order-of-the-names", test_order);
  ADD ("counts-the-rest", test_count_rest);
  ADD ("given-up", test_given_up);
  ADD ("a-large-file", test_large);
  ADD ("problems-and-remarks", test_problems);
  return g_test_run ();
}
