/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-linked-from.h"

#include "ui-test.h"

typedef struct
{
  ModelTest model;
  OctavoLinkedFrom *list;
  GtkWidget *window;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  model_test_add_note (&test->model, "Tea", "text", NULL);
  model_test_add_note (&test->model, "One", "some [[Tea]] please", NULL);
  test->list = g_object_new (OCTAVO_TYPE_LINKED_FROM, NULL);
  octavo_linked_from_set_store (test->list, test->model.store);
  test->window = ui_test_show (GTK_WIDGET (test->list));
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  model_test_tear_down (&test->model, data);
}

static OctavoNoteBuffer *
show_note (Test *test, gint64 id)
{
  OctavoNoteBuffer *buffer = ui_test_read_note (&test->model, id);

  octavo_linked_from_set_buffer (test->list, buffer);
  return buffer;
}

static const char *
get_heading (Test *test)
{
  GtkWidget *button = ui_test_find (GTK_WIDGET (test->list), GTK_TYPE_TOGGLE_BUTTON);

  return gtk_widget_get_mapped (button) ? gtk_label_get_text (GTK_LABEL (ui_test_find (button, GTK_TYPE_LABEL))) : NULL;
}

static void
wait_heading (Test *test, const char *text)
{
  model_test_wait_for (g_strcmp0 (get_heading (test), text) == 0);
}

static void
test_follows_the_notes (Test *test, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) buffer = show_note (test, 1);
  g_autoptr (OctavoNoteBuffer) other = NULL;

  wait_heading (test, "Linked from 1 note");
  model_test_add_note (&test->model, "Two", "[[tea]]", NULL);
  wait_heading (test, "Linked from 2 notes");
  model_test_apply (&test->model, OCTAVO_NOTES_TRASH, 2, NULL);
  wait_heading (test, "Linked from 1 note");

  /* its title, as it is typed */
  octavo_note_buffer_set_title (buffer, "Chai");
  wait_heading (test, NULL);
  g_assert_false (octavo_linked_from_open (test->list));

  other = show_note (test, 3);
  g_assert_null (get_heading (test));
  octavo_linked_from_set_buffer (test->list, NULL);
}

static void
test_it_opens (Test *test, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (OctavoNoteBuffer) buffer = show_note (test, 1);
  GtkWidget *list = ui_test_find (GTK_WIDGET (test->list), GTK_TYPE_LIST_BOX);
  GtkWidget *row;

  g_assert_true (octavo_linked_from_open (test->list));
  model_test_wait_for (gtk_widget_get_mapped (list));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  model_test_wait_for (gtk_window_get_focus (GTK_WINDOW (test->window)) == row);

  /* a change leaves the focus where it is */
  model_test_add_note (&test->model, "Two", "[[tea]]", NULL);
  wait_heading (test, "Linked from 2 notes");
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) == row);
  octavo_linked_from_set_buffer (test->list, NULL);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/linked-from/" name, Test, NULL, set_up, func, tear_down)
  ADD ("follows-the-notes", test_follows_the_notes);
  ADD ("it-opens", test_it_opens);
  return g_test_run ();
}
