/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-snapshot-writer.h"
#include "octavo-snapshot.h"

G_BEGIN_DECLS

/* The snapshots of one file of notes. It does not change, and may be used on any thread; everything blocks. */
typedef struct _OctavoSnapshots OctavoSnapshots;

/* folder: (nullable): where somebody wants them; else "backups" beside the file */
OctavoSnapshots *octavo_snapshots_new (const char *path, const char *folder) G_GNUC_WARN_UNUSED_RESULT;
OctavoSnapshots *octavo_snapshots_ref (OctavoSnapshots *self) G_GNUC_WARN_UNUSED_RESULT;
void             octavo_snapshots_unref (OctavoSnapshots *self);

const char      *octavo_snapshots_get_path (OctavoSnapshots *self);
const char      *octavo_snapshots_get_folder (OctavoSnapshots *self);
char            *octavo_snapshots_dup_default_folder (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type OctavoSnapshot), the newest first */
GPtrArray *octavo_snapshots_list (OctavoSnapshots *self) G_GNUC_WARN_UNUSED_RESULT;

/* Those that were made of this very file on this machine. */
gboolean octavo_snapshots_is_own (OctavoSnapshots *self, const OctavoSnapshot *snapshot);
gboolean octavo_snapshots_has_any (OctavoSnapshots *self);

/* Whether notes changed since the last one, and none was made today. */
gboolean octavo_snapshots_is_due (OctavoSnapshots *self, gint64 now, GTimeZone *zone);

/* Makes one, and only then removes those that are not to be kept any more. */
OctavoSnapshot *octavo_snapshots_make (OctavoSnapshots   *self,
                                       OctavoSnapshotKind kind,
                                       OctavoSnapshotPace pace,
                                       gint64             now,
                                       GCancellable      *cancellable,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* word: the path of a file, or the beginning of a date in local time; the newest of those. NULL: the newest of all */
OctavoSnapshot *octavo_snapshots_find (OctavoSnapshots *self, const char *word, GTimeZone *zone, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoSnapshots, octavo_snapshots_unref)

G_END_DECLS
