/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-note-ids.h"

#include <locale.h>
#include <string.h>

/* Ids from words: "1 2 3". */
static OctavoNoteIds *
parse_ids (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        gint64 id = g_ascii_strtoll (words[i], NULL, 10);

        g_array_append_val (ids, id);
      }
  return octavo_note_ids_new (ids);
}

static OctavoNoteIds *
make_range (gint64 from, gint64 to)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = from; id < to; id++)
    g_array_append_val (ids, id);
  return octavo_note_ids_new (ids);
}

/* The parts as position-removed+added, and a check that they lead from one to the other. */
static char *
compare (OctavoNoteIds *old_ids, OctavoNoteIds *new_ids)
{
  g_autoptr (GArray) hunks = octavo_note_ids_compare (old_ids, new_ids);
  GString *text = g_string_new (NULL);

  if (hunks == NULL)
    return g_string_free (g_string_append (text, "all"), FALSE);

  for (guint i = hunks->len; i > 0; i--)
    {
      const OctavoNoteHunk *hunk = &g_array_index (hunks, OctavoNoteHunk, i - 1);

      octavo_note_ids_splice (old_ids, hunk->position, hunk->n_removed, new_ids, hunk->new_position, hunk->n_added);
    }
  g_assert_cmpuint (octavo_note_ids_get_length (old_ids), ==, octavo_note_ids_get_length (new_ids));
  g_assert_true (octavo_note_ids_starts_with (new_ids, old_ids));

  for (guint i = 0; i < hunks->len; i++)
    {
      const OctavoNoteHunk *hunk = &g_array_index (hunks, OctavoNoteHunk, i);

      g_string_append_printf (text, "%s%u-%u+%u", i > 0 ? " " : "", hunk->position, hunk->n_removed, hunk->n_added);
    }
  return g_string_free (text, FALSE);
}

static void
assert_compare (const char *from, const char *to, const char *expected)
{
  g_autoptr (OctavoNoteIds) old_ids = parse_ids (from);
  g_autoptr (OctavoNoteIds) new_ids = parse_ids (to);
  g_autofree char *hunks = compare (old_ids, new_ids);

  g_assert_cmpstr (hunks, ==, expected);
}

static void
test_compare (void)
{
  assert_compare ("1 2 3", "1 2 3", "");
  assert_compare ("1 2 3", "0 1 2 3", "0-0+1");
  assert_compare ("1 2 3", "1 2 3 4", "3-0+1");
  assert_compare ("1 2 3", "1 3", "1-1+0");
  assert_compare ("1 2 3", "1 9 3", "1-1+1");
  assert_compare ("1 2 3 4 5", "1 5", "1-3+0");
}

static void
test_moves (void)
{
  assert_compare ("1 2 3 4 5", "4 1 2 3 5", "0-0+1 3-1+0");
  assert_compare ("1 2 3 4 5", "2 3 4 1 5", "0-1+0 4-0+1");
  assert_compare ("1 2 3", "2 1 3", "0-0+1 1-1+0");
  assert_compare ("1 2 3 4 5 6", "5 1 2 3 6 4", "0-0+1 3-0+1 4-2+0");
}

static void
test_replaces (void)
{
  assert_compare ("", "1 2 3", "all");
  assert_compare ("1 2 3", "", "all");
  assert_compare ("1 2 3", "4 5 6", "all");
}

/* A search that keeps every other note has too many parts to tell one by one. */
static void
test_many_parts (void)
{
  g_autoptr (OctavoNoteIds) old_ids = make_range (1, 1001);
  GArray *odd = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (OctavoNoteIds) new_ids = NULL;
  g_autofree char *hunks = NULL;

  for (gint64 id = 1; id <= 1000; id += 2)
    g_array_append_val (odd, id);
  new_ids = octavo_note_ids_new (odd);
  hunks = compare (old_ids, new_ids);
  g_assert_cmpstr (hunks, ==, "all");
}

/* Few that stay among many that come are not worth keeping. */
static void
test_much_comes (void)
{
  g_autoptr (OctavoNoteIds) few = make_range (500, 510);
  g_autoptr (OctavoNoteIds) many = make_range (1, 1001);
  g_autofree char *grown = compare (few, many);
  g_autofree char *shrunk = NULL;

  g_assert_cmpstr (grown, ==, "all");
  shrunk = compare (many, few);
  g_assert_cmpstr (shrunk, ==, "0-499+0 509-491+0");
}

static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (OctavoNoteIds) old_ids = make_range (1, g_test_rand_int_range (2, 40));
      guint length = octavo_note_ids_get_length (old_ids);
      GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (OctavoNoteIds) new_ids = NULL;
      g_autofree char *hunks = NULL;

      for (guint i = 0; i < length; i++)
        {
          gint64 id = octavo_note_ids_get (old_ids, i);

          g_array_append_val (array, id);
        }
      for (int change = g_test_rand_int_range (0, 6); change > 0 && array->len > 0; change--)
        {
          guint from = (guint) g_test_rand_int_range (0, (gint32) array->len);
          gint64 id = g_array_index (array, gint64, from);
          guint to;

          g_array_remove_index (array, from);
          to = (guint) g_test_rand_int_range (0, (gint32) array->len + 1);
          if (g_test_rand_bit ())
            g_array_insert_val (array, to, id);
        }
      new_ids = octavo_note_ids_new (array);
      hunks = compare (old_ids, new_ids);
      g_assert_nonnull (hunks);
    }
}

static void
assert_position (OctavoNoteIds *ids, gint64 id, int expected)
{
  guint position = 12345;

  g_assert_cmpint (octavo_note_ids_find (ids, id, &position), ==, expected >= 0);
  g_assert_cmpint (position, ==, expected >= 0 ? expected : 12345);
  g_assert_cmpint (octavo_note_ids_find (ids, id, NULL), ==, expected >= 0);
}

static void
test_find (void)
{
  g_autoptr (OctavoNoteIds) dense = parse_ids ("7 3 5 4");
  g_autoptr (OctavoNoteIds) sparse = parse_ids ("9000000000000 3 70000000");
  g_autoptr (OctavoNoteIds) none = parse_ids ("");
  g_autoptr (OctavoNoteIds) added = parse_ids ("1 6");

  assert_position (dense, 7, 0);
  assert_position (dense, 4, 3);
  assert_position (dense, 6, -1);
  assert_position (dense, 2, -1);
  assert_position (dense, 8, -1);
  assert_position (dense, -1, -1);
  assert_position (sparse, 9000000000000, 0);
  assert_position (sparse, 70000000, 2);
  assert_position (sparse, 4, -1);
  assert_position (none, 1, -1);

  octavo_note_ids_splice (dense, 1, 2, added, 1, 1);
  assert_position (dense, 6, 1);
  assert_position (dense, 4, 2);
  assert_position (dense, 3, -1);

  /* one that takes more room than those that are there */
  octavo_note_ids_splice (dense, 1, 1, sparse, 0, 1);
  g_assert_cmpint (octavo_note_ids_get (dense, 0), ==, 7);
  g_assert_cmpint (octavo_note_ids_get (dense, 1), ==, 9000000000000);
  for (guint i = 0; i < 6; i++)
    {
      assert_position (dense, 9000000000000, 1);
      assert_position (dense, 4, 2);
      assert_position (dense, 6, -1);
      assert_position (dense, -7, -1);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note-ids/compare", test_compare);
  g_test_add_func ("/note-ids/moves", test_moves);
  g_test_add_func ("/note-ids/replaces", test_replaces);
  g_test_add_func ("/note-ids/many-parts", test_many_parts);
  g_test_add_func ("/note-ids/much-comes", test_much_comes);
  g_test_add_func ("/note-ids/random", test_random);
  g_test_add_func ("/note-ids/find", test_find);

  return g_test_run ();
}
