/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-migration.h"

G_BEGIN_DECLS

#define OCTAVO_SCHEMA_FILE_ID 0x4f435456 /* "OCTV": what file(1) and other programs can know our files by */

GArray  *octavo_schema_load_migrations (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean octavo_schema_break_log (OrmConnection *connection, GError **error);

/* Compares what is derived in the schema of a file with what the migrations make, and mends it. */
gboolean octavo_schema_mend (OrmConnection      *connection,
                             const OrmMigration *migrations,
                             guint               n_migrations,
                             GPtrArray          *mended,
                             GError            **error);

G_END_DECLS
