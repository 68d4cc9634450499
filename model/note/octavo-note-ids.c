/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-ids.h"

#include <string.h>

/* A million notes are four megabytes of ids, as they fit into 32 bits: what was never given more than four thousand
 * million ids; else they are eight. The way back is made when somebody asks for it more than a few times: by id where
 * the ids are dense, as they are in a file that was never imported into and emptied over and over, else by their
 * order. */

#define MAX_HUNKS  32
#define SPARSENESS 8  /* places for each id, at most */
#define FEW        64 /* rows that may come without a second thought */
#define FEW_SCANS  4  /* looking through all ids is quicker so many times */

struct _OctavoNoteIds
{
  gpointer values; /* guint32, or gint64 */
  gsize width;     /* of each, in bytes */
  guint n_ids;
  guint capacity;

  guint64 n_scanned;  /* ids that were looked at to find some */
  guint32 *positions; /* (nullable): position + 1 of each id from first_id on, 0: not there; or, sorted by their ids,
                         the positions of all */
  gint64 first_id;
  gint64 n_places; /* 0: positions are sorted */
};

static inline gint64
get (const OctavoNoteIds *self, guint position)
{
  return self->width == sizeof (gint64) ? ((const gint64 *) self->values)[position]
                                        : ((const guint32 *) self->values)[position];
}

static void
forget_positions (OctavoNoteIds *self)
{
  g_clear_pointer (&self->positions, g_free);
  self->n_scanned = 0;
}

static inline char *
at (const OctavoNoteIds *self, guint position)
{
  return (char *) self->values + position * self->width;
}

/* In place, as the first half of it is what is kept. */
static void
make_narrow (OctavoNoteIds *self)
{
  guint64 high = 0;

  for (guint i = 0; i < self->n_ids; i++)
    high |= (guint64) get (self, i) >> 32;
  if (high != 0)
    return;
  for (guint i = 0; i < self->n_ids; i++)
    {
      guint32 id = (guint32) get (self, i);

      memcpy ((char *) self->values + i * sizeof id, &id, sizeof id);
    }
  self->width = sizeof (guint32);
  self->capacity = self->n_ids;
  self->values = g_realloc (self->values, MAX (self->n_ids, 1) * self->width);
}

static void
make_wide (OctavoNoteIds *self)
{
  gint64 *values = g_new (gint64, self->n_ids + 1);

  for (guint i = 0; i < self->n_ids; i++)
    values[i] = get (self, i);
  g_free (self->values);
  self->values = values;
  self->width = sizeof (gint64);
  self->capacity = self->n_ids + 1;
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

  self->n_ids = self->capacity = ids->len;
  self->width = sizeof (gint64);
  self->values = g_array_free (ids, FALSE);
  make_narrow (self);
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
  g_free (self->values);
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
  return self->n_ids;
}

/**
 * octavo_note_ids_get:
 * @self: ids
 * @position: which
 *
 * Returns: the id that stands there
 */
gint64
octavo_note_ids_get (const OctavoNoteIds *self, guint position)
{
  g_return_val_if_fail (position < self->n_ids, 0);

  return get (self, position);
}

static int
compare_positions (gconstpointer a, gconstpointer b, gpointer self)
{
  gint64 x = get (self, *(const guint32 *) a), y = get (self, *(const guint32 *) b);

  return x < y ? -1 : x > y;
}

static void
ensure_positions (OctavoNoteIds *self)
{
  gint64 last_id = G_MININT64;

  if (self->positions != NULL)
    return;

  self->first_id = G_MAXINT64;
  for (guint i = 0; i < self->n_ids; i++)
    {
      self->first_id = MIN (self->first_id, get (self, i));
      last_id = MAX (last_id, get (self, i));
    }
  self->n_places = 0;
  if (self->n_ids > 0 && (guint64) last_id - (guint64) self->first_id < (guint64) self->n_ids * SPARSENESS + FEW)
    {
      self->n_places = last_id - self->first_id + 1;
      self->positions = g_new0 (guint32, (gsize) self->n_places);
      for (guint i = 0; i < self->n_ids; i++)
        self->positions[get (self, i) - self->first_id] = i + 1;
      return;
    }

  self->positions = g_new (guint32, self->n_ids + 1);
  for (guint i = 0; i < self->n_ids; i++)
    self->positions[i] = i;
  g_qsort_with_data (self->positions, (int) self->n_ids, sizeof *self->positions, compare_positions, self);
}

static gboolean
scan (OctavoNoteIds *self, gint64 id, guint *position)
{
  guint i = 0;

  while (i < self->n_ids && get (self, i) != id)
    i++;
  self->n_scanned += i;
  *position = i;
  return i < self->n_ids;
}

static gboolean
look_up (OctavoNoteIds *self, gint64 id, guint *position)
{
  guint low = 0, high = self->n_ids;

  ensure_positions (self);
  if (self->n_places > 0)
    {
      guint32 place =
          id >= self->first_id && id - self->first_id < self->n_places ? self->positions[id - self->first_id] : 0;

      *position = place - 1;
      return place > 0;
    }
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get (self, self->positions[middle]) < id)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->n_ids || get (self, self->positions[low]) != id)
    return FALSE;
  *position = self->positions[low];
  return TRUE;
}

/**
 * octavo_note_ids_find:
 * @self: ids
 * @id: an id
 * @position: (out) (optional): its position
 *
 * Finds where an id stands: at once, but for the first few calls after they changed, or where it is near the start.
 *
 * Returns: whether it is there
 */
gboolean
octavo_note_ids_find (OctavoNoteIds *self, gint64 id, guint *position)
{
  guint found;
  gboolean is_there =
      self->n_scanned < FEW_SCANS * (guint64) self->n_ids ? scan (self, id, &found) : look_up (self, id, &found);

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
  if (self->n_ids < start->n_ids)
    return FALSE;
  for (guint i = 0; i < start->n_ids; i++)
    if (get (self, i) != get (start, i))
      return FALSE;
  return TRUE;
}

/**
 * octavo_note_ids_splice:
 * @self: ids
 * @position: where
 * @n_removed: how many go from there
 * @from: ids
 * @start: from where on those come there
 * @n_added: how many come
 *
 * Changes a part.
 */
void
octavo_note_ids_splice (OctavoNoteIds *self,
                        guint position,
                        guint n_removed,
                        const OctavoNoteIds *from,
                        guint start,
                        guint n_added)
{
  guint n_ids = self->n_ids - n_removed + n_added;

  g_return_if_fail (position + n_removed <= self->n_ids);
  g_return_if_fail (start + n_added <= from->n_ids);

  forget_positions (self);
  if (from->width > self->width)
    make_wide (self);
  if (n_ids > self->capacity)
    {
      self->capacity = n_ids + n_ids / 16;
      self->values = g_realloc (self->values, self->capacity * self->width);
    }
  memmove (at (self, position + n_added), at (self, position + n_removed),
           (self->n_ids - position - n_removed) * self->width);
  self->n_ids = n_ids;
  for (guint i = 0; i < n_added; i++)
    {
      gint64 id = get (from, start + i);

      if (self->width == sizeof id)
        ((gint64 *) self->values)[position + i] = id;
      else
        ((guint32 *) self->values)[position + i] = (guint32) id;
    }
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

  if (self->j >= self->new_ids->n_ids)
    remove_one (self);
  else if (self->i >= self->old_ids->n_ids)
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
  OctavoNoteIds *part = g_new0 (OctavoNoteIds, 1);

  part->width = self->width;
  part->n_ids = part->capacity = length;
  part->values = g_memdup2 (at (self, start), length * self->width);
  return part;
}

/* How many are the same at the start, and behind that at the end. */
static void
find_same (const OctavoNoteIds *a, const OctavoNoteIds *b, guint *n_start, guint *n_end)
{
  guint n = MIN (a->n_ids, b->n_ids), i = 0, j = 0;

  while (i < n && get (a, i) == get (b, i))
    i++;
  while (j < n - i && get (a, a->n_ids - 1 - j) == get (b, b->n_ids - 1 - j))
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
  self.old_ids = old_middle = slice (old_ids, self.offset, old_ids->n_ids - self.n_kept);
  self.new_ids = new_middle = slice (new_ids, self.offset, new_ids->n_ids - self.n_kept);
  while (self.i < old_middle->n_ids || self.j < new_middle->n_ids)
    {
      gint64 old_id = self.i < old_middle->n_ids ? get (old_middle, self.i) : 0;
      gint64 new_id = self.j < new_middle->n_ids ? get (new_middle, self.j) : 0;

      if (self.i < old_middle->n_ids && self.j < new_middle->n_ids && old_id == new_id)
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
