/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-user-repository.h"

G_BEGIN_DECLS

/* The menu of users: whose notes to show, and what can be done with users. What is chosen are actions of the window. */
#define OCTAVO_TYPE_USER_POPOVER (octavo_user_popover_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserPopover, octavo_user_popover, OCTAVO, USER_POPOVER, GtkPopover)

GtkWidget *octavo_user_popover_new (OctavoUserRepository *users,
                                    gint64                user_id,
                                    gboolean              everyone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
