/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-tag-counts.h"

#include "octavo-error.h"
#include "octavo-store-private.h"

typedef struct
{
  GArray *ids;
  GHashTable *counts;
} Count;

static void
count_free (gpointer data)
{
  Count *self = data;

  g_array_unref (self->ids);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

/* A query counts the rows of one class, and not those of a relation between two. */
static gboolean
work_count (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Count *self = data;
  OrmStatement *statement;
  OrmStep step;

  statement = orm_connection_prepare (connection,
                                      "SELECT tag.name, count (*) FROM note_tag JOIN tag ON tag.id = tag_id "
                                      "WHERE note_id IN (SELECT value FROM json_each (?)) GROUP BY tag_id",
                                      error);
  if (statement == NULL)
    return FALSE;

  g_clear_pointer (&self->counts, g_hash_table_unref);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  orm_statement_bind_array (statement, 1, (const gint64 *) (gpointer) self->ids->data, self->ids->len);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    g_hash_table_insert (self->counts, g_strdup (orm_statement_get_text (statement, 0, NULL)),
                         GUINT_TO_POINTER ((guint) orm_statement_get_int64 (statement, 1)));
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoStore *store = g_task_get_source_object (task);
  gpointer count = NULL;
  GError *error = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, &count, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&((Count *) count)->counts), (GDestroyNotify) g_hash_table_unref);
      return;
    }
  octavo_error_for_person (&error, octavo_store_get_path (store));
  g_task_return_error (task, error);
}

/**
 * octavo_tag_counts_read_async:
 * @store: an open store
 * @ids: (element-type gint64): notes
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts which tags some notes have. Main thread.
 */
void
octavo_tag_counts_read_async (OctavoStore *store,
                              const GArray *ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Count *self;
  GTask *task;

  g_return_if_fail (OCTAVO_IS_STORE (store) && ids != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_tag_counts_read_async);
  self = g_new0 (Count, 1);
  self->ids = g_array_ref ((GArray *) ids);
  orm_database_read_async (octavo_store_get_database (store), work_count, self, count_free, cancellable, on_counted,
                           task);
}

/**
 * octavo_tag_counts_read_finish:
 * @store: the store that was asked
 * @result: what the callback got
 * @error: where to put an error
 *
 * Returns: (transfer full) (element-type utf8 guint): how many of the notes have each tag, by its name; %NULL with
 *   @error set
 */
GHashTable *
octavo_tag_counts_read_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
