/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-error.h"
#include "octavo-tag-private.h"

#include <locale.h>
#include <string.h>

static void
assert_name (const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *normalized = octavo_tag_normalize_name (name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (normalized, ==, expected);
}

static void
assert_invalid (const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (octavo_tag_normalize_name (name, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_normalize (void)
{
  g_autofree char *longest = g_strnfill (OCTAVO_TAG_MAX_LENGTH, 'x');

  assert_name ("work", "work");
  assert_name ("  #work\n", "work");
  assert_name ("##Work Life", "Work Life");
  assert_name ("work/project", "work/project");
  assert_name ("/work// project /", "work/project");
  assert_name ("c#", "c#");
  assert_name ("生活", "生活");
  /* Two ways to write one letter are one. */
  assert_name ("cafe\xcc\x81", "caf\xc3\xa9");
  assert_name (longest, longest);
}

static void
test_invalid (void)
{
  g_autofree char *too_long = g_strnfill (OCTAVO_TAG_MAX_LENGTH + 1, 'x');
  g_autofree char *huge = g_strnfill (10000, 'x');

  assert_invalid ("");
  assert_invalid (" # ");
  assert_invalid ("/ /");
  assert_invalid ("a,b");
  assert_invalid ("a\nb");
  assert_invalid ("a\tb");
  assert_invalid ("\xff\xfe");
  assert_invalid (too_long);
  assert_invalid (huge);
}

static void
assert_same (const char *a, const char *b, gboolean expected)
{
  g_autofree char *folded_a = octavo_tag_fold_name (a);
  g_autofree char *folded_b = octavo_tag_fold_name (b);

  g_assert_cmpint (g_str_equal (folded_a, folded_b), ==, expected);
}

static void
test_fold (void)
{
  assert_same ("Work", "wORK", TRUE);
  assert_same ("ÄPFEL", "äpfel", TRUE);
  assert_same ("STRASSE", "straße", TRUE);
  assert_same ("cafe", "café", FALSE);
}

static void
on_notify (GObject *object, GParamSpec *pspec, guint *n_notified)
{
  (*n_notified)++;
}

static void
test_values (void)
{
  OctavoTag *tag = octavo_tag_new (7, "Work", "blue", 3, 4);
  g_autofree char *name = NULL;
  gint64 n_notes, n_notes_in_tree;
  guint n_notified = 0;

  g_signal_connect (tag, "notify::n-notes", G_CALLBACK (on_notify), &n_notified);
  g_assert_cmpint (octavo_tag_get_id (tag), ==, 7);
  g_assert_cmpstr (octavo_tag_get_name (tag), ==, "Work");
  octavo_tag_set_counts (tag, 3, 5);
  g_assert_cmpuint (n_notified, ==, 0);
  octavo_tag_set_counts (tag, 4, 5);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (tag, "name", &name, "n-notes", &n_notes, "n-notes-in-tree", &n_notes_in_tree, NULL);
  g_assert_cmpstr (name, ==, "Work");
  g_assert_cmpint (n_notes, ==, 4);
  g_assert_cmpint (n_notes_in_tree, ==, 5);
  g_assert_finalize_object (tag);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tag/normalize", test_normalize);
  g_test_add_func ("/tag/invalid", test_invalid);
  g_test_add_func ("/tag/fold", test_fold);
  g_test_add_func ("/tag/values", test_values);

  return g_test_run ();
}
