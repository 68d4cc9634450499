/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When to save what is typed: a plain value that is told the time, and has neither clock nor timer. Times are
 * microseconds of one monotonic clock. */
typedef struct
{
  gint64 first_edit; /* the oldest that no save has begun for; 0: none */
  gint64 last_edit;
  gint64 retry_at; /* after a failure: not before; 0: the last save went well */
  guint  n_failures;
} OctavoSaveTiming;

#define OCTAVO_SAVE_TIMING_REST         (400 * G_TIME_SPAN_MILLISECOND) /* since the last key */
#define OCTAVO_SAVE_TIMING_LIMIT        (700 * G_TIME_SPAN_MILLISECOND) /* since the first: leaves room to write in */
#define OCTAVO_SAVE_TIMING_LONGEST_WAIT (30 * G_TIME_SPAN_SECOND)

void     octavo_save_timing_edited (OctavoSaveTiming *self, gint64 now);
void     octavo_save_timing_started (OctavoSaveTiming *self);
void     octavo_save_timing_succeeded (OctavoSaveTiming *self);
void     octavo_save_timing_failed (OctavoSaveTiming *self, gint64 now);
gboolean octavo_save_timing_get_due (const OctavoSaveTiming *self, gint64 *due);

G_END_DECLS
