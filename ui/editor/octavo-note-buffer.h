/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"
#include "octavo-note.h"
#include "octavo-rescue.h"

G_BEGIN_DECLS

/* Above these a GtkTextView no longer bears a text, and its beginning is shown, which cannot be edited. */
#define OCTAVO_NOTE_BUFFER_MAX_SIZE OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE /* bytes */
#define OCTAVO_NOTE_BUFFER_MAX_LINE OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE /* characters */

/* One note as it is being edited: its title and text as typed, its undo history, its cursor.
 *
 * Properties, read-only and notifying: "id", "title", "pinned", "trashed", "conflict", "truncated".
 * Signal "edited" (): something was typed that is not saved.
 * Signal "replaced" (const char *title, const char *body): somebody else wrote over this. */
#define OCTAVO_TYPE_NOTE_BUFFER (octavo_note_buffer_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteBuffer, octavo_note_buffer, OCTAVO, NOTE_BUFFER, OctavoMarkdownBuffer)

OctavoNoteBuffer *octavo_note_buffer_new (OctavoNote *note) G_GNUC_WARN_UNUSED_RESULT;
OctavoNoteBuffer *octavo_note_buffer_new_for_user (gint64 user_id) G_GNUC_WARN_UNUSED_RESULT;

OctavoNote       *octavo_note_buffer_get_note (OctavoNoteBuffer *self);
void              octavo_note_buffer_set_note (OctavoNoteBuffer *self, OctavoNote *note);
gint64            octavo_note_buffer_get_id (OctavoNoteBuffer *self);
gint64            octavo_note_buffer_get_user_id (OctavoNoteBuffer *self);
gboolean          octavo_note_buffer_get_pinned (OctavoNoteBuffer *self);
gboolean          octavo_note_buffer_get_trashed (OctavoNoteBuffer *self);

const char       *octavo_note_buffer_get_title (OctavoNoteBuffer *self);
void              octavo_note_buffer_set_title (OctavoNoteBuffer *self, const char *title);
char             *octavo_note_buffer_dup_body (OctavoNoteBuffer *self);

gboolean          octavo_note_buffer_is_truncated (OctavoNoteBuffer *self);
gsize             octavo_note_buffer_get_size (OctavoNoteBuffer *self);
gboolean          octavo_note_buffer_is_blank (OctavoNoteBuffer *self);
gboolean          octavo_note_buffer_is_unsaved (OctavoNoteBuffer *self);

/* Saving, for OctavoAutosave. */
OctavoRescued *octavo_note_buffer_rescue (OctavoNoteBuffer *self) G_GNUC_WARN_UNUSED_RESULT;
void           octavo_note_buffer_meet (OctavoNoteBuffer *self, const char *title, const char *body);
guint64        octavo_note_buffer_commit (OctavoNoteBuffer *self);
void           octavo_note_buffer_committed (OctavoNoteBuffer *self, guint64 serial);

/* The version of somebody else that what was typed here won over. */
gboolean    octavo_note_buffer_has_conflict (OctavoNoteBuffer *self);
const char *octavo_note_buffer_get_other (OctavoNoteBuffer *self, const char **title);
void        octavo_note_buffer_clear_conflict (OctavoNoteBuffer *self);

G_END_DECLS
