/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-row.h"
#include "octavo-note-values.h"
#include "octavo-note-version.h"
#include "octavo-note.h"

G_BEGIN_DECLS

/* All reading and writing of notes. Objects and calls belong to the main thread; functions that say so take plain
 * values on any thread. The forms without _async block, for the command line and tests. */
#define OCTAVO_TYPE_NOTE_REPOSITORY (octavo_note_repository_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteRepository, octavo_note_repository, OCTAVO, NOTE_REPOSITORY, GObject)

/* A new note of that user, dated now, not yet in the file: the first save inserts it. (transfer full) */
OctavoNote *octavo_note_repository_create (OctavoNoteRepository *self, gint64 user_id);

/* OCTAVO_ERROR_NO_SUCH_NOTE where there is none. (transfer full) */
OctavoNote *octavo_note_repository_get (OctavoNoteRepository *self,
                                        gint64                id,
                                        GCancellable         *cancellable,
                                        GError              **error);
void        octavo_note_repository_get_async (OctavoNoteRepository *self,
                                              gint64                id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
OctavoNote *octavo_note_repository_get_finish (OctavoNoteRepository *self, GAsyncResult *result, GError **error);

/* Writes what changed in this note (all pending notes go in the same transaction). */
gboolean octavo_note_repository_save (OctavoNoteRepository *self,
                                      OctavoNote           *note,
                                      GCancellable         *cancellable,
                                      GError              **error);
void     octavo_note_repository_save_async (OctavoNoteRepository *self,
                                            OctavoNote           *note,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean octavo_note_repository_save_finish (OctavoNoteRepository *self, GAsyncResult *result, GError **error);
void     octavo_note_repository_refresh (OctavoNoteRepository *self, OctavoNote *note); /* after OCTAVO_ERROR_CHANGED */

/* What the note says is kept as a version when the next text is saved over it. */
void octavo_note_repository_end_sitting (OctavoNoteRepository *self, gint64 note_id, OctavoVersionReason reason);

/* What can be done to many notes at once, by id, in one transaction; live objects follow. Ids that are gone are
 * skipped; n_changed (out) (optional) counts the others. */
typedef enum
{
  OCTAVO_NOTES_TRASH,
  OCTAVO_NOTES_RESTORE,
  OCTAVO_NOTES_DELETE, /* for ever */
  OCTAVO_NOTES_PIN,
  OCTAVO_NOTES_UNPIN,
  OCTAVO_NOTES_ADD_TAG,    /* the tag is made where it does not exist */
  OCTAVO_NOTES_REMOVE_TAG, /* a tag that no note has any more goes away */
} OctavoNotesAction;

gboolean octavo_note_repository_apply (OctavoNoteRepository *self,
                                       OctavoNotesAction     action,
                                       const gint64         *ids,
                                       gsize                 n_ids,
                                       const char           *tag,
                                       gsize                *n_changed,
                                       GCancellable         *cancellable,
                                       GError              **error);
void     octavo_note_repository_apply_async (OctavoNoteRepository *self,
                                             OctavoNotesAction     action,
                                             const gint64         *ids,
                                             gsize                 n_ids,
                                             const char           *tag,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean octavo_note_repository_apply_finish (OctavoNoteRepository *self,
                                              GAsyncResult         *result,
                                              gsize                *n_changed,
                                              GError              **error);

/* A page of the list: at most 64 ids; a row each, NULL for those that are gone. Two statements whatever the size.
 * The one read on the main thread. (element-type OctavoNoteRow) (transfer full) */
GPtrArray *octavo_note_repository_read_page (OctavoNoteRepository *self, const gint64 *ids, gsize n_ids);

/* Whether there never was a note. Main thread. */
gboolean octavo_note_repository_is_unused (OctavoNoteRepository *self);

/* Plain values of notes by id, in the order of ids, any number, in batches; missing ids are left out. Any thread,
 * blocks. */
typedef gboolean (*OctavoNoteFunc) (OctavoNoteValues *values, gpointer user_data); /* FALSE stops */
gboolean octavo_note_repository_foreach (OctavoNoteRepository *self,
                                         const gint64         *ids,
                                         gsize                 n_ids,
                                         gboolean              with_body,
                                         OctavoNoteFunc        func,
                                         gpointer              user_data,
                                         GCancellable         *cancellable,
                                         GError              **error);

/* Tags of a note, sorted. Blocks. (transfer full) */
GStrv octavo_note_repository_get_tags (OctavoNoteRepository *self, gint64 id, GError **error);

/* How many notes there are in the scope. */
gboolean octavo_note_repository_count (OctavoNoteRepository *self,
                                       const OctavoScope    *scope,
                                       gint64               *count,
                                       GError              **error);
void     octavo_note_repository_count_async (OctavoNoteRepository *self,
                                             const OctavoScope    *scope,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gint64   octavo_note_repository_count_finish (OctavoNoteRepository *self,
                                              GAsyncResult         *result,
                                              GError              **error); /* -1 with error */

G_END_DECLS
