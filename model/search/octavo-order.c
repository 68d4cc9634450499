/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-order.h"

#include <string.h>

/* Every note has a slot, in the order of ids: FTS5 and the other indexes give rows in that order, so a set of notes is
 * a row of bits. Where ids are dense, as they are unless most notes were deleted, the slot is the id less a
 * constant, and nothing is looked up; the constant is a round one, so that sets of several snapshots line up. A sort
 * order is a permutation of slots; reading a set in order is a walk over the
 * permutation that tests bits. Reading a million notes from the covering indexes takes some 150 ms, so the orders are
 * kept until something changes. */
typedef struct
{
  gint64 first_id;
  guint n_slots;
  guint n_notes;
  gint64 *ids; /* (nullable): ascending; NULL: first_id + slot */
  OctavoBitmap *notes;
  OctavoBitmap *pinned;
  OctavoBitmap *trashed;
  guint32 *sorted;
  gint64 *times; /* when they were last changed, by slot */
} Base;

/* Each reading connection has an order of its own, as it has its own snapshot; what is large is shared where the same.
 */
struct _OctavoOrder
{
  Base *base;
  guint32 *by_created; /* (nullable) until asked for */
  gint64 *created;     /* (nullable): by slot */
  guint32 *by_title;   /* (nullable) */
};

typedef struct
{
  gint64 id;
  gint64 time;
  gboolean pinned;
} Row;

static void
clear_base (gpointer data)
{
  Base *self = data;

  g_free (self->ids);
  g_clear_pointer (&self->notes, octavo_bitmap_free);
  g_clear_pointer (&self->pinned, octavo_bitmap_free);
  g_clear_pointer (&self->trashed, octavo_bitmap_free);
  g_free (self->sorted);
  g_free (self->times);
}

static void
base_unref (Base *self)
{
  g_atomic_rc_box_release_full (self, clear_base);
}

static void
clear_order (gpointer data)
{
  OctavoOrder *self = data;

  g_clear_pointer (&self->base, base_unref);
  g_free (self->by_created);
  g_free (self->created);
  g_free (self->by_title);
}

/* octavo_order_ref:
 *
 * Returns: (transfer full): @self */
OctavoOrder *
octavo_order_ref (OctavoOrder *self)
{
  return g_atomic_rc_box_acquire (self);
}

/* octavo_order_unref:
 *
 * Lets go of @self. */
void
octavo_order_unref (OctavoOrder *self)
{
  g_atomic_rc_box_release_full (self, clear_order);
}

/* Later first; the higher id of two. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->pinned != y->pinned)
    return x->pinned ? -1 : 1;
  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return x->id > y->id ? -1 : x->id < y->id;
}

/* All notes by a time. The index has those in the trash by when they got there; they are sorted and merged in here. */
static GArray *
read_rows (OrmConnection *connection, OctavoSort sort, guint *n_untrashed, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  OrmStatement *statement =
      orm_connection_prepare (connection,
                              sort == OCTAVO_SORT_CREATED
                                  ? "SELECT id, created, pinned, trashed FROM note INDEXED BY note_by_created "
                                    "ORDER BY trashed, pinned DESC, created DESC, id DESC"
                                  : "SELECT id, updated, pinned, trashed FROM note INDEXED BY note_by_updated "
                                    "ORDER BY trashed, pinned DESC, updated DESC, id DESC",
                              error);
  OrmStep step;

  *n_untrashed = 0;
  if (statement == NULL)
    return NULL;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      Row row = { orm_statement_get_int64 (statement, 0), orm_statement_get_int64 (statement, 1),
                  orm_statement_get_int64 (statement, 2) != 0 };

      g_array_append_val (rows, row);
      *n_untrashed += orm_statement_get_int64 (statement, 3) == 0;
    }
  return step == ORM_STEP_DONE ? g_steal_pointer (&rows) : NULL;
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

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* The last multiple of ALIGNMENT that is not greater. */
static gint64
round_down (gint64 id)
{
  return (gint64) ((guint64) id & ~(guint64) (OCTAVO_ORDER_ALIGNMENT - 1));
}

static void
assign_slots (Base *self, GArray *rows)
{
  gint64 last_id = 0;

  self->n_notes = rows->len;
  self->first_id = G_MAXINT64;
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = g_array_index (rows, Row, i).id;

      self->first_id = MIN (self->first_id, id);
      last_id = i == 0 ? id : MAX (last_id, id);
    }
  if (rows->len == 0 || (guint64) last_id - (guint64) self->first_id < 2 * (guint64) rows->len + 1024)
    {
      self->first_id = rows->len == 0 ? 0 : round_down (self->first_id);
      self->n_slots = rows->len == 0 ? 0 : (guint) (last_id - self->first_id + 1);
    }
  else
    {
      self->n_slots = rows->len;
      self->ids = g_new (gint64, rows->len);
      for (guint i = 0; i < rows->len; i++)
        self->ids[i] = g_array_index (rows, Row, i).id;
      qsort (self->ids, rows->len, sizeof *self->ids, compare_ids);
    }
  self->notes = octavo_bitmap_new (self->n_slots);
  self->pinned = octavo_bitmap_new (self->n_slots);
  self->trashed = octavo_bitmap_new (self->n_slots);
}

static gboolean
find_slot (const Base *self, gint64 id, guint *slot)
{
  guint low = 0, high = self->n_slots;

  if (self->ids == NULL)
    {
      if (self->n_slots == 0 || id < self->first_id || id - self->first_id >= self->n_slots)
        return FALSE;
      *slot = (guint) (id - self->first_id);
      return TRUE;
    }
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->ids[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
  *slot = low;
  return low < self->n_slots && self->ids[low] == id;
}

static void
keep_rows (const Base *base, GArray *rows, guint32 **sorted, gint64 **times)
{
  *sorted = g_new (guint32, rows->len + 1);
  *times = g_new0 (gint64, base->n_slots + 1);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      guint slot = 0;

      find_slot (base, row->id, &slot);
      (*sorted)[i] = slot;
      (*times)[slot] = row->time;
    }
}

static gboolean
same_bits (const OctavoBitmap *a, const OctavoBitmap *b)
{
  return memcmp (a->words, b->words, a->n_words * sizeof *a->words) == 0;
}

static gboolean
base_equal (const Base *a, const Base *b)
{
  if (a->n_slots != b->n_slots || a->n_notes != b->n_notes || a->first_id != b->first_id ||
      (a->ids == NULL) != (b->ids == NULL))
    return FALSE;
  if (a->ids != NULL && memcmp (a->ids, b->ids, a->n_slots * sizeof *a->ids) != 0)
    return FALSE;
  return same_bits (a->notes, b->notes) && same_bits (a->pinned, b->pinned) && same_bits (a->trashed, b->trashed) &&
         memcmp (a->times, b->times, a->n_slots * sizeof *a->times) == 0;
}

/* octavo_order_load:
 * @connection: in a transaction
 * @other: (nullable): an order that may say the same; what is the same is shared
 *
 * Reads which notes there are. Reading thread.
 *
 * Returns: (nullable) (transfer full): the order of the snapshot */
OctavoOrder *
octavo_order_load (OrmConnection *connection, OctavoOrder *other, GError **error)
{
  guint n_untrashed;
  g_autoptr (GArray) rows = read_rows (connection, OCTAVO_SORT_UPDATED, &n_untrashed, error);
  OctavoOrder *self;
  Base *base;

  if (rows == NULL)
    return NULL;
  base = g_atomic_rc_box_new0 (Base);
  assign_slots (base, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      guint slot = 0;

      find_slot (base, row->id, &slot);
      octavo_bitmap_set (base->notes, slot);
      if (row->pinned)
        octavo_bitmap_set (base->pinned, slot);
      if (i >= n_untrashed)
        octavo_bitmap_set (base->trashed, slot);
    }
  merge_rows (rows, n_untrashed);
  keep_rows (base, rows, &base->sorted, &base->times);
  if (other != NULL && base_equal (base, other->base))
    {
      base_unref (base);
      base = g_atomic_rc_box_acquire (other->base);
    }
  self = g_atomic_rc_box_new0 (OctavoOrder);
  self->base = base;
  return self;
}

/* octavo_order_get_n_slots:
 *
 * Returns: the size of a set of notes */
guint
octavo_order_get_n_slots (OctavoOrder *self)
{
  return self->base->n_slots;
}

/* octavo_order_get_id:
 *
 * Returns: the id of the note in a slot */
gint64
octavo_order_get_id (OctavoOrder *self, guint slot)
{
  return self->base->ids != NULL ? self->base->ids[slot] : self->base->first_id + slot;
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
  *first_id = self->base->first_id;
  return self->base->ids == NULL;
}

/* octavo_order_find_slot:
 * @slot: (out): of the note with this id
 *
 * Returns: %FALSE where there is no such note */
gboolean
octavo_order_find_slot (OctavoOrder *self, gint64 id, guint *slot)
{
  return find_slot (self->base, id, slot);
}

/* octavo_order_get_notes:
 *
 * Returns: (transfer none): the slots that have a note */
const OctavoBitmap *
octavo_order_get_notes (OctavoOrder *self)
{
  return self->base->notes;
}

/* octavo_order_get_pinned:
 *
 * Returns: (transfer none): the notes that are pinned */
const OctavoBitmap *
octavo_order_get_pinned (OctavoOrder *self)
{
  return self->base->pinned;
}

/* octavo_order_get_trashed:
 *
 * Returns: (transfer none): the notes that are in the trash */
const OctavoBitmap *
octavo_order_get_trashed (OctavoOrder *self)
{
  return self->base->trashed;
}

typedef struct
{
  char *key;
  guint32 slot;
  guint8 pinned;
} TitleRow;

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  const TitleRow *x = a, *y = b;
  int order;

  if (x->pinned != y->pinned)
    return x->pinned ? -1 : 1;
  order = strcmp (x->key, y->key);
  return order != 0 ? order : x->slot < y->slot ? -1 : x->slot > y->slot;
}

/* As the language of the person sorts; the older note of two with one title. */
static gboolean
sort_titles (OctavoOrder *self, OrmConnection *connection, GError **error)
{
  g_autofree TitleRow *rows = g_new (TitleRow, self->base->n_notes + 1);
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT id, title FROM note INDEXED BY note_by_title", error);
  guint n_rows = 0;
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW && n_rows < self->base->n_notes)
    {
      gsize length;
      const char *title = orm_statement_get_text (statement, 1, &length);
      g_autofree char *valid = g_utf8_make_valid (title, length);
      g_autofree char *folded = g_utf8_casefold (valid, -1);
      TitleRow *row = &rows[n_rows];

      if (!find_slot (self->base, orm_statement_get_int64 (statement, 0), &row->slot))
        continue;
      row->key = g_utf8_collate_key (folded, -1);
      row->pinned = octavo_bitmap_get (self->base->pinned, row->slot);
      n_rows++;
    }
  orm_statement_reset (statement);
  if (step != ORM_STEP_ERROR)
    {
      qsort (rows, n_rows, sizeof *rows, compare_titles);
      self->by_title = g_new0 (guint32, self->base->n_notes + 1);
      for (guint i = 0; i < n_rows; i++)
        self->by_title[i] = rows[i].slot;
    }
  for (guint i = 0; i < n_rows; i++)
    g_free (rows[i].key);
  return step != ORM_STEP_ERROR;
}

static gboolean
sort_created (OctavoOrder *self, OrmConnection *connection, GError **error)
{
  guint n_untrashed;
  g_autoptr (GArray) rows = read_rows (connection, OCTAVO_SORT_CREATED, &n_untrashed, error);

  if (rows == NULL)
    return FALSE;
  merge_rows (rows, n_untrashed);
  keep_rows (self->base, rows, &self->by_created, &self->created);
  return TRUE;
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
  *n_slots = self->base->n_notes;
  switch (sort)
    {
    case OCTAVO_SORT_CREATED:
      return self->by_created != NULL || sort_created (self, connection, error) ? self->by_created : NULL;
    case OCTAVO_SORT_TITLE:
      return self->by_title != NULL || sort_titles (self, connection, error) ? self->by_title : NULL;
    case OCTAVO_SORT_UPDATED:
    case OCTAVO_SORT_RELEVANCE:
    default:
      return self->base->sorted;
    }
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
  gsize n_slots;
  const gint64 *times;

  if (octavo_order_get_sorted (self, sort, connection, &n_slots, error) == NULL)
    return FALSE;
  times = sort == OCTAVO_SORT_CREATED ? self->created : self->base->times;
  for (guint slot = 0; octavo_bitmap_next (self->base->notes, &slot); slot++)
    if (times[slot] >= from && times[slot] < until)
      octavo_bitmap_set (notes, slot);
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
    if (find_slot (self->base, orm_statement_get_int64 (statement, 0), &slot))
      octavo_bitmap_set (notes, slot);
  return step == ORM_STEP_DONE;
}
