/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* Notes as plain values on a connection: for the repositories, inside of OrmWork. */

/* Checks the values, inserts the note with its tags, sets id. Dates of 0 become now. */
gboolean octavo_note_sql_insert (OrmConnection *connection, OctavoNoteValues *values, GError **error);
/* Checks the values and writes all of them, tags too, over the note of that id. */
gboolean octavo_note_sql_update (OrmConnection *connection, const OctavoNoteValues *values, GError **error);

/* Reads notes in the order of ids into notes (element-type OctavoNoteValues), those that are gone left out, two
 * statements. With bodies it stops early once they are some megabytes; n_read (out): how many of the ids were read. */
gboolean octavo_note_sql_read (OrmConnection *connection,
                               const gint64  *ids,
                               gsize          n_ids,
                               gboolean       with_body,
                               GPtrArray     *notes,
                               gsize         *n_read,
                               GError       **error);

gboolean octavo_note_sql_read_tags (OrmConnection *connection, gint64 id, GStrv *tags, GError **error);

/* name: as normalized; tag_id (out): 0 where there is none. */
gboolean octavo_note_sql_find_tag (OrmConnection *connection, const char *name, gint64 *tag_id, GError **error);
/* name: as normalized; made where there is none. */
gboolean octavo_note_sql_ensure_tag (OrmConnection *connection, const char *name, gint64 *tag_id, GError **error);
/* Exactly these tags: others are taken off, and go away where no note has them any more. names (nullable). */
gboolean octavo_note_sql_set_tags (OrmConnection *connection, gint64 id, const char *const *names, GError **error);
gboolean octavo_note_sql_delete_unused_tags (OrmConnection *connection, GError **error);

gboolean octavo_note_sql_count (OrmConnection *connection, const OctavoScope *scope, gint64 *count, GError **error);
/* (element-type gint64) both */
gboolean octavo_note_sql_find_gone (OrmConnection *connection, GArray *ids, GArray *gone, GError **error);

G_END_DECLS
