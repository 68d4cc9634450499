/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-changes.h"
#include "orm-statement.h"

struct sqlite3;

G_BEGIN_DECLS

/* One SQLite connection with its cache of statements. It belongs to one thread at a time. */
typedef struct _OrmConnection OrmConnection;

typedef enum
{
  ORM_OPEN_DEFAULT = 0,
  ORM_OPEN_READ_ONLY = 1 << 0,
  ORM_OPEN_CREATE = 1 << 1,
  ORM_OPEN_MAY_READ_ONLY = 1 << 2, /* for reading only, where the file or its folder cannot be written */
} OrmOpenFlags;

OrmConnection *orm_connection_new (const char *path, OrmOpenFlags flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           orm_connection_free (OrmConnection *self);

/* The statement, reset and unbound, ready to bind. (transfer none) */
OrmStatement *orm_connection_prepare (OrmConnection *self, const char *sql, GError **error);
gboolean      orm_connection_execute (OrmConnection *self,
                                      const char    *sql,
                                      GError       **error); /* a script, without parameters */
gboolean      orm_connection_get_int64 (OrmConnection *self, const char *sql, gint64 *value, GError **error);

gboolean      orm_connection_begin (OrmConnection *self, GError **error); /* IMMEDIATE; nested: a savepoint */
gboolean      orm_connection_commit (OrmConnection *self, GError **error);
void          orm_connection_rollback (OrmConnection *self);

gint64        orm_connection_get_last_insert_id (OrmConnection *self);
gint64        orm_connection_get_n_changes (OrmConnection *self);
void          orm_connection_interrupt (OrmConnection *self); /* any thread */

/* Says that a row changed which SQLite's update hook does not see (a table without rowid). */
void orm_connection_report_change (OrmConnection *self, const char *table, OrmChangeKind kind, gint64 key);

/* More memory for work that writes all over a large file; 0: as at first. */
gboolean        orm_connection_set_cache (OrmConnection *self, guint mebibytes, GError **error);

struct sqlite3 *orm_connection_get_handle (OrmConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmConnection, orm_connection_free)

G_END_DECLS
