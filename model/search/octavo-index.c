/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-index.h"
#include "octavo-term-batch.h"
#include "octavo-tokenizer.h"

#include <sqlite3.h>

/* The tables of the index, which are derived: they are made here and not by a migration, and made anew where they are
 * missing or were written by another version of the rules that make terms of texts (GLib's tables of characters among
 * them).
 *
 *   search_title, search_body   contentless FTS5: which term stands where in which note
 *   search_term                 the distinct terms, for parts of words; terms stay until the index is made anew
 *   search_posting              which notes have a term, for a look at many terms at once (octavo-postings)
 *   search_meta                 the version, and how often the index was made
 *
 * Titles have a table of their own, so that "is it in the title?" reads little, and the body is read once. Phrases and
 * scores are asked of FTS5, single terms of the sets. The first one and two characters of words are terms as well, so
 * that the first letter that is typed is one set.
 *
 * search_queue, which triggers fill, says what the index does not know yet, and what it knows instead: a contentless
 * table has to be told what to forget. All that a query needs to be right at once is to look at those notes itself. */
#define RULES       4
#define MAX_BYTES   (8 * 1024 * 1024)
#define MERGE_PAGES 1000

static const char create_sql[] =
    "DROP TABLE IF EXISTS search_title;"
    "DROP TABLE IF EXISTS search_body;"
    "DROP TABLE IF EXISTS search_term;"
    "DROP TABLE IF EXISTS search_posting;"
    "CREATE VIRTUAL TABLE search_title USING fts5 (text, content='', tokenize='octavo');"
    "CREATE VIRTUAL TABLE search_body USING fts5 (text, content='', tokenize='octavo');"
    "CREATE TABLE search_term (id INTEGER PRIMARY KEY, list INTEGER NOT NULL, term TEXT NOT NULL, "
    "UNIQUE (list, term)) STRICT;"
    "CREATE TABLE search_posting (part INTEGER NOT NULL, term_id INTEGER NOT NULL, notes BLOB NOT NULL, "
    "PRIMARY KEY (part, term_id)) STRICT, WITHOUT ROWID;"
    "DROP TABLE IF EXISTS search_meta;"
    "CREATE TABLE search_meta (id INTEGER PRIMARY KEY CHECK (id = 1), version TEXT NOT NULL, "
    "generation INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;"
    "DELETE FROM search_queue;"
    "INSERT INTO search_queue (note_id) SELECT id FROM note;";

static char *
current_version (void)
{
  return g_strdup_printf ("%d/%u.%u", RULES, glib_major_version, glib_minor_version);
}

/* octavo_index_get_state:
 * @connection: in a transaction
 * @state: (out caller-allocates): is_usable where there is an index of this version
 *
 * Looks whether there is an index to ask. */
gboolean
octavo_index_get_state (OrmConnection *connection, OctavoIndexState *state, GError **error)
{
  g_autofree char *version = current_version ();
  OrmStatement *statement;
  gint64 n_tables;
  OrmStep step;

  *state = (OctavoIndexState){ 0 };
  if (!orm_connection_get_int64 (connection,
                                 "SELECT count (*) FROM sqlite_schema WHERE name IN "
                                 "('search_meta', 'search_title', 'search_body', 'search_term', 'search_posting')",
                                 &n_tables, error))
    return FALSE;
  if (n_tables < 5)
    return TRUE;
  statement = orm_connection_prepare (connection, "SELECT * FROM search_meta", error);
  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      /* of a version that had other columns, only this one is looked at */
      state->is_usable = g_strcmp0 (orm_statement_get_text (statement, 1, NULL), version) == 0;
      state->generation = orm_statement_get_int64 (statement, 2);
      state->revision = state->is_usable ? orm_statement_get_int64 (statement, 3) : 0;
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/* octavo_index_create:
 * @connection: in a transaction that writes
 *
 * Makes the index anew and empty, and puts every note into the queue. Writing thread. */
gboolean
octavo_index_create (OrmConnection *connection, GError **error)
{
  g_autofree char *version = current_version ();
  OrmStatement *statement;

  if (!orm_connection_execute (connection, create_sql, error))
    return FALSE;
  statement = orm_connection_prepare (connection,
                                      "INSERT INTO search_meta (id, version, generation, revision) "
                                      "VALUES (1, ?, abs (random ()), 0)",
                                      error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, version, -1);
  return orm_statement_run (statement, error);
}

typedef struct
{
  OrmConnection *connection;
  OctavoTermBatch *terms;
  gsize n_bytes;
} Batch;

static gboolean
write_text (Batch *self,
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
  self->n_bytes += length;
  octavo_term_batch_begin_text (self->terms, column, id, forget);
  stream = octavo_tokenize (text, length, column == OCTAVO_COLUMN_BODY, octavo_term_batch_add, self->terms);
  orm_statement_bind_int64 (statement, 1, id);
  orm_statement_bind_text (statement, 2, (const char *) stream->data, stream->len);
  return orm_statement_run (statement, error);
}

static gboolean
write_columns (Batch *self, OrmStatement *row, int first_column, gboolean forget, gint64 id, GError **error)
{
  for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      gsize length;
      const char *text = orm_statement_get_text (row, first_column + i, &length);

      if (!write_text (self, (OctavoColumn) i, forget, id, text != NULL ? text : "", length, error))
        return FALSE;
    }
  return TRUE;
}

/* Takes notes from the queue until there are enough. last_id (out): of the last that was taken, where any was. */
static gboolean
write_notes (Batch *self,
             guint max_notes,
             guint *n_notes,
             gint64 *last_id,
             gboolean *has_more,
             GCancellable *cancellable,
             GError **error)
{
  OrmStatement *row = orm_connection_prepare (self->connection,
                                              "SELECT q.note_id, q.old_title, q.old_body, n.id, "
                                              "n.title || char (10) || n.aliases, n.body "
                                              "FROM search_queue q LEFT JOIN note n ON n.id = q.note_id "
                                              "ORDER BY q.note_id",
                                              error);
  OrmStep step;

  *n_notes = 0;
  *has_more = FALSE;
  if (row == NULL)
    return FALSE;
  while ((step = orm_statement_step (row, error)) == ORM_STEP_ROW)
    {
      gint64 id = orm_statement_get_int64 (row, 0);

      if (*n_notes == max_notes || self->n_bytes > MAX_BYTES)
        {
          *has_more = TRUE;
          break;
        }
      if ((!orm_statement_is_null (row, 1) && !write_columns (self, row, 1, TRUE, id, error)) ||
          (!orm_statement_is_null (row, 3) && !write_columns (self, row, 4, FALSE, id, error)) ||
          g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          step = ORM_STEP_ERROR;
          break;
        }
      *last_id = id;
      (*n_notes)++;
    }
  orm_statement_reset (row);
  return step != ORM_STEP_ERROR;
}

/* octavo_index_update:
 * @connection: in a transaction that writes
 * @max_notes: to stop after so many; also after 8 MB of text
 * @has_more: (out): whether notes are left in the queue
 *
 * Brings the index up to date with some of the notes in the queue; makes it where it cannot be used. Writing thread. */
gboolean
octavo_index_update (OrmConnection *connection,
                     guint max_notes,
                     gboolean *has_more,
                     GCancellable *cancellable,
                     GError **error)
{
  Batch batch = { .connection = connection };
  gint64 last_id = 0;
  guint n_notes;
  OctavoIndexState state;
  gboolean done;
  OrmStatement *statement;

  if (!octavo_index_get_state (connection, &state, error) ||
      (!state.is_usable && !octavo_index_create (connection, error)))
    return FALSE;

  batch.terms = octavo_term_batch_new ();
  done = write_notes (&batch, max_notes, &n_notes, &last_id, has_more, cancellable, error) &&
         octavo_term_batch_write (batch.terms, connection, error);
  octavo_term_batch_free (batch.terms);
  if (!done || n_notes == 0)
    return done;

  statement = orm_connection_prepare (connection, "DELETE FROM search_queue WHERE note_id <= ?", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, last_id);
  return orm_statement_run (statement, error) &&
         orm_connection_execute (connection, "UPDATE search_meta SET revision = revision + 1", error);
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
