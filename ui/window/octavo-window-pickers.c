/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-command-palette.h"
#include "octavo-note-jumper.h"
#include "octavo-window-private.h"

/* Windows in which one types where to go, and what to do. */

static void
on_note_chosen (OctavoWindow *self, gint64 id)
{
  octavo_window_open_note (self, id);
}

static void
on_create (OctavoWindow *self, const char *title)
{
  octavo_window_create_titled_note (self, title);
}

/* Goes to a note by its title, or makes it. */
void
octavo_window_jump (OctavoWindow *self)
{
  OctavoNoteJumper *jumper = octavo_note_jumper_new (self->store);

  g_signal_connect_object (jumper, "chosen", G_CALLBACK (on_note_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jumper, "create", G_CALLBACK (on_create), self, G_CONNECT_SWAPPED);
  octavo_note_jumper_present (jumper, GTK_WINDOW (self));
}

/* Offers all commands by name. */
void
octavo_window_show_commands (OctavoWindow *self)
{
  OctavoCommandPalette *palette = octavo_command_palette_new ();

  octavo_window_offer_users (self, palette);
  octavo_command_palette_present (palette, GTK_APPLICATION_WINDOW (self));
}
