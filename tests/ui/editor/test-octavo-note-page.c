/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-page"

#include "octavo-note-page.h"

#include "octavo-tag-bar.h"
#include "ui-test.h"

#define BODY "Text\n\n## Milk and sugar\n\nMore\n"

typedef struct
{
  ModelTest model;
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer;
  GtkWidget *window;
  OctavoNotePage *page;
  GtkWidget *text;
  GtkWidget *title;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  test->autosave = octavo_autosave_new (test->model.store);
  test->buffer = ui_test_read_note (&test->model, model_test_add_note (&test->model, "Tea", BODY, "cup"));
  test->page = OCTAVO_NOTE_PAGE (octavo_note_page_new (test->model.store, test->autosave));
  test->text = ui_test_find (GTK_WIDGET (test->page), OCTAVO_TYPE_NOTE_VIEW);
  test->title = ui_test_find (GTK_WIDGET (test->page), GTK_TYPE_ENTRY);
  octavo_note_page_show (test->page, test->buffer);
  test->window = ui_test_show (GTK_WIDGET (test->page));
}

static void
tear_down (Test *test, gconstpointer data)
{
  gpointer page = test->page;

  octavo_note_page_show (test->page, NULL);
  g_object_add_weak_pointer (G_OBJECT (page), &page);
  ui_test_close (test->window);
  model_test_wait_for (page == NULL && G_OBJECT (test->autosave)->ref_count == 1);
  g_assert_finalize_object (test->autosave);
  g_object_unref (test->buffer); /* the selection of the display may have it too */
  model_test_tear_down (&test->model, data);
}

static gboolean
has_focus (Test *test, gpointer widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (test->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_shows_a_note (Test *test, gconstpointer data)
{
  GtkTextView *text = GTK_TEXT_VIEW (test->text);

  g_assert_true (gtk_text_view_get_buffer (text) == GTK_TEXT_BUFFER (test->buffer));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test->title)), ==, "Tea");
  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, "Note text");
  octavo_note_page_set_ready (test->page, TRUE, FALSE);
  g_assert_false (gtk_text_view_get_editable (text));
  octavo_note_page_set_ready (test->page, TRUE, TRUE);
  g_assert_true (gtk_text_view_get_editable (text));
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (test->title)));
  octavo_note_page_set_ready (test->page, FALSE, FALSE);
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (test->title)));

  /* with none the text stays, to be hidden */
  octavo_note_page_show (test->page, NULL);
  g_assert_true (gtk_text_view_get_buffer (text) == GTK_TEXT_BUFFER (test->buffer));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test->title)), ==, "");
}

static void
test_focus_goes_up_and_down (Test *test, gconstpointer data)
{
  octavo_note_page_set_ready (test->page, TRUE, TRUE);
  octavo_note_page_grab_text (test->page);
  g_assert_true (has_focus (test, test->text));
  g_signal_emit_by_name (test->text, "leave-up");
  g_assert_true (has_focus (test, test->title));
  g_assert_true (ui_test_press (test->title, GDK_KEY_Down, 0));
  g_assert_true (has_focus (test, test->text));
  octavo_note_page_grab_tags (test->page);
  g_assert_true (has_focus (test, ui_test_find (GTK_WIDGET (test->page), OCTAVO_TYPE_TAG_BAR)));
  octavo_note_page_grab_title (test->page);
  g_assert_true (has_focus (test, test->title));
}

static int
get_line (Test *test)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (test->buffer);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_line (&cursor);
}

/* Of the one that was asked for last. */
static void
test_heading_waits_for_the_note (Test *test, gconstpointer data)
{
  g_assert_true (octavo_note_page_go_to_heading (test->page, "None"));
  g_assert_true (octavo_note_page_go_to_heading (test->page, "milk and sugar"));
  g_assert_cmpint (get_line (test), ==, 0);
  octavo_note_page_set_ready (test->page, TRUE, TRUE);
  g_assert_cmpint (get_line (test), ==, 2);
  g_assert_false (octavo_note_page_go_to_heading (test->page, "None"));
  gtk_widget_activate_action (test->text, "selection.select-all", NULL);
  g_assert_true (octavo_note_page_go_to_heading (test->page, "milk-and-sugar"));
  g_assert_cmpint (get_line (test), ==, 2);
}

/* What is found is in the text as it is written. */
static void
test_escape_and_reading_end_finding (Test *test, gconstpointer data)
{
  OctavoNoteFind *find = octavo_note_page_get_find (test->page);
  OctavoNoteReading *reading = octavo_note_page_get_reading (test->page);

  octavo_note_page_set_ready (test->page, TRUE, TRUE);
  g_assert_false (ui_test_press_bound (GTK_WIDGET (test->page), GDK_KEY_Escape, 0));
  octavo_note_find_open (find, FALSE);
  g_assert_true (ui_test_press_bound (GTK_WIDGET (test->page), GDK_KEY_Escape, 0));
  g_assert_false (ui_test_press_bound (GTK_WIDGET (test->page), GDK_KEY_Escape, 0));

  octavo_note_find_open (find, FALSE);
  octavo_note_reading_set_active (reading, TRUE);
  g_assert_false (ui_test_press_bound (GTK_WIDGET (test->page), GDK_KEY_Escape, 0));
  model_test_wait_for (!gtk_widget_get_mapped (test->text));
  octavo_note_reading_set_active (reading, FALSE);
  model_test_wait_for (gtk_widget_get_mapped (test->text));
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-page/" name, Test, NULL, set_up, func, tear_down)
  ADD ("shows-a-note", test_shows_a_note);
  ADD ("focus-goes-up-and-down", test_focus_goes_up_and_down);
  ADD ("heading-waits-for-the-note", test_heading_waits_for_the_note);
  ADD ("escape-and-reading-end-finding", test_escape_and_reading_end_finding);
  return g_test_run ();
}
