/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-change.h"
#include "octavo-error.h"
#include "octavo-excerpt-finder.h"
#include "octavo-problem.h"
#include "octavo-types.h"

G_BEGIN_DECLS

/* One file of notes: opens it and hands the repositories out. Made by the composition root, given to all who need it.
 *
 * Signal "changed" (OctavoChange *change): after each commit, also of another process, on the main context. */
#define OCTAVO_TYPE_STORE (octavo_store_get_type ())
G_DECLARE_FINAL_TYPE (OctavoStore, octavo_store, OCTAVO, STORE, GObject)

/* octavo/notes.db in the user's data folder, where it was moved to, or what OCTAVO_DATABASE names. (transfer full) */
char        *octavo_store_get_default_path (void);

OctavoStore *octavo_store_new (const char *path) G_GNUC_WARN_UNUSED_RESULT; /* ":memory:" too */
OctavoStore *octavo_store_new_for_reading (const char *path)
    G_GNUC_WARN_UNUSED_RESULT; /* also what is write-protected */
OctavoStore *octavo_store_new_for_searching (const char *path)
    G_GNUC_WARN_UNUSED_RESULT; /* what is there, as it is; nothing is made, migrated or indexed */
const char *octavo_store_get_path (OctavoStore *self);

/* Makes the folder (0700) and the file (0600) where missing, migrates, makes the first user. Errors are OCTAVO_ERROR
 * with a message for a person; a file that cannot be opened is never written to. */
gboolean octavo_store_open (OctavoStore *self, GCancellable *cancellable, GError **error);
void     octavo_store_open_async (OctavoStore        *self,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean octavo_store_open_finish (OctavoStore *self, GAsyncResult *result, GError **error);
void     octavo_store_close (OctavoStore *self);                              /* waits for what was asked for */
char *octavo_store_take_notice (OctavoStore *self) G_GNUC_WARN_UNUSED_RESULT; /* of what happened to the file before */

/* (transfer none), valid once open */
OctavoNoteRepository        *octavo_store_get_notes (OctavoStore *self);
OctavoTagRepository         *octavo_store_get_tags (OctavoStore *self);
OctavoUserRepository        *octavo_store_get_users (OctavoStore *self);
OctavoSavedSearchRepository *octavo_store_get_saved_searches (OctavoStore *self);
OctavoVersionRepository     *octavo_store_get_versions (OctavoStore *self);
OctavoSearch                *octavo_store_get_search (OctavoStore *self);
OctavoExcerptFinder         *octavo_store_get_excerpts (OctavoStore *self);
OctavoOriginRepository      *octavo_store_get_origins (OctavoStore *self);

void                         octavo_store_look_for_changes (OctavoStore *self); /* of other processes, at once */

/* A checked copy of the whole file (SQLite's backup interface), never over an existing one. Blocks. */
gboolean octavo_store_backup (OctavoStore *self, const char *path, GCancellable *cancellable, GError **error);

/* Looks the whole file over (integrity, foreign keys, the search index and other derived data), mends what is derived.
 * problems (out) (transfer full) (element-type OctavoProblem): empty where all is well. FALSE: could not be checked. */
typedef void (*OctavoProgress) (double fraction, gpointer user_data); /* 0 to 1; called on the caller's thread */
gboolean octavo_store_check (OctavoStore   *self,
                             OctavoProgress progress,
                             gpointer       user_data,
                             GPtrArray    **problems,
                             GCancellable  *cancellable,
                             GError       **error);

G_END_DECLS
