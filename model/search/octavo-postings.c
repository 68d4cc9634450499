/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-postings.h"

#include <gio/gio.h>
#include <string.h>

/* FTS5 gives the notes of a term one row at a time, 58 ns each, and needs 14 µs to begin: 46 ms for a word that 770,000
 * notes of a million have, and 25 ms for three letters that are in 700 words. So who has a term is also kept as sets,
 * which go into a row of bits as they are.
 *
 * They are cut where the ids are multiples of 65,536 (as the bitmaps of Chambi, Lemire, Kaser, Godin, "Better bitmap
 * performance with Roaring bitmaps", 2016), and stand in the file by part and then by term: notes that are new have
 * ids close to each other, so what is written for them stands close together too.
 *
 * A part is its numbers, each as its distance from the one before in 7 bits a byte, the lower ones first and the
 * eighth bit where more follow; or, where that is no longer than it, a row of bits: bit n is bit n % 8 of byte n / 8.
 */
#define PART_BITS  16
#define PART_SIZE  (1 << PART_BITS)
#define PART_BYTES (PART_SIZE / 8)
#define PART_WORDS (PART_SIZE / 64)
#define MANY_PARTS 64 /* for each part that would hold the notes if their ids had no gaps */

typedef struct
{
  guint64 words[PART_WORDS];
} Part;

static gint64
part_of_id (gint64 id)
{
  return id >> PART_BITS;
}

static guint
number_in_part (gint64 id)
{
  return (guint) (id & (PART_SIZE - 1));
}

static OctavoBitmap
part_as_bitmap (const Part *self)
{
  return (OctavoBitmap){ PART_SIZE, PART_WORDS, (guint64 *) self->words };
}

/* Moves at behind the next number. Returns: it; PART_SIZE or more: there is none */
static inline guint
next_number (const guint8 **at, const guint8 *end, guint last)
{
  guint distance = 0;

  for (guint shift = 0; *at < end && shift < 21; shift += 7)
    {
      guint8 byte = *(*at)++;

      distance |= (guint) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return last + distance;
    }
  return PART_SIZE;
}

/* Returns: how many bytes it takes, at most 3 */
static gsize
put_distance (guint8 *data, guint distance)
{
  gsize size = 0;

  for (; distance >= 0x80; distance >>= 7)
    data[size++] = (guint8) (distance | 0x80);
  data[size++] = (guint8) distance;
  return size;
}

static guint64
word_at (const guint8 *data, guint i)
{
  guint64 word;

  memcpy (&word, data + i * sizeof word, sizeof word);
  return GUINT64_FROM_LE (word);
}

static void
part_decode (Part *self, const guint8 *data, gsize size)
{
  const guint8 *end = data + size;
  OctavoBitmap set = part_as_bitmap (self);

  memset (self, 0, sizeof *self);
  if (size == PART_BYTES)
    for (guint i = 0; i < PART_WORDS; i++)
      self->words[i] = word_at (data, i);
  else
    for (guint number = next_number (&data, end, 0); number < PART_SIZE; number = next_number (&data, end, number))
      octavo_bitmap_set (&set, number);
}

/* data: PART_BYTES long. Returns: how many of them are used */
static gsize
part_encode (const Part *self, guint8 *data)
{
  OctavoBitmap set = part_as_bitmap (self);
  guint number = 0, last = 0;
  gsize size = 0;

  for (; octavo_bitmap_next (&set, &number) && size + 3 < PART_BYTES; last = number++)
    size += put_distance (data + size, number - last);
  if (!octavo_bitmap_next (&set, &number))
    return size;
  for (guint i = 0; i < PART_WORDS; i++)
    {
      guint64 word = GUINT64_TO_LE (self->words[i]);

      memcpy (data + i * sizeof word, &word, sizeof word);
    }
  return PART_BYTES;
}

static OrmStatement *
prepare (OrmConnection *connection, const char *sql, gint64 part, gint64 term_id, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  orm_statement_bind_int64 (statement, 1, part);
  orm_statement_bind_int64 (statement, 2, term_id);
  return statement;
}

static const char select_sql[] = "SELECT notes FROM search_posting WHERE part = ? AND term_id = ?";

/* data: at least PART_BYTES long. size (out): how many of them are used */
static gboolean
read_part (OrmConnection *connection, gint64 part, gint64 term_id, guint8 *data, gsize *size, GError **error)
{
  OrmStatement *statement = prepare (connection, select_sql, part, term_id, error);
  OrmStep step;

  *size = 0;
  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      gconstpointer blob = orm_statement_get_blob (statement, 0, size);

      *size = MIN (*size, PART_BYTES);
      if (*size > 0)
        memcpy (data, blob, *size);
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
write_part (OrmConnection *connection, gint64 part, gint64 term_id, const guint8 *data, gsize size, GError **error)
{
  OrmStatement *statement =
      prepare (connection,
               size == 0 ? "DELETE FROM search_posting WHERE part = ? AND term_id = ?"
                         : "INSERT OR REPLACE INTO search_posting (part, term_id, notes) VALUES (?, ?, ?)",
               part, term_id, error);

  if (statement == NULL)
    return FALSE;
  if (size > 0)
    orm_statement_bind_blob (statement, 3, data, size);
  return orm_statement_run (statement, error);
}

/* Writes the numbers of notes that come, where they come behind those that are there: as new notes do, and most notes
 * that are indexed are new. Returns: FALSE, with nothing changed that matters, where it is not so */
static gboolean
append_numbers (const OctavoPostingChange *changes, guint n_changes, guint8 *data, gsize *size)
{
  const guint8 *at = data, *end = data + *size;
  gsize new_size = *size;
  guint last = 0;

  if (*size == PART_BYTES)
    return FALSE;
  while (at < end)
    {
      last = next_number (&at, end, last);
      if (last >= PART_SIZE)
        return FALSE;
    }
  for (guint i = 0; i < n_changes; i++)
    {
      guint number = number_in_part (changes[i].id);

      if (changes[i].is_gone || (new_size > 0 && number <= last) || new_size + 3 >= PART_BYTES)
        return FALSE;
      new_size += put_distance (data + new_size, number - last);
      last = number;
    }
  *size = new_size;
  return TRUE;
}

static gboolean
change_part (OrmConnection *connection,
             gint64 term_id,
             const OctavoPostingChange *changes,
             guint n_changes,
             GError **error)
{
  gint64 part = part_of_id (changes[0].id);
  guint8 data[PART_BYTES];
  OctavoBitmap set;
  Part notes;
  gsize size;

  if (!read_part (connection, part, term_id, data, &size, error))
    return FALSE;
  if (append_numbers (changes, n_changes, data, &size))
    return write_part (connection, part, term_id, data, size, error);
  part_decode (&notes, data, size);
  set = part_as_bitmap (&notes);
  for (guint i = 0; i < n_changes; i++)
    if (changes[i].is_gone)
      octavo_bitmap_unset (&set, number_in_part (changes[i].id));
    else
      octavo_bitmap_set (&set, number_in_part (changes[i].id));
  size = part_encode (&notes, data);
  return write_part (connection, part, term_id, data, size, error);
}

static guint
count_of_part (const OctavoPostingChange *changes, guint n_changes)
{
  guint n = 1;

  while (n < n_changes && part_of_id (changes[n].id) == part_of_id (changes[0].id))
    n++;
  return n;
}

/* octavo_postings_change:
 * @connection: in a transaction that writes
 * @terms: (array length=n_terms): best by ascending ids, and the changes of each by ascending ids of notes; of two
 *   changes about one note the later counts
 *
 * Changes sets. Writing thread. */
gboolean
octavo_postings_change (OrmConnection *connection, const OctavoPostingChanges *terms, guint n_terms, GError **error)
{
  for (guint i = 0; i < n_terms; i++)
    {
      const OctavoPostingChange *changes = (const OctavoPostingChange *) (gpointer) terms[i].changes->data;

      for (guint at = 0; at < terms[i].changes->len;)
        {
          guint n = count_of_part (changes + at, terms[i].changes->len - at);

          if (!change_part (connection, terms[i].term_id, changes + at, n, error))
            return FALSE;
          at += n;
        }
    }
  return TRUE;
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

  return n_slots == 0 || (guint64) part_of_id (last_id (order)) - (guint64) part_of_id (first_id (order)) <
                             MANY_PARTS * ((guint64) n_slots / PART_SIZE + 1);
}

/* Where the notes of a part go. */
typedef struct
{
  OctavoOrder *order;
  OctavoBitmap *notes;
  gint64 first; /* the id of number 0 */
  gint64 first_slot;
  gboolean is_dense; /* the slots are the ids less the first of all */
} Target;

static void
add_number (const Target *self, guint number)
{
  guint slot;

  if (!self->is_dense)
    {
      if (octavo_order_find_slot (self->order, self->first + number, &slot))
        octavo_bitmap_set (self->notes, slot);
    }
  else if (self->first_slot + number >= 0 && self->first_slot + number < self->notes->n_bits)
    octavo_bitmap_set (self->notes, (guint) (self->first_slot + number));
}

/* Whole words are moved. */
static void
add_words (const Target *self, const guint8 *data)
{
  guint shift = self->first_slot & 63;
  OctavoBitmap *notes = self->notes;

  for (guint i = 0; i < PART_WORDS; i++)
    {
      gint64 at = (self->first_slot >> 6) + i;
      guint64 word = word_at (data, i);

      if (at >= 0 && at < notes->n_words)
        notes->words[at] |= word << shift;
      if (shift != 0 && at + 1 >= 0 && at + 1 < notes->n_words)
        notes->words[at + 1] |= word >> (64 - shift);
    }
  /* of notes that were deleted, and would stand behind the last */
  notes->words[notes->n_words - 1] &= (G_GUINT64_CONSTANT (1) << (notes->n_bits & 63)) - 1;
}

static void
add_part (const Target *self, const guint8 *data, gsize size)
{
  const guint8 *end = data + size;

  if (size != PART_BYTES)
    for (guint number = next_number (&data, end, 0); number < PART_SIZE; number = next_number (&data, end, number))
      add_number (self, number);
  else if (self->is_dense)
    add_words (self, data);
  else
    for (guint i = 0; i < PART_WORDS; i++)
      for (guint64 word = word_at (data, i); word != 0; word &= word - 1)
        add_number (self, i * 64 + __builtin_ctzll (word));
}

static gboolean
add_terms (OrmConnection *connection, GArray *term_ids, const Target *target, GError **error)
{
  for (guint i = 0; i < term_ids->len; i++)
    {
      OrmStatement *statement =
          prepare (connection, select_sql, part_of_id (target->first), g_array_index (term_ids, gint64, i), error);
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
  guint n_slots = octavo_order_get_n_slots (order);
  Target target = { .order = order, .notes = notes };

  if (n_slots == 0)
    return TRUE;
  target.is_dense = last_id (order) - first_id (order) == (gint64) n_slots - 1;
  for (gint64 part = part_of_id (first_id (order)); part <= part_of_id (last_id (order)); part++)
    {
      target.first = part * PART_SIZE;
      target.first_slot = target.first - first_id (order);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !add_terms (connection, term_ids, &target, error))
        return FALSE;
    }
  return TRUE;
}

/* octavo_postings_foreach:
 *
 * Walks over all sets. Reading thread. */
gboolean
octavo_postings_foreach (OrmConnection *connection, OctavoPostingFunc func, gpointer data, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT part, term_id, notes FROM search_posting", error);
  OrmStep step;
  Part part;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      OctavoBitmap set = part_as_bitmap (&part);
      gint64 first = orm_statement_get_int64 (statement, 0) * PART_SIZE;
      gsize size;
      const guint8 *bytes = orm_statement_get_blob (statement, 2, &size);

      part_decode (&part, bytes, size);
      for (guint number = 0; octavo_bitmap_next (&set, &number); number++)
        func (orm_statement_get_int64 (statement, 1), first + number, data);
    }
  return step == ORM_STEP_DONE;
}
