/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-excerpt.h"

#include <locale.h>
#include <string.h>

static void
assert_excerpt (const char *body, const char *title, const char *expected)
{
  g_autofree char *excerpt = octavo_excerpt_new (body, title);

  g_assert_cmpstr (excerpt, ==, expected);
}

static void
test_plain (void)
{
  assert_excerpt ("", NULL, "");
  assert_excerpt ("  \n\n\t\n", NULL, "");
  assert_excerpt ("one\ntwo\n\n  three \t four  \n", NULL, "one two three four");
  assert_excerpt ("one\r\ntwo\r\n", NULL, "one two");
}

static void
test_block_marks (void)
{
  assert_excerpt ("# Heading\n\nText", NULL, "Heading Text");
  assert_excerpt ("###### Deep ######x\n####### not a heading", NULL, "Deep ######x ####### not a heading");
  assert_excerpt ("#tag is no heading", NULL, "#tag is no heading");
  assert_excerpt ("> quoted\n> > deeper", NULL, "quoted deeper");
  assert_excerpt ("- [ ] milk\n- [x] bread\n* tea\n1. first\n23) second", NULL, "milk bread tea first second");
  assert_excerpt ("-5 degrees, 3.5 metres", NULL, "-5 degrees, 3.5 metres");
  assert_excerpt ("Title\n=====\n\nText\n\n---\n\nmore\n\n| a | b |\n|---|:-:|", NULL, "Title Text more | a | b |");
  assert_excerpt ("```c\nint i;\n```\n~~~\nx\n~~~", NULL, "int i; x");
}

static void
test_inline_marks (void)
{
  assert_excerpt ("**bold** and *thin* and __both__ ~~gone~~ ==seen== `code`", NULL,
                  "bold and thin and both gone seen code");
  assert_excerpt ("snake_case_name, 2 * 3 * 4", NULL, "snake_case_name, 2 * 3 * 4");
  assert_excerpt ("\\*stars\\* and \\# mark", NULL, "*stars* and # mark");
}

static void
test_links (void)
{
  assert_excerpt ("see [the page](https://example.org/a_b_c) now", NULL, "see the page now");
  assert_excerpt ("![a picture](p.png) and ![[other.png]]", NULL, "a picture and other.png");
  assert_excerpt ("[[Note]] and [[Note#part|its part]]", NULL, "Note and its part");
  assert_excerpt ("[no link] and [half](", NULL, "[no link] and [half](");
  assert_excerpt ("a ! b [", NULL, "a ! b [");
}

static void
test_front_matter (void)
{
  assert_excerpt ("---\ntitle: x\ntags: [a]\n---\nText", NULL, "Text");
  assert_excerpt ("---\ntitle: x\n...\nText", NULL, "Text");
  assert_excerpt ("---\nnot closed", NULL, "not closed");
  assert_excerpt ("---\na: b\n---", NULL, "");
}

static void
test_title (void)
{
  assert_excerpt ("# Bread\n\nFlour", "Bread", "Flour");
  assert_excerpt ("Bread\nFlour", "Bread", "Flour");
  assert_excerpt ("Breads\nFlour", "Bread", "Breads Flour");
  assert_excerpt ("Flour\nBread", "Bread", "Flour Bread");
  assert_excerpt ("Bread", "Bread", "");
}

static void
test_length (void)
{
  g_autofree char *letters = g_strnfill (5000, 'x');
  g_autofree char *excerpt = octavo_excerpt_new (letters, NULL);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *wide_excerpt = NULL;
  g_autofree char *with_title = NULL;

  g_assert_cmpuint (strlen (excerpt), ==, 200);

  for (guint i = 0; i < 20000; i++)
    g_string_append (wide, "生");
  wide_excerpt = octavo_excerpt_new (wide->str, NULL);
  g_assert_true (g_utf8_validate (wide_excerpt, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (wide_excerpt, -1), ==, 200);

  /* A first line that repeats a title longer than an excerpt is left out, too. */
  with_title = octavo_excerpt_new (letters, letters);
  g_assert_cmpstr (with_title, ==, "");
}

/* The window that is looked at ends inside of a character. */
static void
test_window (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *excerpt = NULL;

  for (guint i = 0; i < 16383; i++)
    g_string_append_c (body, '\n');
  g_string_append (body, "生 and more");
  excerpt = octavo_excerpt_new (body->str, NULL);
  g_assert_cmpstr (excerpt, ==, "");
}

/* Fifty megabytes take no longer than a page: a thousand excerpts of them would take minutes otherwise. */
static void
test_big (void)
{
  gsize length = 50 * 1024 * 1024;
  g_autofree char *body = g_strnfill (length, 'a');

  body[10] = ' ';
  body[length - 1] = '\n';
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *excerpt = octavo_excerpt_new (body, "t");

      g_assert_cmpuint (strlen (excerpt), ==, 200);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/excerpt/plain", test_plain);
  g_test_add_func ("/excerpt/block-marks", test_block_marks);
  g_test_add_func ("/excerpt/inline-marks", test_inline_marks);
  g_test_add_func ("/excerpt/links", test_links);
  g_test_add_func ("/excerpt/front-matter", test_front_matter);
  g_test_add_func ("/excerpt/title", test_title);
  g_test_add_func ("/excerpt/length", test_length);
  g_test_add_func ("/excerpt/window", test_window);
  g_test_add_func ("/excerpt/big", test_big);

  return g_test_run ();
}
