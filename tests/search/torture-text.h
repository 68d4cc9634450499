/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-words.h"

G_BEGIN_DECLS

/* Texts, tags and queries of every kind, decided by a seed. Belongs to one thread. */
typedef struct
{
  GRand      *rand;
  BenchWords *words;
} TortureText;

void   torture_text_init (TortureText *self, guint32 seed);
void   torture_text_clear (TortureText *self);

guint  torture_text_below (TortureText *self, guint n);

char  *torture_text_title (TortureText *self) G_GNUC_WARN_UNUSED_RESULT;
char  *torture_text_body (TortureText *self, guint median_words) G_GNUC_WARN_UNUSED_RESULT;
char  *torture_text_tag (TortureText *self) G_GNUC_WARN_UNUSED_RESULT;
gint64 torture_text_time (TortureText *self);

/* Texts for a query to take its words from: as func gives them, another one at each call. (transfer none) */
typedef const char *(*TortureTextSource) (TortureText *self, gpointer data);
char *torture_text_query (TortureText *self, TortureTextSource source, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
