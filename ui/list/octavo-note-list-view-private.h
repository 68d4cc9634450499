/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-list-headers.h"
#include "octavo-note-list-view.h"
#include "octavo-note-row-pool.h"

G_BEGIN_DECLS

struct _OctavoNoteListView
{
  GtkWidget             parent_instance;

  OctavoNoteSelection  *selection;
  OctavoNoteList       *list;
  OctavoNoteRowPool    *pool;
  OctavoNoteRepository *notes;  /* (nullable): whose texts are dragged */
  OctavoListGroups     *groups; /* (nullable) */
  OctavoListHeaders    *headers;

  GtkAdjustment        *adjustments[2]; /* by GtkOrientation; across there is nothing to scroll */
  GtkScrollablePolicy   policies[2];
  int                   row_height;     /* 0: not known yet */
  int                   row_width;      /* the least */
  int                   height;         /* of what can be seen */
  gboolean              is_configuring; /* the adjustment is set by the view itself */
  guint                 n_placed; /* of how many notes, with which groups, and scrolled to where, the rows stand */
  double                placed_value;
  GBytes               *placed_starts; /* (nullable) */
  gboolean              is_painted;    /* rows were: those that cannot be seen are not made before */

  GArray               *seen; /* ids of the notes that can be seen: what must stay where it is when the list changes */
  guint                 first_seen;
  double                seen_offset; /* how much of the first of them is scrolled away */
  gint64                cursor_id;   /* of the note whose row has or last had the focus; 0 for none */
  gint64                shown_id;    /* to scroll to once there is a height; 0 for none */
  gboolean              to_top;      /* the next change is the answer to a person's question */
  guint                 follow_source;
  guint                 follow_tick; /* the same, at the start of the next frame */
  guint                 fill_source;
};

/* For what hears the keys and the mouse. */
guint                octavo_note_list_view_get_n_items (OctavoNoteListView *self);
OctavoNoteSelection *octavo_note_list_view_get_selection (OctavoNoteListView *self);
gboolean             octavo_note_list_view_get_focused (OctavoNoteListView *self, guint *position);
guint                octavo_note_list_view_get_cursor (OctavoNoteListView *self);
guint                octavo_note_list_view_get_page (OctavoNoteListView *self);
gboolean             octavo_note_list_view_find_row (OctavoNoteListView *self, double x, double y, guint *position);

G_END_DECLS
