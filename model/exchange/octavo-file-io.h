/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define OCTAVO_FILE_IO_MAX_BYTES (200 * 1000 * 1000)

char    *octavo_file_io_read (const char *path, gsize *length, gint64 *created, gint64 *updated, GError **error);
gboolean octavo_file_io_write_new (const char *folder,
                                   const char *name,
                                   const char *bytes,
                                   gsize       length,
                                   gint64      updated,
                                   GError    **error);

G_END_DECLS
