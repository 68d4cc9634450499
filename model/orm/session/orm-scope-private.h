/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-job.h"
#include "orm-scope.h"

G_BEGIN_DECLS

struct _OrmScope
{
  GObject      parent_instance;

  OrmSession  *session;   /* held */
  OrmScope    *outer;     /* (transfer none) */
  guint        level;     /* 1: the outermost */
  guint        n_commits; /* of the session when the outermost began */
  GAsyncQueue *jobs;      /* to the thread that holds the transaction */
  GHashTable  *undo;      /* OrmEntity to OrmUndo */
  GPtrArray   *added;     /* the lists of the session as they were */
  GPtrArray   *changed;
  GPtrArray   *deleted;
  GPtrArray   *associations; /* of OrmAssociation: what was to be written of relations */
  GPtrArray   *related;      /* of OrmAssociation: what was related and separated since, in order */
  GHashTable  *loaded;       /* OrmEntity, held, that had a collection read after it had written */
  GHashTable  *seen;         /* OrmTable to a GArray of keys: rows that were read after it had written */
  gboolean     is_open;
  gboolean     is_ending; /* its commit is on its way */
  gboolean     has_written;
};

/* Before an object is changed: remembers what it is, and its values. */
void orm_scope_touch (OrmScope *self, OrmEntity *entity, gboolean values);

/* An object whose collection was read in the scope. */
void orm_scope_note_collection (OrmScope *self, OrmEntity *owner);

/* Objects that were made of rows in the scope. */
void orm_scope_note (OrmScope *self, const OrmTable *table, GPtrArray *objects);

/* What is to be read again where the scope is undone; an OrmWork that does it. (transfer full) */
GPtrArray *orm_scope_new_readings (OrmScope *self);
gboolean   orm_scope_run_readings (OrmConnection *connection,
                                   gpointer       readings,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* How a commit of the scope ended in the file, with what was read again where it did not come to be. */
void orm_scope_settle (OrmScope *self, OrmJob *job, GPtrArray *readings);

/* It was rolled back in the file, with those in it. were_run: the readings. */
void orm_scope_settle_rollback (OrmScope *self, GPtrArray *readings, gboolean were_run);

G_END_DECLS
