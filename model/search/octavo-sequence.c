/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-sequence.h"

#include <string.h>

/* An array, as it is read from its start to its end with each query. A note that moves to the front of a million moves
 * what lies between by one place, which is a matter of a millisecond or two; whatever stays is not touched. */

/* A stretch of notes that stay, and where they go. */
typedef struct
{
  guint from;
  guint to;
  guint length;
} Move;

static void
reserve (OctavoSequence *self, guint n_notes)
{
  if (n_notes <= self->capacity)
    return;
  self->capacity = n_notes + n_notes / 16 + 64;
  self->slots = g_renew (guint32, self->slots, self->capacity);
  if (self->times != NULL)
    self->times = g_renew (gint64, self->times, self->capacity);
}

/* octavo_sequence_new:
 * @n_notes: how many there will be
 * @n_pinned: how many of them will be pinned
 * @has_times: whether it is an order by time
 *
 * Returns: (transfer full): a sequence whose slots and times are still to be set */
OctavoSequence *
octavo_sequence_new (guint n_notes, guint n_pinned, gboolean has_times)
{
  OctavoSequence *self = g_new0 (OctavoSequence, 1);

  self->n_notes = n_notes;
  self->n_pinned = n_pinned;
  self->capacity = n_notes + 1;
  self->slots = g_new (guint32, self->capacity);
  if (has_times)
    self->times = g_new (gint64, self->capacity);
  return self;
}

/* octavo_sequence_copy:
 *
 * Returns: (transfer full): the same notes in the same order */
OctavoSequence *
octavo_sequence_copy (const OctavoSequence *self)
{
  OctavoSequence *copy = octavo_sequence_new (self->n_notes, self->n_pinned, self->times != NULL);

  memcpy (copy->slots, self->slots, self->n_notes * sizeof *self->slots);
  if (self->times != NULL)
    memcpy (copy->times, self->times, self->n_notes * sizeof *self->times);
  return copy;
}

/* octavo_sequence_free:
 *
 * Frees a sequence. */
void
octavo_sequence_free (OctavoSequence *self)
{
  g_free (self->slots);
  g_free (self->times);
  g_free (self);
}

/* Where those stand that go, from the start to the end. */
static guint *
find_gone (const OctavoSequence *self, const OctavoBitmap *gone, guint n_gone)
{
  guint *indices = g_new (guint, n_gone + 1);
  guint n_found = 0;

  for (guint i = 0; i < self->n_notes && n_found < n_gone; i++)
    if (octavo_bitmap_get (gone, self->slots[i]))
      indices[n_found++] = i;
  g_assert (n_found == n_gone);
  return indices;
}

/* Where the note stands before which so many stay. */
static guint
index_of_kept (const guint *gone, guint n_gone, guint n_before)
{
  guint low = 0, high = n_gone;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (gone[middle] - middle <= n_before)
        low = middle + 1;
      else
        high = middle;
    }
  return n_before + low;
}

/* Behind how many of the notes that stay each of the others goes. (nullable): compare failed */
static guint *
find_places (const OctavoSequence *self,
             const guint *gone,
             guint n_gone,
             const OctavoSequenceNote *notes,
             guint n_notes,
             OctavoSequenceCompare compare,
             gpointer data)
{
  g_autofree guint *places = g_new (guint, n_notes + 1);

  for (guint i = 0; i < n_notes; i++)
    {
      guint low = i > 0 ? places[i - 1] : 0, high = self->n_notes - n_gone;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;
          int order;

          if (!compare (self, index_of_kept (gone, n_gone, middle), &notes[i], &order, data))
            return NULL;
          if (order < 0)
            low = middle + 1;
          else
            high = middle;
        }
      places[i] = low;
    }
  return g_steal_pointer (&places);
}

/* The stretches between those that go and those that come. */
static GArray *
find_moves (const OctavoSequence *self, const guint *gone, guint n_gone, const guint *places, guint n_notes)
{
  GArray *moves = g_array_new (FALSE, FALSE, sizeof (Move));
  guint n_kept = self->n_notes - n_gone, at = 0, n_left = 0, n_come = 0;

  while (at < n_kept)
    {
      guint next_left = n_left < n_gone ? gone[n_left] - n_left : n_kept;
      guint next_come = n_come < n_notes ? places[n_come] : n_kept;
      guint next = MIN (next_left, next_come);

      if (next > at)
        {
          Move move = { at + n_left, at + n_come, next - at };

          g_array_append_val (moves, move);
          at = next;
        }
      else if (next_left == at)
        n_left++;
      else
        n_come++;
    }
  return moves;
}

static void
move_one (OctavoSequence *self, const Move *move)
{
  memmove (self->slots + move->to, self->slots + move->from, move->length * sizeof *self->slots);
  if (self->times != NULL)
    memmove (self->times + move->to, self->times + move->from, move->length * sizeof *self->times);
}

/* Those that move to the front from the front on, then those that move to the back from the back on: so none is written
 * over before it was moved. */
static void
move_all (OctavoSequence *self, GArray *moves)
{
  for (guint i = 0; i < moves->len; i++)
    if (g_array_index (moves, Move, i).to < g_array_index (moves, Move, i).from)
      move_one (self, &g_array_index (moves, Move, i));
  for (guint i = moves->len; i > 0; i--)
    if (g_array_index (moves, Move, i - 1).to > g_array_index (moves, Move, i - 1).from)
      move_one (self, &g_array_index (moves, Move, i - 1));
}

/* octavo_sequence_replace:
 * @gone: notes that go; all of them are in it
 * @n_gone: how many these are
 * @notes: (array length=n_notes): notes that come, in order
 * @n_notes: how many these are
 * @compare: the order; it is not asked about notes that go
 * @data: for @compare
 *
 * Gives notes their places. What stays is read at some twenty places a note, and moved once.
 *
 * Returns: %FALSE where @compare failed; nothing is changed then */
gboolean
octavo_sequence_replace (OctavoSequence *self,
                         const OctavoBitmap *gone,
                         guint n_gone,
                         const OctavoSequenceNote *notes,
                         guint n_notes,
                         OctavoSequenceCompare compare,
                         gpointer data)
{
  g_autofree guint *indices = find_gone (self, gone, n_gone);
  g_autofree guint *places = find_places (self, indices, n_gone, notes, n_notes, compare, data);
  g_autoptr (GArray) moves = NULL;
  guint n_pinned = self->n_pinned;

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < n_gone; i++)
    self->n_pinned -= indices[i] < n_pinned;
  moves = find_moves (self, indices, n_gone, places, n_notes);
  reserve (self, self->n_notes - n_gone + n_notes);
  move_all (self, moves);
  self->n_notes += n_notes - n_gone;
  for (guint i = 0; i < n_notes; i++)
    {
      self->slots[places[i] + i] = notes[i].slot;
      if (self->times != NULL)
        self->times[places[i] + i] = notes[i].time;
      self->n_pinned += notes[i].is_pinned;
    }
  return TRUE;
}

/* octavo_sequence_compare_notes_by_time:
 * @a: (type OctavoSequenceNote)
 * @b: (type OctavoSequenceNote)
 *
 * For qsort(). */
int
octavo_sequence_compare_notes_by_time (gconstpointer a, gconstpointer b)
{
  const OctavoSequenceNote *x = a, *y = b;

  if (x->is_pinned != y->is_pinned)
    return x->is_pinned ? -1 : 1;
  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return x->slot > y->slot ? -1 : x->slot < y->slot;
}

/* octavo_sequence_compare_by_time:
 *
 * For octavo_sequence_replace(). */
gboolean
octavo_sequence_compare_by_time (const OctavoSequence *self,
                                 guint index,
                                 const OctavoSequenceNote *note,
                                 int *order,
                                 gpointer data)
{
  OctavoSequenceNote there = { self->times[index], NULL, self->slots[index], index < self->n_pinned };

  *order = octavo_sequence_compare_notes_by_time (&there, note);
  return TRUE;
}

/* The first of a stretch, in order, that is earlier. */
static guint
find_earlier (const OctavoSequence *self, guint start, guint end, gint64 time)
{
  while (start < end)
    {
      guint middle = start + (end - start) / 2;

      if (self->times[middle] >= time)
        start = middle + 1;
      else
        end = middle;
    }
  return start;
}

/* octavo_sequence_add_range:
 * @from: microseconds since 1970, UTC
 * @until: the first that is not in the range any more
 * @notes: where the notes in the range are added
 *
 * Finds the notes of a stretch of time, in an order by time. */
void
octavo_sequence_add_range (const OctavoSequence *self, gint64 from, gint64 until, OctavoBitmap *notes)
{
  const guint starts[] = { 0, self->n_pinned }, ends[] = { self->n_pinned, self->n_notes };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      guint first = find_earlier (self, starts[i], ends[i], until);
      guint end = find_earlier (self, first, ends[i], from);

      for (guint j = first; j < end; j++)
        octavo_bitmap_set (notes, self->slots[j]);
    }
}
