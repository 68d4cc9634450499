/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-evaluator.h"
#include "octavo-leaf.h"
#include "octavo-matcher.h"
#include "octavo-relevance.h"

#include <string.h>

/* The tree becomes sets of notes, the sets one set, and that is read in order. SQL, for the reasons of octavo-leaf.c.
 */

#define MAX_WEIGHED 16

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

/* What is looked for first. */
typedef enum
{
  COST_TAGS,  /* what the file says of whole notes */
  COST_FACTS, /* what the index says of whole notes */
  COST_TEXTS,
  COST_NOT, /* takes away what is left in the end */
} Cost;

typedef struct
{
  const OctavoNode *node;
  Cost cost;
  gsize n_bytes; /* of texts: what the index has to say, about */
} Step;

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

/* About how much the index knows of a node of text. */
static gboolean
estimate_text (Evaluator *self, const OctavoNode *node, gsize *n_bytes, GError **error)
{
  *n_bytes = 0;
  for (int i = 0; i < OCTAVO_N_COLUMNS && self->finder->vocabulary != NULL; i++)
    {
      gsize of_column = 0;

      if (node->field == (i == OCTAVO_COLUMN_TITLE ? OCTAVO_FIELD_BODY : OCTAVO_FIELD_TITLE))
        continue;
      if (!octavo_text_finder_estimate (self->finder, (OctavoColumn) i, node, &of_column, error))
        return FALSE;
      *n_bytes += of_column;
    }
  return TRUE;
}

static Cost
cost_of (const OctavoNode *node)
{
  if (!octavo_leaves_asks_for_texts (node))
    return COST_TAGS;
  if (node->kind == OCTAVO_NODE_NOT)
    return COST_NOT;
  return node->kind == OCTAVO_NODE_IS ? COST_FACTS : COST_TEXTS;
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;

  if (x->cost != y->cost)
    return x->cost < y->cost ? -1 : 1;
  return x->n_bytes < y->n_bytes ? -1 : x->n_bytes > y->n_bytes;
}

/* The children in the order in which they are looked for: what costs little, then rare texts, as nothing more is looked
 * for once no note is left. */
static GArray *
plan_and (Evaluator *self, const OctavoNode *node, Mode mode, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));
  guint n_texts = 0;

  for (guint i = 0; i < node->children->len; i++)
    {
      Step step = { g_ptr_array_index (node->children, i), COST_TAGS, G_MAXSIZE };

      step.cost = cost_of (step.node);
      n_texts += step.node->kind == OCTAVO_NODE_TEXT;
      g_array_append_val (steps, step);
    }
  /* Of hundreds of words the first ones leave little, whichever they are; to weigh all would cost more. */
  for (guint i = 0, n_weighed = 0; mode == MODE_ALL && n_texts > 1 && i < steps->len && n_weighed < MAX_WEIGHED; i++)
    {
      Step *step = &g_array_index (steps, Step, i);

      if (step->node->kind != OCTAVO_NODE_TEXT)
        continue;
      if (!estimate_text (self, step->node, &step->n_bytes, error))
        return NULL;
      n_weighed++;
    }
  g_array_sort (steps, compare_steps);
  return g_steal_pointer (&steps);
}

static OctavoBitmap *
evaluate_and (Evaluator *self, const OctavoNode *node, Mode mode, const OctavoBitmap *mask, GError **error)
{
  g_autoptr (OctavoBitmap) notes = octavo_bitmap_copy (mask);
  g_autoptr (GArray) steps = plan_and (self, node, mode, error);

  if (steps == NULL)
    return NULL;
  for (guint i = 0; i < steps->len && !octavo_bitmap_is_empty (notes); i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      g_autoptr (OctavoBitmap) part = NULL;

      /* The first time is the outermost: what else is asked for is asked about these notes. */
      if (step->cost != COST_TAGS && node == octavo_query_get_root (self->evaluation->query) &&
          !octavo_leaves_look (&self->leaves, notes, error))
        return NULL;
      part = evaluate_node (self, step->node, mode, notes, error);
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

/* Where the notes are not in order in memory, and are not wanted so for anything else, the few of a short stretch are
 * had from the file's own index at once. is_done (out): FALSE where they are many */
static gboolean
add_short_range (Evaluator *self, gint64 from, gint64 until, OctavoBitmap *notes, gboolean *is_done, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (
      self->finder->connection,
      "SELECT id FROM note INDEXED BY note_by_created WHERE trashed = 0 AND pinned IN (0, 1) AND "
      "created >= ?1 AND created < ?2 "
      "UNION ALL SELECT id FROM note INDEXED BY note_by_created WHERE trashed > 0 AND created >= ?1 AND created < ?2 "
      "UNION ALL SELECT id FROM note INDEXED BY note_by_created WHERE trashed < 0 AND created >= ?1 AND created < ?2",
      error);
  guint max_notes = octavo_order_get_n_slots (self->order) / 32, n_notes = 0, slot;
  OrmStep step = ORM_STEP_ROW;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, from);
  orm_statement_bind_int64 (statement, 2, until);
  while (n_notes <= max_notes && (step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      if (octavo_order_find_slot (self->order, orm_statement_get_int64 (statement, 0), &slot))
        octavo_bitmap_set (notes, slot);
      n_notes++;
    }
  orm_statement_reset (statement);
  *is_done = step == ORM_STEP_DONE;
  return step != ORM_STEP_ERROR;
}

static gboolean
add_range (Evaluator *self, const OctavoNode *node, OctavoBitmap *notes, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  OctavoSort sort = node->kind == OCTAVO_NODE_CREATED ? OCTAVO_SORT_CREATED : OCTAVO_SORT_UPDATED;
  gboolean is_done = FALSE;
  gint64 from, until;

  octavo_date_range_resolve (&node->range, now, &from, &until);
  if (sort == OCTAVO_SORT_CREATED && !octavo_order_has_sorted (self->order, sort) &&
      !add_short_range (self, from, until, notes, &is_done, error))
    return FALSE;
  return is_done || octavo_order_add_range (self->order, sort, from, until, self->finder->connection, notes, error);
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
      if (!(scope->place == OCTAVO_PLACE_TAG ? octavo_leaves_add_tag_of_scope (&self->leaves, scope, part, error)
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

static gboolean
append_in_order (Evaluator *self, const OctavoNode *root, OctavoBitmap *notes, GArray *ids, GError **error)
{
  OctavoSort sort = self->evaluation->sort;
  gsize n_sorted;
  const guint32 *sorted;

  if (octavo_bitmap_is_empty (notes))
    return TRUE;
  sorted = octavo_order_get_sorted (self->order, sort, self->finder->connection, &n_sorted, error);
  if (sorted == NULL)
    return FALSE;
  if (root != NULL && sort == OCTAVO_SORT_RELEVANCE)
    return octavo_relevance_append (&self->leaves, root, sorted, n_sorted, notes, ids, error);
  if (root != NULL && sort == OCTAVO_SORT_UPDATED && looks_into_titles (root))
    {
      g_autoptr (OctavoBitmap) in_title = evaluate_node (self, root, MODE_TITLE, notes, error);

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

static gboolean
report (Evaluator *self, const OctavoNode *root, const OctavoBitmap *scope, GError **error)
{
  OctavoEvaluation *evaluation = self->evaluation;
  g_autoptr (OctavoBitmap) missing = NULL;

  evaluation->looks_into_texts = root != NULL && octavo_leaves_asks_for_texts (root);
  evaluation->n_stale = 0;
  evaluation->n_missing = 0;
  if (!evaluation->looks_into_texts)
    return TRUE;
  if (!octavo_leaves_find_stale (&self->leaves, error))
    return FALSE;
  evaluation->n_stale = octavo_bitmap_count (self->leaves.stale);
  if (self->leaves.missing == NULL)
    return TRUE;
  missing = octavo_bitmap_copy (self->leaves.missing);
  octavo_bitmap_and (missing, scope);
  evaluation->n_missing = octavo_bitmap_count (missing);
  return TRUE;
}

/* What an answer is good for later. */
static gboolean
read_state (Evaluator *self, OctavoNarrowingState *state, GError **error)
{
  OctavoEvaluation *evaluation = self->evaluation;

  *state = (OctavoNarrowingState){ .scope = *evaluation->scope, .max_stale = evaluation->max_stale };
  state->n_slots = octavo_order_get_n_slots (self->order);
  state->is_sparse = !octavo_order_get_first_id (self->order, &state->first_id);
  return octavo_narrowing_read_state (state, self->finder->connection, error);
}

/* notes: (inout): those that are looked at; gets those of them that are found */
static gboolean
search (Evaluator *self, const OctavoNode *root, OctavoBitmap *notes, GError **error)
{
  OctavoEvaluation *evaluation = self->evaluation;
  g_autoptr (OctavoBitmap) scope = octavo_bitmap_copy (notes);
  g_autoptr (OctavoBitmap) wider = NULL;
  g_autoptr (OctavoBitmap) found = NULL;
  OctavoNarrowingState state;

  if (!read_state (self, &state, error))
    return FALSE;
  if (!self->leaves.wants_all)
    wider = octavo_narrowing_get (evaluation->narrowing, &state, evaluation->query);
  if (wider != NULL)
    {
      octavo_bitmap_and (notes, wider);
      self->finder->counts.n_narrowed++;
    }
  if (!octavo_bitmap_is_empty (notes))
    {
      if (root->kind != OCTAVO_NODE_AND && octavo_leaves_asks_for_texts (root) &&
          !octavo_leaves_look (&self->leaves, notes, error))
        return FALSE;
      found = evaluate_node (self, root, MODE_ALL, notes, error);
      if (found == NULL)
        return FALSE;
      octavo_bitmap_and (notes, found);
    }
  if (!report (self, root, scope, error))
    return FALSE;
  if (evaluation->n_missing == 0)
    octavo_narrowing_put (evaluation->narrowing, &state, evaluation->query, notes);
  return TRUE;
}

static gboolean
evaluate (Evaluator *self, GArray *ids, GError **error)
{
  OctavoEvaluation *evaluation = self->evaluation;
  const OctavoNode *root = evaluation->query != NULL ? octavo_query_get_root (evaluation->query) : NULL;
  g_autoptr (OctavoBitmap) notes = NULL;

  octavo_leaves_init (&self->leaves, self->finder, evaluation->query, evaluation->max_stale,
                      evaluation->sort == OCTAVO_SORT_RELEVANCE);
  notes = find_scope (self, error);
  if (notes == NULL || (root != NULL && !search (self, root, notes, error)))
    return FALSE;
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
