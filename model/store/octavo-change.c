/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-change-private.h"

/* What a commit changed, in words of notes, so that a list knows which rows to look at again and nobody above the
 * model has to know a table. */

struct _OctavoChange
{
  gatomicrefcount ref_count;
  gboolean is_everything;
  gboolean has_tags;
  gboolean has_users;
  GArray *added;
  GArray *removed;
  GArray *updated;
};

G_DEFINE_BOXED_TYPE (OctavoChange, octavo_change, octavo_change_ref, octavo_change_unref)

/**
 * octavo_change_new:
 * @is_everything: anything may have changed
 * @has_tags: tags changed, or who has which
 * @has_users: users changed
 *
 * Makes a change that is about no note yet.
 *
 * Returns: (transfer full): the change
 */
OctavoChange *
octavo_change_new (gboolean is_everything, gboolean has_tags, gboolean has_users)
{
  OctavoChange *self = g_new0 (OctavoChange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->is_everything = is_everything;
  self->has_tags = has_tags;
  self->has_users = has_users;
  return self;
}

/**
 * octavo_change_set_notes:
 * @self: a change that nobody saw yet
 * @added: (element-type gint64) (transfer full): ids of new notes
 * @removed: (element-type gint64) (transfer full): ids of notes that are gone
 * @updated: (element-type gint64) (transfer full): ids of notes that differ
 *
 * Says which notes it is about.
 */
void
octavo_change_set_notes (OctavoChange *self, GArray *added, GArray *removed, GArray *updated)
{
  g_return_if_fail (self != NULL && self->added == NULL);

  self->added = added;
  self->removed = removed;
  self->updated = updated;
}

/**
 * octavo_change_ref:
 * @self: a change
 *
 * Returns: (transfer full): @self
 */
OctavoChange *
octavo_change_ref (OctavoChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * octavo_change_unref:
 * @self: (transfer full): a change
 *
 * Lets go of a change.
 */
void
octavo_change_unref (OctavoChange *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->added, g_array_unref);
  g_clear_pointer (&self->removed, g_array_unref);
  g_clear_pointer (&self->updated, g_array_unref);
  g_free (self);
}

/**
 * octavo_change_is_everything:
 * @self: a change
 *
 * Returns: whether another process wrote, so that anything may have changed
 */
gboolean
octavo_change_is_everything (OctavoChange *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_everything;
}

/**
 * octavo_change_has_tags:
 * @self: a change
 *
 * Returns: whether tags changed, or which notes have them, or which of those count
 */
gboolean
octavo_change_has_tags (OctavoChange *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_tags || self->is_everything;
}

/**
 * octavo_change_has_users:
 * @self: a change
 *
 * Returns: whether users changed
 */
gboolean
octavo_change_has_users (OctavoChange *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_users || self->is_everything;
}

static const gint64 *
get_ids (GArray *ids, gsize *n_ids)
{
  if (n_ids != NULL)
    *n_ids = ids != NULL ? ids->len : 0;
  return ids != NULL ? (const gint64 *) (gpointer) ids->data : NULL;
}

/**
 * octavo_change_get_added:
 * @self: a change
 * @n_ids: (out) (optional): how many there are
 *
 * Returns: (array length=n_ids) (transfer none) (nullable): the ids of new notes, not sorted
 */
const gint64 *
octavo_change_get_added (OctavoChange *self, gsize *n_ids)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_ids (self->added, n_ids);
}

/**
 * octavo_change_get_removed:
 * @self: a change
 * @n_ids: (out) (optional): how many there are
 *
 * Returns: (array length=n_ids) (transfer none) (nullable): the ids of notes that are gone, not sorted
 */
const gint64 *
octavo_change_get_removed (OctavoChange *self, gsize *n_ids)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_ids (self->removed, n_ids);
}

/**
 * octavo_change_get_updated:
 * @self: a change
 * @n_ids: (out) (optional): how many there are
 *
 * Returns: (array length=n_ids) (transfer none) (nullable): the ids of notes that differ in anything, not sorted
 */
const gint64 *
octavo_change_get_updated (OctavoChange *self, gsize *n_ids)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_ids (self->updated, n_ids);
}
