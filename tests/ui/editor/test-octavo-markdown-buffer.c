/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-markdown-buffer"

#include "octavo-markdown-buffer.h"

#include "ui-test.h"

#include <adwaita.h>
#include <string.h>

static OctavoMarkdownBuffer *
make_buffer (const char *text)
{
  OctavoMarkdownBuffer *buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);

  octavo_markdown_buffer_load (buffer, text);
  return buffer;
}

static void
assert_text (OctavoMarkdownBuffer *buffer, const char *expected)
{
  g_autofree char *text = octavo_markdown_buffer_dup_text (buffer);

  g_assert_cmpstr (text, ==, expected);
}

static int
get_cursor (GtkTextBuffer *buffer)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_offset (&iter);
}

static void
put_cursor (GtkTextBuffer *buffer, int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

static void
test_loading_cannot_be_undone (void)
{
  OctavoMarkdownBuffer *buffer = make_buffer ("one");

  g_assert_false (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (buffer), "x", -1);
  g_assert_true (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));
  octavo_markdown_buffer_load (buffer, "two");
  g_assert_false (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));
  g_assert_cmpint (get_cursor (GTK_TEXT_BUFFER (buffer)), ==, 0);
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  assert_text (buffer, "two");
  g_assert_finalize_object (buffer);
}

static void
test_every_character_comes_back (void)
{
  static const char *const texts[] = {
    "",
    "\n",
    "a\r\nb\rc\n",
    "\xe2\x80\xa8line\xe2\x80\xa9paragraph",
    "object \xef\xbf\xbc here",
    "\f\v\t end",
    "😀é\u0301",
    "\357\273\277mark",
    "no end of line",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      OctavoMarkdownBuffer *buffer = make_buffer (texts[i]);

      assert_text (buffer, texts[i]);
      g_assert_finalize_object (buffer);
    }
}

static void
test_pictures_in_it_are_no_text (void)
{
  OctavoMarkdownBuffer *buffer = make_buffer ("ab");
  g_autoptr (GdkPaintable) picture = gdk_paintable_new_empty (1, 1);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, 1);
  gtk_text_buffer_insert_paintable (GTK_TEXT_BUFFER (buffer), &iter, picture);
  assert_text (buffer, "ab");
  g_assert_finalize_object (buffer);
}

static void
test_replacing_keeps_the_cursor_and_can_be_undone (void)
{
  OctavoMarkdownBuffer *buffer = make_buffer ("première ligne\nsecond line\nthird line");

  put_cursor (GTK_TEXT_BUFFER (buffer), 31); /* in "third" */
  octavo_markdown_buffer_replace (buffer, "première ligne\na longer second line\nthird line");
  g_assert_cmpint (get_cursor (GTK_TEXT_BUFFER (buffer)), ==, 40);
  assert_text (buffer, "première ligne\na longer second line\nthird line");
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  assert_text (buffer, "première ligne\nsecond line\nthird line");
  gtk_text_buffer_redo (GTK_TEXT_BUFFER (buffer));
  assert_text (buffer, "première ligne\na longer second line\nthird line");
  g_assert_finalize_object (buffer);
}

static void
on_refused (OctavoMarkdownBuffer *buffer, guint *n_refused)
{
  (*n_refused)++;
}

static void
test_too_much_is_refused (void)
{
  OctavoMarkdownBuffer *buffer = make_buffer ("one\ntwo");
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  g_autofree char *line = g_strnfill (OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE, 'x');
  g_autofree char *lines = g_strconcat ("\n", line, "\n", NULL);
  g_autoptr (GString) large = g_string_new ("a line\n");
  GtkTextIter start, end;
  guint n_refused = 0;

  g_signal_connect (buffer, "refused", G_CALLBACK (on_refused), &n_refused);
  put_cursor (text, 3);
  gtk_text_buffer_insert_at_cursor (text, line, -1);
  g_assert_cmpuint (n_refused, ==, 1);
  assert_text (buffer, "one\ntwo");

  while (large->len <= OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE)
    g_string_append_len (large, large->str, (gssize) large->len);
  gtk_text_buffer_insert_at_cursor (text, large->str, -1);
  g_assert_cmpuint (n_refused, ==, 2);
  assert_text (buffer, "one\ntwo");

  /* A line of its own is just short enough; what is taken back is never too much. */
  gtk_text_buffer_insert_at_cursor (text, lines, -1);
  g_assert_cmpuint (n_refused, ==, 2);
  gtk_text_buffer_get_bounds (text, &start, &end);
  gtk_text_buffer_begin_user_action (text);
  gtk_text_buffer_delete (text, &start, &end);
  gtk_text_buffer_end_user_action (text);
  gtk_text_buffer_undo (text);
  gtk_text_buffer_undo (text);
  assert_text (buffer, "one\ntwo");

  /* What the file has is shown. */
  octavo_markdown_buffer_replace (buffer, large->str);
  g_assert_cmpuint (n_refused, ==, 2);
  assert_text (buffer, large->str);
  g_assert_finalize_object (buffer);
}

static void
test_colours_follow_the_style (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  OctavoMarkdownBuffer *buffer = make_buffer ("");
  GtkSourceBuffer *source = GTK_SOURCE_BUFFER (buffer);

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpstr (gtk_source_style_scheme_get_id (gtk_source_buffer_get_style_scheme (source)), ==, "Adwaita-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_cmpstr (gtk_source_style_scheme_get_id (gtk_source_buffer_get_style_scheme (source)), ==, "Adwaita");
  g_assert_finalize_object (buffer);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/markdown-buffer/loading-cannot-be-undone", test_loading_cannot_be_undone);
  g_test_add_func ("/markdown-buffer/every-character-comes-back", test_every_character_comes_back);
  g_test_add_func ("/markdown-buffer/pictures-in-it-are-no-text", test_pictures_in_it_are_no_text);
  g_test_add_func ("/markdown-buffer/replacing-keeps-the-cursor-and-can-be-undone",
                   test_replacing_keeps_the_cursor_and_can_be_undone);
  g_test_add_func ("/markdown-buffer/too-much-is-refused", test_too_much_is_refused);
  g_test_add_func ("/markdown-buffer/colours-follow-the-style", test_colours_follow_the_style);
  return g_test_run ();
}
