/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-row.h"
#include "octavo-types.h"

G_BEGIN_DECLS

/* The notes of a scope that a query finds, in order: a GListModel of OctavoNoteRow that holds ids and reads rows a page
 * at a time when they are asked for. Kept in step with the store.
 *
 * Properties: "scope" and "query-text" are set by functions; "sort" (OctavoSort), "loading" (boolean), "n-items",
 * "n-missing" notify. Signal "settled" (): the last request is answered, and all of its notes are
 * there. */
#define OCTAVO_TYPE_NOTE_LIST (octavo_note_list_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteList, octavo_note_list, OCTAVO, NOTE_LIST, GObject)

OctavoNoteList *octavo_note_list_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;

/* Each starts a new request at once and interrupts the one that runs; what is shown stays until it is answered. */
void               octavo_note_list_set_scope (OctavoNoteList *self, const OctavoScope *scope);
const OctavoScope *octavo_note_list_get_scope (OctavoNoteList *self);
void               octavo_note_list_set_query (OctavoNoteList *self, const char *query); /* "" for none */
const char        *octavo_note_list_get_query (OctavoNoteList *self);
void               octavo_note_list_set_sort (OctavoNoteList *self, OctavoSort sort);
OctavoSort         octavo_note_list_get_sort (OctavoNoteList *self);

gboolean           octavo_note_list_get_loading (OctavoNoteList *self);
guint              octavo_note_list_get_n_missing (OctavoNoteList *self); /* notes that the index does not know yet */
gboolean           octavo_note_list_is_whole (OctavoNoteList *self); /* FALSE: just the first notes are there yet */
/* The others come by themselves; a view that paints the first ones before holds them, and loads them then. */
void octavo_note_list_hold_rest (OctavoNoteList *self);
void octavo_note_list_load_rest (OctavoNoteList *self);

/* Why the last request failed. (nullable) (transfer none) */
const GError *octavo_note_list_get_error (OctavoNoteList *self);

gint64        octavo_note_list_get_id (OctavoNoteList *self, guint position); /* 0 past the end; reads nothing */
gboolean      octavo_note_list_find_position (OctavoNoteList *self, gint64 id, guint *position); /* O(1) */
guint         octavo_note_list_get_n_pages_read (OctavoNoteList *self); /* for tests and the bench */

G_END_DECLS
