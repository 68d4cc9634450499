/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-ids.h"

#include <string.h>

/* A million notes are eight megabytes of ids. The way back is made when somebody asks for it: an array where the ids
 * are dense, as they are in a file that was never imported into and emptied over and over, else a hash table. */

#define MAX_HUNKS  32
#define SPARSENESS 8  /* places in the array for each id, at most */
#define FEW        64 /* rows that may come without a second thought */

struct _OctavoNoteIds
{
  GArray *ids;
  guint32 *positions; /* position + 1 of each id from first_id on; 0: not there */
  gint64 first_id;
  gint64 n_places;
  GHashTable *table; /* id → position, where they are sparse */
};

static void
forget_positions (OctavoNoteIds *self)
{
  g_clear_pointer (&self->positions, g_free);
  g_clear_pointer (&self->table, g_hash_table_unref);
}

/**
 * octavo_note_ids_new:
 * @ids: (element-type gint64) (transfer full): ids, each once
 *
 * Returns: (transfer full): the ids
 */
OctavoNoteIds *
octavo_note_ids_new (GArray *ids)
{
  OctavoNoteIds *self = g_new0 (OctavoNoteIds, 1);

  self->ids = ids;
  return self;
}

/**
 * octavo_note_ids_free:
 * @self: (transfer full) (nullable): ids
 *
 * Frees them.
 */
void
octavo_note_ids_free (OctavoNoteIds *self)
{
  if (self == NULL)
    return;

  forget_positions (self);
  g_array_unref (self->ids);
  g_free (self);
}

/**
 * octavo_note_ids_get_length:
 * @self: ids
 *
 * Returns: how many there are
 */
guint
octavo_note_ids_get_length (const OctavoNoteIds *self)
{
  return self->ids->len;
}

/**
 * octavo_note_ids_get_values:
 * @self: ids
 *
 * Returns: (transfer none): the ids in order
 */
const gint64 *
octavo_note_ids_get_values (const OctavoNoteIds *self)
{
  return (const gint64 *) (gpointer) self->ids->data;
}

static void
find_range (const OctavoNoteIds *self, gint64 *first, gint64 *last)
{
  const gint64 *ids = octavo_note_ids_get_values (self);

  *first = G_MAXINT64;
  *last = 0;
  for (guint i = 0; i < self->ids->len; i++)
    {
      *first = MIN (*first, ids[i]);
      *last = MAX (*last, ids[i]);
    }
}

static void
ensure_positions (OctavoNoteIds *self)
{
  const gint64 *ids = octavo_note_ids_get_values (self);
  gint64 last_id;

  if (self->positions != NULL || self->table != NULL || self->ids->len == 0)
    return;

  find_range (self, &self->first_id, &last_id);
  self->n_places = last_id - self->first_id + 1;
  if (self->n_places <= (gint64) self->ids->len * SPARSENESS + FEW)
    {
      self->positions = g_new0 (guint32, (gsize) self->n_places);
      for (guint i = 0; i < self->ids->len; i++)
        self->positions[ids[i] - self->first_id] = i + 1;
      return;
    }

  self->table = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < self->ids->len; i++)
    g_hash_table_insert (self->table, (gpointer) &ids[i], GUINT_TO_POINTER (i));
}

/**
 * octavo_note_ids_find:
 * @self: ids
 * @id: an id
 * @position: (out) (optional): its position
 *
 * Finds where an id stands: in constant time, but for the first call.
 *
 * Returns: whether it is there
 */
gboolean
octavo_note_ids_find (OctavoNoteIds *self, gint64 id, guint *position)
{
  gpointer value = NULL;

  ensure_positions (self);
  if (self->positions != NULL)
    {
      guint32 place =
          id >= self->first_id && id - self->first_id < self->n_places ? self->positions[id - self->first_id] : 0;

      if (place > 0 && position != NULL)
        *position = place - 1;
      return place > 0;
    }

  if (self->table == NULL || !g_hash_table_lookup_extended (self->table, &id, NULL, &value))
    return FALSE;
  if (position != NULL)
    *position = GPOINTER_TO_UINT (value);
  return TRUE;
}

/**
 * octavo_note_ids_equal:
 * @a: ids
 * @b: other ids
 *
 * Returns: whether both are the same in the same order
 */
gboolean
octavo_note_ids_equal (const OctavoNoteIds *a, const OctavoNoteIds *b)
{
  return a->ids->len == b->ids->len &&
         (a->ids->len == 0 || memcmp (a->ids->data, b->ids->data, a->ids->len * sizeof (gint64)) == 0);
}

/**
 * octavo_note_ids_splice:
 * @self: ids
 * @position: where
 * @n_removed: how many go from there
 * @added: (array length=n_added): those that come there
 * @n_added: how many come
 *
 * Changes a part.
 */
void
octavo_note_ids_splice (OctavoNoteIds *self, guint position, guint n_removed, const gint64 *added, guint n_added)
{
  g_return_if_fail (position + n_removed <= self->ids->len);

  forget_positions (self);
  if (n_removed > 0)
    g_array_remove_range (self->ids, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (self->ids, position, added, n_added);
}

typedef struct
{
  OctavoNoteIds *old_ids;
  OctavoNoteIds *new_ids;
  guint i; /* position in the old ones */
  guint j; /* position in the new ones */
  guint n_kept;
  guint n_added;
  gboolean is_open; /* the last hunk ends here */
  GArray *hunks;
} Comparison;

static OctavoNoteHunk *
get_hunk (Comparison *self)
{
  if (!self->is_open)
    {
      OctavoNoteHunk hunk = { .position = self->i, .new_position = self->j };

      g_array_append_val (self->hunks, hunk);
      self->is_open = TRUE;
    }
  return &g_array_index (self->hunks, OctavoNoteHunk, self->hunks->len - 1);
}

static void
remove_one (Comparison *self)
{
  get_hunk (self)->n_removed++;
  self->i++;
}

static void
add_one (Comparison *self)
{
  get_hunk (self)->n_added++;
  self->n_added++;
  self->j++;
}

/* Both stand at ids that differ. Of two that are still to come on the other side, the one that is farther away is the
 * one that moved. */
static void
step (Comparison *self, const gint64 *old_values, const gint64 *new_values)
{
  guint old_at, new_at;

  if (self->j >= self->new_ids->ids->len)
    remove_one (self);
  else if (self->i >= self->old_ids->ids->len)
    add_one (self);
  else if (!octavo_note_ids_find (self->new_ids, old_values[self->i], &new_at) || new_at < self->j)
    remove_one (self);
  else if (!octavo_note_ids_find (self->old_ids, new_values[self->j], &old_at) || old_at < self->i)
    add_one (self);
  else if (new_at - self->j > old_at - self->i)
    remove_one (self);
  else
    add_one (self);
}

/**
 * octavo_note_ids_compare:
 * @old_ids: ids as they were
 * @new_ids: ids as they are
 *
 * Finds the parts that differ. A note that moved is one that goes and one that comes.
 *
 * Returns: (element-type OctavoNoteHunk) (transfer full) (nullable): the parts in order, positions in those of
 * @old_ids; %NULL where they are so many, or so much comes, that all is better replaced
 */
GArray *
octavo_note_ids_compare (OctavoNoteIds *old_ids, OctavoNoteIds *new_ids)
{
  g_autoptr (GArray) hunks = g_array_new (FALSE, FALSE, sizeof (OctavoNoteHunk));
  Comparison self = { .old_ids = old_ids, .new_ids = new_ids, .hunks = hunks };
  const gint64 *old_values = octavo_note_ids_get_values (old_ids);
  const gint64 *new_values = octavo_note_ids_get_values (new_ids);

  while (self.i < old_ids->ids->len || self.j < new_ids->ids->len)
    {
      if (self.i < old_ids->ids->len && self.j < new_ids->ids->len && old_values[self.i] == new_values[self.j])
        {
          self.i++;
          self.j++;
          self.n_kept++;
          self.is_open = FALSE;
          continue;
        }
      step (&self, old_values, new_values);
      if (hunks->len > MAX_HUNKS)
        return NULL;
    }

  if (self.n_kept == 0 || (self.n_added > FEW && self.n_added > self.n_kept))
    return NULL;
  return g_steal_pointer (&hunks);
}

/**
 * octavo_note_hunks_have_added:
 * @hunks: (element-type OctavoNoteHunk): the parts that differ
 * @position: a position in the new ids
 *
 * Returns: whether what stands there came with one of the parts
 */
gboolean
octavo_note_hunks_have_added (GArray *hunks, guint position)
{
  for (guint i = 0; i < hunks->len; i++)
    {
      const OctavoNoteHunk *hunk = &g_array_index (hunks, OctavoNoteHunk, i);

      if (position >= hunk->new_position && position < hunk->new_position + hunk->n_added)
        return TRUE;
    }
  return FALSE;
}
