/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-bitmap.h"
#include "octavo-types.h"
#include "orm-connection.h"

G_BEGIN_DECLS

#define OCTAVO_ORDER_ALIGNMENT 16384

/* All notes of a snapshot, in their orders. Any thread that reads that snapshot. Counted. */
typedef struct _OctavoOrder OctavoOrder;

gboolean                    octavo_order_follow (OctavoOrder **self, OrmConnection *connection, GError **error);
OctavoOrder                *octavo_order_ref (OctavoOrder *self);
void                        octavo_order_unref (OctavoOrder *self);

guint                       octavo_order_get_n_slots (OctavoOrder *self);
gint64                      octavo_order_get_id (OctavoOrder *self, guint slot);
gboolean                    octavo_order_get_first_id (OctavoOrder *self, gint64 *first_id);
void                        octavo_order_get_state (OctavoOrder *self, gint64 state[4]);
gboolean                    octavo_order_find_slot (OctavoOrder *self, gint64 id, guint *slot);

const OctavoBitmap         *octavo_order_get_notes (OctavoOrder *self);
const OctavoBitmap         *octavo_order_get_pinned (OctavoOrder *self);
const OctavoBitmap         *octavo_order_get_trashed (OctavoOrder *self);

/* Slots in order, pinned ones first: guint32. n_slots (out). (transfer none) */
const guint32 *octavo_order_get_sorted (OctavoOrder   *self,
                                        OctavoSort     sort,
                                        OrmConnection *connection,
                                        gsize         *n_slots,
                                        GError       **error);

/* Whether that would be had without reading anything. */
gboolean octavo_order_has_sorted (OctavoOrder *self, OctavoSort sort);

/* Appends the ids of a set of notes, in the order of sorted. ids: (element-type gint64) */
void octavo_order_append_ids (OctavoOrder        *self,
                              const guint32      *sorted,
                              gsize               n_sorted,
                              const OctavoBitmap *notes,
                              GArray             *ids);

/* Adds the notes whose time is in from <= time < until. sort: UPDATED or CREATED */
gboolean octavo_order_add_range (OctavoOrder   *self,
                                 OctavoSort     sort,
                                 gint64         from,
                                 gint64         until,
                                 OrmConnection *connection,
                                 OctavoBitmap  *notes,
                                 GError       **error);

/* Adds the notes whose ids a statement gives in its first column. */
gboolean octavo_order_add_rows (OctavoOrder *self, OrmStatement *statement, OctavoBitmap *notes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoOrder, octavo_order_unref)

G_END_DECLS
