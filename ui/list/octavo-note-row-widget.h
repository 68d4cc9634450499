/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-row.h"
#include "octavo-query.h"
#include "octavo-tag-repository.h"

G_BEGIN_DECLS

/* A note in the list: title, pin, a line of text, date and tags, drawn by one widget of a fixed height. */
#define OCTAVO_TYPE_NOTE_ROW_WIDGET (octavo_note_row_widget_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteRowWidget, octavo_note_row_widget, OCTAVO, NOTE_ROW_WIDGET, GtkWidget)

GtkWidget     *octavo_note_row_widget_new (void) G_GNUC_WARN_UNUSED_RESULT;

OctavoNoteRow *octavo_note_row_widget_get_row (OctavoNoteRowWidget *self);
void           octavo_note_row_widget_set_row (OctavoNoteRowWidget *self, OctavoNoteRow *row);
void           octavo_note_row_widget_set_position (OctavoNoteRowWidget *self, guint position);
void           octavo_note_row_widget_set_selected (OctavoNoteRowWidget *self, gboolean selected);
void           octavo_note_row_widget_set_query (OctavoNoteRowWidget *self, OctavoQuery *query);
void           octavo_note_row_widget_set_hit_excerpt (OctavoNoteRowWidget *self, const char *excerpt);
void           octavo_note_row_widget_set_group (OctavoNoteRowWidget *self, const char *group);
void           octavo_note_row_widget_set_colors (OctavoNoteRowWidget *self, OctavoTagRepository *tags);
void           octavo_note_row_widget_set_shows_author (OctavoNoteRowWidget *self, gboolean shows_author);
void           octavo_note_row_widget_refresh_date (OctavoNoteRowWidget *self);

G_END_DECLS
