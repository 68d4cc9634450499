/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-test.h"

#include <string.h>

/* What an edit means for the lines around it. */

static const char *const pieces[] = {
  "a",
  "*",
  "**",
  "_",
  "`",
  "```",
  "~~~",
  "\n",
  "\n",
  "\n\n",
  "> ",
  "- ",
  "1. ",
  "    ",
  "\t",
  "#",
  "# ",
  "---",
  "===",
  "|",
  "| - | - |",
  "a | b\n- | -\n",
  "<div>",
  "<!--",
  "-->",
  "[",
  "](x)",
  "[[",
  "]]",
  "~~",
  "==",
  "[^n]:",
  "[x]: y",
  "\\",
  "é",
  "生",
  "---\nkey: value\n---\n",
  "...",
  "  ",
  "[ ] ",
  "#tag",
  "http://x.y",
  "</script>",
  "<script>",
  "word ",
  ":",
};

static char *
make_piece (GRand *random)
{
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static gsize
find_place (GRand *random, const GString *text)
{
  gsize place = (gsize) g_rand_int_range (random, 0, (gint32) text->len + 1);

  while (place > 0 && ((guchar) text->str[place] & 0xc0) == 0x80)
    place--;
  return place;
}

static void
edit (MarkdownTest *test, GRand *random)
{
  gsize start = find_place (random, test->text);
  gsize end = start;
  g_autofree char *piece = make_piece (random);

  if (g_rand_boolean (random))
    end += (gsize) g_rand_int_range (random, 0, test->text->len > 800 ? 200 : 12);
  end = MIN (test->text->len, end);
  while (end < test->text->len && ((guchar) test->text->str[end] & 0xc0) == 0x80)
    end++;
  if (g_rand_int_range (random, 0, 10) == 0)
    start = 0, end = MIN (end, 12);
  while (end > start && ((guchar) test->text->str[end] & 0xc0) == 0x80)
    end--;
  markdown_test_replace (test, start, MAX (start, end), piece);
}

static void
test_edits_are_followed (void)
{
  guint n_edits = g_test_thorough () ? 100000 : 10000;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  MarkdownTest *test = markdown_test_new ("# One\n\ntwo\n");

  for (guint i = 0; i < n_edits; i++)
    {
      edit (test, random);
      /* shows what is in sight, some lines of what is elsewhere, or nothing */
      if (g_rand_boolean (random))
        markdown_test_show (test, (guint) g_rand_int_range (random, 0, (gint32) test->lines->len + 1));
      if (g_rand_int_range (random, 0, 3) == 0)
        markdown_test_assert_fresh (test);
    }
  markdown_test_assert_fresh (test);
  markdown_test_free (test);
}

static guint n_read;

static char *
read_counted (guint line, gsize *size, gpointer data)
{
  char *text = g_strdup (((const char **) data)[line]);

  n_read++;
  *size = strlen (text);
  return text;
}

static void
test_an_edit_reads_what_it_changes (void)
{
  enum
  {
    N_LINES = 10000,
    MIDDLE = 5000,
  };
  const char *lines[N_LINES + 1];
  g_autoptr (OctavoMarkdownLines) known = octavo_markdown_lines_new (read_counted, lines);

  for (guint i = 0; i <= N_LINES; i++)
    lines[i] = i % 2 ? "" : "a line";
  octavo_markdown_lines_edit (known, 0, 1, N_LINES);
  g_assert_true (octavo_markdown_lines_advance (known, G_MAXUINT, G_MAXINT64));

  n_read = 0;
  lines[MIDDLE] = "another line";
  octavo_markdown_lines_edit (known, MIDDLE, 1, 1);
  g_assert_true (octavo_markdown_lines_advance (known, G_MAXUINT, G_MAXINT64));
  g_assert_cmpuint (n_read, <=, 2);

  n_read = 0;
  memmove (&lines[MIDDLE + 1], &lines[MIDDLE], sizeof lines[0] * (N_LINES - MIDDLE));
  octavo_markdown_lines_edit (known, MIDDLE, 1, 2);
  g_assert_true (octavo_markdown_lines_advance (known, G_MAXUINT, G_MAXINT64));
  g_assert_cmpuint (n_read, <=, 4);
  g_assert_cmpuint (octavo_markdown_lines_get_n_lines (known), ==, N_LINES + 1);

  /* A fence changes all that is behind it, bit by bit. */
  n_read = 0;
  lines[MIDDLE] = "```";
  octavo_markdown_lines_edit (known, MIDDLE, 1, 1);
  g_assert_true (octavo_markdown_lines_advance (known, MIDDLE + 100, G_MAXINT64));
  g_assert_cmpuint (n_read, <=, 101);
  g_assert_cmpint (octavo_markdown_lines_get_block (known, MIDDLE + 50), ==, OCTAVO_MARKDOWN_FENCED_CODE);
  g_assert_false (octavo_markdown_lines_advance (known, G_MAXUINT, 0));
  g_assert_true (octavo_markdown_lines_advance (known, G_MAXUINT, G_MAXINT64));
  g_assert_cmpint (octavo_markdown_lines_get_block (known, N_LINES - 1), ==, OCTAVO_MARKDOWN_FENCED_CODE);
}

static guint
count_stale (OctavoMarkdownLines *known)
{
  guint line = 0, n = 0;

  while (octavo_markdown_lines_find_stale (known, line, G_MAXUINT, &line))
    {
      octavo_markdown_lines_set_fresh (known, line);
      n++;
    }
  return n;
}

static void
test_only_the_paragraph_is_stale (void)
{
  MarkdownTest *test = markdown_test_new ("one\n\ntwo\nthree\nfour\n\nfive");

  markdown_test_show (test, G_MAXUINT);
  g_assert_cmpuint (count_stale (test->known), ==, 0);
  markdown_test_replace (test, 6, 6, "*");
  octavo_markdown_lines_advance (test->known, G_MAXUINT, G_MAXINT64);
  g_assert_cmpuint (count_stale (test->known), <=, 4); /* and the line before */
  markdown_test_free (test);
}

static void
test_long_paragraphs_go_line_by_line (void)
{
  GString *text = g_string_new (NULL);
  MarkdownTest *test;

  for (guint i = 0; i < OCTAVO_MARKDOWN_MAX_LEAF_LINES; i++)
    g_string_append (text, "*a\nb*\n");
  test = markdown_test_new (text->str);
  markdown_test_show (test, G_MAXUINT);
  g_assert_cmpstr (test->shown->pdata[0], ==, "paragraph");
  /* once it is short enough, all its lines show it */
  markdown_test_replace (test, 0, text->len / 2, "");
  markdown_test_assert_fresh (test);
  g_assert_cmpstr (test->shown->pdata[0], ==, "paragraph em(*a) (*)");
  markdown_test_free (test);
  g_string_free (text, TRUE);
}

static void
test_lines_come_and_go (void)
{
  MarkdownTest *test = markdown_test_new ("");

  markdown_test_assert_fresh (test);
  markdown_test_replace (test, 0, 0, "a\nb\nc\n");
  markdown_test_assert_fresh (test);
  markdown_test_replace (test, 0, test->text->len, "");
  markdown_test_assert_fresh (test);
  g_assert_cmpuint (octavo_markdown_lines_get_n_lines (test->known), ==, 1);
  markdown_test_free (test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown-lines/edits-are-followed", test_edits_are_followed);
  g_test_add_func ("/markdown-lines/an-edit-reads-what-it-changes", test_an_edit_reads_what_it_changes);
  g_test_add_func ("/markdown-lines/only-the-paragraph-is-stale", test_only_the_paragraph_is_stale);
  g_test_add_func ("/markdown-lines/long-paragraphs-go-line-by-line", test_long_paragraphs_go_line_by_line);
  g_test_add_func ("/markdown-lines/lines-come-and-go", test_lines_come_and_go);
  return g_test_run ();
}
