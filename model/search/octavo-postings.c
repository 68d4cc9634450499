/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-postings.h"
#include "octavo-postings-private.h"

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

/* data: max_size bytes. size (out): how many of them are used. Returns: whether they are enough */
static gboolean
encode_numbers (const OctavoBitmap *set, guint8 *data, gsize max_size, gsize *size)
{
  guint number = 0, last = 0;

  *size = 0;
  for (; octavo_bitmap_next (set, &number) && *size + 3 < max_size; last = number++)
    *size += put_distance (data + *size, number - last);
  return !octavo_bitmap_next (set, &number);
}

/* data: PART_BYTES long. Returns: how many of them are used */
static gsize
part_encode (const Part *self, guint8 *data)
{
  OctavoBitmap set = part_as_bitmap (self);
  gsize size;

  if (encode_numbers (&set, data, PART_BYTES, &size))
    return size;
  for (guint i = 0; i < PART_WORDS; i++)
    {
      guint64 word = GUINT64_TO_LE (self->words[i]);

      memcpy (data + i * sizeof word, &word, sizeof word);
    }
  return PART_BYTES;
}

/* Rows */

/* data: at least PART_BYTES long. size (out): how many of them are used. is_there (out): whether there is a row */
static gboolean
read_row (OrmConnection *connection, gint64 key, guint8 *data, gsize *size, gboolean *is_there, GError **error)
{
  OrmStatement *statement = prepare (connection, SELECT_POSTING, key, error);
  OrmStep step;

  *size = 0;
  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  *is_there = step == ORM_STEP_ROW;
  if (*is_there)
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
write_row (OrmConnection *connection, gint64 key, const guint8 *data, gsize size, GError **error)
{
  OrmStatement *statement =
      prepare (connection, "INSERT OR REPLACE INTO search_posting (key, notes) VALUES (?, ?)", key, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_blob (statement, 2, data, size);
  return orm_statement_run (statement, error);
}

static gboolean
delete_row (OrmConnection *connection, gint64 key, GError **error)
{
  OrmStatement *statement = prepare (connection, "DELETE FROM search_posting WHERE key = ?", key, error);

  return statement != NULL && orm_statement_run (statement, error);
}

/* A set of nobody takes no room. */
static gboolean
write_set (OrmConnection *connection, gint64 key, const guint8 *data, gsize size, GError **error)
{
  return size > 0 ? write_row (connection, key, data, size, error) : delete_row (connection, key, error);
}

/* Writes the numbers of notes that come, where they come behind those that are there: as new notes do, and most notes
 * that are indexed are new. mask: of an id's number. Returns: FALSE, with nothing changed that matters, where it is not
 * so, or they are too many for max_size bytes */
static gboolean
append_numbers (const OctavoPostingChange *changes,
                guint n_changes,
                gint64 mask,
                guint8 *data,
                gsize max_size,
                gsize *size)
{
  const guint8 *at = data, *end = data + *size;
  gsize new_size = *size;
  guint last = 0;

  while (at < end)
    {
      last = next_number (&at, end, last);
      if (last > mask)
        return FALSE;
    }
  for (guint i = 0; i < n_changes; i++)
    {
      guint number = (guint) (changes[i].id & mask);

      if (changes[i].is_gone || (new_size > 0 && number <= last) || new_size + 3 >= max_size)
        return FALSE;
      new_size += put_distance (data + new_size, number - last);
      last = number;
    }
  *size = new_size;
  return TRUE;
}

static void
apply_changes (OctavoBitmap *set, const OctavoPostingChange *changes, guint n_changes, gint64 mask)
{
  for (guint i = 0; i < n_changes; i++)
    octavo_bitmap_set_to (set, (guint) (changes[i].id & mask), !changes[i].is_gone);
}

static gboolean
change_part (OrmConnection *connection,
             gint64 term_id,
             const OctavoPostingChange *changes,
             guint n_changes,
             gboolean *is_empty,
             GError **error)
{
  gint64 key = key_of_part (part_of_id (changes[0].id), term_id);
  guint8 data[PART_BYTES];
  OctavoBitmap set;
  Part notes;
  gboolean is_there;
  gsize size;

  if (!read_row (connection, key, data, &size, &is_there, error))
    return FALSE;
  if (size == PART_BYTES || !append_numbers (changes, n_changes, PART_SIZE - 1, data, PART_BYTES, &size))
    {
      part_decode (&notes, data, size);
      set = part_as_bitmap (&notes);
      apply_changes (&set, changes, n_changes, PART_SIZE - 1);
      size = part_encode (&notes, data);
    }
  *is_empty |= size == 0;
  return write_set (connection, key, data, size, error);
}

/* How many of the changes, from the first on, are of notes as close to it as that. */
static guint
count_within (const OctavoPostingChange *changes, guint n_changes, gint64 (*place_of_id) (gint64 id))
{
  guint n = 1;

  while (n < n_changes && place_of_id (changes[n].id) == place_of_id (changes[0].id))
    n++;
  return n;
}

/* Where no part is left the region is none that is cut. */
static gboolean
forget_region (OrmConnection *connection, gint64 region, gint64 term_id, GError **error)
{
  guint8 data[PART_BYTES];
  gsize size;

  for (gint64 i = 0; i < N_PARTS; i++)
    {
      gboolean is_there;

      if (!read_row (connection, key_of_part (region * N_PARTS + i, term_id), data, &size, &is_there, error))
        return FALSE;
      if (is_there)
        return TRUE;
    }
  return delete_row (connection, key_of_region (region, term_id), error);
}

static gboolean
change_parts (OrmConnection *connection,
              gint64 term_id,
              const OctavoPostingChange *changes,
              guint n_changes,
              GError **error)
{
  gint64 region = region_of_id (changes[0].id);
  gboolean is_empty = FALSE;

  for (guint at = 0; at < n_changes;)
    {
      guint n = count_within (changes + at, n_changes - at, part_of_id);

      if (!change_part (connection, term_id, changes + at, n, &is_empty, error))
        return FALSE;
      at += n;
    }
  return !is_empty || forget_region (connection, region, term_id, error);
}

static gboolean
cut_region (OrmConnection *connection, gint64 region, gint64 term_id, const Part *parts, GError **error)
{
  guint8 data[PART_BYTES];

  if (!write_row (connection, key_of_region (region, term_id), NULL, 0, error))
    return FALSE;
  for (gint64 i = 0; i < N_PARTS; i++)
    {
      gsize size = part_encode (&parts[i], data);

      if (size > 0 && !write_row (connection, key_of_part (region * N_PARTS + i, term_id), data, size, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
change_region (OrmConnection *connection,
               gint64 term_id,
               const OctavoPostingChange *changes,
               guint n_changes,
               GError **error)
{
  gint64 region = region_of_id (changes[0].id), key = key_of_region (region, term_id);
  g_autofree Part *parts = NULL;
  guint8 data[PART_BYTES];
  OctavoBitmap set = { REGION_SIZE, REGION_SIZE / 64, NULL };
  gboolean is_there;
  gsize size;

  if (!read_row (connection, key, data, &size, &is_there, error))
    return FALSE;
  if (is_there && size == 0)
    return change_parts (connection, term_id, changes, n_changes, error);
  if (append_numbers (changes, n_changes, REGION_SIZE - 1, data, REGION_BYTES, &size))
    return write_set (connection, key, data, size, error);
  parts = g_new0 (Part, N_PARTS);
  set.words = parts[0].words;
  decode_numbers (&set, data, size);
  apply_changes (&set, changes, n_changes, REGION_SIZE - 1);
  if (!encode_numbers (&set, data, REGION_BYTES, &size))
    return cut_region (connection, region, term_id, parts, error);
  return write_set (connection, key, data, size, error);
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
          guint n = count_within (changes + at, terms[i].changes->len - at, region_of_id);

          if (octavo_postings_hold (changes[at].id) &&
              !change_region (connection, terms[i].term_id, changes + at, n, error))
            return FALSE;
          at += n;
        }
    }
  return TRUE;
}
