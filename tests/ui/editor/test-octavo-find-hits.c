/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-find-hits"

#include "octavo-find-hits.h"

#include "ui-test.h"

#define N_EDITS 3000

static GArray *
make_hits (guint n_hits, guint step, guint size)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));

  for (guint i = 0; i < n_hits; i++)
    {
      OctavoFindHit hit = { i * step, i * step + size };

      g_array_append_val (hits, hit);
    }
  return hits;
}

static void
assert_hits (OctavoFindHits *hits, const char *wanted)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < octavo_find_hits_get_n_hits (hits); i++)
    {
      OctavoFindHit hit = octavo_find_hits_get (hits, i);

      g_string_append_printf (list, "%s%u-%u", i > 0 ? " " : "", hit.start, hit.end);
    }
  g_assert_cmpstr (list->str, ==, wanted);
}

static void
test_edits (void)
{
  g_autoptr (OctavoFindHits) hits = octavo_find_hits_new ();
  g_autoptr (GArray) found = make_hits (4, 10, 3);

  octavo_find_hits_set (hits, found, 40);
  assert_hits (hits, "0-3 10-13 20-23 30-33");
  octavo_find_hits_edit (hits, 10, 0, 2); /* before a hit, and beside it */
  assert_hits (hits, "0-3 12-15 22-25 32-35");
  octavo_find_hits_edit (hits, 15, 0, 1); /* after it */
  assert_hits (hits, "0-3 12-15 23-26 33-36");
  octavo_find_hits_edit (hits, 24, 0, 1); /* in the middle of one */
  assert_hits (hits, "0-3 12-15 34-37");
  octavo_find_hits_edit (hits, 2, 11, 0); /* from one into the next */
  assert_hits (hits, "23-26");
  g_assert_cmpuint (octavo_find_hits_get_length (hits), ==, 33);
  octavo_find_hits_edit (hits, 0, 33, 0);
  assert_hits (hits, "");
}

static void
test_find (void)
{
  g_autoptr (OctavoFindHits) hits = octavo_find_hits_new ();
  g_autoptr (GArray) found = make_hits (3, 10, 3);

  g_assert_cmpuint (octavo_find_hits_find (hits, 0), ==, 0);
  octavo_find_hits_set (hits, found, 30);
  octavo_find_hits_edit (hits, 15, 0, 0);
  g_assert_cmpuint (octavo_find_hits_find (hits, 0), ==, 0);
  g_assert_cmpuint (octavo_find_hits_find (hits, 1), ==, 1);
  g_assert_cmpuint (octavo_find_hits_find (hits, 20), ==, 2);
  g_assert_cmpuint (octavo_find_hits_find (hits, 21), ==, 3);
}

/* What is to become of hits, one by one. */
static GArray *
edit_slowly (GArray *hits, guint at, guint n_removed, guint n_added)
{
  GArray *edited = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));

  for (guint i = 0; i < hits->len; i++)
    {
      OctavoFindHit hit = g_array_index (hits, OctavoFindHit, i);

      if (hit.start < at + n_removed && hit.end > at)
        continue;
      if (hit.start >= at + n_removed)
        {
          hit.start = hit.start - n_removed + n_added;
          hit.end = hit.end - n_removed + n_added;
        }
      g_array_append_val (edited, hit);
    }
  g_array_unref (hits);
  return edited;
}

static void
test_random_edits (void)
{
  g_autoptr (OctavoFindHits) hits = octavo_find_hits_new ();
  GArray *found = make_hits (2000, 7, 3);
  GArray *wanted = make_hits (2000, 7, 3);
  guint length = 2000 * 7;

  octavo_find_hits_set (hits, found, length);
  g_array_unref (found);
  for (guint i = 0; i < N_EDITS; i++)
    {
      guint at = (guint) g_test_rand_int_range (0, (int) length + 1);
      guint n_removed = (guint) g_test_rand_int_range (0, (int) MIN (length - at, 6) + 1);
      guint n_added = (guint) g_test_rand_int_range (0, 6);

      octavo_find_hits_edit (hits, at, n_removed, n_added);
      wanted = edit_slowly (wanted, at, n_removed, n_added);
      length += n_added - n_removed;
      g_assert_cmpuint (octavo_find_hits_get_n_hits (hits), ==, wanted->len);
      for (guint j = i % 50; j < wanted->len; j += 50)
        {
          OctavoFindHit hit = octavo_find_hits_get (hits, j);

          g_assert_cmpuint (hit.start, ==, g_array_index (wanted, OctavoFindHit, j).start);
          g_assert_cmpuint (hit.end, ==, g_array_index (wanted, OctavoFindHit, j).end);
          g_assert_cmpuint (octavo_find_hits_find (hits, hit.start), ==, j);
        }
    }
  g_assert_cmpuint (wanted->len, >, 0);
  g_assert_cmpuint (octavo_find_hits_get_length (hits), ==, length);
  g_array_unref (wanted);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/find-hits/edits", test_edits);
  g_test_add_func ("/find-hits/find", test_find);
  g_test_add_func ("/find-hits/random-edits", test_random_edits);
  return g_test_run ();
}
