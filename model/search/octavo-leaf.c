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
#define MAX_SET_BYTES (16 * 1024 * 1024) /* of sets that a query keeps */
#define MIN_SETS      8
#define FEW_NOTES     32          /* take less time to read than it takes to look through all words */
#define OF_NOTES      64          /* of fewer than so many times as many there are few words */
#define FEW_BYTES     (64 * 1024) /* and so much of their texts */

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
forget_found (OctavoLeaf *self)
{
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      g_clear_pointer (&self->found[i], octavo_bitmap_free);
      g_clear_pointer (&self->within[i], octavo_bitmap_free);
    }
  g_clear_pointer (&self->tagged, octavo_bitmap_free);
}

static void
free_leaf (gpointer data)
{
  OctavoLeaf *leaf = data;

  forget_found (leaf);
  for (guint i = 0; i < OCTAVO_N_COLUMNS; i++)
    g_clear_pointer (&leaf->fresh[i], octavo_bitmap_free);
  g_free (leaf);
}

static OctavoBitmap *
new_set (OctavoLeaves *self)
{
  return octavo_bitmap_new (octavo_order_get_n_slots (self->finder->order));
}

/* What decides in which texts a text is found. */
static char *
make_key (const OctavoNode *node)
{
  return g_strdup_printf ("%d%d%s", node->at_start, node->at_end, node->text);
}

static void
add_nodes (OctavoLeaves *self, GPtrArray *nodes)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *key = make_key (g_ptr_array_index (nodes, i));
      guint leaf = GPOINTER_TO_UINT (g_hash_table_lookup (known, key)); /* one more than its number; 0: none */

      if (leaf == 0)
        {
          OctavoLeaf *added = g_new0 (OctavoLeaf, 1);

          added->node = g_ptr_array_index (nodes, i);
          g_ptr_array_add (self->leaves, added);
          leaf = self->leaves->len;
          g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (leaf));
        }
      leaf--;
      g_array_append_val (self->of_node, leaf);
    }
}

static OctavoLeaf *
leaf_of (OctavoLeaves *self, const OctavoNode *node)
{
  return g_ptr_array_index (self->leaves, g_array_index (self->of_node, guint, node->leaf));
}

/* octavo_leaves_init:
 * @query: (nullable)
 * @max_stale: how much to look at of what the index does not know, in bytes; 0: all
 * @wants_all: whether what is found will be counted, so that a text is looked for in all notes
 *
 * Begins. Nothing is read yet. Reading thread. octavo_leaves_clear() frees it. */
void
octavo_leaves_init (OctavoLeaves *self,
                    OctavoTextFinder *finder,
                    OctavoQuery *query,
                    gsize max_stale,
                    gboolean wants_all)
{
  gsize set_size = octavo_order_get_n_slots (finder->order) / 8 + 1;

  *self = (OctavoLeaves){ .finder = finder, .max_stale = max_stale, .wants_all = wants_all };
  self->max_sets = (guint) MAX (MAX_SET_BYTES / set_size, MIN_SETS);
  self->leaves = g_ptr_array_new_with_free_func (free_leaf);
  self->of_node = g_array_new (FALSE, FALSE, sizeof (guint));
  self->looked = g_array_new (FALSE, FALSE, sizeof (guint));
  if (query != NULL && !octavo_query_is_empty (query))
    add_nodes (self, octavo_query_get_leaves (query));
}

/* octavo_leaves_find_stale:
 *
 * Looks which notes the index does not know as they are, without reading them. Reading thread. */
gboolean
octavo_leaves_find_stale (OctavoLeaves *self, GError **error)
{
  OrmStatement *statement;

  if (self->stale != NULL)
    return TRUE;
  self->stale = new_set (self);
  if (self->finder->vocabulary == NULL)
    {
      octavo_bitmap_or (self->stale, octavo_order_get_notes (self->finder->order));
      return TRUE;
    }
  statement = orm_connection_prepare (self->finder->connection, "SELECT note_id FROM search_queue", error);
  return statement != NULL && octavo_order_add_rows (self->finder->order, statement, self->stale, error);
}

/* octavo_leaves_look:
 * @mask: the notes that matter
 *
 * Looks into the notes that the index does not know, where they matter. The first time counts. Reading thread. */
gboolean
octavo_leaves_look (OctavoLeaves *self, const OctavoBitmap *mask, GError **error)
{
  g_autoptr (OctavoBitmap) notes = NULL;
  guint n_notes;

  if (self->facts[0] != NULL)
    return TRUE;
  if (!octavo_leaves_find_stale (self, error))
    return FALSE;
  for (guint i = 0; i < OCTAVO_N_FACTS; i++)
    self->facts[i] = new_set (self);
  if (octavo_bitmap_is_empty (self->stale))
    octavo_fold_cache_clear (self->finder->folds);
  notes = octavo_bitmap_copy (self->stale);
  if (!self->wants_all)
    octavo_bitmap_and (notes, mask);
  n_notes = octavo_bitmap_count (notes);
  if (n_notes == 0)
    return TRUE;
  for (guint i = 0; i < self->leaves->len; i++)
    for (guint j = 0; j < OCTAVO_N_COLUMNS; j++)
      ((OctavoLeaf *) g_ptr_array_index (self->leaves, i))->fresh[j] = octavo_bitmap_new (n_notes);
  return octavo_leaves_match_stale (self, notes, error);
}

/* octavo_leaves_clear:
 *
 * Frees what is in @self. */
void
octavo_leaves_clear (OctavoLeaves *self)
{
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
  g_clear_pointer (&self->of_node, g_array_unref);
  g_clear_pointer (&self->looked, g_array_unref);
  g_clear_pointer (&self->stale, octavo_bitmap_free);
  g_clear_pointer (&self->missing, octavo_bitmap_free);
  for (guint i = 0; i < OCTAVO_N_FACTS; i++)
    g_clear_pointer (&self->facts[i], octavo_bitmap_free);
  g_clear_pointer (&self->tags, g_array_unref);
}

/* Where few notes of many are left, and the index would look through all words, they are read. */
static gboolean
read_few (OctavoLeaves *self,
          OctavoColumn column,
          const OctavoNode *node,
          const OctavoBitmap *mask,
          OctavoBitmap *notes,
          gboolean *is_done,
          GError **error)
{
  guint n_notes = octavo_bitmap_count (mask);
  g_autoptr (OctavoBitmap) few = NULL;

  *is_done = FALSE;
  if (self->wants_all || n_notes > FEW_NOTES || n_notes > octavo_order_get_n_slots (self->finder->order) / OF_NOTES)
    return TRUE;
  few = octavo_bitmap_copy (mask);
  octavo_bitmap_and_not (few, self->stale);
  if (!octavo_text_finder_filter (self->finder, column, node, few, FEW_BYTES, is_done, error))
    return FALSE;
  if (*is_done)
    octavo_bitmap_or (notes, few);
  return TRUE;
}

/* is_exact (out): whether all notes that have it were found, and not only those in mask */
static gboolean
find_indexed (OctavoLeaves *self,
              OctavoColumn column,
              const OctavoNode *node,
              const OctavoBitmap *mask,
              OctavoBitmap *notes,
              gboolean *is_exact,
              GError **error)
{
  OctavoTextFinder *finder = self->finder;
  g_autofree char *of_text = make_key (node);
  g_autofree char *key = g_strdup_printf ("%d%s", column, of_text);
  gboolean is_done;

  *is_exact = TRUE;
  if (octavo_leaf_cache_get (finder->cache, &finder->state, key, notes))
    {
      finder->counts.n_known++;
      return TRUE;
    }
  if (!read_few (self, column, node, mask, notes, &is_done, error))
    return FALSE;
  if (is_done)
    {
      *is_exact = FALSE;
      return TRUE;
    }
  finder->counts.n_looked_up++;
  if (!octavo_text_finder_find (finder, column, node, mask, notes, is_exact, error))
    return FALSE;
  if (*is_exact)
    octavo_leaf_cache_put (finder->cache, &finder->state, key, notes);
  return TRUE;
}

/* A query of a thousand characters may have hundreds of words: what was found is looked up again then, where it is
 * asked for again. */
static void
make_room (OctavoLeaves *self)
{
  if (self->n_sets < self->max_sets)
    return;
  for (guint i = 0; i < self->leaves->len; i++)
    forget_found (g_ptr_array_index (self->leaves, i));
  self->n_sets = 0;
}

static gboolean
is_within (const OctavoBitmap *notes, const OctavoBitmap *others)
{
  for (guint i = 0; i < notes->n_words; i++)
    if ((notes->words[i] & ~others->words[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
add_fresh (OctavoLeaves *self, const OctavoBitmap *fresh, OctavoBitmap *notes)
{
  octavo_bitmap_and_not (notes, self->stale);
  if (fresh == NULL)
    return;
  for (guint i = 0; octavo_bitmap_next (fresh, &i); i++)
    octavo_bitmap_set (notes, g_array_index (self->looked, guint, i));
}

/* octavo_leaves_find:
 * @mask: notes that matter, some of those that were looked into; others may be found or not
 *
 * Finds the notes whose title, or body, has what a node of text asks for.
 *
 * Returns: (nullable) (transfer none): the notes, until the next call */
const OctavoBitmap *
octavo_leaves_find (OctavoLeaves *self,
                    const OctavoNode *node,
                    OctavoColumn column,
                    const OctavoBitmap *mask,
                    GError **error)
{
  OctavoLeaf *leaf = leaf_of (self, node);
  g_autoptr (OctavoBitmap) notes = NULL;
  gboolean is_exact = TRUE;

  if (self->wants_all)
    mask = octavo_order_get_notes (self->finder->order);
  if (leaf->found[column] != NULL && (leaf->within[column] == NULL || is_within (mask, leaf->within[column])))
    return leaf->found[column];
  make_room (self);
  g_clear_pointer (&leaf->found[column], octavo_bitmap_free);
  g_clear_pointer (&leaf->within[column], octavo_bitmap_free);
  notes = new_set (self);
  if (self->finder->vocabulary != NULL && !find_indexed (self, column, node, mask, notes, &is_exact, error))
    return NULL;
  add_fresh (self, leaf->fresh[column], notes);
  leaf->found[column] = g_steal_pointer (&notes);
  leaf->within[column] = is_exact ? NULL : octavo_bitmap_copy (mask);
  self->n_sets += is_exact ? 1 : 2;
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
 * Returns: (nullable) (transfer none): the notes, until the next call */
const OctavoBitmap *
octavo_leaves_find_tagged (OctavoLeaves *self, const OctavoNode *node, GError **error)
{
  OctavoLeaf *leaf = leaf_of (self, node);
  g_autoptr (OctavoBitmap) notes = NULL;

  if (leaf->tagged != NULL)
    return leaf->tagged;
  make_room (self);
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
  self->n_sets++;
  return leaf->tagged;
}

/* octavo_leaves_add_fact:
 * @notes: an empty set, where they are added
 *
 * Finds the notes of whose bodies a fact holds, of those that were looked into. */
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

/* octavo_leaves_add_tag_of_scope:
 * @notes: where they are added
 *
 * Finds the notes that have the tag of a list, or a child of it. */
gboolean
octavo_leaves_add_tag_of_scope (OctavoLeaves *self, const OctavoScope *scope, OctavoBitmap *notes, GError **error)
{
  OctavoNode node = { .kind = OCTAVO_NODE_TAG, .text = (char *) scope->tag_path };

  if (!read_tags (self, error))
    return FALSE;
  for (guint i = 0; i < self->tags->len; i++)
    if (g_array_index (self->tags, Tag, i).id == scope->tag_id)
      node.text = g_array_index (self->tags, Tag, i).folded;
  return node.text == NULL || octavo_leaves_add_tag (self, &node, notes, error);
}
