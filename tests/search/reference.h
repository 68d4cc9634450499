/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-query-private.h"

G_BEGIN_DECLS

/* A note as the reference sees it. */
typedef struct
{
  gint64     id;
  gint64     user_id;
  gint64     created;
  gint64     updated;
  gint64     trashed;
  gboolean   pinned;
  char      *title;
  char      *aliases;
  char      *body;
  GPtrArray *tags; /* (element-type char *) */
} ReferenceNote;

void reference_note_free (ReferenceNote *self);

/* Answers a query by looking at every note, the obvious way. It shares the parser with the engine, and nothing else.
 * users: names by id, from 1. (element-type gint64) (transfer full) */
GArray *reference_run (GPtrArray         *notes,
                       const char *const *users,
                       OctavoQuery       *query,
                       const OctavoScope *scope,
                       const char        *scope_tag,
                       OctavoSort         sort);

G_END_DECLS
