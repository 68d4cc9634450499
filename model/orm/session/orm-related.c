/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-error.h"
#include "orm-links.h"
#include "orm-session-private.h"

/* The relations of an object, for its user: nothing here reads. */

static const OrmRelationInfo *
find_relation (OrmEntity *self, const char *name, gboolean is_collection, GError **error)
{
  const OrmTable *table = orm_entity_get_table (self);
  const OrmRelationInfo *relation = orm_table_find_relation (table, name, error);

  orm_entity_assert_thread (self);
  if (relation == NULL || orm_relation_is_collection (relation) == is_collection)
    return relation;
  g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is %s", table->name, name,
               is_collection ? "one object, and no collection" : "a collection, and not one object");
  return NULL;
}

static gboolean
check_loaded (OrmEntity *self, const OrmRelationInfo *relation, GError **error)
{
  if (orm_links_is_loaded (self, relation))
    return TRUE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_LOADED,
               "%s.%s of %" G_GINT64_FORMAT " was not loaded: ask for it by %s (query, \"%s\") or orm_session_load ()",
               relation->table->name, relation->name, orm_entity_get_key (self),
               orm_relation_is_collection (relation) ? "orm_query_select_in" : "orm_query_joined", relation->name);
  return FALSE;
}

/**
 * orm_entity_is_loaded:
 * @self: an object
 * @relation: the name of a relation
 *
 * Returns: whether the relation can be looked at. Of an object that was not inserted yet all are
 */
gboolean
orm_entity_is_loaded (OrmEntity *self, const char *relation)
{
  const OrmRelationInfo *info;

  g_return_val_if_fail (ORM_IS_ENTITY (self) && relation != NULL, FALSE);

  info = orm_table_find_relation (orm_entity_get_table (self), relation, NULL);
  g_return_val_if_fail (info != NULL, FALSE);
  return orm_links_is_loaded (self, info);
}

/**
 * orm_entity_get_related:
 * @self: an object
 * @relation: the name of a belongs-to
 * @error: return location
 *
 * Gives the object that it belongs to. Nothing is read for it.
 *
 * Returns: (transfer none) (nullable): the object; %NULL without an error where there is none, else with
 * %ORM_ERROR_NOT_LOADED, or %ORM_ERROR_INVALID where there is no such relation
 */
gpointer
orm_entity_get_related (OrmEntity *self, const char *relation, GError **error)
{
  const OrmRelationInfo *info;

  g_return_val_if_fail (ORM_IS_ENTITY (self) && relation != NULL, NULL);

  info = find_relation (self, relation, FALSE, error);
  return info != NULL && check_loaded (self, info, error) ? orm_links_get_one (self, info) : NULL;
}

/* Whether both can be related. */
static gboolean
fits (OrmEntity *self, const OrmRelationInfo *relation, OrmEntity *target)
{
  OrmSession *own = orm_entity_get_private (self)->session;
  OrmSession *other = orm_entity_get_private (target)->session;

  g_return_val_if_fail (g_type_is_a (G_OBJECT_TYPE (target), relation->target->gtype), FALSE);
  g_return_val_if_fail (own == NULL || other == NULL || own == other, FALSE);
  return TRUE;
}

/* What is related to an object of a session, and new, is of the session too. */
static void
join (OrmEntity *self, OrmEntity *target)
{
  OrmSession *own = orm_entity_get_private (self)->session;
  OrmSession *other = orm_entity_get_private (target)->session;

  if (own != NULL && other == NULL)
    orm_session_join (own, target);
  else if (own == NULL && other != NULL)
    orm_session_join (other, self);
}

static void
set_target (OrmEntity *self, const OrmRelationInfo *relation, OrmEntity *target)
{
  G_GNUC_UNUSED g_autoptr (OrmEntity) held = target != NULL ? g_object_ref (target) : NULL;

  if (orm_links_is_loaded (self, relation) && orm_links_get_one (self, relation) == target)
    return;
  /* The column first: it is what is written, and what a rollback puts back. A target without a key has it later. */
  orm_entity_take_key (self, relation->column, target != NULL ? orm_entity_get_key (target) : 0);
  orm_links_set_one (self, relation, target);
  if (target != NULL)
    join (self, target);
}

/**
 * orm_entity_set_related:
 * @self: an object
 * @relation: the name of a belongs-to
 * @target: (nullable) (transfer none): what it is to belong to
 * @error: return location
 *
 * Sets the object that it belongs to, and the column with its key, which may come with the commit that inserts both.
 * Loaded collections of the other side follow. A new object that becomes related to one of a session is added to it.
 *
 * Returns: whether there is such a relation; else %ORM_ERROR_INVALID
 */
gboolean
orm_entity_set_related (OrmEntity *self, const char *relation, gpointer target, GError **error)
{
  const OrmRelationInfo *info;

  g_return_val_if_fail (ORM_IS_ENTITY (self) && relation != NULL, FALSE);
  g_return_val_if_fail (target == NULL || ORM_IS_ENTITY (target), FALSE);

  info = find_relation (self, relation, FALSE, error);
  if (info == NULL)
    return FALSE;
  if (target == NULL || fits (self, info, target))
    set_target (self, info, target);
  return TRUE;
}

static const OrmRelationInfo *
find_property (OrmEntity *self, guint id)
{
  const OrmTable *table = orm_entity_get_table (self);

  if (id < ORM_RELATION_FIRST_PROPERTY || id - ORM_RELATION_FIRST_PROPERTY >= table->n_relations)
    return NULL;
  return &table->relations[id - ORM_RELATION_FIRST_PROPERTY];
}

gboolean
orm_entity_get_relation_property (OrmEntity *self, guint id, GValue *value)
{
  const OrmRelationInfo *relation = find_property (self, id);

  if (relation == NULL)
    return FALSE;
  if (!orm_table_resolve (relation->table, NULL) || !orm_links_is_loaded (self, relation))
    g_value_set_object (value, NULL);
  else if (orm_relation_is_collection (relation))
    g_value_take_object (value, orm_entity_get_collection (self, relation->name, NULL));
  else
    g_value_set_object (value, orm_links_get_one (self, relation));
  return TRUE;
}

gboolean
orm_entity_set_relation_property (OrmEntity *self, guint id, const GValue *value)
{
  const OrmRelationInfo *relation = find_property (self, id);

  return relation != NULL && orm_entity_set_related (self, relation->name, g_value_get_object (value), NULL);
}

/* The collection as a list. It is made when it is asked for, and keeps its object, so that an object need not keep it.
 */

struct _OrmCollection
{
  GObject parent_instance;

  OrmEntity *owner;
  const OrmRelationInfo *relation;
};

static GPtrArray *
orm_collection_peek_links (OrmCollection *self)
{
  OrmRelated *related = orm_links_peek (self->owner, self->relation);

  return related != NULL ? related->many : NULL;
}

static GType
orm_collection_get_item_type (GListModel *model)
{
  return ORM_COLLECTION (model)->relation->target->gtype;
}

static guint
orm_collection_get_n (GListModel *model)
{
  GPtrArray *links = orm_collection_peek_links (ORM_COLLECTION (model));

  return links != NULL ? links->len : 0;
}

static gpointer
orm_collection_get_item (GListModel *model, guint position)
{
  OrmEntity *entity = orm_collection_peek (ORM_COLLECTION (model), position);

  return entity != NULL ? g_object_ref (entity) : NULL;
}

static void
orm_collection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = orm_collection_get_item_type;
  iface->get_n_items = orm_collection_get_n;
  iface->get_item = orm_collection_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OrmCollection,
                               orm_collection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, orm_collection_list_model_init))

static void
orm_collection_dispose (GObject *object)
{
  OrmCollection *self = ORM_COLLECTION (object);

  if (self->owner != NULL)
    {
      OrmRelated *related = orm_links_peek (self->owner, self->relation);

      if (related != NULL && related->list == self)
        related->list = NULL;
    }
  g_clear_object (&self->owner);

  G_OBJECT_CLASS (orm_collection_parent_class)->dispose (object);
}

static void
orm_collection_class_init (OrmCollectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = orm_collection_dispose;
}

static void
orm_collection_init (OrmCollection *self)
{
}

void
orm_collection_changed (OrmCollection *self, guint position, guint n_removed, guint n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/**
 * orm_entity_get_collection:
 * @self: an object
 * @relation: the name of a has-many or many-to-many
 * @error: return location
 *
 * Gives the objects that belong to it as a list that stays right: with what is set here, with what a rollback takes
 * back and what others write. Where that cannot be, as the object left its session or the file could not be read, the
 * list is empty and orm_entity_is_loaded() is false. Nothing is read for it.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL with %ORM_ERROR_NOT_LOADED, or %ORM_ERROR_INVALID where there
 * is no such relation
 */
OrmCollection *
orm_entity_get_collection (OrmEntity *self, const char *relation, GError **error)
{
  const OrmRelationInfo *info;
  OrmRelated *related;

  g_return_val_if_fail (ORM_IS_ENTITY (self) && relation != NULL, NULL);

  info = find_relation (self, relation, TRUE, error);
  if (info == NULL || !check_loaded (self, info, error))
    return NULL;
  related = orm_links_ensure (self, info);
  if (related->list != NULL)
    return g_object_ref (related->list);
  related->list = g_object_new (ORM_TYPE_COLLECTION, NULL);
  related->list->owner = g_object_ref (self);
  related->list->relation = info;
  return related->list;
}

/**
 * orm_collection_get_n_items:
 * @self: a collection
 *
 * Returns: how many objects it has
 */
guint
orm_collection_get_n_items (OrmCollection *self)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self), 0);
  orm_entity_assert_thread (self->owner);

  return orm_collection_get_n (G_LIST_MODEL (self));
}

/**
 * orm_collection_peek:
 * @self: a collection
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): the object there
 */
gpointer
orm_collection_peek (OrmCollection *self, guint position)
{
  GPtrArray *links;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), NULL);
  orm_entity_assert_thread (self->owner);

  links = orm_collection_peek_links (self);
  return links != NULL && position < links->len ? ((OrmLink *) links->pdata[position])->to : NULL;
}

/**
 * orm_collection_contains:
 * @self: a collection
 * @entity: an object
 *
 * Returns: whether the object is in it
 */
gboolean
orm_collection_contains (OrmCollection *self, gpointer entity)
{
  g_return_val_if_fail (ORM_IS_COLLECTION (self) && ORM_IS_ENTITY (entity), FALSE);
  orm_entity_assert_thread (self->owner);

  return orm_links_has (self->owner, self->relation, entity);
}

/**
 * orm_collection_add:
 * @self: a collection that is loaded
 * @entity: (transfer none): an object of the class that it has, which is held until the commit
 *
 * Adds an object at its place in the order, if it is not there. The other side follows where it is loaded, and the
 * commit writes it. A new object is added to the session as well.
 */
void
orm_collection_add (OrmCollection *self, gpointer entity)
{
  g_return_if_fail (ORM_IS_COLLECTION (self) && ORM_IS_ENTITY (entity));
  orm_entity_assert_thread (self->owner);
  g_return_if_fail (orm_links_is_loaded (self->owner, self->relation));
  if (!fits (self->owner, self->relation, entity))
    return;

  if (self->relation->kind == ORM_RELATION_HAS_MANY)
    {
      set_target (entity, self->relation->inverse, self->owner);
      return;
    }
  if (!orm_links_add (self->owner, self->relation, entity))
    return;
  orm_associations_note (self->owner, self->relation, entity, TRUE);
  join (self->owner, entity);
}

/**
 * orm_collection_remove:
 * @self: a collection that is loaded
 * @entity: (transfer none): an object
 *
 * Takes an object out, if it is there: of a has-many its column becomes NULL. The other side follows where it is
 * loaded, and the commit writes it.
 */
void
orm_collection_remove (OrmCollection *self, gpointer entity)
{
  g_autoptr (OrmEntity) held = NULL;

  g_return_if_fail (ORM_IS_COLLECTION (self) && ORM_IS_ENTITY (entity));
  orm_entity_assert_thread (self->owner);

  if (!orm_links_has (self->owner, self->relation, entity))
    return;
  held = g_object_ref (entity);
  if (self->relation->kind == ORM_RELATION_HAS_MANY)
    set_target (entity, self->relation->inverse, NULL);
  else if (orm_links_remove (self->owner, self->relation, entity))
    orm_associations_note (self->owner, self->relation, entity, FALSE);
}
