/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A log that was left beside a file which is not the one that it was written for. Any thread; blocks for a moment. */
gboolean octavo_stray_log_set_aside (const char *path, char **notice, GError **error);
gboolean octavo_stray_log_check (const char *path, GError **error);
void     octavo_stray_log_remember (const char *path);
void     octavo_stray_log_forget (const char *path);

G_END_DECLS
