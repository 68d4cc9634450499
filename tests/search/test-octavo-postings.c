/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-postings"

#include "octavo-postings.h"

#include <gio/gio.h>

/* Sets in a file of their own beside sets in hash tables: random changes of terms that few, many and most notes have,
 * with ids close together, with gaps, and far from each other. */
#define N_NOTES 20000
#define N_TERMS 4

typedef struct
{
  gint64 first;    /* id */
  gint64 distance; /* from one to the next */
} Ids;

typedef struct
{
  OrmConnection *connection;
  OctavoOrder *order;
  const Ids *ids;
  GHashTable *sets[N_TERMS]; /* of numbers of notes */
} Fixture;

static const Ids dense = { 1, 1 }, late = { G_GINT64_CONSTANT (70000001), 1 }, gaps = { 3, 7 },
                 negative = { -40000, 3 };

/* One in so many notes has the term. */
static const int one_in[N_TERMS] = { 4000, 90, 5, 1 };

static gint64
id_of (const Fixture *self, guint number)
{
  return self->ids->first + number * self->ids->distance;
}

static void
execute (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_connection_execute (self->connection, sql, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "migrations", "0001-first.sql", NULL);
  g_autofree char *schema = NULL;
  g_autofree char *insert = NULL;

  self->ids = data;
  self->connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &schema, NULL, &error);
  g_assert_no_error (error);
  execute (self, schema);
  execute (self, "INSERT INTO user (id, name, folded, created) VALUES (1, 'a', 'a', 0);"
                 "CREATE TABLE search_posting (key INTEGER PRIMARY KEY, notes BLOB NOT NULL) STRICT");
  insert = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                            "INSERT INTO note (id, user_id, created, updated) "
                            "SELECT %" G_GINT64_FORMAT " + i * %" G_GINT64_FORMAT ", 1, 0, 0 FROM n",
                            N_NOTES - 1, self->ids->first, self->ids->distance);
  execute (self, insert);
  octavo_order_follow (&self->order, self->connection, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_TERMS; i++)
    self->sets[i] = g_hash_table_new (NULL, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < N_TERMS; i++)
    g_hash_table_unref (self->sets[i]);
  octavo_order_unref (self->order);
  orm_connection_free (self->connection);
}

static void
change (Fixture *self, guint term, GArray *changes)
{
  g_autoptr (GError) error = NULL;
  OctavoPostingChanges of_term = { term + 1, changes };

  octavo_postings_change (self->connection, &of_term, 1, &error);
  g_assert_no_error (error);
}

static void
add_change (Fixture *self, guint term, guint number, gboolean is_gone, GArray *changes)
{
  OctavoPostingChange posting = { id_of (self, number), is_gone };

  g_array_append_val (changes, posting);
  if (is_gone)
    g_hash_table_remove (self->sets[term], GUINT_TO_POINTER (number));
  else
    g_hash_table_add (self->sets[term], GUINT_TO_POINTER (number));
}

static void
check (Fixture *self, guint term)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_new (octavo_order_get_n_slots (self->order));
  gint64 id = term + 1;
  guint n_found = 0, slot = 0;

  g_array_append_val (ids, id);
  octavo_postings_read (self->connection, ids, self->order, notes, NULL, &error);
  g_assert_no_error (error);
  for (; octavo_bitmap_next (notes, &slot); slot++)
    {
      gint64 number = (octavo_order_get_id (self->order, slot) - self->ids->first) / self->ids->distance;

      g_assert_true (g_hash_table_contains (self->sets[term], GINT_TO_POINTER (number)));
      n_found++;
    }
  g_assert_cmpuint (n_found, ==, g_hash_table_size (self->sets[term]));
}

/* As an index is built: in the order of ids, some thousand at once. */
static void
build (Fixture *self)
{
  for (guint from = 0; from < N_NOTES; from += 3000)
    for (guint term = 0; term < N_TERMS; term++)
      {
        g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (OctavoPostingChange));

        for (guint number = from; number < MIN (from + 3000, N_NOTES); number++)
          if (g_test_rand_int_range (0, one_in[term]) == 0)
            add_change (self, term, number, FALSE, changes);
        change (self, term, changes);
        check (self, term);
      }
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  g_assert_true (octavo_postings_suit (self->order));
  build (self);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (OctavoPostingChange));
      guint term = (guint) g_test_rand_int_range (0, N_TERMS);
      guint number = (guint) g_test_rand_int_range (0, N_NOTES);
      gboolean goes = g_test_rand_int_range (0, 2) == 0;

      for (int left = g_test_rand_int_range (1, 300); left > 0 && number < N_NOTES; left--)
        {
          add_change (self, term, number, goes != (g_test_rand_int_range (0, 8) == 0), changes);
          number += (guint) g_test_rand_int_range (1, 100);
        }
      change (self, term, changes);
      check (self, term);
    }
}

static void
count_posting (gint64 term_id, gint64 note_id, gpointer data)
{
  Fixture *self = data;
  gint64 number = (note_id - self->ids->first) / self->ids->distance;

  g_assert_true (g_hash_table_remove (self->sets[term_id - 1], GINT_TO_POINTER (number)));
}

static void
test_foreach (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  build (self);
  octavo_postings_foreach (self->connection, count_posting, self, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_TERMS; i++)
    g_assert_cmpuint (g_hash_table_size (self->sets[i]), ==, 0);
}

/* A set that nobody has any more takes no room. */
static void
test_empty (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (OctavoPostingChange));
  g_autoptr (GError) error = NULL;
  gint64 n_rows;

  build (self);
  for (guint i = 0; i < N_NOTES; i++)
    add_change (self, 3, i, TRUE, changes);
  change (self, 3, changes);
  check (self, 3);
  orm_connection_get_int64 (self->connection, "SELECT count (*) FROM search_posting WHERE key & 4294967295 = 4",
                            &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 0);
}

/* Bytes that no version wrote are no reason to read beyond them. */
static void
test_nonsense (Fixture *self, gconstpointer data)
{
  execute (self, "INSERT INTO search_posting (key, notes) VALUES (1, x'ff'), (2, x'ffffffffffffff'), (3, x''), "
                 "((1 << 32) + 3, zeroblob (8192)), (4, x''), ((1 << 32) + 4, x'ffff7f')");
  for (guint i = 0; i < 3; i++)
    check (self, i);
}

static void
test_far_apart (void)
{
  static const Ids far = { 5, G_GINT64_CONSTANT (1) << 40 };
  Fixture self = { 0 };

  set_up (&self, &far);
  g_assert_false (octavo_postings_suit (self.order));
  tear_down (&self, &far);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/postings/changes/dense", Fixture, &dense, set_up, test_changes, tear_down);
  g_test_add ("/postings/changes/late", Fixture, &late, set_up, test_changes, tear_down);
  g_test_add ("/postings/changes/gaps", Fixture, &gaps, set_up, test_changes, tear_down);
  g_test_add ("/postings/changes/negative", Fixture, &negative, set_up, test_changes, tear_down);
  g_test_add ("/postings/foreach", Fixture, &gaps, set_up, test_foreach, tear_down);
  g_test_add ("/postings/empty", Fixture, &dense, set_up, test_empty, tear_down);
  g_test_add ("/postings/nonsense", Fixture, &dense, set_up, test_nonsense, tear_down);
  g_test_add_func ("/postings/far-apart", test_far_apart);
  return g_test_run ();
}
