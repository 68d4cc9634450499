/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-plain.h"
#include "orm-query-private.h"
#include "orm-session-private.h"

/* What a query can be asked without making objects. Each call is one job (see orm-job.c) with one statement. */

typedef char *(*BuildFunc) (const OrmQuery *query, GArray *values, GError **error);

static OrmJob *
new_plain (OrmPlain *plain, gboolean writes)
{
  return orm_job_new_work (writes, orm_plain_run, plain, (GDestroyNotify) orm_plain_free);
}

static OrmJob *
new_query (OrmQuery *query, gboolean writes, BuildFunc build)
{
  OrmPlain *plain = orm_plain_new ();
  OrmJob *job = new_plain (plain, writes);

  plain->sql = build (query, plain->values, &plain->error);
  job->is_at_once = !writes;
  job->is_single = !writes;
  return job;
}

static OrmJob *
new_update (OrmQuery *query, const OrmAssignment *assignments, guint n_assignments)
{
  OrmPlain *plain = orm_plain_new ();

  plain->sql = orm_query_build_update (query, assignments, n_assignments, plain->values, &plain->error);
  return new_plain (plain, TRUE);
}

/* What the job gave; the first two are -1 and the last NULL where it failed, and job is NULL. */

static gint64
get_number (OrmJob *job)
{
  return job != NULL ? orm_plain_get_number (job->data) : -1;
}

static gint64
get_n_changed (OrmJob *job)
{
  return job != NULL ? ((OrmPlain *) job->data)->n_changed : -1;
}

static OrmRows *
take_rows (OrmJob *job)
{
  return job != NULL ? g_steal_pointer (&((OrmPlain *) job->data)->rows) : NULL;
}

/* NULL where it failed. */
static OrmJob *
call (OrmSession *self, OrmJob *job, GCancellable *cancellable, GError **error)
{
  return orm_session_call (self, job, cancellable, error) ? job : NULL;
}

/**
 * orm_session_count:
 * @self: a session
 * @query: (transfer none): what to count; its order does not matter, its limit does
 * @cancellable: (nullable): interrupts the counting
 * @error: return location
 *
 * Counts the rows of a query without reading them. What was not written is not seen.
 *
 * Returns: how many, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_count (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, -1);
  orm_session_assert_thread (self);

  job = new_query (query, FALSE, orm_query_build_count);
  return get_number (call (self, job, cancellable, error));
}

/**
 * orm_session_count_async:
 * @self: a session
 * @query: (transfer none): what to count; not needed after the call
 * @cancellable: (nullable): interrupts the counting
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Counts the rows of a query.
 */
void
orm_session_count_async (OrmSession *self,
                         OrmQuery *query,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_query (query, FALSE, orm_query_build_count), cancellable, callback, user_data);
}

/**
 * orm_session_count_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: as orm_session_count()
 */
gint64
orm_session_count_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return get_number (orm_session_finish (self, result, error));
}

/**
 * orm_session_exists:
 * @self: a session
 * @query: (transfer none): what to look for
 * @exists: (out): whether there is a row
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Looks whether a query has a row, without reading it.
 *
 * Returns: whether that could be read; else %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
orm_session_exists (OrmSession *self, OrmQuery *query, gboolean *exists, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL && exists != NULL, FALSE);
  orm_session_assert_thread (self);

  job = new_query (query, FALSE, orm_query_build_exists);
  if (!orm_session_call (self, job, cancellable, error))
    return FALSE;
  *exists = get_number (job) != 0;
  return TRUE;
}

/**
 * orm_session_exists_async:
 * @self: a session
 * @query: (transfer none): what to look for; not needed after the call
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Looks whether a query has a row, without reading it.
 */
void
orm_session_exists_async (OrmSession *self,
                          OrmQuery *query,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_query (query, FALSE, orm_query_build_exists), cancellable, callback, user_data);
}

/**
 * orm_session_exists_finish:
 * @self: a session
 * @result: what the callback got
 * @exists: (out): whether there is a row
 * @error: return location
 *
 * Returns: as orm_session_exists()
 */
gboolean
orm_session_exists_finish (OrmSession *self, GAsyncResult *result, gboolean *exists, GError **error)
{
  OrmJob *job = orm_session_finish (self, result, error);

  g_return_val_if_fail (exists != NULL, FALSE);

  if (job != NULL)
    *exists = get_number (job) != 0;
  return job != NULL;
}

/**
 * orm_session_select:
 * @self: a session
 * @query: (transfer none): what to read, with orm_query_select()
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads plain values: columns, counts, sums, groups. What was not written is not seen.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
OrmRows *
orm_session_select (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  job = new_query (query, FALSE, orm_query_build_values);
  return take_rows (call (self, job, cancellable, error));
}

/**
 * orm_session_select_async:
 * @self: a session
 * @query: (transfer none): what to read; not needed after the call
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads plain values.
 */
void
orm_session_select_async (OrmSession *self,
                          OrmQuery *query,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_query (query, FALSE, orm_query_build_values), cancellable, callback, user_data);
}

/**
 * orm_session_select_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_select()
 */
OrmRows *
orm_session_select_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return take_rows (orm_session_finish (self, result, error));
}

/**
 * orm_session_delete_all:
 * @self: a session
 * @query: (transfer none): which rows: conditions only
 * @cancellable: (nullable): interrupts the deletion, which is then undone
 * @error: return location
 *
 * Deletes rows by one statement, in a transaction of its own or that of the scope, without reading them. Live objects
 * of them are told as of what another deleted.
 *
 * Returns: how many, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_delete_all (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, -1);
  orm_session_assert_thread (self);

  job = new_query (query, TRUE, orm_query_build_delete);
  return get_n_changed (call (self, job, cancellable, error));
}

/**
 * orm_session_delete_all_async:
 * @self: a session
 * @query: (transfer none): which rows; not needed after the call
 * @cancellable: (nullable): interrupts the deletion, which is then undone
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Deletes rows by one statement; orm_session_update_all_finish() has the result.
 */
void
orm_session_delete_all_async (OrmSession *self,
                              OrmQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_query (query, TRUE, orm_query_build_delete), cancellable, callback, user_data);
}

/**
 * orm_session_update_all:
 * @self: a session
 * @query: (transfer none): which rows: conditions only
 * @assignments: (array length=n_assignments): what they are to have, copied
 * @n_assignments: at least one
 * @cancellable: (nullable): interrupts the change, which is then undone
 * @error: return location
 *
 * Changes rows by one statement, in a transaction of its own or that of the scope, without reading them. Live objects
 * of them take it up as what another wrote.
 *
 * Returns: how many, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_update_all (OrmSession *self,
                        OrmQuery *query,
                        const OrmAssignment *assignments,
                        guint n_assignments,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (OrmJob) job = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL && assignments != NULL && n_assignments > 0, -1);
  orm_session_assert_thread (self);

  job = new_update (query, assignments, n_assignments);
  return get_n_changed (call (self, job, cancellable, error));
}

/**
 * orm_session_update_all_async:
 * @self: a session
 * @query: (transfer none): which rows; not needed after the call
 * @assignments: (array length=n_assignments): what they are to have, copied
 * @n_assignments: at least one
 * @cancellable: (nullable): interrupts the change, which is then undone
 * @callback: (nullable): told on the caller's context, after the commit
 * @user_data: for @callback
 *
 * Changes rows by one statement.
 */
void
orm_session_update_all_async (OrmSession *self,
                              OrmQuery *query,
                              const OrmAssignment *assignments,
                              guint n_assignments,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL && assignments != NULL && n_assignments > 0);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_update (query, assignments, n_assignments), cancellable, callback, user_data);
}

/**
 * orm_session_update_all_finish:
 * @self: a session
 * @result: what the callback of orm_session_update_all_async() or orm_session_delete_all_async() got
 * @error: return location
 *
 * Returns: how many rows, or -1 with %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gint64
orm_session_update_all_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return get_n_changed (orm_session_finish (self, result, error));
}
