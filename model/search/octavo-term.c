/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-term.h"
#include "octavo-fold.h"
#include "octavo-ids.h"
#include "octavo-postings.h"

#include <string.h>

/* octavo_term_find:
 * @list: where it is listed
 * @text: the term
 * @id: (out): what stands for it in the sets; 0 where it was never in a note
 *
 * Looks a term up. Any thread. */
gboolean
octavo_term_find (OrmConnection *connection, OctavoTermList list, const char *text, gint64 *id, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT id FROM search_term WHERE list = ? AND term = ?", error);
  OrmStep step;

  *id = 0;
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, list);
  orm_statement_bind_text (statement, 2, text, -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *id = orm_statement_get_int64 (statement, 0);
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

/* octavo_term_append_quoted:
 * @match: a query of FTS5
 * @length: of @text, in bytes
 *
 * Appends a text as a string of FTS5's grammar. Any thread. */
void
octavo_term_append_quoted (GString *match, const char *text, gsize length)
{
  g_string_append_c (match, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (match, '"');
      g_string_append_c (match, text[i]);
    }
  g_string_append_c (match, '"');
}

/* Of the start of words: for all that start so. Returns: (transfer full): what FTS5 is asked for a term */
static char *
term_to_match (OctavoTermList list, const char *text)
{
  g_autoptr (GString) match = g_string_new (NULL);

  octavo_term_append_quoted (match, text, strlen (text));
  if (list >= OCTAVO_N_COLUMNS && octavo_class_of (g_utf8_get_char (text)) == OCTAVO_CLASS_WORD)
    g_string_append (match, " *");
  return g_string_free (g_steal_pointer (&match), FALSE);
}

/* octavo_term_prepare_match:
 * @match: a query of FTS5
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer none): the statement, bound */
OrmStatement *
octavo_term_prepare_match (OrmConnection *connection, OctavoColumn column, const char *match, GError **error)
{
  static const char *const sql[OCTAVO_N_COLUMNS] = {
    "SELECT rowid FROM search_title WHERE search_title MATCH ?",
    "SELECT rowid FROM search_body WHERE search_body MATCH ?",
  };
  OrmStatement *statement = orm_connection_prepare (connection, sql[column], error);

  if (statement != NULL)
    orm_statement_bind_text (statement, 1, match, -1);
  return statement;
}

static gboolean
add_matches (OrmConnection *connection,
             OctavoTermList list,
             GPtrArray *terms,
             OctavoOrder *order,
             OctavoBitmap *notes,
             GCancellable *cancellable,
             GError **error)
{
  for (guint i = 0; i < terms->len; i++)
    {
      g_autofree char *match = term_to_match (list, g_ptr_array_index (terms, i));
      OrmStatement *statement = octavo_term_prepare_match (connection, list % OCTAVO_N_COLUMNS, match, error);

      if (statement == NULL || g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !octavo_order_add_rows (order, statement, notes, error))
        return FALSE;
    }
  return TRUE;
}

/* octavo_terms_add_notes:
 * @list: where they are listed
 * @terms: (element-type char *): the terms
 * @notes: where the notes are added
 *
 * Finds the notes that have one of some terms. Reading thread. */
gboolean
octavo_terms_add_notes (OrmConnection *connection,
                        OctavoTermList list,
                        GPtrArray *terms,
                        OctavoOrder *order,
                        OctavoBitmap *notes,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), terms->len);

  if (!octavo_postings_suit (order))
    return add_matches (connection, list, terms, order, notes, cancellable, error);
  for (guint i = 0; i < terms->len; i++)
    {
      gint64 id;

      if (!octavo_term_find (connection, list, g_ptr_array_index (terms, i), &id, error))
        return FALSE;
      if (id != 0)
        g_array_append_val (ids, id);
    }
  g_array_sort (ids, octavo_compare_ids);
  return octavo_postings_read (connection, ids, order, notes, cancellable, error);
}

#define N_WEIGHED 8

/* octavo_terms_estimate:
 * @n_bytes: (out): about; 0 where no note has any of them
 *
 * Weighs the first of some terms, and takes the others to be like these. Reading thread. */
gboolean
octavo_terms_estimate (OrmConnection *connection,
                       OctavoTermList list,
                       GPtrArray *terms,
                       OctavoOrder *order,
                       gsize *n_bytes,
                       GError **error)
{
  guint n_weighed = MIN (terms->len, N_WEIGHED);

  *n_bytes = 0;
  for (guint i = 0; i < n_weighed; i++)
    {
      gsize size = 1;
      gint64 id;

      if (!octavo_term_find (connection, list, g_ptr_array_index (terms, i), &id, error) ||
          (id != 0 && octavo_postings_suit (order) && !octavo_postings_weigh (connection, id, order, &size, error)))
        return FALSE;
      *n_bytes += id != 0 ? size : 0;
    }
  if (n_weighed > 0)
    *n_bytes = *n_bytes * terms->len / n_weighed;
  return TRUE;
}
