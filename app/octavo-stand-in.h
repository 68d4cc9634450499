/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is there while the file is moved, and no other window is. */
GtkWindow *octavo_stand_in_new (GtkApplication *application, gboolean is_returning) G_GNUC_WARN_UNUSED_RESULT;
void       octavo_stand_in_complain (GtkWindow *over, const char *heading, const char *message);

G_END_DECLS
