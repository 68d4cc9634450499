/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-save-timing.h"

/* A pause in typing is the best moment to save, but who never pauses must be safe within a second too. After a failure
 * the waits grow, so that a full disk is not asked twice a second. */

/**
 * octavo_save_timing_edited:
 * @self: the timing
 * @now: the time
 *
 * Notes that something was typed.
 */
void
octavo_save_timing_edited (OctavoSaveTiming *self, gint64 now)
{
  if (self->first_edit == 0)
    self->first_edit = now;
  self->last_edit = now;
}

/**
 * octavo_save_timing_started:
 * @self: the timing
 *
 * Notes that a save has begun, which takes all that was typed so far.
 */
void
octavo_save_timing_started (OctavoSaveTiming *self)
{
  self->first_edit = 0;
  self->last_edit = 0;
  self->retry_at = 0;
}

/**
 * octavo_save_timing_succeeded:
 * @self: the timing
 *
 * Notes that the save which was begun has written everything.
 */
void
octavo_save_timing_succeeded (OctavoSaveTiming *self)
{
  self->retry_at = 0;
  self->n_failures = 0;
}

/**
 * octavo_save_timing_failed:
 * @self: the timing
 * @now: the time
 *
 * Notes that the save which was begun has failed: it is tried again after 1, 2, 4, 8, 16, then each 30 seconds.
 */
void
octavo_save_timing_failed (OctavoSaveTiming *self, gint64 now)
{
  gint64 wait = G_TIME_SPAN_SECOND << MIN (self->n_failures, 5);

  self->n_failures++;
  self->retry_at = now + MIN (wait, OCTAVO_SAVE_TIMING_LONGEST_WAIT);
}

/**
 * octavo_save_timing_get_due:
 * @self: the timing
 * @due: (out): when the next save is to begin
 *
 * Returns: whether there is anything to save
 */
gboolean
octavo_save_timing_get_due (const OctavoSaveTiming *self, gint64 *due)
{
  if (self->retry_at != 0)
    *due = self->retry_at;
  else if (self->first_edit != 0)
    *due = MIN (self->last_edit + OCTAVO_SAVE_TIMING_REST, self->first_edit + OCTAVO_SAVE_TIMING_LIMIT);
  else
    return FALSE;
  return TRUE;
}
