/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-order-private.h"

#include <string.h>

/* From one snapshot to a later one. Where so much changed that the log may not have it all, or that looking at each
 * note takes longer than reading all of them in order, nothing is done here. */
#define FEW_CHANGES    1024
#define NOTES_A_CHANGE 20 /* reading one note by its id takes as long as reading so many in order */
#define NOTES_A_TITLE  64 /* the same for finding the place of a title, beside sorting all */

enum
{
  BY_UPDATED,
  BY_CREATED,
  N_TIMES
};

/* A note as it is now. */
typedef struct
{
  gint64 id;
  guint slot;
  gboolean existed;
  gboolean exists;
  gboolean is_pinned;
  gboolean is_trashed;
  gint64 times[N_TIMES];
  char *key; /* (nullable) where nobody asked for the order by titles */
} Change;

static void
clear_change (gpointer data)
{
  g_free (((Change *) data)->key);
}

/* octavo_order_read_state:
 * @connection: in a transaction
 * @state: (out): that of the snapshot
 *
 * Looks how far the log has come. Reading thread. */
gboolean
octavo_order_read_state (OrmConnection *connection, OctavoOrderState *state, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection,
                              "SELECT (SELECT min (seq) FROM note_change), (SELECT max (seq) FROM note_change), "
                              "(SELECT seq FROM sqlite_sequence WHERE name = 'note')",
                              error);

  if (statement == NULL || orm_statement_step (statement, error) != ORM_STEP_ROW)
    return FALSE;
  state->first_change = orm_statement_get_int64 (statement, 0);
  state->last_change = orm_statement_get_int64 (statement, 1);
  state->last_id = orm_statement_get_int64 (statement, 2);
  orm_statement_reset (statement);
  return TRUE;
}

/* Whether all that changed is known, and worth looking at. */
static gboolean
is_within_reach (OctavoOrder *self, const OctavoOrderState *state)
{
  guint64 n_changes;

  if (state->last_change < self->state.last_change || state->last_id < self->state.last_id ||
      (state->last_change > self->state.last_change && state->first_change > self->state.last_change + 1))
    return FALSE;
  n_changes = ((guint64) state->last_change - (guint64) self->state.last_change) +
              ((guint64) state->last_id - (guint64) self->state.last_id);
  return n_changes <= MAX (FEW_CHANGES, self->by_updated->n_notes / NOTES_A_CHANGE);
}

/* What changed since, by id. */
static GArray *
read_changes (OctavoOrder *self, OrmConnection *connection, GError **error)
{
  static const char sql[] =
      "SELECT c.id, n.id, n.updated, n.created, n.pinned, n.trashed, n.title "
      "FROM (SELECT note_id AS id FROM note_change WHERE seq > ? UNION SELECT id FROM note WHERE id > ?) "
      "AS c LEFT JOIN note AS n ON n.id = c.id ORDER BY c.id";
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (Change));
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  OrmStep step;

  if (statement == NULL)
    return NULL;
  g_array_set_clear_func (changes, clear_change);
  orm_statement_bind_int64 (statement, 1, self->state.last_change);
  orm_statement_bind_int64 (statement, 2, self->state.last_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      Change change = { .id = orm_statement_get_int64 (statement, 0), .exists = !orm_statement_is_null (statement, 1) };

      if (change.exists)
        {
          change.times[BY_UPDATED] = orm_statement_get_int64 (statement, 2);
          change.times[BY_CREATED] = orm_statement_get_int64 (statement, 3);
          change.is_pinned = orm_statement_get_int64 (statement, 4) != 0;
          change.is_trashed = orm_statement_get_int64 (statement, 5) != 0;
          change.key = self->by_title != NULL ? octavo_order_get_title_key (statement, 6) : NULL;
        }
      g_array_append_val (changes, change);
    }
  return step == ORM_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/* A slot for a note that had none. n_slots (inout): how many there are then */
static gboolean
find_new_slot (OctavoOrder *self, Change *change, guint *n_slots)
{
  guint64 distance = (guint64) change->id - (guint64) self->first_id;

  if (self->ids != NULL)
    {
      if (change->id < g_array_index (self->ids, gint64, self->n_slots - 1))
        return FALSE;
      change->slot = (*n_slots)++;
      return TRUE;
    }
  if (self->n_slots == 0 || change->id < self->first_id || distance >= G_MAXUINT - 1)
    return FALSE;
  change->slot = (guint) distance;
  *n_slots = change->slot + 1;
  return TRUE;
}

/* Leaves in changes those that change something. FALSE where slots have to be given anew. */
static gboolean
find_slots (OctavoOrder *self, GArray *changes, guint *n_slots)
{
  guint n_notes = self->by_updated->n_notes, n_left = 0;

  *n_slots = self->n_slots;
  for (guint i = 0; i < changes->len; i++)
    {
      Change *change = &g_array_index (changes, Change, i);
      gboolean has_slot = octavo_order_find_slot (self, change->id, &change->slot);

      change->existed = has_slot && octavo_bitmap_get (self->notes, change->slot);
      if (change->exists && !has_slot && !find_new_slot (self, change, n_slots))
        return FALSE;
      n_notes = n_notes - change->existed + change->exists;
      if (change->existed || change->exists)
        {
          Change left = *change;

          change->key = NULL;
          g_array_index (changes, Change, n_left++) = left;
        }
    }
  g_array_set_size (changes, n_left);
  return *n_slots <= octavo_order_get_max_slots (n_notes);
}

static OctavoBitmap *
find_gone (OctavoOrder *self, GArray *changes, guint *n_gone)
{
  OctavoBitmap *gone = octavo_bitmap_new (self->n_slots);

  *n_gone = 0;
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      if (!change->existed)
        continue;
      octavo_bitmap_set (gone, change->slot);
      (*n_gone)++;
    }
  return gone;
}

/* (element-type OctavoSequenceNote): the notes there are, unsorted. time: which, for those that have one */
static GArray *
find_come (GArray *changes, guint time)
{
  GArray *come = g_array_new (FALSE, FALSE, sizeof (OctavoSequenceNote));

  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);
      OctavoSequenceNote note = { change->times[time], change->key, change->slot, change->is_pinned };

      if (change->exists)
        g_array_append_val (come, note);
    }
  return come;
}

static void
update_by_time (OctavoSequence *sequence, GArray *changes, guint time, const OctavoBitmap *gone, guint n_gone)
{
  g_autoptr (GArray) come = find_come (changes, time);

  g_array_sort (come, octavo_sequence_compare_notes_by_time);
  octavo_sequence_replace (sequence, gone, n_gone, (OctavoSequenceNote *) (gpointer) come->data, come->len,
                           octavo_sequence_compare_by_time, NULL);
}

static int
compare_notes_by_title (gconstpointer a, gconstpointer b)
{
  const OctavoSequenceNote *x = a, *y = b;
  int order;

  if (x->is_pinned != y->is_pinned)
    return x->is_pinned ? -1 : 1;
  order = strcmp (x->key, y->key);
  return order != 0 ? order : x->slot < y->slot ? -1 : x->slot > y->slot;
}

typedef struct
{
  OctavoOrder *order;
  OrmStatement *statement; /* reads a title by its note's id */
} Titles;

/* The keys of a million titles are not kept: the few that are compared are read. */
static gboolean
compare_by_title (const OctavoSequence *self, guint index, const OctavoSequenceNote *note, int *order, gpointer data)
{
  Titles *titles = data;
  OctavoSequenceNote there = { 0, NULL, self->slots[index], index < self->n_pinned };
  g_autofree char *key = NULL;

  if (there.is_pinned != note->is_pinned)
    {
      *order = there.is_pinned ? -1 : 1;
      return TRUE;
    }
  orm_statement_reset (titles->statement);
  orm_statement_bind_int64 (titles->statement, 1, octavo_order_get_id (titles->order, there.slot));
  if (orm_statement_step (titles->statement, NULL) != ORM_STEP_ROW)
    return FALSE;
  there.key = key = octavo_order_get_title_key (titles->statement, 0);
  *order = compare_notes_by_title (&there, note);
  return TRUE;
}

static gboolean
update_by_title (OctavoOrder *self, OrmConnection *connection, GArray *changes, const OctavoBitmap *gone, guint n_gone)
{
  g_autoptr (GArray) come = NULL;
  Titles titles = { self, orm_connection_prepare (connection, "SELECT title FROM note WHERE id = ?", NULL) };
  gboolean done;

  if (titles.statement == NULL || changes->len > FEW_CHANGES / NOTES_A_TITLE + self->by_title->n_notes / NOTES_A_TITLE)
    return FALSE;
  come = find_come (changes, BY_UPDATED);
  g_array_sort (come, compare_notes_by_title);
  done = octavo_sequence_replace (self->by_title, gone, n_gone, (OctavoSequenceNote *) (gpointer) come->data, come->len,
                                  compare_by_title, &titles);
  orm_statement_reset (titles.statement);
  return done;
}

static void
update_sets (OctavoOrder *self, GArray *changes, guint n_slots)
{
  if (n_slots > self->n_slots)
    {
      self->n_slots = n_slots;
      octavo_bitmap_resize (self->notes, n_slots);
      octavo_bitmap_resize (self->pinned, n_slots);
      octavo_bitmap_resize (self->trashed, n_slots);
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      if (self->ids != NULL && change->slot >= self->ids->len)
        g_array_append_val (self->ids, change->id);
      octavo_bitmap_set_to (self->notes, change->slot, change->exists);
      octavo_bitmap_set_to (self->pinned, change->slot, change->exists && change->is_pinned);
      octavo_bitmap_set_to (self->trashed, change->slot, change->exists && change->is_trashed);
    }
}

/* octavo_order_update:
 * @self: (inout): an order that nobody is waiting for; a copy where others hold it
 * @connection: in a transaction
 * @state: that of the snapshot
 * @is_done: (out): whether it is the order of the snapshot now; %FALSE where it is better read anew
 *
 * Gives the notes that changed their places, in all orders that were asked for. Reading thread.
 *
 * Returns: %FALSE where the changes could not be read */
gboolean
octavo_order_update (OctavoOrder **self,
                     OrmConnection *connection,
                     const OctavoOrderState *state,
                     gboolean *is_done,
                     GError **error)
{
  OctavoOrder *order = *self;
  g_autoptr (GArray) changes = NULL;
  g_autoptr (OctavoBitmap) gone = NULL;
  guint n_slots, n_gone;

  *is_done = order->state.last_change == state->last_change && order->state.last_id == state->last_id;
  if (*is_done || !is_within_reach (order, state))
    return TRUE;
  if (!g_atomic_ref_count_compare (&order->ref_count, 1))
    {
      order = octavo_order_copy (order);
      octavo_order_unref (*self);
      *self = order;
    }
  changes = read_changes (order, connection, error);
  if (changes == NULL)
    return FALSE;
  if (!find_slots (order, changes, &n_slots))
    return TRUE;

  gone = find_gone (order, changes, &n_gone);
  update_sets (order, changes, n_slots);
  update_by_time (order->by_updated, changes, BY_UPDATED, gone, n_gone);
  if (order->by_created != NULL)
    update_by_time (order->by_created, changes, BY_CREATED, gone, n_gone);
  if (order->by_title != NULL && !update_by_title (order, connection, changes, gone, n_gone))
    g_clear_pointer (&order->by_title, octavo_sequence_free);
  order->state = *state;
  *is_done = TRUE;
  return TRUE;
}
