/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A row of the list: what is shown of a note, without its body; immutable, never saved. Replaced when its note changes.
 */
#define OCTAVO_TYPE_NOTE_ROW (octavo_note_row_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteRow, octavo_note_row, OCTAVO, NOTE_ROW, GObject)

/* Properties of the same names, read-only: id, title, excerpt, tags, updated, created, pinned, trashed. */
gint64             octavo_note_row_get_id (OctavoNoteRow *self);
const char        *octavo_note_row_get_title (OctavoNoteRow *self);
const char        *octavo_note_row_get_excerpt (OctavoNoteRow *self);
const char *const *octavo_note_row_get_tags (OctavoNoteRow *self);
gint64             octavo_note_row_get_created (OctavoNoteRow *self);
gint64             octavo_note_row_get_updated (OctavoNoteRow *self);
gboolean           octavo_note_row_get_pinned (OctavoNoteRow *self);
gint64             octavo_note_row_get_trashed (OctavoNoteRow *self);
gint64             octavo_note_row_get_user_id (OctavoNoteRow *self);
const char        *octavo_note_row_get_user_name (OctavoNoteRow *self);
const char        *octavo_note_row_get_user_color (OctavoNoteRow *self);
gboolean           octavo_note_row_equal_but_time (OctavoNoteRow *a, OctavoNoteRow *b);

G_END_DECLS
