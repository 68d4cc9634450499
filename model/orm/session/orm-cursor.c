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
  guint ref_count; /* a batch that is read holds it */
  OrmSession *session;
  OrmQuery *query;
  guint batch_size;
  gint64 n_left;      /* -1: all */
  GPtrArray *objects; /* of the batch; those handed out are NULL */
  guint n_taken;
  gboolean is_last; /* batch */
  gboolean is_reading;
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
  self->ref_count = 1;
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

  if (--self->ref_count > 0)
    return;
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

typedef struct
{
  OrmCursor *cursor; /* held */
  OrmLoad *load;
  gint64 n; /* rows at most */
  guint n_recent;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *self = data;

  orm_load_free (self->load);
  orm_cursor_free (self->cursor);
  g_free (self);
}

static gboolean
batch_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_load_run (connection, ((Batch *) data)->load, cancellable, error);
}

static void
orm_cursor_take (OrmCursor *self, OrmJob *job)
{
  if (self->n_taken < (self->objects != NULL ? self->objects->len : 0))
    {
      job->result = g_steal_pointer (&self->objects->pdata[self->n_taken++]);
      job->free_result = g_object_unref;
    }
}

static gboolean
batch_end (OrmJob *job, GError **error)
{
  Batch *batch = job->data;
  OrmCursor *self = batch->cursor;
  const GArray *rows = batch->load->rows;
  GPtrArray *objects;

  /* Of the row, as a live object may have other values. */
  if (job->succeeded && rows->len > 0)
    orm_query_set_after (self->query, &g_array_index (rows, OrmSlot, rows->len - self->query->table->n_columns));
  objects = orm_session_end_read (self->session, job, batch->load, batch->n_recent);
  self->is_reading = FALSE;
  if (!job->succeeded)
    {
      g_ptr_array_unref (objects);
      return FALSE;
    }
  g_clear_pointer (&self->objects, g_ptr_array_unref);
  self->objects = objects;
  g_ptr_array_set_free_func (self->objects, unref_object);
  self->n_taken = 0;
  orm_query_offset (self->query, 0);
  self->is_last = self->objects->len < batch->n;
  if (self->n_left >= 0)
    {
      self->n_left -= self->objects->len;
      self->is_last = self->is_last || self->n_left == 0;
    }
  orm_cursor_take (self, job);
  return TRUE;
}

static OrmJob *
orm_cursor_new_batch (OrmCursor *self)
{
  Batch *batch = g_new0 (Batch, 1);
  OrmJob *job = orm_job_new_work (FALSE, batch_run, batch, batch_free);

  batch->n = self->n_left >= 0 ? MIN (self->n_left, (gint64) self->batch_size) : (gint64) self->batch_size;
  orm_query_limit (self->query, batch->n);
  batch->cursor = self;
  self->ref_count++;
  batch->load = orm_load_new_query (self->query, -1);
  batch->n_recent = orm_session_begin_read (self->session);
  job->end = batch_end;
  job->is_at_once = TRUE;
  job->is_single = batch->load->eager == NULL;
  self->is_reading = TRUE;
  return job;
}

static gboolean
orm_cursor_has_batch (OrmCursor *self)
{
  return self->is_last || (self->objects != NULL && self->n_taken < self->objects->len);
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
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (self != NULL && !self->is_reading, NULL);
  orm_session_assert_thread (self->session);

  if (orm_cursor_has_batch (self))
    {
      job = orm_job_new (ORM_JOB_WORK);
      orm_cursor_take (self, job);
      return orm_job_take_result (job);
    }
  job = orm_cursor_new_batch (self);
  return orm_session_call (self->session, job, cancellable, error) ? orm_job_take_result (job) : NULL;
}

/**
 * orm_cursor_next_async:
 * @self: a cursor; no other object is asked for until this one was told
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Gives the next object; reads where the batch is at its end.
 */
void
orm_cursor_next_async (OrmCursor *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  OrmJob *job;

  g_return_if_fail (self != NULL && !self->is_reading);
  orm_session_assert_thread (self->session);

  if (!orm_cursor_has_batch (self))
    {
      orm_session_call_async (self->session, orm_cursor_new_batch (self), cancellable, callback, user_data);
      return;
    }
  job = orm_job_new (ORM_JOB_WORK);
  job->succeeded = TRUE;
  orm_cursor_take (self, job);
  orm_job_take_task (job, g_task_new (self->session, cancellable, callback, user_data));
  orm_job_return (job);
}

/**
 * orm_cursor_next_finish:
 * @self: a cursor
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_cursor_next()
 */
gpointer
orm_cursor_next_finish (OrmCursor *self, GAsyncResult *result, GError **error)
{
  OrmJob *job;

  g_return_val_if_fail (self != NULL, NULL);

  job = orm_job_finish (self->session, result, error);
  return job != NULL ? orm_job_take_result (job) : NULL;
}
