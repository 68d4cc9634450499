/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-properties.h"
#include "octavo-preferences.h"
#include "octavo-window-private.h"

/* Windows over the window, about the note and about the program. */

/* Shows what can be chosen once and for all. */
void
octavo_window_show_preferences (OctavoWindow *self)
{
  GtkWindow *preferences = GTK_WINDOW (octavo_preferences_new (octavo_store_get_path (self->store)));

  gtk_window_set_transient_for (preferences, GTK_WINDOW (self));
  gtk_window_present (preferences);
}

/* Tells what there is to know about the current note, as it is typed. */
void
octavo_window_show_properties (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);

  octavo_editor_save (self->editor);
  if (id != 0)
    octavo_note_properties_present (GTK_WINDOW (self), self->store, id);
}
