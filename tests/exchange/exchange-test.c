/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include <glib/gstdio.h>

/* The vaults of real notes beside the project, or where OCTAVO_CORPUS says; NULL where there are none. */
char *
exchange_test_find_corpus (void)
{
  const char *named = g_getenv ("OCTAVO_CORPUS");
  g_autofree char *corpus = named != NULL
                                ? g_strdup (named)
                                : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "corpus", "vault", NULL);

  return g_file_test (corpus, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&corpus) : NULL;
}

static void
assert_equal_texts (const char *what, const char *a, const char *b)
{
  if (g_strcmp0 (a, b) != 0)
    g_error ("%s differs: “%s” and “%s”", what, a, b);
}

/* All that an export promises to keep; not whose it is. */
void
exchange_test_assert_equal_notes (const OctavoNoteValues *a, const OctavoNoteValues *b)
{
  g_autofree char *tags_a = g_strjoinv (", ", a->tags);
  g_autofree char *tags_b = g_strjoinv (", ", b->tags);

  assert_equal_texts ("title", a->title, b->title);
  assert_equal_texts ("body", a->body, b->body);
  assert_equal_texts ("aliases", a->aliases, b->aliases);
  assert_equal_texts ("front matter", a->front_matter, b->front_matter);
  assert_equal_texts ("tags", tags_a, tags_b);
  g_assert_cmpint (a->created, ==, b->created);
  g_assert_cmpint (a->updated, ==, b->updated);
  g_assert_cmpint (a->trashed, ==, b->trashed);
  g_assert_cmpint (a->pinned, ==, b->pinned);
}

/* Makes the folder too. */
void
exchange_test_write (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* With all that is in it. */
void
exchange_test_remove (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          exchange_test_remove (child);
        }
      g_rmdir (path);
    }
  else
    g_unlink (path);
}
