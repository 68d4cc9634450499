/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-database-private.h"
#include "orm-error.h"

#include <glib/gi18n-lib.h>

/* One file and its threads: one that writes, so that writes have an order and never fight for the lock, and two that
 * read, each in a snapshot, so that a long search does not hold up a short one. The plain and the _async forms of a
 * call are the same job: one waits for it, the other is told. */

G_DEFINE_FINAL_TYPE (OrmDatabase, orm_database, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STATEMENT,
  SIGNAL_DISPLACED,
  SIGNAL_DAMAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Telling what changed */

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GWeakRef *
weak_ref_new (gpointer object)
{
  GWeakRef *self = g_new0 (GWeakRef, 1);

  g_weak_ref_init (self, object);
  return self;
}

static gboolean
on_tell (gpointer data)
{
  g_autoptr (OrmDatabase) self = g_weak_ref_get (data);
  g_autoptr (OrmChanges) changes = NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->lock);
  changes = g_steal_pointer (&self->changes);
  g_mutex_unlock (&self->lock);
  if (!orm_changes_is_empty (changes))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
  return G_SOURCE_REMOVE;
}

void
orm_database_tell (OrmDatabase *self, OrmChanges *changes)
{
  g_autoptr (GSource) source = NULL;

  g_mutex_lock (&self->lock);
  if (self->changes == NULL)
    source = g_idle_source_new ();
  self->changes = orm_changes_merge (self->changes, changes);
  g_mutex_unlock (&self->lock);

  if (source == NULL)
    return;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_tell, weak_ref_new (self), weak_ref_free);
  g_source_set_static_name (source, "[orm] changes");
  g_source_attach (source, self->context);
}

static void
on_statement (const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_STATEMENT], 0, sql, microseconds, rows);
}

static gboolean
on_tell_damaged (gpointer data)
{
  g_autoptr (OrmDatabase) self = g_weak_ref_get (data);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->lock);
  self->is_telling_damage = FALSE;
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[SIGNAL_DAMAGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_damaged (gpointer data)
{
  OrmDatabase *self = data;
  g_autoptr (GSource) source = NULL;

  g_mutex_lock (&self->lock);
  if (!self->is_telling_damage)
    source = g_idle_source_new ();
  self->is_telling_damage = TRUE;
  g_mutex_unlock (&self->lock);

  if (source == NULL)
    return;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_tell_damaged, weak_ref_new (self), weak_ref_free);
  g_source_set_static_name (source, "[orm] damage");
  g_source_attach (source, self->context);
}

/* Without a listener a statement costs no look at the clock. */
void
orm_database_trace (OrmDatabase *self, OrmConnection *connection)
{
  gboolean listens = g_signal_has_handler_pending (self, signals[SIGNAL_STATEMENT], 0, FALSE);

  connection->trace = listens ? on_statement : NULL;
  connection->trace_data = self;
  connection->damaged = on_damaged;
  connection->damaged_data = self;
}

/* For the threads */

void
orm_database_end_poll (OrmDatabase *self)
{
  g_mutex_lock (&self->lock);
  self->poll_is_queued = FALSE;
  g_mutex_unlock (&self->lock);
}

void
orm_database_signal (OrmDatabase *self, gboolean *done)
{
  g_mutex_lock (&self->lock);
  *done = TRUE;
  g_mutex_unlock (&self->lock);
  /* Who is woken finds the lock free. */
  g_cond_broadcast (&self->done);
}

void
orm_database_wait_for (OrmDatabase *self, const gboolean *done)
{
  g_mutex_lock (&self->lock);
  while (!*done)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}

gboolean
orm_database_is_own_thread (OrmDatabase *self)
{
  return self->thread == g_thread_self ();
}

/* The object */

static void
orm_database_dispose (GObject *object)
{
  orm_database_close (ORM_DATABASE (object));

  G_OBJECT_CLASS (orm_database_parent_class)->dispose (object);
}

static void
orm_database_finalize (GObject *object)
{
  OrmDatabase *self = ORM_DATABASE (object);

  orm_worker_clear (&self->writer);
  for (guint i = 0; i < ORM_DATABASE_N_READERS; i++)
    orm_worker_clear (&self->readers[i]);
  g_clear_pointer (&self->changes, orm_changes_unref);
  g_hash_table_unref (self->holders);
  g_hash_table_unref (self->served);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self->path);

  G_OBJECT_CLASS (orm_database_parent_class)->finalize (object);
}

static void
orm_database_class_init (OrmDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = orm_database_dispose;
  object_class->finalize = orm_database_finalize;

  /**
   * OrmDatabase::changed:
   * @self: the database
   * @changes: what changed since the last emission
   *
   * Emitted after commits, on the main context of the thread that made the database; also for those of another process.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, ORM_TYPE_CHANGES);

  /**
   * OrmDatabase::statement:
   * @self: the database
   * @sql: the statement; its values are not in it
   * @microseconds: how long it took, with the time the caller spent on its rows
   * @rows: how many rows it gave; -1 of what begins, keeps or undoes a transaction, so that it can be left out
   *
   * Emitted when a statement has ended, on the thread that ran it, before the call that asked for it returns: made for
   * counting in tests. What is connected while work runs hears of the work after it.
   */
  signals[SIGNAL_STATEMENT] =
      g_signal_new ("statement", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64, G_TYPE_INT64);

  /**
   * OrmDatabase::displaced:
   * @self: the database
   *
   * Emitted when the file is not where it was opened any more, or another one is there: what reads goes on with the one
   * that was opened, and what writes is %ORM_ERROR_DISPLACED. On the main context of the thread that made the database.
   */
  signals[SIGNAL_DISPLACED] =
      g_signal_new ("displaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* Something of the file could not be read as it contradicts itself. Coalesced, on the main context. */
  signals[SIGNAL_DAMAGED] =
      g_signal_new ("damaged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
orm_database_tell_displaced (OrmDatabase *self)
{
  g_signal_emit (self, signals[SIGNAL_DISPLACED], 0);
}

static void
orm_database_init (OrmDatabase *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  self->busy_timeout = ORM_BUSY_MILLISECONDS;
  self->holders = g_hash_table_new (NULL, NULL);
  self->served = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_self ();
  orm_worker_init (&self->writer, self, g_async_queue_new (), TRUE);
  orm_worker_init (&self->readers[0], self, g_async_queue_new (), FALSE);
  for (guint i = 1; i < ORM_DATABASE_N_READERS; i++)
    orm_worker_init (&self->readers[i], self, g_async_queue_ref (self->readers[0].jobs), FALSE);
}

/**
 * orm_database_new:
 * @path: a file, or ":memory:" for one that is gone when it is closed, shared by the connections of this database
 * @flags: how to open it
 *
 * Describes a database; orm_database_open() opens it. Its signals come on the main context of the calling thread.
 *
 * Returns: (transfer full): a closed database
 */
OrmDatabase *
orm_database_new (const char *path, OrmOpenFlags flags)
{
  OrmDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (ORM_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  self->flags = flags;
  return self;
}

/**
 * orm_database_set_application_id:
 * @self: a closed database
 * @application_id: a number of the application's own; 0: any
 *
 * Sets what `PRAGMA application_id` is in files of the application: new ones get it, and a file with tables and another
 * one is refused. It works together with migrations.
 */
void
orm_database_set_application_id (OrmDatabase *self, gint32 application_id)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->application_id = application_id;
}

/**
 * orm_database_set_migrations:
 * @self: a closed database
 * @migrations: (array length=n_migrations) (transfer none): the steps of the schema; they must outlive the opening
 * @n_migrations: how many there are
 *
 * Sets the steps that opening runs.
 */
void
orm_database_set_migrations (OrmDatabase *self, const OrmMigration *migrations, guint n_migrations)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->migrations = migrations;
  self->n_migrations = n_migrations;
}

/**
 * orm_database_set_before_migration:
 * @self: a closed database
 * @func: (nullable): called on the writing thread, outside of a transaction, before a file of an earlier version is
 *   migrated; not for a new one. Where it fails the file is not opened
 * @data: for @func; must outlive the database
 *
 * Sets what may keep a copy of the file as it is.
 */
void
orm_database_set_before_migration (OrmDatabase *self, OrmBeforeMigration func, gpointer data)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->before_migration = func;
  self->before_migration_data = data;
}

/**
 * orm_database_set_setup:
 * @self: a closed database
 * @setup: (nullable): called for each new connection, on several threads, before anything else uses it
 * @data: for @setup; must outlive the database
 *
 * Sets what adds functions and tokenizers to connections.
 */
void
orm_database_set_setup (OrmDatabase *self, OrmConnectionSetup setup, gpointer data)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open);

  self->setup = setup;
  self->setup_data = data;
}

/**
 * orm_database_set_busy_timeout:
 * @self: a closed database
 * @milliseconds: how long to wait, up to an hour; 5000 at first
 *
 * Sets how long a write waits for its turn, behind whatever was asked for before, and then for another process to let
 * go of the file, before it fails with %ORM_ERROR_BUSY. It never runs then. Writes that one thread asks for one after
 * the other wait for one another without a limit, as long as each of them takes less.
 */
void
orm_database_set_busy_timeout (OrmDatabase *self, guint milliseconds)
{
  g_return_if_fail (ORM_IS_DATABASE (self));
  g_return_if_fail (!self->is_open && milliseconds <= 3600 * 1000);

  self->busy_timeout = milliseconds;
}

/**
 * orm_database_get_path:
 * @self: a database
 *
 * Returns: (transfer none): the path it was made with
 */
const char *
orm_database_get_path (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), NULL);

  return self->path;
}

/**
 * orm_database_is_read_only:
 * @self: a database
 *
 * Returns: whether it was opened for reading only, or can only be read
 */
gboolean
orm_database_is_read_only (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), FALSE);

  return ((self->flags | self->open_flags) & ORM_OPEN_READ_ONLY) != 0;
}

/**
 * orm_database_get_page_connection:
 * @self: an open database
 *
 * Gives the one connection of the thread that made the database, for reading a page by key, and nothing else.
 *
 * Returns: (transfer none) (nullable): a connection that only reads; %NULL where the database is closed
 */
OrmConnection *
orm_database_get_page_connection (OrmDatabase *self)
{
  g_return_val_if_fail (ORM_IS_DATABASE (self), NULL);

  if (self->page != NULL && orm_connection_is_outdated (self->page, self->file))
    {
      OrmConnection *page = orm_database_connect (self, FALSE, NULL);

      if (page != NULL)
        {
          orm_connection_free (self->page);
          self->page = page;
        }
    }
  if (self->page != NULL)
    orm_database_trace (self, self->page);
  return self->page;
}

/**
 * orm_database_poll:
 * @self: a database
 *
 * Looks whether another process has committed since; if so #OrmDatabase::changed follows, with everything. It happens
 * by itself within two seconds.
 */
void
orm_database_poll (OrmDatabase *self)
{
  g_return_if_fail (ORM_IS_DATABASE (self));

  g_mutex_lock (&self->lock);
  if (self->is_open && !self->poll_is_queued)
    {
      self->poll_is_queued = TRUE;
      g_async_queue_push (self->writer.jobs, orm_job_new (ORM_JOB_POLL));
    }
  g_mutex_unlock (&self->lock);
}
