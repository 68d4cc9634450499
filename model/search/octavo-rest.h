/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When the index is to be written. All times are microseconds of a clock that the caller reads. */
typedef struct
{
  gint64 first_change; /* of those that wait; 0: none does */
  gint64 rests_until;  /* what the last update cost is not spent again before */
} OctavoRest;

gint64   octavo_rest_change (OctavoRest *self, gint64 now);
gboolean octavo_rest_is_over (const OctavoRest *self, gint64 now);
gint64   octavo_rest_put_off (OctavoRest *self, gint64 now);
void     octavo_rest_update (OctavoRest *self, gint64 now, gint64 cost);

G_END_DECLS
