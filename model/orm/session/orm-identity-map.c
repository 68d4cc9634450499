/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-identity-map.h"

struct _OrmIdentityMap
{
  GHashTable *tables; /* OrmTable to a GHashTable of gint64 (the field of the object) to OrmEntity */
  const OrmTable *last_table;
  GHashTable *last;
};

OrmIdentityMap *
orm_identity_map_new (void)
{
  OrmIdentityMap *self = g_new0 (OrmIdentityMap, 1);

  self->tables = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  return self;
}

void
orm_identity_map_free (OrmIdentityMap *self)
{
  g_hash_table_unref (self->tables);
  g_free (self);
}

static GHashTable *
orm_identity_map_find (OrmIdentityMap *self, const OrmTable *table)
{
  GHashTable *objects;

  if (self->last_table == table)
    return self->last;
  objects = g_hash_table_lookup (self->tables, table);
  if (objects != NULL)
    {
      self->last_table = table;
      self->last = objects;
    }
  return objects;
}

OrmEntity *
orm_identity_map_lookup (OrmIdentityMap *self, const OrmTable *table, gint64 key)
{
  GHashTable *objects = orm_identity_map_find (self, table);

  return objects != NULL ? g_hash_table_lookup (objects, &key) : NULL;
}

void
orm_identity_map_add (OrmIdentityMap *self, OrmEntity *entity)
{
  const OrmTable *table = orm_entity_get_table (entity);
  GHashTable *objects = orm_identity_map_find (self, table);

  if (objects == NULL)
    {
      objects = g_hash_table_new (g_int64_hash, g_int64_equal);
      g_hash_table_insert (self->tables, (gpointer) table, objects);
    }
  g_hash_table_replace (objects, orm_table_key_field (table, entity), entity);
}

void
orm_identity_map_remove (OrmIdentityMap *self, OrmEntity *entity)
{
  const OrmTable *table = orm_entity_get_table (entity);
  GHashTable *objects = orm_identity_map_find (self, table);
  gint64 *key = orm_table_key_field (table, entity);

  if (objects != NULL && g_hash_table_lookup (objects, key) == entity)
    g_hash_table_remove (objects, key);
}

GPtrArray *
orm_identity_map_list_tables (OrmIdentityMap *self)
{
  GPtrArray *tables = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer table, objects;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, &table, &objects))
    if (g_hash_table_size (objects) > 0)
      g_ptr_array_add (tables, table);
  return tables;
}

GArray *
orm_identity_map_list_keys (OrmIdentityMap *self, const OrmTable *table)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTable *objects = orm_identity_map_find (self, table);
  GHashTableIter iter;
  gpointer key;

  if (objects == NULL)
    return keys;
  g_hash_table_iter_init (&iter, objects);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (keys, *(gint64 *) key);
  return keys;
}
