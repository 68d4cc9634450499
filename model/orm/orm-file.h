/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

/* What stands at a path before anything is opened for writing. Private to the mapper. */
typedef struct
{
  gboolean missing;   /* there is nothing yet */
  gboolean immutable; /* nothing can be written beside it: read it as it stands */
} OrmFileState;

gboolean orm_file_check (const char   *path,
                         OrmOpenFlags  flags,
                         gint32        application_id,
                         guint         n_migrations,
                         OrmFileState *state,
                         GError      **error);
gboolean orm_file_create (const char *path, GError **error);

G_END_DECLS
