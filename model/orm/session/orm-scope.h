/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-session.h"

G_BEGIN_DECLS

/* A transaction of a session: what is written and deleted while it is open is kept as a whole or not at all. Its last
 * reference rolls it back, unless it was committed. One in another is a savepoint. Main thread only. */
#define ORM_TYPE_SCOPE (orm_scope_get_type ())
G_DECLARE_FINAL_TYPE (OrmScope, orm_scope, ORM, SCOPE, GObject)

/* (transfer full); blocks until the transaction is this session's. Other writers wait meanwhile. */
OrmScope *orm_session_begin (OrmSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void      orm_session_begin_async (OrmSession         *session,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
OrmScope *orm_session_begin_finish (OrmSession   *session,
                                    GAsyncResult *result,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes what is pending, and keeps all of it. Where something does not fit the scope is open still, and can be mended
 * or freed; orm_scope_is_open() tells. */
gboolean orm_scope_commit (OrmScope *self, GCancellable *cancellable, GError **error);
void     orm_scope_commit_async (OrmScope           *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean orm_scope_commit_finish (OrmScope *self, GAsyncResult *result, GError **error);

void     orm_scope_rollback (OrmScope *self); /* may run twice, and after a commit */
void     orm_scope_rollback_async (OrmScope *self, GAsyncReadyCallback callback, gpointer user_data);
void     orm_scope_rollback_finish (OrmScope *self, GAsyncResult *result);
gboolean orm_scope_is_open (OrmScope *self);

/* Writes what is pending into the open scope: queries in it see that, and new objects have their keys. */
gboolean orm_session_flush (OrmSession *session, GCancellable *cancellable, GError **error);
void     orm_session_flush_async (OrmSession         *session,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean orm_session_flush_finish (OrmSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
