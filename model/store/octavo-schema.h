/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-migration.h"

G_BEGIN_DECLS

/* Compares what is derived in the schema of a file with what the migrations make, and mends it. */
gboolean octavo_schema_mend (OrmConnection      *connection,
                             const OrmMigration *migrations,
                             guint               n_migrations,
                             GPtrArray          *mended,
                             GError            **error);

G_END_DECLS
