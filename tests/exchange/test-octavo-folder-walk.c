/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-folder-walk.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *root; /* true path */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *made = g_dir_make_tmp ("octavo-walk-XXXXXX", NULL);

  fixture->root = g_canonicalize_filename (made, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  exchange_test_remove (fixture->root);
  g_free (fixture->root);
}

/* The walk as text: a line a step, the root as “/”. */
static char *
walk (Fixture *fixture, const char *first, const char *second)
{
  const char *names[] = { first, second };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_autoptr (OctavoFolderWalk) walk = NULL;
  g_auto (OctavoWalkEntry) entry = { 0 };
  g_autoptr (GString) steps = g_string_new (NULL);
  OctavoWalkStep step;
  double last = 0.0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL)
      {
        g_autofree char *path = g_build_filename (fixture->root, names[i], NULL);

        g_strv_builder_add (builder, path);
      }
  paths = g_strv_builder_end (builder);
  walk = octavo_folder_walk_new ((const char *const *) paths);
  while ((step = octavo_folder_walk_next (walk, &entry)) != OCTAVO_WALK_END)
    {
      g_assert_cmpfloat (octavo_folder_walk_get_fraction (walk), >=, last);
      last = octavo_folder_walk_get_fraction (walk);
      if (step == OCTAVO_WALK_FILE)
        g_string_append_printf (steps, "%s%s%s\n", entry.path, entry.folder != NULL ? " in " : "",
                                entry.folder != NULL ? entry.folder : "");
      else
        g_string_append_printf (steps, "%s %s\n", step == OCTAVO_WALK_PROBLEM ? "!" : "-", entry.text);
    }
  g_assert_cmpfloat (octavo_folder_walk_get_fraction (walk), ==, 1.0);
  g_string_replace (steps, fixture->root, "", 0);
  return g_strdup (steps->str);
}

static void
check (Fixture *fixture, const char *first, const char *second, const char *expected)
{
  g_autofree char *steps = walk (fixture, first, second);

  g_assert_cmpstr (steps, ==, expected);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  exchange_test_write (fixture->root, "v/b.md", "");
  exchange_test_write (fixture->root, "v/a/z.MD", "");
  exchange_test_write (fixture->root, "v/a/deep/x.markdown", "");
  exchange_test_write (fixture->root, "v/c/y.md", "");
  check (fixture, "v", NULL, "/v/a/deep/x.markdown in a/deep\n/v/a/z.MD in a\n/v/b.md\n/v/c/y.md in c\n");
  check (fixture, "v/c/y.md", "v/a/", "/v/c/y.md\n/v/a/deep/x.markdown in deep\n/v/a/z.MD\n");
}

static void
test_left_out (Fixture *fixture, gconstpointer data)
{
  exchange_test_write (fixture->root, "v/a.md", "");
  exchange_test_write (fixture->root, "v/b.png", "");
  exchange_test_write (fixture->root, "v/sub/c.PNG", "");
  exchange_test_write (fixture->root, "v/sub/README", "");
  exchange_test_write (fixture->root, "v/.obsidian/x.md", "");
  exchange_test_write (fixture->root, "v/.secret.md", "");
  exchange_test_write (fixture->root, "w/one.txt", "");
  check (fixture, "v", "w",
         "/v/a.md\n- /v: 3 files that are no Markdown were left out (.png 2, no suffix 1)\n"
         "- /v: 2 hidden files or folders were left out (.obsidian, .secret.md)\n"
         "- /w: 1 file that is no Markdown was left out (.txt 1)\n");
}

static void
test_asked_for (Fixture *fixture, gconstpointer data)
{
  exchange_test_write (fixture->root, "note.txt", "");
  exchange_test_write (fixture->root, ".hidden/a.md", "");
  check (fixture, "note.txt", ".hidden", "/note.txt\n/.hidden/a.md\n");
  check (fixture, "note.txt", "note.txt", "/note.txt\n");
  check (fixture, "missing", "note.txt", "! /missing: No such file or directory\n/note.txt\n");
}

static void
test_overlap (Fixture *fixture, gconstpointer data)
{
  exchange_test_write (fixture->root, "v/a/x.md", "");
  exchange_test_write (fixture->root, "v/b.md", "");
  check (fixture, "v", "v/a", "/v/a/x.md in a\n/v/b.md\n");
  check (fixture, "v/a", "v", "/v/a/x.md\n/v/b.md\n");
  check (fixture, "v/b.md", "v", "/v/b.md\n/v/a/x.md in a\n");
  check (fixture, "v", "v/b.md", "/v/a/x.md in a\n/v/b.md\n");
}

static void
make_link (Fixture *fixture, const char *target, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->root, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  exchange_test_write (fixture->root, "v/a/x.md", "");
  exchange_test_write (fixture->root, "out/y.md", "");
  exchange_test_write (fixture->root, "out/text.txt", "");
  exchange_test_write (fixture->root, "other/z.md", "");
  make_link (fixture, "..", "v/a/up");               /* round in a circle */
  make_link (fixture, "../a/x.md", "v/a/again.md");  /* reached anyhow */
  make_link (fixture, "../out/y.md", "v/linked.md"); /* reached by this only, twice */
  make_link (fixture, "../out/y.md", "v/linked2.md");
  make_link (fixture, "../out/text.txt", "v/text.md");
  make_link (fixture, "../other", "v/other");
  make_link (fixture, "nowhere.md", "v/broken.md");
  make_link (fixture, "broken", "v/self.png");
  check (fixture, "v", NULL,
         "/v/a/x.md in a\n! /v/broken.md: the link leads nowhere\n/out/y.md\n/other/z.md in other\n/out/text.txt\n"
         "- /v: 1 file that is no Markdown was left out (.png 1)\n");
}

static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "pipe.md", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  check (fixture, "", NULL, "! /pipe.md: it is not a file\n");
  check (fixture, "pipe.md", NULL, "! /pipe.md: it is neither a file nor a folder\n");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *locked = g_build_filename (fixture->root, "v", "locked", NULL);

  if (geteuid () == 0)
    {
      g_test_skip ("the administrator may read everything");
      return;
    }
  exchange_test_write (fixture->root, "v/locked/x.md", "");
  exchange_test_write (fixture->root, "v/y.md", "");
  g_assert_cmpint (chmod (locked, 0), ==, 0);
  check (fixture, "v", NULL, "! /v/locked: Permission denied\n/v/y.md\n");
  g_assert_cmpint (chmod (locked, 0700), ==, 0);
}

/* A folder of folders without an end, as a broken program leaves it. */
static void
test_deep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new ("v");
  g_autofree char *too_deep = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 1; i < 100; i++)
    g_string_append (deep, "/d");
  too_deep = g_strconcat (deep->str, "/e/x.md", NULL);
  exchange_test_write (fixture->root, too_deep, "");
  g_string_append (deep, "/x.md");
  exchange_test_write (fixture->root, deep->str, "");
  g_string_truncate (deep, deep->len - strlen ("/x.md"));
  expected = g_strdup_printf ("! /%s/e: it lies more than 100 folders deep; import it by itself\n/%s/x.md in %s\n",
                              deep->str, deep->str, deep->str + strlen ("v/"));
  check (fixture, "v", NULL, expected);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "v", NULL);
  g_autoptr (OctavoFolderWalk) walk = octavo_folder_walk_new ((const char *const[]){ path, NULL });
  g_auto (OctavoWalkEntry) entry = { 0 };

  exchange_test_write (fixture->root, "v/a/x.md", "");
  exchange_test_write (fixture->root, "v/a/y.md", "");
  exchange_test_write (fixture->root, "v/b/z.md", "");
  octavo_folder_walk_set_max_names (walk, 4);
  g_assert_cmpint (octavo_folder_walk_next (walk, &entry), ==, OCTAVO_WALK_FILE);
  g_assert_cmpint (octavo_folder_walk_next (walk, &entry), ==, OCTAVO_WALK_FILE);
  g_assert_true (g_str_has_suffix (entry.path, "/v/a/y.md"));
  g_assert_cmpint (octavo_folder_walk_next (walk, &entry), ==, OCTAVO_WALK_PROBLEM);
  g_assert_nonnull (strstr (entry.text, "/v/b: these are too many files for one import"));
  g_assert_cmpint (octavo_folder_walk_next (walk, &entry), ==, OCTAVO_WALK_END);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  check (fixture, "", NULL, "");
  check (fixture, NULL, NULL, "");
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/folder-walk/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("files-come-in-the-order-of-their-names", test_order);
  ADD ("what-is-left-out-is-said", test_left_out);
  ADD ("what-was-asked-for-is-taken", test_asked_for);
  ADD ("overlapping-folders-come-once", test_overlap);
  ADD ("links-are-followed-once", test_links);
  ADD ("a-pipe-is-no-file", test_pipe);
  ADD ("unreadable-folders-are-problems", test_unreadable);
  ADD ("no-deeper-than-a-hundred", test_deep);
  ADD ("no-more-than-a-bound", test_many);
  ADD ("nothing-is-walked-too", test_empty);
  return g_test_run ();
}
