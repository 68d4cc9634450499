/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-eager.h"
#include "orm-query.h"
#include "orm-rows.h"
#include "orm-slot.h"
#include "orm-table-private.h"

G_BEGIN_DECLS

typedef struct
{
  const OrmColumn *column; /* NULL: a selected value */
  guint            selected;
  OrmOrder         order;
} OrmTerm;

struct _OrmQuery
{
  const OrmTable *table;
  OrmExpression  *filter;
  OrmEager       *eager;     /* (nullable): what is loaded beside its rows */
  guint64         columns;   /* bits of those that are loaded; 0: all */
  const char     *qualifier; /* of columns, where there are joins; else NULL */
  GArray         *order;     /* of OrmTerm */
  gint64          limit;     /* -1: none */
  gint64          offset;
  gboolean        is_page;
  GArray         *after; /* of OrmValue, one a term; NULL: from the start */
  GString        *selected;
  guint           n_selected;
  guint           n_aggregates; /* of these */
  GString        *group;
  GString        *having;
  GArray         *having_values; /* of OrmValue */
  gboolean        is_distinct;
  GError         *error;
};

/* Page mode: goes on after a row. */
void orm_query_set_after (OrmQuery *self, const OrmSlot *row);

/* Bits of the columns that its statement gives. */
guint64 orm_query_get_columns (const OrmQuery *self);

/* The statements; what is to be bound is appended to values (element-type OrmValue). NULL with ORM_ERROR_INVALID where
 * the query does not fit the mapping, or what is asked of it. (transfer full) */
char *orm_query_build (const OrmQuery *self, gint64 max_rows, GArray *values, GError **error); /* -1: its own limit */
char *orm_query_build_values (const OrmQuery *self, GArray *values, GError **error);
char *orm_query_build_count (const OrmQuery *self, GArray *values, GError **error);
char *orm_query_build_exists (const OrmQuery *self, GArray *values, GError **error);
char *orm_query_build_delete (const OrmQuery *self, GArray *values, GError **error);
char *orm_query_build_update (const OrmQuery      *self,
                              const OrmAssignment *assignments,
                              guint                n_assignments,
                              GArray              *values,
                              GError             **error);

char *orm_query_build_insert (const OrmTable      *table,
                              const OrmAssignment *assignments,
                              guint                n_assignments,
                              GArray              *values,
                              GError             **error);

/* Writes rows of the table between, and gives the keys that are told. */
char *orm_query_build_between (const OrmQuery        *self,
                               const OrmRelationInfo *relation,
                               gint64                 target,
                               gboolean               is_insert,
                               GArray                *values,
                               GError               **error);

G_END_DECLS
