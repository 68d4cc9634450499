/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-vocabulary.h"
#include "octavo-tokenizer.h"

#include <string.h>

/* A part of a word is looked for in the words, not in the notes: all distinct terms stand in memory one after another,
 * NUL between, so that one pass of memmem finds those that hold it. Terms only ever come; what came since the last look
 * is a block of its own behind those that are shared with the older vocabulary. */
#define MAX_BLOCKS 16

struct _OctavoVocabulary
{
  gint64 generation;
  gint64 last_id;
  GPtrArray *blocks[OCTAVO_N_COLUMNS]; /* of GBytes: NUL, then terms with NUL after each */
};

static void
clear_vocabulary (gpointer data)
{
  OctavoVocabulary *self = data;

  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    g_clear_pointer (&self->blocks[i], g_ptr_array_unref);
}

/* octavo_vocabulary_ref:
 *
 * Returns: (transfer full): @self */
OctavoVocabulary *
octavo_vocabulary_ref (OctavoVocabulary *self)
{
  return g_atomic_rc_box_acquire (self);
}

/* octavo_vocabulary_unref:
 *
 * Lets go of @self. */
void
octavo_vocabulary_unref (OctavoVocabulary *self)
{
  g_atomic_rc_box_release_full (self, clear_vocabulary);
}

static OctavoVocabulary *
vocabulary_new (gint64 generation, OctavoVocabulary *old)
{
  OctavoVocabulary *self = g_atomic_rc_box_new0 (OctavoVocabulary);

  self->generation = generation;
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    self->blocks[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (old == NULL || old->generation != generation)
    return self;
  self->last_id = old->last_id;
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    for (guint j = 0; j < old->blocks[i]->len; j++)
      g_ptr_array_add (self->blocks[i], g_bytes_ref (g_ptr_array_index (old->blocks[i], j)));
  return self;
}

/* Few blocks, so that a look at all of them stays one pass over memory. */
static void
add_block (GPtrArray *blocks, GString *text)
{
  if (blocks->len >= MAX_BLOCKS)
    {
      GString *joined = g_string_new_len ("", 1);

      for (guint i = 0; i < blocks->len; i++)
        {
          gsize size;
          const char *data = g_bytes_get_data (g_ptr_array_index (blocks, i), &size);

          g_string_append_len (joined, data + 1, size - 1);
        }
      g_ptr_array_set_size (blocks, 0);
      g_ptr_array_add (blocks, g_string_free_to_bytes (joined));
    }
  g_ptr_array_add (blocks, g_string_free_to_bytes (text));
}

/* octavo_vocabulary_load:
 * @connection: in a transaction, with an index
 * @generation: of the index; a rebuilt one has new terms
 * @old: (nullable): what was read before
 *
 * Reads the terms that came since. Reading thread.
 *
 * Returns: (nullable) (transfer full): @old again where nothing came */
OctavoVocabulary *
octavo_vocabulary_load (OrmConnection *connection, gint64 generation, OctavoVocabulary *old, GError **error)
{
  g_autoptr (OctavoVocabulary) self = vocabulary_new (generation, old);
  GString *texts[OCTAVO_N_COLUMNS] = { NULL };
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT id, list, term FROM search_term WHERE id > ? ORDER BY id", error);
  gboolean is_new = old == NULL || old->generation != generation;
  OrmStep step = ORM_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  orm_statement_bind_int64 (statement, 1, self->last_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 column = orm_statement_get_int64 (statement, 1);
      gsize length;
      const char *term = orm_statement_get_text (statement, 2, &length);

      is_new = TRUE;
      self->last_id = orm_statement_get_int64 (statement, 0);
      if (column < 0 || column >= OCTAVO_N_COLUMNS)
        continue;
      if (texts[column] == NULL)
        texts[column] = g_string_new_len ("", 1);
      g_string_append_len (texts[column], term, length + 1);
    }
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    if (texts[i] != NULL)
      add_block (self->blocks[i], texts[i]);
  if (step != ORM_STEP_DONE)
    return NULL;
  return is_new ? g_steal_pointer (&self) : octavo_vocabulary_ref (old);
}

/* Whether the text found at hit stands in its term as it is asked for. */
static gboolean
fits (const char *term, const char *hit, gsize length, OctavoPart part, gboolean is_gap)
{
  gboolean term_is_gap = *term == OCTAVO_MARK_GAP;

  if (term_is_gap != is_gap)
    return FALSE;
  if (part == OCTAVO_PART_START)
    return hit == term + (term_is_gap ? 1 : 0);
  if (part == OCTAVO_PART_END)
    return hit[length] == '\0';
  return TRUE;
}

static void
find_in_block (GBytes *block, OctavoPart part, gboolean is_gap, const char *text, gsize length, GPtrArray *terms)
{
  gsize size;
  const char *data = g_bytes_get_data (block, &size);
  const char *end = data + size, *from = data;
  const char *hit;

  while ((hit = memmem (from, end - from, text, length)) != NULL)
    {
      const char *term = (const char *) memrchr (data, '\0', hit - data) + 1;

      if (fits (term, hit, length, part, is_gap))
        {
          g_ptr_array_add (terms, g_strdup (term));
          from = hit + strlen (hit);
        }
      else
        from = hit + 1;
    }
}

/* octavo_vocabulary_find:
 * @column: title or body
 * @is_gap: whether @text is what stands between words
 * @text: folded; no longer than %OCTAVO_PIECE_STEP characters
 * @length: in bytes
 *
 * Finds the terms that have a part. Any thread.
 *
 * Returns: (element-type char *) (transfer full): the terms */
GPtrArray *
octavo_vocabulary_find (OctavoVocabulary *self,
                        OctavoColumn column,
                        OctavoPart part,
                        gboolean is_gap,
                        const char *text,
                        gsize length)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->blocks[column]->len; i++)
    find_in_block (g_ptr_array_index (self->blocks[column], i), part, is_gap, text, length, terms);
  return terms;
}
