/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-editor.h"
#include "octavo-focus-mode.h"
#include "octavo-note-history.h"
#include "octavo-note-window.h"
#include "octavo-toast-overlay.h"
#include "octavo-window.h"

G_BEGIN_DECLS

struct _OctavoNoteWindow
{
  AdwApplicationWindow parent_instance;

  OctavoNoteBuffers   *buffers;
  OctavoEditor        *editor;
  gint64               note_id; /* becomes another where it was deleted elsewhere while it was written in */

  OctavoFocusMode     *focus_mode;
  OctavoNoteHistory   *history; /* of links that were followed */

  OctavoToastOverlay  *toasts;
  GtkWidget           *box;
  GtkWidget           *header;
  GtkWidget           *note_menu_button;
  GtkWidget           *pin_button;
  GtkWidget           *trash_button;
  GtkWidget           *restore_button;
  GtkWidget           *delete_button;
  GMenuModel          *note_menu;
};

/* octavo-note-window.c */
OctavoNoteWindow *octavo_note_window_find (GtkApplication *application, gint64 note_id);

/* octavo-note-window-links.c */
void octavo_note_window_install_links (GtkWidgetClass *widget_class);
void octavo_note_window_add_history (OctavoNoteWindow *self);

/* octavo-note-window-actions.c */
OctavoWindow *octavo_note_window_present_notes (OctavoNoteWindow *self);
void          octavo_note_window_install_actions (GtkWidgetClass *widget_class);
void          octavo_note_window_add_actions (OctavoNoteWindow *self);
void          octavo_note_window_update_actions (OctavoNoteWindow *self);

G_END_DECLS
