/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_SNAPSHOT_AT_ONCE,   /* somebody waits for it */
  OCTAVO_SNAPSHOT_IN_PIECES, /* nobody does: with pauses, and little at once for the disk */
} OctavoSnapshotPace;

/* What the notes of a file say, without the search index, as a checked file of its own. Blocks. */
gboolean octavo_snapshot_write (const char        *from,
                                const char        *path,
                                OctavoSnapshotPace pace,
                                GCancellable      *cancellable,
                                GError           **error);

/* Reads it from end to end. */
gboolean octavo_snapshot_check (const char *path, GCancellable *cancellable, GError **error);

/* Removes what is left of those whose writing was cut short. */
void octavo_snapshot_clean (const char *folder, const char *stem);

G_END_DECLS
