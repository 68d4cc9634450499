/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-window-private.h"

/* Going from the text of a note to what it says, and back. */

static OctavoNoteReading *
get_reading (OctavoWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  return page != NULL ? octavo_note_page_get_reading (page) : NULL;
}

/* Shows the note that is open as it reads, or its text. */
void
octavo_window_on_reading (GSimpleAction *action, GVariant *state, gpointer window)
{
  OctavoWindow *self = window;
  OctavoNoteReading *reading = get_reading (self);

  if (reading == NULL)
    return;
  octavo_window_show_editor (self);
  octavo_note_reading_set_active (reading, g_variant_get_boolean (state));
  octavo_editor_grab_text (self->editor);
}

/* Says whether it is shown as it reads. */
void
octavo_window_update_reading (OctavoWindow *self)
{
  OctavoNoteReading *reading = get_reading (self);
  gboolean has_note = reading != NULL && octavo_editor_get_has_note (self->editor);

  octavo_window_enable_action (self, "reading", has_note);
  octavo_window_set_action_state (self, "reading",
                                  g_variant_new_boolean (has_note && octavo_note_reading_get_active (reading)));
  if (reading == NULL)
    return;
  g_signal_handlers_disconnect_by_func (reading, octavo_window_update_reading, self);
  g_signal_connect_object (reading, "notify::active", G_CALLBACK (octavo_window_update_reading), self,
                           G_CONNECT_SWAPPED);
}
