/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-leaf-cache.h"

#include <string.h>

/* A query that is typed is asked anew with each key, and all of its words but one are what they were. The answer of the
 * index to a word is kept until the index is written, which is when nothing was typed for a while; what changed since
 * is looked at with each query in any case. */
typedef struct
{
  GList link; /* in recent; data: the entry */
  char *key;
  OctavoBitmap *notes;
  gsize n_bytes;
} Entry;

struct _OctavoLeafCache
{
  GMutex lock;
  OctavoLeafState state; /* of all entries */
  GHashTable *entries;   /* key → Entry */
  GQueue recent;         /* the last used first */
  gsize n_bytes;
  gsize max_bytes;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  octavo_bitmap_free (entry->notes);
  g_free (entry);
}

/* octavo_leaf_cache_new:
 * @max_bytes: to forget the answers that were not asked for longest, so that no more is kept
 *
 * Returns: (transfer full): an empty cache */
OctavoLeafCache *
octavo_leaf_cache_new (gsize max_bytes)
{
  OctavoLeafCache *self = g_new0 (OctavoLeafCache, 1);

  g_mutex_init (&self->lock);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->max_bytes = max_bytes;
  return self;
}

/* octavo_leaf_cache_free:
 *
 * Frees a cache that nobody uses any more. */
void
octavo_leaf_cache_free (OctavoLeafCache *self)
{
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
forget (OctavoLeafCache *self, Entry *entry)
{
  self->n_bytes -= entry->n_bytes;
  g_queue_unlink (&self->recent, &entry->link);
  g_hash_table_remove (self->entries, entry->key);
}

static gboolean
is_of_state (OctavoLeafCache *self, const OctavoLeafState *state)
{
  return memcmp (&self->state, state, sizeof *state) == 0;
}

/* octavo_leaf_cache_get:
 * @state: of the snapshot that is asked
 * @key: what was asked
 * @notes: where the answer is added; may be larger than it was
 *
 * Returns: whether the answer is known */
gboolean
octavo_leaf_cache_get (OctavoLeafCache *self, const OctavoLeafState *state, const char *key, OctavoBitmap *notes)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry = is_of_state (self, state) ? g_hash_table_lookup (self->entries, key) : NULL;

  if (entry == NULL || entry->notes->n_bits > notes->n_bits)
    return FALSE;
  g_queue_unlink (&self->recent, &entry->link);
  g_queue_push_head_link (&self->recent, &entry->link);
  for (guint i = 0; i < entry->notes->n_words; i++)
    notes->words[i] |= entry->notes->words[i];
  return TRUE;
}

/* octavo_leaf_cache_put:
 * @state: of the snapshot that was asked
 *
 * Remembers an answer. Of two states the later one takes the place of the other. */
void
octavo_leaf_cache_put (OctavoLeafCache *self, const OctavoLeafState *state, const char *key, const OctavoBitmap *notes)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry;

  if (!is_of_state (self, state))
    {
      while (!g_queue_is_empty (&self->recent))
        forget (self, g_queue_peek_tail (&self->recent));
      self->state = *state;
    }
  if (g_hash_table_contains (self->entries, key))
    return;
  entry = g_new0 (Entry, 1);
  entry->link.data = entry;
  entry->key = g_strdup (key);
  entry->notes = octavo_bitmap_copy (notes);
  entry->n_bytes = notes->n_words * sizeof *notes->words + sizeof *entry;
  self->n_bytes += entry->n_bytes;
  g_hash_table_insert (self->entries, entry->key, entry);
  g_queue_push_head_link (&self->recent, &entry->link);
  while (self->n_bytes > self->max_bytes)
    forget (self, g_queue_peek_tail (&self->recent));
}
