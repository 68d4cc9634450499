/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-merge"

#include "octavo-merge.h"

#include <string.h>

#define assert_merge(base, ours, theirs, expected)                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *merged = octavo_merge (base, ours, theirs);                                                       \
    g_assert_cmpstr (merged, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
test_one_side (void)
{
  assert_merge ("a\nb\n", "a\nb\n", "a\nB\n", "a\nB\n");
  assert_merge ("a\nb\n", "A\nb\n", "a\nb\n", "A\nb\n");
  assert_merge ("a", "", "a", "");
  assert_merge ("", "", "a", "a");
  assert_merge ("", "", "", "");
}

static void
test_different_lines (void)
{
  assert_merge ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n");
  assert_merge ("a\nb\nc\n", "b\nc\n", "a\nb\n", "b\n");
  /* lines that stand one below the other */
  assert_merge ("a\nb\n", "A\nb\n", "a\nB\n", "A\nB\n");
  assert_merge ("a\nb\n", "a\nx\nb\n", "a\nB\n", "a\nx\nB\n");
}

static void
test_same_change (void)
{
  assert_merge ("a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n");
  assert_merge ("a\nb\nc\n", "a\nB\nc\nd\n", "A\nB\nc\n", "A\nB\nc\nd\n");
}

static void
test_both_went_on (void)
{
  assert_merge ("- milk\n", "- milk\n- eggs\n", "- milk\n- bread\n", "- milk\n- eggs\n- bread\n");
  /* the last line has no end */
  assert_merge ("- milk", "- milk\n- eggs", "- milk\n- bread", "- milk\n- eggs\n- bread");
  assert_merge ("", "one", "other", NULL);
}

static void
test_words_of_a_line (void)
{
  assert_merge ("Buy milk and bread today.\n", "Buy oat milk and bread today.\n", "Buy milk and bread tomorrow.\n",
                "Buy oat milk and bread tomorrow.\n");
  assert_merge ("a b c\nd e f\n", "A b c\nd e F\n", "a b C\nD e f\n", "A b C\nD e F\n");
  assert_merge ("我喜欢茶和水。", "我很喜欢茶和水。", "我喜欢茶和酒。", "我很喜欢茶和酒。");
}

static void
test_clashes (void)
{
  assert_merge ("Buy milk.\n", "Buy oat.\n", "Buy eggs.\n", NULL);
  assert_merge ("a cat\n", "a cat sat\n", "a cat slept\n", NULL);
  assert_merge ("a\nb\nc\n", "a\nc\n", "a\nB\nc\n", NULL);
  /* put in between lines that the other took away */
  assert_merge ("a\nb\nc\nd\n", "a\nb\nx\nc\nd\n", "a\nd\n", NULL);
}

static char *
join (char **lines, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, lines[i]);
  return g_string_free (text, FALSE);
}

/* Who changes a line: one (0 and 1), the other (2 and 3), both in the same way (4), nobody. What both do stands by
 * itself, as together with what one does beside it, it would not be the same. */
static int
choose (guint line)
{
  switch (line % 5)
    {
    case 0:
    case 1:
      return g_test_rand_int_range (0, 4);
    case 3:
      return g_test_rand_int_range (4, 6);
    default:
      return 5;
    }
}

static void
test_random_lines (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 30);
      char **texts[4] = { g_new0 (char *, n + 1), g_new0 (char *, n + 1), g_new0 (char *, n + 1),
                          g_new0 (char *, n + 1) };
      g_autofree char *base = NULL, *ours = NULL, *theirs = NULL, *expected = NULL;

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *line = g_strdup_printf ("line %u\n", i);
          g_autofree char *other = NULL;
          int who = choose (i);

          if (who % 2 == 0)
            other = g_strdup_printf ("%schanged %d\n", g_test_rand_bit () ? line : "", g_test_rand_int_range (0, 3));
          else
            other = g_strdup ("");
          texts[0][i] = g_strdup (line);
          texts[1][i] = g_strdup (who == 0 || who == 1 || who == 4 ? other : line);
          texts[2][i] = g_strdup (who == 2 || who == 3 || who == 4 ? other : line);
          texts[3][i] = g_strdup (who <= 4 ? other : line);
        }
      base = join (texts[0], n);
      ours = join (texts[1], n);
      theirs = join (texts[2], n);
      expected = join (texts[3], n);
      assert_merge (base, ours, theirs, expected);
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        g_strfreev (texts[i]);
    }
}

static char *
make_text (guint n)
{
  static const char *const words[] = { "a", "b", " ", "\n", "c\n", "ä" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

/* Whatever the texts: who changed nothing loses nothing, and two who did the same have done it once. */
static void
test_random_texts (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      g_autofree char *base = make_text ((guint) g_test_rand_int_range (0, 20));
      g_autofree char *ours = make_text ((guint) g_test_rand_int_range (0, 20));
      g_autofree char *theirs = make_text ((guint) g_test_rand_int_range (0, 20));
      g_autofree char *one = octavo_merge (base, ours, theirs);
      g_autofree char *other = octavo_merge (base, theirs, ours);

      assert_merge (base, ours, base, ours);
      assert_merge (base, base, theirs, theirs);
      assert_merge (base, ours, ours, ours);
      g_assert_cmpint (one == NULL, ==, other == NULL);
    }
}

/* A word of so many of each half is another, in a text of one line. */
static char *
change_half (GPtrArray *words, guint one_of, gboolean is_first)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      gboolean is_changed = (i < words->len / 2) == is_first && i % one_of == 0;

      g_string_append_printf (text, "%s%s ", (char *) words->pdata[i], is_changed ? "x" : "");
    }
  return g_string_free (text, FALSE);
}

/* What it would take long to compare is two texts; what was changed in many places is merged. */
static void
test_large_texts (void)
{
  enum
  {
    N_WORDS = 100000,
    N_CHANGES = 5000
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *base = NULL, *ours = NULL, *theirs = NULL;
  g_autoptr (GString) others = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  guint one_of = N_WORDS / 2 / N_CHANGES;

  for (guint i = 0; i < N_WORDS; i++)
    {
      g_ptr_array_add (words, g_strdup_printf ("w%d", g_test_rand_int_range (0, 3000)));
      g_string_append_printf (others, "w%d ", g_test_rand_int_range (0, 3000));
      g_string_append_printf (expected, "%s%s ", (char *) words->pdata[i], i % one_of == 0 ? "x" : "");
    }
  base = change_half (words, G_MAXUINT, FALSE);
  ours = change_half (words, one_of, TRUE);
  theirs = change_half (words, one_of, FALSE);
  assert_merge (base, ours, theirs, expected->str);
  g_assert_null (octavo_merge (base, others->str, theirs));
  g_assert_null (octavo_merge (base, theirs, others->str));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/one-side", test_one_side);
  g_test_add_func ("/merge/different-lines", test_different_lines);
  g_test_add_func ("/merge/same-change", test_same_change);
  g_test_add_func ("/merge/both-went-on", test_both_went_on);
  g_test_add_func ("/merge/words-of-a-line", test_words_of_a_line);
  g_test_add_func ("/merge/clashes", test_clashes);
  g_test_add_func ("/merge/random-lines", test_random_lines);
  g_test_add_func ("/merge/random-texts", test_random_texts);
  g_test_add_func ("/merge/large-texts", test_large_texts);
  return g_test_run ();
}
