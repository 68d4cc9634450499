/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-entity-private.h"

/* The setters of the fields, one for each type, for the accessors of subclasses. */

static gboolean
orm_entity_may_set (OrmEntity *self, guint index, OrmFieldType type)
{
  const OrmTable *table;

  g_return_val_if_fail (ORM_IS_ENTITY (self), FALSE);
  orm_entity_assert_thread (self);
  table = orm_entity_get_table (self);
  g_return_val_if_fail (index < table->n_columns && table->columns[index].type == type, FALSE);
  g_return_val_if_fail (index != table->key || orm_entity_get_private (self)->state == ORM_ENTITY_DETACHED, FALSE);
  return TRUE;
}

/**
 * orm_entity_set_int64:
 * @self: an object
 * @column: its index
 * @value: a whole number
 *
 * Sets the field, marks it dirty and notifies, where the value is another. The key can be set until the object is
 * added.
 */
void
orm_entity_set_int64 (OrmEntity *self, guint column, gint64 value)
{
  OrmSlot slot = { .int64 = value };

  if (orm_entity_may_set (self, column, ORM_FIELD_INT64) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, slot);
}

/**
 * orm_entity_set_double:
 * @self: an object
 * @column: its index
 * @value: a number
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_double (OrmEntity *self, guint column, double value)
{
  OrmSlot slot = { .real = value };

  if (orm_entity_may_set (self, column, ORM_FIELD_DOUBLE) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, slot);
}

/**
 * orm_entity_set_boolean:
 * @self: an object
 * @column: its index
 * @value: yes or no
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_boolean (OrmEntity *self, guint column, gboolean value)
{
  OrmSlot slot = { .boolean = value != FALSE };

  if (orm_entity_may_set (self, column, ORM_FIELD_BOOLEAN) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, slot);
}

/**
 * orm_entity_set_text:
 * @self: an object
 * @column: its index
 * @value: (nullable): UTF-8, copied
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_text (OrmEntity *self, guint column, const char *value)
{
  OrmSlot slot = { .pointer = (gpointer) value };

  if (orm_entity_may_set (self, column, ORM_FIELD_TEXT) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, orm_slot_copy (ORM_FIELD_TEXT, slot));
}

/**
 * orm_entity_set_blob:
 * @self: an object
 * @column: its index
 * @value: (nullable) (transfer none): bytes
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_blob (OrmEntity *self, guint column, GBytes *value)
{
  OrmSlot slot = { .pointer = value };

  if (orm_entity_may_set (self, column, ORM_FIELD_BLOB) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, orm_slot_copy (ORM_FIELD_BLOB, slot));
}

/**
 * orm_entity_set_date_time:
 * @self: an object
 * @column: its index
 * @value: (nullable) (transfer none): a time; what is kept of it is the instant, in UTC
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_date_time (OrmEntity *self, guint column, GDateTime *value)
{
  OrmSlot slot = { .pointer = value };

  if (!orm_entity_may_set (self, column, ORM_FIELD_DATE_TIME) || orm_entity_has (self, column, slot))
    return;
  slot.pointer = value != NULL ? g_date_time_to_utc (value) : NULL;
  orm_entity_take (self, column, slot);
}

/**
 * orm_entity_set_enum:
 * @self: an object
 * @column: its index
 * @value: of the enumeration
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_enum (OrmEntity *self, guint column, int value)
{
  OrmSlot slot = { .enumeration = value };

  if (orm_entity_may_set (self, column, ORM_FIELD_ENUM) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, slot);
}

/**
 * orm_entity_set_flags:
 * @self: an object
 * @column: its index
 * @value: flags
 *
 * Sets the field, marks it dirty and notifies, where the value is another.
 */
void
orm_entity_set_flags (OrmEntity *self, guint column, guint value)
{
  OrmSlot slot = { .flags = value };

  if (orm_entity_may_set (self, column, ORM_FIELD_FLAGS) && !orm_entity_has (self, column, slot))
    orm_entity_take (self, column, slot);
}
