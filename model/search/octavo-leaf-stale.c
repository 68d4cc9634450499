/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-leaf.h"
#include "octavo-matcher.h"

/* Notes that the index does not know are read and matched one by one. Where they are many, as they are while it is made
 * anew, this takes seconds: who waits for all of them has them indexed first, and for who types a search the newest are
 * looked at, as much of them as takes no time to speak of. How much is told by their size and not by a clock, so that
 * the answer is the same each time. The others are found neither by what they have nor by what they lack. */
#define NOTE_BYTES 512 /* to read a note takes as long as to match so much of it */

/* octavo_leaves_asks_for_texts:
 *
 * Returns: whether the texts of notes decide about a node */
gboolean
octavo_leaves_asks_for_texts (const OctavoNode *node)
{
  if (node->kind == OCTAVO_NODE_TEXT)
    return TRUE;
  if (node->kind == OCTAVO_NODE_IS)
    return node->is >= OCTAVO_IS_TODO;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (octavo_leaves_asks_for_texts (g_ptr_array_index (node->children, i)))
      return TRUE;
  return FALSE;
}

static void
match_column (OctavoLeaves *self, guint place, int column, const OctavoFolded *folded)
{
  for (guint i = 0; i < self->leaves->len; i++)
    {
      OctavoLeaf *leaf = g_ptr_array_index (self->leaves, i);

      if (octavo_match_text (leaf->node, folded))
        octavo_bitmap_set (leaf->fresh[column], place);
    }
}

/* Returns: how much was looked at */
static gsize
match_note (OctavoLeaves *self, guint slot, OrmStatement *statement)
{
  guint place = self->looked->len;
  gsize title_length, body_length;
  const char *title = orm_statement_get_text (statement, 1, &title_length);
  const char *body = orm_statement_get_text (statement, 2, &body_length);
  g_autoptr (OctavoFoldedText) folded_title = octavo_folded_text_new (title != NULL ? title : "", title_length, FALSE);
  g_autoptr (OctavoFoldedText) folded_body =
      octavo_fold_cache_fold (self->finder->folds, orm_statement_get_int64 (statement, 0), body != NULL ? body : "",
                              body_length);

  g_array_append_val (self->looked, slot);
  match_column (self, place, OCTAVO_COLUMN_TITLE, &folded_title->folded);
  match_column (self, place, OCTAVO_COLUMN_BODY, &folded_body->folded);
  for (guint i = 0; i < OCTAVO_N_FACTS; i++)
    if (folded_body->facts & (1 << i))
      octavo_bitmap_set (self->facts[i], slot);
  return title_length + body_length + NOTE_BYTES;
}

static gboolean
match_slot (OctavoLeaves *self, guint slot, gsize *n_bytes, GError **error)
{
  OctavoTextFinder *finder = self->finder;
  OrmStatement *statement =
      orm_connection_prepare (finder->connection,
                              "SELECT id, title || char (10) || aliases, body FROM note WHERE id = ?", error);
  OrmStep step;

  if (statement == NULL || g_cancellable_set_error_if_cancelled (finder->cancellable, error))
    return FALSE;
  orm_statement_bind_int64 (statement, 1, octavo_order_get_id (finder->order, slot));
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *n_bytes += match_note (self, slot, statement);
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
match_all (OctavoLeaves *self, const OctavoBitmap *notes, GError **error)
{
  gsize n_bytes = 0;

  for (guint slot = 0; octavo_bitmap_next (notes, &slot); slot++)
    if (!match_slot (self, slot, &n_bytes, error))
      return FALSE;
  return TRUE;
}

/* The newest first, as that is where they are shown. */
static gboolean
match_newest (OctavoLeaves *self, const OctavoBitmap *notes, GError **error)
{
  OctavoOrder *order = self->finder->order;
  g_autoptr (OctavoBitmap) rest = octavo_bitmap_copy (notes);
  guint n_left = octavo_bitmap_count (rest);
  gsize n_sorted, n_bytes = 0;
  const guint32 *sorted =
      octavo_order_get_sorted (order, OCTAVO_SORT_UPDATED, self->finder->connection, &n_sorted, error);

  if (sorted == NULL)
    return FALSE;
  for (gsize i = 0; i < n_sorted && n_left > 0 && n_bytes < self->max_stale; i++)
    {
      if (!octavo_bitmap_get (rest, sorted[i]))
        continue;
      if (!match_slot (self, sorted[i], &n_bytes, error))
        return FALSE;
      octavo_bitmap_unset (rest, sorted[i]);
      n_left--;
    }
  if (n_left > 0)
    self->missing = g_steal_pointer (&rest);
  return TRUE;
}

/* octavo_leaves_match_stale:
 * @notes: which, of those that the index does not know
 *
 * Looks into notes. Reading thread. */
gboolean
octavo_leaves_match_stale (OctavoLeaves *self, const OctavoBitmap *notes, GError **error)
{
  return self->max_stale > 0 ? match_newest (self, notes, error) : match_all (self, notes, error);
}
