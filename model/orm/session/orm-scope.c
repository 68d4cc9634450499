/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-changes-private.h"
#include "orm-error.h"
#include "orm-links.h"
#include "orm-scope-private.h"
#include "orm-session-private.h"
#include "orm-undo.h"

/* While a scope is open the writing thread serves it alone: the jobs of its session come over a queue of the scope, and
 * those of all others wait. In memory the scope keeps what each object was before its first change in the scope. That
 * makes an inner one undo just what happened in it, and leaves edits alone that were pending before. */

G_DEFINE_FINAL_TYPE (OrmScope, orm_scope, G_TYPE_OBJECT)

static GPtrArray *
copy_list (GPtrArray *list)
{
  return g_ptr_array_copy (list, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
}

/* (transfer full) jobs */
static OrmScope *
orm_scope_new (OrmSession *session, GAsyncQueue *jobs)
{
  OrmScope *self = g_object_new (ORM_TYPE_SCOPE, NULL);

  self->session = g_object_ref (session);
  self->outer = session->scope;
  self->level = self->outer != NULL ? self->outer->level + 1 : 1;
  self->n_commits = self->outer != NULL ? self->outer->n_commits : session->n_commits;
  self->jobs = jobs;
  self->added = copy_list (session->added);
  self->changed = copy_list (session->changed);
  self->deleted = copy_list (session->deleted);
  self->associations = orm_associations_copy (session->associations);
  self->is_open = TRUE;
  session->scope = self;
  return self;
}

void
orm_scope_touch (OrmScope *self, OrmEntity *entity, gboolean values)
{
  OrmUndo *undo;

  if (self->session->is_undoing)
    return;
  undo = g_hash_table_lookup (self->undo, entity);
  if (undo == NULL)
    {
      undo = orm_undo_new (self->session, entity);
      g_hash_table_insert (self->undo, entity, undo);
    }
  if (values)
    orm_undo_keep_values (undo);
}

static GArray *
ensure_keys (GHashTable *tables, const OrmTable *table)
{
  GArray *keys = g_hash_table_lookup (tables, table);

  if (keys == NULL)
    {
      keys = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (tables, (gpointer) table, keys);
    }
  return keys;
}

void
orm_scope_note (OrmScope *self, const OrmTable *table, GPtrArray *objects)
{
  GArray *keys;

  while (self != NULL && !self->has_written)
    self = self->outer;
  if (self == NULL || objects->len == 0)
    return;
  keys = ensure_keys (self->seen, table);
  for (guint i = 0; i < objects->len; i++)
    {
      gint64 key = orm_entity_get_key (objects->pdata[i]);

      g_array_append_val (keys, key);
    }
}

void
orm_scope_note_collection (OrmScope *self, OrmEntity *owner)
{
  while (self != NULL && !self->has_written)
    self = self->outer;
  if (self != NULL && !g_hash_table_contains (self->loaded, owner))
    g_hash_table_add (self->loaded, g_object_ref (owner));
}

/* Its end */

static void
orm_scope_close (OrmScope *self)
{
  OrmSession *session = self->session;

  self->is_open = FALSE;
  self->is_ending = FALSE;
  session->scope = self->outer;
  g_hash_table_remove_all (self->undo);
  g_hash_table_remove_all (self->seen);
  g_ptr_array_set_size (self->added, 0);
  g_ptr_array_set_size (self->changed, 0);
  g_ptr_array_set_size (self->deleted, 0);
  g_ptr_array_set_size (self->associations, 0);
  g_ptr_array_set_size (self->related, 0);
  g_hash_table_remove_all (self->loaded);
  if (session->scope != NULL)
    return;
  orm_session_follow (session);
  orm_session_start_waiting (session);
}

/* What happened in it happened in the outer one from now on. */
static void
orm_scope_hand_over (OrmScope *self)
{
  OrmScope *outer = self->outer;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->undo);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      OrmUndo *before = g_hash_table_lookup (outer->undo, key);

      if (before != NULL)
        {
          orm_undo_merge (before, value);
          continue;
        }
      g_hash_table_iter_steal (&iter);
      g_hash_table_insert (outer->undo, key, value);
    }
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GArray *keys = value;

      g_array_append_vals (ensure_keys (outer->seen, key), keys->data, keys->len);
    }
  g_hash_table_iter_init (&iter, self->loaded);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_hash_table_add (outer->loaded, key);
    }
  g_ptr_array_extend_and_steal (outer->related, g_steal_pointer (&self->related));
  self->related = orm_associations_new ();
  outer->has_written = outer->has_written || self->has_written;
}

/* Relations are what the objects say, which have their values again; and those that no object says are undone one by
 * one. */
static void
orm_scope_undo_relations (OrmScope *self)
{
  OrmSession *session = self->session;
  GHashTableIter iter;
  gpointer owner, undo;

  orm_associations_undo (session, self->related, NULL);
  orm_associations_replace (session, orm_associations_copy (self->associations));
  g_hash_table_iter_init (&iter, self->loaded);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    for (guint i = 0; i < orm_entity_get_table (owner)->n_relations; i++)
      if (orm_relation_is_collection (&orm_entity_get_table (owner)->relations[i]))
        orm_links_unload (owner, &orm_entity_get_table (owner)->relations[i]);
  g_hash_table_iter_init (&iter, self->undo);
  while (g_hash_table_iter_next (&iter, NULL, &undo))
    orm_undo_relate (undo);
}

static void
orm_scope_undo (OrmScope *self)
{
  OrmSession *session = self->session;
  g_autoptr (GPtrArray) undos = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer undo;

  g_assert (session != NULL);
  g_hash_table_iter_init (&iter, self->undo);
  while (g_hash_table_iter_next (&iter, NULL, &undo))
    g_ptr_array_add (undos, undo);
  g_ptr_array_sort (undos, orm_undo_compare);
  session->is_undoing = TRUE;
  /* What is being read in it is not there any more when it becomes objects. */
  if (session->n_reads > 0)
    g_ptr_array_add (session->recent, orm_changes_new_everything ());
  for (guint i = 0; i < undos->len; i++)
    orm_undo_prepare (undos->pdata[i], session);
  for (guint i = 0; i < undos->len; i++)
    orm_undo_apply (undos->pdata[i], session);
  orm_scope_undo_relations (self);

  g_ptr_array_unref (session->added);
  session->added = copy_list (self->added);
  g_ptr_array_unref (session->changed);
  session->changed = copy_list (self->changed);
  g_ptr_array_unref (session->deleted);
  session->deleted = copy_list (self->deleted);
  session->is_undoing = FALSE;
}

/* Rows that were read in the scope may have had values that are undone: they are read again, by the job that ends it.
 */
typedef struct
{
  OrmLoad *load;
  GArray *keys;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  orm_load_free (self->load);
  g_array_unref (self->keys);
  g_free (self);
}

GPtrArray *
orm_scope_new_readings (OrmScope *self)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func (reading_free);
  GHashTableIter iter;
  gpointer table, keys;

  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &table, &keys))
    {
      Reading *reading = g_new0 (Reading, 1);

      reading->keys = g_array_copy (keys);
      reading->load = orm_load_new_keys (table, (const gint64 *) (gpointer) reading->keys->data, reading->keys->len);
      g_ptr_array_add (readings, reading);
    }
  return readings;
}

gboolean
orm_scope_run_readings (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *readings = data;

  for (guint i = 0; i < readings->len; i++)
    if (!orm_load_run (connection, ((Reading *) readings->pdata[i])->load, cancellable, error))
      return FALSE;
  return TRUE;
}

static void
free_readings (gpointer readings)
{
  g_ptr_array_unref (readings);
}

static OrmJob *
orm_scope_new_rollback (OrmScope *self)
{
  OrmJob *job = orm_job_new_work (TRUE, orm_scope_run_readings, orm_scope_new_readings (self), free_readings);

  job->effect = ORM_JOB_ROLLS_BACK;
  job->level = self->level;
  job->queue = g_async_queue_ref (self->jobs);
  return job;
}

/* What was not read again, or was seen after that began, is read in the background. */
static void
orm_scope_take_readings (OrmScope *self, GPtrArray *readings, gboolean were_run)
{
  OrmSession *session = self->session;
  GHashTableIter iter;
  gpointer table, seen;

  session->is_undoing = TRUE;
  for (guint i = 0; were_run && i < readings->len; i++)
    {
      Reading *reading = readings->pdata[i];

      orm_session_take_rows (session, reading->load, reading->keys, G_MAXUINT);
      g_array_remove_range (g_hash_table_lookup (self->seen, reading->load->table), 0, reading->keys->len);
      if (self->outer != NULL && self->outer->has_written)
        g_array_append_vals (ensure_keys (self->outer->seen, reading->load->table), reading->keys->data,
                             reading->keys->len);
    }
  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &table, &seen))
    for (guint i = 0; i < ((GArray *) seen)->len; i++)
      orm_session_queue_refresh (session, table, g_array_index ((GArray *) seen, gint64, i));
  session->is_undoing = FALSE;
}

static void
orm_scope_end_undone (OrmScope *self, GPtrArray *readings, gboolean were_run)
{
  orm_scope_undo (self);
  orm_scope_take_readings (self, readings, were_run);
  orm_scope_close (self);
}

void
orm_scope_settle_rollback (OrmScope *self, GPtrArray *readings, gboolean were_run)
{
  OrmSession *session = self->session;

  while (session->scope != self)
    orm_scope_end_undone (session->scope, NULL, FALSE);
  orm_scope_end_undone (self, readings, were_run);
}

void
orm_scope_settle (OrmScope *self, OrmJob *job, GPtrArray *readings)
{
  self->is_ending = FALSE;
  if (!job->succeeded && !job->ended_held)
    return;
  if (!job->succeeded)
    {
      orm_scope_end_undone (self, readings, job->recovered);
      return;
    }
  if (self->outer != NULL)
    orm_scope_hand_over (self);
  orm_scope_close (self);
}

/* The object */

static void
orm_scope_dispose (GObject *object)
{
  OrmScope *self = ORM_SCOPE (object);

  orm_scope_rollback (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (orm_scope_parent_class)->dispose (object);
}

static void
orm_scope_finalize (GObject *object)
{
  OrmScope *self = ORM_SCOPE (object);

  g_hash_table_unref (self->undo);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->deleted);
  g_clear_pointer (&self->associations, g_ptr_array_unref);
  g_ptr_array_unref (self->related);
  g_hash_table_unref (self->loaded);
  g_clear_pointer (&self->jobs, g_async_queue_unref);

  G_OBJECT_CLASS (orm_scope_parent_class)->finalize (object);
}

static void
orm_scope_class_init (OrmScopeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = orm_scope_dispose;
  object_class->finalize = orm_scope_finalize;
}

static void
orm_scope_init (OrmScope *self)
{
  self->undo = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) orm_undo_free);
  self->seen = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->related = orm_associations_new ();
  self->loaded = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

static gboolean
begin_end (OrmJob *job, GError **error)
{
  OrmSession *session = job->owner;

  session->n_begins--;
  /* What it wrote before is in the file by now. */
  orm_session_await_commit (session, NULL);
  if (!job->succeeded)
    orm_session_start_waiting (session);
  else if (job->level != (session->scope != NULL ? session->scope->level : 0) + 1)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID, "The scope around it was ended");
      return FALSE;
    }
  else
    {
      job->result = orm_scope_new (session, g_async_queue_ref (job->queue));
      job->free_result = g_object_unref;
    }
  return TRUE;
}

static OrmJob *
new_begin (OrmSession *session)
{
  OrmScope *outer = session->scope;
  OrmJob *job;

  /* What is on its way to its end is not there any more when this comes to be. */
  while (outer != NULL && outer->is_ending)
    outer = outer->outer;
  job = orm_job_new (outer != NULL ? ORM_JOB_WORK : ORM_JOB_HOLD);
  job->effect = ORM_JOB_BEGINS;
  job->level = outer != NULL ? outer->level + 1 : 1;
  job->writes = TRUE;
  job->queue = outer != NULL ? g_async_queue_ref (outer->jobs) : g_async_queue_new ();
  job->owner = session;
  job->end = begin_end;
  session->n_begins++;
  return job;
}

/**
 * orm_session_begin:
 * @session: a session
 * @error: return location
 *
 * Begins a transaction, or a savepoint in the one that is open, and waits until it is there. Changes that were pending
 * before are written with it, and are pending again if it is rolled back. Main thread.
 *
 * Returns: (transfer full) (nullable): the open scope, or %NULL with %ORM_ERROR (%ORM_ERROR_BUSY where another holds a
 * transaction for too long, or this thread does in another session)
 */
OrmScope *
orm_session_begin (OrmSession *session, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (session), NULL);
  orm_session_assert_thread (session);

  if (!orm_session_await_commit (session, error))
    return NULL;
  job = new_begin (session);
  return orm_database_call (session->database, job, NULL, error) ? orm_job_take_result (job) : NULL;
}

/**
 * orm_session_begin_async:
 * @session: a session
 * @cancellable: (nullable): gives up waiting
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Begins a transaction, or a savepoint in the one that is open. Main thread.
 */
void
orm_session_begin_async (OrmSession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (session));
  orm_session_assert_thread (session);

  orm_database_call_async (session->database, new_begin (session), session, cancellable, callback, user_data);
}

/**
 * orm_session_begin_finish:
 * @session: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_begin()
 */
OrmScope *
orm_session_begin_finish (OrmSession *session, GAsyncResult *result, GError **error)
{
  OrmJob *job = orm_session_finish (session, result, error);

  return job != NULL ? orm_job_take_result (job) : NULL;
}

/**
 * orm_scope_rollback:
 * @self: a scope
 *
 * Ends the scope, and those in it that are open, and undoes what happened in it: in the file, and in the objects. What
 * was ended before stays as it is. Main thread; blocks.
 */
void
orm_scope_rollback (OrmScope *self)
{
  g_autoptr (OrmJob) job = NULL;
  g_autoptr (OrmSession) session = NULL;

  g_return_if_fail (ORM_IS_SCOPE (self));
  /* Its session is gone when it is disposed a second time. */
  if (self->session != NULL)
    orm_session_assert_thread (self->session);

  if (!self->is_open)
    return;
  session = g_object_ref (self->session);
  while (self->is_open && session->scope != self)
    orm_scope_rollback (session->scope);
  orm_session_await_commit (session, NULL);
  if (!self->is_open)
    return;

  job = orm_scope_new_rollback (self);
  /* Where the database was closed it is rolled back already. */
  orm_database_call (session->database, job, NULL, NULL);
  orm_scope_end_undone (self, job->data, job->succeeded);
}

/**
 * orm_scope_is_open:
 * @self: a scope
 *
 * Returns: whether it was neither committed nor rolled back
 */
gboolean
orm_scope_is_open (OrmScope *self)
{
  g_return_val_if_fail (ORM_IS_SCOPE (self), FALSE);
  orm_session_assert_thread (self->session);

  return self->is_open;
}
