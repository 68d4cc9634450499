/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-user.h"

G_BEGIN_DECLS

#define OCTAVO_TYPE_USER_REPOSITORY (octavo_user_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserRepository, octavo_user_repository, OCTAVO, USER_REPOSITORY, GObject)

/* All users by name, kept in step with the store; never empty once the store is open. (element-type OctavoUser)
 * (transfer none) */
GListModel *octavo_user_repository_get_list (OctavoUserRepository *self);

/* The user of that name (case folded), or NULL with OCTAVO_ERROR_NO_SUCH_USER. (transfer full) Blocks. */
OctavoUser *octavo_user_repository_find (OctavoUserRepository *self, const char *name, GError **error);

/* The user of that name, made where there is none. Blocks. (transfer full) */
OctavoUser *octavo_user_repository_ensure (OctavoUserRepository *self, const char *name, GError **error);

/* The first user: made from the account's name when the file was made. Id, known as soon as the store is open. */
gint64 octavo_user_repository_get_default_id (OctavoUserRepository *self);

G_END_DECLS
