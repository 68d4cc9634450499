/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ORM_RELATION_BELONGS_TO,   /* a column of ours has the key of the other */
  ORM_RELATION_HAS_MANY,     /* the other side of that */
  ORM_RELATION_MANY_TO_MANY, /* a table between both has the keys of both */
} OrmRelationKind;

/* One relation of a class, declared once beside its columns. All strings are static. */
typedef struct
{
  const char     *name;
  OrmRelationKind kind;
  GType (*target) (void);
  const char *back_populates; /* the relation of the target that is the other side of this one; a has-many has one */
  const char *column;         /* belongs-to: of our table; many-to-many: of the table between, for our key */
  const char *through;        /* many-to-many: the table between. One side names it and its columns */
  const char *target_column;  /* many-to-many: of the table between, for the key of the target */
  const char *order_by;       /* of a collection: a column of the target; NULL: its key */
  gboolean    is_descending;
  const char *property; /* (nullable): installed for it: the object, or the GListModel; NULL while it is not loaded */
} OrmRelation;

/* In class_init, after orm_entity_class_map(). */
void orm_entity_class_add_relations (OrmEntityClass *klass, const OrmRelation *relations, guint n_relations);

/* Never reads: ORM_ERROR_NOT_LOADED where a relation was not loaded, ORM_ERROR_INVALID where there is none. */
gpointer orm_entity_get_related (OrmEntity  *self,
                                 const char *relation,
                                 GError    **error); /* (transfer none) (nullable) */
gboolean orm_entity_set_related (OrmEntity *self, const char *relation, gpointer target, GError **error);
gboolean orm_entity_is_loaded (OrmEntity *self, const char *relation);

/* The objects of a has-many or many-to-many, live. It holds the object that it belongs to. */
#define ORM_TYPE_COLLECTION (orm_collection_get_type ())
G_DECLARE_FINAL_TYPE (OrmCollection, orm_collection, ORM, COLLECTION, GObject)

OrmCollection *orm_entity_get_collection (OrmEntity  *self,
                                          const char *relation,
                                          GError    **error) G_GNUC_WARN_UNUSED_RESULT; /* (transfer full) */
guint          orm_collection_get_n_items (OrmCollection *self);
gpointer       orm_collection_peek (OrmCollection *self, guint position); /* (transfer none) (nullable) */
gboolean       orm_collection_contains (OrmCollection *self, gpointer entity);
void           orm_collection_add (OrmCollection *self, gpointer entity);
void           orm_collection_remove (OrmCollection *self, gpointer entity);

G_END_DECLS
