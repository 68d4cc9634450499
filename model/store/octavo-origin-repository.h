/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"

G_BEGIN_DECLS

/* Where notes were imported from: writes imports, such that the same file imported twice is one note and an edit made
 * since is kept. Plain values; any thread; blocks. */
#define OCTAVO_TYPE_ORIGIN_REPOSITORY (octavo_origin_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoOriginRepository, octavo_origin_repository, OCTAVO, ORIGIN_REPOSITORY, GObject)

typedef enum
{
  OCTAVO_IMPORTED,
  OCTAVO_IMPORT_UPDATED,
  OCTAVO_IMPORT_UNCHANGED,
  OCTAVO_IMPORT_CONFLICT, /* file and note both changed: the note is kept, the file came in as a note beside it */
} OctavoImportOutcome;

typedef struct
{
  char               *location;    /* the absolute path of the file */
  char               *file_digest; /* of its bytes */
  OctavoNoteValues   *values;
  OctavoImportOutcome outcome; /* (out) */
} OctavoImportItem;

OctavoImportItem *octavo_import_item_new (void);
void              octavo_import_item_free (OctavoImportItem *self);

/* Around many of the following; the disk has them in the end. */
void     octavo_origin_repository_begin (OctavoOriginRepository *self);
gboolean octavo_origin_repository_end (OctavoOriginRepository *self, GError **error);

/* All of them in one transaction; with dry_run only the outcomes are found. step_id (inout) (optional): the import that
 * they are a part of, for octavo_undo_run_async(); 0 where nothing was written yet. (element-type OctavoImportItem) */
gboolean octavo_origin_repository_import (OctavoOriginRepository *self,
                                          GPtrArray              *items,
                                          gboolean                dry_run,
                                          gint64                 *step_id,
                                          gint64                 *elapsed,
                                          GCancellable           *cancellable,
                                          GError                **error);

/* Where a note was imported from, (transfer full); NULL: nowhere. */
gboolean octavo_origin_repository_find_location (OctavoOriginRepository *self,
                                                 gint64                  note_id,
                                                 char                  **location,
                                                 GError                **error);

G_END_DECLS
