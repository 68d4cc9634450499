/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity-private.h"
#include "orm-relation-private.h"

G_BEGIN_DECLS

/* What is loaded of the relations of objects, as links from one object to another. Private to the mapper. */
typedef struct _OrmLink OrmLink;

struct _OrmLink
{
  OrmEntity             *from;
  OrmEntity             *to;
  const OrmRelationInfo *relation; /* of from */
  OrmLink               *previous; /* among those that lead to the same object */
  OrmLink               *next;
};

/* One relation of an object. */
typedef struct
{
  gboolean       is_loaded;
  OrmLink       *one;  /* of a belongs-to; NULL: there is none */
  GPtrArray     *many; /* of OrmLink, in order */
  OrmCollection *list; /* (transfer none) (nullable): shows many */
} OrmRelated;

struct _OrmLinks
{
  OrmRelated *related;    /* (nullable): those of the table */
  OrmLink    *incoming;   /* the first of those that lead here: they keep the object, by one reference */
  gboolean    is_unheld;  /* nothing but links keeps it */
  gboolean    is_suspect; /* it is to be seen whether it is to go */
};

/* NULL where nothing is known of it. */
OrmRelated *orm_links_peek (OrmEntity *entity, const OrmRelationInfo *relation);
gboolean    orm_links_is_loaded (OrmEntity *entity, const OrmRelationInfo *relation);
OrmEntity  *orm_links_get_one (OrmEntity *entity, const OrmRelationInfo *relation);
gboolean    orm_links_has (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to);

/* The order of a collection. */
int orm_links_compare (const OrmRelationInfo *relation, OrmEntity *a, OrmEntity *b);

/* Makes the relation a loaded one, without objects where it was not. */
OrmRelated *orm_links_ensure (OrmEntity *entity, const OrmRelationInfo *relation);

/* Both sides, as far as they are loaded. The first: loaded and to (nullable). The second: not loaded. */
void orm_links_set_one (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to);
void orm_links_unset_one (OrmEntity *from, const OrmRelationInfo *relation);

/* A belongs-to is what its column says, as far as that object is alive. */
void orm_links_follow_column (OrmEntity *from, const OrmRelationInfo *relation, gboolean is_loaded);

/* The same for those of the columns that no link says otherwise of: the object may be in a collection that was loaded
 * before it was there. */
void orm_links_follow_unlinked (OrmEntity *entity, guint64 columns);

/* Of a many-to-many: both sides, as far as they are loaded. FALSE where it is so already. */
gboolean orm_links_add (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to);
gboolean orm_links_remove (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to);

/* A collection as it was read: it is loaded, and has these and no other objects. */
void orm_links_set_many (OrmEntity *from, const OrmRelationInfo *relation, GPtrArray *objects);
void orm_links_unload (OrmEntity *from, const OrmRelationInfo *relation);

/* The object leaves its session. is_gone: its row is not there, and so it is in no collection. */
void orm_links_cut (OrmEntity *entity, gboolean is_gone);

/* The object has a key now. */
void orm_links_inserted (OrmEntity *entity);

/* Told by the object: a column has another value; it is being disposed. */
void orm_links_column_changed (OrmEntity *entity, guint column);
void orm_links_dispose (OrmEntity *entity);

/* orm-links-keep.c: what is kept by links. */
void orm_links_attach (OrmLink *link);
void orm_links_free (OrmLink *link);
void orm_links_end_keeping (OrmSession *session);
void orm_links_end_suspicion (OrmEntity *entity); /* nobody looks at it in a quiet moment */

/* Tells a list that shows a collection. */
void orm_collection_changed (OrmCollection *self, guint position, guint n_removed, guint n_added);

G_END_DECLS
