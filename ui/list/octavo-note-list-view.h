/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-excerpt-finder.h"
#include "octavo-list-groups.h"
#include "octavo-note-selection.h"
#include "octavo-query.h"

G_BEGIN_DECLS

/* The notes of a list, one below the other: to be put into a GtkScrolledWindow. */
#define OCTAVO_TYPE_NOTE_LIST_VIEW (octavo_note_list_view_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteListView, octavo_note_list_view, OCTAVO, NOTE_LIST_VIEW, GtkWidget)

void     octavo_note_list_view_set_selection (OctavoNoteListView *self, OctavoNoteSelection *selection);
void     octavo_note_list_view_set_groups (OctavoNoteListView *self, OctavoListGroups *groups);
void     octavo_note_list_view_set_query (OctavoNoteListView *self, OctavoQuery *query, OctavoExcerptFinder *excerpts);

gboolean octavo_note_list_view_has_focus (OctavoNoteListView *self);
gboolean octavo_note_list_view_focus_position (OctavoNoteListView *self, guint position);
void     octavo_note_list_view_scroll_to (OctavoNoteListView *self, guint position);
void     octavo_note_list_view_refresh_dates (OctavoNoteListView *self);

G_END_DECLS
