/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-diff"

#include "octavo-diff.h"

#include <string.h>

static GArray *
diff (const char *old_text, const char *new_text, OctavoDiffUnit unit)
{
  return octavo_diff (old_text, strlen (old_text), new_text, strlen (new_text), unit);
}

/* What a person would write: the old text with [what went|what came]. */
static char *
tell (const char *old_text, const char *new_text, OctavoDiffUnit unit)
{
  g_autoptr (GArray) hunks = diff (old_text, new_text, unit);
  GString *told = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      const OctavoDiffHunk *hunk = &g_array_index (hunks, OctavoDiffHunk, i);

      g_string_append_len (told, old_text + at, (gssize) (hunk->old_start - at));
      g_string_append_c (told, '[');
      g_string_append_len (told, old_text + hunk->old_start, (gssize) (hunk->old_end - hunk->old_start));
      g_string_append_c (told, '|');
      g_string_append_len (told, new_text + hunk->new_start, (gssize) (hunk->new_end - hunk->new_start));
      g_string_append_c (told, ']');
      at = hunk->old_end;
    }
  g_string_append (told, old_text + at);
  return g_string_free (told, FALSE);
}

#define assert_diff(old_text, new_text, unit, expected)                                                                \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *told = tell (old_text, new_text, unit);                                                           \
    g_assert_cmpstr (told, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
test_lines (void)
{
  assert_diff ("", "", OCTAVO_DIFF_LINES, "");
  assert_diff ("a\nb\n", "a\nb\n", OCTAVO_DIFF_LINES, "a\nb\n");
  assert_diff ("", "a\n", OCTAVO_DIFF_LINES, "[|a\n]");
  assert_diff ("a\n", "", OCTAVO_DIFF_LINES, "[a\n|]");
  assert_diff ("a\nb\nc\n", "a\nc\n", OCTAVO_DIFF_LINES, "a\n[b\n|]c\n");
  assert_diff ("a\nb\nc\n", "a\nB\nc\nd\n", OCTAVO_DIFF_LINES, "a\n[b\n|B\n]c\n[|d\n]");
  /* the last line has an end now: another line */
  assert_diff ("a\nb", "a\nb\n", OCTAVO_DIFF_LINES, "a\n[b|b\n]");
  assert_diff ("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", OCTAVO_DIFF_LINES,
               "[a\nb\n|]c\n[a\n|]b\n[|a\n]b\na\n[|c\n]");
}

static void
test_words (void)
{
  assert_diff ("one two three", "one 2 three", OCTAVO_DIFF_WORDS, "one [two|2] three");
  assert_diff ("a cat sat", "a cats sat", OCTAVO_DIFF_WORDS, "a [cat|cats] sat");
  assert_diff ("für Elise", "fur Elise", OCTAVO_DIFF_WORDS, "[für|fur] Elise");
  /* scripts without spaces by the character */
  assert_diff ("我喜欢茶。", "我喜欢咖啡。", OCTAVO_DIFF_WORDS, "我喜欢[茶|咖啡]。");
  /* accents that stand by themselves belong to their letter */
  assert_diff ("cafe\xcc\x81 x", "cafe x", OCTAVO_DIFF_WORDS, "[cafe\xcc\x81|cafe] x");
}

static void
test_words_within_lines (void)
{
  const char *old_text = "one two\nthree\nfour five", *new_text = "one 2\nthree\nfour\nfive";
  g_autoptr (GArray) hunks = octavo_diff_fine (old_text, strlen (old_text), new_text, strlen (new_text));
  const OctavoDiffHunk *hunk = &g_array_index (hunks, OctavoDiffHunk, 1);

  g_assert_cmpuint (hunks->len, ==, 2);
  g_assert_cmpuint (hunk->old_start, ==, 18);
  g_assert_cmpuint (hunk->old_end, ==, 19);
  g_assert_cmpuint (hunk->new_start, ==, 16);
  g_assert_cmpuint (hunk->new_end, ==, 17);
}

/* No byte is lost where a text is not valid, or has a zero in it. */
static void
test_any_bytes (void)
{
  const char old_text[] = "a\0b\xff\xfe c", new_text[] = "a\0b\xff c";
  g_autoptr (GArray) hunks =
      octavo_diff (old_text, sizeof old_text - 1, new_text, sizeof new_text - 1, OCTAVO_DIFF_WORDS);
  const OctavoDiffHunk *hunk = &g_array_index (hunks, OctavoDiffHunk, 0);

  g_assert_cmpuint (hunks->len, ==, 1);
  g_assert_cmpuint (hunk->old_start, ==, 4);
  g_assert_cmpuint (hunk->old_end, ==, 5);
  g_assert_cmpuint (hunk->new_start, ==, 4);
  g_assert_cmpuint (hunk->new_end, ==, 4);
}

/* How many lines the longest common subsequence has, by the table. */
static guint
count_common (const char *a, gsize n, const char *b, gsize m)
{
  g_autofree guint *table = g_new0 (guint, (n + 1) * (m + 1));

  for (gsize i = 1; i <= n; i++)
    for (gsize j = 1; j <= m; j++)
      {
        guint *at = &table[i * (m + 1) + j];

        *at = a[2 * (i - 1)] == b[2 * (j - 1)] ? at[-(gssize) m - 2] + 1 : MAX (at[-(gssize) m - 1], at[-1]);
      }
  return table[(n + 1) * (m + 1) - 1];
}

static char *
make_text (gsize n_lines, int n_kinds)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_lines; i++)
    g_string_append_printf (text, "%c\n", 'a' + g_test_rand_int_range (0, n_kinds));
  return g_string_free (text, FALSE);
}

/* What is between the hunks is the same in both, and there is something between any two. Returns the bytes it has. */
static gsize
check (const char *old_text, const char *new_text, OctavoDiffUnit unit)
{
  g_autoptr (GArray) hunks = diff (old_text, new_text, unit);
  gsize old_at = 0, new_at = 0, common = 0;

  for (guint i = 0; i <= hunks->len; i++)
    {
      OctavoDiffHunk end = { strlen (old_text), strlen (old_text), strlen (new_text), strlen (new_text) };
      const OctavoDiffHunk *hunk = i < hunks->len ? &g_array_index (hunks, OctavoDiffHunk, i) : &end;
      gsize length = hunk->old_start - old_at;

      g_assert_cmpuint (hunk->old_start, >=, old_at);
      g_assert_cmpuint (hunk->new_start - new_at, ==, length);
      g_assert_cmpint (memcmp (old_text + old_at, new_text + new_at, length), ==, 0);
      if (i > 0 && i < hunks->len)
        g_assert_cmpuint (length, >, 0);
      if (i < hunks->len)
        g_assert_true (hunk->old_end > hunk->old_start || hunk->new_end > hunk->new_start);
      common += length;
      old_at = hunk->old_end;
      new_at = hunk->new_end;
    }
  return common;
}

static void
test_random_texts_have_the_fewest_differences (void)
{
  for (guint i = 0; i < 4000; i++)
    {
      gsize n = (gsize) g_test_rand_int_range (0, 40), m = (gsize) g_test_rand_int_range (0, 40);
      int n_kinds = g_test_rand_int_range (1, 12);
      g_autofree char *old_text = make_text (n, n_kinds);
      g_autofree char *new_text = make_text (m, n_kinds);

      g_assert_cmpuint (check (old_text, new_text, OCTAVO_DIFF_LINES), ==, 2 * count_common (old_text, n, new_text, m));
    }
}

/* Too many differences to look for the fewest. */
static void
test_texts_that_have_nothing_in_common (void)
{
  for (int n_kinds = 2; n_kinds <= 26; n_kinds += 6)
    {
      g_autofree char *old_text = make_text (20000, n_kinds);
      g_autofree char *new_text = make_text (15000, n_kinds);

      g_assert_cmpuint (check (old_text, new_text, OCTAVO_DIFF_LINES), >, 0);
      check (old_text, new_text, OCTAVO_DIFF_WORDS);
    }
}

/* Who wants to know what was changed is not kept waiting for what is another text. */
static void
test_kin (void)
{
  g_autofree char *one = make_text (30000, 26);
  g_autofree char *other = make_text (30000, 26);
  g_autofree char *changed = g_strdup (one);
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) kin = NULL;
  g_autoptr (GArray) any = NULL;

  for (gsize i = 0; changed[i] != '\0'; i += 100)
    if (changed[i] != '\n')
      changed[i] = '-';
  none = octavo_diff_of_kin (one, strlen (one), other, strlen (other), OCTAVO_DIFF_LINES);
  g_assert_null (none);
  kin = octavo_diff_of_kin (one, strlen (one), changed, strlen (changed), OCTAVO_DIFF_LINES);
  any = octavo_diff (one, strlen (one), changed, strlen (changed), OCTAVO_DIFF_LINES);
  g_assert_cmpmem (kin->data, kin->len * sizeof (OctavoDiffHunk), any->data, any->len * sizeof (OctavoDiffHunk));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diff/lines", test_lines);
  g_test_add_func ("/diff/words", test_words);
  g_test_add_func ("/diff/words-within-lines", test_words_within_lines);
  g_test_add_func ("/diff/any-bytes", test_any_bytes);
  g_test_add_func ("/diff/random-texts-have-the-fewest-differences", test_random_texts_have_the_fewest_differences);
  g_test_add_func ("/diff/texts-that-have-nothing-in-common", test_texts_that_have_nothing_in_common);
  g_test_add_func ("/diff/kin", test_kin);
  return g_test_run ();
}
