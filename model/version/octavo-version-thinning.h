/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define OCTAVO_VERSION_THINNING_ALL 200 /* of the last two days */

/* A version, for what is to be said of it. */
typedef struct
{
  gint64   id;
  gint64   made; /* microseconds since 1970, UTC */
  gboolean is_kept;
} OctavoVersionThinning;

void octavo_version_thinning_run (OctavoVersionThinning *newest_first, guint n_versions);

G_END_DECLS
