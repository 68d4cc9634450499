/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-relation-private.h"
#include "orm-slot.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is loaded beside the rows of a query: a tree of relations, each read with the rows that it starts from (a join)
 * or by one statement for all of them; and what was read. Private to the mapper. */
typedef struct _OrmEager OrmEager;

typedef struct
{
  gint64 owner;
  gint64 target;
} OrmPair;

struct _OrmEager
{
  const OrmTable        *table;
  const OrmRelationInfo *relation; /* NULL: the root */
  gboolean               is_joined;
  GPtrArray             *children; /* of OrmEager */

  /* Of reading. */
  int         first;  /* column of its statement */
  GHashTable *seen;   /* of gint64, owned: keys of the rows */
  GArray     *keys;   /* of gint64: the same in order */
  GArray     *rows;   /* of OrmSlot, those of a table in a row; none of the root */
  GArray     *pairs;  /* of OrmPair, of a collection: in its order */
  GArray     *wanted; /* of gint64, of a belongs-to: keys that the rows it starts from have */
  guint       n_taken;
};

OrmEager *orm_eager_new (const OrmTable *table);
OrmEager *orm_eager_copy (const OrmEager *self); /* (nullable) */
void      orm_eager_free (OrmEager *self);

/* Adds the relations of a path ("notes.tags"); the last is joined or not, those before it are what they are already, or
 * as is best. FALSE with ORM_ERROR_INVALID. */
gboolean orm_eager_add_path (OrmEager *self, const char *path, gboolean is_joined, GError **error);

/* Takes it away, with what comes after it. */
gboolean orm_eager_remove_path (OrmEager *self, const char *path, GError **error);

/* Whether the statement of the rows has joins; their columns, and the joins, for it. */
gboolean orm_eager_has_joins (const OrmEager *self);
void     orm_eager_append_columns (const OrmEager *self, const char *qualifier, guint64 columns, GString *sql);
void     orm_eager_append_joins (const OrmEager *self, const char *qualifier, GString *sql);

/* Before the root is read: where the columns are. For each of its rows: what is needed of it. */
void orm_eager_begin (OrmEager *self);
void orm_eager_see (OrmEager *self, OrmStatement *statement);
void orm_eager_see_key (OrmEager *self, gint64 key);

/* Reads the rest, in the same snapshot. An OrmWork. */
gboolean orm_eager_run (OrmConnection *connection, gpointer eager, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmEager, orm_eager_free)

G_END_DECLS
