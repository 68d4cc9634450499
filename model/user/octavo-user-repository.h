/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-user.h"

G_BEGIN_DECLS

/* The people whose notes are in the file. Signal "changed" (): the list, or something of a user in it, is another. */
#define OCTAVO_TYPE_USER_REPOSITORY (octavo_user_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserRepository, octavo_user_repository, OCTAVO, USER_REPOSITORY, GObject)

/* All users by name, kept in step with the store; never empty once the store is open. (element-type OctavoUser)
 * (transfer none) */
GListModel *octavo_user_repository_get_list (OctavoUserRepository *self);

/* The user of that name (case folded), or NULL with OCTAVO_ERROR_NO_SUCH_USER. (transfer full) Blocks. */
OctavoUser *octavo_user_repository_find (OctavoUserRepository *self, const char *name, GError **error);

/* The user of that name, made where there is none; 0 with error, and then nobody was made. Blocks. */
gint64 octavo_user_repository_ensure (OctavoUserRepository *self, const char *name, GError **error);

/* The first user: made from the account's name when the file was made, unless that one is gone. Id, known as soon as
 * the store is open. */
gint64 octavo_user_repository_get_default_id (OctavoUserRepository *self);

/* In the list, NULL where there is none; and all of them, the first one first. */
OctavoUser *octavo_user_repository_get (OctavoUserRepository *self, gint64 id);
GPtrArray  *octavo_user_repository_list_by_age (OctavoUserRepository *self);

/* Changes, each in one transaction; who came is in the list, and who went is not, when the callback comes. */
void   octavo_user_repository_add_async (OctavoUserRepository *self,
                                         const char           *name,
                                         const char           *email,
                                         const char           *color,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64 octavo_user_repository_add_finish (OctavoUserRepository *self, GAsyncResult *result, GError **error);

/* NULL leaves a value as it is. */
void     octavo_user_repository_change_async (OctavoUserRepository *self,
                                              gint64                id,
                                              const char           *name,
                                              const char           *email,
                                              const char           *color,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean octavo_user_repository_change_finish (OctavoUserRepository *self, GAsyncResult *result, GError **error);

/* All notes of the user become the heir's, and go to the trash with to_trash. step_id (out) (optional): for
 * octavo_undo_run_async(), as below. */
void     octavo_user_repository_delete_async (OctavoUserRepository *self,
                                              gint64                id,
                                              gint64                heir_id,
                                              gboolean              to_trash,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean octavo_user_repository_delete_finish (OctavoUserRepository *self,
                                               GAsyncResult         *result,
                                               gint64               *step_id,
                                               GError              **error);

/* Notes become the user's; how many were another's before, -1 with error. */
void   octavo_user_repository_give_async (OctavoUserRepository *self,
                                          gint64                id,
                                          const gint64         *ids,
                                          gsize                 n_ids,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gint64 octavo_user_repository_give_finish (OctavoUserRepository *self,
                                           GAsyncResult         *result,
                                           gint64               *step_id,
                                           GError              **error);

G_END_DECLS
