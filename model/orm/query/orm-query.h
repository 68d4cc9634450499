/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-entity.h"
#include "orm-expression.h"

G_BEGIN_DECLS

/* How a query sorts by a column. Without either of the last two NULL is less than every value. */
typedef enum
{
  ORM_ORDER_ASCENDING = 0,
  ORM_ORDER_DESCENDING = 1 << 0,
  ORM_ORDER_NULLS_FIRST = 1 << 1,
  ORM_ORDER_NULLS_LAST = 1 << 2,
} OrmOrder;

typedef enum
{
  ORM_AGGREGATE_NONE, /* the column itself */
  ORM_AGGREGATE_COUNT,
  ORM_AGGREGATE_COUNT_DISTINCT,
  ORM_AGGREGATE_SUM,
  ORM_AGGREGATE_AVERAGE,
  ORM_AGGREGATE_MIN,
  ORM_AGGREGATE_MAX,
} OrmAggregate;

/* A SELECT over one class, as a value. */
typedef struct _OrmQuery OrmQuery;

OrmQuery                *orm_query_new (GType entity_type) G_GNUC_WARN_UNUSED_RESULT;
void orm_query_filter (OrmQuery *self, OrmExpression *expression); /* (transfer full); several mean AND */
void orm_query_order_by (OrmQuery *self, const char *column, OrmOrder order);
void orm_query_load_only (OrmQuery *self, const char *column, ...) G_GNUC_NULL_TERMINATED; /* not all columns */
void orm_query_limit (OrmQuery *self, gint64 limit);
void orm_query_offset (OrmQuery *self, gint64 offset);

/* The rows that come after that of an object, in an order made complete by the key; NULL: from the start. */
void orm_query_page (OrmQuery *self, OrmEntity *after, gint64 limit);

/* Relations to load with the rows, by a path of their names ("notes.tags"): a belongs-to in the same statement, or any
 * by one more statement each, however many rows there are. Those that are not named raise ORM_ERROR_NOT_LOADED. */
void orm_query_joined (OrmQuery *self, const char *path);
void orm_query_select_in (OrmQuery *self, const char *path);
void orm_query_raise (OrmQuery *self, const char *path);

/* Plain values instead of objects: see orm_session_select(). */
void orm_query_select (OrmQuery *self, OrmAggregate aggregate, const char *column); /* NULL: of rows, to be counted */
void orm_query_group_by (OrmQuery *self, const char *column);
void orm_query_having (OrmQuery    *self,
                       OrmAggregate aggregate,
                       const char  *column,
                       const char *
                       operator,
                       const OrmValue * value);
void orm_query_order_by_selected (OrmQuery *self, guint index, OrmOrder order);
void orm_query_distinct (OrmQuery *self);

void orm_query_free (OrmQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmQuery, orm_query_free)

G_END_DECLS
