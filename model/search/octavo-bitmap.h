/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of notes, by their slots in the order. Sets that are combined have the same size. */
typedef struct
{
  guint    n_bits;
  guint    n_words;
  guint64 *words;
} OctavoBitmap;

OctavoBitmap *octavo_bitmap_new (guint n_bits) G_GNUC_WARN_UNUSED_RESULT;
OctavoBitmap *octavo_bitmap_copy (const OctavoBitmap *self) G_GNUC_WARN_UNUSED_RESULT;
void          octavo_bitmap_resize (OctavoBitmap *self, guint n_bits);
void          octavo_bitmap_free (OctavoBitmap *self);

void          octavo_bitmap_and (OctavoBitmap *self, const OctavoBitmap *other);
void          octavo_bitmap_and_not (OctavoBitmap *self, const OctavoBitmap *other);
void          octavo_bitmap_or (OctavoBitmap *self, const OctavoBitmap *other);
gboolean      octavo_bitmap_is_empty (const OctavoBitmap *self);
guint         octavo_bitmap_count (const OctavoBitmap *self);

static inline void
octavo_bitmap_set (OctavoBitmap *self, guint bit)
{
  self->words[bit >> 6] |= G_GUINT64_CONSTANT (1) << (bit & 63);
}

static inline void
octavo_bitmap_unset (OctavoBitmap *self, guint bit)
{
  self->words[bit >> 6] &= ~(G_GUINT64_CONSTANT (1) << (bit & 63));
}

static inline void
octavo_bitmap_set_to (OctavoBitmap *self, guint bit, gboolean is_set)
{
  if (is_set)
    octavo_bitmap_set (self, bit);
  else
    octavo_bitmap_unset (self, bit);
}

static inline gboolean
octavo_bitmap_get (const OctavoBitmap *self, guint bit)
{
  return (self->words[bit >> 6] >> (bit & 63)) & 1;
}

/* Moves bit to the first that is set at or after it. */
static inline gboolean
octavo_bitmap_next (const OctavoBitmap *self, guint *bit)
{
  guint   word = *bit >> 6;
  guint64 rest;

  if (word >= self->n_words)
    return FALSE;
  rest = self->words[word] & (G_MAXUINT64 << (*bit & 63));
  while (rest == 0)
    {
      if (++word == self->n_words)
        return FALSE;
      rest = self->words[word];
    }
  *bit = word * 64 + __builtin_ctzll (rest);
  return TRUE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoBitmap, octavo_bitmap_free)

G_END_DECLS
