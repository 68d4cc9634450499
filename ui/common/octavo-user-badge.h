/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A disc in the colour of a user, with the initials. It says nothing to a screen reader: the name stands beside it. */
#define OCTAVO_TYPE_USER_BADGE (octavo_user_badge_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUserBadge, octavo_user_badge, OCTAVO, USER_BADGE, GtkWidget)

GtkWidget *octavo_user_badge_new (void) G_GNUC_WARN_UNUSED_RESULT;
void       octavo_user_badge_set (OctavoUserBadge *self, const char *name, const char *color, gint64 id);

/* The first letters of the first and of the last word. (transfer full) */
char *octavo_user_badge_dup_initials (const char *name);

G_END_DECLS
