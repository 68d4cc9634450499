/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-version.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* Versions on a connection that writes, in a transaction: for who is about to write over the text of a note. */

/* What a note says. */
typedef struct
{
  gint64 note_id; /* 0: there is no such note */
  gint64 updated;
  char  *title;
  char  *body;
} OctavoVersionState;

gboolean octavo_version_sql_read (OrmConnection *connection, gint64 note_id, OctavoVersionState *state, GError **error);
void     octavo_version_state_clear (OctavoVersionState *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoVersionState, octavo_version_state_clear)

/* Keeps a state, but where it is what was kept last; thins out those of the note. */
gboolean octavo_version_sql_add (OrmConnection            *connection,
                                 const OctavoVersionState *state,
                                 OctavoVersionReason       reason,
                                 GError                  **error);
/* Keeps what a note says; nothing where there is no such note. */
gboolean octavo_version_sql_keep (OrmConnection      *connection,
                                  gint64              note_id,
                                  OctavoVersionReason reason,
                                  GError            **error);

G_END_DECLS
