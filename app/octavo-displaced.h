/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The file of notes is open, and is not at its place any more. */
guint64 octavo_displaced_get_disk (const char *path);
char   *octavo_displaced_dup_target (const char *path, guint64 disk);
char   *octavo_displaced_describe (const char *path, const char *target) G_GNUC_WARN_UNUSED_RESULT;
void    octavo_displaced_tell (GtkApplication *application, OctavoStore *store);

G_END_DECLS
