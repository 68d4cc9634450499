/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-find"

#include "octavo-find-bar.h"
#include "octavo-markdown-buffer.h"
#include "octavo-note-find.h"

#include "ui-test.h"

/* A text and its view, as they stand on the page of a note. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *page;
  OctavoNoteView *view;
  OctavoNoteFind *find;
  GtkTextBuffer *buffer; /* that is shown */
} Fixture;

static GtkTextBuffer *
make_buffer (const char *text)
{
  OctavoMarkdownBuffer *buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);

  octavo_markdown_buffer_load (buffer, text);
  return GTK_TEXT_BUFFER (buffer);
}

static void
show_text (Fixture *self, const char *text)
{
  g_set_object (&self->buffer, NULL);
  self->buffer = make_buffer (text);
  octavo_note_view_show (self->view, self->buffer);
  octavo_note_find_set_buffer (self->find, self->buffer);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->page), scroller);
  self->find = octavo_note_find_new (GTK_BOX (self->page), self->view);
  self->window = ui_test_show (self->page);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  GtkWidget *window = g_steal_pointer (&self->window);

  g_assert_finalize_object (self->find);
  g_assert_cmpint (gtk_text_tag_table_get_size (gtk_text_buffer_get_tag_table (self->buffer)), ==,
                   OCTAVO_MARKDOWN_N_STYLES);
  ui_test_close (window);
  g_object_unref (self->buffer); /* the selection of the display may have it too */
}

static OctavoFindBar *
get_bar (Fixture *self)
{
  return OCTAVO_FIND_BAR (ui_test_find (self->page, OCTAVO_TYPE_FIND_BAR));
}

static GtkWidget *
find_status (GtkWidget *widget)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_STATUS)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_status (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
wait_status (Fixture *self, const char *status)
{
  GtkLabel *label = GTK_LABEL (find_status (GTK_WIDGET (get_bar (self))));

  model_test_wait_for (g_str_equal (gtk_label_get_label (label), status));
}

static GtkToggleButton *
find_toggle (Fixture *self, const char *label)
{
  return GTK_TOGGLE_BUTTON (ui_test_find_button (GTK_WIDGET (get_bar (self)), label));
}

static void
type_in (Fixture *self, GType entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_test_find (GTK_WIDGET (get_bar (self)), entry)), text);
}

/* Where the selection begins and ends. */
static void
assert_selected (Fixture *self, int start, int end)
{
  GtkTextIter first, last;

  gtk_text_buffer_get_selection_bounds (self->buffer, &first, &last);
  g_assert_cmpint (gtk_text_iter_get_offset (&first), ==, start);
  g_assert_cmpint (gtk_text_iter_get_offset (&last), ==, end);
}

static void
set_cursor (Fixture *self, int offset)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &cursor, offset);
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
}

static gboolean
is_filled (GtkTextTag *tag, guint32 colour)
{
  g_autoptr (GdkRGBA) fill = NULL;
  GdkRGBA wanted = { (float) (colour >> 16) / 255, (float) (colour >> 8 & 255) / 255, (float) (colour & 255) / 255, 1 };

  g_object_get (tag, "background-rgba", &fill, NULL);
  if (fill != NULL)
    fill->alpha = 1;
  return fill != NULL && gdk_rgba_equal (fill, &wanted);
}

/* What is marked: a line under each hit, and another sign under the current one. */
static char *
list_marks (Fixture *self)
{
  GString *marks = g_string_new (NULL);
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  do
    {
      g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);
      char sign = '.';

      for (GSList *link = tags; link != NULL; link = link->next)
        if (is_filled (link->data, 0xffa348))
          sign = '#';
        else if (is_filled (link->data, 0xf9f06b) && sign == '.')
          sign = '-';
      g_string_append_c (marks, sign);
    }
  while (gtk_text_iter_forward_char (&iter) && !gtk_text_iter_is_end (&iter));
  return g_string_free (marks, FALSE);
}

static gboolean
has_marks (Fixture *self, const char *wanted)
{
  g_autofree char *marks = list_marks (self);

  return g_str_equal (marks, wanted);
}

#define wait_marks(self, wanted) model_test_wait_for (has_marks (self, wanted))

static void
assert_text (Fixture *self, const char *wanted)
{
  g_autofree char *text = octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (self->buffer));

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_as_one_types (Fixture *self, gconstpointer data)
{
  show_text (self, "one two one two");
  set_cursor (self, 5);
  octavo_note_find_open (self->find, FALSE);
  octavo_find_bar_set_text (get_bar (self), "o");
  wait_status (self, "2 of 4");
  assert_selected (self, 6, 7);
  octavo_find_bar_set_text (get_bar (self), "on");
  wait_status (self, "2 of 2");
  assert_selected (self, 8, 10);
  wait_marks (self, "--......##.....");
  octavo_find_bar_set_text (get_bar (self), "onx");
  wait_status (self, "Not found");
  assert_selected (self, 5, 5);
  g_assert_true (gtk_widget_has_css_class (ui_test_find (self->page, GTK_TYPE_SEARCH_ENTRY), "error"));
  octavo_find_bar_set_text (get_bar (self), "");
  wait_status (self, "");
  wait_marks (self, "...............");
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  show_text (self, "a b a b a");
  octavo_note_find_open (self->find, FALSE);
  octavo_find_bar_set_text (get_bar (self), "a");
  wait_status (self, "1 of 3");
  octavo_note_find_step (self->find, 1);
  wait_status (self, "2 of 3");
  octavo_note_find_step (self->find, 1);
  octavo_note_find_step (self->find, 1);
  wait_status (self, "1 of 3 · from the start again");
  assert_selected (self, 0, 1);
  octavo_note_find_step (self->find, -1);
  wait_status (self, "3 of 3 · from the end again");
  octavo_note_find_step (self->find, -1);
  wait_status (self, "2 of 3");
  set_cursor (self, 3);
  wait_status (self, "3 found");
  octavo_note_find_step (self->find, -1);
  assert_selected (self, 0, 1);
  set_cursor (self, 3);
  octavo_note_find_step (self->find, 1);
  assert_selected (self, 4, 5);
}

/* It closes with the hit selected, and comes again with what was looked for. */
static void
test_closing (Fixture *self, gconstpointer data)
{
  show_text (self, "a b a b");
  g_assert_false (octavo_note_find_close (self->find));
  octavo_note_find_open (self->find, FALSE);
  octavo_find_bar_set_text (get_bar (self), "b");
  wait_status (self, "1 of 2");
  wait_marks (self, "..#...-");
  g_assert_true (octavo_note_find_close (self->find));
  wait_marks (self, ".......");
  assert_selected (self, 2, 3);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == GTK_WIDGET (self->view));
  octavo_note_find_step (self->find, 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_bar (self))));
  wait_status (self, "2 of 2");
}

/* What is selected in the entry when a hit comes stays so; the hit is selected when one leaves the bar. */
static void
test_selected_entry (Fixture *self, gconstpointer data)
{
  GtkEditable *entry;
  int start, end;

  show_text (self, "a b a b");
  octavo_note_find_open (self->find, FALSE);
  entry = GTK_EDITABLE (ui_test_find (GTK_WIDGET (get_bar (self)), GTK_TYPE_SEARCH_ENTRY));
  octavo_find_bar_set_text (get_bar (self), "b");
  wait_status (self, "1 of 2");
  gtk_editable_select_region (entry, 0, -1);
  octavo_note_find_step (self->find, 1);
  wait_status (self, "2 of 2");
  g_assert_true (gtk_editable_get_selection_bounds (entry, &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 1);
  assert_selected (self, 6, 6);
  octavo_note_find_close (self->find);
  assert_selected (self, 6, 7);
}

static void
test_selection (Fixture *self, gconstpointer data)
{
  GtkTextIter start, end;

  show_text (self, "a.c abc a.c");
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, 8);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, 11);
  gtk_text_buffer_select_range (self->buffer, &end, &start);
  octavo_note_find_open (self->find, FALSE);
  g_assert_cmpstr (octavo_find_bar_get_text (get_bar (self)), ==, "a.c");
  wait_status (self, "2 of 2");
  gtk_toggle_button_set_active (find_toggle (self, ".*"), TRUE);
  wait_status (self, "3 of 3");
  octavo_note_find_open (self->find, FALSE); /* what was found is not what is looked for */
  g_assert_cmpstr (octavo_find_bar_get_text (get_bar (self)), ==, "a.c");
  octavo_note_find_close (self->find);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, 3);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_select_range (self->buffer, &start, &end);
  octavo_note_find_open (self->find, FALSE);
  g_assert_cmpstr (octavo_find_bar_get_text (get_bar (self)), ==, "a\\.c");
  wait_status (self, "1 of 2");
}

static void
test_toggles (Fixture *self, gconstpointer data)
{
  show_text (self, "On on one (");
  octavo_note_find_open (self->find, FALSE);
  octavo_find_bar_set_text (get_bar (self), "on");
  wait_status (self, "1 of 3");
  gtk_toggle_button_set_active (find_toggle (self, "“a b”"), TRUE);
  wait_status (self, "1 of 2");
  gtk_toggle_button_set_active (find_toggle (self, "Aa"), TRUE);
  wait_status (self, "1 of 1");
  assert_selected (self, 3, 5);
  gtk_toggle_button_set_active (find_toggle (self, ".*"), TRUE);
  type_in (self, GTK_TYPE_SEARCH_ENTRY, "o(");
  wait_status (self, "Each “(” needs a “)”.");
  type_in (self, GTK_TYPE_SEARCH_ENTRY, "o.");
  wait_status (self, "1 of 1");
  gtk_toggle_button_set_active (find_toggle (self, ".*"), FALSE);
  wait_status (self, "Not found");
}

static void
test_replace (Fixture *self, gconstpointer data)
{
  show_text (self, "a b a b a");
  octavo_note_find_open (self->find, TRUE);
  octavo_find_bar_set_text (get_bar (self), "a");
  wait_status (self, "1 of 3");
  type_in (self, GTK_TYPE_ENTRY, "aa");
  g_signal_emit_by_name (get_bar (self), "replace", FALSE);
  wait_status (self, "3 of 4"); /* not what was put there */
  assert_text (self, "aa b a b a");
  set_cursor (self, 3);
  g_signal_emit_by_name (get_bar (self), "replace", FALSE); /* goes to the next one first */
  assert_text (self, "aa b a b a");
  assert_selected (self, 5, 6);
  g_signal_emit_by_name (get_bar (self), "replace", TRUE);
  wait_status (self, "5 of 8 · 4 replaced");
  assert_text (self, "aaaa b aa b aa");
  gtk_text_buffer_undo (self->buffer);
  assert_text (self, "aa b a b a");
  gtk_text_buffer_undo (self->buffer);
  assert_text (self, "a b a b a");
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  show_text (self, "a b a");
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), FALSE);
  octavo_note_find_open (self->find, TRUE);
  octavo_find_bar_set_text (get_bar (self), "a");
  wait_status (self, "1 of 2");
  g_assert_null (ui_test_find_button (self->page, "_Replace"));
  g_signal_emit_by_name (get_bar (self), "replace", TRUE);
  assert_text (self, "a b a");
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), TRUE);
  octavo_note_find_open (self->find, TRUE);
  model_test_wait_for (ui_test_find_button (self->page, "_Replace") != NULL);
}

/* The hits move with the text, and new ones are found, while the cursor stays with who types. */
static void
test_typing (Fixture *self, gconstpointer data)
{
  GtkTextIter place;

  show_text (self, "a b a b");
  octavo_note_find_open (self->find, FALSE);
  octavo_find_bar_set_text (get_bar (self), "b");
  wait_status (self, "1 of 2");
  gtk_text_buffer_get_start_iter (self->buffer, &place);
  gtk_text_buffer_insert (self->buffer, &place, "bb ", -1);
  wait_marks (self, "--...#...-");
  wait_status (self, "3 of 4");
  assert_selected (self, 5, 6);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &place, 4);
  gtk_text_buffer_backspace (self->buffer, &place, TRUE, TRUE);
  wait_marks (self, "--..#...-");
}

/* A note that was opened from a search has the cursor at the first hit, and nothing selected. */
static void
test_query (Fixture *self, gconstpointer data)
{
  octavo_note_find_set_query (self->find, "cafe \"two words\"");
  show_text (self, "One\nCafé, two words, cafe");
  wait_marks (self, "....####..---------..----");
  assert_selected (self, 4, 4);
  octavo_note_find_step (self->find, 1);
  assert_selected (self, 10, 19);
  octavo_note_find_step (self->find, 1);
  octavo_note_find_step (self->find, 1);
  assert_selected (self, 4, 8);
  g_assert_null (ui_test_find (self->page, OCTAVO_TYPE_FIND_BAR));
  octavo_note_find_set_query (self->find, "");
  wait_marks (self, ".........................");
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
}

/* The cursor is moved by a query only where no person has put it since. */
static void
test_query_and_cursor (Fixture *self, gconstpointer data)
{
  show_text (self, "one two three two");
  set_cursor (self, 3);
  octavo_note_find_set_query (self->find, "tw");
  wait_marks (self, "....--........--.");
  assert_selected (self, 3, 3); /* it was open before the search was */
  octavo_note_find_show_first (self->find);
  assert_selected (self, 4, 4);
  octavo_note_find_set_query (self->find, "three");
  wait_marks (self, "........#####....");
  assert_selected (self, 8, 8);
  set_cursor (self, 1);
  octavo_note_find_show_first (self->find); /* it was shown */
  assert_selected (self, 1, 1);
  octavo_note_find_set_query (self->find, "two");
  wait_marks (self, "....---.......---");
  assert_selected (self, 1, 1);
  octavo_note_find_set_query (self->find, "tag:x");
  wait_marks (self, ".................");
}

/* What is in the bar is marked as long as it is open; the search comes back after it. */
static void
test_bar_over_query (Fixture *self, gconstpointer data)
{
  octavo_note_find_set_query (self->find, "one");
  show_text (self, "one two");
  wait_marks (self, "###....");
  octavo_note_find_open (self->find, FALSE);
  wait_marks (self, "###....");
  octavo_find_bar_set_text (get_bar (self), "two");
  wait_marks (self, "....###");
  octavo_note_find_close (self->find);
  wait_marks (self, "---....");
  octavo_note_find_open (self->find, FALSE);
  show_text (self, "two one");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_bar (self))));
  wait_marks (self, "....###");
}

/* In a text of a megabyte hits are found by a thread, and only what is in sight is marked. */
static void
test_large (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTextIter start, end, place;
  GdkRectangle seen, where;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "Line %u of a text that is as large as a book\n", i);
  octavo_note_find_set_query (self->find, "15000");
  show_text (self, text->str);
  model_test_wait_for (gtk_text_buffer_get_has_selection (self->buffer) ||
                       (g_object_get (self->buffer, "cursor-position", &where.x, NULL), where.x > 0));
  gtk_text_buffer_get_iter_at_mark (self->buffer, &place, gtk_text_buffer_get_insert (self->buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&place), ==, 15000);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->view), &place, &where);
  model_test_wait_for ((gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self->view), &seen),
                        gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->view), &place, &where),
                        where.y >= seen.y && where.y + where.height <= seen.y + seen.height));

  octavo_note_find_open (self->find, FALSE);
  octavo_find_bar_set_text (get_bar (self), "book");
  wait_status (self, "15001 of 20000");
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, "book ", -1);
  wait_status (self, "15002 of 20001");
  octavo_note_find_step (self->find, 1);
  wait_status (self, "15003 of 20001");
  g_signal_emit_by_name (get_bar (self), "replace", TRUE);
  wait_status (self, "Not found · 20001 replaced");
  gtk_text_buffer_undo (self->buffer);
  wait_status (self, "15003 of 20001");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  ADD ("/note-find/as-one-types", test_as_one_types);
  ADD ("/note-find/steps", test_steps);
  ADD ("/note-find/closing", test_closing);
  ADD ("/note-find/selected-entry", test_selected_entry);
  ADD ("/note-find/selection", test_selection);
  ADD ("/note-find/toggles", test_toggles);
  ADD ("/note-find/replace", test_replace);
  ADD ("/note-find/read-only", test_read_only);
  ADD ("/note-find/typing", test_typing);
  ADD ("/note-find/query", test_query);
  ADD ("/note-find/query-and-cursor", test_query_and_cursor);
  ADD ("/note-find/bar-over-query", test_bar_over_query);
  ADD ("/note-find/large", test_large);
  return g_test_run ();
}
