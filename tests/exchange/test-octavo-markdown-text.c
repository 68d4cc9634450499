/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-markdown-text.h"

#include <string.h>

static void
check_heading (const char *text, const char *expected)
{
  g_autofree char *heading = octavo_markdown_text_find_heading (text);

  g_assert_cmpstr (heading, ==, expected);
}

static void
test_heading (void)
{
  check_heading ("# Title\ntext", "Title");
  check_heading ("text\n\n   #   Späte Überschrift  \n", "Späte Überschrift");
  check_heading ("# Closed ##", "Closed");
  check_heading ("# C#", "C#");
  check_heading ("# CR LF\r\ntext\r\n", "CR LF");
  check_heading ("#\tTab", "Tab");
  check_heading ("#\n# \n# #\n# Third", "Third");
}

static void
test_no_heading (void)
{
  check_heading ("", NULL);
  check_heading ("#tag\n## Second level\n####### seven", NULL);
  check_heading ("    # code", NULL);
  check_heading ("text\n# ", NULL);
}

static void
test_heading_not_in_code (void)
{
  check_heading ("```\n# comment\n```\n# Title", "Title");
  check_heading ("~~~ sh\n# comment\n```\n# still\n~~~~\n# Title", "Title");
  check_heading ("````\n```\n# no\n````\n# Title", "Title");
  check_heading ("```\n# never closed", NULL);
  check_heading ("``` inline ``` code\n# Title", "Title");
}

static void
check_tags (const char *text, const char *expected)
{
  g_autoptr (GPtrArray) tags = octavo_markdown_text_find_tags (text);
  g_autofree char *joined = NULL;

  g_ptr_array_add (tags, NULL);
  joined = g_strjoinv (" ", (char **) tags->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_tags (void)
{
  check_tags ("", "");
  check_tags ("#one and #two, #three.", "one two three");
  check_tags ("a\t#tab\n#line\r\n#last", "tab line last");
  check_tags ("#work/project-x_2 #été #日本語 #标签，后面", "work/project-x_2 été 日本語 标签");
  check_tags ("#twice #twice #Twice", "twice Twice");
  check_tags ("## Heading with #tag", "tag");
  check_tags ("- item #list\n    - deeper #nested\n> #quoted", "list nested quoted");
  check_tags ("#y1984 #2a #e\xcc\x81t", "y1984 2a e\xcc\x81t");
  check_tags ("#🎉 #party🎉", "🎉 party🎉");
}

static void
test_no_tags (void)
{
  check_tags ("# heading\n#\n##\n# #", "");
  check_tags ("#1984 #12/05 #- #_ #/ #", "");
  check_tags ("a#b &#8217; \\#escaped (#paren) \"#quoted\"", "");
  check_tags ("https://example.org/#frag http://a.b/c?d #", "");
  check_tags ("[[Note#heading]] [[Note #also]] [[#here|there]]", "");
  check_tags ("[text](#anchor) [text](<a b #c>)", "");
  check_tags ("`#code` ``a ` #b`` x", "");
  check_tags ("```c\n#include <a>\n #x\n```", "");
  check_tags ("text\n\n    #indented\n\n    #more\n", "");
}

static void
test_tags_beside_code (void)
{
  check_tags ("`open #a `#b` #c", "c");
  check_tags ("``two #a `one` #b", "a b");
  check_tags ("[[open #a\n]] #b", "a b");
  check_tags ("```\n#no\n```\n#yes", "yes");
  check_tags ("paragraph\n    #lazy", "lazy");
  check_tags ("    #code\n#after", "after");
}

/* A line of megabytes that opens what it never closes must not be looked through again at each opening. */
static void
test_long_lines (void)
{
  static const char *const openings[] = { "[[", "](", "`a", "#", "``b` " };

  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr (GString) text = g_string_new ("#first ");
      gint64 start = g_get_monotonic_time ();

      while (text->len < 4 * 1000 * 1000)
        g_string_append (text, openings[i]);
      g_string_append (text, " #last");
      g_ptr_array_unref (octavo_markdown_text_find_tags (text->str));
      g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown-text/first-heading-is-found", test_heading);
  g_test_add_func ("/markdown-text/what-is-no-heading", test_no_heading);
  g_test_add_func ("/markdown-text/code-has-no-heading", test_heading_not_in_code);
  g_test_add_func ("/markdown-text/tags-are-found", test_tags);
  g_test_add_func ("/markdown-text/what-is-no-tag", test_no_tags);
  g_test_add_func ("/markdown-text/tags-beside-code", test_tags_beside_code);
  g_test_add_func ("/markdown-text/long-lines-take-no-square-of-time", test_long_lines);
  return g_test_run ();
}
