/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-changes-private.h"
#include "orm-error.h"
#include "orm-links.h"
#include "orm-load.h"
#include "orm-session-private.h"

/* The unit of work: which objects are alive, which have something to write, and what came from elsewhere. Objects never
 * leave the main thread: rows come and go as plain values. Commits are in orm-session-commit.c. */

G_DEFINE_FINAL_TYPE (OrmSession, orm_session, G_TYPE_OBJECT)

void
orm_session_assert_thread (OrmSession *self)
{
#ifndef G_DISABLE_ASSERT
  if (self->thread != g_thread_self ())
    g_error ("A session or one of its objects was used on another thread than the one that made it");
#endif
}

void
orm_session_touch (OrmSession *self, OrmEntity *entity, gboolean values)
{
  if (self->scope != NULL)
    orm_scope_touch (self->scope, entity, values);
}

void
orm_session_enlist (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  if (priv->is_enlisted)
    return;
  priv->is_enlisted = TRUE;
  /* A commit that runs gives it back to the list if need be. */
  if (priv->operation == NULL)
    g_ptr_array_add (self->changed, g_object_ref (entity));
}

void
orm_session_forget (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  orm_session_assert_thread (self);
  orm_identity_map_remove (self->map, entity);
  priv->session = NULL;
  priv->state = ORM_ENTITY_DETACHED;
}

void
orm_session_detach (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);
  G_GNUC_UNUSED g_autoptr (OrmEntity) held = g_object_ref (entity);

  /* What is done to it from now on is nobody's business any more. */
  orm_session_touch (self, entity, TRUE);
  orm_links_cut (entity, priv->is_gone || priv->state != ORM_ENTITY_PERSISTENT);
  orm_identity_map_remove (self->map, entity);
  orm_entity_forget_originals (entity);
  priv->session = NULL;
  priv->operation = NULL;
  priv->state = ORM_ENTITY_DETACHED;
  priv->unloaded &= ~priv->dirty;
  priv->dirty = 0;
  priv->again = 0;
  priv->is_enlisted = FALSE;
  priv->is_deleted = FALSE;
}

static void
detach_list (OrmSession *self, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    orm_session_detach (self, list->pdata[i]);
  g_ptr_array_set_size (list, 0);
}

void
orm_session_detach_all (OrmSession *self)
{
  g_autoptr (GPtrArray) tables = orm_identity_map_list_tables (self->map);

  detach_list (self, self->added);
  detach_list (self, self->changed);
  detach_list (self, self->deleted);
  for (guint i = 0; i < tables->len; i++)
    {
      g_autoptr (GArray) keys = orm_identity_map_list_keys (self->map, tables->pdata[i]);

      for (guint j = 0; j < keys->len; j++)
        {
          OrmEntity *entity = orm_identity_map_lookup (self->map, tables->pdata[i], g_array_index (keys, gint64, j));

          /* It may have gone with one that it was related to. */
          if (entity != NULL)
            orm_session_detach (self, entity);
        }
    }
  orm_associations_replace (self, orm_associations_new ());
}

static void
orm_session_adopt_new (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  priv->session = self;
  priv->state = ORM_ENTITY_PERSISTENT;
  /* Another object of the row may have been written since what is being read began to be. */
  priv->written = self->n_commits;
  orm_identity_map_add (self->map, entity);
}

void
orm_session_adopt (OrmSession *self, OrmEntity *entity)
{
  OrmEntity *before = orm_identity_map_lookup (self->map, orm_entity_get_table (entity), orm_entity_get_key (entity));

  /* The object of a row that was deleted elsewhere, and whose key came up again. */
  if (before != NULL && before != entity)
    {
      orm_session_touch (self, before, FALSE);
      orm_entity_get_private (before)->is_gone = TRUE;
      orm_session_expunge (self, before);
    }
  orm_session_adopt_new (self, entity);
}

/* Rows into objects */

OrmEntity *
orm_session_materialize (OrmSession *self, const OrmTable *table, OrmSlot *row)
{
  return orm_session_materialize_columns (self, table, row, orm_table_get_all_columns (table));
}

/* A row without an object may be one that a commit has just inserted: its object is known when that has ended. Before
 * the work of the commit is done nobody can have read it. */
static OrmEntity *
orm_session_find_inserted (OrmSession *self, const OrmTable *table, gint64 key)
{
  const OrmFlush *flush = self->commit->flush;

  if (!g_atomic_int_get (&self->commit->job->has_worked))
    return NULL;
  for (guint i = 0; i < flush->n_operations; i++)
    if (flush->operations[i].kind == ORM_FLUSH_INSERT && flush->operations[i].table == table)
      {
        orm_session_await_commit (self, NULL);
        return orm_identity_map_lookup (self->map, table, key);
      }
  return NULL;
}

OrmEntity *
orm_session_materialize_columns (OrmSession *self, const OrmTable *table, OrmSlot *row, guint64 columns)
{
  OrmEntity *entity = orm_identity_map_lookup (self->map, table, row[table->key].int64);

  if (entity == NULL && self->commit != NULL)
    entity = orm_session_find_inserted (self, table, row[table->key].int64);
  if (entity == NULL)
    {
      entity = orm_entity_new_for_row (table);
      orm_entity_load (entity, row, columns);
      orm_session_adopt_new (self, entity);
      return entity;
    }

  if (orm_entity_get_private (entity)->is_gone)
    {
      orm_entity_get_private (entity)->is_gone = FALSE;
      orm_entity_refresh (entity, row, columns, FALSE);
    }
  else if (orm_entity_get_private (entity)->unloaded & columns)
    orm_entity_refresh (entity, row, orm_entity_get_private (entity)->unloaded & columns, FALSE);
  /* A live object is told of changes, and may have unsaved ones: the row has nothing new for it. */
  for (guint i = 0; i < table->n_columns; i++)
    orm_slot_clear (table->columns[i].type, &row[i]);
  return g_object_ref (entity);
}

guint
orm_session_begin_read (OrmSession *self)
{
  self->n_reads++;
  return self->recent->len;
}

/* What changed after the snapshot was taken and was told before the objects were there is read again; so is what may
 * have been changed by the scope since. What was read in a scope may have been undone since. */
static void
orm_session_mistrust (OrmSession *self, const OrmTable *table, GPtrArray *objects, guint n_recent, gboolean is_inside)
{
  for (guint i = n_recent; i < self->recent->len; i++)
    for (guint j = 0; j < objects->len; j++)
      {
        gint64 key = orm_entity_get_key (objects->pdata[j]);

        if (orm_changes_has_key (self->recent->pdata[i], table->name, key))
          orm_session_queue_refresh (self, table, key);
      }
  for (guint j = 0; self->scope != NULL && !is_inside && j < objects->len; j++)
    orm_session_queue_refresh (self, table, orm_entity_get_key (objects->pdata[j]));
}

void
orm_session_note_read (OrmSession *self, const OrmTable *table, GPtrArray *objects, OrmJob *job, guint n_recent)
{
  if (job->queue != NULL)
    orm_scope_note (self->scope, table, objects);
  orm_session_mistrust (self, table, objects, n_recent, job->queue != NULL);
}

GPtrArray *
orm_session_end_read (OrmSession *self, OrmJob *job, OrmLoad *load, guint n_recent)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);
  OrmSlot *row;

  while (job->succeeded && (row = orm_load_next (load)) != NULL)
    g_ptr_array_add (objects, orm_session_materialize_columns (self, load->table, row, load->columns));

  orm_session_note_read (self, load->table, objects, job, n_recent);
  if (job->succeeded && load->eager != NULL)
    orm_session_apply (self, load->eager, objects, job, n_recent);
  orm_session_end_load (self, n_recent, load->eager != NULL);
  return objects;
}

void
orm_session_end_load (OrmSession *self, guint n_recent, gboolean has_related)
{
  for (guint i = n_recent; has_related && i < self->recent->len; i++)
    orm_session_follow_collections (self, self->recent->pdata[i], TRUE);
  if (--self->n_reads == 0)
    g_ptr_array_set_size (self->recent, 0);
  orm_session_read_stale (self);
  orm_session_reload_collections (self);
}

/* Jobs */

/* In the scope, which is on the writing thread; behind it where its commit is on its way. */
static void
orm_session_route (OrmSession *self, OrmJob *job)
{
  if (self->scope == NULL)
    return;
  if (self->scope->is_ending)
    job->writes = TRUE;
  else
    job->queue = g_async_queue_ref (self->scope->jobs);
  self->scope->has_written = self->scope->has_written || job->writes;
}

gboolean
orm_session_call (OrmSession *self, OrmJob *job, GCancellable *cancellable, GError **error)
{
  if (self->scope != NULL && self->scope->is_ending)
    orm_session_await_commit (self, NULL);
  orm_session_route (self, job);
  return orm_database_call (self->database, job, cancellable, error);
}

OrmJob *
orm_session_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  orm_session_assert_thread (self);

  return orm_job_finish (self, result, error);
}

void
orm_session_call_async (OrmSession *self,
                        OrmJob *job,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  orm_session_route (self, job);
  orm_database_call_async (self->database, job, self, cancellable, callback, user_data);
}

static void
on_changed (OrmDatabase *database, OrmChanges *changes, OrmSession *self)
{
  /* Nobody else writes while a scope is open: what is told came before all that was written in it. */
  guint n_commits = self->scope != NULL ? self->scope->n_commits : self->n_commits;

  if (self->n_reads > 0)
    g_ptr_array_add (self->recent, orm_changes_ref (changes));
  g_array_append_val (self->told, ((OrmTold){ orm_changes_ref (changes), n_commits }));
  orm_session_follow (self);
}

/* The object */

static void
told_clear (gpointer data)
{
  orm_changes_unref (((OrmTold *) data)->changes);
}

static void
orm_session_dispose (GObject *object)
{
  OrmSession *self = ORM_SESSION (object);

  orm_session_end_refresh (self);
  orm_session_detach_all (self);
  orm_links_end_keeping (self);
  if (self->database != NULL)
    g_signal_handlers_disconnect_by_data (self->database, self);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (orm_session_parent_class)->dispose (object);
}

static void
orm_session_finalize (GObject *object)
{
  OrmSession *self = ORM_SESSION (object);

  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->deleted);
  g_ptr_array_unref (self->recent);
  g_array_unref (self->told);
  g_hash_table_unref (self->stale);
  orm_associations_replace (self, NULL);
  g_hash_table_unref (self->collections);
  g_hash_table_unref (self->reloads);
  g_hash_table_unref (self->suspects);
  orm_identity_map_free (self->map);

  G_OBJECT_CLASS (orm_session_parent_class)->finalize (object);
}

static void
orm_session_class_init (OrmSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = orm_session_dispose;
  object_class->finalize = orm_session_finalize;
}

static void
orm_session_init (OrmSession *self)
{
  self->thread = g_thread_self ();
  self->map = orm_identity_map_new ();
  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  self->recent = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_changes_unref);
  self->told = g_array_new (FALSE, FALSE, sizeof (OrmTold));
  g_array_set_clear_func (self->told, told_clear);
  self->stale = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->associations = orm_associations_new ();
  self->collections = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->reloads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->suspects = g_hash_table_new (NULL, NULL);
}

/**
 * orm_session_new:
 * @database: the database, made on the calling thread; open when the session reads or writes
 *
 * Makes a unit of work that belongs to the calling thread, with all its objects. What a commit changes is told on the
 * thread that made the database, so that a session of another would be touched by both: it is refused.
 *
 * Returns: (transfer full): a session without objects; %NULL, and a critical message, on another thread
 */
OrmSession *
orm_session_new (OrmDatabase *database)
{
  OrmSession *self;

  g_return_val_if_fail (ORM_IS_DATABASE (database), NULL);
  if (!orm_database_is_own_thread (database))
    {
      g_critical ("A session was made on another thread than its database: make a database for each thread");
      return NULL;
    }

  self = g_object_new (ORM_TYPE_SESSION, NULL);
  self->database = g_object_ref (database);
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), self);
  return self;
}

/**
 * orm_session_get_database:
 * @self: a session
 *
 * Any thread, while the session lives.
 *
 * Returns: (transfer none): its database
 */
OrmDatabase *
orm_session_get_database (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return self->database;
}

/**
 * orm_session_add:
 * @self: a session
 * @entity: (transfer none): an object of no session; held until it was inserted
 *
 * Lets the next commit insert the object. One that was to be deleted stays.
 */
void
orm_session_add (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv;

  g_return_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity));
  orm_session_assert_thread (self);
  priv = orm_entity_get_private (entity);
  g_return_if_fail (priv->session == NULL || priv->session == self);

  orm_session_touch (self, entity, FALSE);
  if (priv->is_deleted)
    {
      orm_entity_forget_deletion (entity);
      g_ptr_array_remove (self->deleted, entity);
    }
  if (priv->state != ORM_ENTITY_DETACHED)
    return;
  priv->session = self;
  priv->state = ORM_ENTITY_PENDING;
  priv->is_gone = FALSE;
  priv->dirty = 0;
  g_ptr_array_add (self->added, g_object_ref (entity));
  orm_session_add_related (self, entity);
}

/**
 * orm_session_delete:
 * @self: a session
 * @entity: (transfer none): an object of the session; held until its row is deleted
 *
 * Lets the next commit delete the row; an object without one, or whose row is known to be gone, is forgotten. That the
 * row is gone by then is no error, but where the session looks for stale rows (orm_session_set_checks_stale()).
 */
void
orm_session_delete (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv;

  g_return_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity));
  orm_session_assert_thread (self);
  priv = orm_entity_get_private (entity);
  g_return_if_fail (priv->session == self);

  if (priv->is_deleted)
    return;
  if ((priv->state == ORM_ENTITY_PENDING || priv->is_gone) && priv->operation == NULL)
    {
      orm_session_expunge (self, entity);
      return;
    }
  orm_session_touch (self, entity, FALSE);
  priv->is_deleted = TRUE;
  g_ptr_array_add (self->deleted, g_object_ref (entity));
}

/**
 * orm_session_expunge:
 * @self: a session
 * @entity: (transfer none): an object of the session
 *
 * Takes the object out of the session, with its unsaved changes. What a running commit writes of it is written.
 */
void
orm_session_expunge (OrmSession *self, OrmEntity *entity)
{
  g_autoptr (OrmEntity) held = NULL;

  g_return_if_fail (ORM_IS_SESSION (self) && ORM_IS_ENTITY (entity));
  orm_session_assert_thread (self);
  g_return_if_fail (orm_entity_get_private (entity)->session == self);

  held = g_object_ref (entity);
  g_ptr_array_remove (self->added, entity);
  g_ptr_array_remove (self->changed, entity);
  g_ptr_array_remove (self->deleted, entity);
  orm_session_detach (self, entity);
}

/**
 * orm_session_set_checks_stale:
 * @self: a session
 * @checks_stale: whether to look
 *
 * Sets whether a commit fails where a column that it writes, or any that was loaded of a row that it deletes, was
 * changed by another since the change of the column, or the deletion, was asked for. Nothing is written by such a
 * commit. What live objects are told of the other's change meanwhile makes no difference: orm_session_refresh() and
 * orm_session_rollback() take it, and the next change goes by that. Main thread.
 */
void
orm_session_set_checks_stale (OrmSession *self, gboolean checks_stale)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  orm_session_assert_thread (self);

  self->checks_stale = checks_stale;
}

/**
 * orm_session_lookup:
 * @self: a session
 * @type: of the object
 * @key: of its row
 *
 * Returns: (transfer full) (nullable): the live object of a row, without reading
 */
gpointer
orm_session_lookup (OrmSession *self, GType type, gint64 key)
{
  OrmEntity *entity;

  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  orm_session_assert_thread (self);

  entity = orm_identity_map_lookup (self->map, orm_table_for_type (type), key);
  return entity != NULL && !orm_entity_get_private (entity)->is_gone ? g_object_ref (entity) : NULL;
}
