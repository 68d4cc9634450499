/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* What SQLite does not say of a damaged file: that its log is damaged, that it is empty though there are backups of it.
 * For a file that is about to be opened, and is not open in this process. FALSE: OCTAVO_ERROR_CORRUPT */
gboolean octavo_damage_look (const char *path, GError **error);

/* The file could not be opened, and is closed again. Where that is because it is a damaged file of notes, and not
 * because it is something else, the error (of the mapper) becomes one that says so. */
void octavo_damage_explain (const char *path, GError **error);

/* A note with a text that nobody can have written; id (out): 0: none. */
gboolean octavo_damage_find_text (sqlite3 *file, gint64 *id, GError **error);

/* What is wrong with it, read from end to end; NULL: nothing. An error is one of reading at all. */
gboolean octavo_damage_find (const char *path, char **fault, GError **error);

G_END_DECLS
