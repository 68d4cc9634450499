/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that gets its name once it is whole and on the disk, and never takes that of another. */
char    *octavo_new_file_make_temporary (const char *path, int *descriptor, GError **error);
gboolean octavo_new_file_make_folder (const char *path);
gboolean octavo_new_file_sync (const char *path);
gboolean octavo_new_file_put_in_place (const char *temporary, const char *path, GError **error);

G_END_DECLS
