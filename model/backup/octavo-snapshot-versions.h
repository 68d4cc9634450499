/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

/* Copies the versions of a note of a snapshot to a note of the file that is open, in its transaction: those that are
 * missing there. is_same_note: it may have some of them, and they find their places among these. */
gboolean octavo_snapshot_versions_bring (const char    *path,
                                         gint64         from_id,
                                         OrmConnection *connection,
                                         gint64         to_id,
                                         gboolean       is_same_note,
                                         GError       **error);

G_END_DECLS
