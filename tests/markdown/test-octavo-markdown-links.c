/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-test.h"

#include "octavo-markdown-links.h"

#include <string.h>

/* "kind line:start-end target", one a line. */
static char *
describe (GPtrArray *links)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++)
    {
      const OctavoMarkdownFoundLink *link = g_ptr_array_index (links, i);

      g_string_append_printf (text, "%s%u:%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT " %s", i > 0 ? "\n" : "", link->line,
                              link->start, link->end, link->target);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_notes (const char *text, const char *expected)
{
  g_autoptr (GPtrArray) links = octavo_markdown_links_find_notes (text);
  g_autofree char *found = describe (links);

  g_assert_cmpstr (found, ==, expected);
  for (guint i = 0; i < links->len; i++)
    {
      const OctavoMarkdownFoundLink *link = g_ptr_array_index (links, i);
      g_autofree char *part = g_strndup (text + link->offset + link->start, link->end - link->start);

      g_assert_nonnull (strstr (part, link->target));
    }
}

static void
test_links_to_notes (void)
{
  assert_notes ("", "");
  assert_notes ("no link, [one](https://example.org) out", "");
  assert_notes ("see [[Tea]] and\n![[Cake|a cake]], [[Tea#Green]]", "0:4-11 Tea\n1:0-16 Cake\n1:18-31 Tea#Green");
  assert_notes ("> * [[In a list]] of a quote", "0:4-17 In a list");
  assert_notes ("[x](octavo:note/12) <octavo:note/3>", "0:0-19 octavo:note/12\n0:20-35 octavo:note/3");
  assert_notes ("a | b\n--|--\n[[Tea\\|x]] | y", "2:0-10 Tea");
  assert_notes ("one\r\n[[two]]\r\n", "1:0-7 two");
}

static void
test_code_has_none (void)
{
  assert_notes ("```\n[[Tea]]\n```\n[[Cake]]", "3:0-8 Cake");
  assert_notes ("`[[Tea]]` [[Cake]]", "0:10-18 Cake");
  assert_notes ("text\n\n    [[Tea]]", "");
  assert_notes ("---\nlink: [[Tea]]\n---\n\n[[Cake]]", "4:0-8 Cake");
  assert_notes ("\\[[Tea]]", "");
}

static void
assert_at (const char *text, guint line, gsize index, const char *expected)
{
  MarkdownTest *test = markdown_test_new (text);
  g_autoptr (OctavoMarkdownFoundLink) link = octavo_markdown_links_get_at (test->known, line, index);

  g_assert_cmpstr (link != NULL ? link->target : NULL, ==, expected);
  markdown_test_free (test);
}

static void
test_the_link_at_a_place (void)
{
  const char *text = "a [[Tea]] b #work c https://example.org/ d";

  assert_at (text, 0, 1, NULL);
  assert_at (text, 0, 2, "Tea");
  assert_at (text, 0, 9, "Tea");
  assert_at (text, 0, 10, NULL);
  assert_at (text, 0, 13, "work");
  assert_at (text, 0, 25, "https://example.org/");
  assert_at ("[[Tea]][[Cake]]", 0, 7, "Cake");
  assert_at ("[![words](picture)](page)", 0, 5, "page");
  assert_at ("![words](picture)", 0, 5, "picture");
  assert_at ("[over\nlines](page)", 1, 2, "page");
  assert_at ("`[[Tea]]`", 0, 4, NULL);
}

static void
test_what_a_label_is_defined_as (void)
{
  assert_at ("[words][The  label]\n\n[the label]: https://example.org/ 'x'", 0, 3, "https://example.org/");
  assert_at ("[words][label]\n\n[other]: https://example.org/", 0, 3, NULL);
  assert_at ("[words][label]", 0, 3, NULL);
  assert_at ("[the label]: https://example.org/", 0, 15, "https://example.org/");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown-links/links-to-notes", test_links_to_notes);
  g_test_add_func ("/markdown-links/code-has-none", test_code_has_none);
  g_test_add_func ("/markdown-links/the-link-at-a-place", test_the_link_at_a_place);
  g_test_add_func ("/markdown-links/what-a-label-is-defined-as", test_what_a_label_is_defined_as);
  return g_test_run ();
}
