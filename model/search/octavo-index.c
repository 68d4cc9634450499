/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-index.h"
#include "octavo-tokenizer.h"

#include <sqlite3.h>

/* The tables of the index, which are derived: they are made here and not by a migration, and made anew where they are
 * missing or were written by another version of the rules that make terms of texts (GLib's tables of characters among
 * them).
 *
 *   search_title, search_body   contentless FTS5: which term stands where in which note
 *   search_term                 the distinct terms, for parts of words; terms stay until the index is made anew
 *   search_meta                 the version, and how often the index was made
 *
 * Titles have a table of their own, so that "is it in the title?" reads little, and the body is read once. The first
 * one and two characters of words are indexed as well: with 100,000 notes the first letter that is typed is answered in
 * 12 ms instead of 98, for an index of 0.9 times the text instead of 0.5.
 *
 * search_queue, which triggers fill, says what the index does not know yet, and what it knows instead: a contentless
 * table has to be told what to forget. All that a query needs to be right at once is to look at those notes itself. */
#define RULES       2
#define MAX_BYTES   (8 * 1024 * 1024)
#define MERGE_PAGES 1000

static const char create_sql[] =
    "DROP TABLE IF EXISTS search_title;"
    "DROP TABLE IF EXISTS search_body;"
    "DROP TABLE IF EXISTS search_term;"
    "CREATE VIRTUAL TABLE search_title USING fts5 (text, content='', tokenize='octavo', "
    "prefix='1 2');"
    "CREATE VIRTUAL TABLE search_body USING fts5 (text, content='', tokenize='octavo', "
    "prefix='1 2');"
    "CREATE TABLE search_term (id INTEGER PRIMARY KEY, col INTEGER NOT NULL, term TEXT NOT NULL, UNIQUE (col, term)) "
    "STRICT;"
    "CREATE TABLE IF NOT EXISTS search_meta "
    "(id INTEGER PRIMARY KEY CHECK (id = 1), version TEXT NOT NULL, generation INTEGER NOT NULL) STRICT;"
    "DELETE FROM search_queue;"
    "INSERT INTO search_queue (note_id) SELECT id FROM note;";

static char *
current_version (void)
{
  return g_strdup_printf ("%d/%u.%u", RULES, glib_major_version, glib_minor_version);
}

/* octavo_index_get_state:
 * @connection: in a transaction
 * @generation: (out): how often the index was made; 0 where there is none
 * @is_usable: (out): whether there is one, of this version
 *
 * Looks whether there is an index to ask. */
gboolean
octavo_index_get_state (OrmConnection *connection, gint64 *generation, gboolean *is_usable, GError **error)
{
  g_autofree char *version = current_version ();
  OrmStatement *statement;
  gint64 n_tables;
  OrmStep step;

  *generation = 0;
  *is_usable = FALSE;
  if (!orm_connection_get_int64 (connection,
                                 "SELECT count (*) FROM sqlite_schema WHERE name IN "
                                 "('search_meta', 'search_title', 'search_body', 'search_term')",
                                 &n_tables, error))
    return FALSE;
  if (n_tables < 4)
    return TRUE;
  statement = orm_connection_prepare (connection, "SELECT version, generation FROM search_meta", error);
  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      *is_usable = g_strcmp0 (orm_statement_get_text (statement, 0, NULL), version) == 0;
      *generation = orm_statement_get_int64 (statement, 1);
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
  statement =
      orm_connection_prepare (connection,
                              "INSERT INTO search_meta (id, version, generation) VALUES (1, ?, abs (random ())) "
                              "ON CONFLICT DO UPDATE SET version = excluded.version, generation = excluded.generation",
                              error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, version, -1);
  return orm_statement_run (statement, error);
}

typedef struct
{
  OrmConnection *connection;
  GStringChunk *strings;
  GHashTable *terms[OCTAVO_N_COLUMNS];
  GHashTable *current;
  gsize n_bytes;
} Batch;

static void
collect_term (const char *term, gsize length, gboolean in_vocabulary, gpointer data)
{
  Batch *self = data;
  g_autofree char *copy = NULL;

  if (!in_vocabulary)
    return;
  copy = g_strndup (term, length);
  if (!g_hash_table_contains (self->current, copy))
    g_hash_table_add (self->current, g_string_chunk_insert_len (self->strings, copy, length));
}

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
  self->current = self->terms[column];
  self->n_bytes += length;
  stream = octavo_tokenize (text, length, column == OCTAVO_COLUMN_BODY, forget ? NULL : collect_term, self);
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

static gboolean
write_terms (Batch *self, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->connection, "INSERT OR IGNORE INTO search_term (col, term) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      GHashTableIter iter;
      gpointer term;

      g_hash_table_iter_init (&iter, self->terms[i]);
      while (g_hash_table_iter_next (&iter, &term, NULL))
        {
          orm_statement_bind_int64 (statement, 1, i);
          orm_statement_bind_text (statement, 2, term, -1);
          if (!orm_statement_run (statement, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Takes notes from the queue until there are enough. last_id (out): of the last that was taken. */
static gboolean
write_notes (Batch *self,
             guint max_notes,
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
  guint n_notes = 0;

  *has_more = FALSE;
  if (row == NULL)
    return FALSE;
  while ((step = orm_statement_step (row, error)) == ORM_STEP_ROW)
    {
      gint64 id = orm_statement_get_int64 (row, 0);

      if (n_notes == max_notes || self->n_bytes > MAX_BYTES)
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
      n_notes++;
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
  gint64 generation, last_id = G_MININT64;
  gboolean is_usable, done;
  OrmStatement *statement;

  if (!octavo_index_get_state (connection, &generation, &is_usable, error) ||
      (!is_usable && !octavo_index_create (connection, error)))
    return FALSE;

  batch.strings = g_string_chunk_new (16384);
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    batch.terms[i] = g_hash_table_new (g_str_hash, g_str_equal);
  done = write_notes (&batch, max_notes, &last_id, has_more, cancellable, error) && write_terms (&batch, error);
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    g_hash_table_unref (batch.terms[i]);
  g_string_chunk_free (batch.strings);
  if (!done || last_id == G_MININT64)
    return done;

  statement = orm_connection_prepare (connection, "DELETE FROM search_queue WHERE note_id <= ?", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, last_id);
  return orm_statement_run (statement, error);
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

static guint64
mix (guint64 hash)
{
  hash = (hash ^ (hash >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  hash = (hash ^ (hash >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return hash ^ (hash >> 31);
}

static guint64
hash_instance (gint64 id, gint64 position, const char *term, gsize length)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) term[i]) * G_GUINT64_CONSTANT (1099511628211);
  return mix (mix (hash ^ (guint64) id) + (guint64) position);
}

static void
hash_text (gint64 id, const char *text, gsize length, gboolean with_facts, guint64 *sum)
{
  g_autoptr (GByteArray) stream = octavo_tokenize (text, length, with_facts, NULL, NULL);
  gint64 n_positions = 0;

  for (guint i = 0; i < stream->len;)
    {
      const char *term = (const char *) stream->data + i;
      gsize term_length = strlen (term);

      i += term_length + 1;
      if (*term == OCTAVO_MARK_SAME && n_positions > 0)
        n_positions--;
      if (*term == OCTAVO_MARK_SAME)
        {
          term++;
          term_length--;
        }
      *sum += hash_instance (id, n_positions++, term, term_length);
    }
}

/* What the index should hold: the present text of a note, or what the queue says it has instead. */
static gboolean
hash_notes (OrmConnection *connection, guint64 sums[OCTAVO_N_COLUMNS], GCancellable *cancellable, GError **error)
{
  static const char sql[] =
      "SELECT n.id, n.title || char (10) || n.aliases, n.body FROM note n "
      "WHERE n.id NOT IN (SELECT note_id FROM search_queue) "
      "UNION ALL SELECT note_id, old_title, old_body FROM search_queue WHERE old_title IS NOT NULL";
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
      {
        gsize length;
        const char *text = orm_statement_get_text (statement, 1 + i, &length);

        hash_text (orm_statement_get_int64 (statement, 0), text != NULL ? text : "", length, i == OCTAVO_COLUMN_BODY,
                   &sums[i]);
      }
  return step == ORM_STEP_DONE && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
hash_index (OrmConnection *connection, guint64 sums[OCTAVO_N_COLUMNS], GError **error)
{
  static const char *const create[OCTAVO_N_COLUMNS] = {
    "CREATE VIRTUAL TABLE temp.search_check USING fts5vocab (main, search_title, instance)",
    "CREATE VIRTUAL TABLE temp.search_check USING fts5vocab (main, search_body, instance)",
  };
  static const char select[] = "SELECT term, doc, \"offset\" FROM temp.search_check";

  for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      OrmStatement *statement;
      OrmStep step = ORM_STEP_ERROR;

      if (!orm_connection_execute (connection, create[i], error))
        return FALSE;
      statement = orm_connection_prepare (connection, select, error);
      while (statement != NULL && (step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
        {
          gsize length;
          const char *term = orm_statement_get_text (statement, 0, &length);

          sums[i] += hash_instance (orm_statement_get_int64 (statement, 1), orm_statement_get_int64 (statement, 2),
                                    term, length);
        }
      if (!orm_connection_execute (connection, "DROP TABLE temp.search_check", step == ORM_STEP_DONE ? error : NULL) ||
          step != ORM_STEP_DONE)
        return FALSE;
    }
  return TRUE;
}

/* octavo_index_verify:
 * @connection: in a transaction
 * @is_right: (out): whether the index is there and holds exactly what it should
 *
 * Compares the index with the notes, every word of them; takes about as long as making it anew. Reading thread.
 *
 * Returns: %FALSE where it could not be looked at */
gboolean
octavo_index_verify (OrmConnection *connection, gboolean *is_right, GCancellable *cancellable, GError **error)
{
  guint64 wanted[OCTAVO_N_COLUMNS] = { 0 }, found[OCTAVO_N_COLUMNS] = { 0 };
  gint64 generation;
  g_autoptr (GError) broken = NULL;

  if (!octavo_index_get_state (connection, &generation, is_right, error))
    return FALSE;
  if (!*is_right)
    return TRUE;
  if (!hash_notes (connection, wanted, cancellable, error))
    return FALSE;
  if (!hash_index (connection, found, &broken))
    {
      if (g_error_matches (broken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return FALSE;
        }
      g_debug ("The search index cannot be read: %s", broken->message);
      *is_right = FALSE;
      return TRUE;
    }
  *is_right = wanted[0] == found[0] && wanted[1] == found[1];
  return TRUE;
}
