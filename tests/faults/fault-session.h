/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-state.h"
#include "model-test.h"
#include "octavo-snapshots.h"

G_BEGIN_DECLS

/* Somebody who uses a file of notes, one act after the other, by the same calls as the window. */
typedef struct
{
  char            *folder; /* with nothing else in it */
  char            *path;
  char            *vault; /* to be imported; elsewhere */
  OctavoStore     *store; /* NULL: closed */
  OctavoSnapshots *snapshots;
  GRand           *rand;
  guint            round;

  /* of the act that goes on */
  OctavoNote *note; /* (nullable): that is to be saved */
  gint64      ids[2];
  gint64      step_id;
  char       *text;    /* what is to be there */
  char       *made;    /* (nullable): a path */
  GPtrArray  *backups; /* (element-type char *): that were reported as done */
} FaultSession;

typedef struct
{
  const char *name;
  FaultPart   part; /* that is done or is not */
  void (*prepare) (FaultSession *self);
  gboolean (*act) (FaultSession *self, GError **error);
  gboolean (*is_done) (FaultSession *self); /* looks into the file */
} FaultAct;

const FaultAct *fault_session_get_acts (guint *n_acts);

FaultSession   *fault_session_new (guint32 seed);
void            fault_session_free (FaultSession *self);

void            fault_session_open (FaultSession *self, GError **error);
void            fault_session_close (FaultSession *self);
void            fault_session_settle (FaultSession *self); /* lets what goes on by itself begin */

G_END_DECLS
