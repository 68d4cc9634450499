/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_SEED    8
#define BENCH_N_WORDS 20000
#define BENCH_RARE    "quartodecimo" /* in seven notes */

typedef struct _BenchWords BenchWords;

BenchWords                *bench_words_new (guint64 seed, guint n_words) G_GNUC_WARN_UNUSED_RESULT;
void                       bench_words_free (BenchWords *self);

guint64                    bench_words_random (BenchWords *self, guint64 below);
double                     bench_words_normal (BenchWords *self);
const char                *bench_words_get (BenchWords *self, guint rank);
const char                *bench_words_next (BenchWords *self);
const char                *bench_words_get_cjk (BenchWords *self, guint rank);
char                      *bench_words_get_tag (BenchWords *self, guint id) G_GNUC_WARN_UNUSED_RESULT;

void                       bench_words_append_title (BenchWords *self, GString *text);
void                       bench_words_append_body (BenchWords *self, GString *text, guint n_words);
void                       bench_words_append_cjk (BenchWords *self, GString *text, guint n_words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchWords, bench_words_free)

G_END_DECLS
