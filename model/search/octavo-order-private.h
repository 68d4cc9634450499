/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-order.h"
#include "octavo-sequence.h"

G_BEGIN_DECLS

/* What tells the notes of one snapshot from those of another, as far as orders go. */
typedef struct
{
  gint64 first_change; /* the earliest that is still written down */
  gint64 last_change;
  gint64 last_id; /* the highest that a note ever got */
} OctavoOrderState;

struct _OctavoOrder
{
  gatomicrefcount  ref_count;
  OctavoOrderState state;

  gint64           first_id;
  guint            n_slots;
  GArray          *ids; /* (nullable) (element-type gint64): by slot, ascending; NULL: first_id + slot */
  OctavoBitmap    *notes;
  OctavoBitmap    *pinned;
  OctavoBitmap    *trashed;
  OctavoSequence  *by_updated;

  GMutex           lock;
  OctavoSequence  *by_created; /* under lock: (nullable) until asked for */
  OctavoSequence  *by_title;   /* under lock: (nullable) until asked for */
};

/* How many slots are too many for so many notes. */
guint64 octavo_order_get_max_slots (guint n_notes);

/* What titles are sorted by: as the language of the person does. (transfer full) */
char    *octavo_order_get_title_key (OrmStatement *row, int column);

gboolean octavo_order_read_state (OrmConnection *connection, OctavoOrderState *state, GError **error);

/* Makes it the order of a later snapshot. is_done (out): FALSE where it is better read anew. */
gboolean     octavo_order_update (OctavoOrder           **self,
                                  OrmConnection          *connection,
                                  const OctavoOrderState *state,
                                  gboolean               *is_done,
                                  GError                **error);

OctavoOrder *octavo_order_copy (OctavoOrder *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
