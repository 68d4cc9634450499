/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-find-hits.h"

/* Hits before the last edit are kept by how far they are from the start of the text, those after it by how far from its
 * end: so the next edit changes none of them. Only those between the two places change sides. */
struct _OctavoFindHits
{
  GArray *before; /* of OctavoFindHit, the first one first */
  GArray *after;  /* of OctavoFindHit, from the end of the text, the last one first */
  guint length;   /* of the text, in characters */
};

static OctavoFindHit
mirror (OctavoFindHits *self, OctavoFindHit hit)
{
  return (OctavoFindHit){ self->length - hit.end, self->length - hit.start };
}

static OctavoFindHit *
get_last (GArray *hits)
{
  return hits->len > 0 ? &g_array_index (hits, OctavoFindHit, hits->len - 1) : NULL;
}

/* From one side to the other, as both count from the other end. */
static void
move_last (OctavoFindHits *self, GArray *from, GArray *to)
{
  OctavoFindHit hit = mirror (self, *get_last (from));

  g_array_append_val (to, hit);
  g_array_set_size (from, from->len - 1);
}

/**
 * octavo_find_hits_new:
 *
 * Returns: (transfer full): none, in an empty text
 */
OctavoFindHits *
octavo_find_hits_new (void)
{
  OctavoFindHits *self = g_new0 (OctavoFindHits, 1);

  self->before = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));
  self->after = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));
  return self;
}

/**
 * octavo_find_hits_free:
 * @self: hits
 */
void
octavo_find_hits_free (OctavoFindHits *self)
{
  g_array_unref (self->before);
  g_array_unref (self->after);
  g_free (self);
}

/**
 * octavo_find_hits_set:
 * @self: hits
 * @hits: (nullable) (element-type OctavoFindHit): what was found, in order; it is theirs from now on
 * @length: how long the text is, in characters
 */
void
octavo_find_hits_set (OctavoFindHits *self, GArray *hits, guint length)
{
  g_array_set_size (self->after, 0);
  g_array_unref (self->before);
  self->before = hits != NULL ? g_array_ref (hits) : g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));
  self->length = length;
}

/**
 * octavo_find_hits_edit:
 * @self: hits
 * @at: where the text was edited
 * @n_removed: how many characters were removed there
 * @n_added: how many were put in
 *
 * Moves the hits along. Those that were edited are dropped.
 */
void
octavo_find_hits_edit (OctavoFindHits *self, guint at, guint n_removed, guint n_added)
{
  const OctavoFindHit *hit;

  while ((hit = get_last (self->before)) != NULL && hit->end > at)
    move_last (self, self->before, self->after);
  while ((hit = get_last (self->after)) != NULL && mirror (self, *hit).end <= at)
    move_last (self, self->after, self->before);
  while ((hit = get_last (self->after)) != NULL && mirror (self, *hit).start < at + n_removed)
    g_array_set_size (self->after, self->after->len - 1);
  self->length += n_added - n_removed;
}

/**
 * octavo_find_hits_get_length:
 * @self: hits
 *
 * Returns: how long the text is, in characters
 */
guint
octavo_find_hits_get_length (OctavoFindHits *self)
{
  return self->length;
}

/**
 * octavo_find_hits_get_n_hits:
 * @self: hits
 *
 * Returns: how many there are
 */
guint
octavo_find_hits_get_n_hits (OctavoFindHits *self)
{
  return self->before->len + self->after->len;
}

/**
 * octavo_find_hits_get:
 * @self: hits
 * @index: a number below theirs
 *
 * Returns: one of them
 */
OctavoFindHit
octavo_find_hits_get (OctavoFindHits *self, guint index)
{
  if (index < self->before->len)
    return g_array_index (self->before, OctavoFindHit, index);
  return mirror (self, g_array_index (self->after, OctavoFindHit, octavo_find_hits_get_n_hits (self) - 1 - index));
}

/**
 * octavo_find_hits_find:
 * @self: hits
 * @offset: a place in the text
 *
 * Returns: the index of the first hit that begins there or after it; their number where none does
 */
guint
octavo_find_hits_find (OctavoFindHits *self, guint offset)
{
  guint low = 0;
  guint high = octavo_find_hits_get_n_hits (self);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (octavo_find_hits_get (self, middle).start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
