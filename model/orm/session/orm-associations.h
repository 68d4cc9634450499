/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-flush.h"
#include "orm-relation-private.h"
#include "orm-scope.h"

G_BEGIN_DECLS

/* Rows of the tables between, of many-to-many relations: what is to be inserted and deleted. Private to the mapper. */
typedef struct
{
  const OrmRelationInfo *relation; /* of owner: the side whose key is told */
  OrmEntity             *owner;
  OrmEntity             *target;
  gboolean               is_insert;
  guint                  position; /* in the list of the session, when that is looked up in */

  /* Taken by a commit: where the keys are. */
  gboolean          is_void; /* one of both goes, and its rows with it */
  gint64            owner_key;
  gint64            target_key;
  const OrmFlushOp *owner_operation; /* that inserts it, and has its key then */
  const OrmFlushOp *target_operation;
} OrmAssociation;

/* (element-type OrmAssociation) (transfer full) */
GPtrArray *orm_associations_new (void);
GPtrArray *orm_associations_copy (GPtrArray *associations);

/* Main thread: the session has these and no others for the next commit. (transfer full) list */
void orm_associations_replace (OrmSession *session, GPtrArray *list);

/* Main thread: notes for the next commit that an object was added or removed, unless that takes back what was noted. Of
 * objects without a session it is noted when they are added to one. */
void orm_associations_note (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to, gboolean is_insert);

/* All that an object without a session was related to. */
void orm_associations_note_all (OrmEntity *entity);

/* For the scope that is open: an object is taken out of all that it was related to, as its row is not there. */
void orm_associations_note_cut (OrmEntity *entity);

/* Main thread: those of the session go with a commit; they go back after one that failed. */
void orm_associations_take (OrmSession *session, OrmFlush *flush);
void orm_associations_give_back (OrmSession *session, OrmFlush *flush);

/* Relates and separates the objects again, from the last on. scope (nullable): remembers that. */
void orm_associations_undo (OrmSession *session, GPtrArray *associations, OrmScope *scope);

/* Writes one, of the side that is told; origin (nullable): who does. Writes those of a commit. Within a transaction. */
gboolean orm_associations_write_one (OrmConnection         *connection,
                                     const OrmRelationInfo *relation,
                                     gint64                 owner,
                                     gint64                 target,
                                     gboolean               is_insert,
                                     gconstpointer          origin,
                                     GError               **error);

gboolean orm_associations_write (OrmFlush *flush, OrmConnection *connection, GError **error);

G_END_DECLS
