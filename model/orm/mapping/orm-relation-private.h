/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-relation.h"
#include "orm-table-private.h"

G_BEGIN_DECLS

/* A relation as the mapper knows it. What stands below the line is there once orm_table_resolve() said so. */
struct _OrmRelationInfo
{
  OrmRelation     declared;
  const char     *name;
  OrmRelationKind kind;
  const OrmTable *table;
  guint           index;    /* among the relations of the table */
  GParamSpec     *property; /* (nullable) */
  guint           column;   /* belongs-to: of table; has-many: of target */

  /* --- */
  const OrmTable        *target;
  const OrmRelationInfo *inverse; /* (nullable) */
  const char            *through;
  const char            *own_column;
  const char            *target_column;
  gboolean               is_owner; /* of the table between: its changes are told with the keys of this side */
  guint                  order;    /* the column of target */
};

/* Ids of the properties of relations: above those that a subclass gives. */
#define ORM_RELATION_FIRST_PROPERTY (1u << 16)

/* Looks up what the relations of a table name; once. FALSE with ORM_ERROR_INVALID, which names what does not agree. */
gboolean orm_table_resolve (const OrmTable *self, GError **error);

/* NULL with ORM_ERROR_INVALID where there is none of the name, or the declaration is wrong. */
const OrmRelationInfo *orm_table_find_relation (const OrmTable *self, const char *name, GError **error);

/* Whether the tables between are in the file. */
gboolean orm_table_check_relations (const OrmTable *self, OrmConnection *connection, GError **error);

static inline gboolean
orm_relation_is_collection (const OrmRelationInfo *self)
{
  return self->kind != ORM_RELATION_BELONGS_TO;
}

G_END_DECLS
