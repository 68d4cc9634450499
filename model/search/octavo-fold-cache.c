/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-fold-cache.h"

#include <string.h>

/* A note of a megabyte that is being written is not in the index for a while, and to fold it takes far longer than to
 * look for a word in it. The few that are so large are kept folded from one key in the search entry to the next. They
 * are known by their whole text: nothing else says for sure that it is the same. */
#define LARGE     (64 * 1024)       /* what is smaller is folded in a millisecond */
#define MAX_BYTES (8 * 1024 * 1024) /* of text; as much again, folded */
#define N_ENTRIES 8

typedef struct
{
  gint64 note_id;
  char *text; /* (nullable): there is none */
  gsize length;
  OctavoFoldedText *folded;
  guint64 last_use;
} Entry;

struct _OctavoFoldCache
{
  GMutex lock;
  Entry entries[N_ENTRIES];
  guint64 n_uses;
  gsize n_bytes;
};

/* octavo_folded_text_new:
 * @with_facts: whether to look what it.facts says: of a body
 *
 * Returns: (transfer full): the text as it is matched */
OctavoFoldedText *
octavo_folded_text_new (const char *text, gsize length, gboolean with_facts)
{
  OctavoFoldedText *self = g_atomic_rc_box_new0 (OctavoFoldedText);

  octavo_fold (text, (gssize) length, FALSE, &self->folded);
  if (with_facts)
    self->facts = octavo_facts_of_text (text, length);
  return self;
}

static void
clear_text (gpointer data)
{
  OctavoFoldedText *self = data;

  octavo_folded_clear (&self->folded);
}

/* octavo_folded_text_unref:
 *
 * Lets go of a text. */
void
octavo_folded_text_unref (OctavoFoldedText *self)
{
  g_atomic_rc_box_release_full (self, clear_text);
}

/* octavo_fold_cache_new:
 *
 * Returns: (transfer full): an empty cache */
OctavoFoldCache *
octavo_fold_cache_new (void)
{
  OctavoFoldCache *self = g_new0 (OctavoFoldCache, 1);

  g_mutex_init (&self->lock);
  return self;
}

/* octavo_fold_cache_free:
 *
 * Frees a cache that nobody uses any more. */
void
octavo_fold_cache_free (OctavoFoldCache *self)
{
  octavo_fold_cache_clear (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
clear_entry (OctavoFoldCache *self, Entry *entry)
{
  self->n_bytes -= entry->length;
  g_free (entry->text);
  g_clear_pointer (&entry->folded, octavo_folded_text_unref);
  *entry = (Entry){ 0 };
}

static Entry *
find_oldest (OctavoFoldCache *self)
{
  Entry *oldest = NULL;

  for (guint i = 0; i < N_ENTRIES; i++)
    if (self->entries[i].text != NULL && (oldest == NULL || self->entries[i].last_use < oldest->last_use))
      oldest = &self->entries[i];
  return oldest;
}

static OctavoFoldedText *
look_up (OctavoFoldCache *self, gint64 note_id, const char *text, gsize length)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      Entry *entry = &self->entries[i];

      if (entry->text == NULL || entry->note_id != note_id)
        continue;
      if (entry->length == length && memcmp (entry->text, text, length) == 0)
        {
          entry->last_use = ++self->n_uses;
          return g_atomic_rc_box_acquire (entry->folded);
        }
      clear_entry (self, entry);
    }
  return NULL;
}

static void
keep (OctavoFoldCache *self, gint64 note_id, const char *text, gsize length, OctavoFoldedText *folded)
{
  Entry *entry = NULL;

  while (self->n_bytes + length > MAX_BYTES)
    clear_entry (self, find_oldest (self));
  for (guint i = 0; i < N_ENTRIES && entry == NULL; i++)
    if (self->entries[i].text == NULL)
      entry = &self->entries[i];
  if (entry == NULL)
    {
      entry = find_oldest (self);
      clear_entry (self, entry);
    }
  *entry = (Entry){ note_id, g_memdup2 (text, length), length, g_atomic_rc_box_acquire (folded), ++self->n_uses };
  self->n_bytes += length;
}

/* octavo_fold_cache_fold:
 * @text: of the body of a note
 * @length: of it, in bytes
 *
 * Folds the body of a note, or finds it folded where it is large and was asked for before.
 *
 * Returns: (transfer full): the text as it is matched */
OctavoFoldedText *
octavo_fold_cache_fold (OctavoFoldCache *self, gint64 note_id, const char *text, gsize length)
{
  OctavoFoldedText *folded;

  if (length < LARGE || length > MAX_BYTES)
    return octavo_folded_text_new (text, length, TRUE);
  g_mutex_lock (&self->lock);
  folded = look_up (self, note_id, text, length);
  if (folded == NULL)
    {
      folded = octavo_folded_text_new (text, length, TRUE);
      keep (self, note_id, text, length, folded);
    }
  g_mutex_unlock (&self->lock);
  return folded;
}

/* octavo_fold_cache_clear:
 *
 * Forgets all texts. */
void
octavo_fold_cache_clear (OctavoFoldCache *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < N_ENTRIES; i++)
    if (self->entries[i].text != NULL)
      clear_entry (self, &self->entries[i]);
  g_mutex_unlock (&self->lock);
}
