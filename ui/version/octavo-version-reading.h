/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-diff-page.h"
#include "octavo-note-values.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* What a note says, for OctavoVersionComparison. */
#define OCTAVO_VERSION_NOW     0  /* in the file */
#define OCTAVO_VERSION_NOTHING -1 /* before it was first kept */

/* Two states of a note, one after the other. */
typedef struct
{
  char           *old_title; /* "" of nothing */
  char           *new_title;
  OctavoDiffPage *page;
} OctavoVersionComparison;

void octavo_version_comparison_free (OctavoVersionComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoVersionComparison, octavo_version_comparison_free)

/* The ids are those of versions, or one of the above. max_lines: as of octavo_diff_page_new(). */
void                     octavo_version_compare_async (OctavoStore        *store,
                                                       gint64              note_id,
                                                       gint64              old_id,
                                                       gint64              new_id,
                                                       guint               max_lines,
                                                       GCancellable       *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer            user_data);
OctavoVersionComparison *octavo_version_compare_finish (OctavoStore *store, GAsyncResult *result, GError **error);

void                     octavo_version_read_async (OctavoStore        *store,
                                                    gint64              version_id,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
OctavoNoteValues        *octavo_version_read_finish (OctavoStore *store, GAsyncResult *result, GError **error);

/* "3 words added, 1 word removed" (transfer full) */
char *octavo_version_dup_counts (guint n_added, guint n_removed);

G_END_DECLS
