/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-change-read"

#include "octavo-change-read.h"

#include "model-test.h"
#include "orm-changes-private.h"

#define MAX_LOG 60
#define MAX_ID  12

static void
assert_ids (GArray *ids, const gboolean *wanted)
{
  guint n = 0;

  for (guint id = 0; id < MAX_ID; id++)
    if (wanted[id])
      {
        g_assert_cmpuint (n, <, ids->len);
        g_assert_cmpint (g_array_index (ids, gint64, n), ==, id);
        n++;
      }
  g_assert_cmpuint (n, ==, ids->len);
}

static void
mark (gint64 key, OrmChangeKind kind, gboolean *places)
{
  places[key * 3 + kind] = TRUE;
}

/* Against the slow and obvious way: a place for each id. */
static void
assert_as_marked (const OrmChange *log, gsize n_log)
{
  OrmChanges *changes = orm_changes_new_from_log (log, n_log);
  gboolean notes[MAX_ID * 3] = { FALSE }, tags[MAX_ID * 3] = { FALSE };
  gboolean added[MAX_ID], removed[MAX_ID], updated[MAX_ID];
  GArray *lists[3] = { NULL };

  for (int kind = ORM_CHANGE_INSERT; kind <= ORM_CHANGE_DELETE; kind++)
    for (int table = 0; table < 2; table++)
      {
        gsize n_keys;
        const gint64 *keys =
            orm_changes_get_keys (changes, table == 0 ? "note" : "note_tag", (OrmChangeKind) kind, &n_keys);

        for (gsize i = 0; i < n_keys; i++)
          mark (keys[i], (OrmChangeKind) kind, table == 0 ? notes : tags);
      }
  for (guint id = 0; id < MAX_ID; id++)
    {
      gboolean has_tags = tags[id * 3] || tags[id * 3 + 1] || tags[id * 3 + 2];

      added[id] = notes[id * 3 + ORM_CHANGE_INSERT];
      removed[id] = notes[id * 3 + ORM_CHANGE_DELETE];
      updated[id] = (notes[id * 3 + ORM_CHANGE_UPDATE] || has_tags) && !added[id] && !removed[id];
    }
  octavo_change_read_notes (changes, &lists[0], &lists[1], &lists[2]);
  assert_ids (lists[0], added);
  assert_ids (lists[1], removed);
  assert_ids (lists[2], updated);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_array_unref (lists[i]);
  orm_changes_unref (changes);
}

static void
test_nothing (void)
{
  const OrmChange user = { "user", NULL, 1, ORM_CHANGE_UPDATE };

  assert_as_marked (NULL, 0);
  assert_as_marked (&user, 1);
}

static void
test_each_note_is_in_one_list (void)
{
  for (int turn = 0; turn < 5000; turn++)
    {
      OrmChange log[MAX_LOG];
      int n_log = g_test_rand_int_range (0, MAX_LOG + 1);

      for (int i = 0; i < n_log; i++)
        log[i] =
            (OrmChange){ .table =
                             g_test_rand_bit () ? g_intern_static_string ("note") : g_intern_static_string ("note_tag"),
                         .key = g_test_rand_int_range (0, MAX_ID),
                         .kind = (OrmChangeKind) g_test_rand_int_range (ORM_CHANGE_INSERT, ORM_CHANGE_DELETE + 1) };
      assert_as_marked (log, (gsize) n_log);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-read/nothing", test_nothing);
  g_test_add_func ("/change-read/each-note-is-in-one-list", test_each_note_is_in_one_list);
  return g_test_run ();
}
