/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-print.h"
#include "octavo-window-private.h"

/* Printing the note that is open, or all that are selected, on paper or into a PDF file. */

static OctavoPrintNotes *
collect_notes (OctavoWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);
  OctavoNoteBuffer *open = page != NULL ? octavo_note_reading_get_buffer (octavo_note_page_get_reading (page)) : NULL;
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);
  OctavoPrintNotes *notes = octavo_print_notes_new ();

  if (!octavo_window_has_several (self) && open != NULL)
    {
      octavo_print_notes_add_buffer (notes, open);
      return notes;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      OctavoNoteBuffer *buffer = octavo_note_buffers_find (self->buffers, id);

      if (buffer != NULL)
        octavo_print_notes_add_buffer (notes, buffer);
      else
        octavo_print_notes_add_id (notes, id);
    }
  return notes;
}

/* Asks for a printer, and prints what is open or selected. */
void
octavo_window_print (OctavoWindow *self)
{
  octavo_note_print_run (GTK_WINDOW (self), self->store, collect_notes (self));
}

/* Asks for a file, and makes a PDF of what is open or selected. */
void
octavo_window_export_pdf (OctavoWindow *self)
{
  octavo_note_print_export (GTK_WINDOW (self), self->store, collect_notes (self),
                            octavo_window_has_several (self) ? _ ("Notes")
                                                             : octavo_editor_get_note_title (self->editor));
}
