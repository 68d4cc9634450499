/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-bitmap.h"
#include "orm-connection.h"

#include <string.h>

G_BEGIN_DECLS

/* FTS5 gives the notes of a term one row at a time, 58 ns each, and needs 14 µs to begin: 46 ms for a word that 770,000
 * notes of a million have, and 25 ms for three letters that are in 700 words. So who has a term is also kept as sets,
 * which go into a row of bits as they are.
 *
 * They are cut where the ids are multiples of 65,536 (as the bitmaps of Chambi, Lemire, Kaser, Godin, "Better bitmap
 * performance with Roaring bitmaps", 2016); but most terms are in few notes, and three letters are in a thousand of
 * these: so what a page of the file can hold stays one set of sixteen such parts, a region, and is found at once. In
 * the file they stand by region, then as a whole before the parts, then by term: notes that are new have ids close to
 * each other, so what is written for them stands close together too.
 *
 * A set is its numbers, each as its distance from the one before in 7 bits a byte, the lower ones first and the eighth
 * bit where more follow; or, of a part where that is no longer than it, a row of bits: bit n is bit n % 8 of byte
 * n / 8. A region that is cut into its parts is an empty row, which says that there are such.
 */
#define PART_BITS    16
#define PART_SIZE    (1 << PART_BITS)
#define PART_BYTES   (PART_SIZE / 8)
#define PART_WORDS   (PART_SIZE / 64)
#define N_PARTS      16 /* of a region */
#define REGION_SIZE  (PART_SIZE * N_PARTS)
#define REGION_BYTES 4000 /* what SQLite keeps on one page */
#define MANY_PARTS   64   /* for each part that would hold the notes if their ids had no gaps */
#define MAX_ID       (G_GINT64_CONSTANT (1) << 45)
#define MAX_NUMBER   (1 << 21) /* in three bytes */

/* A key is the region, then 0 for the whole of it or the number of a part from 1 on, then the term. */
#define KEYS_OF_REGION 32
#define TERM_BITS      32

typedef struct
{
  guint64 words[PART_WORDS];
} Part;

static inline gint64
part_of_id (gint64 id)
{
  return id >> PART_BITS;
}

static inline gint64
region_of_id (gint64 id)
{
  return id / REGION_SIZE - (id % REGION_SIZE < 0);
}

static inline gint64
key_of_region (gint64 region, gint64 term_id)
{
  return region * KEYS_OF_REGION * (G_GINT64_CONSTANT (1) << TERM_BITS) + term_id;
}

/* part: of all there are, not of the region */
static inline gint64
key_of_part (gint64 part, gint64 term_id)
{
  gint64 within = part & (N_PARTS - 1);

  return key_of_region (region_of_id (part * PART_SIZE), term_id) + ((within + 1) << TERM_BITS);
}

static inline OctavoBitmap
part_as_bitmap (const Part *self)
{
  return (OctavoBitmap){ PART_SIZE, PART_WORDS, (guint64 *) self->words };
}

/* Moves at behind the next number. Returns: it; MAX_NUMBER or more: there is none */
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
  return MAX_NUMBER;
}

static inline guint64
word_at (const guint8 *data, guint i)
{
  guint64 word;

  memcpy (&word, data + i * sizeof word, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* set: empty; takes the numbers that it has room for */
static inline void
decode_numbers (OctavoBitmap *set, const guint8 *data, gsize size)
{
  const guint8 *end = data + size;

  for (guint number = next_number (&data, end, 0); number < set->n_bits; number = next_number (&data, end, number))
    octavo_bitmap_set (set, number);
}

static inline void
part_decode (Part *self, const guint8 *data, gsize size)
{
  OctavoBitmap set = part_as_bitmap (self);

  memset (self, 0, sizeof *self);
  if (size == PART_BYTES)
    for (guint i = 0; i < PART_WORDS; i++)
      self->words[i] = word_at (data, i);
  else
    decode_numbers (&set, data, size);
}

#define SELECT_POSTING "SELECT notes FROM search_posting WHERE key = ?"

/* sql: its first value is a key. (nullable) (transfer none) */
static inline OrmStatement *
prepare (OrmConnection *connection, const char *sql, gint64 key, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement != NULL)
    orm_statement_bind_int64 (statement, 1, key);
  return statement;
}

G_END_DECLS
