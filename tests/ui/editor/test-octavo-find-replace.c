/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-find-replace"

#include "octavo-find-replace.h"

#include "ui-test.h"

static OctavoMarkdownBuffer *
make_buffer (const char *text)
{
  OctavoMarkdownBuffer *buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);

  octavo_markdown_buffer_load (buffer, text);
  return buffer;
}

static void
assert_text (OctavoMarkdownBuffer *buffer, const char *wanted)
{
  g_autofree char *text = octavo_markdown_buffer_dup_text (buffer);

  g_assert_cmpstr (text, ==, wanted);
}

static void
set_cursor (OctavoMarkdownBuffer *buffer, int offset)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &cursor, offset);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &cursor);
}

static int
get_cursor (OctavoMarkdownBuffer *buffer)
{
  int offset;

  g_object_get (buffer, "cursor-position", &offset, NULL);
  return offset;
}

/* A few hits are replaced one by one, many at once: a person sees no difference. */
static void
test_all (gconstpointer data)
{
  guint n_hits = GPOINTER_TO_UINT (data);
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autoptr (OctavoMarkdownBuffer) buffer = NULL;
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new ("(é)(\\d+)", OCTAVO_FIND_REGEX, NULL);
  g_autoptr (GError) error = NULL;
  guint n_replaced;

  for (guint i = 0; i < n_hits; i++)
    {
      g_string_append_printf (before, "x é%u\n", i + 10);
      g_string_append_printf (after, "x %u-é!\n", i + 10);
    }
  buffer = make_buffer (before->str);
  set_cursor (buffer, 7); /* in the second line, after its x */
  g_assert_true (octavo_find_replace_all (buffer, pattern, "\\2-\\1!", &n_replaced, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_replaced, ==, n_hits);
  assert_text (buffer, after->str);
  g_assert_cmpint (get_cursor (buffer), ==, 9);
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  assert_text (buffer, before->str);
  g_assert_false (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));
  gtk_text_buffer_redo (GTK_TEXT_BUFFER (buffer));
  assert_text (buffer, after->str);
}

static void
test_one (void)
{
  g_autoptr (OctavoMarkdownBuffer) buffer = make_buffer ("a b a");
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new ("a", 0, NULL);
  g_autoptr (GError) error = NULL;
  const OctavoFindHit hit = { 4, 5 };

  g_assert_true (octavo_find_replace_one (buffer, pattern, &hit, "\\0c", &error));
  g_assert_no_error (error);
  assert_text (buffer, "a b \\0c");
  g_assert_cmpint (get_cursor (buffer), ==, 7);
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  assert_text (buffer, "a b a");
  g_assert_false (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));
}

/* Nothing is replaced rather than some of it. */
static void
test_too_long (void)
{
  g_autofree char *line = g_strnfill (OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE - 10, 'x');
  g_autofree char *text = g_strconcat (line, " a a a", NULL);
  g_autoptr (OctavoMarkdownBuffer) buffer = make_buffer (text);
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new ("a", 0, NULL);
  const OctavoFindHit hit = { OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE - 9, OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE - 8 };
  g_autoptr (GError) error = NULL;
  guint n_replaced;

  g_assert_false (octavo_find_replace_all (buffer, pattern, "bcd", &n_replaced, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (n_replaced, ==, 0);
  g_assert_false (octavo_find_replace_one (buffer, pattern, &hit, "bcdefghi", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_text (buffer, text);
  g_assert_false (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));

  g_assert_true (octavo_find_replace_all (buffer, pattern, "bc", &n_replaced, NULL));
  g_assert_cmpuint (n_replaced, ==, 3);
  g_assert_true (g_str_has_suffix (text, " a a a"));
}

static void
test_nothing (void)
{
  g_autoptr (OctavoMarkdownBuffer) buffer = make_buffer ("a");
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new ("b", 0, NULL);
  g_autoptr (OctavoFindPattern) regex = octavo_find_pattern_new ("a", OCTAVO_FIND_REGEX, NULL);
  g_autoptr (GError) error = NULL;
  guint n_replaced;

  g_assert_true (octavo_find_replace_all (buffer, pattern, "c", &n_replaced, &error));
  g_assert_cmpuint (n_replaced, ==, 0);
  g_assert_false (octavo_find_replace_all (buffer, regex, "\\", &n_replaced, &error));
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_REPLACE);
  assert_text (buffer, "a");
  g_assert_false (gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (buffer)));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_data_func ("/find-replace/all/few", GUINT_TO_POINTER (3), test_all);
  g_test_add_data_func ("/find-replace/all/many", GUINT_TO_POINTER (80 * 10), test_all);
  g_test_add_func ("/find-replace/one", test_one);
  g_test_add_func ("/find-replace/too-long", test_too_long);
  g_test_add_func ("/find-replace/nothing", test_nothing);
  return g_test_run ();
}
