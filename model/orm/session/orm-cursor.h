/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-session.h"

G_BEGIN_DECLS

/* The objects of a large query one after the other, of which only a batch is in memory at a time. Main thread only. */
typedef struct _OrmCursor OrmCursor;

OrmCursor                *orm_cursor_new (OrmSession *session,
                                          OrmQuery   *query,
                                          guint       batch_size) G_GNUC_WARN_UNUSED_RESULT; /* (transfer full) query */
void                      orm_cursor_free (OrmCursor *self);

/* (transfer full); NULL without an error at the end. */
gpointer orm_cursor_next (OrmCursor *self, GCancellable *cancellable, GError **error);
void     orm_cursor_next_async (OrmCursor          *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gpointer orm_cursor_next_finish (OrmCursor *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmCursor, orm_cursor_free)

G_END_DECLS
