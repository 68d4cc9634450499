/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-error.h"
#include "orm-session-private.h"

/* Objects into a session and out of it, by one and by many; and one that is to have what another says, or the file. */

/**
 * orm_session_add_all:
 * @self: a session
 * @entities: (element-type OrmEntity) (transfer none): objects of no session
 *
 * As orm_session_add() for each. Main thread.
 */
void
orm_session_add_all (OrmSession *self, GPtrArray *entities)
{
  g_return_if_fail (ORM_IS_SESSION (self) && entities != NULL);
  orm_session_assert_thread (self);

  for (guint i = 0; i < entities->len; i++)
    orm_session_add (self, entities->pdata[i]);
}

/**
 * orm_session_expunge_all:
 * @self: a session
 *
 * Takes all objects out of the session, with their unsaved changes. What a running commit writes of them is written.
 * Main thread.
 */
void
orm_session_expunge_all (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  orm_session_assert_thread (self);

  orm_session_detach_all (self);
  for (guint i = 0; self->commit != NULL && i < self->commit->flush->n_operations; i++)
    if (orm_entity_get_private (self->commit->flush->operations[i].entity)->session == self)
      orm_session_detach (self, self->commit->flush->operations[i].entity);
}

typedef struct
{
  OrmEntity *entity; /* held */
  OrmEntity *live;   /* (nullable): held; of the same row, where it was alive from the start */
  OrmLoad *load;     /* (nullable): of the row, where it may be there and is not alive */
  guint n_recent;
} Merge;

static void
merge_free (gpointer data)
{
  Merge *self = data;

  g_clear_pointer (&self->load, orm_load_free);
  g_clear_object (&self->live);
  g_object_unref (self->entity);
  g_free (self);
}

static gboolean
merge_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_load_run (connection, ((Merge *) data)->load, cancellable, error);
}

/* (transfer full) */
static OrmEntity *
merge_into (OrmSession *self, OrmEntity *live, OrmEntity *entity)
{
  /* It may have been added, or have got a session by another merge, meanwhile. */
  if (orm_entity_get_private (entity)->session == self)
    return g_object_ref (entity);
  if (live != NULL)
    {
      orm_entity_take_values (live, entity, FALSE);
      return g_object_ref (live);
    }
  live = orm_entity_new_for_row (orm_entity_get_table (entity));
  /* What is not known is left to the schema. */
  orm_entity_get_private (live)->unloaded = orm_entity_get_private (entity)->unloaded;
  orm_entity_take_values (live, entity, TRUE);
  orm_session_add (self, live);
  return live;
}

static gboolean
merge_end (OrmJob *job, GError **error)
{
  Merge *merge = job->data;
  OrmSession *self = job->owner;
  g_autoptr (GPtrArray) objects = NULL;
  OrmEntity *live = merge->live;

  if (merge->load != NULL)
    {
      objects = orm_session_end_read (self, job, merge->load, merge->n_recent);
      live = objects->len > 0 ? objects->pdata[0] : NULL;
    }
  if (!job->succeeded)
    return TRUE;
  job->result = merge_into (self, live, merge->entity);
  job->free_result = g_object_unref;
  return TRUE;
}

static OrmJob *
new_merge (OrmSession *self, OrmEntity *entity)
{
  Merge *merge = g_new0 (Merge, 1);
  OrmJob *job = orm_job_new_work (FALSE, merge_run, merge, merge_free);
  gint64 key = orm_entity_get_key (entity);

  merge->entity = g_object_ref (entity);
  job->owner = self;
  job->end = merge_end;
  job->is_at_once = TRUE;
  job->is_single = TRUE;
  if (key == 0 || orm_entity_get_private (entity)->session == self)
    return job;
  merge->live = orm_session_lookup (self, G_OBJECT_TYPE (entity), key);
  if (merge->live != NULL)
    return job;
  merge->load = orm_load_new_key (orm_entity_get_table (entity), key);
  merge->n_recent = orm_session_begin_read (self);
  return job;
}

/* Whether there is nothing to read: the job needs no thread. */
static gboolean
is_merged_at_once (OrmJob *job)
{
  job->succeeded = ((Merge *) job->data)->load == NULL;
  return job->succeeded;
}

/**
 * orm_session_merge:
 * @self: a session
 * @entity: (transfer none): an object of any session, or of none; it stays what it is
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Gives the live object of the same row the values of @entity; reads it where it is not alive, and adds a new one where
 * there is no such row, or @entity has no key yet. Main thread.
 *
 * Returns: (transfer full) (nullable): the live object, with its changes pending; else %ORM_ERROR or
 * %G_IO_ERROR_CANCELLED
 */
gpointer
orm_session_merge (OrmSession *self, OrmEntity *entity, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;
  gboolean is_merged;

  g_return_val_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity), NULL);
  orm_session_assert_thread (self);

  job = new_merge (self, entity);
  is_merged = is_merged_at_once (job) ? orm_job_end (job, error) : orm_session_call (self, job, cancellable, error);
  return is_merged ? orm_job_take_result (job) : NULL;
}

/**
 * orm_session_merge_async:
 * @self: a session
 * @entity: (transfer none): an object of any session, or of none; it stays what it is
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Gives the live object of the same row the values that @entity has when the row was read. Main thread.
 */
void
orm_session_merge_async (OrmSession *self,
                         OrmEntity *entity,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  OrmJob *job;

  g_return_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity));
  orm_session_assert_thread (self);

  job = new_merge (self, entity);
  if (!is_merged_at_once (job))
    {
      orm_session_call_async (self, job, cancellable, callback, user_data);
      return;
    }
  orm_job_take_task (job, g_task_new (self, cancellable, callback, user_data));
  orm_job_return (job);
}

/**
 * orm_session_merge_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_merge()
 */
gpointer
orm_session_merge_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  OrmJob *job = orm_session_finish (self, result, error);

  return job != NULL ? orm_job_take_result (job) : NULL;
}

/* Reading a row again */

typedef struct
{
  OrmEntity *entity; /* held */
  OrmLoad *load;
  guint n_commits; /* of the session, that it has seen */
  guint n_recent;
} Again;

static void
again_free (gpointer data)
{
  Again *self = data;

  orm_load_free (self->load);
  g_object_unref (self->entity);
  g_free (self);
}

static gboolean
again_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_load_run (connection, ((Again *) data)->load, cancellable, error);
}

static void
drop_changes (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  orm_entity_restore (entity);
  g_ptr_array_remove (self->changed, entity);
  priv->is_enlisted = FALSE;
  if (!priv->is_deleted)
    return;
  orm_session_touch (self, entity, FALSE);
  orm_entity_forget_deletion (entity);
  g_ptr_array_remove (self->deleted, entity);
}

static void
again_take (Again *again, OrmSession *self, OrmJob *job)
{
  OrmEntity *entity = again->entity;
  gint64 key = orm_entity_get_key (entity);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();

  orm_session_await_commit (self, NULL);
  drop_changes (self, entity);
  g_array_append_val (keys, key);
  orm_session_take_rows (self, again->load, keys, again->n_commits);
  /* Rows that are being read in the background may be older, and what was told meanwhile may be newer. */
  orm_entity_get_private (entity)->written = ++self->n_commits;
  g_ptr_array_add (objects, entity);
  orm_session_note_read (self, again->load->table, objects, job, again->n_recent);
}

static gboolean
again_end (OrmJob *job, GError **error)
{
  Again *again = job->data;
  OrmSession *self = job->owner;
  gboolean is_ours = orm_entity_get_private (again->entity)->session == self;

  if (job->succeeded && is_ours)
    again_take (again, self, job);
  orm_session_end_load (self, again->n_recent, FALSE);
  if (!job->succeeded || !is_ours || !orm_entity_get_private (again->entity)->is_gone)
    return TRUE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_NO_ROW, "There is no row %" G_GINT64_FORMAT " of %s",
               orm_entity_get_key (again->entity), again->load->table->name);
  return FALSE;
}

static OrmJob *
new_again (OrmSession *self, OrmEntity *entity)
{
  Again *again = g_new0 (Again, 1);
  OrmJob *job = orm_job_new_work (FALSE, again_run, again, again_free);

  again->entity = g_object_ref (entity);
  again->load = orm_load_new_key (orm_entity_get_table (entity), orm_entity_get_key (entity));
  again->n_commits = self->n_commits;
  again->n_recent = orm_session_begin_read (self);
  job->owner = self;
  job->end = again_end;
  job->is_at_once = TRUE;
  job->is_single = TRUE;
  return job;
}

/**
 * orm_session_refresh:
 * @self: a session
 * @entity: (transfer none): an object of the session that has a row
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads the row of an object again. Its unsaved changes are dropped, and so is its deletion, also where the row is
 * gone. Main thread.
 *
 * Returns: whether it was read; else %ORM_ERROR (%ORM_ERROR_NO_ROW where the row is gone) or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_refresh (OrmSession *self, OrmEntity *entity, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity), FALSE);
  orm_session_assert_thread (self);
  priv = orm_entity_get_private (entity);
  g_return_val_if_fail (priv->session == self && priv->state == ORM_ENTITY_PERSISTENT, FALSE);

  if (!orm_session_await_commit (self, error))
    return FALSE;
  job = new_again (self, entity);
  return orm_session_call (self, job, cancellable, error);
}

/**
 * orm_session_refresh_async:
 * @self: a session
 * @entity: (transfer none): an object of the session that has a row
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads the row of an object again. Its changes that are unsaved when that is done are dropped, and so is its deletion.
 * Main thread.
 */
void
orm_session_refresh_async (OrmSession *self,
                           OrmEntity *entity,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OrmEntityPrivate *priv;
  OrmJob *job;

  g_return_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity));
  orm_session_assert_thread (self);
  priv = orm_entity_get_private (entity);
  g_return_if_fail (priv->session == self && priv->state == ORM_ENTITY_PERSISTENT);

  job = new_again (self, entity);
  /* What is on its way is to be read. */
  if (self->commit != NULL && self->scope == NULL)
    {
      job->writes = TRUE;
      ((Again *) job->data)->n_commits++;
    }
  orm_session_call_async (self, job, cancellable, callback, user_data);
}

/**
 * orm_session_refresh_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_session_refresh()
 */
gboolean
orm_session_refresh_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return orm_session_finish (self, result, error) != NULL;
}

/* What is pending */

static gboolean
is_update (OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  return priv->dirty != 0 && !priv->is_deleted;
}

/**
 * orm_session_is_modified:
 * @self: a session
 *
 * Returns: whether there is something for the next commit or flush to write. What one that runs writes does not count.
 */
gboolean
orm_session_is_modified (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  orm_session_assert_thread (self);

  for (guint i = 0; i < self->changed->len; i++)
    if (is_update (self->changed->pdata[i]))
      return TRUE;
  return self->added->len > 0 || self->deleted->len > 0 || self->associations->len > 0;
}

/**
 * orm_session_list_pending:
 * @self: a session
 * @kind: what is to become of them
 *
 * Returns: (element-type OrmEntity) (transfer full): the objects that the next commit or flush inserts, updates or
 * deletes, in the order in which it does
 */
GPtrArray *
orm_session_list_pending (OrmSession *self, OrmChangeKind kind)
{
  GPtrArray *list, *pending;

  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  orm_session_assert_thread (self);

  list = kind == ORM_CHANGE_INSERT ? self->added : kind == ORM_CHANGE_UPDATE ? self->changed : self->deleted;
  pending = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < list->len; i++)
    if (kind != ORM_CHANGE_UPDATE || is_update (list->pdata[i]))
      g_ptr_array_add (pending, g_object_ref (list->pdata[i]));
  return pending;
}
