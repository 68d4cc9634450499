/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffers.h"
#include "octavo-note-page.h"

G_BEGIN_DECLS

/* Shows one note, and keeps what is typed into it safe.
 *
 * Properties: "buffers" (OctavoNoteBuffers, construct); read-only and notifying: "note-id" (int64; 0 where no note is
 * open or a new one was not saved yet), "note-title", "pinned", "trashed", "has-note" (a note, new or not, is shown or
 * comes). Signal "save-problem" (const char *message): what was typed is not safe yet, and why; NULL once it is. */
#define OCTAVO_TYPE_EDITOR (octavo_editor_get_type ())
G_DECLARE_FINAL_TYPE (OctavoEditor, octavo_editor, OCTAVO, EDITOR, GtkWidget)

GtkWidget      *octavo_editor_new (OctavoNoteBuffers *buffers);

void            octavo_editor_open (OctavoEditor *self, gint64 id);
void            octavo_editor_create (OctavoEditor *self, gint64 user_id, const char *title); /* title (nullable) */

gint64          octavo_editor_get_note_id (OctavoEditor *self);
const char     *octavo_editor_get_note_title (OctavoEditor *self);
gboolean        octavo_editor_get_pinned (OctavoEditor *self);
gboolean        octavo_editor_get_trashed (OctavoEditor *self);
gboolean        octavo_editor_get_has_note (OctavoEditor *self);
OctavoNotePage *octavo_editor_get_page (OctavoEditor *self); /* NULL until a note was asked for */
char           *octavo_editor_dup_unsaved (OctavoEditor *self, char **title) G_GNUC_WARN_UNUSED_RESULT;

void            octavo_editor_grab_title (OctavoEditor *self);
void            octavo_editor_grab_text (OctavoEditor *self);
void            octavo_editor_edit_tags (OctavoEditor *self);

void            octavo_editor_save (OctavoEditor *self);
gboolean        octavo_editor_flush (OctavoEditor *self, GError **error);

G_END_DECLS
