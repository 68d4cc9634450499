/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-note-links.h"

#include "octavo-link-follow.h"
#include "octavo-markdown-buffer.h"
#include "octavo-note-view.h"
#include "ui-test.h"

/* A view around which something hears what is followed. */
typedef struct
{
  GtkWidget *view;
  GtkWidget *window;
  GString *followed; /* addresses, one a line */
} Test;

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_string_append_printf (data, "%s\n", g_variant_get_string (parameter, NULL));
}

static void
set_up (Test *test, gconstpointer data)
{
  const GActionEntry entry = { .name = "follow", .parameter_type = "s", .activate = on_follow };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  test->followed = g_string_new (NULL);
  test->view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  test->window = ui_test_show (test->view);
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, test->followed);
  gtk_widget_insert_action_group (test->window, "link", G_ACTION_GROUP (group));
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  g_string_free (test->followed, TRUE);
}

static GtkTextBuffer *
show (Test *test, const char *text)
{
  g_autoptr (OctavoMarkdownBuffer) buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);

  octavo_markdown_buffer_load (buffer, text);
  octavo_note_view_show (OCTAVO_NOTE_VIEW (test->view), GTK_TEXT_BUFFER (buffer));
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (test->view));
}

static void
press_at (Test *test, const char *text, int offset, const char *followed, const char *after)
{
  GtkTextBuffer *buffer = show (test, text);
  g_autofree char *now = NULL;
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_offset (buffer, &place, offset);
  gtk_text_buffer_place_cursor (buffer, &place);
  g_string_truncate (test->followed, 0);
  g_assert_true (ui_test_press (test->view, GDK_KEY_Return, GDK_CONTROL_MASK));
  g_assert_cmpstr (test->followed->str, ==, followed);
  now = octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (buffer));
  g_assert_cmpstr (now, ==, after);
}

static void
test_by_the_key (Test *test, gconstpointer data)
{
  const char *task = "* [ ] see [[Tea]]";

  press_at (test, "see [[Tea]] now", 8, "octavo:title/Tea\n", "see [[Tea]] now");
  press_at (test, "see [[Tea]] now", 11, "octavo:title/Tea\n", "see [[Tea]] now");
  press_at (test, "see [[Tea]] now", 13, "", "see [[Tea]] now");
  press_at (test, task, 12, "octavo:title/Tea\n", task);
  press_at (test, task, 17, "", "* [x] see [[Tea]]");
  press_at (test, task, 8, "", "* [x] see [[Tea]]");
  press_at (test, "#work and so on", 2, "octavo:tag/work\n", "#work and so on");

  /* also where nothing may be written */
  gtk_text_view_set_editable (GTK_TEXT_VIEW (test->view), FALSE);
  press_at (test, "see [[Tea]] now", 8, "octavo:title/Tea\n", "see [[Tea]] now");
  press_at (test, task, 8, "", task);
}

static gboolean
can_open (Test *test)
{
  g_string_truncate (test->followed, 0);
  return gtk_widget_activate_action (test->view, "markdown.open-link", NULL) && test->followed->len > 0;
}

static void
test_the_action_follows_the_cursor (Test *test, gconstpointer data)
{
  GtkTextBuffer *buffer = show (test, "[[Tea]] and https://example.org/");
  GtkTextIter place;

  model_test_wait_for (can_open (test));
  g_assert_cmpstr (test->followed->str, ==, "octavo:title/Tea\n");
  gtk_text_buffer_get_iter_at_offset (buffer, &place, 9);
  gtk_text_buffer_place_cursor (buffer, &place);
  g_assert_false (can_open (test));
  gtk_text_buffer_get_end_iter (buffer, &place);
  gtk_text_buffer_place_cursor (buffer, &place);
  model_test_wait_for (can_open (test));
  g_assert_cmpstr (test->followed->str, ==, "https://example.org/\n");
}

static void
test_to_a_heading (Test *test, gconstpointer data)
{
  GtkTextBuffer *buffer = show (test, "# One\n\ntext\n\n## The *best* tea, in 2026\n\nSetext\n---\n\nend");
  GtkTextIter cursor;

  g_assert_true (octavo_note_links_go_to_heading (GTK_TEXT_VIEW (test->view), "the best tea, in 2026"));
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 4);
  g_assert_true (octavo_note_links_go_to_heading (GTK_TEXT_VIEW (test->view), "one"));
  g_assert_true (octavo_note_links_go_to_heading (GTK_TEXT_VIEW (test->view), "the-best-tea-in-2026"));
  g_assert_true (octavo_note_links_go_to_heading (GTK_TEXT_VIEW (test->view), "Setext"));
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 6);
  g_assert_false (octavo_note_links_go_to_heading (GTK_TEXT_VIEW (test->view), "text"));
  g_assert_false (octavo_note_links_go_to_heading (GTK_TEXT_VIEW (test->view), "?"));
}

static void
assert_described (const char *uri, const char *expected)
{
  g_autoptr (OctavoLink) link = octavo_link_new_from_uri (uri);
  g_autofree char *description = octavo_link_describe (link);

  g_assert_cmpstr (description, ==, expected);
}

static void
test_what_following_does (void)
{
  assert_described ("https://example.org/", "https://example.org/");
  assert_described ("octavo:title/Tea", "Open the note “Tea”");
  assert_described ("octavo:note/7", "Open the note");
  assert_described ("octavo:tag/work", "Show the notes with the tag “work”");
  assert_described ("octavo:heading/One", "Go to “One”");
  assert_described ("javascript:alert(1)", "Links of this kind are not opened from a note");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-links/" name, Test, NULL, set_up, func, tear_down)
  ADD ("by-the-key", test_by_the_key);
  ADD ("the-action-follows-the-cursor", test_the_action_follows_the_cursor);
  ADD ("to-a-heading", test_to_a_heading);
  g_test_add_func ("/note-links/what-following-does", test_what_following_does);
  return g_test_run ();
}
