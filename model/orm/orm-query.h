/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-expression.h"

G_BEGIN_DECLS

/* A SELECT over one class, as a value. */
typedef struct _OrmQuery OrmQuery;

OrmQuery                *orm_query_new (GType entity_type) G_GNUC_WARN_UNUSED_RESULT;
void orm_query_filter (OrmQuery *self, OrmExpression *expression); /* (transfer full); several mean AND */
void orm_query_order_by (OrmQuery *self, const char *column, gboolean descending);
void orm_query_limit (OrmQuery *self, gint64 limit);
void orm_query_offset (OrmQuery *self, gint64 offset);
void orm_query_free (OrmQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmQuery, orm_query_free)

G_END_DECLS
