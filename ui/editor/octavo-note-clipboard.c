/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-clipboard.h"

/* What is in the clipboard is known later, and another note may be shown by then. */

typedef struct
{
  GtkTextView *view;
  GtkTextBuffer *buffer; /* that was shown when it was asked for */
  OctavoNoteClipboardFunc func;
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->view);
  g_object_unref (self->buffer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (gtk_text_view_get_buffer (self->view) == self->buffer && gtk_text_view_get_editable (self->view))
    self->func (self->view, text != NULL ? g_strstrip (text) : NULL);
}

/**
 * octavo_note_clipboard_read:
 * @view: a view that can be edited
 * @func: what to do with the text; is not called where the view shows another one by then, or cannot be edited
 *
 * Reads the text in the clipboard. Where there is none @func is called at once: GTK 4.8 loses the task of reading it.
 */
void
octavo_note_clipboard_read (GtkTextView *view, OctavoNoteClipboardFunc func)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  Reading *self;

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  if (!gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), G_TYPE_STRING))
    {
      func (view, NULL);
      return;
    }
  self = g_new (Reading, 1);
  self->view = g_object_ref (view);
  self->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  self->func = func;
  gdk_clipboard_read_text_async (clipboard, NULL, on_read, self);
}
