/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-undo.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* Writes down what is done, for octavo_undo_run_async(): between the two, in one transaction, what changes is kept. A
 * transaction that is rolled back takes what was written down with it. On the writing connection. */
typedef struct
{
  gint64 step_id;
  gint64 first_row; /* after this one */
} OctavoUndoRecord;

gboolean octavo_undo_begin (OrmConnection    *connection,
                            OctavoUndoKind    kind,
                            const char       *subject,
                            OctavoUndoRecord *record,
                            GError          **error);
/* Goes on with a step in another transaction; step_id (inout): another one where it was undone or forgotten meanwhile,
 * or is 0. */
gboolean octavo_undo_resume (OrmConnection    *connection,
                             OctavoUndoKind    kind,
                             const char       *subject,
                             gint64           *step_id,
                             OctavoUndoRecord *record,
                             GError          **error);
/* step_id (out): 0 where nothing was changed. */
gboolean octavo_undo_end (OrmConnection *connection, OctavoUndoRecord *record, gint64 *step_id, GError **error);

/* Takes a step back. */
gboolean octavo_undo_apply (OrmConnection *connection, gint64 step_id, OctavoUndoResult *result, GError **error);

/* Forgets what was done before a time. */
gboolean octavo_undo_purge (OrmConnection *connection, gint64 before, GError **error);

/* The kind as it is written down. */
const char    *octavo_undo_kind_to_string (OctavoUndoKind kind);
OctavoUndoKind octavo_undo_kind_from_string (const char *name);

G_END_DECLS
