/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-cursor.h"
#include "orm-load.h"
#include "orm-query-private.h"
#include "orm-session-private.h"

/* Each batch is a page of its own, so that neither a thread nor a snapshot is held while the caller works, who may well
 * write or read other things meanwhile. */

struct _OrmCursor
{
  OrmSession *session;
  OrmQuery *query;
  guint batch_size;
  gint64 n_left;      /* -1: all */
  GPtrArray *objects; /* of the batch; those handed out are NULL */
  guint n_taken;
  gboolean is_last; /* batch */
};

/**
 * orm_cursor_new:
 * @session: a session
 * @query: (transfer full): what to read
 * @batch_size: how many rows are read at a time
 *
 * Makes a cursor at the start. Rows that are inserted or deleted while it goes on come or do not come, as their place
 * is ahead or behind; no row comes twice unless what the query sorts by is changed. The order is made complete as by
 * orm_query_page().
 *
 * Returns: (transfer full): the cursor
 */
OrmCursor *
orm_cursor_new (OrmSession *session, OrmQuery *query, guint batch_size)
{
  OrmCursor *self;

  g_return_val_if_fail (ORM_IS_SESSION (session) && query != NULL && batch_size > 0, NULL);

  self = g_new0 (OrmCursor, 1);
  self->session = g_object_ref (session);
  self->n_left = query->limit;
  self->query = query;
  self->batch_size = batch_size;
  if (!query->is_page)
    orm_query_page (query, NULL, batch_size);
  return self;
}

/**
 * orm_cursor_free:
 * @self: (transfer full): a cursor
 *
 * Frees the cursor, at its end or before.
 */
void
orm_cursor_free (OrmCursor *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->objects, g_ptr_array_unref);
  orm_query_free (self->query);
  g_object_unref (self->session);
  g_free (self);
}

/* Those that were handed out are not there any more. */
static void
unref_object (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static gboolean
orm_cursor_read (OrmCursor *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmLoad) load = NULL;
  gint64 n = self->n_left >= 0 ? MIN (self->n_left, (gint64) self->batch_size) : (gint64) self->batch_size;
  guint n_columns = self->query->table->n_columns;
  guint n_recent;
  gboolean was_read;

  orm_query_limit (self->query, n);
  load = orm_load_new_query (self->query, -1);
  n_recent = orm_session_begin_read (self->session);
  was_read = orm_database_read (self->session->database, orm_load_run, load, cancellable, error);
  /* Of the row, as a live object may have other values. */
  if (was_read && load->rows->len > 0)
    orm_query_set_after (self->query, &g_array_index (load->rows, OrmSlot, load->rows->len - n_columns));
  g_clear_pointer (&self->objects, g_ptr_array_unref);
  self->objects = orm_session_end_read (self->session, was_read ? load : NULL, n_recent);
  g_ptr_array_set_free_func (self->objects, unref_object);
  self->n_taken = 0;
  if (!was_read)
    return FALSE;

  orm_query_offset (self->query, 0);
  self->is_last = self->objects->len < n;
  if (self->n_left >= 0)
    {
      self->n_left -= self->objects->len;
      self->is_last = self->is_last || self->n_left == 0;
    }
  return TRUE;
}

/**
 * orm_cursor_next:
 * @self: a cursor
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Gives the next object; reads where the batch is at its end. An object that the caller lets go of is freed.
 *
 * Returns: (transfer full) (nullable): the object; %NULL without an error at the end, and else with %ORM_ERROR or
 * %G_IO_ERROR_CANCELLED, after which a second try goes on at the same place
 */
gpointer
orm_cursor_next (OrmCursor *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  orm_session_assert_thread (self->session);

  if ((self->objects == NULL || self->n_taken == self->objects->len) && !self->is_last &&
      !orm_cursor_read (self, cancellable, error))
    return NULL;
  if (self->objects == NULL || self->n_taken == self->objects->len)
    return NULL;
  return g_steal_pointer (&self->objects->pdata[self->n_taken++]);
}
