/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-changes-private.h"
#include "orm-connection.h"
#include "orm-file.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define ORM_BUSY_MILLISECONDS 5000

/* Told of every statement that ended, on the thread that ran it. rows is -1 of one that begins or ends a transaction.
 */
typedef void (*OrmTraceFunc) (const char *sql, gint64 microseconds, gint64 rows, gpointer data);

/* Told of the rows that a commit changed, on the thread that committed. */
typedef void (*OrmCommitFunc) (const OrmChange *log, gsize n_log, gpointer data);

struct _OrmConnection
{
  sqlite3        *handle;
  GThread        *owner;       /* set by the first use */
  GHashTable     *statements;  /* SQL text to OrmStatement */
  GQueue          recent;      /* of OrmStatement, the last used first */
  gpointer        flush;       /* (transfer none): the OrmFlush that is being written */
  GCancellable   *cancellable; /* (transfer none): of the work that runs */
  sqlite3_stmt   *data_version;
  sqlite3_stmt   *schema_version;
  guint           newest_version; /* of the schema, that is known here; 0: nobody asks for it */
  guint           busy_timeout;   /* milliseconds */
  gint64          busy_since;     /* when it began to wait for another process */
  gboolean        read_only;
  gboolean        is_spoilt;  /* a savepoint could not be rolled back: all must be */
  gboolean        is_relaxed; /* commits do not wait for the disk */
  gboolean        is_still;   /* reads the file as it stands, as look says that it was */
  OrmFileLook     look;
  char           *file; /* (nullable): that is written to */
  OrmFileIdentity identity;
  gboolean        logs;         /* statements, to G_MESSAGES_DEBUG=orm-sql */
  gboolean        shows_values; /* in that log: ORM_SHOW_VALUES=1 */
  guint           depth;
  guint           marks[32];   /* the length of the log where each savepoint began */
  GArray         *log;         /* of OrmChange */
  const char     *last_table;  /* interned; the one of the last change */
  int             last_action; /* of the authorizer */
  OrmTraceFunc    trace;
  gpointer        trace_data;
  void (*damaged) (gpointer data); /* something could not be read as it contradicts itself */
  gpointer      damaged_data;
  OrmCommitFunc committed;
  gpointer      committed_data;
};

struct _OrmStatement
{
  OrmConnection *connection;
  sqlite3_stmt  *handle;
  GList          link;
  gint64         started;
  gint64         rows;
  int            bind_result; /* the first failure of a bind, told by the step */
  guint          active : 1;
  guint          done : 1;
};

OrmConnection *orm_connection_new_immutable (const char *path, GError **error);
void           orm_connection_claim (OrmConnection *self);
void           orm_connection_set_busy_timeout (OrmConnection *self, guint milliseconds);
void           orm_connection_set_error (OrmConnection *self, int result, const char *sql, GError **error);
gint64         orm_connection_get_data_version (OrmConnection *self);
void           orm_connection_log_change (OrmConnection *self, const char *table, OrmChangeKind kind, gint64 key);
void           orm_connection_deliver_changes (OrmConnection *self);
void           orm_connection_traced (OrmConnection *self, sqlite3_stmt *handle, gint64 microseconds, gint64 rows);

gboolean       orm_connection_end_left (OrmConnection *self, GError **error);
void           orm_connection_begin_relaxed (OrmConnection *self);
gboolean       orm_connection_end_relaxed (OrmConnection *self, GError **error);
gboolean       orm_connection_force (OrmConnection *self, GError **error);

/* Whether the file is another than the one that is read as it stood. */
gboolean orm_connection_is_outdated (OrmConnection *self, const char *path);

/* Marks the first change of the row among those of the log from start on as the doing of origin. */
void orm_connection_set_origin (OrmConnection *self,
                                guint          start,
                                const char    *table,
                                OrmChangeKind  kind,
                                gint64         key,
                                gconstpointer  origin);

/* Whether the open transaction has changed the row. */
gboolean      orm_connection_has_changed (OrmConnection *self, const char *table, gint64 key);

OrmStatement *orm_statement_new (OrmConnection *connection, sqlite3_stmt *handle);
void          orm_statement_free (OrmStatement *self);

/* The text or blob is not copied, and must live until the statement is reset. */
void orm_statement_bind_static_text (OrmStatement *self, int position, const char *text, gssize length);
void orm_statement_bind_static_blob (OrmStatement *self, int position, gconstpointer data, gsize length);

void orm_statement_unbind (OrmStatement *self);

static inline gboolean
orm_connection_is_traced (OrmConnection *self)
{
  return self->trace != NULL || self->logs;
}

G_END_DECLS
