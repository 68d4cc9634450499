/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-error.h"
#include "orm-links.h"
#include "orm-session-private.h"

/* What a session does about relations when objects come, go and are written. */

void
orm_session_watch_collection (OrmSession *self, const OrmRelationInfo *relation, OrmEntity *owner)
{
  GHashTable *owners = g_hash_table_lookup (self->collections, relation);

  if (owners == NULL)
    {
      owners = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->collections, (gpointer) relation, owners);
    }
  g_hash_table_add (owners, owner);
}

void
orm_session_unwatch_collection (OrmSession *self, const OrmRelationInfo *relation, OrmEntity *owner)
{
  GHashTable *owners = g_hash_table_lookup (self->collections, relation);

  if (owners != NULL)
    g_hash_table_remove (owners, owner);
}

static gboolean
is_new (OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  return priv->session == NULL && !priv->is_gone && orm_entity_get_key (entity) == 0;
}

void
orm_session_join (OrmSession *self, OrmEntity *entity)
{
  if (is_new (entity))
    orm_session_add (self, entity);
}

/* An object was added: what is related to it, and new, is added too. */
void
orm_session_add_related (OrmSession *self, OrmEntity *entity)
{
  const OrmTable *table = orm_entity_get_table (entity);
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GError) error = NULL;
  OrmLinks *links;

  if (!orm_table_resolve (table, &error))
    g_critical ("%s", error->message);
  orm_links_follow_unlinked (entity, table->foreign);
  links = orm_entity_get_private (entity)->links;
  if (links == NULL)
    return;
  orm_associations_note_all (entity);
  others = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; links->related != NULL && i < table->n_relations; i++)
    {
      OrmRelated *related = &links->related[i];

      if (related->one != NULL)
        g_ptr_array_add (others, g_object_ref (related->one->to));
      if (related->many != NULL && related->is_loaded)
        orm_session_watch_collection (self, &table->relations[i], entity);
      for (guint j = 0; related->many != NULL && j < related->many->len; j++)
        g_ptr_array_add (others, g_object_ref (((OrmLink *) related->many->pdata[j])->to));
    }
  for (OrmLink *link = links->incoming; link != NULL; link = link->next)
    g_ptr_array_add (others, g_object_ref (link->from));
  for (guint i = 0; i < others->len; i++)
    orm_session_join (self, others->pdata[i]);
}

void
orm_session_set_gone (OrmSession *self, OrmEntity *entity)
{
  orm_entity_get_private (entity)->is_gone = TRUE;
  orm_links_cut (entity, TRUE);
}

/* The object whose row has to be there before that of the entity is, if it is among those of the list. */
static OrmEntity *
find_before (OrmSession *self, OrmEntity *entity, const OrmRelationInfo *relation, gboolean is_deletion)
{
  OrmEntity *before;
  gint64 key;

  if (relation->kind != ORM_RELATION_BELONGS_TO)
    return NULL;
  if (!is_deletion)
    {
      before = orm_links_get_one (entity, relation);
      return before != NULL && orm_entity_get_private (before)->state == ORM_ENTITY_PENDING ? before : NULL;
    }
  /* What counts is what the file has. */
  key = orm_entity_peek_written (entity, relation->column).int64;
  before = key != 0 && relation->target != NULL ? orm_identity_map_lookup (self->map, relation->target, key) : NULL;
  return before != NULL && orm_entity_get_private (before)->is_deleted ? before : NULL;
}

typedef struct
{
  OrmSession *session;
  GHashTable *depths; /* OrmEntity to how many have to be there before it, and 1; 0: being counted */
  gboolean is_deletion;
  OrmEntity *circle;
} Ordering;

static guint
get_depth (Ordering *ordering, OrmEntity *entity)
{
  const OrmTable *table = orm_entity_get_table (entity);
  gpointer known = NULL;
  guint depth = 1;

  if (g_hash_table_lookup_extended (ordering->depths, entity, NULL, &known))
    {
      if (known == NULL)
        ordering->circle = entity;
      return GPOINTER_TO_UINT (known);
    }
  g_hash_table_insert (ordering->depths, entity, NULL);
  for (guint i = 0; i < table->n_relations; i++)
    {
      OrmEntity *before = find_before (ordering->session, entity, &table->relations[i], ordering->is_deletion);

      /* With a key of its own it can be its own parent. */
      if (before == entity && !ordering->is_deletion && orm_entity_get_key (entity) == 0)
        ordering->circle = entity;
      else if (before != NULL && before != entity)
        depth = MAX (depth, get_depth (ordering, before) + 1);
    }
  g_hash_table_insert (ordering->depths, entity, GUINT_TO_POINTER (depth));
  return depth;
}

static int
compare_depths (gconstpointer a, gconstpointer b, gpointer data)
{
  Ordering *ordering = data;
  guint one = GPOINTER_TO_UINT (g_hash_table_lookup (ordering->depths, *(OrmEntity *const *) a));
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (ordering->depths, *(OrmEntity *const *) b));

  return ordering->is_deletion ? (one < other) - (one > other) : (one > other) - (one < other);
}

static gboolean
needs_order (GPtrArray *list, gboolean is_deletion)
{
  for (guint i = 0; i < list->len; i++)
    if (orm_entity_get_table (list->pdata[i])->foreign != 0 &&
        (is_deletion || orm_entity_get_private (list->pdata[i])->links != NULL))
      return TRUE;
  return FALSE;
}

/* What belongs to others is inserted after them, and deleted before them. The order that objects were added in stays
 * otherwise. */
gboolean
orm_session_order (OrmSession *self, GPtrArray *list, gboolean is_deletion, GError **error)
{
  Ordering ordering = { .session = self, .is_deletion = is_deletion };
  gboolean is_ordered = TRUE;

  if (list->len < (is_deletion ? 2 : 1) || !needs_order (list, is_deletion))
    return TRUE;
  ordering.depths = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < list->len; i++)
    is_ordered = get_depth (&ordering, list->pdata[i]) == 1 && is_ordered;
  if (!is_ordered)
    g_ptr_array_sort_with_data (list, compare_depths, &ordering);
  g_hash_table_unref (ordering.depths);
  if (ordering.circle == NULL || is_deletion)
    return TRUE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
               "New rows of %s belong to each other in a circle: none of them can be the first",
               orm_entity_get_table (ordering.circle)->name);
  return FALSE;
}

/* A new object may belong to one that got its key meanwhile, and an operation to one that gets it by the same commit.
 */
static void
take_parents (OrmFlushOp *operation)
{
  const OrmTable *table = operation->table;

  for (guint i = 0; i < table->n_relations; i++)
    {
      const OrmRelationInfo *relation = &table->relations[i];
      OrmEntity *parent;

      if (relation->kind != ORM_RELATION_BELONGS_TO ||
          (operation->columns & (G_GUINT64_CONSTANT (1) << relation->column)) == 0)
        continue;
      parent = orm_links_get_one (operation->entity, relation);
      if (parent == NULL || orm_entity_get_private (parent)->state != ORM_ENTITY_PENDING ||
          orm_entity_get_private (parent)->operation == NULL)
        continue;
      if (operation->parents == NULL)
        operation->parents = g_new0 (const OrmFlushOp *, table->n_columns);
      operation->parents[relation->column] = orm_entity_get_private (parent)->operation;
    }
}

/* The operations stand, each with its object. */
void
orm_session_take_relations (OrmSession *self, OrmFlush *flush)
{
  for (guint i = 0; i < flush->n_operations; i++)
    if (flush->operations[i].kind != ORM_FLUSH_DELETE && flush->operations[i].table->foreign != 0 &&
        orm_entity_get_private (flush->operations[i].entity)->links != NULL)
      take_parents (&flush->operations[i]);
  orm_associations_take (self, flush);
}

/* What was written has the keys that were given while it was. */
void
orm_session_settle_parents (OrmFlushOp *operation)
{
  for (guint i = 0; operation->parents != NULL && i < operation->table->n_columns; i++)
    if (operation->parents[i] != NULL)
      orm_flush_op_get_value (operation, i)->int64 = operation->parents[i]->key;
}
