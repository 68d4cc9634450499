/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* What was done in this file, by whatever window or program of ours, and can be undone: for a day, whether or not the
 * program that did it still runs. */
#define OCTAVO_UNDO_TIME (24 * G_TIME_SPAN_HOUR)

typedef enum
{
  OCTAVO_UNDO_OTHER, /* of a newer version */
  OCTAVO_UNDO_TRASH,
  OCTAVO_UNDO_RESTORE,
  OCTAVO_UNDO_DELETE,
  OCTAVO_UNDO_EMPTY_TRASH,
  OCTAVO_UNDO_PIN,
  OCTAVO_UNDO_UNPIN,
  OCTAVO_UNDO_ADD_TAG,
  OCTAVO_UNDO_REMOVE_TAG,
  OCTAVO_UNDO_MERGE,
  OCTAVO_UNDO_RENAME_TAG,
  OCTAVO_UNDO_MERGE_TAGS,
  OCTAVO_UNDO_DELETE_TAG,
  OCTAVO_UNDO_DELETE_SEARCH,
  OCTAVO_UNDO_DELETE_USER,
  OCTAVO_UNDO_GIVE,
  OCTAVO_UNDO_LINKS,
  OCTAVO_UNDO_IMPORT,
  OCTAVO_UNDO_CLEAR_HISTORY,
} OctavoUndoKind;

typedef struct
{
  gint64         id;
  OctavoUndoKind kind;
  char          *subject; /* what a word about it names: a tag, a user, a title; "" */
  guint          n_notes; /* that it was about */
  gint64         done;    /* microseconds since 1970, UTC */
  gint64         undone;  /* 0: it was not */
  guint          n_left;  /* how many of them were not undone, as they were changed since */
} OctavoUndoStep;

OctavoUndoStep *octavo_undo_step_copy (const OctavoUndoStep *self) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_undo_step_free (OctavoUndoStep *self);

typedef struct
{
  guint   n_done;  /* rows that are what they were */
  guint   n_left;  /* notes that were changed since, and stay as they are */
  guint   n_gone;  /* notes that were deleted since */
  guint   n_kept;  /* notes that would have gone, but were changed since: they are in the trash */
  gint64  note_id; /* one that is back or as it was; 0: none */
  gint64  user_id; /* who is back; 0: nobody */
  GArray *removed; /* (nullable) of gint64: notes that are gone with it */
} OctavoUndoResult;

void octavo_undo_result_clear (OctavoUndoResult *self);

/* The newest first, and no more than limit; undone ones too. (element-type OctavoUndoStep) (transfer full) */
void       octavo_undo_list_async (OctavoStore        *store,
                                   guint               limit,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
GPtrArray *octavo_undo_list_finish (OctavoStore *store, GAsyncResult *result, GError **error);
GPtrArray *octavo_undo_list (OctavoStore *store, guint limit, GError **error); /* blocks */

/* Takes a step back, as one transaction; what was changed since stays as it is. OCTAVO_ERROR_CHANGED where that is all
 * of it. */
void     octavo_undo_run_async (OctavoStore        *store,
                                gint64              step_id,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gboolean octavo_undo_run_finish (OctavoStore *store, GAsyncResult *answer, OctavoUndoResult *result, GError **error);
gboolean octavo_undo_run (OctavoStore *store, gint64 step_id, OctavoUndoResult *result, GError **error); /* blocks */

/* Forgets what was done longer ago, so that it is gone from the file; age: 0: at once. */
void     octavo_undo_forget_async (OctavoStore        *store,
                                   gint64              age,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean octavo_undo_forget_finish (OctavoStore *store, GAsyncResult *result, GError **error);

/* What was done, in a few words: "3 notes moved to the trash". (transfer full) */
char *octavo_undo_step_dup_title (const OctavoUndoStep *self);
/* What undoing left as it is, or NULL where it left nothing. (transfer full) (nullable) */
char *octavo_undo_result_dup_text (const OctavoUndoResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoUndoStep, octavo_undo_step_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoUndoResult, octavo_undo_result_clear)

G_END_DECLS
