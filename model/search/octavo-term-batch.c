/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-term-batch.h"
#include "octavo-postings.h"
#include "octavo-tokenizer.h"

#include <string.h>

/* Notes that are edited keep most of their words: a term that goes and comes with one note is no change. */
#define MAX_TERM (OCTAVO_PIECE_LENGTH * 4 + 3) /* bytes: with marks */

typedef struct
{
  const char *text;
  GArray *changes; /* of OctavoPostingChange */
  guint last_text; /* the last of those that have it */
} Entry;

struct _OctavoTermBatch
{
  GStringChunk *strings;
  GHashTable *lists[OCTAVO_N_TERM_LISTS]; /* term → Entry */
  OctavoColumn column;
  OctavoPostingChange change;
  guint n_texts;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_array_unref (entry->changes);
  g_free (entry);
}

/* octavo_term_batch_new:
 *
 * Returns: (transfer full): an empty batch */
OctavoTermBatch *
octavo_term_batch_new (void)
{
  OctavoTermBatch *self = g_new0 (OctavoTermBatch, 1);

  self->strings = g_string_chunk_new (16384);
  for (guint i = 0; i < OCTAVO_N_TERM_LISTS; i++)
    self->lists[i] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  return self;
}

/* octavo_term_batch_free:
 *
 * Frees a batch. */
void
octavo_term_batch_free (OctavoTermBatch *self)
{
  for (guint i = 0; i < OCTAVO_N_TERM_LISTS; i++)
    g_hash_table_unref (self->lists[i]);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/* octavo_term_batch_begin_text:
 * @is_gone: whether the terms that follow go
 *
 * The terms that follow are those of one column of a note. Notes come in the order of their ids. */
void
octavo_term_batch_begin_text (OctavoTermBatch *self, OctavoColumn column, gint64 note_id, gboolean is_gone)
{
  self->column = column;
  self->change = (OctavoPostingChange){ note_id, is_gone };
  self->n_texts++;
}

static gboolean
is_taken_back (OctavoTermBatch *self, const Entry *entry)
{
  OctavoPostingChange last = g_array_index (entry->changes, OctavoPostingChange, entry->changes->len - 1);

  return last.id == self->change.id && last.is_gone && !self->change.is_gone;
}

static void
add_to_list (OctavoTermBatch *self, OctavoTermList list, const char *term, gsize length)
{
  char copy[MAX_TERM + 1];
  Entry *entry;

  g_return_if_fail (length <= MAX_TERM);

  memcpy (copy, term, length);
  copy[length] = '\0';
  entry = g_hash_table_lookup (self->lists[list], copy);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->text = g_string_chunk_insert_len (self->strings, copy, length);
      entry->changes = g_array_new (FALSE, FALSE, sizeof (OctavoPostingChange));
      g_hash_table_insert (self->lists[list], (char *) entry->text, entry);
    }
  if (entry->last_text == self->n_texts)
    return;
  entry->last_text = self->n_texts;
  if (entry->changes->len > 0 && is_taken_back (self, entry))
    g_array_set_size (entry->changes, entry->changes->len - 1);
  else
    g_array_append_val (entry->changes, self->change);
}

/* octavo_term_batch_add:
 * @in_vocabulary: whether parts of the term are looked for
 * @batch: an OctavoTermBatch
 *
 * Adds a term of the text, and the starts of a word. */
void
octavo_term_batch_add (const char *term, gsize length, gboolean in_vocabulary, gpointer batch)
{
  OctavoTermBatch *self = batch;
  const char *end = term;

  add_to_list (self, octavo_term_list (self->column, in_vocabulary), term, length);
  if (!in_vocabulary || *term == OCTAVO_MARK_GAP || *term == OCTAVO_MARK_PIECE)
    return;
  for (guint i = 0; i < OCTAVO_TERM_START && end < term + length && *end != OCTAVO_MARK_PIECE; i++)
    {
      end = g_utf8_next_char (end);
      add_to_list (self, octavo_term_list (self->column, FALSE), term, end - term);
    }
}

/* octavo_term_batch_drain:
 * @func: (scope call): called with each term, and each note that has it
 *
 * Empties the batch. */
void
octavo_term_batch_drain (OctavoTermBatch *self, OctavoTermBatchFunc func, gpointer data)
{
  for (OctavoTermList i = 0; i < OCTAVO_N_TERM_LISTS; i++)
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, self->lists[i]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const Entry *entry = value;

          for (guint j = 0; j < entry->changes->len; j++)
            func (i, entry->text, g_array_index (entry->changes, OctavoPostingChange, j).id, data);
        }
      g_hash_table_remove_all (self->lists[i]);
    }
  g_string_chunk_clear (self->strings);
}

static gboolean
ensure_term (OrmConnection *connection, OctavoTermList list, const char *text, gint64 *id, GError **error)
{
  OrmStatement *statement;

  if (!octavo_term_find (connection, list, text, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  statement = orm_connection_prepare (connection, "INSERT INTO search_term (list, term) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, list);
  orm_statement_bind_text (statement, 2, text, -1);
  if (!orm_statement_run (statement, error))
    return FALSE;
  *id = orm_connection_get_last_insert_id (connection);
  return TRUE;
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const OctavoPostingChanges *x = a, *y = b;

  return x->term_id < y->term_id ? -1 : x->term_id > y->term_id;
}

/* octavo_term_batch_write:
 * @connection: in a transaction that writes
 *
 * Writes the terms, and who has them. Writing thread. */
gboolean
octavo_term_batch_write (OctavoTermBatch *self, OrmConnection *connection, GError **error)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (OctavoPostingChanges));

  for (OctavoTermList i = 0; i < OCTAVO_N_TERM_LISTS; i++)
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, self->lists[i]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const Entry *entry = value;
          OctavoPostingChanges term = { 0, entry->changes };

          if (entry->changes->len == 0)
            continue;
          if (!ensure_term (connection, i, entry->text, &term.term_id, error))
            return FALSE;
          g_array_append_val (terms, term);
        }
    }
  g_array_sort (terms, compare_terms);
  return octavo_postings_change (connection, (const OctavoPostingChanges *) (gpointer) terms->data, terms->len, error);
}
