/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-leaf-cache"

#include "octavo-leaf-cache.h"

static const OctavoLeafState state = { 1, 1, 1, { 0 } };

static void
put (OctavoLeafCache *cache, const OctavoLeafState *of, const char *key, guint bit, guint n_bits)
{
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_new (n_bits);

  octavo_bitmap_set (notes, bit);
  octavo_leaf_cache_put (cache, of, key, notes);
}

static gboolean
has (OctavoLeafCache *cache, const OctavoLeafState *of, const char *key, guint bit, guint n_bits)
{
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_new (n_bits);

  if (!octavo_leaf_cache_get (cache, of, key, notes))
    return FALSE;
  g_assert_true (octavo_bitmap_get (notes, bit));
  g_assert_cmpuint (octavo_bitmap_count (notes), ==, 1);
  return TRUE;
}

static void
test_remembers (void)
{
  g_autoptr (OctavoLeafCache) cache = octavo_leaf_cache_new (100000);

  g_assert_false (has (cache, &state, "a", 3, 100));
  put (cache, &state, "a", 3, 100);
  put (cache, &state, "b", 99, 100);
  g_assert_true (has (cache, &state, "a", 3, 100));
  g_assert_true (has (cache, &state, "b", 99, 100));
  /* Notes came: what the index says is the same. */
  g_assert_true (has (cache, &state, "b", 99, 1000));
  /* A snapshot of before they came. */
  g_assert_false (has (cache, &state, "b", 3, 50));
}

static void
test_state (void)
{
  static const OctavoLeafState others[] = { { 2, 1, 1, { 0 } },
                                            { 1, 2, 1, { 0 } },
                                            { 1, 1, 2, { 0 } },
                                            { 1, 1, 1, { 0, 7, 0 } } };
  g_autoptr (OctavoLeafCache) cache = octavo_leaf_cache_new (100000);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      put (cache, &state, "a", 3, 100);
      g_assert_false (has (cache, &others[i], "a", 3, 100));
      g_assert_true (has (cache, &state, "a", 3, 100));
      put (cache, &others[i], "b", 4, 100);
      g_assert_false (has (cache, &state, "a", 3, 100));
      g_assert_true (has (cache, &others[i], "b", 4, 100));
    }
}

static void
test_bound (void)
{
  g_autoptr (OctavoLeafCache) cache = octavo_leaf_cache_new (4000); /* three of a thousand bytes and a little more */

  put (cache, &state, "a", 1, 8000);
  put (cache, &state, "b", 2, 8000);
  put (cache, &state, "c", 3, 8000);
  g_assert_true (has (cache, &state, "a", 1, 8000));
  put (cache, &state, "d", 4, 8000);
  g_assert_false (has (cache, &state, "b", 2, 8000));
  g_assert_true (has (cache, &state, "a", 1, 8000));
  put (cache, &state, "e", 5, 80000); /* larger than all */
  g_assert_false (has (cache, &state, "e", 5, 80000));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaf-cache/remembers", test_remembers);
  g_test_add_func ("/leaf-cache/state", test_state);
  g_test_add_func ("/leaf-cache/bound", test_bound);
  return g_test_run ();
}
