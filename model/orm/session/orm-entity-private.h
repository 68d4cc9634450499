/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity.h"
#include "orm-slot.h"
#include "orm-table-private.h"

G_BEGIN_DECLS

typedef struct _OrmSession OrmSession;
typedef struct _OrmFlushOp OrmFlushOp;
typedef struct _OrmLinks   OrmLinks;

typedef enum
{
  ORM_ENTITY_DETACHED,   /* of no session, or its row is deleted */
  ORM_ENTITY_PENDING,    /* added, not yet inserted */
  ORM_ENTITY_PERSISTENT, /* has a row */
} OrmEntityState;

/* What the session knows of an object. */
typedef struct
{
  OrmSession    *session;   /* (transfer none): it lets go of its objects when it goes */
  OrmFlushOp    *operation; /* what a commit that runs writes of it */
  OrmLinks      *links;     /* (nullable): to related objects */
  OrmSlot       *originals; /* what the columns of dirty and of kept had in the database when their change began */
  OrmSlot       *latest;    /* (nullable): what those of newer have there now */
  guint64        dirty;
  guint64        newer;    /* dirty columns that another has changed since */
  guint64        kept;     /* clean columns that another has changed since the deletion of the object was asked for */
  guint64        unloaded; /* neither read nor, unless they are dirty, set */
  guint64        again;    /* dirtied since the commit that runs began */
  guint          written;  /* the number of the commit that wrote it last */
  OrmEntityState state;
  guint          is_enlisted : 1;
  guint          is_deleted : 1;  /* by the next commit */
  guint          is_for_row : 1;  /* made without defaults */
  guint          is_gone : 1;     /* another deleted its row */
  guint          has_written : 1; /* a commit of its session wrote it: it knows what the session is told of its own */
} OrmEntityPrivate;

OrmEntityPrivate *orm_entity_get_private (OrmEntity *self);

void              orm_entity_assert_thread (OrmEntity *self);

static inline const OrmTable *
orm_entity_get_table (OrmEntity *self)
{
  return ORM_ENTITY_GET_CLASS (self)->table;
}

/* Without the defaults of its columns. (transfer full) */
OrmEntity *orm_entity_new_for_row (const OrmTable *table);

/* Values from the database, moved out of row. load: into a new object; refresh: into its clean columns, notifying;
 * is_own: they came about by what was written of the object, and by no other. */
void orm_entity_load (OrmEntity *self, OrmSlot *row, guint64 columns);
void orm_entity_refresh (OrmEntity *self, OrmSlot *row, guint64 columns, gboolean is_own);

/* The values in the database as far as they are known, still owned by the object. (transfer container) */
OrmSlot  orm_entity_peek_written (OrmEntity *self, guint index);
OrmSlot *orm_entity_peek_row (OrmEntity *self);

/* What the column had when its change, or the deletion of the object, began, still owned by the object. */
OrmSlot orm_entity_peek_original (OrmEntity *self, guint index);

/* Lets go of all that is known beside the values; the deletion is not asked for any more. */
void orm_entity_forget_originals (OrmEntity *self);
void orm_entity_forget_deletion (OrmEntity *self);

/* Back to the values in the database, or to those that a running commit is about to put there. */
void orm_entity_restore (OrmEntity *self);

/* Whether the field has the value; takes another one, which becomes the object's own. */
gboolean orm_entity_has (OrmEntity *self, guint index, OrmSlot value);
void     orm_entity_take (OrmEntity *self, guint index, OrmSlot value);

/* Sets what another object has and this has not. */
void orm_entity_take_values (OrmEntity *self, OrmEntity *from, gboolean with_key);

/* Sets the key of another row, also where it is the same as before, so that it is written. */
void orm_entity_take_key (OrmEntity *self, guint column, gint64 key);

/* The property of a relation. FALSE where the id is of none. */
gboolean orm_entity_get_relation_property (OrmEntity *self, guint id, GValue *value);
gboolean orm_entity_set_relation_property (OrmEntity *self, guint id, const GValue *value);

/* The end of a commit. */
void orm_entity_inserted (OrmEntity *self, OrmFlushOp *operation);
void orm_entity_updated (OrmEntity *self, OrmFlushOp *operation);

G_END_DECLS
