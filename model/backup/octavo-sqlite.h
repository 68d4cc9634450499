/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A connection of SQLite's own, for files beside the one that the mapper has open. Errors are ORM_ERROR. Any thread,
 * one at a time. */
char         *octavo_sqlite_dup_uri (const char *path, gboolean may_write);
sqlite3      *octavo_sqlite_open (const char *path, int flags, GError **error);
gboolean      octavo_sqlite_set_error (sqlite3 *self, int result, GError **error); /* FALSE */
sqlite3_stmt *octavo_sqlite_prepare (sqlite3 *self, const char *sql, GError **error);
gboolean      octavo_sqlite_execute (sqlite3 *self, const char *sql, GError **error);
gboolean      octavo_sqlite_execute_text (sqlite3 *self, const char *sql, const char *text, GError **error);
gboolean      octavo_sqlite_get_int64 (sqlite3 *self, const char *sql, gint64 *value, GError **error);
gboolean      octavo_sqlite_get_text (sqlite3 *self, const char *sql, char **text, GError **error);
gboolean      octavo_sqlite_is_refusal (const char *verdict, GError **error);
gboolean      octavo_sqlite_has_known_format (sqlite3 *self);
char         *octavo_sqlite_quote_name (const char *name);

G_END_DECLS
