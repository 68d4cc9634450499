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
void    orm_job_free (OrmJob *self);

/* Runs the work in a transaction of the connection. */
void orm_job_run (OrmJob *self, OrmConnection *connection);

/* Returns the task, and drops it, on its own context. */
void orm_job_return (OrmJob *self);

G_END_DECLS
