/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-sidebar-rows.h"

/* A view makes what is reported anew, so of two hundred rows only those are reported that come or go. */

/* Whether the rows that are in both have the same order in both. */
static gboolean
have_same_order (GPtrArray *before, GHashTable *kept, GPtrArray *after)
{
  guint next = 0;

  for (guint i = 0; i < before->len; i++)
    {
      if (!g_hash_table_contains (kept, before->pdata[i]))
        continue;
      while (next < after->len && after->pdata[next] != before->pdata[i])
        next++;
      if (next++ == after->len)
        return FALSE;
    }
  return TRUE;
}

/* From the end on, so that the positions of what is before stay. */
static void
remove_others (GListModel *model, GPtrArray *items, GHashTable *kept)
{
  guint end = items->len;

  while (end > 0)
    {
      guint first = end;

      while (first > 0 && !g_hash_table_contains (kept, items->pdata[first - 1]))
        first--;
      if (first < end)
        {
          g_ptr_array_remove_range (items, first, end - first);
          g_list_model_items_changed (model, first, end - first, 0);
        }
      end = first > 0 ? first - 1 : 0;
    }
}

static void
insert (GPtrArray *items, guint position, GPtrArray *after, guint n)
{
  for (guint i = position; i < position + n; i++)
    g_ptr_array_insert (items, (int) i, g_object_ref (after->pdata[i]));
}

static void
insert_others (GListModel *model, GPtrArray *items, GPtrArray *after)
{
  for (guint first = 0; first < after->len; first++)
    {
      gpointer next = first < items->len ? items->pdata[first] : NULL;
      guint end = first;

      while (end < after->len && after->pdata[end] != next)
        end++;
      if (end == first)
        continue;
      insert (items, first, after, end - first);
      g_list_model_items_changed (model, first, 0, end - first);
      first = end;
    }
}

/* As one change, from the first difference to the last: who looks for a row that has moved finds it. */
static void
replace (GListModel *model, GPtrArray *items, GPtrArray *after)
{
  guint head = 0, tail = 0, n_removed, n_added;

  while (head < items->len && head < after->len && items->pdata[head] == after->pdata[head])
    head++;
  while (tail < items->len - head && tail < after->len - head &&
         items->pdata[items->len - tail - 1] == after->pdata[after->len - tail - 1])
    tail++;
  n_removed = items->len - head - tail;
  n_added = after->len - head - tail;
  g_ptr_array_remove_range (items, head, n_removed);
  insert (items, head, after, n_added);
  g_list_model_items_changed (model, head, n_removed, n_added);
}

/**
 * octavo_sidebar_rows_change:
 * @model: a list model
 * @items: its objects, which it owns
 * @after: what its objects are to be, each once
 *
 * Changes @items into @after, and reports those that come and go; where others change their order, all from the first
 * difference to the last.
 */
void
octavo_sidebar_rows_change (GListModel *model, GPtrArray *items, GPtrArray *after)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < after->len; i++)
    g_hash_table_add (kept, after->pdata[i]);
  if (!have_same_order (items, kept, after))
    {
      replace (model, items, after);
      return;
    }
  remove_others (model, items, kept);
  insert_others (model, items, after);
}
