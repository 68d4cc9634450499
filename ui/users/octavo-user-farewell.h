/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-user-repository.h"

G_BEGIN_DECLS

/* Asks what is to become of the notes of a user who goes. Signal "decided" (gint64 heir_id, gboolean to_trash): the
 * user is to be deleted. */
#define OCTAVO_TYPE_USER_FAREWELL (octavo_user_farewell_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserFarewell, octavo_user_farewell, OCTAVO, USER_FAREWELL, AdwMessageDialog)

/* n_notes: of the user, with the n_trashed that are in the trash. */
GtkWidget *octavo_user_farewell_new (OctavoUserRepository *users, OctavoUser *user, gint64 n_notes, gint64 n_trashed)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
