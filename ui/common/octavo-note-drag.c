/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-drag.h"

/* Ids alone: what is dragged never leaves the process, and may be changed or gone before it is dropped. */
struct _OctavoNoteDrag
{
  gatomicrefcount ref_count;
  GArray *ids; /* of gint64 */
};

G_DEFINE_BOXED_TYPE (OctavoNoteDrag, octavo_note_drag, octavo_note_drag_ref, octavo_note_drag_unref)

/**
 * octavo_note_drag_new:
 * @ids: (array length=n_ids): the ids of the notes, in the order of the list
 * @n_ids: how many there are
 *
 * Makes what is dragged. Any thread.
 *
 * Returns: (transfer full): the notes
 */
OctavoNoteDrag *
octavo_note_drag_new (const gint64 *ids, gsize n_ids)
{
  OctavoNoteDrag *self;

  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  self = g_new0 (OctavoNoteDrag, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n_ids);
  if (n_ids > 0)
    g_array_append_vals (self->ids, ids, (guint) n_ids);
  return self;
}

/**
 * octavo_note_drag_ref:
 * @self: notes
 *
 * Returns: (transfer full): @self
 */
OctavoNoteDrag *
octavo_note_drag_ref (OctavoNoteDrag *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * octavo_note_drag_unref:
 * @self: (transfer full): notes
 *
 * Lets go of them.
 */
void
octavo_note_drag_unref (OctavoNoteDrag *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->ids);
  g_free (self);
}

/**
 * octavo_note_drag_get_ids:
 * @self: notes
 * @n_ids: (out): how many there are
 *
 * Returns: (array length=n_ids) (transfer none): their ids, in the order of the list
 */
const gint64 *
octavo_note_drag_get_ids (OctavoNoteDrag *self, gsize *n_ids)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_ids != NULL, NULL);

  *n_ids = self->ids->len;
  return (const gint64 *) (gpointer) self->ids->data;
}
