/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-ids.h"
#include "octavo-order-private.h"

#include <string.h>

/* Every note has a slot, in the order of ids: FTS5 and the other indexes give rows in that order, so a set of notes is
 * a row of bits. Where ids are dense, as they are unless most notes were deleted, the slot is the id less a
 * constant, and nothing is looked up; the constant is a round one, so that sets of several snapshots line up. A sort
 * order is a permutation of slots; reading a set in order is a walk over the permutation that tests bits.
 *
 * Reading a million notes from the covering indexes takes some 200 ms, so the orders are kept. What changed is in the
 * table note_change, which triggers fill, and all notes with an id above the highest one known are new: an order is
 * brought from one snapshot to the next by looking at just these. */

static void
clear_lazy (OctavoOrder *self)
{
  g_clear_pointer (&self->by_created, octavo_sequence_free);
  g_clear_pointer (&self->by_title, octavo_sequence_free);
}

/* octavo_order_ref:
 *
 * Returns: (transfer full): @self */
OctavoOrder *
octavo_order_ref (OctavoOrder *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* octavo_order_unref:
 *
 * Lets go of @self. */
void
octavo_order_unref (OctavoOrder *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->notes, octavo_bitmap_free);
  g_clear_pointer (&self->pinned, octavo_bitmap_free);
  g_clear_pointer (&self->trashed, octavo_bitmap_free);
  g_clear_pointer (&self->by_updated, octavo_sequence_free);
  clear_lazy (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static OctavoOrder *
new_order (const OctavoOrderState *state)
{
  OctavoOrder *self = g_new0 (OctavoOrder, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->state = *state;
  return self;
}

/* octavo_order_copy:
 *
 * Returns: (transfer full): one that says the same, and is nobody else's */
OctavoOrder *
octavo_order_copy (OctavoOrder *self)
{
  OctavoOrder *copy = new_order (&self->state);

  copy->first_id = self->first_id;
  copy->n_slots = self->n_slots;
  copy->ids = self->ids != NULL ? g_array_copy (self->ids) : NULL;
  copy->notes = octavo_bitmap_copy (self->notes);
  copy->pinned = octavo_bitmap_copy (self->pinned);
  copy->trashed = octavo_bitmap_copy (self->trashed);
  copy->by_updated = octavo_sequence_copy (self->by_updated);
  /* Somebody may be reading them just now, which takes longer than reading them anew is worth waiting for. */
  if (g_mutex_trylock (&self->lock))
    {
      copy->by_created = self->by_created != NULL ? octavo_sequence_copy (self->by_created) : NULL;
      copy->by_title = self->by_title != NULL ? octavo_sequence_copy (self->by_title) : NULL;
      g_mutex_unlock (&self->lock);
    }
  return copy;
}

/* Reading all notes */

typedef struct
{
  gint64 id;
  gint64 time;
  gboolean is_pinned;
} Row;

/* Later first; the higher id of two. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->is_pinned != y->is_pinned)
    return x->is_pinned ? -1 : 1;
  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return x->id > y->id ? -1 : x->id < y->id;
}

/* Notes that were put into the trash in a stretch of time, in the order of the index. */
static gboolean
read_rows (OrmConnection *connection, OctavoSort sort, gint64 from, gint64 to, GArray *rows, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (
      connection,
      sort == OCTAVO_SORT_CREATED
          ? "SELECT id, created, pinned FROM note INDEXED BY note_by_created "
            "WHERE trashed BETWEEN ? AND ? ORDER BY trashed, pinned DESC, created DESC, id DESC"
          : "SELECT id, updated, pinned FROM note INDEXED BY note_by_updated "
            "WHERE trashed BETWEEN ? AND ? ORDER BY trashed, pinned DESC, updated DESC, id DESC",
      error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, from);
  orm_statement_bind_int64 (statement, 2, to);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      Row row = { orm_statement_get_int64 (statement, 0), orm_statement_get_int64 (statement, 1),
                  orm_statement_get_int64 (statement, 2) != 0 };

      g_array_append_val (rows, row);
    }
  return step == ORM_STEP_DONE;
}

/* The first stretch of the rows is in order; puts the whole in order. */
static void
merge_rows (GArray *rows, guint n_sorted)
{
  g_autofree Row *rest = NULL;
  guint n_rest = rows->len - n_sorted, out = rows->len;
  Row *all = (Row *) (void *) rows->data;

  if (n_rest == 0)
    return;
  rest = g_memdup2 (all + n_sorted, n_rest * sizeof *rest);
  qsort (rest, n_rest, sizeof *rest, compare_rows);
  while (n_rest > 0)
    all[--out] =
        n_sorted > 0 && compare_rows (&all[n_sorted - 1], &rest[n_rest - 1]) > 0 ? all[--n_sorted] : rest[--n_rest];
}

/* All notes by a time. The index has those in the trash by when they got there; they are sorted and merged in here.
 * trashed (out) (nullable): the ids of these */
static GArray *
read_all (OrmConnection *connection, OctavoSort sort, GArray *trashed, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  guint n_sorted;

  if (!read_rows (connection, sort, 0, 0, rows, error))
    return NULL;
  n_sorted = rows->len;
  if (!read_rows (connection, sort, 1, G_MAXINT64, rows, error) ||
      !read_rows (connection, sort, G_MININT64, -1, rows, error))
    return NULL;
  for (guint i = n_sorted; trashed != NULL && i < rows->len; i++)
    g_array_append_val (trashed, g_array_index (rows, Row, i).id);
  merge_rows (rows, n_sorted);
  return g_steal_pointer (&rows);
}

/* The last multiple of ALIGNMENT that is not greater. */
static gint64
round_down (gint64 id)
{
  return (gint64) ((guint64) id & ~(guint64) (OCTAVO_ORDER_ALIGNMENT - 1));
}

/* octavo_order_get_max_slots:
 * @n_notes: how many notes there are
 *
 * Returns: how many slots are too many: ids are looked up then */
guint64
octavo_order_get_max_slots (guint n_notes)
{
  return 2 * (guint64) n_notes + 1024 + OCTAVO_ORDER_ALIGNMENT;
}

static void
assign_slots (OctavoOrder *self, GArray *rows)
{
  gint64 first_id = G_MAXINT64, last_id = G_MININT64;

  for (guint i = 0; i < rows->len; i++)
    {
      first_id = MIN (first_id, g_array_index (rows, Row, i).id);
      last_id = MAX (last_id, g_array_index (rows, Row, i).id);
    }
  self->first_id = rows->len > 0 ? round_down (first_id) : 0;
  if (rows->len > 0 && (guint64) last_id - (guint64) self->first_id < octavo_order_get_max_slots (rows->len))
    self->n_slots = (guint) (last_id - self->first_id + 1);
  else if (rows->len > 0)
    {
      self->n_slots = rows->len;
      self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), rows->len);
      for (guint i = 0; i < rows->len; i++)
        g_array_append_val (self->ids, g_array_index (rows, Row, i).id);
      g_array_sort (self->ids, octavo_compare_ids);
    }
  self->notes = octavo_bitmap_new (self->n_slots);
  self->pinned = octavo_bitmap_new (self->n_slots);
  self->trashed = octavo_bitmap_new (self->n_slots);
}

static OctavoSequence *
make_sequence (OctavoOrder *self, GArray *rows)
{
  OctavoSequence *sequence = octavo_sequence_new (rows->len, 0, TRUE);

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      guint slot = 0;

      octavo_order_find_slot (self, row->id, &slot);
      sequence->slots[i] = slot;
      sequence->times[i] = row->time;
      sequence->n_pinned += row->is_pinned;
    }
  return sequence;
}

static OctavoOrder *
read_order (OrmConnection *connection, const OctavoOrderState *state, GError **error)
{
  g_autoptr (GArray) trashed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = read_all (connection, OCTAVO_SORT_UPDATED, trashed, error);
  OctavoOrder *self;

  if (rows == NULL)
    return NULL;
  self = new_order (state);
  assign_slots (self, rows);
  self->by_updated = make_sequence (self, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      octavo_bitmap_set (self->notes, self->by_updated->slots[i]);
      if (i < self->by_updated->n_pinned)
        octavo_bitmap_set (self->pinned, self->by_updated->slots[i]);
    }
  for (guint i = 0; i < trashed->len; i++)
    {
      guint slot = 0;

      octavo_order_find_slot (self, g_array_index (trashed, gint64, i), &slot);
      octavo_bitmap_set (self->trashed, slot);
    }
  return self;
}

/* octavo_order_follow:
 * @self: (inout) (nullable): the order of another snapshot, or %NULL; becomes that of this one
 * @connection: in a transaction
 *
 * Brings an order to the snapshot of a connection: by what changed, where that is known and not too much. Where the
 * caller alone holds it it is changed, else copied. Reading thread, one at a time.
 *
 * Returns: %FALSE where it could not be read; it is an order of some snapshot still, or %NULL */
gboolean
octavo_order_follow (OctavoOrder **self, OrmConnection *connection, GError **error)
{
  OctavoOrderState state;
  OctavoOrder *order;
  gboolean is_done = FALSE;

  if (!octavo_order_read_state (connection, &state, error) ||
      (*self != NULL && !octavo_order_update (self, connection, &state, &is_done, error)))
    return FALSE;
  if (is_done)
    return TRUE;
  order = read_order (connection, &state, error);
  if (order == NULL)
    return FALSE;
  g_clear_pointer (self, octavo_order_unref);
  *self = order;
  return TRUE;
}

/* octavo_order_get_n_slots:
 *
 * Returns: the size of a set of notes */
guint
octavo_order_get_n_slots (OctavoOrder *self)
{
  return self->n_slots;
}

/* octavo_order_get_id:
 *
 * Returns: the id of the note in a slot */
gint64
octavo_order_get_id (OctavoOrder *self, guint slot)
{
  return self->ids != NULL ? g_array_index (self->ids, gint64, slot) : self->first_id + slot;
}

/* octavo_order_get_first_id:
 * @first_id: (out): the id that slot 0 would have; a multiple of %OCTAVO_ORDER_ALIGNMENT
 *
 * Says whether the slot of a note is its id less a constant.
 *
 * Returns: %FALSE where ids are sparse, and slots are looked up */
gboolean
octavo_order_get_first_id (OctavoOrder *self, gint64 *first_id)
{
  *first_id = self->first_id;
  return self->ids == NULL;
}

/* octavo_order_get_state:
 * @state: (out) (array fixed-size=4): what it depends on which note is in which slot, where these are looked up
 *
 * Two orders of one engine that say the same have the same slots: each has those of the notes that there were at some
 * time from one on, so that the same number of them are the same. */
void
octavo_order_get_state (OctavoOrder *self, gint64 state[4])
{
  state[0] = self->state.first_change;
  state[1] = self->state.last_change;
  state[2] = self->state.last_id;
  state[3] = self->n_slots;
}

/* octavo_order_find_slot:
 * @slot: (out): of the note with this id
 *
 * Returns: %FALSE where there is no such note */
gboolean
octavo_order_find_slot (OctavoOrder *self, gint64 id, guint *slot)
{
  guint low = 0, high = self->n_slots;

  if (self->ids == NULL)
    {
      if (self->n_slots == 0 || id < self->first_id || (guint64) id - (guint64) self->first_id >= self->n_slots)
        return FALSE;
      *slot = (guint) (id - self->first_id);
      return TRUE;
    }
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->ids, gint64, middle) < id)
        low = middle + 1;
      else
        high = middle;
    }
  *slot = low;
  return low < self->n_slots && g_array_index (self->ids, gint64, low) == id;
}

/* octavo_order_get_notes:
 *
 * Returns: (transfer none): the slots that have a note */
const OctavoBitmap *
octavo_order_get_notes (OctavoOrder *self)
{
  return self->notes;
}

/* octavo_order_get_pinned:
 *
 * Returns: (transfer none): the notes that are pinned */
const OctavoBitmap *
octavo_order_get_pinned (OctavoOrder *self)
{
  return self->pinned;
}

/* octavo_order_get_trashed:
 *
 * Returns: (transfer none): the notes that are in the trash */
const OctavoBitmap *
octavo_order_get_trashed (OctavoOrder *self)
{
  return self->trashed;
}

/* Orders that are read when they are asked for */

/* Most titles differ in their first letters, which stand here and not elsewhere in memory. */
typedef struct
{
  guint64 start; /* of the key, the first byte the highest */
  char *key;
  guint32 slot;
  gboolean is_pinned;
} TitleRow;

static guint64
start_of_key (const char *key)
{
  guint64 start = 0;

  for (guint i = 0; i < sizeof start; i++)
    {
      start = start << 8 | (guchar) *key;
      key += *key != '\0';
    }
  return start;
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  const TitleRow *x = a, *y = b;
  int order;

  if (x->is_pinned != y->is_pinned)
    return x->is_pinned ? -1 : 1;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  order = strcmp (x->key, y->key);
  return order != 0 ? order : x->slot < y->slot ? -1 : x->slot > y->slot;
}

/* octavo_order_get_title_key:
 * @row: a row
 * @column: of a title
 *
 * Returns: (transfer full): what strcmp() puts into the order of the person's language */
char *
octavo_order_get_title_key (OrmStatement *row, int column)
{
  gsize length;
  const char *title = orm_statement_get_text (row, column, &length);
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;

  if (title == NULL)
    title = "";
  /* Most are, and these take half as long. */
  if (g_str_is_ascii (title) && strlen (title) == length)
    folded = g_ascii_strdown (title, (gssize) length);
  else
    {
      valid = g_utf8_make_valid (title, (gssize) length);
      folded = g_utf8_casefold (valid, -1);
    }
  return g_utf8_collate_key (folded, -1);
}

static gboolean
read_titles (OctavoOrder *self, OrmConnection *connection, TitleRow *rows, guint *n_rows, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT id, title FROM note INDEXED BY note_by_title", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW && *n_rows < self->by_updated->n_notes)
    {
      TitleRow *row = &rows[*n_rows];

      if (!octavo_order_find_slot (self, orm_statement_get_int64 (statement, 0), &row->slot))
        continue;
      row->key = octavo_order_get_title_key (statement, 1);
      row->start = start_of_key (row->key);
      row->is_pinned = octavo_bitmap_get (self->pinned, row->slot);
      (*n_rows)++;
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/* As the language of the person sorts; the older note of two with one title. */
static OctavoSequence *
sort_titles (OctavoOrder *self, OrmConnection *connection, GError **error)
{
  guint n_notes = self->by_updated->n_notes, n_rows = 0;
  g_autofree TitleRow *rows = g_new (TitleRow, n_notes + 1);
  OctavoSequence *sequence = NULL;

  if (read_titles (self, connection, rows, &n_rows, error))
    {
      qsort (rows, n_rows, sizeof *rows, compare_titles);
      sequence = octavo_sequence_new (n_rows, self->by_updated->n_pinned, FALSE);
      for (guint i = 0; i < n_rows; i++)
        sequence->slots[i] = rows[i].slot;
    }
  for (guint i = 0; i < n_rows; i++)
    g_free (rows[i].key);
  return sequence;
}

static OctavoSequence *
sort_created (OctavoOrder *self, OrmConnection *connection, GError **error)
{
  g_autoptr (GArray) rows = read_all (connection, OCTAVO_SORT_CREATED, NULL, error);

  return rows != NULL ? make_sequence (self, rows) : NULL;
}

/* (nullable) (transfer none) */
static const OctavoSequence *
get_sequence (OctavoOrder *self, OctavoSort sort, OrmConnection *connection, GError **error)
{
  OctavoSequence *sequence;

  if (sort != OCTAVO_SORT_CREATED && sort != OCTAVO_SORT_TITLE)
    return self->by_updated;
  g_mutex_lock (&self->lock);
  if (sort == OCTAVO_SORT_CREATED && self->by_created == NULL)
    self->by_created = sort_created (self, connection, error);
  if (sort == OCTAVO_SORT_TITLE && self->by_title == NULL)
    self->by_title = sort_titles (self, connection, error);
  sequence = sort == OCTAVO_SORT_CREATED ? self->by_created : self->by_title;
  g_mutex_unlock (&self->lock);
  return sequence;
}

/* octavo_order_get_sorted:
 * @sort: the order; RELEVANCE is that of a query, and UPDATED here
 * @connection: in the transaction that the order is of
 * @n_slots: (out): how many there are
 *
 * Reads an order when it is first asked for. Reading thread.
 *
 * Returns: (nullable) (transfer none): the slots of all notes, pinned ones first */
const guint32 *
octavo_order_get_sorted (OctavoOrder *self, OctavoSort sort, OrmConnection *connection, gsize *n_slots, GError **error)
{
  const OctavoSequence *sequence = get_sequence (self, sort, connection, error);

  *n_slots = self->by_updated->n_notes;
  return sequence != NULL ? sequence->slots : NULL;
}

/* octavo_order_has_sorted:
 *
 * Returns: whether an order is in memory. Reading thread. */
gboolean
octavo_order_has_sorted (OctavoOrder *self, OctavoSort sort)
{
  gboolean has;

  g_mutex_lock (&self->lock);
  has = sort == OCTAVO_SORT_CREATED ? self->by_created != NULL : sort != OCTAVO_SORT_TITLE || self->by_title != NULL;
  g_mutex_unlock (&self->lock);
  return has;
}

/* octavo_order_append_ids:
 * @sorted: an order
 * @n_sorted: how many slots it has
 * @notes: a set of notes
 * @ids: (element-type gint64): where their ids are appended
 *
 * Reads a set in an order. Which notes are in it is as good as random, so nothing is decided for each. */
void
octavo_order_append_ids (OctavoOrder *self,
                         const guint32 *sorted,
                         gsize n_sorted,
                         const OctavoBitmap *notes,
                         GArray *ids)
{
  guint n_before = ids->len, n = 0, n_notes = octavo_bitmap_count (notes);
  gint64 *out;

  if (n_notes == 0)
    return;
  g_array_set_size (ids, n_before + n_notes);
  out = (gint64 *) (gpointer) ids->data + n_before;
  if (self->ids == NULL)
    for (gsize i = 0; i < n_sorted && n < n_notes; i++)
      {
        out[n] = self->first_id + sorted[i];
        n += octavo_bitmap_get (notes, sorted[i]);
      }
  else
    for (gsize i = 0; i < n_sorted && n < n_notes; i++)
      {
        out[n] = g_array_index (self->ids, gint64, sorted[i]);
        n += octavo_bitmap_get (notes, sorted[i]);
      }
  g_array_set_size (ids, n_before + n);
}

/* octavo_order_add_range:
 * @sort: which time: UPDATED or CREATED
 * @from: microseconds since 1970, UTC
 * @until: the first that is not in the range any more
 * @notes: where the notes in the range are added
 *
 * Finds the notes of a stretch of time. Reading thread. */
gboolean
octavo_order_add_range (OctavoOrder *self,
                        OctavoSort sort,
                        gint64 from,
                        gint64 until,
                        OrmConnection *connection,
                        OctavoBitmap *notes,
                        GError **error)
{
  const OctavoSequence *sequence = get_sequence (self, sort, connection, error);

  if (sequence == NULL)
    return FALSE;
  octavo_sequence_add_range (sequence, from, until, notes);
  return TRUE;
}

/* octavo_order_add_rows:
 * @statement: bound; its first column is the id of a note
 * @notes: where they are added
 *
 * Runs a statement to its end. Ids that are of no note of the snapshot are passed over. */
gboolean
octavo_order_add_rows (OctavoOrder *self, OrmStatement *statement, OctavoBitmap *notes, GError **error)
{
  OrmStep step;
  guint slot;

  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    if (octavo_order_find_slot (self, orm_statement_get_int64 (statement, 0), &slot))
      octavo_bitmap_set (notes, slot);
  return step == ORM_STEP_DONE;
}
