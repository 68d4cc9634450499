/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-ids.h"

#include <string.h>

/* A million notes are eight megabytes of ids. The way back is made when somebody asks for it more than a few times: an
 * array where the ids are dense, as they are in a file that was never imported into and emptied over and over, else a
 * hash table. */

#define MAX_HUNKS  32
#define SPARSENESS 8  /* places in the array for each id, at most */
#define FEW        64 /* rows that may come without a second thought */
#define FEW_SCANS  4  /* looking through all ids is quicker so many times */

struct _OctavoNoteIds
{
  GArray *ids;
  guint n_scans;
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
  self->n_scans = 0;
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

static gboolean
scan (const OctavoNoteIds *self, gint64 id, guint *position)
{
  const gint64 *ids = octavo_note_ids_get_values (self);

  for (guint i = 0; i < self->ids->len; i++)
    if (ids[i] == id)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
look_up (OctavoNoteIds *self, gint64 id, guint *position)
{
  gpointer value = NULL;
  guint32 place;

  ensure_positions (self);
  if (self->positions == NULL)
    {
      if (self->table == NULL || !g_hash_table_lookup_extended (self->table, &id, NULL, &value))
        return FALSE;
      *position = GPOINTER_TO_UINT (value);
      return TRUE;
    }
  place = id >= self->first_id && id - self->first_id < self->n_places ? self->positions[id - self->first_id] : 0;
  *position = place - 1;
  return place > 0;
}

/**
 * octavo_note_ids_find:
 * @self: ids
 * @id: an id
 * @position: (out) (optional): its position
 *
 * Finds where an id stands: in constant time, but for the first calls after they changed.
 *
 * Returns: whether it is there
 */
gboolean
octavo_note_ids_find (OctavoNoteIds *self, gint64 id, guint *position)
{
  guint found;
  gboolean is_there = self->n_scans < FEW_SCANS ? scan (self, id, &found) : look_up (self, id, &found);

  if (self->n_scans < FEW_SCANS)
    self->n_scans++;
  if (is_there && position != NULL)
    *position = found;
  return is_there;
}

/**
 * octavo_note_ids_starts_with:
 * @self: ids
 * @start: other ids
 *
 * Returns: whether it is the others in the same order, and nothing or more behind them
 */
gboolean
octavo_note_ids_starts_with (const OctavoNoteIds *self, const OctavoNoteIds *start)
{
  return self->ids->len >= start->ids->len &&
         (start->ids->len == 0 || memcmp (self->ids->data, start->ids->data, start->ids->len * sizeof (gint64)) == 0);
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
  guint offset;     /* how many stood before them, and are the same */
  GArray *hunks;
} Comparison;

static OctavoNoteHunk *
get_hunk (Comparison *self)
{
  if (!self->is_open)
    {
      OctavoNoteHunk hunk = { .position = self->offset + self->i, .new_position = self->offset + self->j };

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
step (Comparison *self, gint64 old_id, gint64 new_id)
{
  guint old_at, new_at;

  if (self->j >= self->new_ids->ids->len)
    remove_one (self);
  else if (self->i >= self->old_ids->ids->len)
    add_one (self);
  else if (!octavo_note_ids_find (self->new_ids, old_id, &new_at) || new_at < self->j)
    remove_one (self);
  else if (!octavo_note_ids_find (self->old_ids, new_id, &old_at) || old_at < self->i)
    add_one (self);
  else if (new_at - self->j > old_at - self->i)
    remove_one (self);
  else
    add_one (self);
}

/* (transfer full) */
static OctavoNoteIds *
slice (const OctavoNoteIds *self, guint start, guint length)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), length);

  if (length > 0)
    g_array_append_vals (ids, octavo_note_ids_get_values (self) + start, length);
  return octavo_note_ids_new (ids);
}

/* How many are the same at the start, and behind that at the end. */
static void
find_same (const OctavoNoteIds *a, const OctavoNoteIds *b, guint *n_start, guint *n_end)
{
  const gint64 *x = octavo_note_ids_get_values (a), *y = octavo_note_ids_get_values (b);
  guint n = MIN (a->ids->len, b->ids->len), i = 0, j = 0;

  while (i < n && x[i] == y[i])
    i++;
  while (j < n - i && x[a->ids->len - 1 - j] == y[b->ids->len - 1 - j])
    j++;
  *n_start = i;
  *n_end = j;
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
  g_autoptr (OctavoNoteIds) old_middle = NULL;
  g_autoptr (OctavoNoteIds) new_middle = NULL;
  Comparison self = { .hunks = hunks };
  guint n_end;

  /* A note that was edited moves to the front of a million: those behind it are not looked at one by one. */
  find_same (old_ids, new_ids, &self.offset, &n_end);
  self.n_kept = self.offset + n_end;
  self.old_ids = old_middle = slice (old_ids, self.offset, old_ids->ids->len - self.n_kept);
  self.new_ids = new_middle = slice (new_ids, self.offset, new_ids->ids->len - self.n_kept);
  while (self.i < old_middle->ids->len || self.j < new_middle->ids->len)
    {
      gint64 old_id = self.i < old_middle->ids->len ? g_array_index (old_middle->ids, gint64, self.i) : 0;
      gint64 new_id = self.j < new_middle->ids->len ? g_array_index (new_middle->ids, gint64, self.j) : 0;

      if (self.i < old_middle->ids->len && self.j < new_middle->ids->len && old_id == new_id)
        {
          self.i++;
          self.j++;
          self.n_kept++;
          self.is_open = FALSE;
          continue;
        }
      step (&self, old_id, new_id);
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
