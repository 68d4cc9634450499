/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the engines of the bench share: the same notes, the same questions, one clock. */
#define BENCH_N_USERS   50
#define BENCH_N_TAGS    200
#define BENCH_PAGE      50
#define BENCH_IN_CHANGE 10 /* one note in so many is changed */

/* Of every connection that an engine opens. */
#define BENCH_PRAGMAS "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"

typedef struct
{
  const char *file;
  gint64      n_notes;
  gint64      n_asked; /* pages, and filtered lists */
  char       *text;    /* which titles and bodies are cut from */
  gsize       n_text;
  gint64     *order; /* the numbers from 0 up to n_notes in random order */
  GString    *title; /* of bench_note() */
  GString    *excerpt;
  GString    *body;
  gint64      started;
  double      milliseconds;
  gint64      sum; /* of what was read, to compare the engines by */
} Bench;

typedef struct
{
  const char *name;
  void (*run) (Bench *self);
} BenchTask;

/* The values of one note but for its texts, which are in title, excerpt and body of the bench. */
typedef struct
{
  gint64   id;
  gint64   author;
  gint64   created;
  gint64   updated;
  gboolean pinned;
} BenchNoteValues;

/* ENGINE TASK FILE N TEXT: runs one task and prints its milliseconds and its sum. */
int  bench_main (int argc, char *argv[], const BenchTask *tasks);

void bench_start (Bench *self);
void bench_stop (Bench *self);

/* Note number 1 to n_notes. */
BenchNoteValues bench_note (Bench *self, gint64 number);

/* The page and list number 0 to n_asked - 1: those updated before; of the author, updated since and until. */
gint64 bench_page_before (Bench *self, gint64 number);
void   bench_list_of (Bench *self, gint64 number, gint64 *author, gint64 *since, gint64 *until);

void   bench_check (GError *error);

G_END_DECLS
