/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-rest.h"

/* The index is written when no note has changed for a while: a note that is typed is then written once and not with
 * each pause. A note of a megabyte takes a tenth of a second and more, so it waits longer, in proportion to what it
 * cost: search looks into it itself meanwhile. What is indexed for the first time is no such cost, as it has to be done
 * once in any case. */
#define QUIET    (3 * G_USEC_PER_SEC)
#define MAX_WAIT (10 * G_USEC_PER_SEC) /* where changes do not end, as in an import, the queue is not left to grow */
#define SHARE    100                   /* of the time, one part is spent on writing again */
#define MAX_REST (300 * G_USEC_PER_SEC)

/* octavo_rest_change:
 * @now: when a note changed
 *
 * Returns: when to write the index, if nothing else changes until then */
gint64
octavo_rest_change (OctavoRest *self, gint64 now)
{
  if (self->first_change == 0)
    self->first_change = now;
  return MAX (now, MIN (now + QUIET, self->first_change + MAX_WAIT));
}

/* octavo_rest_is_over:
 *
 * Returns: whether a few notes that were edited may be written, or are to wait until rests_until */
gboolean
octavo_rest_is_over (const OctavoRest *self, gint64 now)
{
  return now >= self->rests_until;
}

/* octavo_rest_put_off:
 * @now: when the index was not written, as the rest is not over
 *
 * Returns: how long it goes on */
gint64
octavo_rest_put_off (OctavoRest *self, gint64 now)
{
  self->first_change = 0;
  return MAX (self->rests_until - now, 0);
}

/* octavo_rest_update:
 * @now: when the index was written
 * @cost: how long it took to write again what the index knew otherwise
 *
 * Begins the time of rest that the cost asks for. */
void
octavo_rest_update (OctavoRest *self, gint64 now, gint64 cost)
{
  self->first_change = 0;
  self->rests_until = now + MIN (cost * SHARE, MAX_REST);
}
