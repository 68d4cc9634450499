/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-text-finder.h"
#include "octavo-matcher.h"
#include "octavo-tokenizer.h"

#include <string.h>

/* From what a node asks for to the notes that have it, out of the index alone where that can be.
 *
 * One element (a word, say) is one term, or a term's start, or a part of terms that the vocabulary lists. Several are a
 * phrase of terms, gaps included, where only the ends can be parts: the last is a prefix, for which FTS5 has a
 * star; the first is each of the terms that end so. Where those are too many, or an element is longer than the index
 * keeps whole, the index narrows and the texts decide. */
#define MAX_FIRST_TERMS 64

/* As an estimate: what is so long is rare. */
#define LONG_BYTES 1

static void
append_element (GString *out, const OctavoElement *element, gboolean is_prefix)
{
  g_autoptr (GString) term = g_string_new (NULL);

  if (element->implicit)
    return;
  if (element->class == OCTAVO_CLASS_GAP)
    g_string_append_c (term, OCTAVO_MARK_GAP);
  g_string_append_len (term, element->text, element->length);
  if (out->len > 0)
    g_string_append (out, " + ");
  octavo_term_append_quoted (out, term->str, term->len);
  if (is_prefix)
    g_string_append (out, " *");
}

static gboolean
run_match (OctavoTextFinder *self, OctavoColumn column, const char *match, OctavoBitmap *notes, GError **error)
{
  OrmStatement *statement = octavo_term_prepare_match (self->connection, column, match, error);

  return statement != NULL && !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         octavo_order_add_rows (self->order, statement, notes, error);
}

static gboolean
add_terms (OctavoTextFinder *self, OctavoTermList list, GPtrArray *terms, OctavoBitmap *notes, GError **error)
{
  return octavo_terms_add_notes (self->connection, list, terms, self->order, notes, self->cancellable, error);
}

static gboolean
add_term (OctavoTextFinder *self, OctavoTermList list, const char *term, OctavoBitmap *notes, GError **error)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();

  g_ptr_array_add (terms, (char *) term);
  return add_terms (self, list, terms, notes, error);
}

/* octavo_text_finder_find_fact:
 * @fact: as the index has it
 * @notes: where the notes of whose bodies it holds are added
 *
 * Finds the notes that have a fact. Reading thread. */
gboolean
octavo_text_finder_find_fact (OctavoTextFinder *self, const char *fact, OctavoBitmap *notes, GError **error)
{
  return add_term (self, octavo_term_list (OCTAVO_COLUMN_BODY, FALSE), fact, notes, error);
}

static gboolean
find_parts (OctavoTextFinder *self,
            OctavoColumn column,
            OctavoPart part,
            gboolean is_gap,
            const char *text,
            gsize length,
            OctavoBitmap *notes,
            GError **error)
{
  g_autoptr (GPtrArray) terms = octavo_vocabulary_find (self->vocabulary, column, part, is_gap, text, length);

  return add_terms (self, octavo_term_list (column, TRUE), terms, notes, error);
}

/* One term, the start of many, or a part of those that the vocabulary lists. */
static gboolean
find_element (OctavoTextFinder *self,
              OctavoColumn column,
              const OctavoNode *node,
              const OctavoElement *element,
              OctavoBitmap *notes,
              GError **error)
{
  gboolean is_word = element->class == OCTAVO_CLASS_WORD;
  gboolean is_whole = is_word && node->at_start && node->at_end;
  gboolean is_start = is_word && node->at_start && !node->at_end;
  g_autofree char *text = g_strndup (element->text, element->length);
  OctavoPart part = OCTAVO_PART_ANY;

  if (element->class == OCTAVO_CLASS_GLYPH || (is_start && g_utf8_strlen (text, -1) <= OCTAVO_TERM_START))
    return add_term (self, octavo_term_list (column, FALSE), text, notes, error);
  if (is_whole)
    return add_term (self, octavo_term_list (column, TRUE), text, notes, error);
  if (is_word && (is_start || node->at_end))
    part = is_start ? OCTAVO_PART_START : OCTAVO_PART_END;
  return find_parts (self, column, part, !is_word, element->text, element->length, notes, error);
}

/* The elements from the given one on, as a phrase behind what stands in match already. */
static void
append_rest (GString *match, const OctavoNode *node, GArray *elements, guint from)
{
  for (guint i = from; i < elements->len; i++)
    {
      const OctavoElement *element = &g_array_index (elements, OctavoElement, i);
      gboolean is_last = i + 1 == elements->len;

      append_element (match, element,
                      is_last && (element->class == OCTAVO_CLASS_GAP ||
                                  (element->class == OCTAVO_CLASS_WORD && !node->at_end)));
    }
}

/* octavo_text_finder_filter:
 * @candidates: (inout): notes; those whose text has it are kept
 * @max_bytes: how much text is read before it is given up
 * @is_done: (out): whether it was not given up
 *
 * Looks for a text in the titles, or the bodies, of notes, and not in the index. Reading thread. */
gboolean
octavo_text_finder_filter (OctavoTextFinder *self,
                           OctavoColumn column,
                           const OctavoNode *text_node,
                           OctavoBitmap *candidates,
                           gsize max_bytes,
                           gboolean *is_done,
                           GError **error)
{
  static const char *const sql[OCTAVO_N_COLUMNS] = {
    "SELECT title || char (10) || aliases FROM note WHERE id = ?",
    "SELECT body FROM note WHERE id = ?",
  };
  OrmStatement *statement = orm_connection_prepare (self->connection, sql[column], error);
  gsize n_bytes = 0;

  if (statement == NULL)
    return FALSE;
  for (guint slot = 0; n_bytes <= max_bytes && octavo_bitmap_next (candidates, &slot); slot++)
    {
      g_auto (OctavoFolded) folded = OCTAVO_FOLDED_INIT;
      const char *text;
      gsize length = 0;
      OrmStep step;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      orm_statement_reset (statement);
      orm_statement_bind_int64 (statement, 1, octavo_order_get_id (self->order, slot));
      step = orm_statement_step (statement, error);
      if (step == ORM_STEP_ERROR)
        return FALSE;
      text = step == ORM_STEP_ROW ? orm_statement_get_text (statement, 0, &length) : NULL;
      n_bytes += length;
      if (text != NULL && n_bytes <= max_bytes)
        octavo_fold (text, length, FALSE, &folded);
      if (folded.text == NULL || !octavo_match_text (text_node, &folded))
        octavo_bitmap_unset (candidates, slot);
      self->counts.n_read++;
    }
  orm_statement_reset (statement);
  *is_done = n_bytes <= max_bytes;
  return TRUE;
}

/* Keeps of the candidates those whose text has it. */
static gboolean
verify (OctavoTextFinder *self, OctavoColumn column, const OctavoNode *node, OctavoBitmap *candidates, GError **error)
{
  gboolean is_done;

  return octavo_text_finder_filter (self, column, node, candidates, G_MAXSIZE, &is_done, error);
}

/* Notes that have the start of the first long element somewhere. */
static gboolean
find_long (OctavoTextFinder *self, OctavoColumn column, GArray *elements, OctavoBitmap *notes, GError **error)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const OctavoElement *element = &g_array_index (elements, OctavoElement, i);
      const char *end = element->text, *text_end = element->text + element->length;

      for (guint n = 0; n < OCTAVO_PIECE_STEP && end < text_end; n++)
        end = g_utf8_next_char (end);
      if (end < text_end)
        return find_parts (self, column, OCTAVO_PART_ANY, element->class == OCTAVO_CLASS_GAP, element->text,
                           end - element->text, notes, error);
    }
  return TRUE;
}

static gboolean
has_long (GArray *elements)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const OctavoElement *element = &g_array_index (elements, OctavoElement, i);

      if (g_utf8_strlen (element->text, element->length) > OCTAVO_PIECE_STEP)
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_phrase (OctavoTextFinder *self,
             OctavoColumn column,
             const OctavoNode *node,
             GArray *elements,
             const OctavoBitmap *mask,
             OctavoBitmap *notes,
             gboolean *is_exact,
             GError **error)
{
  const OctavoElement *first = &g_array_index (elements, OctavoElement, 0);
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (GPtrArray) firsts = NULL;

  if (first->class == OCTAVO_CLASS_GLYPH || (first->class == OCTAVO_CLASS_WORD && node->at_start))
    {
      append_rest (match, node, elements, 0);
      return run_match (self, column, match->str, notes, error);
    }
  firsts = octavo_vocabulary_find (self->vocabulary, column, OCTAVO_PART_END, first->class == OCTAVO_CLASS_GAP,
                                   first->text, first->length);
  if (firsts->len > MAX_FIRST_TERMS)
    {
      *is_exact = FALSE;
      append_rest (match, node, elements, 1);
      if (!run_match (self, column, match->str, notes, error))
        return FALSE;
      octavo_bitmap_and (notes, mask);
      return verify (self, column, node, notes, error);
    }
  for (guint i = 0; i < firsts->len; i++)
    {
      const char *term = g_ptr_array_index (firsts, i);

      g_string_truncate (match, 0);
      octavo_term_append_quoted (match, term, strlen (term));
      append_rest (match, node, elements, 1);
      if (!run_match (self, column, match->str, notes, error))
        return FALSE;
    }
  return TRUE;
}

/* The element that tells most: the longest. */
static gboolean
find_longest (const OctavoNode *node, OctavoElement *longest, guint *n_elements)
{
  OctavoElementIter iter;
  OctavoElement element;

  *n_elements = 0;
  octavo_element_iter_init (&iter, node->text, strlen (node->text));
  while (octavo_element_iter_next (&iter, &element))
    if ((*n_elements)++ == 0 || element.length > longest->length)
      *longest = element;
  return *n_elements > 0;
}

/* octavo_text_finder_estimate:
 * @n_bytes: (out): how much the index has to say about it
 *
 * Guesses how many notes have a text, so that rare ones are looked for first. 0: the index knows of none. Reading
 * thread. */
gboolean
octavo_text_finder_estimate (OctavoTextFinder *self,
                             OctavoColumn column,
                             const OctavoNode *text_node,
                             gsize *n_bytes,
                             GError **error)
{
  g_autoptr (GPtrArray) terms = NULL;
  OctavoTermList list = octavo_term_list (column, TRUE);
  OctavoPart part = OCTAVO_PART_ANY;
  OctavoElement element = { 0 };
  guint n_elements;

  *n_bytes = 0;
  if (!find_longest (text_node, &element, &n_elements) || element.length == 0 ||
      g_utf8_strlen (element.text, element.length) > OCTAVO_PIECE_STEP)
    {
      *n_bytes = LONG_BYTES;
      return TRUE;
    }
  if (n_elements == 1 && element.class == OCTAVO_CLASS_WORD && text_node->at_start)
    part = OCTAVO_PART_START;
  if (element.class == OCTAVO_CLASS_GLYPH ||
      (part == OCTAVO_PART_START && g_utf8_strlen (element.text, element.length) <= OCTAVO_TERM_START))
    {
      list = octavo_term_list (column, FALSE);
      terms = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (terms, g_strndup (element.text, element.length));
    }
  else
    terms = octavo_vocabulary_find (self->vocabulary, column, part, element.class == OCTAVO_CLASS_GAP, element.text,
                                    element.length);
  return octavo_terms_estimate (self->connection, list, terms, self->order, n_bytes, error);
}

/* octavo_text_finder_find:
 * @text_node: what is looked for
 * @mask: notes that matter; others may be found or not
 * @notes: an empty set, where what is found is put
 * @is_exact: (out): whether all that have it were found, whatever @mask is
 *
 * Finds the notes whose indexed title, or body, has a text. Reading thread. */
gboolean
octavo_text_finder_find (OctavoTextFinder *self,
                         OctavoColumn column,
                         const OctavoNode *text_node,
                         const OctavoBitmap *mask,
                         OctavoBitmap *notes,
                         gboolean *is_exact,
                         GError **error)
{
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (OctavoElement));
  OctavoElementIter iter;
  OctavoElement element;

  octavo_element_iter_init (&iter, text_node->text, strlen (text_node->text));
  while (octavo_element_iter_next (&iter, &element))
    g_array_append_val (elements, element);

  *is_exact = TRUE;
  if (has_long (elements))
    {
      *is_exact = FALSE;
      if (!find_long (self, column, elements, notes, error))
        return FALSE;
      octavo_bitmap_and (notes, mask);
      return verify (self, column, text_node, notes, error);
    }
  if (elements->len == 1)
    return find_element (self, column, text_node, &g_array_index (elements, OctavoElement, 0), notes, error);
  return find_phrase (self, column, text_node, elements, mask, notes, is_exact, error);
}
