/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-bitmap.h"

G_BEGIN_DECLS

/* All notes in one order, by their slots, pinned ones first. */
typedef struct
{
  guint    n_notes;
  guint    n_pinned;
  guint    capacity;
  guint32 *slots;
  gint64  *times; /* (nullable): beside the slots; of an order by time, later ones first */
} OctavoSequence;

/* A note that is to get its place. */
typedef struct
{
  gint64      time;
  const char *key; /* what is compared instead, in an order by titles */
  guint32     slot;
  gboolean    is_pinned;
} OctavoSequenceNote;

/* order (out): negative where the note at the index comes before the other. FALSE where that cannot be told. */
typedef gboolean (*OctavoSequenceCompare) (const OctavoSequence     *self,
                                           guint                     index,
                                           const OctavoSequenceNote *note,
                                           int                      *order,
                                           gpointer                  data);

OctavoSequence *octavo_sequence_new (guint n_notes, guint n_pinned, gboolean has_times) G_GNUC_WARN_UNUSED_RESULT;
OctavoSequence *octavo_sequence_copy (const OctavoSequence *self) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_sequence_free (OctavoSequence *self);

/* Takes notes out, and puts others in: those have to be in order. FALSE, and nothing changed, where compare failed. */
gboolean octavo_sequence_replace (OctavoSequence           *self,
                                  const OctavoBitmap       *gone,
                                  guint                     n_gone,
                                  const OctavoSequenceNote *notes,
                                  guint                     n_notes,
                                  OctavoSequenceCompare     compare,
                                  gpointer                  data);

/* The order by time: later first; of two the one with the higher slot. */
int      octavo_sequence_compare_notes_by_time (gconstpointer a, gconstpointer b);
gboolean octavo_sequence_compare_by_time (const OctavoSequence     *self,
                                          guint                     index,
                                          const OctavoSequenceNote *note,
                                          int                      *order,
                                          gpointer                  data);

/* Adds the notes whose time is in from <= time < until. */
void octavo_sequence_add_range (const OctavoSequence *self, gint64 from, gint64 until, OctavoBitmap *notes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoSequence, octavo_sequence_free)

G_END_DECLS
