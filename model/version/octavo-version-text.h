/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A text as it is written down in a version. Any thread. */
GBytes *octavo_version_text_pack (const char *text, const char **format) G_GNUC_WARN_UNUSED_RESULT;
char   *octavo_version_text_unpack (GBytes *packed, const char *format, gint64 size, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean octavo_version_text_is_whole (gconstpointer packed, gsize length, const char *format, gint64 size);

G_END_DECLS
