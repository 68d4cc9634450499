/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-list-follow.h"

/* A list that is read again must not be replaced: the sidebar would lose its selection, its open branches and the focus
 * each time somebody types a tag. */

/* Takes off what the rows have no more, each run of neighbours at once. */
static void
remove_gone (GListStore *list, GHashTable *rows_by_id, const OctavoFollow *functions)
{
  guint end = g_list_model_get_n_items (G_LIST_MODEL (list));

  while (end > 0)
    {
      guint start = end;

      while (start > 0)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), start - 1);
          gint64 id = functions->get_item_id (item);
          gpointer row = g_hash_table_lookup (rows_by_id, &id);

          if (row != NULL && functions->update (item, row))
            break;
          start--;
        }
      if (start < end)
        g_list_store_splice (list, start, end - start, NULL, 0);
      end = start > 0 ? start - 1 : 0;
    }
}

static gboolean
is_at (GListStore *list, guint position, gpointer row, const OctavoFollow *functions)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return item != NULL && functions->get_item_id (item) == functions->get_row_id (row);
}

/**
 * octavo_list_store_follow:
 * @list: a list of objects, each made from a row
 * @rows: the rows as they are now
 * @functions: how they belong together
 *
 * Makes the list what the rows say, with few changes where rows that stay are in the order they had. Main thread.
 */
void
octavo_list_store_follow (GListStore *list, GPtrArray *rows, const OctavoFollow *functions)
{
  g_autoptr (GHashTable) rows_by_id = NULL;
  g_autoptr (GPtrArray) added = NULL;
  guint position = 0;
  guint n_items;

  g_return_if_fail (G_IS_LIST_STORE (list));
  g_return_if_fail (rows != NULL && functions != NULL);

  rows_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = functions->get_row_id (rows->pdata[i]);

      g_hash_table_insert (rows_by_id, g_memdup2 (&id, sizeof id), rows->pdata[i]);
    }
  remove_gone (list, rows_by_id, functions);

  added = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      if (!is_at (list, position, rows->pdata[i], functions))
        {
          g_ptr_array_add (added, functions->create (rows->pdata[i]));
          continue;
        }
      if (added->len > 0)
        g_list_store_splice (list, position, 0, added->pdata, added->len);
      position += added->len + 1;
      g_ptr_array_set_size (added, 0);
    }

  /* New ones at the end take the place of those that moved up. */
  n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  if (added->len > 0 || n_items > position)
    g_list_store_splice (list, position, n_items - position, added->pdata, added->len);
}

/**
 * octavo_list_reading_want:
 * @self: the state of a list
 *
 * Says that somebody wants it.
 *
 * Returns: whether nobody did before, and it is to be read
 */
gboolean
octavo_list_reading_want (OctavoListReading *self)
{
  gboolean is_first = !self->is_wanted;

  self->is_wanted = TRUE;
  return is_first;
}

/**
 * octavo_list_reading_begin:
 * @self: the state of a list
 * @can_read: whether the file is open
 *
 * Says that what is in the file may be otherwise.
 *
 * Returns: whether it is to be read now; where it is being read, that is to be done at the end
 */
gboolean
octavo_list_reading_begin (OctavoListReading *self, gboolean can_read)
{
  self->is_stale = self->is_reading;
  if (self->is_reading || !self->is_wanted || !can_read)
    return FALSE;
  self->is_reading = TRUE;
  return TRUE;
}

/**
 * octavo_list_reading_end:
 * @self: the state of a list
 *
 * Says that it was read.
 *
 * Returns: whether that is to be done again
 */
gboolean
octavo_list_reading_end (OctavoListReading *self)
{
  self->is_reading = FALSE;
  return self->is_stale;
}
