/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-query.h"
#include "orm-rows.h"

G_BEGIN_DECLS

/* Queries within work on a connection (OrmWork), on its thread: plain values, in the transaction of the work. -1 or
 * NULL with error. */
OrmRows *orm_query_read (OrmQuery *self, OrmConnection *connection, GError **error);
gint64   orm_query_count (OrmQuery *self, OrmConnection *connection, GError **error);
gint64   orm_query_delete (OrmQuery *self, OrmConnection *connection, GError **error);
gint64   orm_query_update (OrmQuery            *self,
                           OrmConnection       *connection,
                           const OrmAssignment *assignments,
                           guint                n_assignments,
                           GError             **error);

/* All its rows with one other, or without it, by a many-to-many: how many were not so before. */
gint64 orm_query_relate (OrmQuery      *self,
                         OrmConnection *connection,
                         const char    *relation,
                         gint64         target,
                         GError       **error);
gint64 orm_query_separate (OrmQuery      *self,
                           OrmConnection *connection,
                           const char    *relation,
                           gint64         target,
                           GError       **error);

/* One row, without a query, for work that goes through many. */
gboolean orm_connection_find (OrmConnection  *self,
                              GType           type,
                              const char     *column,
                              const OrmValue *value,
                              gint64         *key, /* (out): 0 where there is none */
                              GError        **error);
gboolean orm_connection_relate (OrmConnection *self,
                                GType          type,
                                const char    *relation,
                                gint64         key,
                                gint64         target,
                                GError       **error);

/* Its key; 0 with error. */
gint64 orm_connection_insert (OrmConnection       *self,
                              GType                type,
                              const OrmAssignment *assignments,
                              guint                n_assignments,
                              GError             **error);

G_END_DECLS
