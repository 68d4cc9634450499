/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-id-set.h"

/* Bits in pages, of which there are as many as the highest id asks for. A file that another program wrote may have ids
 * that are far higher than their number: those are kept one by one. */

#define PAGE_BITS 15 /* 4 kB a page */
#define N_WORDS   (1u << (PAGE_BITS - 6))
#define MAX_PAGES 4096u /* ids below 134 million */

typedef struct
{
  guint64 words[N_WORDS];
} Page;

struct _OctavoIdSet
{
  GPtrArray *pages; /* (nullable) elements */
  GHashTable *high; /* (element-type gint64) (nullable) */
  guint size;
};

/**
 * octavo_id_set_new:
 *
 * Returns: (transfer full): an empty set
 */
OctavoIdSet *
octavo_id_set_new (void)
{
  OctavoIdSet *self = g_new0 (OctavoIdSet, 1);

  self->pages = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * octavo_id_set_free:
 * @self: (transfer full) (nullable): a set
 */
void
octavo_id_set_free (OctavoIdSet *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->pages);
  g_clear_pointer (&self->high, g_hash_table_unref);
  g_free (self);
}

static gboolean
is_high (gint64 id)
{
  return id < 0 || (id >> PAGE_BITS) >= MAX_PAGES;
}

static guint64
get_bit (gint64 id)
{
  return G_GUINT64_CONSTANT (1) << (id & 63);
}

/* (nullable): where there is no page */
static guint64 *
get_word (const OctavoIdSet *self, gint64 id)
{
  guint index = (guint) (id >> PAGE_BITS);
  Page *page = index < self->pages->len ? self->pages->pdata[index] : NULL;

  return page != NULL ? &page->words[(id >> 6) & (N_WORDS - 1)] : NULL;
}

static guint64 *
ensure_word (OctavoIdSet *self, gint64 id)
{
  guint index = (guint) (id >> PAGE_BITS);

  if (index >= self->pages->len)
    g_ptr_array_set_size (self->pages, (int) index + 1);
  if (self->pages->pdata[index] == NULL)
    self->pages->pdata[index] = g_new0 (Page, 1);
  return get_word (self, id);
}

static gboolean
add_high (OctavoIdSet *self, gint64 id)
{
  if (self->high == NULL)
    self->high = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return g_hash_table_add (self->high, g_memdup2 (&id, sizeof id));
}

/**
 * octavo_id_set_add:
 * @self: a set
 * @id: an id
 *
 * Returns: whether it was not in the set before
 */
gboolean
octavo_id_set_add (OctavoIdSet *self, gint64 id)
{
  gboolean is_new;

  g_return_val_if_fail (self != NULL, FALSE);

  if (is_high (id))
    {
      is_new = add_high (self, id);
    }
  else
    {
      guint64 *word = ensure_word (self, id);

      is_new = (*word & get_bit (id)) == 0;
      *word |= get_bit (id);
    }
  self->size += is_new ? 1 : 0;
  return is_new;
}

/**
 * octavo_id_set_remove:
 * @self: a set
 * @id: an id
 *
 * Returns: whether it was in the set before
 */
gboolean
octavo_id_set_remove (OctavoIdSet *self, gint64 id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!octavo_id_set_contains (self, id))
    return FALSE;

  if (is_high (id))
    g_hash_table_remove (self->high, &id);
  else
    *get_word (self, id) &= ~get_bit (id);
  self->size--;
  return TRUE;
}

/**
 * octavo_id_set_contains:
 * @self: a set
 * @id: an id
 *
 * Returns: whether it is in the set
 */
gboolean
octavo_id_set_contains (const OctavoIdSet *self, gint64 id)
{
  const guint64 *word;

  g_return_val_if_fail (self != NULL, FALSE);

  if (is_high (id))
    return self->high != NULL && g_hash_table_contains (self->high, &id);
  word = get_word (self, id);
  return word != NULL && (*word & get_bit (id)) != 0;
}

/**
 * octavo_id_set_get_size:
 * @self: a set
 *
 * Returns: how many ids are in it
 */
guint
octavo_id_set_get_size (const OctavoIdSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

static void
tell_word (gint64 first, guint64 word, OctavoIdFunc func, gpointer user_data)
{
  for (; word != 0; word &= word - 1)
    func (first + __builtin_ctzll (word), user_data);
}

/**
 * octavo_id_set_foreach:
 * @self: a set
 * @func: (scope call): called for each id
 * @user_data: for @func
 *
 * Goes through the ids, in no order that is promised.
 */
void
octavo_id_set_foreach (const OctavoIdSet *self, OctavoIdFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL && func != NULL);

  for (guint i = 0; i < self->pages->len; i++)
    {
      const Page *page = self->pages->pdata[i];

      for (guint j = 0; page != NULL && j < N_WORDS; j++)
        tell_word (((gint64) i << PAGE_BITS) + ((gint64) j << 6), page->words[j], func, user_data);
    }
  if (self->high != NULL)
    {
      GHashTableIter iter;
      gpointer id;

      g_hash_table_iter_init (&iter, self->high);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        func (*(gint64 *) id, user_data);
    }
}
