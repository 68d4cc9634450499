/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"
#include "orm-entity.h"
#include "orm-query.h"
#include "orm-relation.h"
#include "orm-rows.h"

G_BEGIN_DECLS

/* A unit of work with an identity map: one live object a row, held weakly. Main thread only; what it
 * reads and writes crosses to the threads of the database as plain values. */
#define ORM_TYPE_SESSION (orm_session_get_type ())
G_DECLARE_FINAL_TYPE (OrmSession, orm_session, ORM, SESSION, GObject)

OrmSession  *orm_session_new (OrmDatabase *database) G_GNUC_WARN_UNUSED_RESULT;
OrmDatabase *orm_session_get_database (OrmSession *self);

void         orm_session_add (OrmSession *self, OrmEntity *entity); /* inserted by the next commit */
void         orm_session_delete (OrmSession *self, OrmEntity *entity);
void         orm_session_expunge (OrmSession *self, OrmEntity *entity);
void         orm_session_add_all (OrmSession *self, GPtrArray *entities);
void         orm_session_expunge_all (OrmSession *self);

/* The live object of the same row, with the values of a detached one; added where there is no such row. (transfer full)
 */
gpointer orm_session_merge (OrmSession *self, OrmEntity *entity, GCancellable *cancellable, GError **error);
void     orm_session_merge_async (OrmSession         *self,
                                  OrmEntity          *entity,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gpointer orm_session_merge_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* What the next commit writes. (element-type OrmEntity) (transfer full) */
gboolean   orm_session_is_modified (OrmSession *self);
GPtrArray *orm_session_list_pending (OrmSession *self, OrmChangeKind kind);

/* Whether a commit fails with ORM_ERROR_STALE where a column that it writes is not in the file what it was when it was
 * read, or a row that it deletes is not. FALSE at first: the last writer wins, and ORM_ERROR_STALE is of rows that are
 * changed and gone. */
void orm_session_set_checks_stale (OrmSession *self, gboolean checks_stale);

/* The values of the file, now; unsaved changes of the object are dropped. */
gboolean orm_session_refresh (OrmSession *self, OrmEntity *entity, GCancellable *cancellable, GError **error);
void     orm_session_refresh_async (OrmSession         *self,
                                    OrmEntity          *entity,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean orm_session_refresh_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* The live object of a row without reading. (nullable) (transfer full) */
gpointer orm_session_lookup (OrmSession *self, GType type, gint64 key);

/* (transfer full); ORM_ERROR_NO_ROW where there is none. */
gpointer orm_session_get (OrmSession *self, GType type, gint64 key, GCancellable *cancellable, GError **error);
void     orm_session_get_async (OrmSession         *self,
                                GType               type,
                                gint64              key,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gpointer orm_session_get_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* (element-type OrmEntity) (transfer full) */
GPtrArray *orm_session_all (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error);
void       orm_session_all_async (OrmSession         *self,
                                  OrmQuery           *query,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
GPtrArray *orm_session_all_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* Of a query: the first object, NULL without an error where there is none; the only one, with ORM_ERROR_NO_ROW or
 * ORM_ERROR_MANY_ROWS. (transfer full) */
gpointer orm_session_first (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error);
void     orm_session_first_async (OrmSession         *self,
                                  OrmQuery           *query,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gpointer orm_session_first_finish (OrmSession *self, GAsyncResult *result, GError **error);
gpointer orm_session_one (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error);
void     orm_session_one_async (OrmSession         *self,
                                OrmQuery           *query,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gpointer orm_session_one_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* Relations of objects that are there, by one statement for all of them. (element-type OrmEntity) */
gboolean orm_session_load (OrmSession   *self,
                           GPtrArray    *entities,
                           const char   *path,
                           GCancellable *cancellable,
                           GError      **error);
void     orm_session_load_async (OrmSession         *self,
                                 GPtrArray          *entities,
                                 const char         *path,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean orm_session_load_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* The objects of a statement in SQL that gives all columns of the mapping. (element-type OrmEntity) (transfer full) */
GPtrArray *orm_session_all_sql (OrmSession         *self,
                                GType               type,
                                const char         *sql,
                                const OrmParameter *parameters,
                                guint               n_parameters,
                                GCancellable       *cancellable,
                                GError            **error);
void       orm_session_all_sql_async (OrmSession         *self,
                                      GType               type,
                                      const char         *sql,
                                      const OrmParameter *parameters,
                                      guint               n_parameters,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data); /* orm_session_all_finish() */

/* Without reading rows: how many; -1 with error. Whether there is one. */
gint64   orm_session_count (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error);
void     orm_session_count_async (OrmSession         *self,
                                  OrmQuery           *query,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gint64   orm_session_count_finish (OrmSession *self, GAsyncResult *result, GError **error);
gboolean orm_session_exists (OrmSession   *self,
                             OrmQuery     *query,
                             gboolean     *exists,
                             GCancellable *cancellable,
                             GError      **error);
void     orm_session_exists_async (OrmSession         *self,
                                   OrmQuery           *query,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean orm_session_exists_finish (OrmSession *self, GAsyncResult *result, gboolean *exists, GError **error);

/* Plain values of a query with orm_query_select(). (transfer full) */
OrmRows *orm_session_select (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error);
void     orm_session_select_async (OrmSession         *self,
                                   OrmQuery           *query,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
OrmRows *orm_session_select_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* One statement for all rows of a query, in a transaction of its own: how many; -1 with error. The finish is that of
 * both. */
gint64 orm_session_delete_all (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error);
void   orm_session_delete_all_async (OrmSession         *self,
                                     OrmQuery           *query,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gint64 orm_session_update_all (OrmSession          *self,
                               OrmQuery            *query,
                               const OrmAssignment *assignments,
                               guint                n_assignments,
                               GCancellable        *cancellable,
                               GError             **error);
void   orm_session_update_all_async (OrmSession          *self,
                                     OrmQuery            *query,
                                     const OrmAssignment *assignments,
                                     guint                n_assignments,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gint64 orm_session_update_all_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* Rows without objects: values row after row, in the order of columns. */
gboolean orm_session_bulk_insert (OrmSession        *self,
                                  GType              type,
                                  const char *const *columns,
                                  guint              n_columns,
                                  const OrmValue    *values,
                                  gsize              n_rows,
                                  GCancellable      *cancellable,
                                  GError           **error);
void     orm_session_bulk_insert_async (OrmSession         *self,
                                        GType               type,
                                        const char *const  *columns,
                                        guint               n_columns,
                                        const OrmValue     *values,
                                        gsize               n_rows,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean orm_session_bulk_insert_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* Writes what was added, changed and deleted in one transaction. On an error nothing is written and the changes stay
 * pending, so that a second try writes them. A value set while an _async commit runs stays dirty for the next. */
gboolean orm_session_commit (OrmSession *self, GCancellable *cancellable, GError **error);
void     orm_session_commit_async (OrmSession         *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean orm_session_commit_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* The same, with more work in the same transaction, after what the session writes; live objects take up what it
 * changes in their rows. For _async data is freed with destroy on the caller's context. */
gboolean orm_session_commit_with (OrmSession   *self,
                                  OrmWork       work,
                                  gpointer      data,
                                  GCancellable *cancellable,
                                  GError      **error);
void     orm_session_commit_with_async (OrmSession         *self,
                                        OrmWork             work,
                                        gpointer            data,
                                        GDestroyNotify      destroy,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);

/* The same, with the work before what the session writes: it sees the rows as they were. */
gboolean orm_session_commit_after (OrmSession   *self,
                                   OrmWork       work,
                                   gpointer      data,
                                   GCancellable *cancellable,
                                   GError      **error);
void     orm_session_commit_after_async (OrmSession         *self,
                                         OrmWork             work,
                                         gpointer            data,
                                         GDestroyNotify      destroy,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);

/* For the work of orm_session_commit_with(): the key that an object got in this commit; 0 where the commit does not
 * insert it. The object is a mere name here, and is not looked into. */
gint64 orm_session_get_inserted_key (OrmConnection *connection, gconstpointer entity);

void   orm_session_rollback (OrmSession *self); /* objects get back the values they were read with */

G_END_DECLS
