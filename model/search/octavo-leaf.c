/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-leaf.h"

#include "octavo-matcher.h"

#include <string.h>

/* The index answers for the notes it knows as they are now. The others, which stand in the queue (all, where there is
 * no index), are looked into one by one (octavo-leaf-stale), so that what was written a moment ago is found, by
 * whatever program.
 *
 * The engine stands below the classes of the model and knows none of them. Its rows go from the statement straight into
 * a set, or are folded on the way, without being kept: that is why it speaks SQL. */
typedef struct
{
  gint64 id;
  char *folded;
} Tag;

static void
clear_tag (gpointer data)
{
  Tag *tag = data;

  g_free (tag->folded);
}

static void
free_leaf (gpointer data)
{
  OctavoLeaf *leaf = data;

  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      g_clear_pointer (&leaf->found[i], octavo_bitmap_free);
      g_clear_pointer (&leaf->fresh[i], octavo_bitmap_free);
      g_clear_pointer (&leaf->matches[i], g_ptr_array_unref);
    }
  g_clear_pointer (&leaf->tagged, octavo_bitmap_free);
  g_free (leaf);
}

static OctavoBitmap *
new_set (OctavoLeaves *self)
{
  return octavo_bitmap_new (octavo_order_get_n_slots (self->finder->order));
}

static gboolean
find_stale (OctavoLeaves *self, GError **error)
{
  OrmStatement *statement;

  if (self->finder->vocabulary == NULL)
    {
      octavo_bitmap_or (self->stale, octavo_order_get_notes (self->finder->order));
      return TRUE;
    }
  statement = orm_connection_prepare (self->finder->connection, "SELECT note_id FROM search_queue", error);
  return statement != NULL && octavo_order_add_rows (self->finder->order, statement, self->stale, error);
}

/* octavo_leaves_init:
 * @query: (nullable)
 * @max_stale: how much to look at of what the index does not know, in bytes; 0: all
 *
 * Looks which notes the index does not know, and looks into those where that matters. Reading thread.
 *
 * Returns: %FALSE with @error; octavo_leaves_clear() is called in any case */
gboolean
octavo_leaves_init (OctavoLeaves *self, OctavoTextFinder *finder, OctavoQuery *query, gsize max_stale, GError **error)
{
  memset (self, 0, sizeof *self);
  self->finder = finder;
  self->max_stale = max_stale;
  self->leaves = g_ptr_array_new_with_free_func (free_leaf);
  if (query == NULL || octavo_query_is_empty (query))
    return TRUE;

  self->nodes = octavo_query_get_leaves (query);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      OctavoLeaf *leaf = g_new0 (OctavoLeaf, 1);

      for (guint j = 0; j < OCTAVO_N_COLUMNS; j++)
        leaf->matches[j] = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->leaves, leaf);
    }
  if (!octavo_leaves_asks_for_texts (octavo_query_get_root (query)))
    return TRUE;
  self->stale = new_set (self);
  if (!find_stale (self, error))
    return FALSE;
  for (guint i = 0; i < OCTAVO_N_FACTS; i++)
    self->facts[i] = new_set (self);
  if (octavo_bitmap_is_empty (self->stale))
    {
      octavo_fold_cache_clear (finder->folds);
      return TRUE;
    }
  for (guint i = 0; i < self->leaves->len; i++)
    for (guint j = 0; j < OCTAVO_N_COLUMNS; j++)
      ((OctavoLeaf *) g_ptr_array_index (self->leaves, i))->fresh[j] = new_set (self);
  return octavo_leaves_match_stale (self, error);
}

/* octavo_leaves_clear:
 *
 * Frees what is in @self. */
void
octavo_leaves_clear (OctavoLeaves *self)
{
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
  g_clear_pointer (&self->stale, octavo_bitmap_free);
  g_clear_pointer (&self->missing, octavo_bitmap_free);
  for (guint i = 0; i < OCTAVO_N_FACTS; i++)
    g_clear_pointer (&self->facts[i], octavo_bitmap_free);
  g_clear_pointer (&self->tags, g_array_unref);
}

/* matches: (inout) (transfer full): empty; gets what the index was asked */
static gboolean
find_indexed (OctavoLeaves *self,
              OctavoColumn column,
              const OctavoNode *node,
              const OctavoBitmap *mask,
              OctavoBitmap *notes,
              GPtrArray **matches,
              GError **error)
{
  OctavoTextFinder *finder = self->finder;
  g_autofree char *key =
      g_strdup_printf ("%d%d%d%d%s", column, node->at_start, node->at_end, finder->wants_matches, node->text);
  GPtrArray *known = NULL;
  gboolean is_exact;

  if (finder->cache != NULL && octavo_leaf_cache_get (finder->cache, &finder->state, key, notes, &known))
    {
      g_ptr_array_unref (*matches);
      *matches = known;
      return TRUE;
    }
  if (!octavo_text_finder_find (finder, column, node, mask, notes, *matches, &is_exact, error))
    return FALSE;
  if (finder->cache != NULL && is_exact)
    octavo_leaf_cache_put (finder->cache, &finder->state, key, notes, *matches);
  return TRUE;
}

/* octavo_leaves_find:
 * @mask: notes that matter; others may be found or not
 *
 * Finds the notes whose title, or body, has what a node of text asks for. Asked again, the first answer is given.
 *
 * Returns: (nullable) (transfer none): the notes */
const OctavoBitmap *
octavo_leaves_find (OctavoLeaves *self,
                    const OctavoNode *node,
                    OctavoColumn column,
                    const OctavoBitmap *mask,
                    GError **error)
{
  OctavoLeaf *leaf = g_ptr_array_index (self->leaves, node->leaf);
  g_autoptr (OctavoBitmap) notes = NULL;

  if (leaf->found[column] != NULL)
    return leaf->found[column];
  notes = new_set (self);
  if (self->finder->vocabulary != NULL &&
      !find_indexed (self, column, node, mask, notes, &leaf->matches[column], error))
    return NULL;
  if (leaf->fresh[column] != NULL)
    {
      octavo_bitmap_and_not (notes, self->stale);
      octavo_bitmap_or (notes, leaf->fresh[column]);
    }
  leaf->found[column] = g_steal_pointer (&notes);
  return leaf->found[column];
}

static gboolean
read_tags (OctavoLeaves *self, GError **error)
{
  OrmStatement *statement;
  OrmStep step;

  if (self->tags != NULL)
    return TRUE;
  statement = orm_connection_prepare (self->finder->connection, "SELECT id, name FROM tag", error);
  if (statement == NULL)
    return FALSE;
  self->tags = g_array_new (FALSE, FALSE, sizeof (Tag));
  g_array_set_clear_func (self->tags, clear_tag);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      Tag tag = { orm_statement_get_int64 (statement, 0),
                  octavo_fold_string (orm_statement_get_text (statement, 1, NULL)) };

      g_array_append_val (self->tags, tag);
    }
  return step == ORM_STEP_DONE;
}

static gboolean
add_notes_of_tag (OctavoLeaves *self, gint64 tag_id, OctavoBitmap *notes, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->finder->connection, "SELECT note_id FROM note_tag WHERE tag_id = ?", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, tag_id);
  return octavo_order_add_rows (self->finder->order, statement, notes, error);
}

/* octavo_leaves_find_tagged:
 *
 * Finds the notes one of whose tags has, in its name, what a node of text asks for.
 *
 * Returns: (nullable) (transfer none): the notes */
const OctavoBitmap *
octavo_leaves_find_tagged (OctavoLeaves *self, const OctavoNode *node, GError **error)
{
  OctavoLeaf *leaf = g_ptr_array_index (self->leaves, node->leaf);
  g_autoptr (OctavoBitmap) notes = NULL;

  if (leaf->tagged != NULL)
    return leaf->tagged;
  if (!read_tags (self, error))
    return NULL;
  notes = new_set (self);
  for (guint i = 0; i < self->tags->len; i++)
    {
      const Tag *tag = &g_array_index (self->tags, Tag, i);
      OctavoFolded folded = { tag->folded, strlen (tag->folded), NULL };

      if (octavo_match_text (node, &folded) && !add_notes_of_tag (self, tag->id, notes, error))
        return NULL;
    }
  leaf->tagged = g_steal_pointer (&notes);
  return leaf->tagged;
}

/* octavo_leaves_add_fact:
 * @notes: an empty set, where they are added
 *
 * Finds the notes of whose bodies a fact holds. */
gboolean
octavo_leaves_add_fact (OctavoLeaves *self, OctavoFacts fact, OctavoBitmap *notes, GError **error)
{
  g_autofree char *term = octavo_fact_term (fact);

  if (self->finder->vocabulary != NULL && !octavo_text_finder_find_fact (self->finder, term, notes, error))
    return FALSE;
  octavo_bitmap_and_not (notes, self->stale);
  octavo_bitmap_or (notes, self->facts[g_bit_nth_lsf (fact, -1)]);
  return TRUE;
}

/* octavo_leaves_add_tag:
 * @notes: where they are added
 *
 * Finds the notes that have a tag, or a child of it. */
gboolean
octavo_leaves_add_tag (OctavoLeaves *self, const OctavoNode *node, OctavoBitmap *notes, GError **error)
{
  OrmStatement *statement;

  if (strcmp (node->text, "*") == 0)
    {
      statement = orm_connection_prepare (self->finder->connection, "SELECT note_id FROM note_tag", error);
      return statement != NULL && octavo_order_add_rows (self->finder->order, statement, notes, error);
    }
  if (!read_tags (self, error))
    return FALSE;
  for (guint i = 0; i < self->tags->len; i++)
    {
      const Tag *tag = &g_array_index (self->tags, Tag, i);

      if (octavo_match_tag (node, tag->folded) && !add_notes_of_tag (self, tag->id, notes, error))
        return FALSE;
    }
  return TRUE;
}

/* octavo_leaves_add_tag_id:
 * @notes: where they are added
 *
 * Finds the notes that have a tag, or a child of it, of a list. */
gboolean
octavo_leaves_add_tag_id (OctavoLeaves *self, gint64 tag_id, OctavoBitmap *notes, GError **error)
{
  OctavoNode node = { .kind = OCTAVO_NODE_TAG };

  if (!read_tags (self, error))
    return FALSE;
  for (guint i = 0; i < self->tags->len; i++)
    if (g_array_index (self->tags, Tag, i).id == tag_id)
      node.text = g_array_index (self->tags, Tag, i).folded;
  return node.text == NULL || octavo_leaves_add_tag (self, &node, notes, error);
}
