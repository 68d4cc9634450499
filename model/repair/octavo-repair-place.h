/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a damaged file goes, and how another takes its place. */

/* Locks it as nobody has it open. lock (out): to be closed in the end */
gboolean octavo_repair_place_lock (const char *path, int *lock, GError **error);

/* Nothing is left beside a locked file of who only read it. */
void octavo_repair_place_tidy (const char *path);

/* Leaves nothing beside a file that had nothing beside it, and was read. */
gboolean octavo_repair_place_has_companions (const char *path);
void     octavo_repair_place_tidy_read (const char *path);

/* Keeps the file, and its log, under another name, and gives its name to another file of the same folder. kept (out) */
gboolean octavo_repair_place_put (const char *temporary, const char *path, char **kept, GError **error);

/* Takes back what octavo_repair_place_put() had begun when the process ended, so that the file has its log again. */
void octavo_repair_place_clean (const char *path);

G_END_DECLS
