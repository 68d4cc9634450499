/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"
#include "orm-query-private.h"
#include "orm-session-private.h"

/* Rows that become objects. Each call is one job (see orm-job.c): the statement runs on a thread of the database, and
 * the objects are made at its end, on that of the session. */

typedef enum
{
  READ_KEY,
  READ_ALL,
  READ_FIRST,
  READ_ONE,
} ReadKind;

typedef struct
{
  OrmLoad *load;
  ReadKind kind;
  gint64 key;
  guint n_recent;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  orm_load_free (self->load);
  g_free (self);
}

static gboolean
reading_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_load_run (connection, ((Reading *) data)->load, cancellable, error);
}

static void
set_no_row (const char *table, gint64 key, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_NO_ROW, "There is no row %" G_GINT64_FORMAT " of %s", key, table);
}

/* Only a query for all its objects, and for the first, may have none. */
static gboolean
reading_check (const Reading *self, guint n_objects, GError **error)
{
  const char *table = self->load->table->name;

  if (self->kind == READ_KEY && n_objects == 0)
    set_no_row (table, self->key, error);
  else if (self->kind == READ_ONE && n_objects == 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NO_ROW, "No row of %s is what was asked for", table);
  else if (self->kind == READ_ONE && n_objects > 1)
    g_set_error (error, ORM_ERROR, ORM_ERROR_MANY_ROWS, "More than one row of %s is what was asked for", table);
  else
    return TRUE;
  return FALSE;
}

static gboolean
reading_end (OrmJob *job, GError **error)
{
  Reading *self = job->data;
  g_autoptr (GPtrArray) objects = orm_session_end_read (job->owner, job, self->load, self->n_recent);

  if (!job->succeeded || !reading_check (self, objects->len, error))
    return FALSE;
  if (self->kind == READ_ALL)
    {
      job->result = g_steal_pointer (&objects);
      job->free_result = (GDestroyNotify) g_ptr_array_unref;
    }
  else if (objects->len > 0)
    {
      job->result = g_object_ref (objects->pdata[0]);
      job->free_result = g_object_unref;
    }
  return TRUE;
}

/* (transfer full) load */
static OrmJob *
new_reading (OrmSession *self, ReadKind kind, OrmLoad *load)
{
  Reading *reading = g_new0 (Reading, 1);
  OrmJob *job = orm_job_new_work (FALSE, reading_run, reading, reading_free);

  reading->kind = kind;
  reading->load = load;
  reading->n_recent = orm_session_begin_read (self);
  job->owner = self;
  job->end = reading_end;
  job->is_at_once = TRUE;
  job->is_single = load->eager == NULL && load->names == NULL;
  return job;
}

static OrmJob *
new_key (OrmSession *self, const OrmTable *table, gint64 key)
{
  OrmJob *job = new_reading (self, READ_KEY, orm_load_new_key (table, key));

  ((Reading *) job->data)->key = key;
  return job;
}

/* At once, without a job: no report can come in between, so that there is nothing that the row could have missed. */
static gpointer
read_page (OrmSession *self,
           OrmConnection *page,
           const OrmTable *table,
           gint64 key,
           GCancellable *cancellable,
           GError **error)
{
  OrmSlot row[ORM_TABLE_MAX_COLUMNS];
  OrmStatement *statement;
  OrmStep step;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  statement = orm_connection_prepare (page, table->select_key, error);
  if (statement == NULL)
    return NULL;
  orm_statement_bind_int64 (statement, 1, key);
  step = orm_statement_step (statement, error);
  for (guint i = 0; step == ORM_STEP_ROW && i < table->n_columns; i++)
    row[i] = orm_slot_read (table->columns[i].type, statement, (int) i);
  /* An object that follows its row tells others of that, who may read. */
  orm_statement_reset (statement);

  if (step == ORM_STEP_ROW)
    return orm_session_materialize (self, table, row);
  if (step == ORM_STEP_DONE)
    set_no_row (table->name, key, error);
  return NULL;
}

/* (transfer full) job */
static gpointer
call (OrmSession *self, OrmJob *job, GCancellable *cancellable, GError **error)
{
  G_GNUC_UNUSED g_autoptr (OrmJob) held = job;

  return orm_session_call (self, job, cancellable, error) ? orm_job_take_result (job) : NULL;
}

static gpointer
finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  OrmJob *job = orm_session_finish (self, result, error);

  return job != NULL ? orm_job_take_result (job) : NULL;
}

/**
 * orm_session_get:
 * @self: a session
 * @type: of the object
 * @key: of its row
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Gives the object of a row; reads only where it is not alive.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with %ORM_ERROR (%ORM_ERROR_NO_ROW where there is none) or
 * %G_IO_ERROR_CANCELLED
 */
gpointer
orm_session_get (OrmSession *self, GType type, gint64 key, GCancellable *cancellable, GError **error)
{
  gpointer entity = orm_session_lookup (self, type, key);
  OrmConnection *page;

  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  if (entity != NULL)
    return entity;
  /* A scope has a transaction of its own. */
  page = self->scope == NULL ? orm_database_borrow_page (self->database) : NULL;
  if (page != NULL)
    return read_page (self, page, orm_table_for_type (type), key, cancellable, error);
  return call (self, new_key (self, orm_table_for_type (type), key), cancellable, error);
}

/**
 * orm_session_get_async:
 * @self: a session
 * @type: of the object
 * @key: of its row
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Gives the object of a row; reads only where it is not alive.
 */
void
orm_session_get_async (OrmSession *self,
                       GType type,
                       gint64 key,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  gpointer entity = orm_session_lookup (self, type, key);
  OrmJob *job;

  g_return_if_fail (ORM_IS_SESSION (self));

  if (entity == NULL)
    {
      orm_session_call_async (self, new_key (self, orm_table_for_type (type), key), cancellable, callback, user_data);
      return;
    }
  job = orm_job_new (ORM_JOB_WORK);
  job->succeeded = TRUE;
  job->result = entity;
  job->free_result = g_object_unref;
  orm_job_take_task (job, g_task_new (self, cancellable, callback, user_data));
  orm_job_return (job);
}

/**
 * orm_session_get_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_get()
 */
gpointer
orm_session_get_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

/**
 * orm_session_all:
 * @self: a session
 * @query: (transfer none): what to read
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads the rows of a query. Those with a live object give that object as it is, unsaved changes and all.
 *
 * Returns: (element-type OrmEntity) (transfer full) (nullable): the objects, or %NULL with %ORM_ERROR
 * (%ORM_ERROR_INVALID where the query does not fit the mapping) or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
orm_session_all (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  return call (self, new_reading (self, READ_ALL, orm_load_new_query (query, -1)), cancellable, error);
}

/**
 * orm_session_all_async:
 * @self: a session
 * @query: (transfer none): what to read; not needed after the call
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads the rows of a query.
 */
void
orm_session_all_async (OrmSession *self,
                       OrmQuery *query,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_reading (self, READ_ALL, orm_load_new_query (query, -1)), cancellable, callback,
                          user_data);
}

/**
 * orm_session_all_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_all()
 */
GPtrArray *
orm_session_all_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

/**
 * orm_session_first:
 * @self: a session
 * @query: (transfer none): what to read
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads the first row of a query and no other.
 *
 * Returns: (transfer full) (nullable): the object; %NULL without an error where there is none, else with %ORM_ERROR or
 * %G_IO_ERROR_CANCELLED
 */
gpointer
orm_session_first (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  return call (self, new_reading (self, READ_FIRST, orm_load_new_query (query, 1)), cancellable, error);
}

/**
 * orm_session_first_async:
 * @self: a session
 * @query: (transfer none): what to read; not needed after the call
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads the first row of a query and no other.
 */
void
orm_session_first_async (OrmSession *self,
                         OrmQuery *query,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_reading (self, READ_FIRST, orm_load_new_query (query, 1)), cancellable, callback,
                          user_data);
}

/**
 * orm_session_first_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_first()
 */
gpointer
orm_session_first_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

/**
 * orm_session_one:
 * @self: a session
 * @query: (transfer none): what to read
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads the only row of a query.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with %ORM_ERROR_NO_ROW where there is none,
 * %ORM_ERROR_MANY_ROWS where there is more than one, another %ORM_ERROR or %G_IO_ERROR_CANCELLED
 */
gpointer
orm_session_one (OrmSession *self, OrmQuery *query, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self) && query != NULL, NULL);
  orm_session_assert_thread (self);

  return call (self, new_reading (self, READ_ONE, orm_load_new_query (query, 2)), cancellable, error);
}

/**
 * orm_session_one_async:
 * @self: a session
 * @query: (transfer none): what to read; not needed after the call
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads the only row of a query.
 */
void
orm_session_one_async (OrmSession *self,
                       OrmQuery *query,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (ORM_IS_SESSION (self) && query != NULL);
  orm_session_assert_thread (self);

  orm_session_call_async (self, new_reading (self, READ_ONE, orm_load_new_query (query, 2)), cancellable, callback,
                          user_data);
}

/**
 * orm_session_one_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): as orm_session_one()
 */
gpointer
orm_session_one_finish (OrmSession *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

/**
 * orm_session_all_sql:
 * @self: a session
 * @type: of the objects
 * @sql: one statement that reads; among its columns are all of the mapping, by name, in any order
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the reading
 * @error: return location
 *
 * Reads rows that no query can say. As orm_session_all() otherwise.
 *
 * Returns: (element-type OrmEntity) (transfer full) (nullable): the objects, or %NULL with %ORM_ERROR
 * (%ORM_ERROR_INVALID where the parameters are not those of the statement, or a column is missing) or
 * %G_IO_ERROR_CANCELLED
 */
GPtrArray *
orm_session_all_sql (OrmSession *self,
                     GType type,
                     const char *sql,
                     const OrmParameter *parameters,
                     guint n_parameters,
                     GCancellable *cancellable,
                     GError **error)
{
  OrmLoad *load;

  g_return_val_if_fail (ORM_IS_SESSION (self) && sql != NULL && (parameters != NULL || n_parameters == 0), NULL);
  orm_session_assert_thread (self);

  load = orm_load_new_sql (orm_table_for_type (type), sql, parameters, n_parameters);
  return call (self, new_reading (self, READ_ALL, load), cancellable, error);
}

/**
 * orm_session_all_sql_async:
 * @self: a session
 * @type: of the objects
 * @sql: one statement that reads, as for orm_session_all_sql()
 * @parameters: (array length=n_parameters) (nullable): a value for each of its parameters, copied
 * @n_parameters: how many
 * @cancellable: (nullable): interrupts the reading
 * @callback: (nullable): told on the caller's context
 * @user_data: for @callback
 *
 * Reads rows that no query can say; orm_session_all_finish() has them.
 */
void
orm_session_all_sql_async (OrmSession *self,
                           GType type,
                           const char *sql,
                           const OrmParameter *parameters,
                           guint n_parameters,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OrmLoad *load;

  g_return_if_fail (ORM_IS_SESSION (self) && sql != NULL && (parameters != NULL || n_parameters == 0));
  orm_session_assert_thread (self);

  load = orm_load_new_sql (orm_table_for_type (type), sql, parameters, n_parameters);
  orm_session_call_async (self, new_reading (self, READ_ALL, load), cancellable, callback, user_data);
}
