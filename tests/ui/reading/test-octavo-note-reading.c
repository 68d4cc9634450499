/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-reading"

#include "octavo-note-reading.h"
#include "octavo-reading-row.h"
#include "octavo-reading-view.h"

#include "ui-test.h"

#include <string.h>

#define N_PARAGRAPHS 300

typedef struct
{
  GtkWidget *window;
  GtkWidget *scroller;
  OctavoNoteView *text;
  OctavoNoteReading *reading;
  OctavoNoteBuffer *buffer;
} Fixture;

static OctavoNoteBuffer *
make_buffer (const char *text)
{
  OctavoNoteBuffer *buffer = octavo_note_buffer_new_for_user (1);

  octavo_markdown_buffer_load (OCTAVO_MARKDOWN_BUFFER (buffer), text);
  return buffer;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_PARAGRAPHS; i++)
    g_string_append_printf (text, "- [ ] paragraph %u\n\n", i);
  self->buffer = make_buffer (text->str);
  self->text = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_widget_set_size_request (box, 400, 500);
  self->reading = octavo_note_reading_new (GTK_BOX (box), self->text);
  octavo_note_reading_set_editable (self->reading, TRUE);
  octavo_note_view_show (self->text, GTK_TEXT_BUFFER (self->buffer));
  octavo_note_reading_set_buffer (self->reading, self->buffer);
  self->window = ui_test_show (box);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (OctavoNoteReading) reading = g_steal_pointer (&self->reading);
  g_autoptr (OctavoNoteBuffer) buffer = g_steal_pointer (&self->buffer);

  octavo_note_reading_set_buffer (reading, NULL);
  ui_test_close (self->window);
  g_assert_finalize_object (g_steal_pointer (&reading));
  g_assert_finalize_object (g_steal_pointer (&buffer));
}

static OctavoReadingView *
get_view (Fixture *self)
{
  return OCTAVO_READING_VIEW (ui_test_find (self->window, OCTAVO_TYPE_READING_VIEW));
}

static void
wait (gboolean (*holds) (Fixture *self), Fixture *self)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!holds (self))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
    }
}

static gboolean
is_read (Fixture *self)
{
  GtkWidget *row =
      gtk_widget_get_mapped (self->scroller) ? NULL : gtk_widget_get_first_child (GTK_WIDGET (get_view (self)));

  return row != NULL && gtk_widget_get_height (row) > 0;
}

static gboolean
is_written (Fixture *self)
{
  return gtk_widget_get_mapped (self->scroller) && gtk_widget_get_height (GTK_WIDGET (self->text)) > 0;
}

static int
get_top_line (Fixture *self)
{
  GdkRectangle visible;
  GtkTextIter top;

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self->text), &visible);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self->text), &top, visible.y, NULL);
  return gtk_text_iter_get_line (&top);
}

static gboolean
is_far_down (Fixture *self)
{
  return get_top_line (self) == 400;
}

static gboolean
is_further_down (Fixture *self)
{
  return get_top_line (self) == 500;
}

static void
test_place (Fixture *self, gconstpointer data)
{
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &place, 400);
  octavo_note_view_set_remembered_top (GTK_TEXT_BUFFER (self->buffer), gtk_text_iter_get_offset (&place));
  octavo_note_view_return_to_top (self->text);
  wait (is_far_down, self);

  octavo_note_reading_set_active (self->reading, TRUE);
  g_assert_true (octavo_note_reading_get_active (self->reading));
  wait (is_read, self);
  g_assert_cmpuint (octavo_reading_view_get_top (get_view (self)), ==, 200);

  octavo_reading_view_scroll_to (get_view (self), 250);
  octavo_note_reading_set_active (self->reading, FALSE);
  wait (is_written, self);
  wait (is_further_down, self);
}

/* A heading that a link leads to, while the note is being read and after. */
static void
test_showing_a_place (Fixture *self, gconstpointer data)
{
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &place, 300);
  octavo_note_reading_show_place (self->reading, gtk_text_iter_get_offset (&place));
  octavo_note_reading_set_active (self->reading, TRUE);
  octavo_note_reading_show_place (self->reading, gtk_text_iter_get_offset (&place));
  wait (is_read, self);
  g_assert_cmpuint (octavo_reading_view_get_top (get_view (self)), ==, 150);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &place, 200);
  octavo_note_reading_show_place (self->reading, gtk_text_iter_get_offset (&place));
  g_assert_cmpuint (octavo_reading_view_get_top (get_view (self)), ==, 100);
}

static char *
dup_line (Fixture *self, int line)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &start, line);
  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

static GtkCheckButton *
get_box (Fixture *self, guint piece)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (get_view (self)));

  while (octavo_reading_row_get_piece (OCTAVO_READING_ROW (row)) != piece)
    row = gtk_widget_get_next_sibling (row);
  return GTK_CHECK_BUTTON (ui_test_find (row, GTK_TYPE_CHECK_BUTTON));
}

static gboolean
is_box_empty (Fixture *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (get_view (self))) != NULL &&
         !gtk_check_button_get_active (get_box (self, 1));
}

static void
test_ticking (Fixture *self, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *undone = NULL;

  octavo_note_reading_set_active (self->reading, TRUE);
  wait (is_read, self);
  gtk_check_button_set_active (get_box (self, 0), TRUE);
  gtk_check_button_set_active (get_box (self, 1), TRUE);
  first = dup_line (self, 0);
  second = dup_line (self, 2);
  g_assert_cmpstr (first, ==, "- [x] paragraph 0");
  g_assert_cmpstr (second, ==, "- [x] paragraph 1");
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (self->buffer));
  undone = dup_line (self, 2);
  g_assert_cmpstr (undone, ==, "- [ ] paragraph 1");
  wait (is_box_empty, self);
  g_assert_true (gtk_check_button_get_active (get_box (self, 0)));
}

static gboolean
has_one_piece (Fixture *self)
{
  return octavo_markdown_document_get_n_pieces (octavo_reading_view_get_document (get_view (self))) == 1;
}

/* What another window does to the text is seen. */
static void
test_edit_elsewhere (Fixture *self, gconstpointer data)
{
  octavo_note_reading_set_active (self->reading, TRUE);
  wait (is_read, self);
  octavo_reading_view_scroll_to (get_view (self), 100);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "short", -1);
  wait (has_one_piece, self);
  g_assert_cmpuint (octavo_reading_view_get_top (get_view (self)), ==, 0);
}

static gboolean
is_other_read (Fixture *self)
{
  return !gtk_widget_get_mapped (self->scroller) && has_one_piece (self);
}

/* Each note is read or written as it was left, from where it was left. */
static void
test_two_notes (Fixture *self, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) other = make_buffer ("another note");

  octavo_note_reading_set_active (self->reading, TRUE);
  wait (is_read, self);
  octavo_reading_view_scroll_to (get_view (self), 100);
  octavo_note_view_show (self->text, GTK_TEXT_BUFFER (other));
  octavo_note_reading_set_buffer (self->reading, other);
  g_assert_false (octavo_note_reading_get_active (self->reading));
  wait (is_written, self);
  octavo_note_reading_set_active (self->reading, TRUE);
  wait (is_other_read, self);
  octavo_note_reading_set_active (self->reading, FALSE);
  octavo_note_view_show (self->text, GTK_TEXT_BUFFER (self->buffer));
  octavo_note_reading_set_buffer (self->reading, self->buffer);
  g_assert_true (octavo_note_reading_get_active (self->reading));
  g_assert_true (octavo_note_reading_grab (self->reading));
  wait (is_read, self);
  g_assert_cmpuint (octavo_reading_view_get_top (get_view (self)), ==, 100);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (get_view (self))));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add ("/note-reading/place", Fixture, NULL, set_up, test_place, tear_down);
  g_test_add ("/note-reading/showing-a-place", Fixture, NULL, set_up, test_showing_a_place, tear_down);
  g_test_add ("/note-reading/ticking", Fixture, NULL, set_up, test_ticking, tear_down);
  g_test_add ("/note-reading/edit-elsewhere", Fixture, NULL, set_up, test_edit_elsewhere, tear_down);
  g_test_add ("/note-reading/two-notes", Fixture, NULL, set_up, test_two_notes, tear_down);
  return g_test_run ();
}
