/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity-private.h"
#include "orm-flush.h"
#include "orm-identity-map.h"
#include "orm-job.h"
#include "orm-load.h"
#include "orm-scope-private.h"
#include "orm-session.h"

G_BEGIN_DECLS

/* What one commit, or flush, writes, and what ends it: the data of its job. */
typedef struct
{
  OrmFlush      *flush; /* NULL until it is on its way */
  OrmJob        *job;
  OrmScope      *scope;       /* (transfer none): that it commits; NULL for none */
  gboolean       is_rollback; /* of the scope: nothing is written */
  GPtrArray     *readings;    /* of orm_scope_new_readings(), with scope */
  gboolean       is_flush;    /* into the scope that is open */
  OrmWork        work;
  gpointer       data;
  GDestroyNotify destroy;
  gboolean       is_work_first; /* before what the session writes */
  gboolean       is_settled;
} OrmCommit;

/* What was told, and is to be followed when no commit runs. */
typedef struct
{
  OrmChanges *changes;
  guint       n_commits; /* of the session by then: what it writes later is newer */
} OrmTold;

struct _OrmSession
{
  GObject         parent_instance;

  OrmDatabase    *database;
  GThread        *thread;
  OrmIdentityMap *map;
  gboolean        checks_stale;

  /* What the next commit writes, of OrmEntity, held. */
  GPtrArray *added;
  GPtrArray *changed;
  GPtrArray *deleted;

  OrmCommit *commit;  /* (transfer none): on its way */
  GQueue     waiting; /* of OrmJob, commits that come after it, and after the scope */
  GQueue     inside;  /* of OrmJob, those that come after it in the scope */
  guint      n_commits;

  OrmScope  *scope;    /* (transfer none): the innermost that is open */
  guint      n_begins; /* that are on their way */
  guint      n_undos;  /* that were ever made */
  gboolean   is_undoing;

  /* Changes that came while rows were being read, and may have missed them. */
  GPtrArray  *recent; /* of OrmChanges */
  guint       n_reads;

  GArray     *told;  /* of OrmTold: not yet followed, as a commit is on its way */
  GHashTable *stale; /* OrmTable to a GArray of keys to read again */
  gboolean    is_refreshing;
  OrmJob     *refresh; /* (transfer none) (nullable): that reads them */
  OrmJob     *reload;  /* (transfer none) (nullable): that reads collections again */

  /* Relations. */
  GPtrArray  *associations; /* of OrmAssociation: what the next commit writes of them, in no order */
  GHashTable *associated;   /* (nullable): the same, as a set of pairs of objects */
  GHashTable *collections;  /* OrmRelationInfo to a set of the OrmEntity that have it loaded */
  GHashTable *reloads;      /* OrmRelationInfo to a set of keys of those to read again */
  gboolean    is_reloading;
  GHashTable *suspects; /* of OrmEntity: kept by links alone, perhaps only by each other's */
  GSource    *quiet;    /* (nullable): when that is looked at */
};

void orm_session_assert_thread (OrmSession *self);

/* For the objects of the session. */
void orm_session_enlist (OrmSession *self, OrmEntity *entity); /* has something to write */
void orm_session_forget (OrmSession *self, OrmEntity *entity); /* is being disposed */

/* Does a job of the session, in its scope where one is open; waits for it, or (transfer full) does not. */
gboolean orm_session_call (OrmSession *self, OrmJob *job, GCancellable *cancellable, GError **error);
void     orm_session_call_async (OrmSession         *self,
                                 OrmJob             *job,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);

/* As orm_job_finish(). */
OrmJob *orm_session_finish (OrmSession *self, GAsyncResult *result, GError **error);

/* Reading rows that become objects: the first before they are read, the second at the end of the job that read them, or
 * did not; makes the objects. (transfer full) */
guint      orm_session_begin_read (OrmSession *self);
GPtrArray *orm_session_end_read (OrmSession *self, OrmJob *job, OrmLoad *load, guint n_recent);

/* Lets live objects have what was read of them; those of keys that were not found are gone. What the session wrote
 * after its commit n_commits it knows better. */
void orm_session_take_rows (OrmSession *self, OrmLoad *load, GArray *keys, guint n_commits);

/* Lets live objects take up what others changed, unless a commit runs: of its objects it is not yet known what they
 * are.
 */
void orm_session_follow (OrmSession *self);

/* Notes that a row is to be read again; reads them. */
void orm_session_queue_refresh (OrmSession *self, const OrmTable *table, gint64 key);
void orm_session_read_stale (OrmSession *self);
void orm_session_end_refresh (OrmSession *self);

/* Waits for a commit that is on its way; its callback comes later. FALSE where it would wait for ever. */
gboolean orm_session_await_commit (OrmSession *self, GError **error);

/* Starts the commits that waited for one, or for a scope. */
void orm_session_start_waiting (OrmSession *self);

/* Before an object is changed: for the scope that is open. */
void orm_session_touch (OrmSession *self, OrmEntity *entity, gboolean values);

/* Objects that were made of rows: what changed meanwhile is read again. The end of a reading: so are collections, where
 * related rows were read too. */
void orm_session_note_read (OrmSession *self, const OrmTable *table, GPtrArray *objects, OrmJob *job, guint n_recent);
void orm_session_end_load (OrmSession *self, guint n_recent, gboolean has_related);

/* Puts the object of a row into the map. */
void orm_session_adopt (OrmSession *self, OrmEntity *entity);

/* orm-session-relation.c */
void     orm_session_watch_collection (OrmSession *self, const OrmRelationInfo *relation, OrmEntity *owner);
void     orm_session_unwatch_collection (OrmSession *self, const OrmRelationInfo *relation, OrmEntity *owner);
void     orm_session_join (OrmSession *self, OrmEntity *entity); /* adds it, if it is new */
void     orm_session_add_related (OrmSession *self, OrmEntity *entity);
void     orm_session_set_gone (OrmSession *self, OrmEntity *entity); /* its row is not there */
gboolean orm_session_order (OrmSession *self, GPtrArray *list, gboolean is_deletion, GError **error);
void     orm_session_take_relations (OrmSession *self, OrmFlush *flush);
/* Gives the objects of a commit that has ended what it wrote, or puts them back onto the lists. */
void orm_session_settle (OrmSession *self, OrmJob *job);
void orm_session_settle_parents (OrmFlushOp *operation);

/* orm-session-load.c: what was loaded beside the rows of a query becomes objects and their relations. Changes that
 * others made concern loaded collections, those of this session only where all is set. */
void orm_session_apply (OrmSession *self, OrmEager *eager, GPtrArray *parents, OrmJob *job, guint n_recent);
void orm_session_follow_collections (OrmSession *self, OrmChanges *changes, gboolean all);
void orm_session_reload_collections (OrmSession *self);
void orm_session_take_new_row (OrmSession *self, const OrmTable *table, OrmSlot *row);

/* The object of a row, whose values it takes or clears. (transfer full) */
OrmEntity *orm_session_materialize (OrmSession *self, const OrmTable *table, OrmSlot *row);
OrmEntity *orm_session_materialize_columns (OrmSession *self, const OrmTable *table, OrmSlot *row, guint64 columns);

/* Lets go of an object; of all, and of what was to be written of them. */
void orm_session_detach (OrmSession *self, OrmEntity *entity);
void orm_session_detach_all (OrmSession *self);

G_END_DECLS
