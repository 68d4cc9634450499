/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-user-repository.h"

G_BEGIN_DECLS

/* Name, e-mail address and colour of a user. It stays open until they are in the file. Signal "saved" (gint64 id). */
#define OCTAVO_TYPE_USER_FORM (octavo_user_form_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserForm, octavo_user_form, OCTAVO, USER_FORM, AdwWindow)

/* user (nullable): somebody new */
GtkWidget *octavo_user_form_new (OctavoUserRepository *users, OctavoUser *user) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
