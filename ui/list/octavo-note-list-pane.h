/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-list-groups.h"
#include "octavo-note-selection.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* The middle pane: search entry and the notes of a place, or what to do where there are none.
 *
 * Properties: "store" (OctavoStore, construct only), "show-back", "show-start-title-buttons",
 * "show-end-title-buttons". Signals: "activated" (gint64 id): a note is to be gone to, by Return or a double click;
 * "clicked" (gint64 id): by a click. */
#define OCTAVO_TYPE_NOTE_LIST_PANE (octavo_note_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteListPane, octavo_note_list_pane, OCTAVO, NOTE_LIST_PANE, GtkWidget)

OctavoNoteList      *octavo_note_list_pane_get_list (OctavoNoteListPane *self);
OctavoNoteSelection *octavo_note_list_pane_get_selection (OctavoNoteListPane *self);
OctavoListGroups    *octavo_note_list_pane_get_groups (OctavoNoteListPane *self);

void octavo_note_list_pane_set_place (OctavoNoteListPane *self, const OctavoScope *scope, const char *name);
void octavo_note_list_pane_search (OctavoNoteListPane *self, const char *query);
void octavo_note_list_pane_leave_search (OctavoNoteListPane *self);
void octavo_note_list_pane_retry (OctavoNoteListPane *self);
void octavo_note_list_pane_refresh_dates (OctavoNoteListPane *self);

void octavo_note_list_pane_add_banner (OctavoNoteListPane *self, GtkWidget *banner);

void octavo_note_list_pane_grab_search (OctavoNoteListPane *self);
void octavo_note_list_pane_grab_list (OctavoNoteListPane *self);
void octavo_note_list_pane_show_selected (OctavoNoteListPane *self);

G_END_DECLS
