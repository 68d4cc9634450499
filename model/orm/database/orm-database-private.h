/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-changes-private.h"
#include "orm-database.h"
#include "orm-job.h"
#include "orm-watch.h"
#include "orm-worker.h"

G_BEGIN_DECLS

#define ORM_DATABASE_N_READERS 2

struct _OrmDatabase
{
  GObject             parent_instance;

  char               *path;
  char               *file;   /* what is opened */
  char               *folder; /* of a database in memory, removed at the end */
  OrmOpenFlags        flags;
  OrmOpenFlags        open_flags;   /* with what was found out when it was opened */
  guint               busy_timeout; /* milliseconds */
  gint32              application_id;
  const OrmMigration *migrations;
  guint               n_migrations;
  OrmBeforeMigration  before_migration; /* (nullable) */
  gpointer            before_migration_data;
  OrmConnectionSetup  setup;
  gpointer            setup_data;
  GMainContext       *context;
  GThread            *thread; /* that made it, and may read a page at once */

  gboolean            is_open; /* changed under lock */
  gboolean            is_opening;
  OrmWorker           writer;
  OrmWorker           readers[ORM_DATABASE_N_READERS];
  OrmConnection      *page;
  OrmWatch           *watch;

  GMutex              lock;
  GCond               done;
  OrmChanges         *changes; /* under lock: not yet told */
  gboolean            poll_is_queued;
  gboolean            is_telling_damage; /* under lock */
  GHashTable         *served;            /* under lock: GThread to when the writer last ended work of it */
  GHashTable         *holders;           /* under lock: GThread to how many transactions it asked to hold */
  GAsyncQueue        *held;              /* under lock: the jobs of the transaction that is held */
};

/* For the threads of the database. */
gboolean       orm_database_find_file (OrmDatabase *self, GError **error); /* what there is to be opened */
OrmConnection *orm_database_connect (OrmDatabase *self, gboolean writes, GError **error);
gboolean       orm_database_prepare_file (OrmDatabase *self, OrmConnection *connection, GError **error);
void           orm_database_trace (OrmDatabase *self, OrmConnection *connection);
void           orm_database_tell (OrmDatabase *self, OrmChanges *changes); /* (transfer full) */
void           orm_database_end_poll (OrmDatabase *self);
void           orm_database_tell_displaced (OrmDatabase *self); /* on its context */

/* A transaction is held for a scope: its jobs come over the queue. FALSE where the database is being closed. */
gboolean orm_database_hold (OrmDatabase *self, GAsyncQueue *jobs, GError **error);
void     orm_database_let_go (OrmDatabase *self, GThread *holder, GAsyncQueue *jobs);

/* The queue that a job waits in. */
GAsyncQueue *orm_database_get_queue (OrmDatabase *self, OrmJob *job);

/* Before a job with a task is put into its queue: the source that gives it up in time. */
void orm_database_guard (OrmDatabase *self, OrmJob *job);

/* The writer has ended work of the thread. */
void orm_database_note_served (OrmDatabase *self, GThread *caller);

/* Tells whom the job is of that it has run, or never will. */
void orm_database_return (OrmDatabase *self, OrmJob *job);

/* Sets *done, which orm_database_wait_for() waits for. */
void orm_database_signal (OrmDatabase *self, gboolean *done);
void orm_database_wait_for (OrmDatabase *self, const gboolean *done);

G_END_DECLS
