/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-autosave.h"
#include "octavo-note-find.h"
#include "octavo-note-reading.h"

G_BEGIN_DECLS

/* A note as it is edited: what must be known of it, its title and tags, and its text. */
#define OCTAVO_TYPE_NOTE_PAGE (octavo_note_page_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNotePage, octavo_note_page, OCTAVO, NOTE_PAGE, GtkBox)

GtkWidget         *octavo_note_page_new (OctavoStore *store, OctavoAutosave *autosave) G_GNUC_WARN_UNUSED_RESULT;
void               octavo_note_page_show (OctavoNotePage *self, OctavoNoteBuffer *buffer);
void               octavo_note_page_set_ready (OctavoNotePage *self, gboolean ready, gboolean editable);
void               octavo_note_page_claim_cursor (OctavoNotePage *self);
void               octavo_note_page_grab_title (OctavoNotePage *self);
void               octavo_note_page_grab_text (OctavoNotePage *self);
void               octavo_note_page_grab_tags (OctavoNotePage *self);
gboolean           octavo_note_page_flush (OctavoNotePage *self, GError **error);
gboolean           octavo_note_page_go_to_heading (OctavoNotePage *self, const char *heading);

OctavoNoteReading *octavo_note_page_get_reading (OctavoNotePage *self);
void               octavo_note_page_show_first_hit (OctavoNotePage *self);
OctavoNoteFind    *octavo_note_page_get_find (OctavoNotePage *self);
gboolean           octavo_note_page_grab_linked_from (OctavoNotePage *self);

G_END_DECLS
