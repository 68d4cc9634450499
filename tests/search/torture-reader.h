/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference.h"
#include "search-test.h"
#include "torture-text.h"

G_BEGIN_DECLS

#define TORTURE_N_REPEATED 16

/* Asks the engine and the reference the same, in one snapshot, which both read for themselves. On one thread. */
typedef struct
{
  OrmDatabase  *database;
  OctavoSearch *search;
  TortureText   text;
  GHashTable   *by_id; /* of ReferenceNote */
  GPtrArray    *notes; /* of ReferenceNote: those of the snapshot; borrowed from by_id */
  GPtrArray    *users; /* names, by id from 1; NULL at the end */
  GHashTable   *tags;  /* id → name */
  GArray       *tag_ids;
  guint         round;

  char         *repeated[TORTURE_N_REPEATED]; /* asked before, to be asked again when the notes are others */
  guint         max_queries;                  /* of a snapshot */
  guint         n_queries;
  guint64       n_found;
  guint         n_incomplete; /* of the queries, that did not look into all notes */
  guint         n_wrong;
  GString      *report; /* of what was wrong */
} TortureReader;

void torture_reader_init (TortureReader *self,
                          OrmDatabase   *database,
                          OctavoSearch  *search,
                          guint          max_queries,
                          guint32        seed);
void torture_reader_clear (TortureReader *self);

/* Work that reads. reader: a TortureReader */
gboolean torture_reader_look (OrmConnection *connection, gpointer reader, GCancellable *cancellable, GError **error);

G_END_DECLS
