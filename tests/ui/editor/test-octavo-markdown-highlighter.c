/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-markdown-highlighter"

#include "octavo-markdown-buffer.h"

#include "ui-test.h"

#include <string.h>

static OctavoMarkdownHighlighter *
get_highlighter (GtkTextBuffer *buffer)
{
  return octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (buffer));
}

static void
finish (GtkTextBuffer *buffer)
{
  model_test_wait_for (octavo_markdown_highlighter_is_done (get_highlighter (buffer)));
}

static GtkTextBuffer *
make_buffer (const char *text)
{
  OctavoMarkdownBuffer *buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);

  octavo_markdown_buffer_load (buffer, text);
  return GTK_TEXT_BUFFER (buffer);
}

static gboolean
has_style (GtkTextBuffer *buffer, int offset, OctavoMarkdownStyle style)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  return gtk_text_iter_has_tag (&iter, octavo_markdown_highlighter_get_tag (get_highlighter (buffer), style));
}

/* The styles of each character, a bit each. */
static GArray *
get_styles (GtkTextBuffer *buffer)
{
  GArray *styles = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (buffer, &iter);
  do
    {
      guint32 bits = 0;

      for (guint i = 0; i < OCTAVO_MARKDOWN_N_STYLES; i++)
        if (gtk_text_iter_has_tag (&iter, octavo_markdown_highlighter_get_tag (get_highlighter (buffer), i)))
          bits |= 1u << i;
      g_array_append_val (styles, bits);
    }
  while (gtk_text_iter_forward_char (&iter));
  return styles;
}

/* As if the text had just been loaded. */
static void
assert_styled_as_new (GtkTextBuffer *buffer)
{
  g_autofree char *text = octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (buffer));
  GtkTextBuffer *other = make_buffer (text);
  g_autoptr (GArray) styles = NULL, expected = NULL;

  finish (buffer);
  finish (other);
  styles = get_styles (buffer);
  expected = get_styles (other);
  g_assert_cmpmem (styles->data, styles->len * sizeof (guint32), expected->data, expected->len * sizeof (guint32));
  g_assert_finalize_object (other);
}

static void
test_text_is_styled (void)
{
  GtkTextBuffer *buffer = make_buffer ("# One\n> *two* `x`\n```\ncode\n```\n- [x] done #tag\n生*存* x");

  finish (buffer);
  g_assert_true (has_style (buffer, 0, OCTAVO_MARKDOWN_STYLE_HEADING_1));
  g_assert_true (has_style (buffer, 0, OCTAVO_MARKDOWN_STYLE_MARK));
  g_assert_false (has_style (buffer, 2, OCTAVO_MARKDOWN_STYLE_MARK));
  g_assert_false (has_style (buffer, 6, OCTAVO_MARKDOWN_STYLE_HEADING_1));
  g_assert_true (has_style (buffer, 9, OCTAVO_MARKDOWN_STYLE_QUOTE));
  g_assert_true (has_style (buffer, 9, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  g_assert_true (has_style (buffer, 15, OCTAVO_MARKDOWN_STYLE_CODE_SPAN));
  g_assert_true (has_style (buffer, 22, OCTAVO_MARKDOWN_STYLE_CODE));
  g_assert_true (has_style (buffer, 37, OCTAVO_MARKDOWN_STYLE_DONE));
  g_assert_true (has_style (buffer, 42, OCTAVO_MARKDOWN_STYLE_TAG));
  g_assert_true (has_style (buffer, 48, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  g_assert_false (has_style (buffer, 51, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  g_assert_finalize_object (buffer);
}

static void
on_changed (GtkTextBuffer *buffer, guint *n_changed)
{
  (*n_changed)++;
}

static void
test_styling_is_no_edit (void)
{
  GtkTextBuffer *buffer = make_buffer ("# One\n\n*two*");
  guint n_changed = 0;

  g_signal_connect (buffer, "changed", G_CALLBACK (on_changed), &n_changed);
  finish (buffer);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));

  /* Keys that follow each other are one step, though each is styled. */
  for (const char *p = "*x*"; *p != '\0'; p++)
    {
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_insert_at_cursor (buffer, p, 1);
      gtk_text_buffer_end_user_action (buffer);
      finish (buffer);
    }
  gtk_text_buffer_undo (buffer);
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));
  assert_styled_as_new (buffer);
  gtk_text_buffer_redo (buffer);
  assert_styled_as_new (buffer);
  g_assert_finalize_object (buffer);
}

/* Nothing is done again: GTK 4.8 now and then keeps a reference to the buffer when it does. */
static void
edit (GtkTextBuffer *buffer, GRand *random)
{
  static const char *const pieces[] = { "*",     "**",    "`",     "```\n",        "\n",   "\n\n", "# ",
                                        "> ",    "- ",    "---\n", "| a |\n|-|\n", "word", "é",    "生",
                                        "[[a]]", "#tag ", "=\n",   "\xe2\x80\xa9", "~~" };
  int n = gtk_text_buffer_get_char_count (buffer);
  int start = g_rand_int_range (random, 0, n + 1);
  GtkTextIter iter, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, start);
  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      gtk_text_buffer_undo (buffer);
      break;
    case 1:
      gtk_text_buffer_get_iter_at_offset (buffer, &end, start + g_rand_int_range (random, 0, 20));
      gtk_text_buffer_delete (buffer, &iter, &end);
      break;
    default:
      gtk_text_buffer_insert (buffer, &iter, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))], -1);
    }
}

static void
test_edits_are_followed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  GtkTextBuffer *buffer = make_buffer ("# One\n\ntwo *three*\n\n```\nfour\n```\n");

  for (guint i = 0; i < 1500; i++)
    {
      edit (buffer, random);
      if (g_rand_boolean (random))
        g_main_context_iteration (NULL, FALSE);
      if (i % 10 == 0)
        assert_styled_as_new (buffer);
    }
  assert_styled_as_new (buffer);
  g_assert_finalize_object (buffer);
}

/* Text that was copied with its tags. */
static void
test_tags_that_come_with_text_are_set_right (void)
{
  GtkTextBuffer *buffer = make_buffer ("# One\n*two*\nthree");
  GtkTextIter start, end, place;

  finish (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 9);
  gtk_text_buffer_get_end_iter (buffer, &place);
  gtk_text_buffer_insert_range (buffer, &place, &start, &end);
  assert_styled_as_new (buffer);
  g_assert_finalize_object (buffer);
}

static char *
make_large_text (guint n_lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append (text, "Some *words* of `text`.\n\n");
  return g_string_free (text, FALSE);
}

static void
test_what_is_near_comes_first (void)
{
  g_autofree char *text = make_large_text (20000);
  GtkTextBuffer *buffer = make_buffer (text);
  OctavoMarkdownHighlighter *highlighter = get_highlighter (buffer);
  int last = gtk_text_buffer_get_char_count (buffer) - 19;

  octavo_markdown_highlighter_set_near (highlighter, 39900, 40000);
  /* more than once, as the display may have something to say before */
  while (!has_style (buffer, last, OCTAVO_MARKDOWN_STYLE_EMPHASIS))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (has_style (buffer, 6, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  g_assert_false (octavo_markdown_highlighter_is_done (highlighter));
  finish (buffer);
  g_assert_true (has_style (buffer, 6, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  g_assert_finalize_object (buffer);
}

/* What opens a block is all that changes, and what it opens follows. */
static void
test_all_lines_after_a_fence_follow (void)
{
  g_autofree char *text = make_large_text (5000);
  GtkTextBuffer *buffer = make_buffer (text);
  int last = gtk_text_buffer_get_char_count (buffer) - 19;
  GtkTextIter start;

  finish (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert (buffer, &start, "```\n", -1);
  finish (buffer);
  g_assert_true (has_style (buffer, last + 4, OCTAVO_MARKDOWN_STYLE_CODE));
  g_assert_false (has_style (buffer, last + 4, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  gtk_text_buffer_undo (buffer);
  finish (buffer);
  g_assert_true (has_style (buffer, last, OCTAVO_MARKDOWN_STYLE_EMPHASIS));
  g_assert_false (has_style (buffer, last, OCTAVO_MARKDOWN_STYLE_CODE));
  g_assert_finalize_object (buffer);
}

static void
test_a_buffer_may_go_before_it_is_styled (void)
{
  g_autofree char *text = make_large_text (1000);
  GtkTextBuffer *buffer = make_buffer (text);

  g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (buffer);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/markdown-highlighter/text-is-styled", test_text_is_styled);
  g_test_add_func ("/markdown-highlighter/styling-is-no-edit", test_styling_is_no_edit);
  g_test_add_func ("/markdown-highlighter/edits-are-followed", test_edits_are_followed);
  g_test_add_func ("/markdown-highlighter/tags-that-come-with-text-are-set-right",
                   test_tags_that_come_with_text_are_set_right);
  g_test_add_func ("/markdown-highlighter/what-is-near-comes-first", test_what_is_near_comes_first);
  g_test_add_func ("/markdown-highlighter/all-lines-after-a-fence-follow", test_all_lines_after_a_fence_follow);
  g_test_add_func ("/markdown-highlighter/a-buffer-may-go-before-it-is-styled",
                   test_a_buffer_may_go_before_it_is_styled);
  return g_test_run ();
}
