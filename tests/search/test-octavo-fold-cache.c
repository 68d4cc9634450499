/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-fold-cache.h"

#include <string.h>

static void
test_large_texts_are_kept (void)
{
  OctavoFoldCache *cache = octavo_fold_cache_new ();
  g_autofree char *large = g_strnfill (1024 * 1024, 'A');
  g_autofree char *huge = g_strnfill (9 * 1024 * 1024, 'A');
  OctavoFoldedText *first = octavo_fold_cache_fold (cache, 1, large, strlen (large));
  OctavoFoldedText *again = octavo_fold_cache_fold (cache, 1, large, strlen (large));
  OctavoFoldedText *other, *small, *same;

  g_assert_true (first == again);
  g_assert_cmpuint (first->folded.length, ==, strlen (large));
  g_assert_cmpint (first->folded.text[0], ==, 'a');
  octavo_folded_text_unref (again);

  /* One letter differs. */
  large[77] = 'B';
  other = octavo_fold_cache_fold (cache, 1, large, strlen (large));
  g_assert_true (first != other);
  g_assert_cmpint (other->folded.text[77], ==, 'b');
  octavo_folded_text_unref (other);

  small = octavo_fold_cache_fold (cache, 2, "- [ ] X", 7);
  same = octavo_fold_cache_fold (cache, 2, "- [ ] X", 7);
  g_assert_true (small != same);
  g_assert_cmpint (small->facts, ==, OCTAVO_FACT_OPEN_BOX);
  octavo_folded_text_unref (small);
  octavo_folded_text_unref (same);

  small = octavo_fold_cache_fold (cache, 3, huge, strlen (huge));
  same = octavo_fold_cache_fold (cache, 3, huge, strlen (huge));
  g_assert_true (small != same);
  octavo_folded_text_unref (small);
  octavo_folded_text_unref (same);

  /* The text lives on with who uses it. */
  octavo_fold_cache_free (cache);
  g_assert_cmpint (first->folded.text[77], ==, 'a');
  octavo_folded_text_unref (first);
}

static gboolean
is_kept (OctavoFoldCache *cache, gint64 id, const char *text)
{
  OctavoFoldedText *first = octavo_fold_cache_fold (cache, id, text, strlen (text));
  OctavoFoldedText *second = octavo_fold_cache_fold (cache, id, text, strlen (text));
  gboolean same = first == second;

  octavo_folded_text_unref (first);
  octavo_folded_text_unref (second);
  return same;
}

static void
test_the_oldest_go (void)
{
  OctavoFoldCache *cache = octavo_fold_cache_new ();
  g_autofree char *large = g_strnfill (100 * 1024, 'A');
  g_autofree char *larger = g_strnfill (7 * 1024 * 1024, 'A');
  OctavoFoldedText *first = octavo_fold_cache_fold (cache, 1, large, strlen (large)), *again;

  for (gint64 id = 2; id <= 8; id++)
    g_assert_true (is_kept (cache, id, large));
  again = octavo_fold_cache_fold (cache, 1, large, strlen (large));
  g_assert_true (first == again);
  octavo_folded_text_unref (again);
  /* The ninth takes the place of the second. */
  g_assert_true (is_kept (cache, 9, large));
  again = octavo_fold_cache_fold (cache, 1, large, strlen (large));
  g_assert_true (first == again);
  octavo_folded_text_unref (again);
  /* Two of these are more than is kept in all. */
  g_assert_true (is_kept (cache, 10, larger));
  g_assert_true (is_kept (cache, 11, larger));
  octavo_fold_cache_clear (cache);
  again = octavo_fold_cache_fold (cache, 1, large, strlen (large));
  g_assert_true (first != again);
  octavo_folded_text_unref (again);
  octavo_folded_text_unref (first);
  octavo_fold_cache_free (cache);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold-cache/large-texts-are-kept", test_large_texts_are_kept);
  g_test_add_func ("/fold-cache/the-oldest-go", test_the_oldest_go);
  return g_test_run ();
}
