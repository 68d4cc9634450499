/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-markdown-indents"

#include "octavo-markdown-buffer.h"
#include "octavo-note-view.h"
#include "octavo-text-style.h"
#include "ui-test.h"

#include <string.h>

#define LONG                                                                                                           \
  "words that go over several rows of the window, and some more words that go over several rows of the window, and "   \
  "some more of them"
#define LONG_RTL                                                                                                                                                                                           \
  "שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם שלום עולם " \
  "שלום עולם שלום עולם"

typedef struct
{
  OctavoMarkdownBuffer *buffer;
  GtkTextView *view;
  GtkWidget *window;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  test->view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  test->window = ui_test_show (GTK_WIDGET (test->view));
  octavo_note_view_show (OCTAVO_NOTE_VIEW (test->view), GTK_TEXT_BUFFER (test->buffer));
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  g_assert_finalize_object (test->buffer);
}

static gboolean
is_laid_out (Test *test)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (test->buffer), &iter);
  do
    {
      int y, height;

      gtk_text_view_get_line_yrange (test->view, &iter, &y, &height);
      if (height == 0)
        return FALSE;
    }
  while (gtk_text_iter_forward_line (&iter));
  return octavo_markdown_highlighter_is_done (octavo_markdown_buffer_get_highlighter (test->buffer));
}

static int
get_x (Test *test, const GtkTextIter *iter)
{
  GdkRectangle place;

  gtk_text_view_get_iter_location (test->view, iter, &place);
  return place.x;
}

/* How far the second row of the last line begins from where its text does. */
static int
get_distance (Test *test, int content)
{
  GtkTextIter text, row;
  int first;

  model_test_wait_for (is_laid_out (test));
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (test->buffer), &text,
                                    gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (test->buffer)) - 1);
  row = text;
  gtk_text_iter_forward_chars (&text, content);
  first = get_x (test, &text);
  g_assert_true (gtk_text_view_forward_display_line (test->view, &row));
  gtk_text_view_backward_display_line_start (test->view, &row);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&row), >, content);
  return get_x (test, &row) - first;
}

/* Marks and spaces are measured in the font of the view, and in other letters stand in a font that has these. */
static void
assert_hangs (Test *test, const char *before, const char *prefix, const char *text)
{
  g_autofree char *all = g_strconcat (before, prefix, text, NULL);

  octavo_markdown_buffer_load (test->buffer, all);
  g_assert_cmpint (ABS (get_distance (test, (int) g_utf8_strlen (prefix, -1))), <=, (guchar) text[0] > 127 ? 2 : 1);
}

static const struct
{
  const char *before;
  const char *prefix;
} cases[] = {
  { "", "- " },          { "", "* " },        { "", "1. " },         { "", "9) " },
  { "", "128. " },       { "", "- [ ] " },    { "", "- [x] " },      { "", "> " },
  { "", "> > " },        { "", "> - " },      { "- one\n", "  - " }, { "- one\n  - two\n", "    1. " },
  { "- one\n", "\t- " }, { "- one\n", "  " }, { "- one\n\n", "  " },
};

static void
test_rows_begin_at_the_text (Test *test, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_hangs (test, cases[i].before, cases[i].prefix, LONG);
      if (strchr (cases[i].prefix, 'x') == NULL) /* a letter, which makes the line run to the right */
        assert_hangs (test, cases[i].before, cases[i].prefix, LONG_RTL);
    }
}

/* Other text begins at the margin. */
static void
test_others_do_not_hang (Test *test, gconstpointer data)
{
  static const char *const texts[] = { LONG, "# " LONG, "-" LONG, "```\n- " LONG };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      octavo_markdown_buffer_load (test->buffer, texts[i]);
      g_assert_cmpint (get_distance (test, 0), ==, 0);
    }
}

static void
test_follows_what_is_typed (Test *test, gconstpointer data)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (test->buffer);
  GtkTextIter start, end;

  octavo_markdown_buffer_load (test->buffer, LONG);
  g_assert_cmpint (get_distance (test, 0), ==, 0);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert (buffer, &start, "1. ", -1);
  g_assert_cmpint (ABS (get_distance (test, 3)), <=, 1);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 1);
  gtk_text_buffer_insert (buffer, &start, "00", -1);
  g_assert_cmpint (ABS (get_distance (test, 5)), <=, 1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 5);
  gtk_text_buffer_delete (buffer, &start, &end);
  g_assert_cmpint (get_distance (test, 0), ==, 0);
}

/* Wherever the font changes, also of a text that was styled before. */
static void
test_follows_the_zoom (Test *test, gconstpointer data)
{
  OctavoTextStyle *style = octavo_text_style_get ();
  GtkTextIter text;
  int before;

  assert_hangs (test, "", "1234. ", LONG);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (test->buffer), &text, 6);
  before = get_x (test, &text);
  octavo_text_style_zoom (style, 4);
  model_test_wait_for (is_laid_out (test) && get_x (test, &text) > before);
  g_assert_cmpint (ABS (get_distance (test, 6)), <=, 1);
  octavo_text_style_reset_zoom (style);
  model_test_wait_for (is_laid_out (test) && get_x (test, &text) == before);
  g_assert_cmpint (ABS (get_distance (test, 6)), <=, 1);
}

static void
count_tag (GtkTextTag *tag, gpointer data)
{
  (*(guint *) data)++;
}

/* There are as many tags as there are kinds of marks, not as items; and not more than are good for a text. */
static void
test_tags_are_few (Test *test, gconstpointer data)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (test->buffer));
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_before = 0, n_after = 0;

  model_test_wait_for (is_laid_out (test));
  gtk_text_tag_table_foreach (table, count_tag, &n_before);
  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (text, "%u. item\n", i);
  octavo_markdown_buffer_load (test->buffer, text->str);
  model_test_wait_for (octavo_markdown_highlighter_is_done (octavo_markdown_buffer_get_highlighter (test->buffer)));
  gtk_text_tag_table_foreach (table, count_tag, &n_after);
  g_assert_cmpuint (n_after - n_before, ==, 3);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text, "-%*s%*s x\n\n", (int) (i % 17), ">", (int) (i / 17), ">");
  octavo_markdown_buffer_load (test->buffer, text->str);
  model_test_wait_for (octavo_markdown_highlighter_is_done (octavo_markdown_buffer_get_highlighter (test->buffer)));
  n_after = 0;
  gtk_text_tag_table_foreach (table, count_tag, &n_after);
  g_assert_cmpuint (n_after - n_before, <=, 100);
}

/* In a narrow window the text has room. */
static void
test_deep_items_have_room (Test *test, gconstpointer data)
{
  GtkTextIter text, row;

  octavo_markdown_buffer_load (test->buffer, "> > > > > > > > > > > > > > - " LONG);
  model_test_wait_for (is_laid_out (test));
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (test->buffer), &text, 30);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (test->buffer), &row);
  gtk_text_view_forward_display_line (test->view, &row);
  gtk_text_view_backward_display_line_start (test->view, &row);
  g_assert_cmpint (get_x (test, &row), <, get_x (test, &text));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add ("/markdown-indents/rows-begin-at-the-text", Test, NULL, set_up, test_rows_begin_at_the_text, tear_down);
  g_test_add ("/markdown-indents/others-do-not-hang", Test, NULL, set_up, test_others_do_not_hang, tear_down);
  g_test_add ("/markdown-indents/follows-what-is-typed", Test, NULL, set_up, test_follows_what_is_typed, tear_down);
  g_test_add ("/markdown-indents/follows-the-zoom", Test, NULL, set_up, test_follows_the_zoom, tear_down);
  g_test_add ("/markdown-indents/tags-are-few", Test, NULL, set_up, test_tags_are_few, tear_down);
  g_test_add ("/markdown-indents/deep-items-have-room", Test, NULL, set_up, test_deep_items_have_room, tear_down);
  return g_test_run ();
}
