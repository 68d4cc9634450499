/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-job.h"

G_BEGIN_DECLS

/* A thread of the database with its connection, taking jobs off a queue. Private to the mapper. */
typedef struct
{
  OrmDatabase   *database; /* outlives its threads */
  GThread       *thread;
  GAsyncQueue   *jobs;
  OrmConnection *connection;
  gboolean       writes;
  gint64         data_version;
  gint64         last_work; /* when the last job ended */
  gboolean       is_warm;   /* pages that it read may still be in memory */
} OrmWorker;

/* (transfer full): the queue, which several may share */
void orm_worker_init (OrmWorker *self, OrmDatabase *database, GAsyncQueue *jobs, gboolean writes);
void orm_worker_clear (OrmWorker *self);

/* Finds the file, opens the connection that writes, and migrates; then tells the job. Where that did not succeed the
 * thread has ended. */
void orm_worker_start (OrmWorker *self, OrmJob *job);

/* Does not wait; where the connection cannot be opened each job says so. */
void orm_worker_start_in_background (OrmWorker *self);

/* Ends the threads after what is on their queue. */
void orm_worker_stop (OrmWorker *workers, guint n_workers);

G_END_DECLS
