/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/* What an object was before a scope changed it. Private to the mapper. */
typedef struct _OrmUndo OrmUndo;

OrmUndo                *orm_undo_new (OrmSession *session, OrmEntity *entity);
void                    orm_undo_free (OrmUndo *self);

/* Its values as well, which not every change touches. */
void orm_undo_keep_values (OrmUndo *self);

/* The last first: of two objects of one row the one stays that was there before. */
int orm_undo_compare (gconstpointer a, gconstpointer b);

/* Takes the values of a later one of the same object, which changed them first. */
void orm_undo_merge (OrmUndo *self, OrmUndo *later);

/* In two steps for all: no object of the session has its key, then each has what it had, in their order. */
void orm_undo_prepare (OrmUndo *self, OrmSession *session);
void orm_undo_apply (OrmUndo *self, OrmSession *session);

/* When all have it: its relations are those of its values. */
void orm_undo_relate (OrmUndo *self);

G_END_DECLS
