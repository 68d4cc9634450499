/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-user-repository.h"

G_BEGIN_DECLS

/* A choice of one of the users, without one of them. */
GtkWidget *octavo_user_drop_down_new (OctavoUserRepository *users,
                                      gint64                without_id,
                                      const char           *label) G_GNUC_WARN_UNUSED_RESULT;
gint64     octavo_user_drop_down_get_id (GtkWidget *drop_down); /* 0 where there is nobody */

G_END_DECLS
