/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-changes-private.h"
#include "orm-eager.h"
#include "orm-links.h"
#include "orm-scope-private.h"
#include "orm-session-private.h"

/* Related rows become objects, and relations. A relation that is loaded already stays as it is: it is told of changes
 * as its object is, and may have some of its own. What is not written yet counts: the file may say otherwise. */

/* Where rows come from: the job that read them, and what was known when it began. */
typedef struct
{
  OrmJob *job; /* NULL: nothing can have happened since */
  guint n_recent;
} Origin;

/* (element-type OrmEntity) (transfer full) */
static GPtrArray *
take_rows (OrmSession *self, OrmEager *eager, const Origin *origin)
{
  guint n_columns = eager->table->n_columns;
  GPtrArray *objects = g_ptr_array_new_full (eager->keys->len, g_object_unref);

  for (; eager->n_taken * n_columns < eager->rows->len; eager->n_taken++)
    g_ptr_array_add (objects,
                     orm_session_materialize (self, eager->table,
                                              &g_array_index (eager->rows, OrmSlot, eager->n_taken * n_columns)));
  if (origin->job != NULL)
    orm_session_note_read (self, eager->table, objects, origin->job, origin->n_recent);
  return objects;
}

static void
apply_one (OrmEager *eager, OrmEntity *parent)
{
  const OrmRelationInfo *relation = eager->relation;
  gboolean is_dirty = orm_entity_is_dirty_column (parent, relation->column);

  if (orm_links_is_loaded (parent, relation) && orm_links_peek (parent, relation) != NULL)
    return;
  orm_links_follow_column (parent, relation, TRUE);
  /* A key of no row: there is nothing that it belongs to. */
  if (!is_dirty && !orm_links_is_loaded (parent, relation))
    orm_links_set_one (parent, relation, NULL);
}

static void
insert_in_order (GPtrArray *list, const OrmRelationInfo *relation, OrmEntity *entity)
{
  guint place = list->len;

  if (g_ptr_array_find (list, entity, NULL))
    return;
  while (place > 0 && orm_links_compare (relation, list->pdata[place - 1], entity) > 0)
    place--;
  g_ptr_array_insert (list, (int) place, entity);
}

/* Objects that have their place by what is not written yet, by the key of their owner. */
static void
add_unwritten (GHashTable *members, const OrmRelationInfo *relation, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);
  OrmEntity *owner;
  GPtrArray *list;
  gint64 key;

  if (orm_entity_get_table (entity) != relation->target || priv->is_gone || priv->session == NULL)
    return;
  owner = orm_links_get_one (entity, relation->inverse);
  key = owner != NULL ? orm_entity_get_key (owner)
                      : orm_slot_peek (&relation->target->columns[relation->column], entity).int64;
  list = g_hash_table_lookup (members, &key);
  if (list != NULL)
    insert_in_order (list, relation, entity);
}

static void
add_all_unwritten (OrmSession *self, GHashTable *members, const OrmRelationInfo *relation)
{
  for (guint i = 0; i < self->added->len; i++)
    add_unwritten (members, relation, self->added->pdata[i]);
  for (guint i = 0; i < self->changed->len; i++)
    add_unwritten (members, relation, self->changed->pdata[i]);
  for (guint i = 0; self->commit != NULL && i < self->commit->flush->n_operations; i++)
    add_unwritten (members, relation, self->commit->flush->operations[i].entity);
}

static void
change_associated (GHashTable *members, const OrmRelationInfo *relation, GPtrArray *associations)
{
  for (guint i = 0; associations != NULL && i < associations->len; i++)
    {
      OrmAssociation *association = associations->pdata[i];
      gboolean is_owner = association->relation == relation;
      OrmEntity *owner = is_owner ? association->owner : association->target;
      OrmEntity *target = is_owner ? association->target : association->owner;
      gint64 key = orm_entity_get_key (owner);
      GPtrArray *list =
          is_owner || association->relation == relation->inverse ? g_hash_table_lookup (members, &key) : NULL;

      if (list == NULL)
        continue;
      if (!association->is_insert)
        g_ptr_array_remove (list, target);
      else
        insert_in_order (list, relation, target);
    }
}

static gboolean
has_unwritten_order (const OrmRelationInfo *relation, OrmEntity *entity)
{
  const OrmFlushOp *operation = orm_entity_get_private (entity)->operation;

  return orm_entity_get_table (entity) == relation->target &&
         (orm_entity_is_dirty_column (entity, relation->order) ||
          (operation != NULL && (operation->columns & (G_GUINT64_CONSTANT (1) << relation->order)) != 0));
}

static int
compare_members (gconstpointer a, gconstpointer b, gpointer relation)
{
  return orm_links_compare (relation, *(OrmEntity *const *) a, *(OrmEntity *const *) b);
}

/* The file has them in the order of what is written. */
static void
sort_unwritten (OrmSession *self, GHashTable *members, const OrmRelationInfo *relation)
{
  gboolean is_needed = FALSE;
  GHashTableIter iter;
  gpointer list;

  for (guint i = 0; !is_needed && i < self->changed->len; i++)
    is_needed = has_unwritten_order (relation, self->changed->pdata[i]);
  for (guint i = 0; !is_needed && self->commit != NULL && i < self->commit->flush->n_operations; i++)
    is_needed = has_unwritten_order (relation, self->commit->flush->operations[i].entity);
  g_hash_table_iter_init (&iter, members);
  while (is_needed && g_hash_table_iter_next (&iter, NULL, &list))
    g_ptr_array_sort_with_data (list, compare_members, (gpointer) relation);
}

/* Whether a row is a member although its object may have other plans. */
static gboolean
is_member (const OrmRelationInfo *relation, OrmEntity *member, gint64 owner)
{
  if (orm_entity_get_private (member)->is_gone)
    return FALSE;
  return relation->kind != ORM_RELATION_HAS_MANY ||
         orm_slot_peek (&relation->target->columns[relation->column], member).int64 == owner;
}

/* The members of each parent, by its key. */
static GHashTable *
collect_members (OrmSession *self, OrmEager *eager, GPtrArray *parents)
{
  GHashTable *members = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < parents->len; i++)
    {
      gint64 key = orm_entity_get_key (parents->pdata[i]);

      if (!g_hash_table_contains (members, &key))
        g_hash_table_insert (members, g_memdup2 (&key, sizeof key), g_ptr_array_new ());
    }
  for (guint i = 0; i < eager->pairs->len; i++)
    {
      const OrmPair *pair = &g_array_index (eager->pairs, OrmPair, i);
      GPtrArray *list = g_hash_table_lookup (members, &pair->owner);
      OrmEntity *member = orm_identity_map_lookup (self->map, eager->table, pair->target);

      if (list != NULL && member != NULL && is_member (eager->relation, member, pair->owner))
        g_ptr_array_add (list, member);
    }
  sort_unwritten (self, members, eager->relation);
  if (eager->relation->kind == ORM_RELATION_HAS_MANY)
    add_all_unwritten (self, members, eager->relation);
  else
    {
      if (self->commit != NULL)
        change_associated (members, eager->relation, self->commit->flush->associations);
      change_associated (members, eager->relation, self->associations);
    }
  return members;
}

static void apply_children (OrmSession *self, OrmEager *eager, GPtrArray *parents, const Origin *origin);

static void
apply_child (OrmSession *self, OrmEager *eager, GPtrArray *parents, gboolean again, const Origin *origin)
{
  const OrmRelationInfo *relation = eager->relation;
  g_autoptr (GPtrArray) objects = take_rows (self, eager, origin);
  g_autoptr (GHashTable) members = NULL;

  if (orm_relation_is_collection (relation))
    members = collect_members (self, eager, parents);
  for (guint i = 0; i < parents->len; i++)
    {
      OrmEntity *parent = parents->pdata[i];
      gint64 key = orm_entity_get_key (parent);

      if (orm_entity_get_private (parent)->state != ORM_ENTITY_PERSISTENT)
        continue;
      if (members == NULL)
        apply_one (eager, parent);
      else if (again == orm_links_is_loaded (parent, relation))
        {
          orm_links_set_many (parent, relation, g_hash_table_lookup (members, &key));
          if (self->scope != NULL)
            orm_scope_note_collection (self->scope, parent);
        }
    }
  apply_children (self, eager, objects, origin);
}

static void
apply_children (OrmSession *self, OrmEager *eager, GPtrArray *parents, const Origin *origin)
{
  for (guint i = 0; i < eager->children->len; i++)
    apply_child (self, eager->children->pdata[i], parents, FALSE, origin);
}

/* parents: the objects of its rows */
void
orm_session_apply (OrmSession *self, OrmEager *eager, GPtrArray *parents, OrmJob *job, guint n_recent)
{
  const Origin origin = { job, n_recent };

  apply_children (self, eager, parents, &origin);
}

/* Loading for objects that are there */

static void
want (OrmSession *self, OrmEager *root, OrmEager *child, OrmEntity *entity)
{
  const OrmRelationInfo *relation = child->relation;
  gboolean is_last = child->children->len == 0;
  gint64 key;

  if (orm_entity_get_private (entity)->state != ORM_ENTITY_PERSISTENT)
    return;
  if (orm_relation_is_collection (relation))
    {
      if (!is_last || !orm_links_is_loaded (entity, relation))
        orm_eager_see_key (root, orm_entity_get_key (entity));
      return;
    }
  key = orm_slot_peek (&relation->table->columns[relation->column], entity).int64;
  if (key == 0)
    return;
  if (!is_last || orm_identity_map_lookup (self->map, relation->target, key) == NULL)
    g_array_append_val (child->wanted, key);
}

/* NULL where there is none, or with error. */
static OrmEager *
make_eager (OrmSession *self, GPtrArray *entities, const char *path, GError **error)
{
  g_autoptr (OrmEager) eager = NULL;

  if (entities->len == 0)
    return NULL;
  eager = orm_eager_new (orm_entity_get_table (entities->pdata[0]));
  if (!orm_eager_add_path (eager, path, FALSE, error))
    return NULL;
  for (guint i = 0; i < entities->len; i++)
    {
      g_return_val_if_fail (orm_entity_get_table (entities->pdata[i]) == eager->table, NULL);
      g_return_val_if_fail (orm_entity_get_private (entities->pdata[i])->session == self, NULL);
      want (self, eager, eager->children->pdata[0], entities->pdata[i]);
    }
  return g_steal_pointer (&eager);
}

static gboolean
needs_reading (const OrmEager *eager)
{
  return eager->keys->len > 0 || ((OrmEager *) eager->children->pdata[0])->wanted->len > 0;
}

typedef struct
{
  OrmEager *eager;
  GPtrArray *entities;
  guint n_recent;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *self = data;

  orm_eager_free (self->eager);
  g_ptr_array_unref (self->entities);
  g_free (self);
}

static gboolean
loading_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_eager_run (connection, ((Loading *) data)->eager, cancellable, error);
}

static gboolean
loading_end (OrmJob *job, GError **error)
{
  Loading *self = job->data;

  if (job->succeeded)
    orm_session_apply (job->owner, self->eager, self->entities, job, self->n_recent);
  orm_session_end_load (job->owner, self->n_recent, TRUE);
  return TRUE;
}

/* NULL where there is nothing to read, or with error. */
static OrmJob *
new_loading (OrmSession *self, GPtrArray *entities, const char *path, GError **error)
{
  g_autoptr (OrmEager) eager = make_eager (self, entities, path, error);
  Loading *loading;
  OrmJob *job;

  if (eager == NULL)
    return NULL;
  if (!needs_reading (eager))
    {
      orm_session_apply (self, eager, entities, NULL, 0);
      return NULL;
    }
  loading = g_new0 (Loading, 1);
  loading->eager = g_steal_pointer (&eager);
  loading->entities = g_ptr_array_new_full (entities->len, g_object_unref);
  for (guint i = 0; i < entities->len; i++)
    g_ptr_array_add (loading->entities, g_object_ref (entities->pdata[i]));
  loading->n_recent = orm_session_begin_read (self);
  job = orm_job_new_work (FALSE, loading_run, loading, loading_free);
  job->owner = self;
  job->end = loading_end;
  job->is_at_once = TRUE;
  return job;
}

/**
 * orm_session_load:
 * @self: a session
 * @entities: (element-type OrmEntity): objects of one class and of this session, any number of them
 * @path: the name of a relation, or names joined by dots
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Loads a relation of objects by one statement for all of them, and one more for each further name. Where nothing is
 * missing nothing is read. Main thread; waits.
 *
 * Returns: whether it is loaded; else %ORM_ERROR (%ORM_ERROR_INVALID where there is no such relation) or
 * %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_load (OrmSession *self, GPtrArray *entities, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;
  GError *problem = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && entities != NULL && path != NULL, FALSE);
  orm_session_assert_thread (self);

  job = new_loading (self, entities, path, &problem);
  if (job != NULL)
    return orm_session_call (self, job, cancellable, error);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * orm_session_load_async:
 * @self: a session
 * @entities: (element-type OrmEntity): objects of one class and of this session, held meanwhile
 * @path: the name of a relation, or names joined by dots
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Loads a relation of objects without waiting. Main thread.
 */
void
orm_session_load_async (OrmSession *self,
                        GPtrArray *entities,
                        const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GError *problem = NULL;
  OrmJob *job;

  g_return_if_fail (ORM_IS_SESSION (self) && entities != NULL && path != NULL);
  orm_session_assert_thread (self);

  job = new_loading (self, entities, path, &problem);
  if (job != NULL)
    {
      orm_session_call_async (self, job, cancellable, callback, user_data);
      return;
    }
  job = orm_job_new (ORM_JOB_WORK);
  job->succeeded = problem == NULL;
  job->error = problem;
  orm_job_take_task (job, g_task_new (self, cancellable, callback, user_data));
  orm_job_return (job);
}

/**
 * orm_session_load_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_session_load()
 */
gboolean
orm_session_load_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return orm_session_finish (self, result, error) != NULL;
}

/* Following others */

static GHashTable *
orm_session_get_reloads (OrmSession *self, const OrmRelationInfo *relation)
{
  GHashTable *keys = g_hash_table_lookup (self->reloads, relation);

  if (keys == NULL)
    {
      keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_insert (self->reloads, (gpointer) relation, keys);
    }
  return keys;
}

static void
queue_reload (OrmSession *self, const OrmRelationInfo *relation, OrmEntity *owner)
{
  gint64 key = orm_entity_get_key (owner);

  if (key != 0)
    g_hash_table_add (orm_session_get_reloads (self, relation), g_memdup2 (&key, sizeof key));
}

typedef struct
{
  OrmSession *session;
  const OrmRelationInfo *relation;
  GHashTable *owners;
  gboolean all; /* changes of the session too */
  gboolean is_touched;
} Following;

static void
on_owner_changed (gint64 key, OrmChangeKind kind, gconstpointer origin, gpointer data)
{
  Following *following = data;
  OrmEntity *owner;

  if (!following->all && origin == following->session)
    return;
  following->is_touched = TRUE;
  if (!following->relation->is_owner)
    return;
  owner = orm_identity_map_lookup (following->session->map, following->relation->table, key);
  if (owner != NULL && g_hash_table_contains (following->owners, owner))
    queue_reload (following->session, following->relation, owner);
}

/* A row that is no object yet may belong to a collection. */
static void
on_member_changed (gint64 key, OrmChangeKind kind, gconstpointer origin, gpointer data)
{
  Following *following = data;

  if (kind != ORM_CHANGE_DELETE && (following->all || origin != following->session) &&
      orm_identity_map_lookup (following->session->map, following->relation->target, key) == NULL)
    orm_session_queue_refresh (following->session, following->relation->target, key);
}

static void
follow_collection (Following *following, OrmChanges *changes)
{
  const OrmRelationInfo *relation = following->relation;
  gboolean is_all = orm_changes_is_everything (changes);
  GHashTableIter iter;
  gpointer owner;

  if (!is_all && relation->kind == ORM_RELATION_HAS_MANY)
    orm_changes_foreach (changes, relation->target->name, on_member_changed, following);
  else if (!is_all)
    {
      orm_changes_foreach (changes, relation->through, on_owner_changed, following);
      is_all = following->is_touched && !relation->is_owner;
    }
  g_hash_table_iter_init (&iter, following->owners);
  while (is_all && g_hash_table_iter_next (&iter, &owner, NULL))
    queue_reload (following->session, relation, owner);
}

void
orm_session_follow_collections (OrmSession *self, OrmChanges *changes, gboolean all)
{
  GHashTableIter iter;
  gpointer relation, owners;

  g_hash_table_iter_init (&iter, self->collections);
  while (g_hash_table_iter_next (&iter, &relation, &owners))
    {
      Following following = { .session = self, .relation = relation, .owners = owners, .all = all };

      if (g_hash_table_size (owners) > 0)
        follow_collection (&following, changes);
    }
}

/* A row that changed and is no object: it becomes one where a collection that is loaded has it. */
void
orm_session_take_new_row (OrmSession *self, const OrmTable *table, OrmSlot *row)
{
  g_autoptr (OrmEntity) entity = NULL;
  GHashTableIter iter;
  gpointer key, owners;

  g_hash_table_iter_init (&iter, self->collections);
  while (entity == NULL && g_hash_table_iter_next (&iter, &key, &owners))
    {
      const OrmRelationInfo *relation = key;
      OrmEntity *owner;

      if (relation->kind != ORM_RELATION_HAS_MANY || relation->target != table)
        continue;
      owner = orm_identity_map_lookup (self->map, relation->table, row[relation->column].int64);
      if (owner == NULL || !g_hash_table_contains (owners, owner))
        continue;
      entity = orm_session_materialize (self, table, row);
      orm_links_follow_column (entity, relation->inverse, TRUE);
    }
  if (entity == NULL)
    {
      for (guint i = 0; i < table->n_columns; i++)
        orm_slot_clear (table->columns[i].type, &row[i]);
      return;
    }
  for (guint i = 0; i < table->n_relations; i++)
    if (table->relations[i].kind == ORM_RELATION_BELONGS_TO)
      orm_links_follow_column (entity, &table->relations[i], FALSE);
}

typedef struct
{
  GWeakRef session;
  GPtrArray *eagers; /* roots, each with one relation */
  guint n_commits;
} Reload;

static void
reload_free (Reload *self)
{
  g_weak_ref_clear (&self->session);
  g_ptr_array_unref (self->eagers);
  g_free (self);
}

static gboolean
run_reload (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Reload *self = data;

  for (guint i = 0; i < self->eagers->len; i++)
    if (!orm_eager_run (connection, self->eagers->pdata[i], cancellable, error))
      return FALSE;
  return TRUE;
}

/* Those of the keys that are still there, and loaded. (element-type OrmEntity) (transfer full) */
static GPtrArray *
find_owners (OrmSession *self, OrmEager *eager, const OrmRelationInfo *relation)
{
  GPtrArray *owners = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < eager->keys->len; i++)
    {
      OrmEntity *owner = orm_identity_map_lookup (self->map, eager->table, g_array_index (eager->keys, gint64, i));

      if (owner != NULL && orm_links_is_loaded (owner, relation))
        g_ptr_array_add (owners, g_object_ref (owner));
    }
  return owners;
}

static void
end_reload (OrmSession *self, Reload *reload, gboolean was_read)
{
  gboolean is_overtaken = self->commit != NULL || self->scope != NULL || self->n_commits != reload->n_commits;

  for (guint i = 0; i < reload->eagers->len; i++)
    {
      OrmEager *root = reload->eagers->pdata[i];
      OrmEager *eager = root->children->pdata[0];
      g_autoptr (GPtrArray) owners = find_owners (self, root, eager->relation);

      if (was_read && !is_overtaken)
        apply_child (self, eager, owners, TRUE, &(Origin){ NULL, 0 });
      for (guint j = 0; j < owners->len; j++)
        if (!was_read)
          orm_links_unload (owners->pdata[j], eager->relation);
        else if (is_overtaken)
          queue_reload (self, eager->relation, owners->pdata[j]);
    }
}

static void
on_reloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Reload *reload = data;
  g_autoptr (OrmSession) self = g_weak_ref_get (&reload->session);
  g_autoptr (GError) error = NULL;
  gboolean was_read = g_task_propagate_boolean (G_TASK (result), &error);

  if (!was_read)
    g_debug ("Collections could not be read again: %s", error->message);
  if (self != NULL)
    {
      self->is_reloading = FALSE;
      self->reload = NULL;
      end_reload (self, reload, was_read);
      orm_session_reload_collections (self);
    }
  reload_free (reload);
}

/* Reads in the background the collections that others changed: one statement for each relation, one time at a time. */
void
orm_session_reload_collections (OrmSession *self)
{
  GHashTableIter iter;
  gpointer relation, keys, key;
  Reload *reload;
  OrmJob *job;

  if (self->is_reloading || self->commit != NULL || self->scope != NULL || g_hash_table_size (self->reloads) == 0)
    return;
  reload = g_new0 (Reload, 1);
  g_weak_ref_init (&reload->session, self);
  reload->n_commits = self->n_commits;
  reload->eagers = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_eager_free);
  g_hash_table_iter_init (&iter, self->reloads);
  while (g_hash_table_iter_next (&iter, &relation, &keys))
    {
      OrmEager *eager = orm_eager_new (((const OrmRelationInfo *) relation)->table);
      GHashTableIter each;

      orm_eager_add_path (eager, ((const OrmRelationInfo *) relation)->name, FALSE, NULL);
      g_hash_table_iter_init (&each, keys);
      while (g_hash_table_iter_next (&each, &key, NULL))
        orm_eager_see_key (eager, *(gint64 *) key);
      g_ptr_array_add (reload->eagers, eager);
    }
  g_hash_table_remove_all (self->reloads);
  self->is_reloading = TRUE;
  job = orm_job_new_work (FALSE, run_reload, reload, NULL);
  /* As for rows: it holds neither the session nor the database. */
  orm_job_take_task (job, g_task_new (NULL, NULL, on_reloaded, reload));
  job->cancellable = g_cancellable_new ();
  if (orm_database_push (self->database, job, &job->error))
    self->reload = job;
  else
    orm_job_return (job);
}
