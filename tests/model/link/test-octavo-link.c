/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-link.h"

static const char *const names[] = { "address", "title", "note", "heading", "tag", "refused" };

static void
assert_link (OctavoMarkdownSpanKind kind, const char *target, const char *expected)
{
  g_autoptr (OctavoLink) link = octavo_link_new (kind, target);
  g_autofree char *found = g_strdup_printf ("%s %s", names[link->kind], link->target);
  g_autofree char *uri = octavo_link_to_uri (link);
  g_autoptr (OctavoLink) again = octavo_link_new_from_uri (uri);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpint (again->kind, ==, link->kind);
  g_assert_cmpstr (again->target, ==, link->target);
  g_assert_cmpint (again->id, ==, link->id);
}

static void
test_out (void)
{
  assert_link (OCTAVO_MARKDOWN_LINK, "https://example.org/?a=1&amp;b=2", "address https://example.org/?a=1&b=2");
  assert_link (OCTAVO_MARKDOWN_LINK, "HTTP://example.org", "address HTTP://example.org");
  assert_link (OCTAVO_MARKDOWN_LINK, "https://example.org/a\\(b\\)", "address https://example.org/a(b)");
  assert_link (OCTAVO_MARKDOWN_LINK, "mailto:a@example.org", "address mailto:a@example.org");
  assert_link (OCTAVO_MARKDOWN_AUTOLINK, "a@example.org", "address mailto:a@example.org");
  assert_link (OCTAVO_MARKDOWN_AUTOLINK, "www.example.org", "address https://www.example.org");
  assert_link (OCTAVO_MARKDOWN_IMAGE, "https://example.org/a.png", "address https://example.org/a.png");
}

static void
test_to_notes (void)
{
  assert_link (OCTAVO_MARKDOWN_WIKI_LINK, " Tea, 生 & cake ", "title Tea, 生 & cake");
  assert_link (OCTAVO_MARKDOWN_WIKI_EMBED, "Tea#Green", "title Tea#Green");
  assert_link (OCTAVO_MARKDOWN_WIKI_LINK, "#Green", "heading Green");
  assert_link (OCTAVO_MARKDOWN_WIKI_LINK, "https://example.org", "title https://example.org");
  assert_link (OCTAVO_MARKDOWN_LINK, "folder/Green%20tea.md", "title Green tea");
  assert_link (OCTAVO_MARKDOWN_LINK, "Tea.MD#Green", "title Tea#Green");
  assert_link (OCTAVO_MARKDOWN_LINK, "Tea", "title Tea");
  assert_link (OCTAVO_MARKDOWN_LINK, "#sources", "heading sources");
  assert_link (OCTAVO_MARKDOWN_LINK, "octavo:note/12", "note 12");
  assert_link (OCTAVO_MARKDOWN_LINK, "octavo:title/Green%20tea", "title Green tea");
  assert_link (OCTAVO_MARKDOWN_TAG, "work/今日", "tag work/今日");
}

static void
test_refused (void)
{
  static const char *const targets[] = { "javascript:alert(1)",
                                         "JavaScript:alert(1)",
                                         "file:///etc/passwd",
                                         "data:text/html,x",
                                         "smb://host/x",
                                         "vbscript:x",
                                         "//host/x",
                                         "picture.png",
                                         "/etc/passwd.conf",
                                         "http:",
                                         "",
                                         "octavo:note/x",
                                         "octavo:note/0",
                                         "octavo:note/-1",
                                         "octavo:other/1",
                                         "octavo:title/",
                                         "#",
                                         "%ff.md" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (OctavoLink) link = octavo_link_new (OCTAVO_MARKDOWN_LINK, targets[i]);

      g_assert_cmpint (link->kind, ==, OCTAVO_LINK_REFUSED);
      g_assert_cmpstr (link->target, ==, targets[i]);
    }
}

/* The titles that a target can mean, with / between them; the one for a new note behind. */
static void
assert_titles (const char *target, const char *expected, const char *made)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *title = octavo_link_dup_title (target);
  gsize length = 0;

  while (octavo_link_next_title (target, &length))
    g_string_append_printf (titles, "%s%.*s", titles->len > 0 ? "/" : "", (int) length, target);
  g_assert_cmpstr (titles->str, ==, expected);
  g_assert_cmpstr (title, ==, made);
}

static void
test_a_title_may_have_a_number_sign (void)
{
  assert_titles ("Tea", "Tea", "Tea");
  assert_titles ("Tea#Green", "Tea#Green/Tea", "Tea");
  assert_titles ("C#", "C#/C", "C#");
  assert_titles ("C# notes#Classes", "C# notes#Classes/C# notes/C", "C# notes");
}

static void
assert_made (const char *title, const char *expected)
{
  g_autofree char *link = octavo_link_make (7, title);

  g_assert_cmpstr (link, ==, expected);
}

static void
test_making (void)
{
  assert_made ("Green tea, 生", "[[Green tea, 生]]");
  assert_made ("C#", "[[C#]]");
  assert_made ("a [b] | c", "[a \\[b\\] \\| c](octavo:note/7)");
  assert_made ("#1", "[#1](octavo:note/7)");
  assert_made ("", "[](octavo:note/7)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/out", test_out);
  g_test_add_func ("/link/to-notes", test_to_notes);
  g_test_add_func ("/link/refused", test_refused);
  g_test_add_func ("/link/a-title-may-have-a-number-sign", test_a_title_may_have_a_number_sign);
  g_test_add_func ("/link/making", test_making);
  return g_test_run ();
}
