/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-evaluator.h"
#include "octavo-leaf.h"
#include "octavo-matcher.h"

#include <string.h>

/* The tree becomes sets of notes, the sets one set, and that is read in order. SQL, for the reasons of octavo-leaf.c.
 */

/* In which texts words without a field are looked for: everywhere, or, to tell which notes come first, in titles. Under
 * a NOT it is everywhere in either case. */
typedef enum
{
  MODE_ALL,
  MODE_TITLE,
} Mode;

typedef struct
{
  OctavoEvaluation *evaluation;
  OctavoTextFinder *finder;
  OctavoOrder *order;
  OctavoLeaves leaves;
} Evaluator;

static OctavoBitmap *
evaluate_node (Evaluator *self, const OctavoNode *node, Mode mode, const OctavoBitmap *mask, GError **error);

static OctavoBitmap *
new_set (Evaluator *self)
{
  return octavo_bitmap_new (octavo_order_get_n_slots (self->order));
}

static OctavoBitmap *
evaluate_text (Evaluator *self, const OctavoNode *node, Mode mode, const OctavoBitmap *mask, GError **error)
{
  g_autoptr (OctavoBitmap) notes = new_set (self);
  const OctavoBitmap *part;
  gboolean everywhere = node->field == OCTAVO_FIELD_ANY && mode == MODE_ALL;

  if (node->field != OCTAVO_FIELD_BODY)
    {
      part = octavo_leaves_find (&self->leaves, node, OCTAVO_COLUMN_TITLE, mask, error);
      if (part == NULL)
        return NULL;
      octavo_bitmap_or (notes, part);
    }
  if (node->field == OCTAVO_FIELD_BODY || everywhere)
    {
      part = octavo_leaves_find (&self->leaves, node, OCTAVO_COLUMN_BODY, mask, error);
      if (part == NULL)
        return NULL;
      octavo_bitmap_or (notes, part);
    }
  if (everywhere)
    {
      part = octavo_leaves_find_tagged (&self->leaves, node, error);
      if (part == NULL)
        return NULL;
      octavo_bitmap_or (notes, part);
    }
  return g_steal_pointer (&notes);
}

/* Conditions that cost little come first, so that nothing is looked for in texts once no note is left. */
static OctavoBitmap *
evaluate_and (Evaluator *self, const OctavoNode *node, Mode mode, const OctavoBitmap *mask, GError **error)
{
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_copy (mask);

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < node->children->len; i++)
      {
        const OctavoNode *child = g_ptr_array_index (node->children, i);
        g_autoptr (OctavoBitmap) part = NULL;

        if ((child->kind <= OCTAVO_NODE_TEXT) != (pass == 1))
          continue;
        if (octavo_bitmap_is_empty (notes))
          return g_steal_pointer (&notes);
        part = evaluate_node (self, child, mode, notes, error);
        if (part == NULL)
          return NULL;
        octavo_bitmap_and (notes, part);
      }
  return g_steal_pointer (&notes);
}

static OctavoBitmap *
evaluate_or (Evaluator *self, const OctavoNode *node, Mode mode, const OctavoBitmap *mask, GError **error)
{
  g_autoptr (OctavoBitmap) notes = new_set (self);

  for (guint i = 0; i < node->children->len; i++)
    {
      g_autoptr (OctavoBitmap) part = evaluate_node (self, g_ptr_array_index (node->children, i), mode, mask, error);

      if (part == NULL)
        return NULL;
      octavo_bitmap_or (notes, part);
    }
  return g_steal_pointer (&notes);
}

static OctavoBitmap *
evaluate_not (Evaluator *self, const OctavoNode *node, const OctavoBitmap *mask, GError **error)
{
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_copy (mask);
  g_autoptr (OctavoBitmap) part = evaluate_node (self, g_ptr_array_index (node->children, 0), MODE_ALL, mask, error);

  if (part == NULL)
    return NULL;
  octavo_bitmap_and_not (notes, part);
  /* Of a text that was not looked into, it cannot be said that it lacks something. */
  if (self->leaves.missing != NULL && octavo_leaves_asks_for_texts (node))
    octavo_bitmap_and_not (notes, self->leaves.missing);
  return g_steal_pointer (&notes);
}

static gboolean
add_untagged (Evaluator *self, OctavoBitmap *notes, GError **error)
{
  OctavoNode any = { .kind = OCTAVO_NODE_TAG, .text = (char *) "*" };
  g_autoptr (OctavoBitmap) tagged = new_set (self);

  if (!octavo_leaves_add_tag (&self->leaves, &any, tagged, error))
    return FALSE;
  octavo_bitmap_or (notes, octavo_order_get_notes (self->order));
  octavo_bitmap_and_not (notes, tagged);
  return TRUE;
}

static gboolean
add_boxes (Evaluator *self, const OctavoNode *node, OctavoBitmap *notes, GError **error)
{
  g_autoptr (OctavoBitmap) open = new_set (self);

  if (!octavo_leaves_add_fact (&self->leaves, OCTAVO_FACT_TICKED_BOX, notes, error) ||
      !octavo_leaves_add_fact (&self->leaves, OCTAVO_FACT_OPEN_BOX, open, error))
    return FALSE;
  if (node->is == OCTAVO_IS_DONE)
    octavo_bitmap_and_not (notes, open);
  else
    octavo_bitmap_or (notes, open);
  return TRUE;
}

static gboolean
add_is (Evaluator *self, const OctavoNode *node, OctavoBitmap *notes, GError **error)
{
  switch (node->is)
    {
    case OCTAVO_IS_PINNED:
      octavo_bitmap_or (notes, octavo_order_get_pinned (self->order));
      return TRUE;
    case OCTAVO_IS_TRASHED:
      octavo_bitmap_or (notes, octavo_order_get_trashed (self->order));
      return TRUE;
    case OCTAVO_IS_UNTAGGED:
      return add_untagged (self, notes, error);
    case OCTAVO_IS_TODO:
      return octavo_leaves_add_fact (&self->leaves, OCTAVO_FACT_OPEN_BOX, notes, error);
    case OCTAVO_HAS_LINK:
      return octavo_leaves_add_fact (&self->leaves, OCTAVO_FACT_LINK, notes, error);
    case OCTAVO_IS_DONE:
    case OCTAVO_HAS_CHECKLIST:
      return add_boxes (self, node, notes, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
add_notes_of_user (Evaluator *self, gint64 user_id, OctavoBitmap *notes, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->finder->connection, "SELECT id FROM note WHERE user_id = ?", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, user_id);
  return octavo_order_add_rows (self->order, statement, notes, error);
}

static gboolean
add_user (Evaluator *self, const OctavoNode *node, OctavoBitmap *notes, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (self->finder->connection, "SELECT id, name FROM user", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      g_autofree char *folded = octavo_fold_string (orm_statement_get_text (statement, 1, NULL));

      if (octavo_match_user (node, folded) &&
          !add_notes_of_user (self, orm_statement_get_int64 (statement, 0), notes, error))
        {
          orm_statement_reset (statement);
          return FALSE;
        }
    }
  return step == ORM_STEP_DONE;
}

static gboolean
add_range (Evaluator *self, const OctavoNode *node, OctavoBitmap *notes, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  OctavoSort sort = node->kind == OCTAVO_NODE_CREATED ? OCTAVO_SORT_CREATED : OCTAVO_SORT_UPDATED;
  gint64 from, until;

  octavo_date_range_resolve (&node->range, now, &from, &until);
  return octavo_order_add_range (self->order, sort, from, until, self->finder->connection, notes, error);
}

static OctavoBitmap *
evaluate_condition (Evaluator *self, const OctavoNode *node, GError **error)
{
  g_autoptr (OctavoBitmap) notes = new_set (self);
  gboolean done;

  switch (node->kind)
    {
    case OCTAVO_NODE_TAG:
      done = octavo_leaves_add_tag (&self->leaves, node, notes, error);
      break;
    case OCTAVO_NODE_USER:
      done = add_user (self, node, notes, error);
      break;
    case OCTAVO_NODE_CREATED:
    case OCTAVO_NODE_UPDATED:
      done = add_range (self, node, notes, error);
      break;
    case OCTAVO_NODE_AND:
    case OCTAVO_NODE_OR:
    case OCTAVO_NODE_NOT:
    case OCTAVO_NODE_TEXT:
    case OCTAVO_NODE_IS:
    default:
      done = add_is (self, node, notes, error);
      break;
    }
  return done ? g_steal_pointer (&notes) : NULL;
}

static OctavoBitmap *
evaluate_node (Evaluator *self, const OctavoNode *node, Mode mode, const OctavoBitmap *mask, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->finder->cancellable, error))
    return NULL;
  if (node->kind == OCTAVO_NODE_AND)
    return evaluate_and (self, node, mode, mask, error);
  if (node->kind == OCTAVO_NODE_OR)
    return evaluate_or (self, node, mode, mask, error);
  if (node->kind == OCTAVO_NODE_NOT)
    return evaluate_not (self, node, mask, error);
  if (node->kind == OCTAVO_NODE_TEXT)
    return evaluate_text (self, node, mode, mask, error);
  return evaluate_condition (self, node, error);
}

/* The notes that are looked at. */
static OctavoBitmap *
find_scope (Evaluator *self, GError **error)
{
  const OctavoScope *scope = self->evaluation->scope;
  OctavoQuery *query = self->evaluation->query;
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_copy (octavo_order_get_notes (self->order));
  g_autoptr (OctavoBitmap) part = new_set (self);

  if (scope->place == OCTAVO_PLACE_TRASH)
    octavo_bitmap_and (notes, octavo_order_get_trashed (self->order));
  else if (query == NULL || !octavo_query_wants_trash (query))
    octavo_bitmap_and_not (notes, octavo_order_get_trashed (self->order));

  if (scope->place == OCTAVO_PLACE_TAG || scope->place == OCTAVO_PLACE_UNTAGGED)
    {
      if (!(scope->place == OCTAVO_PLACE_TAG ? octavo_leaves_add_tag_id (&self->leaves, scope->tag_id, part, error)
                                             : add_untagged (self, part, error)))
        return NULL;
      octavo_bitmap_and (notes, part);
    }
  if (scope->user_id != 0)
    {
      memset (part->words, 0, part->n_words * sizeof *part->words);
      if (!add_notes_of_user (self, scope->user_id, part, error))
        return NULL;
      octavo_bitmap_and (notes, part);
    }
  return g_steal_pointer (&notes);
}

/* Whether there are words that a title could have: else no note comes before another for its title. */
static gboolean
looks_into_titles (const OctavoNode *node)
{
  if (node->kind == OCTAVO_NODE_TEXT)
    return node->field != OCTAVO_FIELD_BODY;
  for (guint i = 0; node->children != NULL && node->kind != OCTAVO_NODE_NOT && i < node->children->len; i++)
    if (looks_into_titles (g_ptr_array_index (node->children, i)))
      return TRUE;
  return FALSE;
}

#define TITLE_WEIGHT 4.0

/* What a hit in a note that is not indexed, or in what the index does not score, counts: that of a word that is neither
 * rare nor common. */
#define PLAIN_SCORE 2.0

static gboolean
add_score (Evaluator *self, OctavoColumn column, const char *match, double *scores, GError **error)
{
  static const char *const sql[OCTAVO_N_COLUMNS] = {
    "SELECT rowid, bm25 (search_title) FROM search_title WHERE search_title MATCH ?",
    "SELECT rowid, bm25 (search_body) FROM search_body WHERE search_body MATCH ?",
  };
  OrmStatement *statement = orm_connection_prepare (self->finder->connection, sql[column], error);
  OrmStep step;
  guint slot;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, match, -1);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    if (octavo_order_find_slot (self->order, orm_statement_get_int64 (statement, 0), &slot) &&
        !octavo_bitmap_get (self->leaves.stale, slot))
      scores[slot] -= orm_statement_get_double (statement, 1) * (column == OCTAVO_COLUMN_TITLE ? TITLE_WEIGHT : 1);
  return step == ORM_STEP_DONE;
}

static gboolean
score_leaf (Evaluator *self, const OctavoNode *node, double *scores, GError **error)
{
  const OctavoLeaf *leaf = g_ptr_array_index (self->leaves.leaves, node->leaf);

  for (int i = 0; i < OCTAVO_N_COLUMNS; i++)
    {
      const OctavoBitmap *plain = leaf->matches[i]->len > 0 ? leaf->fresh[i] : leaf->found[i];
      guint slot = 0;

      for (; plain != NULL && octavo_bitmap_next (plain, &slot); slot++)
        scores[slot] += PLAIN_SCORE * (i == OCTAVO_COLUMN_TITLE ? TITLE_WEIGHT : 1);
      for (guint j = 0; j < leaf->matches[i]->len; j++)
        if (!add_score (self, (OctavoColumn) i, g_ptr_array_index (leaf->matches[i], j), scores, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
score_node (Evaluator *self, const OctavoNode *node, double *scores, GError **error)
{
  if (node->kind == OCTAVO_NODE_TEXT)
    return score_leaf (self, node, scores, error);
  for (guint i = 0; node->children != NULL && node->kind != OCTAVO_NODE_NOT && i < node->children->len; i++)
    if (!score_node (self, g_ptr_array_index (node->children, i), scores, error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  double score;
  gint64 id;
} Scored;

/* The best first. The sort keeps the order of those that are as good as each other. */
static int
compare_scored (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Scored *x = a, *y = b;

  return x->score > y->score ? -1 : x->score < y->score;
}

static gboolean
append_scored (Evaluator *self,
               const guint32 *sorted,
               gsize n_sorted,
               const OctavoBitmap *notes,
               GArray *ids,
               GError **error)
{
  g_autofree double *scores = g_new0 (double, octavo_order_get_n_slots (self->order) + 1);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Scored));

  if (!score_node (self, octavo_query_get_root (self->evaluation->query), scores, error))
    return FALSE;
  for (gsize i = 0; i < n_sorted; i++)
    if (octavo_bitmap_get (notes, sorted[i]))
      {
        Scored row = { scores[sorted[i]], octavo_order_get_id (self->order, sorted[i]) };

        g_array_append_val (rows, row);
      }
  g_qsort_with_data (rows->data, rows->len, sizeof (Scored), compare_scored, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const Scored *row = &g_array_index (rows, Scored, i);

      g_array_append_val (ids, row->id);
      if (self->evaluation->scores != NULL)
        g_array_append_val (self->evaluation->scores, row->score);
    }
  return TRUE;
}

static gboolean
append_in_order (Evaluator *self, const OctavoNode *root, OctavoBitmap *notes, GArray *ids, GError **error)
{
  OctavoSort sort = self->evaluation->sort;
  gsize n_sorted;
  const guint32 *sorted = octavo_order_get_sorted (self->order, sort, self->finder->connection, &n_sorted, error);
  g_autoptr (OctavoBitmap) in_title = NULL;

  if (sorted == NULL)
    return FALSE;
  if (root == NULL || !looks_into_titles (root) || octavo_bitmap_is_empty (notes))
    {
      octavo_order_append_ids (self->order, sorted, n_sorted, notes, ids);
      return TRUE;
    }
  if (sort == OCTAVO_SORT_RELEVANCE)
    return append_scored (self, sorted, n_sorted, notes, ids, error);
  if (sort == OCTAVO_SORT_UPDATED)
    {
      in_title = evaluate_node (self, root, MODE_TITLE, notes, error);
      if (in_title == NULL)
        return FALSE;
      octavo_bitmap_and (in_title, notes);
      if (!octavo_bitmap_is_empty (in_title))
        octavo_order_append_ids (self->order, sorted, n_sorted, in_title, ids);
      octavo_bitmap_and_not (notes, in_title);
    }
  octavo_order_append_ids (self->order, sorted, n_sorted, notes, ids);
  return TRUE;
}

static void
report (Evaluator *self, const OctavoBitmap *scope)
{
  OctavoEvaluation *evaluation = self->evaluation;
  g_autoptr (OctavoBitmap) missing = NULL;

  evaluation->looks_into_texts = self->leaves.stale != NULL;
  evaluation->n_stale = self->leaves.stale != NULL ? octavo_bitmap_count (self->leaves.stale) : 0;
  evaluation->n_missing = 0;
  if (self->leaves.missing == NULL)
    return;
  missing = octavo_bitmap_copy (self->leaves.missing);
  octavo_bitmap_and (missing, scope);
  evaluation->n_missing = octavo_bitmap_count (missing);
}

static gboolean
evaluate (Evaluator *self, GArray *ids, GError **error)
{
  OctavoQuery *query = self->evaluation->query;
  const OctavoNode *root = query != NULL ? octavo_query_get_root (query) : NULL;
  g_autoptr (OctavoBitmap) notes = NULL;

  if (!octavo_leaves_init (&self->leaves, self->finder, query, self->evaluation->max_stale, error))
    return FALSE;
  notes = find_scope (self, error);
  if (notes == NULL)
    return FALSE;
  report (self, notes);
  if (root != NULL)
    {
      g_autoptr (OctavoBitmap) found = evaluate_node (self, root, MODE_ALL, notes, error);

      if (found == NULL)
        return FALSE;
      octavo_bitmap_and (notes, found);
    }
  return append_in_order (self, root, notes, ids, error);
}

/* octavo_evaluate:
 * @evaluation: what is asked, and with what
 *
 * Answers a query. Reading thread.
 *
 * Returns: (nullable) (element-type gint64) (transfer full): the ids of the notes, in order */
GArray *
octavo_evaluate (OctavoEvaluation *evaluation, GError **error)
{
  Evaluator self = { evaluation, &evaluation->finder, evaluation->finder.order, { NULL } };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean done = evaluate (&self, ids, error);

  octavo_leaves_clear (&self.leaves);
  return done ? g_steal_pointer (&ids) : NULL;
}
