/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which user wrote last in a file, and whether everyone's notes were shown. */
gboolean octavo_user_memory_recall (const char *path, gint64 *user_id, gboolean *everyone);
void     octavo_user_memory_keep (const char *path, gint64 user_id, gboolean everyone);

G_END_DECLS
