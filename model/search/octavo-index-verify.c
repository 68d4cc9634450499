/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-index-pages.h"
#include "octavo-index.h"
#include "octavo-postings.h"
#include "octavo-term-batch.h"
#include "octavo-tokenizer.h"

#include <string.h>

/* The index says the same as the notes where sums over all it says are the same: one over each place of each term of a
 * column, one over the lengths of texts, and one over each note of each term's set. A sum does not ask for an order, so
 * both sides are read as they stand; whether terms are found where they stand is looked at beside it. */
#define NOTES_AT_ONCE 1000

typedef struct
{
  guint64 places[OCTAVO_N_COLUMNS];
  guint64 lengths[OCTAVO_N_COLUMNS];
  gint64 n_notes[OCTAVO_N_COLUMNS];
  gint64 n_places[OCTAVO_N_COLUMNS];
  guint64 sets;
} Sums;

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

static guint64
hash_term (OctavoTermList list, const char *term)
{
  return hash_instance (list, 0, term, strlen (term));
}

static guint64
hash_length (gint64 id, gint64 n_places)
{
  return mix (mix ((guint64) id) + (guint64) n_places);
}

static void
add_to_sets (OctavoTermList list, const char *term, gint64 note_id, gpointer data)
{
  Sums *sums = data;

  if (octavo_postings_hold (note_id))
    sums->sets += mix (hash_term (list, term) + (guint64) note_id);
}

static void
hash_text (Sums *sums, gint64 id, OctavoColumn column, const char *text, gsize length, OctavoTermBatch *terms)
{
  g_autoptr (GByteArray) stream = NULL;
  gint64 n_positions = 0;

  octavo_term_batch_begin_text (terms, column, id, FALSE);
  stream = octavo_tokenize (text, length, column == OCTAVO_COLUMN_BODY, octavo_term_batch_add, terms);
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
      sums->places[column] += hash_instance (id, n_positions++, term, term_length);
    }
  sums->lengths[column] += hash_length (id, n_positions);
  sums->n_notes[column]++;
  sums->n_places[column] += n_positions;
}

/* What the index should hold: the present text of a note, or what the queue says it has instead. */
static gboolean
hash_notes (OrmConnection *connection, Sums *sums, GCancellable *cancellable, GError **error)
{
  static const char sql[] =
      "SELECT n.id, n.title || char (10) || n.aliases, n.body FROM note n "
      "WHERE n.id NOT IN (SELECT note_id FROM search_queue) "
      "UNION ALL SELECT note_id, old_title, old_body FROM search_queue WHERE old_title IS NOT NULL";
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  g_autoptr (OctavoTermBatch) terms = octavo_term_batch_new ();
  OrmStep step;
  guint n_notes = 0;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      for (OctavoColumn i = 0; i < OCTAVO_N_COLUMNS; i++)
        {
          gsize length;
          const char *text = orm_statement_get_text (statement, 1 + (int) i, &length);

          hash_text (sums, orm_statement_get_int64 (statement, 0), i, text != NULL ? text : "", length, terms);
        }
      if (++n_notes % NOTES_AT_ONCE == 0)
        octavo_term_batch_drain (terms, add_to_sets, sums);
    }
  octavo_term_batch_drain (terms, add_to_sets, sums);
  return step == ORM_STEP_DONE && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
hash_places (OrmConnection *connection, Sums *sums, GError **error)
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

          sums->places[i] += hash_instance (orm_statement_get_int64 (statement, 1),
                                            orm_statement_get_int64 (statement, 2), term, length);
        }
      if (!orm_connection_execute (connection, "DROP TABLE temp.search_check", step == ORM_STEP_DONE ? error : NULL) ||
          step != ORM_STEP_DONE)
        return FALSE;
    }
  return TRUE;
}

static void
add_length (gint64 note_id, gint64 n_places, gpointer sum)
{
  *(guint64 *) sum += hash_length (note_id, n_places);
}

static gboolean
hash_lengths (OrmConnection *connection, Sums *sums, GError **error)
{
  for (OctavoColumn i = 0; i < OCTAVO_N_COLUMNS; i++)
    if (!octavo_index_foreach_size (connection, i, add_length, &sums->lengths[i], error) ||
        !octavo_index_read_totals (connection, i, &sums->n_notes[i], &sums->n_places[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_ways (OrmConnection *connection, GCancellable *cancellable, GError **error)
{
  for (OctavoColumn i = 0; i < OCTAVO_N_COLUMNS; i++)
    if (!octavo_index_check_ways (connection, i, cancellable, error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  Sums *sums;
  GHashTable *hashes; /* id of a term → its hash */
} SetsWalk;

static void
add_posting (gint64 term_id, gint64 note_id, gpointer data)
{
  SetsWalk *walk = data;
  const guint64 *hash = g_hash_table_lookup (walk->hashes, &term_id);

  /* A set of no term is one too many. */
  walk->sums->sets += mix ((hash != NULL ? *hash : (guint64) term_id) + (guint64) note_id);
}

static gboolean
hash_sets (OrmConnection *connection, Sums *sums, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "SELECT id, list, term FROM search_term", error);
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  SetsWalk walk = { sums, hashes };
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 id = orm_statement_get_int64 (statement, 0);
      guint64 hash = hash_term ((OctavoTermList) orm_statement_get_int64 (statement, 1),
                                orm_statement_get_text (statement, 2, NULL));

      g_hash_table_insert (hashes, g_memdup2 (&id, sizeof id), g_memdup2 (&hash, sizeof hash));
    }
  return step == ORM_STEP_DONE && octavo_postings_foreach (connection, add_posting, &walk, error);
}

/* Where there never was an index, it is not missing: triggers put every note into the queue. */
static gboolean
is_lost (OrmConnection *connection, const OctavoIndexState *state, gboolean *lost, GError **error)
{
  gint64 n_unknown;

  if (!orm_connection_get_int64 (connection,
                                 "SELECT count (*) FROM note WHERE id NOT IN (SELECT note_id FROM search_queue)",
                                 &n_unknown, error))
    return FALSE;
  *lost = state->n_tables > 0 || n_unknown > 0;
  return TRUE;
}

static gboolean
find_fault (OrmConnection *connection, const OctavoIndexState *state, OctavoIndexFault *fault, GError **error)
{
  gboolean lost;

  *fault = OCTAVO_INDEX_RIGHT;
  if (state->is_usable)
    return TRUE;
  if (state->is_whole)
    {
      *fault = state->is_other_version ? OCTAVO_INDEX_OTHER_VERSION : OCTAVO_INDEX_UNREADABLE;
      return TRUE;
    }
  if (!is_lost (connection, state, &lost, error))
    return FALSE;
  if (lost)
    *fault = OCTAVO_INDEX_MISSING;
  return TRUE;
}

/* octavo_index_verify:
 * @connection: in a transaction
 * @fault: (out): what is wrong with the index, if anything
 *
 * Compares the index with the notes, every word of them; takes about as long as making it anew. Reading thread.
 *
 * Returns: %FALSE where it could not be looked at */
gboolean
octavo_index_verify (OrmConnection *connection, OctavoIndexFault *fault, GCancellable *cancellable, GError **error)
{
  Sums wanted = { 0 }, found = { 0 };
  OctavoIndexState state;
  g_autoptr (GError) broken = NULL;

  if (!octavo_index_get_state (connection, &state, error) || !find_fault (connection, &state, fault, error))
    return FALSE;
  if (!state.is_usable)
    return TRUE;
  if (!hash_notes (connection, &wanted, cancellable, error))
    return FALSE;
  if (!check_ways (connection, cancellable, &broken) || !hash_lengths (connection, &found, &broken) ||
      !hash_places (connection, &found, &broken) || !hash_sets (connection, &found, &broken))
    {
      if (!octavo_index_is_to_blame (broken))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return FALSE;
        }
      g_debug ("The search index cannot be read: %s", broken->message);
      *fault = OCTAVO_INDEX_UNREADABLE;
      return TRUE;
    }
  if (memcmp (&wanted, &found, sizeof wanted) != 0)
    *fault = OCTAVO_INDEX_DIFFERENT;
  return TRUE;
}

/* octavo_index_verify_pages:
 * @connection: in a transaction that writes, as FTS5 asks for one
 * @fault: (out): what is wrong with the index, if anything
 *
 * Has FTS5 look over its own pages: what of them only makes searches quicker is not looked at by octavo_index_verify().
 * Nothing is written. There is an index of this version. Writing thread.
 *
 * Returns: %FALSE where they could not be looked at */
gboolean
octavo_index_verify_pages (OrmConnection *connection, OctavoIndexFault *fault, GError **error)
{
  static const char sql[] = "INSERT INTO search_title (search_title) VALUES ('integrity-check');"
                            "INSERT INTO search_body (search_body) VALUES ('integrity-check')";
  g_autoptr (GError) broken = NULL;

  *fault = OCTAVO_INDEX_RIGHT;
  if (octavo_index_forget_totals (connection, &broken) && orm_connection_execute (connection, sql, &broken))
    return TRUE;
  if (octavo_index_is_to_blame (broken))
    {
      g_debug ("FTS5 finds fault with the search index: %s", broken->message);
      *fault = OCTAVO_INDEX_UNREADABLE;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&broken));
  return FALSE;
}
