/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-bitmap.h"
#include "octavo-query.h"
#include "octavo-types.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* The last answers, for queries that go on from one that was asked before. Any thread. */
typedef struct _OctavoNarrowing OctavoNarrowing;

/* Which notes an answer is about. */
typedef struct
{
  const OrmConnection *connection;
  gint64               version;   /* of the file, as this connection counts */
  gint64               day;       /* on which dates that are told from today are meant */
  gboolean             is_sparse; /* slots are looked up */
  gint64               first_id;
  guint                n_slots;
  OctavoScope          scope;
  gsize                max_stale;
} OctavoNarrowingState;

OctavoNarrowing *octavo_narrowing_new (void) G_GNUC_WARN_UNUSED_RESULT;
void             octavo_narrowing_free (OctavoNarrowing *self);

gboolean         octavo_narrowing_read_state (OctavoNarrowingState *state, OrmConnection *connection, GError **error);
void             octavo_narrowing_put (OctavoNarrowing            *self,
                                       const OctavoNarrowingState *state,
                                       OctavoQuery                *query,
                                       const OctavoBitmap         *notes);
OctavoBitmap    *octavo_narrowing_get (OctavoNarrowing *self, const OctavoNarrowingState *state, OctavoQuery *query);

/* Whether all notes that one query finds are found by another one as well, whatever the notes are. */
gboolean octavo_query_implies (OctavoQuery *self, OctavoQuery *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNarrowing, octavo_narrowing_free)

G_END_DECLS
