/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-catch-up.h"

/* An answer that may lack notes is asked for again when the index has come on by a part that matters, and at the end.
 */
#define MIN_STEP 2000 /* notes */
#define PARTS    20   /* of what was missing */

struct _OctavoCatchUp
{
  OctavoSearch *search;
  gulong handler;
  OctavoCatchUpFunc ask;
  gpointer owner;
  guint n_missing; /* from the last answer */
  guint n_pending; /* when that came, or was last asked for again */
};

static void
on_n_pending (OctavoCatchUp *self)
{
  guint n_pending = octavo_search_get_n_pending (self->search);
  guint step = MAX (MIN_STEP, self->n_pending / PARTS);

  if (self->n_missing == 0 || (n_pending > 0 && n_pending + step > self->n_pending))
    return;
  self->n_pending = n_pending;
  self->ask (self->owner);
}

/**
 * octavo_catch_up_new:
 * @search: what answers
 * @ask: called when it is to be asked again
 * @owner: for @ask; outlives the result
 *
 * Returns: (transfer full): who waits for the index. Main thread
 */
OctavoCatchUp *
octavo_catch_up_new (OctavoSearch *search, OctavoCatchUpFunc ask, gpointer owner)
{
  OctavoCatchUp *self = g_new0 (OctavoCatchUp, 1);

  self->search = g_object_ref (search);
  self->ask = ask;
  self->owner = owner;
  self->handler = g_signal_connect_swapped (search, "notify::n-pending", G_CALLBACK (on_n_pending), self);
  return self;
}

/**
 * octavo_catch_up_free:
 *
 * Waits no longer.
 */
void
octavo_catch_up_free (OctavoCatchUp *self)
{
  g_signal_handler_disconnect (self->search, self->handler);
  g_object_unref (self->search);
  g_free (self);
}

/**
 * octavo_catch_up_take_answer:
 * @n_missing: how many notes may be missing from it; 0: none
 *
 * Takes note of the last answer. Where the index was brought up to date while that was looked for, asks again at once.
 */
void
octavo_catch_up_take_answer (OctavoCatchUp *self, guint n_missing)
{
  self->n_missing = n_missing;
  self->n_pending = octavo_search_get_n_pending (self->search);
  if (n_missing > 0 && self->n_pending == 0)
    self->ask (self->owner);
}

/**
 * octavo_catch_up_get_n_missing:
 *
 * Returns: how many notes may be missing from the last answer
 */
guint
octavo_catch_up_get_n_missing (OctavoCatchUp *self)
{
  return self->n_missing;
}
