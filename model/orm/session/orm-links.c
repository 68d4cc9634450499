/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-links.h"
#include "orm-associations.h"
#include "orm-session-private.h"

/* Objects and what they are related to, in memory. A belongs-to is the truth of its column, a has-many that of the
 * belongs-to of its members: whatever changes a column (a setter, a rollback, what another wrote) moves the object
 * between the loaded collections. Whether a relation is loaded is asked of nobody but its own object. */

#define BIT(column) (G_GUINT64_CONSTANT (1) << (column))

static OrmLinks *
get_links (OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  if (priv->links == NULL)
    priv->links = g_new0 (OrmLinks, 1);
  return priv->links;
}

OrmRelated *
orm_links_peek (OrmEntity *entity, const OrmRelationInfo *relation)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;

  return links != NULL && links->related != NULL ? &links->related[relation->index] : NULL;
}

static gint64
get_column (OrmEntity *entity, const OrmRelationInfo *relation)
{
  return orm_slot_peek (&relation->table->columns[relation->column], entity).int64;
}

/* Of what is not in the file all is known. */
gboolean
orm_links_is_loaded (OrmEntity *entity, const OrmRelationInfo *relation)
{
  OrmRelated *related = orm_links_peek (entity, relation);

  if (related != NULL && related->is_loaded)
    return TRUE;
  if (relation->kind == ORM_RELATION_BELONGS_TO)
    return get_column (entity, relation) == 0;
  return orm_entity_get_private (entity)->state != ORM_ENTITY_PERSISTENT && orm_entity_get_key (entity) == 0;
}

OrmEntity *
orm_links_get_one (OrmEntity *entity, const OrmRelationInfo *relation)
{
  OrmRelated *related = orm_links_peek (entity, relation);

  return related != NULL && related->one != NULL ? related->one->to : NULL;
}

/* Of the links from the one and those to the other there may be many on either side: the shorter list decides. */
static OrmLink *
find_link (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  OrmRelated *related = orm_links_peek (from, relation);
  OrmLinks *links = orm_entity_get_private (to)->links;
  OrmLink *incoming = links != NULL ? links->incoming : NULL;

  for (guint i = 0; related != NULL && related->many != NULL && i < related->many->len && incoming != NULL; i++)
    {
      OrmLink *link = related->many->pdata[i];

      if (link->to == to)
        return link;
      if (incoming->from == from && incoming->relation == relation)
        return incoming;
      incoming = incoming->next;
    }
  return NULL;
}

gboolean
orm_links_has (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  if (relation->kind == ORM_RELATION_BELONGS_TO)
    return orm_links_get_one (from, relation) == to;
  return find_link (from, relation, to) != NULL;
}

OrmRelated *
orm_links_ensure (OrmEntity *entity, const OrmRelationInfo *relation)
{
  OrmLinks *links = get_links (entity);
  OrmRelated *related;

  if (links->related == NULL)
    links->related = g_new0 (OrmRelated, relation->table->n_relations);
  related = &links->related[relation->index];
  if (related->is_loaded)
    return related;
  related->is_loaded = TRUE;
  if (orm_relation_is_collection (relation))
    {
      OrmSession *session = orm_entity_get_private (entity)->session;

      if (related->many == NULL)
        related->many = g_ptr_array_new ();
      if (session != NULL)
        orm_session_watch_collection (session, relation, entity);
    }
  return related;
}

static void
tell (OrmEntity *entity, const OrmRelationInfo *relation)
{
  if (relation->property != NULL)
    g_object_notify_by_pspec (G_OBJECT (entity), relation->property);
}

static OrmLink *
make_link (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  OrmLink *link = g_new0 (OrmLink, 1);

  link->from = from;
  link->to = to;
  link->relation = relation;
  get_links (to);
  orm_links_attach (link);
  return link;
}

/* The place of an object in a collection that is in order. What has no key yet comes after its equals. */
int
orm_links_compare (const OrmRelationInfo *relation, OrmEntity *a, OrmEntity *b)
{
  const OrmColumn *column = &relation->target->columns[relation->order];
  int order = orm_column_compare (column, orm_slot_peek (column, a), orm_slot_peek (column, b));
  guint64 one = (guint64) orm_entity_get_key (a) - 1;
  guint64 other = (guint64) orm_entity_get_key (b) - 1;

  if (relation->order == relation->target->key || order == 0)
    order = (one > other) - (one < other);
  return relation->declared.is_descending ? -order : order;
}

static guint
find_place (GPtrArray *many, const OrmRelationInfo *relation, OrmEntity *entity)
{
  guint low = 0;
  guint high = many->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      OrmLink *link = many->pdata[middle];

      if (orm_links_compare (relation, link->to, entity) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
insert_member (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  OrmRelated *related = orm_links_ensure (from, relation);
  guint place = find_place (related->many, relation, to);

  g_ptr_array_insert (related->many, (int) place, make_link (from, relation, to));
  if (related->list != NULL)
    orm_collection_changed (related->list, place, 0, 1);
}

/* Where it has its place by the order, if that is not just being changed. */
static guint
find_member (GPtrArray *many, OrmLink *link)
{
  guint place = find_place (many, link->relation, link->to);

  if (place > 0 && many->pdata[place - 1] == link)
    return place - 1;
  if (!g_ptr_array_find (many, link, &place))
    g_assert_not_reached ();
  return place;
}

static void
remove_member (OrmLink *link)
{
  OrmRelated *related = orm_links_peek (link->from, link->relation);
  G_GNUC_UNUSED g_autoptr (OrmEntity) held = g_object_ref (link->to);
  guint place = find_member (related->many, link);

  g_ptr_array_remove_index (related->many, place);
  orm_links_free (link);
  if (related->list != NULL)
    orm_collection_changed (related->list, place, 1, 0);
}

static void
change_one (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to, gboolean is_loaded)
{
  G_GNUC_UNUSED g_autoptr (OrmEntity) held = g_object_ref (from);
  OrmRelated *related = orm_links_ensure (from, relation);
  g_autoptr (OrmEntity) before = related->one != NULL ? g_object_ref (related->one->to) : NULL;
  OrmLink *link;

  related->is_loaded = is_loaded;
  if (before == to)
    return;
  g_clear_pointer (&related->one, orm_links_free);
  if (to != NULL)
    related->one = make_link (from, relation, to);
  if (before != NULL && relation->inverse != NULL && (link = find_link (before, relation->inverse, from)) != NULL)
    remove_member (link);
  if (to != NULL && relation->inverse != NULL && orm_links_is_loaded (to, relation->inverse) &&
      find_link (to, relation->inverse, from) == NULL)
    insert_member (to, relation->inverse, from);
  tell (from, relation);
}

void
orm_links_set_one (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  change_one (from, relation, to, TRUE);
}

void
orm_links_unset_one (OrmEntity *from, const OrmRelationInfo *relation)
{
  if (orm_links_peek (from, relation) != NULL)
    change_one (from, relation, NULL, FALSE);
}

void
orm_links_follow_column (OrmEntity *from, const OrmRelationInfo *relation, gboolean is_loaded)
{
  OrmSession *session = orm_entity_get_private (from)->session;
  OrmRelated *related = orm_links_peek (from, relation);
  OrmEntity *current = orm_links_get_one (from, relation);
  OrmEntity *target = NULL;
  gint64 key = get_column (from, relation);

  is_loaded = is_loaded || (related != NULL && related->is_loaded);
  if (session != NULL && key != 0)
    target = orm_identity_map_lookup (session->map, relation->target, key);
  else if (key != 0 && current != NULL && orm_entity_get_key (current) == key)
    target = current;
  if (target != NULL && orm_entity_get_private (target)->is_gone)
    target = NULL;

  if (key == 0 && (is_loaded || current != NULL))
    orm_links_set_one (from, relation, NULL);
  else if (target != NULL &&
           (is_loaded || (relation->inverse != NULL && orm_links_is_loaded (target, relation->inverse))))
    orm_links_set_one (from, relation, target);
  else if (target == NULL)
    orm_links_unset_one (from, relation);
}

void
orm_links_follow_unlinked (OrmEntity *entity, guint64 columns)
{
  const OrmTable *table = orm_entity_get_table (entity);

  if ((table->foreign & columns) == 0 || !orm_table_resolve (table, NULL))
    return;
  for (guint i = 0; i < table->n_relations; i++)
    {
      const OrmRelationInfo *relation = &table->relations[i];

      if (relation->kind == ORM_RELATION_BELONGS_TO && (columns & BIT (relation->column)) != 0 &&
          orm_links_get_one (entity, relation) == NULL)
        orm_links_follow_column (entity, relation, FALSE);
    }
}

gboolean
orm_links_add (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  if (find_link (from, relation, to) != NULL)
    return FALSE;
  insert_member (from, relation, to);
  if (relation->inverse != NULL && orm_links_is_loaded (to, relation->inverse) &&
      find_link (to, relation->inverse, from) == NULL)
    insert_member (to, relation->inverse, from);
  return TRUE;
}

gboolean
orm_links_remove (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to)
{
  G_GNUC_UNUSED g_autoptr (OrmEntity) held = g_object_ref (to);
  OrmLink *link = find_link (from, relation, to);
  OrmLink *back = relation->inverse != NULL ? find_link (to, relation->inverse, from) : NULL;

  if (back != NULL)
    remove_member (back);
  if (link != NULL)
    remove_member (link);
  return link != NULL;
}

/* The other side of a member that came or went. A has-many is what its members say, which they know by themselves. */
static void
follow_member (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to, gboolean is_member)
{
  OrmLink *back;

  if (relation->inverse == NULL)
    return;
  if (relation->kind == ORM_RELATION_HAS_MANY)
    {
      if (is_member)
        orm_links_set_one (to, relation->inverse, from);
      return;
    }
  back = find_link (to, relation->inverse, from);
  if (is_member && back == NULL && orm_links_is_loaded (to, relation->inverse))
    insert_member (to, relation->inverse, from);
  else if (!is_member && back != NULL)
    remove_member (back);
}

/* Into an empty collection, as when it is read first: there is nothing to tell apart. */
static void
fill_many (OrmEntity *from, const OrmRelationInfo *relation, OrmRelated *related, GPtrArray *objects)
{
  g_autoptr (GPtrArray) added = NULL;

  for (guint i = 0; i < objects->len; i++)
    g_ptr_array_add (related->many, make_link (from, relation, objects->pdata[i]));
  if (relation->inverse != NULL)
    {
      added = g_ptr_array_copy (objects, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
      g_ptr_array_set_free_func (added, g_object_unref);
    }
  if (related->list != NULL && objects->len > 0)
    orm_collection_changed (related->list, 0, 0, objects->len);
  for (guint i = 0; added != NULL && i < added->len; i++)
    follow_member (from, relation, added->pdata[i], TRUE);
}

static void
exchange_many (OrmEntity *from, const OrmRelationInfo *relation, OrmRelated *related, GPtrArray *objects)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&related->many);
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) links = g_hash_table_new (NULL, NULL);
  guint start = 0;
  guint end = 0;

  for (; start < MIN (before->len, objects->len); start++)
    if (((OrmLink *) before->pdata[start])->to != objects->pdata[start])
      break;
  for (; end < MIN (before->len, objects->len) - start; end++)
    if (((OrmLink *) before->pdata[before->len - 1 - end])->to != objects->pdata[objects->len - 1 - end])
      break;

  related->many = g_ptr_array_sized_new (objects->len);
  for (guint i = start; i < before->len - end; i++)
    g_hash_table_insert (links, ((OrmLink *) before->pdata[i])->to, before->pdata[i]);
  for (guint i = 0; i < objects->len; i++)
    {
      OrmLink *link = NULL;

      if (i < start)
        link = before->pdata[i];
      else if (i >= objects->len - end)
        link = before->pdata[before->len - (objects->len - i)];
      else
        g_hash_table_steal_extended (links, objects->pdata[i], NULL, (gpointer *) &link);
      if (link == NULL)
        {
          link = make_link (from, relation, objects->pdata[i]);
          g_ptr_array_add (added, g_object_ref (objects->pdata[i]));
        }
      g_ptr_array_add (related->many, link);
    }
  for (guint i = start; i < before->len - end; i++)
    if (g_hash_table_contains (links, ((OrmLink *) before->pdata[i])->to))
      {
        g_ptr_array_add (removed, g_object_ref (((OrmLink *) before->pdata[i])->to));
        orm_links_free (before->pdata[i]);
      }

  if (related->list != NULL && (start + end < before->len || start + end < objects->len))
    orm_collection_changed (related->list, start, before->len - start - end, objects->len - start - end);
  for (guint i = 0; i < removed->len; i++)
    follow_member (from, relation, removed->pdata[i], FALSE);
  for (guint i = 0; i < added->len; i++)
    follow_member (from, relation, added->pdata[i], TRUE);
}

void
orm_links_set_many (OrmEntity *from, const OrmRelationInfo *relation, GPtrArray *objects)
{
  gboolean was_loaded = orm_links_is_loaded (from, relation);
  OrmRelated *related = orm_links_ensure (from, relation);

  if (related->many->len == 0)
    fill_many (from, relation, related, objects);
  else
    exchange_many (from, relation, related, objects);
  if (!was_loaded)
    tell (from, relation);
}

void
orm_links_unload (OrmEntity *from, const OrmRelationInfo *relation)
{
  OrmRelated *related = orm_links_peek (from, relation);
  OrmSession *session = orm_entity_get_private (from)->session;
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (OrmEntity) owner = NULL;

  if (related == NULL || !related->is_loaded)
    return;
  if (!orm_relation_is_collection (relation))
    {
      orm_links_unset_one (from, relation);
      return;
    }
  owner = g_object_ref (from);
  held = g_ptr_array_new_with_free_func (g_object_unref);
  related->is_loaded = FALSE;
  if (session != NULL)
    orm_session_unwatch_collection (session, relation, from);
  for (guint i = 0; i < related->many->len; i++)
    {
      OrmLink *link = related->many->pdata[i];

      g_ptr_array_add (held, g_object_ref (link->to));
      orm_links_free (link);
    }
  g_ptr_array_set_size (related->many, 0);
  if (related->list != NULL && held->len > 0)
    orm_collection_changed (related->list, 0, held->len, 0);
  tell (from, relation);
}

/* Those that lead to an object that leaves the session. */
static void
cut_incoming (OrmEntity *entity, gboolean is_gone)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;

  while (links->incoming != NULL)
    {
      OrmLink *link = links->incoming;

      if (link->relation->kind == ORM_RELATION_BELONGS_TO)
        orm_links_unset_one (link->from, link->relation);
      else if (is_gone)
        remove_member (link);
      else
        orm_links_unload (link->from, link->relation);
    }
}

void
orm_links_cut (OrmEntity *entity, gboolean is_gone)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;
  const OrmTable *table = orm_entity_get_table (entity);
  g_autoptr (OrmEntity) held = NULL;

  if (links == NULL)
    return;
  held = g_object_ref (entity);
  orm_links_end_suspicion (entity);
  if (is_gone)
    orm_associations_note_cut (entity);
  for (guint i = 0; links->related != NULL && i < table->n_relations; i++)
    if (table->relations[i].kind == ORM_RELATION_BELONGS_TO && is_gone)
      orm_links_unset_one (entity, &table->relations[i]);
  cut_incoming (entity, is_gone);
  for (guint i = 0; links->related != NULL && i < table->n_relations; i++)
    orm_links_unload (entity, &table->relations[i]);
}

void
orm_links_dispose (OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);
  const OrmTable *table = orm_entity_get_table (entity);

  if (priv->links == NULL)
    return;
  /* Nothing leads here but where the object is disposed of by force. */
  cut_incoming (entity, FALSE);
  for (guint i = 0; priv->links->related != NULL && i < table->n_relations; i++)
    {
      OrmRelated *related = &priv->links->related[i];

      g_clear_pointer (&related->one, orm_links_free);
      if (related->is_loaded && related->many != NULL && priv->session != NULL)
        orm_session_unwatch_collection (priv->session, &table->relations[i], entity);
      for (guint j = 0; related->many != NULL && j < related->many->len; j++)
        orm_links_free (related->many->pdata[j]);
      g_clear_pointer (&related->many, g_ptr_array_unref);
      related->is_loaded = FALSE;
    }
  orm_links_end_suspicion (entity);
  g_clear_pointer (&priv->links->related, g_free);
  g_clear_pointer (&priv->links, g_free);
}

/* Objects that belong to one that had no key until now. */
void
orm_links_inserted (OrmEntity *entity)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;

  for (OrmLink *link = links != NULL ? links->incoming : NULL; link != NULL; link = link->next)
    if (link->relation->kind == ORM_RELATION_BELONGS_TO && get_column (link->from, link->relation) == 0)
      {
        OrmSlot key = { .int64 = orm_entity_get_key (entity) };
        OrmSession *session = orm_entity_get_private (link->from)->session;

        if (session != NULL)
          orm_session_touch (session, link->from, TRUE);
        orm_slot_poke (key, &link->relation->table->columns[link->relation->column], link->from);
        g_object_notify_by_pspec (G_OBJECT (link->from), link->relation->table->properties[link->relation->column]);
      }
}

static void
move_member (OrmLink *link)
{
  OrmRelated *related = orm_links_peek (link->from, link->relation);
  guint before = 0;
  guint place;

  if (!g_ptr_array_find (related->many, link, &before))
    g_assert_not_reached ();
  g_ptr_array_remove_index (related->many, before);
  place = find_place (related->many, link->relation, link->to);
  g_ptr_array_insert (related->many, (int) place, link);
  if (related->list != NULL && place != before)
    orm_collection_changed (related->list, MIN (before, place), MAX (before, place) - MIN (before, place) + 1,
                            MAX (before, place) - MIN (before, place) + 1);
}

void
orm_links_column_changed (OrmEntity *entity, guint column)
{
  const OrmTable *table = orm_entity_get_table (entity);
  OrmLinks *links = orm_entity_get_private (entity)->links;
  OrmLink *next;

  if (!orm_table_resolve (table, NULL))
    return;
  for (guint i = 0; (table->foreign & BIT (column)) != 0 && i < table->n_relations; i++)
    if (table->relations[i].kind == ORM_RELATION_BELONGS_TO && table->relations[i].column == column)
      orm_links_follow_column (entity, &table->relations[i], FALSE);
  for (OrmLink *link = links != NULL && (table->ordering & BIT (column)) != 0 ? links->incoming : NULL; link != NULL;
       link = next)
    {
      next = link->next;
      if (orm_relation_is_collection (link->relation) && link->relation->order == column)
        move_member (link);
    }
}
