/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity-private.h"

G_BEGIN_DECLS

/* The live objects of a session by table and key, held weakly: an object takes itself out when it is disposed. Private
 * to the mapper. */
typedef struct _OrmIdentityMap OrmIdentityMap;

OrmIdentityMap                *orm_identity_map_new (void);
void                           orm_identity_map_free (OrmIdentityMap *self);

/* (transfer none) (nullable) */
OrmEntity *orm_identity_map_lookup (OrmIdentityMap *self, const OrmTable *table, gint64 key);
void       orm_identity_map_add (OrmIdentityMap *self, OrmEntity *entity);
void       orm_identity_map_remove (OrmIdentityMap *self, OrmEntity *entity);

/* Tables that have live objects. (transfer container) */
GPtrArray *orm_identity_map_list_tables (OrmIdentityMap *self);

/* Keys of the live objects of a table. (transfer full) */
GArray *orm_identity_map_list_keys (OrmIdentityMap *self, const OrmTable *table);

G_END_DECLS
