/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-term.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What FTS5 keeps beside the terms and their places. */
typedef void (*OctavoIndexSizeFunc) (gint64 note_id, gint64 n_places, gpointer data);

gboolean octavo_index_foreach_size (OrmConnection      *connection,
                                    OctavoColumn        column,
                                    OctavoIndexSizeFunc func,
                                    gpointer            data,
                                    GError            **error);
gboolean octavo_index_read_totals (OrmConnection *connection,
                                   OctavoColumn   column,
                                   gint64        *n_notes,
                                   gint64        *n_places,
                                   GError       **error);
gboolean octavo_index_check_ways (OrmConnection *connection,
                                  OctavoColumn   column,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
