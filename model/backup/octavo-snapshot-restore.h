/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-snapshots.h"

G_BEGIN_DECLS

/* Makes the file of notes what a snapshot says, after what it is now was kept as one. Blocks. */
gboolean octavo_snapshot_restore (OctavoSnapshots *snapshots,
                                  const char      *from,
                                  char           **kept,
                                  GCancellable    *cancellable,
                                  GError         **error);

G_END_DECLS
