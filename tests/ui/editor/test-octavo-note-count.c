/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-count"

#include "octavo-note-count.h"

#include "octavo-settings.h"
#include "ui-test.h"

typedef struct
{
  GtkWidget *window;
  OctavoNoteCount *count;
  GtkTextBuffer *buffer; /* of three words */
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->buffer = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_text (test->buffer, "one two three", -1);
  test->count = g_object_new (OCTAVO_TYPE_NOTE_COUNT, NULL);
  octavo_note_count_set_buffer (test->count, test->buffer);
  test->window = ui_test_show (GTK_WIDGET (test->count));
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_settings_reset (octavo_settings_get (), "show-count");
  ui_test_close (test->window);
  g_object_unref (test->buffer); /* what was selected of it may have it too */
}

static gboolean
says (Test *test, const char *text)
{
  GtkWidget *label = ui_test_find (GTK_WIDGET (test->count), GTK_TYPE_INSCRIPTION);

  return g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (label)), text) == 0;
}

static void
test_counts_what_is_typed (Test *test, gconstpointer data)
{
  g_autoptr (GtkTextBuffer) other = gtk_text_buffer_new (NULL);

  model_test_wait_for (says (test, "3 words, 13 characters"));
  gtk_text_buffer_set_text (test->buffer, "x", -1);
  model_test_wait_for (says (test, "1 word, 1 character"));
  gtk_text_buffer_insert_at_cursor (test->buffer, " y", -1);
  model_test_wait_for (says (test, "2 words, 3 characters"));
  octavo_note_count_set_buffer (test->count, other);
  model_test_wait_for (says (test, "0 words, 0 characters"));
  octavo_note_count_set_buffer (test->count, NULL);
  g_assert_true (says (test, ""));
}

static void
test_counts_what_is_selected (Test *test, gconstpointer data)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (test->buffer, &start, 4);
  gtk_text_buffer_get_iter_at_offset (test->buffer, &end, 7);
  gtk_text_buffer_select_range (test->buffer, &start, &end);
  model_test_wait_for (says (test, "1 word, 3 characters selected"));
  gtk_text_buffer_place_cursor (test->buffer, &end);
  model_test_wait_for (says (test, "3 words, 13 characters"));
}

/* Where it is not to be seen nothing is counted. */
static void
test_follows_the_settings (Test *test, gconstpointer data)
{
  model_test_wait_for (says (test, "3 words, 13 characters"));
  g_settings_set_boolean (octavo_settings_get (), "show-count", FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (test->count)));
  g_assert_true (says (test, ""));
  gtk_text_buffer_set_text (test->buffer, "one two", -1);
  g_settings_set_boolean (octavo_settings_get (), "show-count", TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (test->count)));
  model_test_wait_for (says (test, "2 words, 7 characters"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-count/" name, Test, NULL, set_up, func, tear_down)
  ADD ("counts-what-is-typed", test_counts_what_is_typed);
  ADD ("counts-what-is-selected", test_counts_what_is_selected);
  ADD ("follows-the-settings", test_follows_the_settings);
  return g_test_run ();
}
