/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm.h"

G_BEGIN_DECLS

/* Threads that write and read one file as fast as they can: counters that only ever grow by one, and accounts between
 * which money goes, so that a lost update, a torn snapshot and half a transaction each show as a wrong sum. */
#define TORTURE_N_COUNTERS 6  /* with the keys from 1 up */
#define TORTURE_CANCELLED  99 /* the key of the counter of work that others cancel */
#define TORTURE_N_ACCOUNTS 5
#define TORTURE_MONEY      1000 /* in each account at the start */
#define TORTURE_N_THREADS  10

/* What a process saw, all of its threads together. */
typedef struct
{
  gint64 counted;   /* increments that were said to be committed */
  gint64 cancelled; /* of those, of the counter of work that others cancel */
  gint64 stopped;   /* work that was said to be cancelled */
  gint64 read;      /* snapshots looked at */
  gint64 stale;     /* commits that came too late and were done again */
  gint64 torn;      /* snapshots that do not add up */
  gint64 busy;      /* ORM_ERROR_BUSY that reached the caller */
  gint64 wrong;     /* other errors */
  gint64 apart;     /* live objects that did not become what the file has */
} TortureSeen;

typedef struct
{
  const char   *file;
  guint32       seed;
  gint64        until;    /* of the monotonic clock */
  OrmDatabase  *database; /* that most threads share */

  GMutex        lock;
  GCond         moved;
  guint         n_writing;   /* threads that still write; under lock */
  gboolean      is_over;     /* every process has written its last; under lock */
  GCancellable *cancellable; /* of the work to be cancelled; under lock */
  TortureSeen   seen;        /* under lock */
} Torture;

OrmDatabase *torture_open (const char *file);

/* Starts all threads and waits until the last has stopped writing. */
void torture_write (Torture *self, GThread **threads);

/* Lets the sessions look whether their objects became what the file has, and ends the threads. */
void torture_end (Torture *self, GThread **threads);

/* Two reading threads do what they must not: for proving that it is found. */
void torture_race (OrmDatabase *database);

G_END_DECLS
