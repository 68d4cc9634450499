/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-window-private.h"

/* Finding in the open note; and what the list looks for is marked there. */

/* Hits are in the text as it is written. NULL where no note is open. */
static OctavoNoteFind *
show_text (OctavoWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  if (page == NULL)
    return NULL;
  octavo_window_show_editor (self);
  octavo_note_reading_set_active (octavo_note_page_get_reading (page), FALSE);
  return octavo_note_page_get_find (page);
}

static void
open_bar (OctavoWindow *self, gboolean replace)
{
  OctavoNoteFind *find = show_text (self);

  if (find != NULL)
    octavo_note_find_open (find, replace);
}

static void
step (OctavoWindow *self, int direction)
{
  OctavoNoteFind *find = show_text (self);

  if (find != NULL)
    octavo_note_find_step (find, direction);
}

/* Asks what to find in the note. */
void
octavo_window_find (OctavoWindow *self)
{
  open_bar (self, FALSE);
}

/* Asks what to find in the note, and what to put there instead. */
void
octavo_window_replace (OctavoWindow *self)
{
  open_bar (self, TRUE);
}

/* Goes to the next hit in the note. */
void
octavo_window_find_next (OctavoWindow *self)
{
  step (self, 1);
}

/* Goes to the hit before. */
void
octavo_window_find_previous (OctavoWindow *self)
{
  step (self, -1);
}

/* Has what the list looks for marked in the note. */
void
octavo_window_update_hits (OctavoWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  if (page != NULL)
    octavo_note_find_set_query (octavo_note_page_get_find (page),
                                octavo_note_list_get_query (octavo_note_list_pane_get_list (self->list_pane)));
}

/* The note was chosen in the list: goes to the first place of what the list looks for. */
void
octavo_window_show_first_hit (OctavoWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  octavo_window_update_hits (self);
  if (page != NULL)
    octavo_note_page_show_first_hit (page);
}

/* Beside the list Ctrl+F finds in the note; in the list it searches all notes. */
void
octavo_window_add_find_keys (OctavoWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>f"),
                                                          gtk_named_action_new ("win.find")));
  gtk_widget_add_controller (self->editor_page, controller);
}
