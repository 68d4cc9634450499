/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks into a snapshot, of whatever version. Nothing is written to it, or beside it. Any thread; blocks. */

/* Notes whose title has the words, in any case, the newest first (element-type OctavoNoteValues), without their texts.
 * n_found (out): how many there are; no more than max_notes are given. */
GPtrArray *octavo_snapshot_notes_find (const char   *path,
                                       const char   *words,
                                       guint         max_notes,
                                       guint        *n_found,
                                       GCancellable *cancellable,
                                       GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* OCTAVO_ERROR_NO_SUCH_NOTE where there is none. */
OctavoNoteValues *octavo_snapshot_notes_read (const char *path, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
