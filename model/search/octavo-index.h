/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-term.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which index there is, and how it is. */
typedef struct
{
  gboolean is_usable;
  gint64   generation; /* another one where it was made anew */
  gint64   revision;   /* how often that was written */
} OctavoIndexState;

gboolean octavo_index_get_state (OrmConnection *connection, OctavoIndexState *state, GError **error);
gboolean octavo_index_create (OrmConnection *connection, GError **error);
gboolean octavo_index_update (OrmConnection *connection,
                              guint          max_notes,
                              gboolean      *has_more,
                              GCancellable  *cancellable,
                              GError       **error);
gboolean octavo_index_merge (OrmConnection *connection, gboolean is_first, gboolean *has_more, GError **error);
gboolean octavo_index_verify (OrmConnection *connection, gboolean *is_right, GCancellable *cancellable, GError **error);

G_END_DECLS
