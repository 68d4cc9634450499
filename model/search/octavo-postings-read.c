/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-postings-private.h"
#include "octavo-postings.h"
#include "orm-error.h"

#include <gio/gio.h>

/* octavo_postings_hold:
 *
 * Returns: whether there is room for a note in the sets: always, unless another program chose an id that no file of
 *   notes will ever reach */
gboolean
octavo_postings_hold (gint64 id)
{
  return id >= -MAX_ID && id < MAX_ID;
}

static gint64
first_id (OctavoOrder *order)
{
  return octavo_order_get_id (order, 0);
}

static gint64
last_id (OctavoOrder *order)
{
  return octavo_order_get_id (order, octavo_order_get_n_slots (order) - 1);
}

/* octavo_postings_suit:
 *
 * Returns: whether the notes are in few parts: always, unless ids were chosen by another program */
gboolean
octavo_postings_suit (OctavoOrder *order)
{
  guint n_slots = octavo_order_get_n_slots (order);

  return n_slots == 0 || (octavo_postings_hold (first_id (order)) && octavo_postings_hold (last_id (order)) &&
                          part_of_id (last_id (order)) - part_of_id (first_id (order)) <
                              MANY_PARTS * ((gint64) n_slots / PART_SIZE + 1));
}

/* Where the notes of a part or a region go. */
typedef struct
{
  OctavoOrder *order;
  OctavoBitmap *notes;
  gint64 first;       /* the id of number 0 */
  gint64 order_first; /* the id of slot 0, where the slots are the ids less that one */
  gboolean is_dense;  /* they are */
} Target;

/* Either the number itself is looked at, or a slot is looked up. */
static void
add_numbers (const Target *self, const guint8 *data, gsize size, guint n_numbers)
{
  const guint8 *end = data + size;
  gint64 first_slot = self->first - self->order_first;
  guint slot;

  for (guint number = next_number (&data, end, 0); number < n_numbers; number = next_number (&data, end, number))
    if (!self->is_dense)
      {
        if (octavo_order_find_slot (self->order, self->first + number, &slot))
          octavo_bitmap_set (self->notes, slot);
      }
    else if (first_slot + number >= 0 && first_slot + number < self->notes->n_bits)
      octavo_bitmap_set (self->notes, (guint) (first_slot + number));
}

G_STATIC_ASSERT (PART_SIZE % OCTAVO_ORDER_ALIGNMENT == 0 && OCTAVO_ORDER_ALIGNMENT % 64 == 0);

/* Whole words are moved: both begin at multiples of 64. */
static void
add_words (const Target *self, const guint8 *data)
{
  gint64 first_word = (self->first - self->order_first) / 64;
  OctavoBitmap *notes = self->notes;

  for (guint i = 0; i < PART_WORDS; i++)
    if (first_word + i >= 0 && first_word + i < notes->n_words)
      notes->words[first_word + i] |= word_at (data, i);
  /* of notes that were deleted, and would stand behind the last */
  notes->words[notes->n_words - 1] &= (G_GUINT64_CONSTANT (1) << (notes->n_bits & 63)) - 1;
}

static void
add_part (const Target *self, const guint8 *data, gsize size)
{
  guint slot;

  if (size != PART_BYTES)
    add_numbers (self, data, size, PART_SIZE);
  else if (self->is_dense)
    add_words (self, data);
  else
    for (guint i = 0; i < PART_WORDS; i++)
      for (guint64 word = word_at (data, i); word != 0; word &= word - 1)
        if (octavo_order_find_slot (self->order, self->first + i * 64 + __builtin_ctzll (word), &slot))
          octavo_bitmap_set (self->notes, slot);
}

static gboolean
add_parts (OrmConnection *connection, GArray *term_ids, gint64 part, Target *target, GError **error)
{
  target->first = part * PART_SIZE;
  for (guint i = 0; i < term_ids->len; i++)
    {
      OrmStatement *statement =
          prepare (connection, SELECT_POSTING, key_of_part (part, g_array_index (term_ids, gint64, i)), error);
      OrmStep step = statement != NULL ? orm_statement_step (statement, error) : ORM_STEP_ERROR;
      gsize size;

      if (step == ORM_STEP_ERROR)
        return FALSE;
      if (step == ORM_STEP_ROW)
        {
          const guint8 *data = orm_statement_get_blob (statement, 0, &size);

          add_part (target, data, size);
        }
      orm_statement_reset (statement);
    }
  return TRUE;
}

/* cut: empty; gets the terms whose notes in the region are too many for one row */
static gboolean
add_regions (OrmConnection *connection, GArray *term_ids, gint64 region, Target *target, GArray *cut, GError **error)
{
  target->first = region * REGION_SIZE;
  for (guint i = 0; i < term_ids->len; i++)
    {
      gint64 term_id = g_array_index (term_ids, gint64, i);
      OrmStatement *statement = prepare (connection, SELECT_POSTING, key_of_region (region, term_id), error);
      OrmStep step = statement != NULL ? orm_statement_step (statement, error) : ORM_STEP_ERROR;
      gsize size;

      if (step == ORM_STEP_ERROR)
        return FALSE;
      if (step == ORM_STEP_ROW)
        {
          const guint8 *data = orm_statement_get_blob (statement, 0, &size);

          if (size == 0)
            g_array_append_val (cut, term_id);
          else
            add_numbers (target, data, size, REGION_SIZE);
        }
      orm_statement_reset (statement);
    }
  return TRUE;
}

/* octavo_postings_read:
 * @term_ids: (element-type gint64): ascending
 * @order: one that the sets suit
 * @notes: where they are added
 *
 * Finds the notes that have one of some terms. Reading thread. */
gboolean
octavo_postings_read (OrmConnection *connection,
                      GArray *term_ids,
                      OctavoOrder *order,
                      OctavoBitmap *notes,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) cut = g_array_new (FALSE, FALSE, sizeof (gint64));
  Target target = { .order = order, .notes = notes };
  gint64 first, last;

  if (octavo_order_get_n_slots (order) == 0)
    return TRUE;
  target.is_dense = octavo_order_get_first_id (order, &target.order_first);
  first = first_id (order);
  last = last_id (order);
  for (gint64 region = region_of_id (first); region <= region_of_id (last); region++)
    {
      gint64 first_part = MAX (part_of_id (first), region * N_PARTS);
      gint64 last_part = MIN (part_of_id (last), region * N_PARTS + N_PARTS - 1);

      g_array_set_size (cut, 0);
      if (!add_regions (connection, term_ids, region, &target, cut, error))
        return FALSE;
      for (gint64 part = first_part; cut->len > 0 && part <= last_part; part++)
        if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
            !add_parts (connection, cut, part, &target, error))
          return FALSE;
    }
  return TRUE;
}

/* octavo_postings_weigh:
 * @order: one that the sets suit
 * @n_bytes: (out): at least 1, as a set that is empty now is not told from one that is small
 *
 * Says how large the set of a term is, without reading it. Reading thread. */
gboolean
octavo_postings_weigh (OrmConnection *connection, gint64 term_id, OctavoOrder *order, gsize *n_bytes, GError **error)
{
  *n_bytes = 1;
  if (octavo_order_get_n_slots (order) == 0)
    return TRUE;
  for (gint64 region = region_of_id (first_id (order)); region <= region_of_id (last_id (order)); region++)
    {
      OrmStatement *statement = prepare (connection, "SELECT length (notes) FROM search_posting WHERE key = ?",
                                         key_of_region (region, term_id), error);
      OrmStep step = statement != NULL ? orm_statement_step (statement, error) : ORM_STEP_ERROR;

      if (step == ORM_STEP_ERROR)
        return FALSE;
      if (step == ORM_STEP_ROW)
        {
          gsize size = (gsize) orm_statement_get_int64 (statement, 0);

          *n_bytes += size > 0 ? size : (gsize) N_PARTS * PART_BYTES; /* it is cut: there are many */
        }
      orm_statement_reset (statement);
    }
  return TRUE;
}

/* A walk over all rows, as they stand in the file */
typedef struct
{
  OctavoPostingFunc func;
  gpointer data;
  GHashTable *cut; /* terms that are cut into parts in the region */
  gint64 region;
  Part *parts; /* of a region */
} Walk;

static gboolean
walk_row (Walk *self, gint64 key, const guint8 *data, gsize size)
{
  gint64 place = key >> TERM_BITS, term_id = key & (((gint64) 1 << TERM_BITS) - 1);
  gint64 region = place >> 5, part = (place & (KEYS_OF_REGION - 1)) - 1;
  OctavoBitmap set = { part < 0 ? REGION_SIZE : PART_SIZE, 0, self->parts[0].words };

  if (region != self->region)
    g_hash_table_remove_all (self->cut);
  self->region = region;
  if (part < 0 && size == 0)
    {
      g_hash_table_add (self->cut, g_memdup2 (&term_id, sizeof term_id));
      return TRUE;
    }
  if (part >= N_PARTS || (part >= 0 && !g_hash_table_contains (self->cut, &term_id)))
    return FALSE;
  set.n_words = set.n_bits / 64;
  memset (set.words, 0, set.n_words * sizeof *set.words);
  if (part < 0)
    decode_numbers (&set, data, size);
  else
    part_decode (self->parts, data, size);
  for (guint number = 0; octavo_bitmap_next (&set, &number); number++)
    self->func (term_id, region * REGION_SIZE + MAX (part, 0) * PART_SIZE + number, self->data);
  return TRUE;
}

/* octavo_postings_foreach:
 *
 * Walks over all sets. Reading thread.
 *
 * Returns: %FALSE where they could not be read, or are such as are never written */
gboolean
octavo_postings_foreach (OrmConnection *connection, OctavoPostingFunc func, gpointer data, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT key, notes FROM search_posting ORDER BY key", error);
  g_autoptr (GHashTable) cut = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree Part *parts = g_new (Part, N_PARTS);
  Walk walk = { func, data, cut, G_MININT64, parts };
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gsize size;
      const guint8 *bytes = orm_statement_get_blob (statement, 1, &size);

      if (!walk_row (&walk, orm_statement_get_int64 (statement, 0), bytes, size))
        {
          orm_statement_reset (statement);
          g_set_error_literal (error, ORM_ERROR, ORM_ERROR_CORRUPT, "There is a part of a set without the set");
          return FALSE;
        }
    }
  return step == ORM_STEP_DONE;
}
