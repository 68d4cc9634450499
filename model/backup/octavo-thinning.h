/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which snapshots to keep: the last of each of seven days, four weeks and twelve months, and what is kept besides. */
typedef struct
{
  gint64   time;       /* when it was made, microseconds since 1970, UTC */
  gboolean is_special; /* made before something that replaces notes: the last five of these are kept */
  gboolean is_sacred;  /* kept in any case */
  gboolean is_kept;    /* (out) */
} OctavoThinning;

void octavo_thinning_run (OctavoThinning *snapshots, guint n_snapshots, gint64 now, GTimeZone *zone);

/* Whether both are on the same day of the calendar there. */
gboolean octavo_thinning_is_same_day (gint64 a, gint64 b, GTimeZone *zone);

G_END_DECLS
