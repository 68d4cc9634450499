/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-format"

#include "octavo-note-format.h"

#include "marked-buffer.h"
#include "octavo-markdown-toggle.h"
#include "octavo-note-view.h"
#include "ui-test.h"

#include <string.h>

static const struct
{
  const char *before;
  const char *address;
  const char *after;
} links[] = {
  { "one |two| three", NULL, "one [two](|) three" },
  { "one two| three", NULL, "one [two](|) three" },
  { "one | three", NULL, "one [|]() three" },
  { "one |two| three", "https://example.org/a", "one [two](https://example.org/a)| three" },
  { "one |two| three", "no address", "one [two](|) three" },
  { "one | three", "https://example.org/a", "one [|](https://example.org/a) three" },
  { "one |https://example.org/b| three", NULL, "one [|](https://example.org/b) three" },
  { "one |https://example.org/b| three", "https://example.org/a", "one [|](https://example.org/b) three" },
  { "[o|ne](https://example.org/b)", "https://example.org/a", "[one](|https://example.org/b|)" },
  { "|one\ntwo|", NULL, "|one\ntwo|" },
};

static void
test_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      OctavoMarkdownBuffer *buffer = marked_buffer_new (links[i].before);

      octavo_markdown_insert_link (buffer, links[i].address);
      marked_buffer_assert (buffer, links[i].before, links[i].after);
      marked_buffer_drop (buffer);
    }
}

typedef struct
{
  OctavoMarkdownBuffer *buffer;
  GtkWidget *view;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, const char *marked)
{
  fixture->buffer = marked_buffer_new (marked);
  fixture->view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  fixture->window = ui_test_show (fixture->view);
  octavo_note_view_show (OCTAVO_NOTE_VIEW (fixture->view), GTK_TEXT_BUFFER (fixture->buffer));
}

static void
tear_down (Fixture *fixture)
{
  ui_test_close (fixture->window);
  marked_buffer_drop (fixture->buffer);
}

static void
test_actions (void)
{
  Fixture fixture;

  set_up (&fixture, "one\ntwo|");
  gtk_widget_activate_action (fixture.view, "markdown.heading", "i", 2);
  marked_buffer_assert (fixture.buffer, "one\ntwo", "one\n## two|");
  g_assert_true (ui_test_press (fixture.view, GDK_KEY_8, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  marked_buffer_assert (fixture.buffer, "one\ntwo", "one\n- two");
  gtk_widget_activate_action (fixture.view, "markdown.checklist", NULL);
  marked_buffer_assert (fixture.buffer, "one\ntwo", "one\n- [ ] two");
  g_assert_true (ui_test_press (fixture.view, GDK_KEY_7, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_false (ui_test_press (fixture.view, GDK_KEY_7, GDK_CONTROL_MASK));
  marked_buffer_assert (fixture.buffer, "one\ntwo", "one\n1. two");
  g_signal_emit_by_name (fixture.view, "move-lines", FALSE);
  marked_buffer_assert (fixture.buffer, "one\ntwo", "two\none");
  gtk_widget_activate_action (fixture.view, "markdown.move-up", NULL);
  marked_buffer_assert (fixture.buffer, "one\ntwo", "two\none");
  gtk_text_view_set_editable (GTK_TEXT_VIEW (fixture.view), FALSE);
  gtk_widget_activate_action (fixture.view, "markdown.heading", "i", 2);
  gtk_widget_activate_action (fixture.view, "markdown.move-up", NULL);
  g_signal_emit_by_name (fixture.view, "move-lines", FALSE);
  marked_buffer_assert (fixture.buffer, "one\ntwo", "one\ntwo");
  tear_down (&fixture);
}

static void
test_date (void)
{
  Fixture fixture;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *time = NULL;

  set_up (&fixture, "|one|");
  gtk_widget_activate_action (fixture.view, "markdown.date", NULL);
  text = octavo_markdown_buffer_dup_text (fixture.buffer);
  g_assert_cmpuint (strlen (text), ==, 10);
  time = g_strconcat (text, "T12:00:00Z", NULL);
  date = g_date_time_new_from_iso8601 (time, NULL);
  g_assert_nonnull (date);
  marked_buffer_assert (fixture.buffer, "one", text);
  tear_down (&fixture);
}

static void
test_link_from_clipboard (void)
{
  Fixture fixture;
  gboolean is_done = FALSE;

  set_up (&fixture, "|one|");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (fixture.view), " https://example.org/a\n");
  gtk_widget_activate_action (fixture.view, "markdown.link", NULL);
  while (!is_done)
    {
      g_autofree char *text = NULL;

      g_main_context_iteration (NULL, TRUE);
      text = octavo_markdown_buffer_dup_text (fixture.buffer);
      is_done = strcmp (text, "one") != 0;
    }
  marked_buffer_assert (fixture.buffer, "one", "[one](https://example.org/a)|");
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/note-format/links", test_links);
  g_test_add_func ("/note-format/actions", test_actions);
  g_test_add_func ("/note-format/date", test_date);
  g_test_add_func ("/note-format/link-from-clipboard", test_link_from_clipboard);
  return g_test_run ();
}
