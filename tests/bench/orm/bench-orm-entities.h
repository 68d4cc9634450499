/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm.h"

G_BEGIN_DECLS

#define BENCH_TYPE_USER (bench_user_get_type ())
G_DECLARE_FINAL_TYPE (BenchUser, bench_user, BENCH, USER, OrmEntity)

struct _BenchUser
{
  OrmEntity parent_instance;
  gint64    id;
  char     *name;
};

#define BENCH_TYPE_TAG (bench_tag_get_type ())
G_DECLARE_FINAL_TYPE (BenchTag, bench_tag, BENCH, TAG, OrmEntity)

struct _BenchTag
{
  OrmEntity parent_instance;
  gint64    id;
  char     *name;
};

enum
{
  BENCH_NOTE_ID,
  BENCH_NOTE_AUTHOR,
  BENCH_NOTE_CREATED,
  BENCH_NOTE_UPDATED,
  BENCH_NOTE_PINNED,
  BENCH_NOTE_TITLE,
  BENCH_NOTE_EXCERPT,
  BENCH_NOTE_BODY,
};

#define BENCH_TYPE_NOTE (bench_note_get_type ())
G_DECLARE_FINAL_TYPE (BenchNote, bench_note, BENCH, NOTE, OrmEntity)

struct _BenchNote
{
  OrmEntity parent_instance;
  gint64    id;
  gint64    author;
  gint64    created;
  gint64    updated;
  gboolean  pinned;
  char     *title;
  char     *excerpt;
  char     *body;
};

G_END_DECLS
