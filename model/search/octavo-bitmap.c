/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-bitmap.h"

#include <string.h>

/* octavo_bitmap_new:
 * @n_bits: how many notes there are
 *
 * Returns: (transfer full): an empty set */
OctavoBitmap *
octavo_bitmap_new (guint n_bits)
{
  OctavoBitmap *self = g_new (OctavoBitmap, 1);

  self->n_bits = n_bits;
  self->n_words = n_bits / 64 + 1;
  self->words = g_new0 (guint64, self->n_words);
  return self;
}

/* octavo_bitmap_copy:
 *
 * Returns: (transfer full): a set with the same notes */
OctavoBitmap *
octavo_bitmap_copy (const OctavoBitmap *self)
{
  OctavoBitmap *copy = octavo_bitmap_new (self->n_bits);

  memcpy (copy->words, self->words, self->n_words * sizeof *self->words);
  return copy;
}

/* octavo_bitmap_resize:
 * @n_bits: how many notes there are now; not fewer than before
 *
 * Makes room for more notes, which are not in the set. */
void
octavo_bitmap_resize (OctavoBitmap *self, guint n_bits)
{
  guint n_words = n_bits / 64 + 1;

  g_return_if_fail (n_bits >= self->n_bits);

  self->words = g_renew (guint64, self->words, n_words);
  memset (self->words + self->n_words, 0, (n_words - self->n_words) * sizeof *self->words);
  self->n_bits = n_bits;
  self->n_words = n_words;
}

/* octavo_bitmap_free:
 *
 * Frees a set. */
void
octavo_bitmap_free (OctavoBitmap *self)
{
  g_free (self->words);
  g_free (self);
}

/* octavo_bitmap_and:
 *
 * Leaves in @self what is in both. */
void
octavo_bitmap_and (OctavoBitmap *self, const OctavoBitmap *other)
{
  for (guint i = 0; i < self->n_words; i++)
    self->words[i] &= other->words[i];
}

/* octavo_bitmap_and_not:
 *
 * Takes out of @self what is in @other. */
void
octavo_bitmap_and_not (OctavoBitmap *self, const OctavoBitmap *other)
{
  for (guint i = 0; i < self->n_words; i++)
    self->words[i] &= ~other->words[i];
}

/* octavo_bitmap_or:
 *
 * Puts into @self what is in @other. */
void
octavo_bitmap_or (OctavoBitmap *self, const OctavoBitmap *other)
{
  for (guint i = 0; i < self->n_words; i++)
    self->words[i] |= other->words[i];
}

/* octavo_bitmap_is_empty:
 *
 * Returns: whether nothing is in it */
gboolean
octavo_bitmap_is_empty (const OctavoBitmap *self)
{
  for (guint i = 0; i < self->n_words; i++)
    if (self->words[i] != 0)
      return FALSE;
  return TRUE;
}

/* octavo_bitmap_count:
 *
 * Returns: how many are in it */
guint
octavo_bitmap_count (const OctavoBitmap *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_words; i++)
    n += __builtin_popcountll (self->words[i]);
  return n;
}
