/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-entity-private.h"
#include "orm-flush.h"
#include "orm-identity-map.h"
#include "orm-job.h"
#include "orm-load.h"
#include "orm-session.h"

G_BEGIN_DECLS

/* One commit, from the call to its callback. */
typedef struct
{
  OrmFlush      *flush;
  OrmJob        *job; /* while it is on its way; belongs to its task */
  OrmWork        work;
  gpointer       data;
  GDestroyNotify destroy;
  GCancellable  *cancellable;
  gboolean       is_settled;
} OrmCommit;

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
  GQueue     waiting; /* of GTask, with the commits that come after it */
  guint      n_commits;

  /* Changes that came while rows were being read, and may have missed them. */
  GPtrArray  *recent; /* of OrmChanges */
  guint       n_reads;

  GPtrArray  *told;  /* of OrmChanges: not yet followed, as a commit is on its way */
  GHashTable *stale; /* OrmTable to a GArray of keys to read again */
  gboolean    is_refreshing;
};

void orm_session_assert_thread (OrmSession *self);

/* For the objects of the session. */
void orm_session_enlist (OrmSession *self, OrmEntity *entity); /* has something to write */
void orm_session_forget (OrmSession *self, OrmEntity *entity); /* is being disposed */

/* Reading rows that become objects: the first before they are read, the second after, with NULL where they were not;
 * makes the objects. (transfer full) */
guint      orm_session_begin_read (OrmSession *self);
GPtrArray *orm_session_end_read (OrmSession *self, OrmLoad *load, guint n_recent);

/* Lets live objects take up what others changed, unless a commit runs: of its objects it is not yet known what they
 * are.
 */
void orm_session_follow (OrmSession *self);

/* Notes that a row is to be read again; reads them. */
void orm_session_queue_refresh (OrmSession *self, const OrmTable *table, gint64 key);
void orm_session_refresh (OrmSession *self);

/* Waits for a commit that is on its way; its callback comes later. */
void orm_session_await_commit (OrmSession *self);

/* Puts the object of a row into the map. */
void orm_session_adopt (OrmSession *self, OrmEntity *entity);

/* Lets go of an object. */
void orm_session_detach (OrmSession *self, OrmEntity *entity);

G_END_DECLS
