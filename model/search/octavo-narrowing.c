/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-narrowing.h"
#include "octavo-query-private.h"

#include <string.h>

/* Who types goes on from the query before: a letter more, a word more. What is found then is some of what was found,
 * and so is looked for there only. That nothing was written in between is known of the connection alone that found it:
 * SQLite counts the versions of a file for each. There are two that read, and both may have the older answers.
 *
 * That one query finds no more than another is seen from their trees, and only where that is plain. */
#define N_ANSWERS 4
#define MAX_PAIRS 20000

typedef struct
{
  OctavoNarrowingState state;
  OctavoQuery *query; /* (nullable): there is none */
  OctavoBitmap *notes;
} Answer;

struct _OctavoNarrowing
{
  GMutex lock;
  Answer answers[N_ANSWERS];
  guint next; /* the oldest */
};

/* A look at two trees: left: how many more pairs of nodes are compared before it is given up. */
typedef struct
{
  guint left;
} Look;

static gboolean implies (Look *look, const OctavoNode *self, const OctavoNode *other);

/* octavo_narrowing_new:
 *
 * Returns: (transfer full): one that knows no answer */
OctavoNarrowing *
octavo_narrowing_new (void)
{
  OctavoNarrowing *self = g_new0 (OctavoNarrowing, 1);

  g_mutex_init (&self->lock);
  return self;
}

static void
clear_answer (Answer *self)
{
  g_clear_pointer (&self->query, octavo_query_unref);
  g_clear_pointer (&self->notes, octavo_bitmap_free);
}

/* octavo_narrowing_free:
 *
 * Frees what nobody uses any more. */
void
octavo_narrowing_free (OctavoNarrowing *self)
{
  for (guint i = 0; i < N_ANSWERS; i++)
    clear_answer (&self->answers[i]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* A letter more makes a longer text, which is found nowhere but where the shorter one is; unless that had to stand at
 * the start of a word, or to end with one. */
static gboolean
text_implies (const OctavoNode *self, const OctavoNode *other)
{
  if (self->kind != OCTAVO_NODE_TEXT || (other->field != OCTAVO_FIELD_ANY && other->field != self->field))
    return FALSE;
  if (other->at_end)
    return self->at_end && self->at_start == other->at_start && strcmp (self->text, other->text) == 0;
  if (other->at_start)
    return self->at_start && g_str_has_prefix (self->text, other->text);
  return strstr (self->text, other->text) != NULL;
}

static gboolean
are_same_points (const OctavoDatePoint *a, const OctavoDatePoint *b)
{
  return a->unit == b->unit && a->is_relative == b->is_relative && a->n_back == b->n_back && a->year == b->year &&
         a->month == b->month && a->day == b->day;
}

static gboolean
condition_is (const OctavoNode *self, const OctavoNode *other)
{
  if (self->kind != other->kind)
    return FALSE;
  if (self->kind == OCTAVO_NODE_TAG || self->kind == OCTAVO_NODE_USER)
    return self->is_start == other->is_start && self->is_phrase == other->is_phrase &&
           strcmp (self->text, other->text) == 0;
  if (self->kind == OCTAVO_NODE_CREATED || self->kind == OCTAVO_NODE_UPDATED)
    return self->range.after_first == other->range.after_first && self->range.before_last == other->range.before_last &&
           are_same_points (&self->range.first, &other->range.first) &&
           are_same_points (&self->range.last, &other->range.last);
  return self->kind == OCTAVO_NODE_IS && self->is == other->is;
}

static gboolean
are_same (const OctavoNode *self, const OctavoNode *other)
{
  guint n_children = self->children != NULL ? self->children->len : 0;

  if (self->kind != other->kind || n_children != (other->children != NULL ? other->children->len : 0))
    return FALSE;
  if (self->kind == OCTAVO_NODE_TEXT)
    return self->field == other->field && self->at_start == other->at_start && self->at_end == other->at_end &&
           strcmp (self->text, other->text) == 0;
  for (guint i = 0; i < n_children; i++)
    if (!are_same (g_ptr_array_index (self->children, i), g_ptr_array_index (other->children, i)))
      return FALSE;
  return n_children > 0 || condition_is (self, other);
}

static gboolean
one_implies (Look *look, const OctavoNode *parent, const OctavoNode *other)
{
  for (guint i = 0; i < parent->children->len; i++)
    if (implies (look, g_ptr_array_index (parent->children, i), other))
      return TRUE;
  return FALSE;
}

static gboolean
all_imply (Look *look, const OctavoNode *parent, const OctavoNode *other)
{
  for (guint i = 0; i < parent->children->len; i++)
    if (!implies (look, g_ptr_array_index (parent->children, i), other))
      return FALSE;
  return TRUE;
}

static gboolean
implies_one (Look *look, const OctavoNode *self, const OctavoNode *parent)
{
  for (guint i = 0; i < parent->children->len; i++)
    if (implies (look, self, g_ptr_array_index (parent->children, i)))
      return TRUE;
  return FALSE;
}

static gboolean
implies_all (Look *look, const OctavoNode *self, const OctavoNode *parent)
{
  for (guint i = 0; i < parent->children->len; i++)
    if (!implies (look, self, g_ptr_array_index (parent->children, i)))
      return FALSE;
  return TRUE;
}

static gboolean
implies (Look *look, const OctavoNode *self, const OctavoNode *other)
{
  if (look->left == 0)
    return FALSE;
  look->left--;
  if (other->kind == OCTAVO_NODE_AND)
    return implies_all (look, self, other);
  if (self->kind == OCTAVO_NODE_OR)
    return all_imply (look, self, other);
  if (other->kind == OCTAVO_NODE_OR && implies_one (look, self, other))
    return TRUE;
  if (self->kind == OCTAVO_NODE_AND)
    return one_implies (look, self, other);
  if (other->kind == OCTAVO_NODE_TEXT)
    return text_implies (self, other);
  return are_same (self, other);
}

/* octavo_query_implies:
 *
 * Any thread.
 *
 * Returns: whether all notes that @self finds are found by @other as well, whatever the notes are; %FALSE also where
 *   that is not plain to see */
gboolean
octavo_query_implies (OctavoQuery *self, OctavoQuery *other)
{
  const OctavoNode *root = octavo_query_get_root (self), *other_root = octavo_query_get_root (other);
  Look look = { MAX_PAIRS };

  return root != NULL && other_root != NULL && octavo_query_wants_trash (self) == octavo_query_wants_trash (other) &&
         implies (&look, root, other_root);
}

/* octavo_narrowing_read_state:
 * @state: (inout): gets the connection, and what it says
 * @connection: in a transaction
 *
 * Asks for the version of the file. Reading thread. */
gboolean
octavo_narrowing_read_state (OctavoNarrowingState *state, OrmConnection *connection, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  state->connection = connection;
  state->day = g_date_time_get_year (now) * 366 + g_date_time_get_day_of_year (now);
  return orm_connection_get_int64 (connection, "PRAGMA data_version", &state->version, error);
}

static gboolean
are_same_states (const OctavoNarrowingState *a, const OctavoNarrowingState *b)
{
  return a->connection == b->connection && a->version == b->version && a->day == b->day &&
         a->is_sparse == b->is_sparse && a->first_id == b->first_id && a->n_slots == b->n_slots &&
         octavo_scope_equal (&a->scope, &b->scope) && a->max_stale == b->max_stale;
}

/* octavo_narrowing_put:
 * @notes: all that the query finds
 *
 * Remembers an answer. */
void
octavo_narrowing_put (OctavoNarrowing *self,
                      const OctavoNarrowingState *state,
                      OctavoQuery *query,
                      const OctavoBitmap *notes)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Answer *answer = &self->answers[self->next];

  self->next = (self->next + 1) % N_ANSWERS;
  clear_answer (answer);
  *answer = (Answer){ *state, octavo_query_ref (query), octavo_bitmap_copy (notes) };
}

/* octavo_narrowing_get:
 *
 * Returns: (nullable) (transfer full): notes that hold all that the query finds, the fewest that are known */
OctavoBitmap *
octavo_narrowing_get (OctavoNarrowing *self, const OctavoNarrowingState *state, OctavoQuery *query)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Answer *best = NULL;
  guint n_best = 0;

  for (guint i = 0; i < N_ANSWERS; i++)
    {
      const Answer *answer = &self->answers[i];
      guint n_notes;

      if (answer->query == NULL || !are_same_states (&answer->state, state) ||
          !octavo_query_implies (query, answer->query))
        continue;
      n_notes = octavo_bitmap_count (answer->notes);
      if (best == NULL || n_notes < n_best)
        {
          best = answer;
          n_best = n_notes;
        }
    }
  return best != NULL ? octavo_bitmap_copy (best->notes) : NULL;
}
