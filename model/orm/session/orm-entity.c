/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-entity-private.h"
#include "orm-error.h"
#include "orm-flush.h"
#include "orm-links.h"
#include "orm-session-private.h"

/* An object of a row. Its values stand in plain fields of the subclass, so that reading one is reading a field; setting
 * one remembers what the database has, which makes three things cheap: writing only what changed, going back, and
 * taking up what another wrote without losing an edit. */

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OrmEntity, orm_entity, G_TYPE_OBJECT)

#define BIT(column) (G_GUINT64_CONSTANT (1) << (column))

OrmEntityPrivate *
orm_entity_get_private (OrmEntity *self)
{
  return orm_entity_get_instance_private (self);
}

/* An object of no session may be anywhere. */
void
orm_entity_assert_thread (OrmEntity *self)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  if (priv->session != NULL)
    orm_session_assert_thread (priv->session);
}

static void
orm_entity_clear_latest (OrmEntity *self, guint column)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  if (priv->newer & BIT (column))
    orm_slot_clear (orm_entity_get_table (self)->columns[column].type, &priv->latest[column]);
  priv->newer &= ~BIT (column);
}

static void
orm_entity_clear_original (OrmEntity *self, guint column)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  if (priv->originals != NULL)
    orm_slot_clear (orm_entity_get_table (self)->columns[column].type, &priv->originals[column]);
  priv->kept &= ~BIT (column);
  orm_entity_clear_latest (self, column);
}

/* (transfer full) value */
static void
orm_entity_set_original (OrmEntity *self, guint column, OrmSlot value)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  orm_entity_clear_original (self, column);
  if (priv->originals == NULL)
    priv->originals = g_new0 (OrmSlot, orm_entity_get_table (self)->n_columns);
  priv->originals[column] = value;
}

void
orm_entity_forget_originals (OrmEntity *self)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  for (guint i = 0; priv->originals != NULL && i < orm_entity_get_table (self)->n_columns; i++)
    orm_entity_clear_original (self, i);
  g_clear_pointer (&priv->originals, g_free);
  g_clear_pointer (&priv->latest, g_free);
}

void
orm_entity_forget_deletion (OrmEntity *self)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  priv->is_deleted = FALSE;
  for (guint i = 0; priv->kept != 0 && i < orm_entity_get_table (self)->n_columns; i++)
    if (priv->kept & BIT (i))
      orm_entity_clear_original (self, i);
}

/* Whether a column that was changed is what it was again, and nothing is to be written of it. */
static gboolean
is_as_before (OrmEntity *self, guint index)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmColumn *column = &orm_entity_get_table (self)->columns[index];

  return priv->state == ORM_ENTITY_PERSISTENT && priv->operation == NULL && priv->originals != NULL &&
         ((priv->unloaded | priv->newer) & BIT (index)) == 0 &&
         orm_slot_equal (column->type, orm_slot_peek (column, self), priv->originals[index]);
}

/* Takes the value; the one before becomes the original of the column, where it is what the database has. */
static void
orm_entity_take_dirty (OrmEntity *self, guint index, OrmSlot value)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);
  const OrmColumn *column = &table->columns[index];
  OrmSlot before = orm_slot_peek (column, self);

  if (priv->session != NULL)
    orm_session_touch (priv->session, self, TRUE);
  orm_slot_poke (value, column, self);
  if (priv->kept & BIT (index))
    orm_entity_clear_original (self, index);

  if (priv->state == ORM_ENTITY_PERSISTENT && (priv->dirty & BIT (index)) == 0)
    orm_entity_set_original (self, index, before);
  else
    orm_slot_clear (column->type, &before);

  if (priv->state != ORM_ENTITY_PERSISTENT)
    priv->unloaded &= ~BIT (index);
  priv->dirty |= BIT (index);
  if (priv->operation != NULL)
    priv->again |= BIT (index);
  if (priv->state == ORM_ENTITY_PERSISTENT && priv->session != NULL)
    orm_session_enlist (priv->session, self);
  if ((table->foreign | table->ordering) & BIT (index))
    orm_links_column_changed (self, index);
  g_object_notify_by_pspec (G_OBJECT (self), table->properties[index]);
}

void
orm_entity_take (OrmEntity *self, guint index, OrmSlot value)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  gboolean was_dirty = (priv->dirty & BIT (index)) != 0;

  orm_entity_take_dirty (self, index, value);
  if (!was_dirty || !is_as_before (self, index))
    return;
  priv->dirty &= ~BIT (index);
  orm_entity_clear_original (self, index);
}

void
orm_entity_take_key (OrmEntity *self, guint column, gint64 key)
{
  orm_entity_take_dirty (self, column, (OrmSlot){ .int64 = key });
}

static gboolean
is_loaded (const OrmEntityPrivate *priv, guint column)
{
  return (priv->unloaded & ~priv->dirty & BIT (column)) == 0;
}

gboolean
orm_entity_has (OrmEntity *self, guint index, OrmSlot value)
{
  const OrmColumn *column = &orm_entity_get_table (self)->columns[index];

  return is_loaded (orm_entity_get_instance_private (self), index) &&
         orm_slot_equal (column->type, orm_slot_peek (column, self), value);
}

static void
orm_entity_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const OrmTable *table = ORM_ENTITY_GET_CLASS (object)->table;

  orm_entity_assert_thread (ORM_ENTITY (object));
  if (id > table->n_columns)
    {
      if (!orm_entity_get_relation_property (ORM_ENTITY (object), id, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  orm_slot_to_gvalue (table->columns[id - 1].type, orm_slot_peek (&table->columns[id - 1], object), value);
}

static void
orm_entity_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  const OrmTable *table = ORM_ENTITY_GET_CLASS (object)->table;
  OrmFieldType type;
  OrmSlot slot;

  orm_entity_assert_thread (ORM_ENTITY (object));
  if (id > table->n_columns)
    {
      if (!orm_entity_set_relation_property (ORM_ENTITY (object), id, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  type = table->columns[id - 1].type;
  slot = orm_slot_from_gvalue (type, value);
  if (orm_entity_has (ORM_ENTITY (object), id - 1, slot))
    orm_slot_clear (type, &slot);
  else
    orm_entity_take (ORM_ENTITY (object), id - 1, slot);
}

/* Set when an object is about to be made for a row, which has all the values. */
static _Thread_local gboolean is_for_row;

static void
orm_entity_constructed (GObject *object)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (ORM_ENTITY (object));
  const OrmTable *table = ORM_ENTITY_GET_CLASS (object)->table;

  G_OBJECT_CLASS (orm_entity_parent_class)->constructed (object);

  if (priv->is_for_row || table->defaults == NULL)
    return;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const OrmColumn *column = &table->columns[i];

      /* What the init of the subclass has put there stays. */
      if (column->default_value != NULL &&
          orm_slot_equal (column->type, orm_slot_peek (column, object), (OrmSlot){ 0 }))
        orm_slot_poke (orm_slot_copy (column->type, table->defaults[i]), column, object);
    }
}

OrmEntity *
orm_entity_new_for_row (const OrmTable *table)
{
  is_for_row = TRUE;
  return ORM_ENTITY (g_object_new_with_properties (table->gtype, 0, NULL, NULL));
}

static void
orm_entity_dispose (GObject *object)
{
  OrmEntity *self = ORM_ENTITY (object);
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  orm_links_dispose (self);
  if (priv->session != NULL)
    orm_session_forget (priv->session, self);

  G_OBJECT_CLASS (orm_entity_parent_class)->dispose (object);
}

static void
orm_entity_finalize (GObject *object)
{
  OrmEntity *self = ORM_ENTITY (object);
  const OrmTable *table = orm_entity_get_table (self);

  for (guint i = 0; i < table->n_columns; i++)
    if (orm_field_type_is_pointer (table->columns[i].type))
      {
        OrmSlot value = orm_slot_peek (&table->columns[i], self);

        orm_slot_clear (table->columns[i].type, &value);
      }
  orm_entity_forget_originals (self);

  G_OBJECT_CLASS (orm_entity_parent_class)->finalize (object);
}

static void
orm_entity_class_init (OrmEntityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = orm_entity_get_property;
  object_class->set_property = orm_entity_set_property;
  object_class->constructed = orm_entity_constructed;
  object_class->dispose = orm_entity_dispose;
  object_class->finalize = orm_entity_finalize;
}

static void
orm_entity_init (OrmEntity *self)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  /* Not that of another object which the init of the subclass makes. */
  priv->is_for_row = is_for_row;
  is_for_row = FALSE;
}

void
orm_entity_load (OrmEntity *self, OrmSlot *row, guint64 columns)
{
  const OrmTable *table = orm_entity_get_table (self);

  orm_entity_get_private (self)->unloaded = orm_table_get_all_columns (table) & ~columns;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const OrmColumn *column = &table->columns[i];

      /* The init of the subclass may have put a default there. */
      if (orm_field_type_is_pointer (column->type))
        {
          OrmSlot before = orm_slot_peek (column, self);

          orm_slot_clear (column->type, &before);
        }
      orm_slot_poke (row[i], column, self);
      row[i].pointer = NULL;
    }
}

/* Another changed a column that the object has a change of: what that is held against stays what it was. (transfer
 * full) value */
static void
orm_entity_see (OrmEntity *self, guint column, OrmSlot value, gboolean is_own)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);

  if (is_own || (priv->unloaded & BIT (column)) != 0)
    {
      orm_entity_set_original (self, column, value);
      return;
    }
  orm_entity_clear_latest (self, column);
  if (orm_slot_equal (table->columns[column].type, priv->originals[column], value))
    {
      orm_slot_clear (table->columns[column].type, &value);
      return;
    }
  if (priv->latest == NULL)
    priv->latest = g_new0 (OrmSlot, table->n_columns);
  priv->latest[column] = value;
  priv->newer |= BIT (column);
}

/* The same for a column that has none. (transfer full) value */
static void
orm_entity_follow (OrmEntity *self, guint column, OrmSlot value, gboolean is_own)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);
  OrmSlot before = orm_slot_peek (&table->columns[column], self);

  orm_slot_poke (value, &table->columns[column], self);
  if (priv->is_deleted && !is_own && (priv->kept & BIT (column)) == 0)
    {
      orm_entity_set_original (self, column, before);
      priv->kept |= BIT (column);
    }
  else
    orm_slot_clear (table->columns[column].type, &before);
  if ((table->foreign | table->ordering) & BIT (column))
    orm_links_column_changed (self, column);
  g_object_notify_by_pspec (G_OBJECT (self), table->properties[column]);
}

void
orm_entity_refresh (OrmEntity *self, OrmSlot *row, guint64 columns, gboolean is_own)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);

  if (priv->session != NULL)
    orm_session_touch (priv->session, self, TRUE);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < table->n_columns; i++)
    {
      const OrmColumn *column = &table->columns[i];
      OrmSlot before = orm_slot_peek (column, self);

      if ((columns & BIT (i)) == 0)
        orm_slot_clear (column->type, &row[i]);
      else if (priv->dirty & BIT (i))
        orm_entity_see (self, i, row[i], is_own);
      else if (orm_slot_equal (column->type, before, row[i]))
        orm_slot_clear (column->type, &row[i]);
      else
        orm_entity_follow (self, i, row[i], is_own);
      row[i].pointer = NULL;
    }
  priv->unloaded &= ~columns;
  g_object_thaw_notify (G_OBJECT (self));
}

OrmSlot
orm_entity_peek_original (OrmEntity *self, guint index)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  if (priv->originals != NULL && ((priv->dirty | priv->kept) & BIT (index)) != 0)
    return priv->originals[index];
  return orm_slot_peek (&orm_entity_get_table (self)->columns[index], self);
}

OrmSlot
orm_entity_peek_written (OrmEntity *self, guint index)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);

  if (priv->newer & BIT (index))
    return priv->latest[index];
  if (priv->originals != NULL && (priv->dirty & BIT (index)) != 0)
    return priv->originals[index];
  return orm_slot_peek (&orm_entity_get_table (self)->columns[index], self);
}

OrmSlot *
orm_entity_peek_row (OrmEntity *self)
{
  const OrmTable *table = orm_entity_get_table (self);
  OrmSlot *row = g_new (OrmSlot, table->n_columns);

  for (guint i = 0; i < table->n_columns; i++)
    row[i] = orm_entity_peek_written (self, i);
  return row;
}

/* Gives the field the value and says so. */
static void
orm_entity_put_back (OrmEntity *self, guint index, OrmSlot value)
{
  const OrmTable *table = orm_entity_get_table (self);
  const OrmColumn *column = &table->columns[index];
  OrmSlot before = orm_slot_peek (column, self);

  orm_slot_poke (value, column, self);
  orm_slot_clear (column->type, &before);
  if ((table->foreign | table->ordering) & BIT (index))
    orm_links_column_changed (self, index);
  g_object_notify_by_pspec (G_OBJECT (self), table->properties[index]);
}

void
orm_entity_restore (OrmEntity *self)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);
  guint64 flushed = priv->operation != NULL ? priv->operation->columns : 0;
  /* Of a new row there is more: what was left to the schema was empty. */
  guint64 left = priv->operation != NULL && priv->operation->kind == ORM_FLUSH_INSERT ? ~flushed : 0;

  if (priv->session != NULL)
    orm_session_touch (priv->session, self, TRUE);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < table->n_columns; i++)
    {
      OrmFieldType type = table->columns[i].type;

      if (flushed & priv->again & BIT (i))
        orm_entity_put_back (self, i, orm_slot_copy (type, *orm_flush_op_get_value (priv->operation, i)));
      else if (left & priv->again & BIT (i))
        {
          orm_entity_put_back (self, i, (OrmSlot){ 0 });
          priv->dirty &= ~BIT (i);
        }
      else if ((priv->dirty & BIT (i)) != 0 && (flushed & BIT (i)) == 0 && priv->originals != NULL)
        {
          orm_entity_put_back (self, i, orm_slot_copy (type, orm_entity_peek_written (self, i)));
          orm_entity_clear_original (self, i);
          priv->dirty &= ~BIT (i);
        }
    }
  priv->again = 0;
  g_object_thaw_notify (G_OBJECT (self));
}

void
orm_entity_take_values (OrmEntity *self, OrmEntity *from, gboolean with_key)
{
  const OrmTable *table = orm_entity_get_table (self);

  g_assert (orm_entity_get_table (from) == table);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < table->n_columns; i++)
    {
      OrmSlot value = orm_slot_peek (&table->columns[i], from);

      if ((i != table->key || with_key) && orm_entity_is_loaded_column (from, i) && !orm_entity_has (self, i, value))
        orm_entity_take (self, i, orm_slot_copy (table->columns[i].type, value));
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* What was set since the commit began is dirty still, and what the commit wrote is its original now. */
static void
orm_entity_keep_again (OrmEntity *self, OrmFlushOp *operation)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);

  priv->unloaded &= ~operation->columns;
  for (guint i = 0; i < table->n_columns; i++)
    {
      if ((operation->columns & BIT (i)) == 0)
        continue;
      orm_entity_clear_original (self, i);
      if (priv->again & BIT (i))
        orm_entity_set_original (self, i,
                                 orm_slot_copy (table->columns[i].type, *orm_flush_op_get_value (operation, i)));
      else
        priv->dirty &= ~BIT (i);
    }
  priv->again = 0;
  priv->operation = NULL;
}

void
orm_entity_inserted (OrmEntity *self, OrmFlushOp *operation)
{
  OrmEntityPrivate *priv = orm_entity_get_instance_private (self);
  const OrmTable *table = orm_entity_get_table (self);
  gint64 *key = orm_table_key_field (table, self);

  orm_session_settle_parents (operation);
  priv->state = ORM_ENTITY_PERSISTENT;
  priv->dirty = priv->again;
  if (priv->dirty != 0 && priv->originals == NULL)
    priv->originals = g_new0 (OrmSlot, table->n_columns);
  orm_entity_keep_again (self, operation);
  if (*key == operation->key)
    return;
  *key = operation->key;
  orm_links_inserted (self);
  g_object_notify_by_pspec (G_OBJECT (self), table->properties[table->key]);
}

void
orm_entity_updated (OrmEntity *self, OrmFlushOp *operation)
{
  orm_session_settle_parents (operation);
  orm_entity_keep_again (self, operation);
}

/**
 * orm_entity_class_map:
 * @klass: the class, in its class_init
 * @table_name: in the schema
 * @columns: (array length=n_columns): the columns; copied, their strings must be static
 * @n_columns: up to 64, one of them the key
 *
 * Maps the class to a table and installs one property a column, ids from 1 up in the order of columns. The fields
 * belong to the instance, and are freed by #OrmEntity. A subclass with properties of its own gives them ids above
 * those, and hands the others up to the set_property and get_property of its parent class.
 */
void
orm_entity_class_map (OrmEntityClass *klass, const char *table_name, const OrmColumn *columns, guint n_columns)
{
  OrmTable *table;

  g_return_if_fail (ORM_IS_ENTITY_CLASS (klass) && table_name != NULL && columns != NULL);

  /* GObject does not hand these down. */
  G_OBJECT_CLASS (klass)->get_property = orm_entity_get_property;
  G_OBJECT_CLASS (klass)->set_property = orm_entity_set_property;
  table = orm_table_new (G_TYPE_FROM_CLASS (klass), table_name, columns, n_columns);
  for (guint i = 0; i < n_columns; i++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, table->properties[i]);
  klass->table = table;
}

/**
 * orm_entity_get_key:
 * @self: an object
 *
 * Returns: the key of its row; 0 until it was inserted
 */
gint64
orm_entity_get_key (OrmEntity *self)
{
  g_return_val_if_fail (ORM_IS_ENTITY (self), 0);
  orm_entity_assert_thread (self);

  return *orm_table_key_field (orm_entity_get_table (self), self);
}

/**
 * orm_entity_is_dirty:
 * @self: an object
 *
 * Returns: whether it has values that are not in the database
 */
gboolean
orm_entity_is_dirty (OrmEntity *self)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  orm_entity_assert_thread (self);
  priv = orm_entity_get_instance_private (self);
  return priv->dirty != 0 || priv->state == ORM_ENTITY_PENDING;
}

/**
 * orm_entity_is_dirty_column:
 * @self: an object
 * @column: its index
 *
 * Returns: whether the column was set since it was read or written
 */
gboolean
orm_entity_is_dirty_column (OrmEntity *self, guint column)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self) && column < 64, FALSE);

  orm_entity_assert_thread (self);
  priv = orm_entity_get_instance_private (self);
  return (priv->dirty & BIT (column)) != 0;
}

/**
 * orm_entity_is_loaded_column:
 * @self: an object
 * @column: its index
 *
 * Returns: whether the column was read or set; not where the query had orm_query_load_only()
 */
gboolean
orm_entity_is_loaded_column (OrmEntity *self, guint column)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self) && column < 64, FALSE);

  orm_entity_assert_thread (self);
  priv = orm_entity_get_instance_private (self);
  return is_loaded (priv, column);
}

/**
 * orm_entity_check_loaded:
 * @self: an object
 * @column: its index
 * @error: return location
 *
 * Looks whether the column was loaded, for those who have to know it from an empty one. Nothing is read for it.
 *
 * Returns: whether it was; %ORM_ERROR_NOT_LOADED names the column, and what loads it
 */
gboolean
orm_entity_check_loaded (OrmEntity *self, guint column, GError **error)
{
  const OrmTable *table;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);
  table = orm_entity_get_table (self);
  g_return_val_if_fail (column < table->n_columns, FALSE);

  if (orm_entity_is_loaded_column (self, column))
    return TRUE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_LOADED,
               "%s.%s of the row %" G_GINT64_FORMAT
               " was not loaded: orm_session_refresh() loads it, or a query without orm_query_load_only()",
               table->name, table->columns[column].name, orm_entity_get_key (self));
  return FALSE;
}

/**
 * orm_entity_is_gone:
 * @self: an object
 *
 * Returns: whether its row was deleted, by this session or by another
 */
gboolean
orm_entity_is_gone (OrmEntity *self)
{
  OrmEntityPrivate *priv;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);

  orm_entity_assert_thread (self);
  priv = orm_entity_get_instance_private (self);
  return priv->is_gone;
}
