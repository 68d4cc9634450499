/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-history"

#include "octavo-note-history.h"

typedef struct
{
  OctavoNoteHistory *history;
  GHashTable *gone; /* ids that are there no longer, as pointers */
  int n_changes;
} Test;

static void
on_changed (Test *self)
{
  self->n_changes++;
}

static void
set_up (Test *self, gconstpointer data)
{
  self->history = octavo_note_history_new ();
  self->gone = g_hash_table_new (NULL, NULL);
  g_signal_connect_swapped (self->history, "changed", G_CALLBACK (on_changed), self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_assert_finalize_object (self->history);
  g_hash_table_unref (self->gone);
}

static gboolean
is_there (gint64 id, gpointer user_data)
{
  return !g_hash_table_contains (((Test *) user_data)->gone, GINT_TO_POINTER (id));
}

static gint64
go (Test *self, int step)
{
  return octavo_note_history_go (self->history, step, is_there, self);
}

/* To a note that counts. */
static void
stay (Test *self, gint64 id)
{
  octavo_note_history_visit (self->history, id);
  octavo_note_history_settle (self->history);
}

static void
test_back_and_forward (Test *self, gconstpointer data)
{
  g_assert_false (octavo_note_history_can_go (self->history, -1));
  g_assert_false (octavo_note_history_can_go (self->history, 1));
  stay (self, 1);
  g_assert_false (octavo_note_history_can_go (self->history, -1));
  stay (self, 2);
  stay (self, 3);
  g_assert_cmpint (self->n_changes, ==, 3);

  g_assert_cmpint (go (self, -1), ==, 2);
  octavo_note_history_visit (self->history, 2); /* the window tells what it then shows */
  g_assert_cmpint (go (self, -1), ==, 1);
  g_assert_false (octavo_note_history_can_go (self->history, -1));
  g_assert_cmpint (go (self, -1), ==, 0);
  g_assert_cmpint (go (self, 1), ==, 2);
  g_assert_cmpint (go (self, 1), ==, 3);
  g_assert_false (octavo_note_history_can_go (self->history, 1));
  g_assert_cmpint (go (self, 1), ==, 0);
}

static void
test_another_way_forgets_the_one_before (Test *self, gconstpointer data)
{
  stay (self, 1);
  stay (self, 2);
  stay (self, 3);
  go (self, -1);
  go (self, -1);
  stay (self, 4);
  g_assert_false (octavo_note_history_can_go (self->history, 1));
  g_assert_cmpint (go (self, -1), ==, 1);
  g_assert_cmpint (go (self, 1), ==, 4);
}

static void
test_what_is_passed_does_not_count (Test *self, gconstpointer data)
{
  stay (self, 1);
  for (gint64 id = 2; id < 30; id++)
    octavo_note_history_visit (self->history, id);
  g_assert_cmpint (go (self, -1), ==, 1);
  g_assert_cmpint (go (self, 1), ==, 29);

  /* and back to the start in passing is where it began */
  octavo_note_history_visit (self->history, 30);
  octavo_note_history_visit (self->history, 29);
  g_assert_false (octavo_note_history_can_go (self->history, 1));
  g_assert_cmpint (go (self, -1), ==, 1);
}

static void
test_deleted_ones_are_skipped (Test *self, gconstpointer data)
{
  for (gint64 id = 1; id <= 6; id++)
    stay (self, id);
  g_hash_table_add (self->gone, GINT_TO_POINTER (4));
  g_hash_table_add (self->gone, GINT_TO_POINTER (5));
  g_assert_cmpint (go (self, -1), ==, 3);
  g_assert_cmpint (go (self, 1), ==, 6);
  g_hash_table_remove_all (self->gone);
  g_assert_cmpint (go (self, -1), ==, 3);

  g_hash_table_add (self->gone, GINT_TO_POINTER (1));
  g_hash_table_add (self->gone, GINT_TO_POINTER (2));
  g_assert_true (octavo_note_history_can_go (self->history, -1));
  g_assert_cmpint (go (self, -1), ==, 0);
  g_assert_false (octavo_note_history_can_go (self->history, -1));
  g_assert_cmpint (go (self, 1), ==, 6);
}

static void
test_from_nowhere_back_is_the_last (Test *self, gconstpointer data)
{
  octavo_note_history_visit (self->history, 0);
  g_assert_false (octavo_note_history_can_go (self->history, -1));
  stay (self, 1);
  stay (self, 2);
  octavo_note_history_visit (self->history, 0);
  g_assert_cmpint (go (self, -1), ==, 2);
  g_assert_cmpint (go (self, -1), ==, 1);

  /* the note that was shown is the one that is gone */
  go (self, 1);
  octavo_note_history_visit (self->history, 0);
  g_hash_table_add (self->gone, GINT_TO_POINTER (2));
  g_assert_cmpint (go (self, -1), ==, 1);

  /* and it may have been the first */
  octavo_note_history_visit (self->history, 5);
  octavo_note_history_settle (self->history);
  go (self, -1);
  octavo_note_history_visit (self->history, 0);
  g_hash_table_add (self->gone, GINT_TO_POINTER (1));
  g_assert_cmpint (go (self, -1), ==, 0);
  g_assert_cmpint (go (self, 1), ==, 5);
  stay (self, 1);
  g_hash_table_remove_all (self->gone);

  /* a new note that gets its id */
  octavo_note_history_visit (self->history, 0);
  octavo_note_history_visit (self->history, 7);
  g_assert_cmpint (go (self, -1), ==, 1);
}

static void
test_it_is_bounded (Test *self, gconstpointer data)
{
  int n = 0;

  for (gint64 id = 1; id <= 10 * OCTAVO_NOTE_HISTORY_MAX; id++)
    stay (self, id);
  while (go (self, -1) != 0)
    n++;
  g_assert_cmpint (n, ==, OCTAVO_NOTE_HISTORY_MAX - 1);
}

/* Against a plain list of what counts. */
static void
test_any_way_ends_where_it_should (Test *self, gconstpointer data)
{
  gint64 ids[OCTAVO_NOTE_HISTORY_MAX];
  int n = 1, at = 0;

  ids[0] = 1;
  stay (self, 1);
  for (int i = 0; i < 5000; i++)
    {
      int what = g_test_rand_int_range (0, 3);

      if (what == 0 && n < OCTAVO_NOTE_HISTORY_MAX)
        {
          gint64 id = ids[at] + g_test_rand_int_range (1, 5);

          n = ++at + 1;
          ids[at] = id;
          stay (self, id);
        }
      else if ((what == 1 && at > 0) || (what == 2 && at + 1 < n))
        {
          int step = what == 1 ? -1 : 1;

          at += step;
          g_assert_cmpint (go (self, step), ==, ids[at]);
        }
      g_assert_cmpint (octavo_note_history_can_go (self->history, -1), ==, at > 0);
      g_assert_cmpint (octavo_note_history_can_go (self->history, 1), ==, at + 1 < n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/note-history/" name, Test, NULL, set_up, func, tear_down)
  ADD ("back-and-forward", test_back_and_forward);
  ADD ("another-way-forgets-the-one-before", test_another_way_forgets_the_one_before);
  ADD ("what-is-passed-does-not-count", test_what_is_passed_does_not_count);
  ADD ("deleted-ones-are-skipped", test_deleted_ones_are_skipped);
  ADD ("from-nowhere-back-is-the-last", test_from_nowhere_back_is_the_last);
  ADD ("it-is-bounded", test_it_is_bounded);
  ADD ("any-way-ends-where-it-should", test_any_way_ends_where_it_should);
  return g_test_run ();
}
