/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* The view of a note's text. It shows each buffer from where it was left. In a buffer that several views show, each has
 * a cursor of its own, as far as GTK knows one: that of the view that is worked in is seen in all of them.
 *
 * Signals: "leave-up" (): Up in the first line; "near-changed" (): other lines are in sight. */
#define OCTAVO_TYPE_NOTE_VIEW (octavo_note_view_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteView, octavo_note_view, OCTAVO, NOTE_VIEW, GtkSourceView)

void octavo_note_view_show (OctavoNoteView *self, GtkTextBuffer *buffer);
void octavo_note_view_claim_cursor (OctavoNoteView *self);

/* What is at the top is remembered where another buffer is shown; or for one that goes on to be shown. */
void octavo_note_view_remember_top (OctavoNoteView *self);
void octavo_note_view_return_to_top (OctavoNoteView *self);
void octavo_note_view_show_place (OctavoNoteView *self, int offset);
void octavo_note_view_get_near (OctavoNoteView *self, guint *first, guint *end);
void octavo_note_view_remember_buffer (GtkTextBuffer *buffer);

/* The character at the top of the view when the buffer was last left: 0 for the very top. */
int  octavo_note_view_get_remembered_top (GtkTextBuffer *buffer);
void octavo_note_view_set_remembered_top (GtkTextBuffer *buffer, int offset);

G_END_DECLS
