/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-id-set.h"

#define HIGH G_GINT64_CONSTANT (0x7ffffffffffffff0)

static void
add_up (gint64 id, gpointer sum)
{
  *(gint64 *) sum += id;
}

static void
test_add_and_remove (void)
{
  g_autoptr (OctavoIdSet) set = octavo_id_set_new ();
  const gint64 ids[] = { 1, 63, 64, 65, 32767, 32768, 134217727, 134217728, HIGH };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_false (octavo_id_set_contains (set, ids[i]));
      g_assert_false (octavo_id_set_remove (set, ids[i]));
      g_assert_true (octavo_id_set_add (set, ids[i]));
      g_assert_false (octavo_id_set_add (set, ids[i]));
      g_assert_true (octavo_id_set_contains (set, ids[i]));
      g_assert_cmpuint (octavo_id_set_get_size (set), ==, i + 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_true (octavo_id_set_remove (set, ids[i]));
      g_assert_false (octavo_id_set_contains (set, ids[i]));
      g_assert_cmpuint (octavo_id_set_get_size (set), ==, G_N_ELEMENTS (ids) - i - 1);
    }
}

static void
test_foreach (void)
{
  g_autoptr (OctavoIdSet) set = octavo_id_set_new ();
  gint64 expected = 0;
  gint64 sum = 0;

  octavo_id_set_foreach (set, add_up, &sum);
  g_assert_cmpint (sum, ==, 0);
  for (gint64 id = 3; id < 200000000; id += 1234567)
    {
      octavo_id_set_add (set, id);
      expected += id;
    }
  octavo_id_set_foreach (set, add_up, &sum);
  g_assert_cmpint (sum, ==, expected);
}

/* Against a table of the same ids. */
static void
test_random (void)
{
  g_autoptr (OctavoIdSet) set = octavo_id_set_new ();
  g_autoptr (GHashTable) table = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < 100000; i++)
    {
      int id = g_test_rand_int_range (1, 40000);

      if (g_test_rand_int_range (0, 3) == 0)
        g_assert_true (octavo_id_set_remove (set, id) == g_hash_table_remove (table, GINT_TO_POINTER (id)));
      else
        g_assert_true (octavo_id_set_add (set, id) == g_hash_table_add (table, GINT_TO_POINTER (id)));
    }
  g_assert_cmpuint (octavo_id_set_get_size (set), ==, g_hash_table_size (table));
  for (int id = 0; id < 40001; id++)
    g_assert_true (octavo_id_set_contains (set, id) == g_hash_table_contains (table, GINT_TO_POINTER (id)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id-set/add-and-remove", test_add_and_remove);
  g_test_add_func ("/id-set/foreach", test_foreach);
  g_test_add_func ("/id-set/random", test_random);

  return g_test_run ();
}
