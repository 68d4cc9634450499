/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-undo.h"
#include "orm-links.h"

#define BIT(column) (G_GUINT64_CONSTANT (1) << (column))

struct _OrmUndo
{
  OrmEntity *entity; /* held */
  guint number;      /* those made before have a lower one */
  gint64 key;
  OrmSlot *values;    /* of all columns; NULL: none was changed, but the key */
  OrmSlot *originals; /* as of OrmEntityPrivate; so are the next */
  OrmSlot *latest;
  OrmEntity **targets; /* (nullable): held: of its belongs-to relations, those that had no key yet */
  guint64 dirty;
  guint64 newer;
  guint64 kept;
  guint64 unloaded;
  OrmEntityState state;
  gboolean was_attached;
  gboolean was_enlisted;
  gboolean was_deleted;
  gboolean was_gone;
};

static OrmSlot *
copy_slots (const OrmTable *table, const OrmSlot *slots, guint64 columns)
{
  OrmSlot *copy;

  if (slots == NULL)
    return NULL;
  copy = g_new0 (OrmSlot, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    if (columns & BIT (i))
      copy[i] = orm_slot_copy (table->columns[i].type, slots[i]);
  return copy;
}

static void
free_slots (const OrmTable *table, OrmSlot *slots)
{
  for (guint i = 0; slots != NULL && i < table->n_columns; i++)
    orm_slot_clear (table->columns[i].type, &slots[i]);
  g_free (slots);
}

/* Others are known by their keys. */
static OrmEntity **
copy_targets (OrmEntity *entity)
{
  const OrmTable *table = orm_entity_get_table (entity);
  OrmEntity **targets = NULL;

  for (guint i = 0; orm_entity_get_private (entity)->links != NULL && i < table->n_relations; i++)
    {
      const OrmRelationInfo *relation = &table->relations[i];
      OrmEntity *target = relation->kind == ORM_RELATION_BELONGS_TO ? orm_links_get_one (entity, relation) : NULL;

      if (target == NULL || orm_slot_peek (&table->columns[relation->column], entity).int64 != 0)
        continue;
      if (targets == NULL)
        targets = g_new0 (OrmEntity *, table->n_relations);
      targets[i] = g_object_ref (target);
    }
  return targets;
}

OrmUndo *
orm_undo_new (OrmSession *session, OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);
  const OrmTable *table = orm_entity_get_table (entity);
  OrmUndo *self = g_new0 (OrmUndo, 1);

  self->entity = g_object_ref (entity);
  self->number = session->n_undos++;
  self->key = orm_entity_get_key (entity);
  self->originals = copy_slots (table, priv->originals, priv->dirty | priv->kept);
  self->latest = copy_slots (table, priv->latest, priv->newer);
  self->targets = copy_targets (entity);
  self->dirty = priv->dirty;
  self->newer = priv->newer;
  self->kept = priv->kept;
  self->unloaded = priv->unloaded;
  self->state = priv->state;
  self->was_attached = priv->session == session;
  self->was_enlisted = priv->is_enlisted;
  self->was_deleted = priv->is_deleted;
  self->was_gone = priv->is_gone;
  return self;
}

void
orm_undo_free (OrmUndo *self)
{
  const OrmTable *table = orm_entity_get_table (self->entity);

  free_slots (table, self->values);
  free_slots (table, self->originals);
  free_slots (table, self->latest);
  for (guint i = 0; self->targets != NULL && i < table->n_relations; i++)
    g_clear_object (&self->targets[i]);
  g_free (self->targets);
  g_object_unref (self->entity);
  g_free (self);
}

void
orm_undo_keep_values (OrmUndo *self)
{
  const OrmTable *table = orm_entity_get_table (self->entity);

  if (self->values != NULL)
    return;
  self->values = g_new (OrmSlot, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    self->values[i] = orm_slot_copy (table->columns[i].type, orm_slot_peek (&table->columns[i], self->entity));
}

int
orm_undo_compare (gconstpointer a, gconstpointer b)
{
  const OrmUndo *one = *(OrmUndo *const *) a;
  const OrmUndo *other = *(OrmUndo *const *) b;

  return (one->number < other->number) - (one->number > other->number);
}

void
orm_undo_merge (OrmUndo *self, OrmUndo *later)
{
  if (self->values == NULL)
    self->values = g_steal_pointer (&later->values);
}

void
orm_undo_prepare (OrmUndo *self, OrmSession *session)
{
  if (orm_entity_get_private (self->entity)->session != session)
    return;
  if (!self->was_attached)
    orm_links_cut (self->entity, TRUE);
  orm_identity_map_remove (session->map, self->entity);
}

static void
orm_undo_put_back (OrmUndo *self, guint index)
{
  const OrmTable *table = orm_entity_get_table (self->entity);
  const OrmColumn *column = &table->columns[index];
  OrmSlot now = orm_slot_peek (column, self->entity);
  OrmSlot before = index == table->key || self->values == NULL ? (OrmSlot){ .int64 = self->key } : self->values[index];

  if (orm_slot_equal (column->type, now, before))
    return;
  orm_slot_poke (orm_slot_copy (column->type, before), column, self->entity);
  orm_slot_clear (column->type, &now);
  g_object_notify_by_pspec (G_OBJECT (self->entity), table->properties[index]);
}

void
orm_undo_apply (OrmUndo *self, OrmSession *session)
{
  OrmEntityPrivate *priv = orm_entity_get_private (self->entity);
  const OrmTable *table = orm_entity_get_table (self->entity);

  g_object_freeze_notify (G_OBJECT (self->entity));
  orm_entity_forget_originals (self->entity);
  priv->originals = g_steal_pointer (&self->originals);
  priv->latest = g_steal_pointer (&self->latest);
  priv->dirty = self->dirty;
  priv->newer = self->newer;
  priv->kept = self->kept;
  priv->unloaded = self->unloaded;
  priv->again = 0;
  priv->state = self->state;
  priv->session = self->was_attached ? session : NULL;
  priv->is_enlisted = self->was_enlisted;
  priv->is_deleted = self->was_deleted;
  priv->is_gone = self->was_gone;
  for (guint i = 0; i < table->n_columns; i++)
    if (self->values != NULL || i == table->key)
      orm_undo_put_back (self, i);
  if (self->was_attached && self->state == ORM_ENTITY_PERSISTENT)
    {
      OrmEntity *later = orm_identity_map_lookup (session->map, table, self->key);

      /* Read when this one had left the session. */
      if (later != NULL)
        orm_session_expunge (session, later);
      orm_identity_map_add (session->map, self->entity);
    }
  g_object_thaw_notify (G_OBJECT (self->entity));
}

void
orm_undo_relate (OrmUndo *self)
{
  const OrmTable *table = orm_entity_get_table (self->entity);

  if (orm_entity_get_private (self->entity)->session == NULL)
    return;
  for (guint i = 0; i < table->n_relations; i++)
    if (self->targets != NULL && self->targets[i] != NULL)
      orm_links_set_one (self->entity, &table->relations[i], self->targets[i]);
    else if (self->values != NULL && table->relations[i].kind == ORM_RELATION_BELONGS_TO)
      orm_links_follow_column (self->entity, &table->relations[i], FALSE);
  for (guint i = 0; self->values != NULL && i < table->n_columns; i++)
    if ((table->ordering & ~table->foreign & BIT (i)) != 0)
      orm_links_column_changed (self->entity, i);
}
