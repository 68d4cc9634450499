/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-words.h"

G_BEGIN_DECLS

#define BENCH_N_QUERIES 200

typedef struct
{
  const char *kind; /* "rare", "common", "prefix", "inside", "phrase", "cjk", "tag", "dates", "or", "minus" */
  char       *text;
} BenchQuery;

/* (element-type BenchQuery) (transfer full) */
GArray *bench_queries_new (BenchWords *words) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
