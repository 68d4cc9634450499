/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"
#include "octavo-window.h"

G_BEGIN_DECLS

/* What the words of a call mean for the file and the folder that it is about. */
gint64 octavo_launch_user_find (OctavoStore *store, const char *name);
gint64 octavo_launch_user_recall (OctavoStore *store, gboolean *is_alone);
gint64 octavo_launch_user_get_scope (OctavoStore *store);
void   octavo_launch_user_complain (GtkWindow *window, const char *name);
void   octavo_launch_user_choose (OctavoWindow *window, OctavoStore *store, const char *name);
void   octavo_launch_user_resolve_files (GApplicationCommandLine *command_line, GStrv files);

G_END_DECLS
