/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-cache.h"

#include "octavo-note-row-private.h"

/* A row that a view holds must be the same object when it asks again, so rows are known by id as long as they live; and
 * scrolling back must not read again, so the last pages are kept alive. */

#define PAGE_SIZE 64
#define MAX_PAGES 16

/* The rows of one reading, kept alive. */
typedef struct
{
  GList link;
  GPtrArray *rows;
} Page;

typedef struct
{
  OctavoNoteCache *cache;
  gint64 id;
  OctavoNoteRow *row; /* weak */
  Page *page;         /* (nullable): what keeps it alive */
} Entry;

struct _OctavoNoteCache
{
  OctavoNoteRepository *notes;
  GHashTable *entries; /* id → Entry */
  GQueue pages;        /* of Page, the last used first */
  guint n_pages_read;
};

static void
on_row_gone (gpointer data, GObject *row)
{
  Entry *entry = data;

  entry->row = NULL;
  g_hash_table_remove (entry->cache->entries, &entry->id);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->row != NULL)
    g_object_weak_unref (G_OBJECT (entry->row), on_row_gone, entry);
  g_free (entry);
}

static void
drop_page (OctavoNoteCache *self, Page *page)
{
  g_queue_unlink (&self->pages, &page->link);
  for (guint i = 0; i < page->rows->len; i++)
    {
      gint64 id = octavo_note_row_get_id (page->rows->pdata[i]);
      Entry *entry = g_hash_table_lookup (self->entries, &id);

      if (entry != NULL && entry->page == page)
        entry->page = NULL;
    }
  g_ptr_array_unref (page->rows);
  g_free (page);
}

static Page *
add_page (OctavoNoteCache *self)
{
  Page *page = g_new0 (Page, 1);

  page->link.data = page;
  page->rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_push_head_link (&self->pages, &page->link);
  if (self->pages.length > MAX_PAGES)
    drop_page (self, self->pages.tail->data);
  return page;
}

/* row: (transfer full) */
static void
add_row (OctavoNoteCache *self, Page *page, OctavoNoteRow *row)
{
  gint64 id = octavo_note_row_get_id (row);
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->cache = self;
      entry->id = id;
      g_hash_table_insert (self->entries, &entry->id, entry);
    }
  else
    g_object_weak_unref (G_OBJECT (entry->row), on_row_gone, entry);

  entry->row = row;
  entry->page = page;
  g_object_weak_ref (G_OBJECT (row), on_row_gone, entry);
  g_ptr_array_add (page->rows, row);
}

static GPtrArray *
read_page (OctavoNoteCache *self, const gint64 *ids, gsize n_ids)
{
  self->n_pages_read++;
  return octavo_note_repository_read_page (self->notes, ids, n_ids);
}

/**
 * octavo_note_cache_new:
 * @notes: where rows are read
 *
 * Makes a cache without rows. Main thread.
 *
 * Returns: (transfer full): the cache
 */
OctavoNoteCache *
octavo_note_cache_new (OctavoNoteRepository *notes)
{
  OctavoNoteCache *self = g_new0 (OctavoNoteCache, 1);

  self->notes = g_object_ref (notes);
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  return self;
}

/**
 * octavo_note_cache_free:
 * @self: (transfer full): a cache
 *
 * Lets go of all rows.
 */
void
octavo_note_cache_free (OctavoNoteCache *self)
{
  while (self->pages.length > 0)
    drop_page (self, self->pages.tail->data);
  g_hash_table_unref (self->entries);
  g_object_unref (self->notes);
  g_free (self);
}

/* The row of a note that is gone: the list drops it as soon as the engine has answered. */
static OctavoNoteRow *
make_empty_row (gint64 id)
{
  OctavoNoteValues *values = octavo_note_values_new ();

  values->id = id;
  return octavo_note_row_new (values);
}

/* Reads what is missing of the page that @position is in. */
static void
load_page (OctavoNoteCache *self, const OctavoNoteIds *ids, guint position)
{
  guint start = position - position % PAGE_SIZE;
  guint end = MIN (start + PAGE_SIZE, octavo_note_ids_get_length (ids));
  g_autoptr (GPtrArray) rows = NULL;
  gint64 missing[PAGE_SIZE] = { 0 };
  gsize n_missing = 0;
  Page *page;

  for (guint i = start; i < end; i++)
    {
      gint64 id = octavo_note_ids_get (ids, i);

      if (!g_hash_table_contains (self->entries, &id))
        missing[n_missing++] = id;
    }

  rows = read_page (self, missing, n_missing);
  page = add_page (self);
  for (gsize i = 0; i < n_missing; i++)
    {
      OctavoNoteRow *row = g_steal_pointer (&rows->pdata[i]);

      add_row (self, page, row != NULL ? row : make_empty_row (missing[i]));
    }
}

/**
 * octavo_note_cache_get:
 * @self: a cache
 * @ids: the ids of the list
 * @position: which of them
 *
 * Gives the row of one note. Where it is not there, all of its page is read. Main thread.
 *
 * Returns: (transfer full): the row
 */
OctavoNoteRow *
octavo_note_cache_get (OctavoNoteCache *self, const OctavoNoteIds *ids, guint position)
{
  gint64 id = octavo_note_ids_get (ids, position);
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry == NULL)
    {
      load_page (self, ids, position);
      entry = g_hash_table_lookup (self->entries, &id);
    }
  else if (entry->page != NULL && self->pages.head != &entry->page->link)
    {
      g_queue_unlink (&self->pages, &entry->page->link);
      g_queue_push_head_link (&self->pages, &entry->page->link);
    }
  return g_object_ref (entry->row);
}

/**
 * octavo_note_cache_get_held:
 * @self: a cache
 *
 * Forgets the rows that nobody holds but the cache, and lists the others. Main thread.
 *
 * Returns: (element-type gint64) (transfer full): their ids
 */
GArray *
octavo_note_cache_get_held (OctavoNoteCache *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  while (self->pages.length > 0)
    drop_page (self, self->pages.tail->data);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(gint64 *) id);
  return ids;
}

/**
 * octavo_note_cache_refresh:
 * @self: a cache
 * @ids: (element-type gint64): ids of notes that may differ
 *
 * Reads the rows of these notes again, where there are any, and replaces those that differ. Main thread.
 *
 * Returns: (element-type gint64) (transfer full): the ids of those that differ
 */
GArray *
octavo_note_cache_refresh (OctavoNoteCache *self, GArray *ids)
{
  GArray *changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint next = 0;

  while (next < ids->len)
    {
      g_autoptr (GPtrArray) rows = NULL;
      gint64 known[PAGE_SIZE];
      gsize n_known = 0;
      Page *page = NULL;

      for (; next < ids->len && n_known < PAGE_SIZE; next++)
        if (g_hash_table_contains (self->entries, &g_array_index (ids, gint64, next)))
          known[n_known++] = g_array_index (ids, gint64, next);
      if (n_known == 0)
        break;

      rows = read_page (self, known, n_known);
      for (gsize i = 0; i < n_known; i++)
        {
          Entry *entry = g_hash_table_lookup (self->entries, &known[i]);

          /* A note that is gone keeps its row until the list drops it. */
          if (entry == NULL || rows->pdata[i] == NULL || octavo_note_row_equal (entry->row, rows->pdata[i]))
            continue;
          if (page == NULL)
            page = add_page (self);
          add_row (self, page, g_steal_pointer (&rows->pdata[i]));
          g_array_append_val (changed, known[i]);
        }
    }
  return changed;
}

/**
 * octavo_note_cache_get_n_pages_read:
 * @self: a cache
 *
 * Returns: how often rows were read
 */
guint
octavo_note_cache_get_n_pages_read (OctavoNoteCache *self)
{
  return self->n_pages_read;
}
