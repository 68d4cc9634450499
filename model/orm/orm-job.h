/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"

G_BEGIN_DECLS

/* One piece of work on its way to a thread of the database and back. Private to the mapper. */
typedef enum
{
  ORM_JOB_WORK,
  ORM_JOB_POLL, /* has another process written? */
  ORM_JOB_QUIT,
} OrmJobKind;

typedef struct
{
  OrmJobKind     kind;
  OrmWork        work;
  gpointer       data;
  GDestroyNotify destroy;
  GCancellable  *cancellable;
  GTask         *task; /* of an asynchronous job; NULL: the caller waits */
  GError        *error;
  gboolean       succeeded;
  gboolean       done; /* under the lock of the database */
} OrmJob;

OrmJob *orm_job_new (OrmJobKind kind);
OrmJob *orm_job_new_work (OrmWork work, gpointer data, GDestroyNotify destroy, GCancellable *cancellable);
void    orm_job_free (OrmJob *self);

/* (transfer full): the task to return at the end, which owns the job from now on. */
void orm_job_take_task (OrmJob *self, GTask *task);

/* Runs the work in a transaction of the connection. */
void orm_job_run (OrmJob *self, OrmConnection *connection);

/* Returns the task, and drops it, on its own context. */
void orm_job_return (OrmJob *self);

/* Hands the job to the database. FALSE where the database does not take it. */
gboolean orm_database_push (OrmDatabase *self, gboolean writes, OrmJob *job, GError **error);

/* Reads at once, without a hand-over to a thread: one row by its key. Falls back to a reading thread where the
 * connection for pages belongs to another thread. */
gboolean orm_database_read_page (OrmDatabase  *self,
                                 OrmWork       work,
                                 gpointer      data,
                                 GCancellable *cancellable,
                                 GError      **error);

/* Waits until the job has run, told or not. Not on a thread of the database. */
void orm_database_wait (OrmDatabase *self, OrmJob *job);

G_END_DECLS
