/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"
#include "orm-eager.h"
#include "orm-query.h"
#include "orm-slot.h"
#include "orm-table-private.h"

G_BEGIN_DECLS

/* Rows of one table on their way to the main thread. Private to the mapper. */
typedef struct
{
  const OrmTable *table;
  char           *sql;
  GArray         *values;  /* of OrmValue, to bind */
  GPtrArray      *names;   /* of a statement from outside: those of values; else NULL */
  guint64         columns; /* bits of those that the rows have */
  OrmEager       *eager;   /* (nullable): what is loaded beside them */
  GError         *error;   /* of building */
  GArray         *rows;    /* of OrmSlot, n_columns a row */
  guint           n_taken; /* rows whose values were moved away */
} OrmLoad;

OrmLoad *orm_load_new_query (const OrmQuery *query, gint64 max_rows); /* -1: the limit of the query */
OrmLoad *orm_load_new_sql (const OrmTable *table, const char *sql, const OrmParameter *parameters, guint n_parameters);
OrmLoad *orm_load_new_key (const OrmTable *table, gint64 key);
OrmLoad *orm_load_new_keys (const OrmTable *table, const gint64 *keys, gsize n_keys);
void     orm_load_free (OrmLoad *self);

/* An OrmWork: reads. */
gboolean orm_load_run (OrmConnection *connection, gpointer load, GCancellable *cancellable, GError **error);

/* The next row, whose values are the caller's to take or to clear. */
OrmSlot *orm_load_next (OrmLoad *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmLoad, orm_load_free)

G_END_DECLS
