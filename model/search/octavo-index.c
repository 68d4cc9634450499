/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-index.h"
#include "octavo-term-batch.h"
#include "octavo-tokenizer.h"
#include "orm-error.h"

#include <sqlite3.h>

/* The tables of the index, which are derived: they are made here and not by a migration, and made anew where they are
 * missing or were written by another version of the rules that make terms of texts. Which GLib a program runs with is
 * no part of the version (octavo-unicode).
 *
 *   search_title, search_body   contentless FTS5: which term stands where in which note
 *   search_term                 the distinct terms, for parts of words; terms stay until the index is made anew
 *   search_posting              which notes have a term, for a look at many terms at once (octavo-postings)
 *   search_meta                 the version, and how often the index was made
 *
 * Titles have a table of their own, so that "is it in the title?" reads little, and the body is read once. Phrases
 * are asked of FTS5, single terms of the sets. The first one and two characters of words are terms as well, so
 * that the first letter that is typed is one set.
 *
 * search_queue, which triggers fill, says what the index does not know yet, and what it knows instead: a contentless
 * table has to be told what to forget. All that a query needs to be right at once is to look at those notes itself. */
#define VERSION     "6"
#define MERGE_PAGES 1000
#define N_TABLES    13 /* with those of FTS5 */

/* As SQLite keeps them. */
static const char *const create_sql[] = {
  "CREATE VIRTUAL TABLE search_title USING fts5 (text, content='', tokenize='octavo')",
  "CREATE VIRTUAL TABLE search_body USING fts5 (text, content='', tokenize='octavo')",
  "CREATE TABLE search_term (id INTEGER PRIMARY KEY, list INTEGER NOT NULL, term TEXT NOT NULL, "
  "UNIQUE (list, term)) STRICT",
  "CREATE TABLE search_posting (key INTEGER PRIMARY KEY, notes BLOB NOT NULL) STRICT",
  "CREATE TABLE search_meta (id INTEGER PRIMARY KEY CHECK (id = 1), version TEXT NOT NULL, "
  "generation INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT",
};

/* octavo_index_is_to_blame:
 * @error: what came of a call that asks or writes the index
 *
 * Says whether the index may be the cause, and making it anew the way out; else it is the disk, another process, or
 * whoever cancelled the call. Any thread. */
gboolean
octavo_index_is_to_blame (const GError *error)
{
  if (error == NULL || error->domain != ORM_ERROR)
    return FALSE;
  switch ((OrmError) error->code)
    {
    case ORM_ERROR_FAILED: /* tables and columns that are not there */
    case ORM_ERROR_CORRUPT:
    case ORM_ERROR_CONSTRAINT:
    case ORM_ERROR_MISMATCH:
    case ORM_ERROR_NO_ROW:
    case ORM_ERROR_INVALID:
      return TRUE;
    case ORM_ERROR_CANT_OPEN:
    case ORM_ERROR_NOT_A_DATABASE:
    case ORM_ERROR_UNKNOWN_FORMAT:
    case ORM_ERROR_READ_ONLY:
    case ORM_ERROR_FULL:
    case ORM_ERROR_BUSY:
    case ORM_ERROR_IO:
    case ORM_ERROR_NEWER_SCHEMA:
    case ORM_ERROR_STALE:
    case ORM_ERROR_MANY_ROWS:
    case ORM_ERROR_TOO_BIG:
    case ORM_ERROR_NOT_LOADED:
    case ORM_ERROR_DISPLACED:
    case ORM_ERROR_NO_MEMORY:
    default:
      return FALSE;
    }
}

/* is_as_made (out): whether they are the tables that octavo_index_create() makes */
static gboolean
count_tables (OrmConnection *connection, guint *n_tables, gboolean *is_as_made, GError **error)
{
  static const char sql[] =
      "SELECT total (name IN ('search_meta', 'search_title', 'search_body', 'search_term', 'search_posting', "
      "'search_title_data', 'search_title_idx', 'search_title_docsize', 'search_title_config', "
      "'search_body_data', 'search_body_idx', 'search_body_docsize', 'search_body_config')), "
      "total (sql IN (?, ?, ?, ?, ?)) FROM sqlite_schema WHERE type = 'table'";
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (create_sql); i++)
    orm_statement_bind_text (statement, (int) i + 1, create_sql[i], -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      *n_tables = (guint) orm_statement_get_int64 (statement, 0);
      *is_as_made = orm_statement_get_int64 (statement, 1) == G_N_ELEMENTS (create_sql);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_ROW;
}

static gboolean
read_meta (OrmConnection *connection, OctavoIndexState *state, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "SELECT * FROM search_meta", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      /* of a version that had other columns, only this one is looked at */
      state->is_usable = g_strcmp0 (orm_statement_get_text (statement, 1, NULL), VERSION) == 0;
      state->is_other_version = !state->is_usable;
      state->generation = orm_statement_get_int64 (statement, 2);
      state->revision = state->is_usable ? orm_statement_get_int64 (statement, 3) : 0;
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/* octavo_index_get_state:
 * @connection: in a transaction
 * @state: (out caller-allocates): is_usable where there is an index of this version
 *
 * Looks whether there is an index to ask. */
gboolean
octavo_index_get_state (OrmConnection *connection, OctavoIndexState *state, GError **error)
{
  g_autoptr (GError) broken = NULL;
  gboolean is_as_made = FALSE;

  *state = (OctavoIndexState){ 0 };
  if (!count_tables (connection, &state->n_tables, &is_as_made, error))
    return FALSE;
  state->is_whole = state->n_tables == N_TABLES;
  if (!state->is_whole)
    return TRUE;
  if (!read_meta (connection, state, &broken))
    {
      if (!octavo_index_is_to_blame (broken))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return FALSE;
        }
      g_debug ("It is not known what index there is: %s", broken->message);
      *state = (OctavoIndexState){ .n_tables = state->n_tables, .is_whole = TRUE };
    }
  state->is_usable = state->is_usable && is_as_made;
  return TRUE;
}

/* octavo_index_create:
 * @connection: in a transaction that writes
 *
 * Makes the index anew and empty, whatever there was of it, and puts every note into the queue. Writing thread. */
gboolean
octavo_index_create (OrmConnection *connection, GError **error)
{
  OrmStatement *statement;

  if (!octavo_index_drop (connection, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (create_sql); i++)
    if (!orm_connection_execute (connection, create_sql[i], error))
      return FALSE;
  if (!orm_connection_execute (connection,
                               "DELETE FROM search_queue; INSERT INTO search_queue (note_id) SELECT id FROM note",
                               error))
    return FALSE;
  statement = orm_connection_prepare (connection,
                                      "INSERT INTO search_meta (id, version, generation, revision) "
                                      "VALUES (1, ?, abs (random ()), 0)",
                                      error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, VERSION, -1);
  return orm_statement_run (statement, error);
}

/* octavo_index_forget_totals:
 * @connection: in a transaction that writes, and has not written to the index
 *
 * Has FTS5 read anew how many notes and places there are. It keeps that in memory from the first write of a transaction
 * to its end; where there was no memory to read it, it keeps zeros, beyond the rollback as well, and would write them
 * in the next transaction (fts5StorageLoadTotals () of 3.40). A rollback of its own makes it forget them. To be called
 * before the first write of each transaction. Writing thread. */
gboolean
octavo_index_forget_totals (OrmConnection *connection, GError **error)
{
  gboolean done;

  if (!orm_connection_begin (connection, error))
    return FALSE;
  done =
      orm_connection_execute (connection, "DELETE FROM search_title WHERE 0; DELETE FROM search_body WHERE 0", error);
  orm_connection_rollback (connection);
  return done;
}

/* octavo_index_look_again:
 * @connection: in a snapshot
 *
 * Has FTS5 look whether somebody else wrote to the index. A search does so; PRAGMA integrity_check, which asks FTS5
 * since SQLite 3.44, does not (fts5IntegrityMethod () of 3.46), and takes what another process wrote for damage. To be
 * called before that. Whether the index can be read is for the check to tell. Any thread. */
void
octavo_index_look_again (OrmConnection *connection)
{
  g_autoptr (GError) error = NULL;

  if (!orm_connection_execute (connection,
                               "SELECT 1 FROM search_title WHERE search_title MATCH '\"a\"' LIMIT 1;"
                               "SELECT 1 FROM search_body WHERE search_body MATCH '\"a\"' LIMIT 1",
                               &error))
    g_debug ("The index was not looked at again: %s", error->message);
}

typedef struct
{
  OrmConnection *connection;
  OctavoTermBatch *terms;
  OctavoIndexBatch *batch;
} Writer;

static gboolean
write_text (Writer *self,
            OctavoColumn column,
            gboolean forget,
            gint64 id,
            const char *text,
            gsize length,
            GError **error)
{
  static const char *const sql[OCTAVO_N_COLUMNS][2] = {
    { "INSERT INTO search_title (rowid, text) VALUES (?, ?)",
      "INSERT INTO search_title (search_title, rowid, text) VALUES ('delete', ?, ?)" },
    { "INSERT INTO search_body (rowid, text) VALUES (?, ?)",
      "INSERT INTO search_body (search_body, rowid, text) VALUES ('delete', ?, ?)" },
  };
  OrmStatement *statement = orm_connection_prepare (self->connection, sql[column][forget], error);
  g_autoptr (GByteArray) stream = NULL;

  if (statement == NULL)
    return FALSE;
  octavo_term_batch_begin_text (self->terms, column, id, forget);
  stream = octavo_tokenize (text, length, column == OCTAVO_COLUMN_BODY, octavo_term_batch_add, self->terms);
  orm_statement_bind_int64 (statement, 1, id);
  orm_statement_bind_text (statement, 2, (const char *) stream->data, stream->len);
  return orm_statement_run (statement, error);
}

/* n_bytes: (inout): how many were written, so far */
static gboolean
write_columns (Writer *self,
               OrmStatement *row,
               int first_column,
               gboolean forget,
               gint64 id,
               gsize *n_bytes,
               GError **error)
{
  for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      gsize length;
      const char *text = orm_statement_get_text (row, first_column + i, &length);

      if (!write_text (self, (OctavoColumn) i, forget, id, text != NULL ? text : "", length, error))
        return FALSE;
      *n_bytes += length;
    }
  return TRUE;
}

static gboolean
write_note (Writer *self, OrmStatement *row, gint64 id, GError **error)
{
  gboolean is_known = !orm_statement_is_null (row, 1);
  gsize n_bytes = 0;

  if ((is_known && !write_columns (self, row, 1, TRUE, id, &n_bytes, error)) ||
      (!orm_statement_is_null (row, 3) && !write_columns (self, row, 4, FALSE, id, &n_bytes, error)))
    return FALSE;
  self->batch->n_notes++;
  self->batch->n_bytes += n_bytes;
  if (is_known)
    self->batch->n_bytes_again += n_bytes;
  return TRUE;
}

/* Takes notes from the queue until there are enough. */
static gboolean
write_notes (Writer *self, gint64 *last_id, GCancellable *cancellable, GError **error)
{
  OctavoIndexBatch *batch = self->batch;
  OrmStatement *row = orm_connection_prepare (self->connection,
                                              "SELECT q.note_id, q.old_title, q.old_body, n.id, "
                                              "n.title || char (10) || n.aliases, n.body "
                                              "FROM search_queue q LEFT JOIN note n ON n.id = q.note_id "
                                              "WHERE q.note_id >= ? ORDER BY q.note_id",
                                              error);
  OrmStep step;

  if (row == NULL)
    return FALSE;
  orm_statement_bind_int64 (row, 1, batch->from_id);
  while ((step = orm_statement_step (row, error)) == ORM_STEP_ROW)
    {
      if (batch->n_notes == batch->max_notes || batch->n_bytes >= batch->max_bytes)
        {
          batch->has_more = TRUE;
          break;
        }
      *last_id = orm_statement_get_int64 (row, 0);
      if (!write_note (self, row, *last_id, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          step = ORM_STEP_ERROR;
          break;
        }
    }
  orm_statement_reset (row);
  return step != ORM_STEP_ERROR;
}

static gboolean
forget_queue (OrmConnection *connection, gint64 from_id, gint64 last_id, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "DELETE FROM search_queue WHERE note_id >= ? AND note_id <= ?", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, from_id);
  orm_statement_bind_int64 (statement, 2, last_id);
  return orm_statement_run (statement, error);
}

/* octavo_index_update:
 * @connection: in a transaction that writes
 * @batch: (inout): what to take of the queue, and what was taken; from_id moves on, so that what is put into the queue
 *   behind it waits for the next walk
 *
 * Brings the index up to date with some of the notes in the queue. There is an index of this version. Writing thread.
 */
gboolean
octavo_index_update (OrmConnection *connection, OctavoIndexBatch *batch, GCancellable *cancellable, GError **error)
{
  Writer writer = { .connection = connection, .batch = batch };
  gint64 last_id = batch->from_id;
  gboolean done;

  batch->has_more = FALSE;
  batch->n_notes = 0;
  batch->n_bytes = 0;
  batch->n_bytes_again = 0;
  if (!octavo_index_forget_totals (connection, error))
    return FALSE;
  writer.terms = octavo_term_batch_new ();
  done =
      write_notes (&writer, &last_id, cancellable, error) && octavo_term_batch_write (writer.terms, connection, error);
  octavo_term_batch_free (writer.terms);
  if (!done || batch->n_notes == 0)
    return done;
  if (!forget_queue (connection, batch->from_id, last_id, error) ||
      !orm_connection_execute (connection, "UPDATE search_meta SET revision = revision + 1", error))
    return FALSE;
  batch->from_id = last_id < G_MAXINT64 ? last_id + 1 : last_id;
  return TRUE;
}

/* octavo_index_merge:
 * @connection: in a transaction that writes
 * @is_first: whether this starts to merge, or goes on with it
 * @has_more: (out): whether there is more to merge
 *
 * Makes fewer and larger pieces of what the batches of a large update left, a part at a time: each term that is looked
 * up is looked for in every piece. Of a part of a word, 39 µs a term before and 14 after, with 100,000 notes. Writing
 * thread. */
gboolean
octavo_index_merge (OrmConnection *connection, gboolean is_first, gboolean *has_more, GError **error)
{
  static const char *const sql[OCTAVO_N_COLUMNS] = {
    "INSERT INTO search_title (search_title, rank) VALUES ('merge', ?)",
    "INSERT INTO search_body (search_body, rank) VALUES ('merge', ?)",
  };

  *has_more = FALSE;
  if (!octavo_index_forget_totals (connection, error))
    return FALSE;
  for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      OrmStatement *statement = orm_connection_prepare (connection, sql[i], error);
      int before = sqlite3_total_changes (orm_connection_get_handle (connection));

      if (statement == NULL)
        return FALSE;
      orm_statement_bind_int64 (statement, 1, is_first ? -MERGE_PAGES : MERGE_PAGES);
      if (!orm_statement_run (statement, error))
        return FALSE;
      /* The command itself counts as one; SQLite promises less than two once there is nothing left. */
      *has_more |= sqlite3_total_changes (orm_connection_get_handle (connection)) - before >= 2;
    }
  return TRUE;
}
