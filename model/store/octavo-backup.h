/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"

G_BEGIN_DECLS

/* A checked copy of a database, never over an existing file. Blocks. */
gboolean octavo_backup_run (OrmDatabase *database, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
