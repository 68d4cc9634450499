/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-migration.h"
#include "orm-parameter.h"
#include "orm-rows.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The engine: one file, one thread that writes, readers with snapshots of their own, and the report of
 * what each commit changed. */
#define ORM_TYPE_DATABASE (orm_database_get_type ())
G_DECLARE_FINAL_TYPE (OrmDatabase, orm_database, ORM, DATABASE, GObject)

/* Work on a connection. Runs on a thread of the database; touches plain values only. FALSE with error rolls back. */
typedef gboolean (*OrmWork) (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);

/* Called for each new connection, on the thread that owns it: functions, tokenizers. */
typedef gboolean (*OrmConnectionSetup) (OrmConnection *connection, gpointer data, GError **error);

/* Called before the first step of a migration of a file that has tables, on the writing thread; FALSE stops the
 * opening. */
typedef gboolean (*OrmBeforeMigration) (const char *file, gpointer data, GError **error);

/* path: a file, or ":memory:" (shared between the connections of this database). */
OrmDatabase *orm_database_new (const char *path, OrmOpenFlags flags) G_GNUC_WARN_UNUSED_RESULT;
void         orm_database_set_application_id (OrmDatabase *self, gint32 application_id); /* of files of ours; 0: any */
void         orm_database_set_migrations (OrmDatabase *self, const OrmMigration *migrations, guint n_migrations);
void         orm_database_set_before_migration (OrmDatabase *self, OrmBeforeMigration func, gpointer data);
void         orm_database_set_busy_timeout (OrmDatabase *self, guint milliseconds);
void         orm_database_set_setup (OrmDatabase *self, OrmConnectionSetup setup, gpointer data);

/* Opens, checks that it is a database of ours, migrates. Blocks; any error leaves the file untouched. */
gboolean    orm_database_open (OrmDatabase *self, GCancellable *cancellable, GError **error);
void        orm_database_open_async (OrmDatabase        *self,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean    orm_database_open_finish (OrmDatabase *self, GAsyncResult *result, GError **error);
void        orm_database_close (OrmDatabase *self); /* waits for what was asked for; may run twice */

const char *orm_database_get_path (OrmDatabase *self);
gboolean    orm_database_is_read_only (OrmDatabase *self);

/* A transaction on the writing thread, in the order asked for. The plain form blocks the caller until it is
 * committed; the callback of the other comes on the caller's main context, after the commit. data must outlive the
 * call; with _async it is freed with destroy on the caller's context. */
gboolean orm_database_write (OrmDatabase *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error);
void     orm_database_write_async (OrmDatabase        *self,
                                   OrmWork             work,
                                   gpointer            data,
                                   GDestroyNotify      destroy,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
/* data (nullable, transfer none): what was handed in, for the callback to read the results from. */
gboolean orm_database_write_finish (OrmDatabase *self, GAsyncResult *result, gpointer *data, GError **error);

/* The same, for one of many parts: the commit does not wait for the disk, which orm_database_force() does at the end.
 */
gboolean orm_database_write_relaxed (OrmDatabase  *self,
                                     OrmWork       work,
                                     gpointer      data,
                                     GCancellable *cancellable,
                                     GError      **error);
void     orm_database_write_relaxed_async (OrmDatabase        *self,
                                           OrmWork             work,
                                           gpointer            data,
                                           GDestroyNotify      destroy,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
gboolean orm_database_force (OrmDatabase *self, GError **error);

/* The same for reading, in a snapshot, on a reading thread; cancelling interrupts the statement that runs. */
gboolean orm_database_read (OrmDatabase *self, OrmWork work, gpointer data, GCancellable *cancellable, GError **error);
void     orm_database_read_async (OrmDatabase        *self,
                                  OrmWork             work,
                                  gpointer            data,
                                  GDestroyNotify      destroy,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean orm_database_read_finish (OrmDatabase *self, GAsyncResult *result, gpointer *data, GError **error);

/* One statement in SQL with its parameters: the rows (transfer full); how many rows it changed, -1 with error, in a
 * transaction of its own. ORM_ERROR_INVALID where the parameters are not those of the statement. */
OrmRows *orm_database_select (OrmDatabase        *self,
                              const char         *sql,
                              const OrmParameter *parameters,
                              guint               n_parameters,
                              GCancellable       *cancellable,
                              GError            **error);
void     orm_database_select_async (OrmDatabase        *self,
                                    const char         *sql,
                                    const OrmParameter *parameters,
                                    guint               n_parameters,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
OrmRows *orm_database_select_finish (OrmDatabase *self, GAsyncResult *result, GError **error);
gint64   orm_database_execute (OrmDatabase        *self,
                               const char         *sql,
                               const OrmParameter *parameters,
                               guint               n_parameters,
                               GCancellable       *cancellable,
                               GError            **error);
void     orm_database_execute_async (OrmDatabase        *self,
                                     const char         *sql,
                                     const OrmParameter *parameters,
                                     guint               n_parameters,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gint64   orm_database_execute_finish (OrmDatabase *self, GAsyncResult *result, GError **error);

/* The one read-only connection of the thread that made the database (the main thread): for a page by key, nothing else.
 */
OrmConnection *orm_database_get_page_connection (OrmDatabase *self);

/* Looks whether another process has committed since; if so "changed" follows with is_everything. Main thread. */
void orm_database_poll (OrmDatabase *self);

/* The tables of the classes, where they are not there. */
gboolean orm_database_create_all (OrmDatabase  *self,
                                  const GType  *types,
                                  guint         n_types,
                                  GCancellable *cancellable,
                                  GError      **error);
void     orm_database_create_all_async (OrmDatabase        *self,
                                        const GType        *types,
                                        guint               n_types,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean orm_database_create_all_finish (OrmDatabase *self, GAsyncResult *result, GError **error);

/* Whether the tables in the file have the columns that the classes are mapped to; ORM_ERROR_MISMATCH names the first
 * that does not agree. */
gboolean orm_database_check_mapping (OrmDatabase  *self,
                                     const GType  *types,
                                     guint         n_types,
                                     GCancellable *cancellable,
                                     GError      **error);
void     orm_database_check_mapping_async (OrmDatabase        *self,
                                           const GType        *types,
                                           guint               n_types,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
gboolean orm_database_check_mapping_finish (OrmDatabase *self, GAsyncResult *result, GError **error);

/* Signals:
 *   "damaged" (): something of the file could not be read as it contradicts itself (SQLITE_CORRUPT), whoever asked; on
 *     the main context of the thread that made the database, coalesced
 *   "changed" (OrmChanges *changes): after each commit, on the main context of the thread that made the database,
 *     coalesced, nothing after a rollback; also for another process's
 *   "statement" (const char *sql, gint64 microseconds, gint64 rows): on the thread that ran it, before the call
 *     returns, so that tests and the bench can count; rows is -1 of BEGIN, COMMIT, ROLLBACK and savepoints */

G_END_DECLS
