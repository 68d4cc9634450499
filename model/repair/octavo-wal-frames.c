/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-wal-frames.h"

/* The log is a head of 32 bytes and frames: a head of 24 bytes and a page each. The sum in the head of a frame goes on
 * from the sum of the frame before it. Where a frame is damaged, what its head says the sum is still serves to check
 * the next one, so that those behind it are not lost with it.
 *
 * A log ends in frames that no longer fit where somebody was stopped while writing; that is no damage. It is damage
 * where a transaction was committed behind a frame that does not fit, as each was on the disk before the next began. */

#define HEAD           32
#define FRAME_HEAD     24
#define MAGIC          0x377f0682u /* the last bit: sums are of big-endian words */
#define MIN_PAGE       512
#define MAX_PAGE       65536
#define MAX_PAGES      0x40000000u
#define MAX_BAD_IN_ROW 8 /* frames that do not fit, after which the rest is taken for older than the log */

typedef struct
{
  guint32 sum[2];
  gboolean is_big_endian;
  guint32 salt[2];
} Chain;

static guint32
get_big (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static guint32
get_little (const guint8 *bytes)
{
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 | bytes[0];
}

static void
add_to_sum (const Chain *chain, const guint8 *bytes, gsize size, guint32 sum[2])
{
  for (gsize i = 0; i + 8 <= size; i += 8)
    {
      guint32 first = chain->is_big_endian ? get_big (bytes + i) : get_little (bytes + i);
      guint32 second = chain->is_big_endian ? get_big (bytes + i + 4) : get_little (bytes + i + 4);

      sum[0] += first + sum[1];
      sum[1] += second + sum[0];
    }
}

/* seed: the sum of the frame before */
static gboolean
fits (const Chain *chain, const guint32 seed[2], const guint8 *frame, gsize page_size)
{
  guint32 sum[2] = { seed[0], seed[1] };

  add_to_sum (chain, frame, 8, sum);
  add_to_sum (chain, frame + FRAME_HEAD, page_size, sum);
  return sum[0] == get_big (frame + 16) && sum[1] == get_big (frame + 20);
}

static gboolean
is_page_size (guint32 size)
{
  return size >= MIN_PAGE && size <= MAX_PAGE && (size & (size - 1)) == 0;
}

static gboolean
read_head (OctavoWalFrames *self, Chain *chain, const guint8 *head)
{
  guint32 sum[2] = { 0, 0 };

  chain->is_big_endian = (get_big (head) & 1) != 0;
  self->page_size = get_big (head + 8);
  for (guint i = 0; i < 2; i++)
    {
      chain->salt[i] = get_big (head + 16 + 4 * i);
      chain->sum[i] = get_big (head + 24 + 4 * i);
    }
  add_to_sum (chain, head, 24, sum);
  return (get_big (head) & ~1u) == MAGIC && is_page_size (self->page_size) && sum[0] == chain->sum[0] &&
         sum[1] == chain->sum[1];
}

/* Two frames in a row of which the second goes on from the first tell what the head ought to say. */
static gboolean
guess_head (OctavoWalFrames *self, Chain *chain, OctavoReadBytes read, gpointer data)
{
  g_autofree guint8 *bytes = g_malloc (2 * (FRAME_HEAD + MAX_PAGE));

  for (guint32 page_size = MIN_PAGE; page_size <= MAX_PAGE; page_size *= 2)
    {
      gsize size = 2 * (FRAME_HEAD + (gsize) page_size);

      if (read (HEAD, bytes, size, data) != size)
        break;
      for (guint order = 0; order < 2; order++)
        {
          guint32 seed[2] = { get_big (bytes + 16), get_big (bytes + 20) };

          chain->is_big_endian = order == 1;
          if (!fits (chain, seed, bytes + FRAME_HEAD + page_size, page_size))
            continue;
          self->page_size = page_size;
          chain->salt[0] = get_big (bytes + 8);
          chain->salt[1] = get_big (bytes + 12);
          return TRUE;
        }
    }
  return FALSE;
}

static void
remember (GHashTable *frames, guint32 number, guint64 offset)
{
  guint64 *place = g_new (guint64, 1);

  *place = offset;
  g_hash_table_replace (frames, GUINT_TO_POINTER (number), place);
}

static void
take_over (GHashTable *frames, GHashTable *pending)
{
  GHashTableIter iter;
  gpointer number, place;

  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, &number, &place))
    {
      g_hash_table_replace (frames, number, place);
      g_hash_table_iter_steal (&iter);
    }
}

static gboolean
is_of_log (const Chain *chain, const guint8 *frame)
{
  return get_big (frame + 8) == chain->salt[0] && get_big (frame + 12) == chain->salt[1];
}

/* A transaction that has a frame which does not fit counts once something behind it says that it was committed. */
typedef struct
{
  GHashTable *pending;  /* of the transaction that is being read */
  gboolean has_bad;     /* some of its frames do not fit */
  gboolean is_in_doubt; /* and it ended */
  guint32 n_pages_in_doubt;
} Transaction;

static void
settle (OctavoWalFrames *self, Transaction *transaction, guint32 n_pages)
{
  take_over (self->frames, transaction->pending);
  if (n_pages != 0)
    self->n_pages = n_pages;
  transaction->has_bad = FALSE;
  transaction->is_in_doubt = FALSE;
}

static void
take_good (OctavoWalFrames *self, Transaction *transaction, const guint8 *frame, guint64 offset)
{
  guint32 n_pages = get_big (frame + 4);

  if (transaction->is_in_doubt)
    {
      self->is_damaged = TRUE;
      settle (self, transaction, transaction->n_pages_in_doubt);
    }
  remember (transaction->pending, get_big (frame), offset + FRAME_HEAD);
  if (n_pages != 0 && transaction->has_bad)
    {
      transaction->is_in_doubt = TRUE;
      transaction->n_pages_in_doubt = n_pages;
    }
  else if (n_pages != 0)
    settle (self, transaction, n_pages);
}

/* Whether a frame that does not fit may end a transaction. Power that goes leaves anything in what was being written:
 * a file grows by no more pages than are in the log. */
static gboolean
may_be_commit (const OctavoWalFrames *self, const guint8 *frame, guint64 n_frames)
{
  guint32 number = get_big (frame), n_pages = get_big (frame + 4);
  guint64 most = self->n_pages != 0 ? self->n_pages + n_frames : MAX_PAGES;

  return number <= n_pages && n_pages <= most;
}

static void
read_frames (OctavoWalFrames *self, Chain *chain, gboolean is_head_good, OctavoReadBytes read, gpointer data)
{
  Transaction transaction = { .pending = g_hash_table_new_full (NULL, NULL, NULL, g_free) };
  gsize frame_size = FRAME_HEAD + (gsize) self->page_size;
  g_autofree guint8 *frame = g_malloc (frame_size);
  guint n_bad = 0;

  for (guint64 offset = HEAD; n_bad <= MAX_BAD_IN_ROW && read (offset, frame, frame_size, data) == frame_size;
       offset += frame_size)
    {
      gboolean is_ours = get_big (frame) != 0 && is_of_log (chain, frame);
      gboolean is_unchecked = offset == HEAD && !is_head_good;

      if (is_ours && (is_unchecked || fits (chain, chain->sum, frame, self->page_size)))
        {
          take_good (self, &transaction, frame, offset);
          n_bad = 0;
        }
      else
        {
          transaction.has_bad = TRUE;
          if (is_ours && may_be_commit (self, frame, offset / frame_size + 1))
            {
              transaction.is_in_doubt = TRUE;
              transaction.n_pages_in_doubt = get_big (frame + 4);
            }
          n_bad++;
        }
      chain->sum[0] = get_big (frame + 16);
      chain->sum[1] = get_big (frame + 20);
    }
  g_hash_table_unref (transaction.pending);
}

/**
 * octavo_wal_frames_read:
 * @read: reads bytes of the log
 * @data: for @read
 *
 * Reads a log of SQLite, as much of it as was committed. Any thread; blocks.
 *
 * Returns: (transfer full): what it says; nothing where it is none
 */
OctavoWalFrames *
octavo_wal_frames_read (OctavoReadBytes read, gpointer data)
{
  OctavoWalFrames *self = g_new0 (OctavoWalFrames, 1);
  guint8 head[HEAD];
  Chain chain = { 0 };
  gboolean is_head_good;

  self->frames = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (read (0, head, sizeof head, data) != sizeof head)
    return self;
  is_head_good = read_head (self, &chain, head);
  if (!is_head_good && !guess_head (self, &chain, read, data))
    {
      self->page_size = 0;
      return self;
    }
  read_frames (self, &chain, is_head_good, read, data);
  if (self->n_pages == 0)
    self->page_size = 0;
  self->is_damaged |= !is_head_good && self->n_pages != 0;
  return self;
}

/**
 * octavo_wal_frames_free:
 * @self: (transfer full) (nullable): what a log says
 */
void
octavo_wal_frames_free (OctavoWalFrames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->frames);
  g_free (self);
}

/**
 * octavo_wal_frames_find:
 * @self: what a log says
 * @number: of a page, from 1
 *
 * Returns: where the page begins in the log; 0: it is not in there
 */
guint64
octavo_wal_frames_find (const OctavoWalFrames *self, guint32 number)
{
  const guint64 *place = g_hash_table_lookup (self->frames, GUINT_TO_POINTER (number));

  return place != NULL ? *place : 0;
}
