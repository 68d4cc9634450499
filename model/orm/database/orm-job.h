/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"

G_BEGIN_DECLS

/* One piece of work on its way to a thread of the database and back: the one shape of every call, plain and _async.
 * Private to the mapper. */
typedef struct _OrmJob OrmJob;

typedef enum
{
  ORM_JOB_WORK,
  ORM_JOB_OPEN, /* the file; of no queue */
  ORM_JOB_HOLD, /* begins a transaction, in which the thread runs the jobs of queue until it is ended */
  ORM_JOB_POLL, /* has another process written? */
  ORM_JOB_QUIT, /* ends the thread, or the transaction that it holds */
} OrmJobKind;

/* What becomes of the transaction that is held. */
typedef enum
{
  ORM_JOB_KEEPS,
  ORM_JOB_BEGINS,     /* a savepoint in it, before the work */
  ORM_JOB_COMMITS,    /* after the work, if that is done */
  ORM_JOB_ROLLS_BACK, /* before the work */
} OrmJobEffect;

/* On the thread of the caller, in any case and once: makes the result of what was done, or cleans up where succeeded is
 * not set. FALSE with error where it did succeed, and there is no result nevertheless. */
typedef gboolean (*OrmJobEnd) (OrmJob *self, GError **error);

struct _OrmJob
{
  OrmJobKind     kind;
  OrmJobEffect   effect;
  gboolean       writes;
  gboolean       is_at_once; /* may be done by a caller that waits, on its own thread: it reads, and calls nobody */
  gboolean       is_single;  /* one statement that reads: a snapshot without a transaction */
  gboolean       is_relaxed; /* its commit does not wait for the disk */
  GAsyncQueue   *queue;      /* (nullable): of the transaction that it is part of */
  guint          level;      /* of the transaction that it begins or ends: 1 is the outermost */
  GThread       *caller;
  OrmWork        work; /* (nullable) */
  gpointer       data;
  GDestroyNotify destroy;
  OrmWork        recover; /* (nullable): with the same data, after a commit that lost the transaction */
  OrmJobEnd      end;     /* (nullable) */
  gpointer       owner;   /* (transfer none): for end */
  GCancellable  *cancellable;
  GTask         *task;     /* of an asynchronous job; NULL: the caller waits */
  GSource       *guard;    /* (nullable): gives it up while it waits */
  OrmDatabase   *database; /* (transfer none): of the guard */
  gint64         pushed;   /* when */
  GError        *error;
  int            has_worked; /* atomic: the work is done, and is about to be seen by others */
  gboolean       succeeded;
  gboolean       ended_held; /* the transaction, or savepoint, is no more */
  gboolean       recovered;  /* recover was done */
  gboolean       done;       /* under the lock of the database */

  /* What end made, for the caller to take. */
  gpointer       result;
  GDestroyNotify free_result;
  gint64         number;
};

OrmJob *orm_job_new (OrmJobKind kind);
OrmJob *orm_job_new_work (gboolean writes, OrmWork work, gpointer data, GDestroyNotify destroy);
void    orm_job_free (OrmJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmJob, orm_job_free)

/* (transfer full): the task to return at the end, which owns the job from now on. */
void orm_job_take_task (OrmJob *self, GTask *task);

/* It does not wait any more. */
void orm_job_end_guard (OrmJob *self);

/* Runs the work, in a transaction of the connection. */
void orm_job_run (OrmJob *self, OrmConnection *connection);

/* Calls its end, if that was not done before. Whether there is a result. */
gboolean orm_job_end (OrmJob *self, GError **error);

/* Ends it and returns the task, and drops that, on its own context. */
void orm_job_return (OrmJob *self);

/* The job of the task, whose result can be taken; NULL with error where there is none. */
OrmJob *orm_job_finish (gpointer source, GAsyncResult *result, GError **error);

static inline gpointer
orm_job_take_result (OrmJob *self)
{
  self->free_result = NULL;
  return g_steal_pointer (&self->result);
}

/* Does the job and waits for it; it is ended. */
gboolean orm_database_call (OrmDatabase *self, OrmJob *job, GCancellable *cancellable, GError **error);

/* The same without waiting. (transfer full) job; source is that of the task. */
void orm_database_call_async (OrmDatabase        *self,
                              OrmJob             *job,
                              gpointer            source,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);

/* Hands the job to a thread. FALSE where the database does not take it. */
gboolean orm_database_push (OrmDatabase *self, OrmJob *job, GError **error);

/* The connection for a caller that waits, where the calling thread may use it; else NULL. (transfer none) */
OrmConnection *orm_database_borrow_page (OrmDatabase *self);

/* Whether the calling thread is the one that made the database, and hears of what changed. */
gboolean orm_database_is_own_thread (OrmDatabase *self);

/* Whether the calling thread may wait for the job: not where the job waits for a scope that this thread has to end. */
gboolean orm_database_may_wait (OrmDatabase *self, OrmJob *job, GError **error);

/* Waits until the job has run, told or not, or was given up: cancelled, or waiting for the writer for too long. Not on
 * a thread of the database. */
void orm_database_wait (OrmDatabase *self, OrmJob *job);

G_END_DECLS
