/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-user-repository.h"

G_BEGIN_DECLS

/* Says whose notes are shown, and opens the menu of users. */
#define OCTAVO_TYPE_USER_BUTTON (octavo_user_button_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserButton, octavo_user_button, OCTAVO, USER_BUTTON, GtkWidget)

GtkWidget *octavo_user_button_new (OctavoUserRepository *users) G_GNUC_WARN_UNUSED_RESULT;
void       octavo_user_button_show (OctavoUserButton *self, gint64 user_id, gboolean everyone);
void       octavo_user_button_popdown (OctavoUserButton *self);

G_END_DECLS
