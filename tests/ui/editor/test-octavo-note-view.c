/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-view"

#include "octavo-note-view.h"

#include "ui-test.h"

#include <malloc.h>

/* More lines than can be seen, so that most of them never get a height. */
#define N_LINES 400
#define N_NOTES 120

static GtkTextBuffer *
make_buffer (guint number)
{
  GtkSourceBuffer *buffer = gtk_source_buffer_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (text, "line %u of note %u %s\n", i, number, i % 7 == number % 7 ? "and some more" : "");
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text->str, -1);
  return GTK_TEXT_BUFFER (buffer);
}

/* GTK makes pictures of lines that it has no height of yet, where it is asked for places in them. */
static void
draw_far_lines (OctavoNoteView *view, GtkTextBuffer *buffer)
{
  for (int i = N_LINES / 2; i < N_LINES; i += 10)
    {
      GdkRectangle place;
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, i, 3);
      gtk_text_view_get_iter_location (GTK_TEXT_VIEW (view), &iter, &place);
      g_assert_cmpint (place.height, >, 0);
    }
}

/* Who goes fast through the list leaves each note before all of its lines have heights, and it is freed soon after. */
static void
test_leaving_fast (void)
{
  OctavoNoteView *view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *window;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (view));
  gtk_widget_set_size_request (scrolled, 300, 300);
  window = ui_test_show (scrolled);
  for (guint i = 0; i < N_NOTES; i++)
    {
      g_autoptr (GtkTextBuffer) buffer = make_buffer (i);

      octavo_note_view_show (view, buffer);
      g_assert_true (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)) == buffer);
      draw_far_lines (view, buffer);
    }
  ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  mallopt (M_PERTURB, 0xa5); /* who reads what was freed is not lucky */
  ui_test_init (&argc, &argv);
  g_test_add_func ("/note-view/leaving-fast", test_leaving_fast);
  return g_test_run ();
}
