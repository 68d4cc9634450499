/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-snapshot-versions.h"

#include "octavo-repair-place.h"
#include "octavo-sqlite.h"

/* Rows are copied as they are, one at a time: a note may have hundreds of versions of a megabyte.
 *
 * The order of versions is that of their ids, and no file gives an id twice: as a rule the snapshot is of the same
 * file, and a version that is missing there finds its id free, between those that it was between. Where another version
 * has the id, the two went separate ways: from there on what comes from the snapshot is put at the end. */

enum
{
  ID,
  MADE,
  UPDATED,
  REASON,
  TITLE,
  SIZE,
  FORMAT,
  BODY,
  N_COLUMNS
};

typedef struct
{
  OrmConnection *connection;
  gint64 note_id;
  gboolean keeps_ids;
} Bring;

typedef enum
{
  FREE,
  SAME, /* by this version, or what became of it */
  TAKEN,
} Place;

static void
bind_text (OrmStatement *statement, int position, sqlite3_stmt *row, int column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  orm_statement_bind_text (statement, position, valid, -1);
}

static void
bind_row (const Bring *self, OrmStatement *statement, sqlite3_stmt *row, gboolean has_id)
{
  gconstpointer body = sqlite3_column_blob (row, BODY);

  if (has_id)
    orm_statement_bind_int64 (statement, 1 + ID, sqlite3_column_int64 (row, ID));
  else
    orm_statement_bind_null (statement, 1 + ID);
  orm_statement_bind_int64 (statement, 1 + MADE, sqlite3_column_int64 (row, MADE));
  orm_statement_bind_int64 (statement, 1 + UPDATED, sqlite3_column_int64 (row, UPDATED));
  bind_text (statement, 1 + REASON, row, REASON);
  bind_text (statement, 1 + TITLE, row, TITLE);
  orm_statement_bind_int64 (statement, 1 + SIZE, sqlite3_column_int64 (row, SIZE));
  bind_text (statement, 1 + FORMAT, row, FORMAT);
  orm_statement_bind_blob (statement, 1 + BODY, body != NULL ? body : "", (gsize) sqlite3_column_bytes (row, BODY));
  orm_statement_bind_int64 (statement, 1 + N_COLUMNS, self->note_id);
}

static gboolean
look_at_id (const Bring *self, sqlite3_stmt *row, Place *place, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->connection, "SELECT note_id = ?2 AND made = ?3 FROM note_version WHERE id = ?1",
                              error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, sqlite3_column_int64 (row, ID));
  orm_statement_bind_int64 (statement, 2, self->note_id);
  orm_statement_bind_int64 (statement, 3, sqlite3_column_int64 (row, MADE));
  step = orm_statement_step (statement, error);
  *place = step != ORM_STEP_ROW ? FREE : orm_statement_get_int64 (statement, 0) != 0 ? SAME : TAKEN;
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/* Not where it is there; where its text was damaged since, the sound one comes beside it. */
static gboolean
bring_row (Bring *self, sqlite3_stmt *row, GError **error)
{
  OrmStatement *statement;
  Place place = TAKEN;

  if (self->keeps_ids && !look_at_id (self, row, &place, error))
    return FALSE;
  self->keeps_ids = place != TAKEN;
  statement = orm_connection_prepare (
      self->connection,
      "INSERT INTO note_version (id, made, updated, reason, title, size, format, body, note_id) "
      "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE NOT EXISTS (SELECT 1 FROM note_version "
      "WHERE note_id = ?9 AND made = ?2 AND updated = ?3 AND size = ?6 AND title = ?5 AND format = ?7 AND body = ?8)",
      error);
  if (statement == NULL)
    return FALSE;
  bind_row (self, statement, row, place == FREE);
  return orm_statement_run (statement, error);
}

/* A damaged snapshot gives what can be read of it. */
static gboolean
bring_rows (Bring *self, sqlite3 *file, gint64 from_id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *rows = octavo_sqlite_prepare (file,
                                              "SELECT id, made, updated, reason, title, size, format, body "
                                              "FROM note_version WHERE note_id = ? ORDER BY id",
                                              &failure);
  gboolean is_good = TRUE;
  int result = SQLITE_DONE;

  if (rows == NULL)
    g_debug ("No versions come along: %s", failure->message); /* it is of before there were any */
  else
    sqlite3_bind_int64 (rows, 1, from_id);
  while (rows != NULL && is_good && (result = sqlite3_step (rows)) == SQLITE_ROW)
    is_good = bring_row (self, rows, error);
  if (is_good && result != SQLITE_DONE)
    g_message ("Not all versions could be read: %s", sqlite3_errmsg (file));
  sqlite3_finalize (rows);
  return is_good;
}

/**
 * octavo_snapshot_versions_bring:
 * @path: the path of a snapshot
 * @from_id: a note of it
 * @connection: the writing connection, in a transaction
 * @to_id: a note of that
 * @is_same_note: whether that note may have these versions, or others that come between them
 * @error: why they could not be written
 *
 * Copies the versions that are missing. What cannot be read of the snapshot is left out: better a note without them
 * than no note. Thread of the connection; blocks.
 *
 * Returns: whether what could be read is there
 */
gboolean
octavo_snapshot_versions_bring (const char *path,
                                gint64 from_id,
                                OrmConnection *connection,
                                gint64 to_id,
                                gboolean is_same_note,
                                GError **error)
{
  Bring self = { .connection = connection, .note_id = to_id, .keeps_ids = is_same_note };
  gboolean had_companions = octavo_repair_place_has_companions (path);
  g_autoptr (GError) failure = NULL;
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, &failure);
  gboolean is_good = TRUE;

  if (file != NULL)
    is_good = bring_rows (&self, file, from_id, error);
  else
    g_message ("Versions could not be read: %s", failure->message);
  sqlite3_close (file);
  if (!had_companions)
    octavo_repair_place_tidy_read (path);
  return is_good;
}
