/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-user-repository.h"
#include "orm-connection.h"
#include "orm-session.h"

G_BEGIN_DECLS

/* OrmWork: makes the first user of a file that has none. */
gboolean octavo_user_repository_make_first (OrmConnection *connection,
                                            gpointer       data,
                                            GCancellable  *cancellable,
                                            GError       **error);

/* The id of the user of that name, made where there is none. On a connection inside of a transaction. */
gboolean octavo_user_repository_ensure_id (OrmConnection *connection, const char *name, gint64 *id, GError **error);

/* For the store: fills the list at once, and again in the background. */
gboolean octavo_user_repository_load (OctavoUserRepository *self, GError **error);
void     octavo_user_repository_refresh (OctavoUserRepository *self);

/* For what changes users. */
OrmSession *octavo_user_repository_get_session (OctavoUserRepository *self);
void        octavo_user_repository_return_when_read (OctavoUserRepository *self, GTask *task);

G_END_DECLS
