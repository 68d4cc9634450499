/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-text-copy"

#include "octavo-text-copy.h"

#include "octavo-markdown-buffer.h"
#include "ui-test.h"

#define PART_SIZE 100

typedef struct
{
  GtkTextBuffer *buffer;
  OctavoTextCopy *copy;
  int first;
  int last;
} Test;

static void
before_insert (GtkTextBuffer *buffer, const GtkTextIter *place, const char *text, int size, Test *test)
{
  test->first = test->last = gtk_text_iter_get_line (place);
}

static void
before_delete (GtkTextBuffer *buffer, const GtkTextIter *from, const GtkTextIter *to, Test *test)
{
  test->first = gtk_text_iter_get_line (from);
  test->last = gtk_text_iter_get_line (to);
}

static void
after (Test *test)
{
  octavo_text_copy_edited (test->copy, (guint) test->first, (guint) test->last);
}

static void
on_inserted (GtkTextBuffer *buffer, const GtkTextIter *place, const char *text, int size, Test *test)
{
  after (test);
}

static void
on_deleted (GtkTextBuffer *buffer, const GtkTextIter *from, const GtkTextIter *to, Test *test)
{
  after (test);
}

static void
set_up (Test *test, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 200; i++)
    g_string_append_printf (text, "line %d, größer%s", i, i % 5 == 0 ? "\r\n" : "\n");
  test->buffer = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_enable_undo (test->buffer, FALSE); /* GTK 4.8 leaks where it puts two deletions together */
  gtk_text_buffer_set_text (test->buffer, text->str, -1);
  test->copy = octavo_text_copy_new (test->buffer, PART_SIZE);
  g_signal_connect (test->buffer, "insert-text", G_CALLBACK (before_insert), test);
  g_signal_connect_after (test->buffer, "insert-text", G_CALLBACK (on_inserted), test);
  g_signal_connect (test->buffer, "delete-range", G_CALLBACK (before_delete), test);
  g_signal_connect_after (test->buffer, "delete-range", G_CALLBACK (on_deleted), test);
}

static void
tear_down (Test *test, gconstpointer data)
{
  octavo_text_copy_free (test->copy);
  g_assert_finalize_object (test->buffer);
}

static void
assert_same (Test *test)
{
  g_autofree char *text = octavo_text_copy_dup_text (test->copy);
  g_autofree char *expected = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (test->buffer, &start, &end);
  expected = gtk_text_buffer_get_text (test->buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, expected);
}

static void
edit (GtkTextBuffer *buffer)
{
  static const char *const pieces[] = { "a",  "\n", "\r", "\r\n",        "one two\nthree", "生", "\n\n\n\n\n\n",
                                        "é ", "",   "\n", "\xe2\x80\xa9" };
  int length = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, g_test_rand_int_range (0, length + 1));
  if (g_test_rand_int_range (0, 3) > 0)
    {
      gtk_text_buffer_insert (buffer, &from, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))], -1);
      return;
    }
  to = from;
  gtk_text_iter_forward_chars (&to, g_test_rand_int_range (0, 40));
  gtk_text_buffer_delete (buffer, &from, &to);
}

/* Line ends are put together and torn apart as well. */
static void
test_is_the_text (Test *test, gconstpointer data)
{
  assert_same (test);
  for (int i = 0; i < 5000; i++)
    {
      edit (test->buffer);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
      if (i % 2 == 0)
        assert_same (test);
    }
}

static void
test_ends_of_the_text (Test *test, gconstpointer data)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_end_iter (test->buffer, &end);
  gtk_text_buffer_insert (test->buffer, &end, "last", -1);
  assert_same (test);
  gtk_text_buffer_get_start_iter (test->buffer, &start);
  gtk_text_buffer_insert (test->buffer, &start, "first\n", -1);
  assert_same (test);
  gtk_text_buffer_set_text (test->buffer, "", -1);
  assert_same (test);
  gtk_text_buffer_set_text (test->buffer, "\n\n\n", -1);
  assert_same (test);
}

/* The text is read before it is asked for, and a key alone does not begin that anew. */
static void
test_reads_ahead (Test *test, gconstpointer data)
{
  GtkTextIter start;
  g_autofree char *large = g_strnfill (PART_SIZE * 5, 'x');

  g_assert_false (octavo_text_copy_is_done (test->copy));
  while (!octavo_text_copy_is_done (test->copy))
    g_main_context_iteration (NULL, TRUE);
  gtk_text_buffer_get_start_iter (test->buffer, &start);
  gtk_text_buffer_insert (test->buffer, &start, "x", -1);
  g_assert_true (octavo_text_copy_is_done (test->copy));
  gtk_text_buffer_insert (test->buffer, &start, large, -1);
  g_assert_false (octavo_text_copy_is_done (test->copy));
  while (!octavo_text_copy_is_done (test->copy))
    g_main_context_iteration (NULL, TRUE);
  assert_same (test);
}

/* A large buffer is copied from its first edit on, also where steps are undone and another text is put in. */
static void
test_large_buffer (void)
{
  OctavoMarkdownBuffer *markdown = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  Test test = { .buffer = GTK_TEXT_BUFFER (markdown) };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, "- item %d\n", i);
  octavo_markdown_buffer_load (markdown, text->str);
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *now = NULL;
      g_autofree char *expected = NULL;
      GtkTextIter start, end;

      if (i % 10 == 9)
        gtk_text_buffer_undo (test.buffer);
      else if (i == 200)
        octavo_markdown_buffer_load (markdown, text->str + 1000);
      else
        edit (test.buffer);
      now = octavo_markdown_buffer_dup_text (markdown);
      gtk_text_buffer_get_bounds (test.buffer, &start, &end);
      expected = gtk_text_buffer_get_text (test.buffer, &start, &end, TRUE);
      g_assert_cmpstr (now, ==, expected);
    }
  g_assert_finalize_object (markdown);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add ("/text-copy/is-the-text", Test, NULL, set_up, test_is_the_text, tear_down);
  g_test_add ("/text-copy/ends-of-the-text", Test, NULL, set_up, test_ends_of_the_text, tear_down);
  g_test_add ("/text-copy/reads-ahead", Test, NULL, set_up, test_reads_ahead, tear_down);
  g_test_add_func ("/text-copy/large-buffer", test_large_buffer);
  return g_test_run ();
}
